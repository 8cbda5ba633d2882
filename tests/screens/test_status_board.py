"""The packages of a phase by their status, by the keys: moving with its dates, limits, ranking, filter, phases."""

from __future__ import annotations

import pytest

from db.models import Person, WorkPackage


def stand(store, columns="code, status, started_on, finished_on", where="phase = 'A'"):
    return store.rows(f"SELECT {columns} FROM work_package WHERE {where} ORDER BY rank")


def status_of(store, code):
    return store.rows("SELECT status FROM work_package WHERE code = ?", (code,))[0][0]


def heads(b):
    """The headings of the columns, each with its count."""
    return b.lines[1].split()


@pytest.fixture
def lens(board, store_with, opened):
    """Run the program on the board of the current phase: `async with lens() as b`."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def run(path=None, size=(80, 24), **options):
        async with board(path or store_with(), size=size, **options) as b:
            await b.press("v", "s")
            yield b

    return run


# What stands there, and walking.


async def test_the_packages_of_the_current_phase_stand_under_their_status(lens):
    async with lens() as b:
        assert "Pursuit 0/29" in b.title
        assert heads(b) == ["To", "do", "29", "Doing", "0", "Waiting", "0", "Review", "0", "Done", "0"]
        assert "A1.1" in b.here
        b.shows("Open the opp…", "… 23 more", "A1.1 Open the opportunity file", "c Finish")
        await b.press("j")
        assert "A1.2" in b.here
        await b.until("A1.2 Desk research on public sources")
        await b.press("k", "k")
        assert b.here == "To do 29"
        await b.until("29 packages · 121 in other phases · no limit")
        await b.press("l")
        assert b.here == "Doing 0"
        await b.press("G")
        assert b.here == "Doing 0"
        await b.press("m")
        assert b.bottom == "There is no package here."


async def test_a_column_scrolls_with_its_cursor_and_says_how_many_stand_above_and_below(lens):
    async with lens() as b:
        await b.press("G")
        assert "A4." in b.here
        b.shows("↑ ")
        b.hides("A1.1 ")
        for _step in range(40):
            await b.press("k")
        assert b.here == "To do 29"
        b.hides("↑ ")
        b.shows("… 23 more", "A1.1")
        await b.press("pagedown")
        assert "A1.6" in b.here


@pytest.mark.parametrize(("size", "seen"), [((60, 20), 4), ((40, 12), 2), ((120, 40), 5)], ids=str)
async def test_the_column_of_the_cursor_is_in_sight_at_every_size(lens, size, seen):
    async with lens(size=size) as b:
        assert ("→" in b.lines[1]) is (seen < 5)
        for name in ("Doing", "Waiting", "Review", "Done"):
            await b.press("l")
            assert b.here.startswith(name)
            assert len(heads(b)) >= seen
            assert max(len(line) for line in b.lines) <= size[0]
        assert ("←" in b.lines[1]) is (seen < 5)
        await b.resize(80, 24)
        assert b.here == "Done 0"


async def test_the_brackets_change_the_phase_and_t_comes_back(lens):
    async with lens() as b:
        await b.press("[")
        assert b.bottom == "This is the first phase."
        await b.press("]")
        assert "Preparation 0/39" in b.title
        assert "B1.1" in b.here
        await b.press("]", "]", "]")
        assert "Through it all 0/9" in b.title
        await b.press("]")
        assert b.bottom == "Nothing comes behind this."
        await b.press("T")
        assert "Pursuit 0/29" in b.title


async def test_an_empty_store_says_how_an_engagement_is_opened_whatever_is_pressed(lens, store_with):
    async with lens(store_with(None)) as b:
        for key in (*"HLJKWcm[]Tdei;y.+jkhlG/", "space", "enter"):
            await b.press(key)
            if b.field is not None:
                await b.press("escape")
            b.shows("No engagement yet. In a shell: erptui new --help")


async def test_an_engagement_that_is_undone_leaves_an_empty_board(lens):
    async with lens() as b:
        await b.press("u")
        b.shows("No engagement yet. In a shell: erptui new --help", "Taken back: Open engagement")
        await b.press("U")
        assert "Pursuit 0/29" in b.title


# Moving.


async def test_a_package_moves_right_and_left_with_the_days_that_go_with_it(lens, opened, store_with):
    path = store_with()
    async with lens(path) as b:
        await b.press("L")
        assert "A1.1" in b.here
        assert b.said.startswith("A1.1: Doing")
        assert "u takes back" in b.said
        assert heads(b)[:5] == ["To", "do", "28", "Doing", "1"]
        await b.press("shift+right", "L", "L")
        assert "Pursuit 1/29" in b.title
        with opened(path, who="Bob") as store:
            assert stand(store)[0] == ("A1.1", "done", "2026-03-16", "2026-03-16")
        await b.press("L")
        assert b.said == "■ A1.1: Done is the last column on this side."
        await b.press("H", "u")
        assert "Pursuit 1/29" in b.title
        await b.press("u", "u", "u", "u")
        assert "Pursuit 0/29" in b.title
        with opened(path, who="Bob") as store:
            assert stand(store)[0] == ("A1.1", "todo", None, None)


async def test_all_selected_move_and_the_dot_repeats_the_status(lens, opened, store_with):
    path = store_with()
    async with lens(path) as b:
        await b.press("space", "space")
        b.shows("* 2 selected", "*■ A1.1", "*■ A1.2", " ■ A1.3")
        await b.press("L")
        assert b.said.startswith("A1.1, A1.2: Doing")
        b.hides("selected")
        await b.press("h", "g", "g", ".")
        assert "A1.3: Doing" in b.said
        # From different columns each goes one on.
        await b.press("g", "g", "space", "l", "g", "g", "space", "L")
        assert b.said.startswith("2 packages moved")
        await b.press("u")
    with opened(path) as store:
        assert [status for _code, status, *_days in stand(store)[:4]] == ["doing", "doing", "doing", "todo"]


async def test_done_marks_where_it_stands_and_the_cursor_stays_in_its_column(lens):
    async with lens() as b:
        await b.press("m")
        assert "A1.1 done" in b.said
        assert "A1.2" in b.here
        await b.press("m")
        assert "A1.3" in b.here
        await b.press("l", "l", "l", "l")
        # The newest first; of one day in their order.
        assert "A1.1" in b.here
        await b.press("J")
        assert b.said == "■ What is done stands in the order in which it was finished."


async def test_packages_are_ranked_in_their_column(lens, opened, store_with):
    path = store_with()
    async with lens(path) as b:
        await b.press("m", "u", "k", "J")
        assert "A1.1" in b.here
        # What was said of the step before is true no more.
        assert b.said == "A1.1: place 2 of 29 · u takes back"
        await b.press("k")
        assert "A1.2" in b.here
        await b.press("K")
        assert b.said == "■ A1.2 is the first package of its column."
        await b.press("space", "J")
        assert b.said == "One package is ranked at a time. Take the selection away with esc first."
        await b.press("escape", "J")
    with opened(path) as store:
        assert [code for code, *_rest in stand(store)[:3]] == ["A1.2", "A1.3", "A1.1"]


# The limit.


async def test_a_limit_is_shown_and_going_over_it_is_warned_not_forbidden(lens):
    async with lens() as b:
        await b.press("l", "c")
        assert b.field == ""
        b.shows("Limit of Doing:")
        for wrong in ("0", "many"):
            await b.type(wrong)
            await b.press("enter")
            b.shows(f"“{wrong}” is no limit. Type a whole number from 1 to 9999")
            await b.press(*["backspace"] * len(wrong))
        await b.type("1")
        await b.press("enter")
        assert b.said.startswith("Doing: at most 1 at once")
        assert b.here == "Doing 0/1"
        await b.press("h", "j", "L")
        b.shows("Doing 1/1")
        b.hides("▲ Doing")
        await b.press("h", "L")
        b.shows("▲ Doing 2/1")
        assert "▲ Doing: 2 at once, the limit is 1" in b.said
        # Packages of other phases count too.
        await b.press("]", "L")
        b.shows("▲ Doing 1+2/1")
        await b.press("W")
        assert b.field == "1"
        await b.press("backspace", "enter")
        assert b.said.startswith("Doing: no limit any more")
        b.hides("▲ Doing")
        await b.press("u")
        b.shows("▲ Doing 1+2/1")
        await b.press("G", "l", "l", "l", "W")
        assert b.said.startswith("What is done has no limit")


# The other verbs.


async def test_a_package_is_added_changed_and_trashed_where_the_cursor_stands(lens, opened, store_with):
    path = store_with()
    async with lens(path) as b:
        await b.press("]", "j", "a")
        b.shows("New package of B1:")
        await b.type("Walk through the shop 2d")
        await b.press("enter")
        assert "Walk through the shop added" in b.said
        assert "B1.5" in b.here
        await b.press("c")
        assert b.field is not None
        await b.type("+3d")
        await b.press("enter")
        assert b.said.startswith("B1.5: ends")
        await b.press("+")
        assert b.said.startswith("B1.5: ends")
        await b.press("e")
        assert "B1.5" in b.title
        await b.press("escape", "i")
        b.shows("Add package")
        await b.press("escape", "d")
        assert b.said.startswith("moved to trash: B1.5")
        await b.press("u", "y")
        assert "copied as text" in b.said
        assert "Preparation" in b.app.clipboard
        assert "Walk through the shop" in b.app.clipboard
    with opened(path) as store:
        assert stand(store, "phase, activity, duration > 960", "name LIKE 'Walk%'") == [("B", "B1", 1)]


async def test_the_filter_narrows_all_columns_as_one_types_also_by_pinyin(lens, opened, store_with):
    path = store_with()
    with opened(path) as store, store.edit("Names") as edit:
        wang = edit.create(Person, name="王伟")
        for code, owner, name in (("A1.2", wang, "盘点计划"), ("A2.1", wang, "Draft")):
            row = store.select(WorkPackage).where(WorkPackage.code == code).first()
            edit.update(row, owner=owner, name=name)
    async with lens(path) as b:
        b.shows("WW")
        await b.press("L", "/")
        await b.type("pdjh")
        assert "1 of 29  ›  pdjh" in b.title
        b.shows("盘点计划")
        b.hides("A1.3")
        await b.press("enter", "/")
        await b.press(*["backspace"] * 4)
        await b.type("owner:wangwei status:todo")
        assert "2 of 29" in b.title
        await b.press("enter", "escape")
        assert "Pursuit 0/29" in b.title
        await b.press("/")
        await b.type("late>x")
        b.shows("late>x:")
        await b.press("enter")
        b.shows("■ late>x:")
        await b.press("escape", "/")
        await b.type("nothing like it")
        b.shows("No package fits the filter. esc clears it.")
        await b.press("escape")
        b.shows("A1.3")


async def test_the_round_asks_how_the_packages_of_the_column_stand(lens, opened, store_with):
    path = store_with()
    async with lens(path) as b:
        await b.press("space", "space", ";")
        b.shows("1/2 A1.1")
        await b.type("60 waits for IT")
        await b.press("enter")
        b.shows("2/2 A1.2")
        await b.type("100")
        await b.press("enter")
    with opened(path) as store:
        assert [status_of(store, code) for code in ("A1.1", "A1.2")] == ["waiting", "done"]


async def test_what_waits_names_what_it_waits_for(lens, opened, store_with):
    path = store_with()
    with opened(path) as store, store.edit("Wait") as edit:
        for code, reason in (("A1.3", "the IT department"), ("A1.4", None)):
            row = store.select(WorkPackage).where(WorkPackage.code == code).first()
            edit.update(row, status="waiting", waits_for=reason)
    async with lens(path) as b:
        b.shows("← the IT dep…", "← A1.2, A1.3")


# The place.


async def test_the_place_is_found_again_behind_another_lens_and_another_screen(lens):
    async with lens() as b:
        await b.press("]", "j", "j")
        here = b.here
        await b.press("v", "a")
        b.shows("Pursuit 0/29", "Preparation 0/39")
        await b.press("v", "s")
        assert "Preparation" in b.title
        assert b.here == here
        await b.press("4", "2")
        assert b.here == here
        await b.press("v", "v")
        assert b.app.screen.LENS != "status"
