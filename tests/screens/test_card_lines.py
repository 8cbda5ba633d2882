"""Packages of a card: moved by steps, changed again, gone through, added by a line, moved to the trash."""

from __future__ import annotations

from db.models import Person


def row(b, code: str) -> str:
    """The line of a package in the list."""
    return next(line for line in b.lines if f" {code} " in line)


def stored(b, code: str, columns: str):
    return b.app.store.rows(f"SELECT {columns} FROM work_package WHERE code = ?", (code,))[0]


async def line(b, text: str) -> None:
    await b.type(text)
    await b.press("enter")


# Dates by steps.


async def test_plus_and_minus_move_the_date_under_the_cursor_by_a_day(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "l")
        await b.press("+", "+", "+")
        assert "20.03" in row(b, "A1.7")
        assert b.said.startswith("A1.7: starts 20.03 (was 19.03)")
        await b.press("-")
        assert "19.03" in row(b, "A1.7")
        await b.press(">")
        assert "26.03" in row(b, "A1.7")
        await b.press("<", "u", "u")
        assert "19.03" in row(b, "A1.7")


async def test_steps_pressed_faster_than_the_plan_is_computed_all_count(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "l")
        await b.ahead("+", "+", "+")
        assert "20.03" in row(b, "A1.7")


async def test_a_step_that_the_plan_forbids_is_refused_and_one_on_the_status_says_where_to_go(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "+")
        assert b.said == "+ - > < move a date: go to its column with h or l first."
        await b.press("G", "l", "-")
        assert b.said.startswith("■ A1.7 can't start before")
        assert "17.03" in row(b, "A1.7")


# Again.


async def test_a_status_is_repeated_on_the_next_package_and_the_footer_names_it(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "c")
        await line(b, "doi")
        await b.press("j")
        await b.press(".")
        assert "Doing" in row(b, "A1.2")
        assert b.said.startswith("A1.2: Doing")
        await b.press(".")
        assert b.said == "Nothing was changed: it stands so already."
        await b.press("j", "space", "space", ".")
        assert "Doing" in row(b, "A1.3")
        assert "Doing" in row(b, "A1.4")
        b.hides("selected")


async def test_done_and_a_step_of_a_date_are_repeated_too(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "l", "+", "k", ".")
        assert "17.03" in row(b, "A1.6")
        await b.press("g", "g", "m", "j", ".")
        assert "2 of 7 done" in b.title


async def test_what_was_done_in_one_card_is_repeated_in_another(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "m", "escape", "j", "enter", ".")
        assert "1 of" in b.title


async def test_nothing_is_repeated_before_something_was_changed(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", ".")
        assert b.said.startswith("Nothing to repeat yet")


# The round.


async def test_the_round_takes_progress_what_is_left_and_what_is_waited_for(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", ";")
        assert b.said.startswith("1/7 A1.1 Open")
        await b.type("60 3d waits for IT")
        assert "Progress: 60 % · Left: 3 d · Waiting" in b.said
        await b.press("enter")
        assert "A1.1: 60 %, Waiting, finish 18.03, note written" in b.said
        assert "2/7 A1.2" in b.said
        await b.press("enter")
        await line(b, "100")
        assert "Waiting" in row(b, "A1.1")
        assert row(b, "A1.3").strip().startswith("✓")
        assert "4/7 A1.4" in b.said
        await b.press("escape")
        assert b.said.startswith("Round: 2 rows changed")
        await b.press("k", "k", "k", "n")
        b.shows("waits for IT")


async def test_what_a_line_of_the_round_does_is_one_step(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", ";")
        await line(b, "60 3d 等IT")
        await b.press("escape", "u")
        assert stored(b, "A1.1", "progress, status, started_on") == (0, "todo", None)
        assert b.app.store.rows("SELECT count(*) FROM note") == [(0,)]


async def test_the_round_goes_over_those_selected_and_stays_on_what_is_unclear(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "j", "space", "space", ";")
        assert b.said.startswith("1/2 A1.2")
        await line(b, "160")
        assert b.field == "160"
        assert "“160” is not a percentage" in b.said
        await b.press("backspace", "backspace", "backspace")
        await line(b, "60")
        assert b.said.startswith("A1.2: 60 %, Doing")
        assert "2/2 A1.3" in b.said


async def test_while_a_client_looks_on_there_is_no_round_of_notes(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "P", ";")
        assert b.said == "Notes and touches are internal. P leaves the client view."


# Adding.


async def test_a_package_is_added_by_one_line_with_length_owner_and_day(board, store_with, opened):
    path = store_with()
    with opened(path) as store, store.edit("Fill", undoable=False) as edit:
        edit.create(Person, name="赵敏")
    async with board(path) as b:
        await b.press("enter", "a")
        await b.type("Ask for the stock list 2d @zm fri")
        assert "Owner: 赵敏 · Not before: Fri 20.03" in b.said.replace("Duration: 2 d · ", "")
        await b.press("enter")
        assert b.said.startswith("A1.8 Ask for the stock list added")
        assert b.here.startswith("○ A1.8")
        assert stored(b, "A1.8", "duration, not_before, phase, activity") == (960, "2026-03-20", "A", "A1")
        assert "0 of 8 done" in b.title
        await b.press("u")
        assert "0 of 7 done" in b.title


async def test_a_task_due_in_two_weeks_takes_five_keys_besides_its_text(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter")
        await b.press("a")
        await b.type("Ask again")
        await b.type(" >2w")
        await b.press("enter")
        assert "30.03" in b.here


async def test_a_line_that_is_not_clear_stays(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "a", "enter")
        assert "A name is missing" in b.said
        await line(b, "Plan @nobody")
        assert b.field == "Plan @nobody"
        assert "nobody" in b.said
        assert "0 of 7 done" in b.title


async def test_tab_takes_the_line_of_a_new_package_into_the_form(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "a")
        await b.type("Ask for the stock list 2d fri")
        await b.press("tab")
        b.shows("New package", "Ask for the stock list", "2 d", "2026-03-20")
        await b.press("f2")
        assert b.here.startswith("○ A1.8")
        assert stored(b, "A1.8", "name, duration, not_before") == ("Ask for the stock list", 960, "2026-03-20")


async def test_tab_takes_the_status_that_was_typed_into_the_form_of_the_package(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "c")
        await b.type("rev")
        await b.press("tab")
        b.shows("A1.1", "rev")
        await b.press("f2")
        assert "Review" in row(b, "A1.1")


# Trash.


async def test_the_trash_takes_those_selected_and_undo_brings_them_back(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "space", "space", "d")
        assert b.said == "moved to trash: A1.1, A1.2 · u brings it back"
        assert "0 of 5 done" in b.title
        await b.press("u")
        assert "0 of 7 done" in b.title


async def test_the_last_of_a_card_can_go_and_another_one_come(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", *["space"] * 7)
        b.shows("7 selected")
        await b.press("d")
        b.shows("This card has no packages here any more.")
        await b.press("a")
        await line(b, "New start")
        assert b.here.startswith("○ A1.1")


async def test_what_is_open_for_reading_only_says_so(board, store_with):
    async with board(store_with(), read_only=True) as b:
        await b.press("enter", "l")
        for key in ("a", "c", "+", "m", "d", ";"):
            await b.press(key)
            assert "nothing can be changed" in b.said
            assert b.field is None
