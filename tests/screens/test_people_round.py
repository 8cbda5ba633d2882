"""The round over people, and adding one by a line or by the form that it opens."""

from __future__ import annotations

import pytest

from db.models import Person


@pytest.fixture
def store_of(store_with, opened):
    """A store with HX26 and these people."""

    def make(*names, **more):
        path = store_with()
        with opened(path) as store, store.edit("Fill", undoable=False) as edit:
            for name in names:
                edit.create(Person, name=name, **more)
        return path

    return make


async def line(b, text: str) -> None:
    await b.type(text)
    await b.press("enter")


def touches(b) -> list[str]:
    return [text for (text,) in b.app.store.rows("SELECT text FROM touch ORDER BY rowid")]


async def test_the_round_asks_for_one_after_the_other_and_empty_goes_on(board, store_of):
    async with board(store_of("Anna", "Bo", "Chen")) as b:
        await b.press("4", ";")
        assert b.said.startswith("1/3 Anna:")
        await line(b, "tel wants the list >2w")
        assert "Touch with Anna logged, next 30.03" in b.said
        assert "2/3 Bo:" in b.said
        assert b.here.startswith("Bo")
        await b.press("enter")
        assert b.said.startswith("3/3 Chen:")
        await line(b, "wx thanks")
        assert b.field is None
        assert b.said.startswith("Touch with Chen logged · Round: 2 rows changed")
        assert touches(b) == ["wants the list", "thanks"]
        await b.press("u")
        assert touches(b) == ["wants the list"]


async def test_the_round_goes_over_those_selected(board, store_of):
    async with board(store_of("Anna", "Bo", "Chen")) as b:
        await b.press("4", "j", "space", "space", "g", "g", ";")
        assert b.said.startswith("1/2 Bo:")
        await b.press("enter", "enter")
        assert b.said == "Round: 0 rows changed"


async def test_esc_leaves_the_round_and_what_was_done_stays(board, store_of):
    async with board(store_of("Anna", "Bo", "Chen")) as b:
        await b.press("4", ";")
        await line(b, "tel x")
        await b.type("half")
        await b.press("escape")
        b.shows("Not saved yet")
        await b.press("escape")
        assert b.field is None
        assert b.said.startswith("Round: 1 row changed")
        assert b.here.startswith("Bo")
        assert touches(b) == ["x"]


async def test_what_is_not_clear_stays_in_the_line_of_the_round(board, store_of):
    async with board(store_of("Anna", "Bo")) as b:
        await b.press("4", ";")
        await line(b, "tel x >soon")
        assert "“>soon” is not a day" in b.said
        assert b.field == "tel x >soon"
        assert touches(b) == []


async def test_keys_typed_ahead_go_into_the_round(board, store_of):
    async with board(store_of("Anna", "Bo")) as b:
        await b.press("4")
        await b.ahead(";", *"tel", "enter", "enter", "j", "k")
        assert b.field is None
        assert b.app.store.rows("SELECT count(*) FROM touch") == [(1,)]
        assert b.here.startswith("Anna")


async def test_without_anybody_there_is_no_round(board, store_with):
    async with board(store_with()) as b:
        await b.press("4", ";")
        assert b.said == "There is no row here."


async def test_somebody_who_goes_meanwhile_is_passed_over(board, store_of, opened):
    path = store_of("Anna", "Bo", "Chen")
    async with board(path) as b:
        await b.press("4", ";")
        with opened(path, who="Bob") as store, store.edit("Delete") as edit:
            edit.delete(store.select(Person).where(Person.name == "Bo").first())
        await b.look_again()
        await b.press("enter")
        assert b.said.startswith("3/3 Chen:")


async def test_tab_takes_the_line_of_a_new_person_into_the_form(board, store_of):
    async with board(store_of("Anna")) as b:
        await b.press("4", "a")
        await b.type("Zoe Hill, Huaxin, Buyer 13800138000")
        await b.press("tab")
        b.shows("New person", "Zoe Hill", "Huaxin", "Buyer", "13800138000")
        await b.press("f2")
        assert b.here.startswith("Zoe Hill")
        b.shows("People  2")


async def test_tab_takes_what_is_not_understood_along_as_the_name(board, store_of):
    async with board(store_of("Anna")) as b:
        await b.press("4", "a")
        await b.type("Zoe a@b.cn c@d.cn")
        await b.press("tab")
        b.shows("Zoe a@b.cn c@d.cn")
        await b.press("escape", "escape")
        b.shows("People  1")


async def test_tab_says_that_a_touch_has_no_form(board, store_of):
    async with board(store_of("Anna")) as b:
        await b.press("4", "t")
        await b.type("tel x")
        await b.press("tab")
        assert "A touch has no form: who, channel, what was said and >2w all stand in this line." in b.said
        assert b.field == "tel x"


async def test_tab_in_a_line_without_a_form_says_so(board, store_of):
    async with board(store_of("Anna")) as b:
        await b.press("4", "/", "tab")
        assert "There is no form for this" in b.said
        assert b.field == ""
