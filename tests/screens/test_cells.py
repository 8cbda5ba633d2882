"""One cell of a register changed in place, on one row or on all selected, and the change again on another row."""

from __future__ import annotations

import pytest

from db.choices import Side
from db.models import Person


@pytest.fixture
def store_of(store_with, opened):
    """A store with HX26 and these people: `store_of({"name": "Wang Lei", "post": "Buyer"}, …)`."""

    def make(*people):
        path = store_with()
        with opened(path) as store, store.edit("Fill", undoable=False) as edit:
            for values in people:
                edit.create(Person, **values)
        return path

    return make


def three(**more):
    """Anna, Bo and Chen of Huaxin."""
    return [{"name": name, "organisation": "Huaxin", "post": "Buyer", **more} for name in ("Anna", "Bo", "Chen")]


def of(b, name: str) -> Person:
    return b.app.store.select(Person).where(Person.name == name).first()


async def change(b, text: str) -> None:
    await b.press("c")
    await b.type(text)
    await b.press("enter")


async def test_c_changes_the_cell_that_was_chosen_with_h_and_l(board, store_of):
    async with board(store_of(*three())) as b:
        await b.press("4", "l", "l", "h", "right", "c")
        assert b.said.startswith("Anna Post:")
        assert b.field == "Buyer"
        await b.type(" for steel")
        await b.press("enter")
        assert b.said.startswith("Anna: Post Buyer for steel · u takes back")
        assert of(b, "Anna").post == "Buyer for steel"
        assert of(b, "Bo").post == "Buyer"
        await b.press("u")
        assert of(b, "Anna").post == "Buyer"


async def test_the_value_of_a_choice_is_typed_anew_and_its_words_stand_above(board, store_of):
    async with board(store_of(*three(side=Side.VENDOR)), size=(100, 24)) as b:
        await b.press("4", "l", "l", "l", "c")
        assert b.field == "Vendor"
        b.shows("Vendor, Client")
        await b.type("cl")
        await b.press("enter")
        assert of(b, "Anna").side is Side.CLIENT
        await b.press("c", "backspace", "enter")
        assert of(b, "Anna").side is None
        await b.press("c", "enter")
        assert b.field is None
        b.shows("Nothing was changed")


async def test_what_is_no_word_of_the_choice_stays_and_says_why(board, store_of):
    async with board(store_of(*three(side=Side.VENDOR)), size=(100, 24)) as b:
        await b.press("4", "l", "l", "l")
        await change(b, "blue")
        assert b.field == "blue"
        assert "blue" in b.said
        assert of(b, "Anna").side is Side.VENDOR


async def test_all_selected_rows_get_the_value_in_one_step(board, store_of):
    async with board(store_of(*three())) as b:
        await b.press("4", "l", "space", "space", "c")
        assert b.said.startswith("Organisation of 2 rows:")
        assert b.field == "Huaxin"
        await b.type(" Precision")
        await b.press("enter")
        assert b.said.startswith("Organisation: Huaxin Precision, 2 rows · u takes back")
        assert [of(b, name).organisation for name in ("Anna", "Bo", "Chen")] == ["Huaxin Precision"] * 2 + ["Huaxin"]
        b.hides("selected")
        await b.press("u")
        assert of(b, "Bo").organisation == "Huaxin"


async def test_a_computed_column_says_what_changes_it(board, store_of):
    async with board(store_of(*three())) as b:
        await b.press("4", "l", "l", "l", "c")
        assert b.said == "Last touch is computed: t logs a touch."
        await b.press("l", "c")
        assert b.said == "Next touch is computed: t logs a touch, with >2w for the next one."
        await b.press("+")
        assert b.said == "+ - > < move a date: go to its column with h or l first."


async def test_the_last_change_is_repeated_on_another_row_and_the_footer_names_it(board, store_of):
    async with board(store_of(*three())) as b:
        await b.press("4", "j", ".")
        assert b.said.startswith("Nothing to repeat yet")
        await b.press("k", "l")
        await b.press("c", *["backspace"] * 6)
        await b.type("Dongyue")
        await b.press("enter", "j")
        await b.until("Repeat “Organisation Dongyue”")
        await b.press(".")
        assert of(b, "Bo").organisation == "Dongyue"
        await b.press("j", "h", ".")
        assert [of(b, name).organisation for name in ("Anna", "Bo", "Chen")] == ["Dongyue"] * 3


async def test_the_last_change_outlives_the_screen(board, store_of):
    async with board(store_of(*three())) as b:
        await b.press("4", "l", "l")
        await change(b, " of steel")
        await b.press("escape", "4", "j", ".")
        assert of(b, "Bo").post == "Buyer of steel"


async def test_a_change_by_somebody_else_is_shown_and_enter_again_saves_mine(board, store_of, opened):
    path = store_of(*three())
    async with board(path) as b:
        await b.press("4", "l", "l", "c")
        await b.type(" of mine")
        with opened(path, who="Bob") as store, store.edit("Change") as edit:
            edit.change(Person, of(b, "Anna").id, None, post="Theirs")
        await b.press("enter")
        assert "theirs “Theirs”, yours “Buyer of mine”" in b.said
        assert "Enter again saves yours." in b.said
        await b.press("enter")
        assert of(b, "Anna").post == "Buyer of mine"


async def test_an_empty_cell_that_must_be_filled_is_refused(board, store_of):
    async with board(store_of({"name": "Bo"})) as b:
        await b.press("4", "c", "backspace", "backspace", "enter")
        assert "must be filled in" in b.said
        assert b.field == ""
        assert of(b, "Bo").name == "Bo"


async def test_what_is_open_for_reading_only_says_so(board, store_of):
    async with board(store_of(*three()), read_only=True) as b:
        await b.press("4", "c")
        assert "nothing can be changed" in b.said


async def test_a_cell_that_has_no_room_any_more_gives_way_to_the_first(board, store_of):
    async with board(store_of(*three(phone="1380013800"))) as b:
        await b.press("4", "l", "l", "l", "l")
        await b.resize(40, 24)
        await b.press("c")
        assert b.field is not None or "is computed" in b.said


async def test_tab_takes_what_was_typed_into_the_form(board, store_of):
    async with board(store_of(*three())) as b:
        await b.press("4", "l", "l", "c")
        await b.type(" of steel")
        await b.press("tab")
        b.shows("Organisation", "Buyer of steel")
        await b.press("f2")
        assert of(b, "Anna").post == "Buyer of steel"
        assert b.here.startswith("Anna")


async def test_tab_with_several_selected_says_that_a_form_shows_one_row(board, store_of):
    async with board(store_of(*three())) as b:
        await b.press("4", "space", "space", "c", "tab")
        assert "A form shows one row at a time" in b.said
        assert b.field is not None


@pytest.mark.parametrize(("width", "beside"), [(80, False), (109, False), (110, True), (140, True)])
async def test_on_a_wide_terminal_the_detail_stands_beside_the_list(board, store_of, width, beside):
    async with board(store_of(*three()), size=(width, 24)) as b:
        await b.press("4")
        line = next(line for line in b.lines if "Not touched yet" in line)
        assert (line.index("Not touched yet") > width // 2) == beside
        assert max(len(line) for line in b.lines) <= width
        await b.resize(220 - width, 24)
        line = next(line for line in b.lines if "Not touched yet" in line)
        assert (line.index("Not touched yet") > (220 - width) // 2) == (220 - width >= 110)
