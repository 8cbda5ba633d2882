"""The keys of a screen at one glance, and found by typing."""

from __future__ import annotations

import pytest

from erptui import i18n
from erptui.i18n import _
from screens.actions.common import MOVE

SCREENS = ((), ("v", "s"), ("v", "e"), ("v", "a", "enter"), ("1",), ("4",), ("5",), ("0",), (",",), ("2", "D"))


@pytest.fixture(params=["en", "zh"])
def language(request):
    """Each language of the program."""
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("en")


async def test_at_80x24_all_keys_of_a_screen_stand_on_the_first_page_of_its_help(board, store_with, language):
    joined = {action.id for action in MOVE}
    async with board(store_with({"at": "C3"}, {"code": "NB26", "name": "Northbridge"})) as b:
        for keys in SCREENS:
            await b.press(*keys)
            app = b.app
            here = [action for action in app.keymap.actions if app.keyboard.answering(action) and action.keys]
            names = {_(action.label) for action in here if action.id not in joined}
            name = _(app.screen.TITLE)
            await b.press("?")
            assert b.title.startswith(f"{_('Keys')} › {name}")
            assert [one for one in names if one not in b.text] == []
            await b.press("escape")


async def test_typing_in_the_help_finds_a_key_by_what_it_does(board, store_with):
    async with board(store_with()) as b:
        await b.press("?", "/")
        await b.type("vcards")
        assert b.title == "Keys › Board › vcards"
        assert b.lines[1:3] == [" On other screens", " x v vCard        Export the people as vCards."]
        await b.press("enter", "escape")
        assert b.title == "Keys › Board"
        await b.press("escape")
        assert "HX26" in b.title
