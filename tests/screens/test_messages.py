"""What line 24 says is about the screen it stands on, or the effect of what was just done; line 1 marks the demo."""

from __future__ import annotations

import pytest

from db.models import Person
from erptui.demo import fill_demo


@pytest.fixture
def with_lei(store_with, opened):
    """A store with HX26 and Wang Lei."""
    path = store_with()
    with opened(path) as store, store.edit("Fill", undoable=False) as edit:
        edit.create(Person, name="Wang Lei")
    return path


async def test_a_message_is_gone_when_one_comes_back_to_its_screen(board, with_lei):
    async with board(with_lei) as b:
        await b.press("q")
        assert "Press q again to leave." in b.said
        await b.press("4")
        assert "Press q again" not in b.said
        await b.press("space", "m")
        said = b.app.screen.footer.message
        assert said
        await b.press("escape", "escape")
        assert "HX26" in b.title
        assert said not in b.said
        assert "Press q again" not in b.said


async def test_an_error_is_gone_when_one_comes_back_to_its_screen(board, with_lei):
    async with board(with_lei) as b:
        b.app.say("Something is wrong.", "error")
        await b.settled()
        assert "Something is wrong." in b.said
        b.app.say("Something is wrong.", "error")
        await b.app.action_go_stakeholders()
        await b.settled()
        assert "Something is wrong." not in b.said
        await b.app.action_go_board()
        await b.settled()
        assert "Something is wrong." not in b.said


async def test_what_was_just_done_is_said_on_the_screen_one_comes_back_to(board, with_lei):
    async with board(with_lei) as b:
        await b.press("4", "e")
        await b.press("f2")
        await b.press("e", "tab", "tab", "tab")
        await b.type("Huaxin")
        await b.press("f2")
        assert "Wang Lei saved" in b.said
        assert b.app.store.rows("SELECT organisation FROM person") == [("Huaxin",)]


async def test_the_demo_is_marked_in_line_1_of_every_screen(board, store_with, opened):
    path = store_with(None)
    with opened(path) as store:
        fill_demo(store)
    async with board(path, size=(60, 20)) as b:
        for keys in ("2", "4", ":", "escape", "?"):
            await b.press(keys)
            assert "DEMO" in b.title
        await b.press("escape", "2", "P")
        assert "DEMO   CLIENT VIEW" in b.title


async def test_a_store_of_ones_own_is_not_marked(board, with_lei):
    async with board(with_lei) as b:
        assert "DEMO" not in b.title


@pytest.mark.parametrize(("keys", "verb"), [(":", "Open"), ("4 /", "Filter"), ("4 s", "Sort"), ("4 a", "Save")])
async def test_the_line_says_what_enter_does(board, with_lei, keys, verb):
    async with board(with_lei) as b:
        await b.press(*keys.split())
        assert f"⏎ {verb}" in b.said
