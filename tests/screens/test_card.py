"""The packages of a card: what the list shows, and how states and dates are changed in place."""

from __future__ import annotations

import re

import pytest


def row(b, code: str) -> str:
    """The line of a package in the list."""
    return next(line for line in b.lines if f" {code} " in line)


# What it shows.


async def test_a_card_lists_its_packages_with_dates_role_and_deliverable(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter")
        assert b.title.startswith("HX26  ›  A1 Customer research  ")
        assert b.title.endswith("■1 ▲3  0 of 7 done")
        words = "■ A1.2 Desk research on pu… To do 03.03 04.03 PRE Source-linked…"
        assert row(b, "A1.2").split() == words.split()


async def test_what_the_list_cuts_stands_in_full_below(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "j")
        b.shows("A1.2 Desk research on public sources, every fact with its link")
        b.shows("Deliverable: Source-linked fact sheet", "Waits for: A1.1", "12 d late")
        b.shows("03.03 – 04.03 · 2 d · Role: PRE Pre-sales consultant")


@pytest.mark.parametrize(("width", "seen"), [(120, "Owner"), (80, "Role"), (60, "Status"), (40, "Finish")])
async def test_a_narrow_list_drops_the_columns_that_matter_least(board, store_with, width, seen):
    order = ["Finish", "Status", "Role", "Deliverable", "Owner"]
    async with board(store_with(), size=(width, 24)) as b:
        await b.press("enter")
        heads = b.lines[1]
        assert "Work package" in heads
        assert seen in heads
        assert [name in heads for name in order] == sorted((name in heads for name in order), reverse=True)


async def test_a_long_text_of_what_done_means_is_readable(board, store_with, opened):
    path = store_with()
    words = "Every customer has been asked about stock, orders, purchasing and accounts, and has agreed in writing."
    with opened(path) as store, store.edit("Say") as edit:
        from db.models import WorkPackage

        ((package,),) = store.rows("SELECT id FROM work_package WHERE code = 'A1.1'")
        edit.change(WorkPackage, package, None, done_when=words)
    async with board(path, size=(60, 24)) as b:
        await b.press("enter")
        assert words in " ".join(" ".join(b.lines).split())


async def test_a_card_whose_packages_are_gone_says_how_to_go_back(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await b.press("enter")
        with opened(path, who="Bob") as store, store.edit("Delete") as edit:
            from db.models import WorkPackage

            for (package,) in store.rows("SELECT id FROM work_package WHERE activity = 'A1'"):
                edit.delete(store.get(WorkPackage, package))
        await b.look_again()
        b.shows("This card has no packages here any more. Go back with esc.")
        for key in ("c", "m", "M", "i", "enter", "space", "j"):
            await b.press(key)
        await b.press("escape")
        b.shows("Pursuit 0/22")


# States.


async def change(b, text: str) -> None:
    await b.press("c")
    await b.type(text)
    await b.press("enter")


async def test_c_changes_the_status_by_the_start_of_its_name(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter")
        await change(b, "doi")
        assert "Doing" in row(b, "A1.1")
        assert "16.03" in row(b, "A1.1")
        assert b.bottom.startswith("A1.1: Doing · finish 30.06.2027 → ")
        assert b.bottom.endswith(" · u takes back")


async def test_a_status_that_is_none_is_refused_above_the_field_and_the_text_is_kept(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter")
        await change(b, "finnished")
        assert b.said.startswith(
            "■ “finnished” is not a status. Type the start of one: To do, Doing, Waiting, Review, Done."
        )
        assert b.field == "finnished"
        assert "To do" in row(b, "A1.1")


async def test_what_begins_two_states_is_refused(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter")
        await change(b, "do")
        b.shows("“do” is not a status")


async def test_esc_asks_before_it_drops_what_was_typed(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "c")
        await b.type("doing")
        await b.press("escape")
        b.shows("Not saved yet.")
        assert b.field == "doing"
        await b.press("escape")
        assert b.field is None
        assert "To do" in row(b, "A1.1")


async def test_m_marks_done_and_undo_opens_it_again(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "m")
        assert row(b, "A1.1").strip().startswith("✓ A1.1")
        assert "1 of 7 done" in b.title
        assert b.bottom.startswith("A1.1 done")
        await b.press("u")
        assert "0 of 7 done" in b.title
        await b.press("U", "m")
        assert b.bottom == "Done already. c changes the status back."


async def test_space_space_m_marks_several_done_in_one_step(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "space", "space")
        assert [line[0] for line in b.lines[2:5]] == ["*", "*", " "]
        await b.press("m")
        assert "2 of 7 done" in b.title
        assert b.bottom.startswith("2 packages done")
        assert [line[0] for line in b.lines[2:5]] == [" ", " ", " "]
        await b.press("u")
        assert "0 of 7 done" in b.title


async def test_capital_m_marks_all_of_the_card(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "M")
        assert "7 of 7 done" in b.title
        await b.press("escape")
        b.shows("✓ A1 Customer rese", "Pursuit 7/29")


async def test_typed_ahead_keys_go_into_the_field_and_then_to_the_list(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter")
        await b.ahead("c", *"done", "enter", "j", "m")
        assert "2 of 7 done" in b.title


# Dates.


async def test_a_start_three_days_later_moves_the_package_and_says_so(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "l")
        assert "A1.7" in b.here
        await change(b, "+3d")
        assert row(b, "A1.7").count("20.03") == 2
        effect = "finish 30.06.2027 → 05.07.2027 · u takes back"
        assert b.said == f"A1.7: starts 20.03 (was 17.03), takes 1 d as before · {effect}"
        await b.press("u")
        assert row(b, "A1.7").count("17.03") == 2


async def test_a_finish_three_days_later_makes_the_package_longer_and_says_how_to_move_it(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "l", "l")
        await change(b, "+3d")
        assert "17.03  20.03" in row(b, "A1.7")
        assert b.said.startswith(
            "A1.7: ends 20.03 (was 17.03), takes 4 d (was 1 d), to move all of it change its start · finish 30.06.2027"
        )
        await b.press("u")
        assert row(b, "A1.7").count("17.03") == 2


async def test_a_finish_before_the_start_is_refused_with_what_to_do(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "l", "l")
        await change(b, "16.3")
        assert b.said.startswith("■ A1.7 starts on 17.03: it can't finish before. Change its start first.")
        assert b.field == "16.3"


async def test_what_is_done_does_not_end_in_the_future(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "m", "l", "l")
        await change(b, "+1w")
        assert b.said.startswith(
            "■ A1.1 is done, so its finish can't be later than today. If it is not done, change its status first."
        )
        await b.press("escape", "escape", "h")
        await change(b, "9.3")
        assert b.said.startswith("A1.1: started 09.03 (was 16.03)")
        await b.press("l")
        await change(b, "-3d")
        assert b.said.startswith("A1.1: ended 13.03 (was 16.03)")


async def test_dates_of_another_year_stand_in_full_in_the_list_of_a_card(board, store_with):
    async with board(store_with()) as b:
        await b.press("l", "l", "j", "j", "j", "j", "enter")
        b.shows("Finish Role Deliverable")
        assert re.search(r" \d\d\.\d\d\.2027 \d\d\.\d\d\.2027 SPO ", row(b, "C5.9"))


async def test_plus_signs_move_a_date_by_as_many_days(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "right")
        await change(b, "+++")
        assert "20.03" in row(b, "A1.7")


async def test_a_day_off_gives_the_working_day_and_says_so(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "l", "l")
        await change(b, "21.3")
        assert b.said.startswith("A1.7: ends 20.03 (was 17.03), 21.03 is a day off, takes 4 d")
        assert "20.03" in row(b, "A1.7")


async def test_a_day_that_predecessors_forbid_is_refused_and_the_text_kept(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "l")
        await change(b, "2.3")
        assert b.said.startswith("■ A1.7 can't start before 17.03: it waits for A1.6 (finish 16.03).")
        assert b.field == "2.3"
        await b.press("backspace", "backspace", "backspace")
        await b.type("19.3")
        await b.press("enter")
        assert b.field is None
        assert "19.03" in row(b, "A1.7")


async def test_what_is_no_day_is_refused_with_the_forms_that_are(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "l")
        await change(b, "soon")
        b.shows("“soon” is not a day. Type 2026-11-24, 24.11, 11-24, fri")
        assert b.field == "soon"


async def test_the_cell_that_c_changes_is_chosen_with_h_and_l(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter")
        for key, label in (("l", "Start:"), ("l", "Finish:"), ("l", "Finish:"), ("h", "Start:"), ("left", "Status:")):
            await b.press(key, "c")
            assert b.bottom.startswith(f"A1.1 {label}")
            await b.press("escape")


async def test_enter_changes_the_cell_as_c_does(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "enter")
        assert b.bottom.startswith("A1.1 Status:")


# Others at work.


async def test_what_somebody_else_writes_does_not_take_the_text_being_typed(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await b.press("enter", "j", "c")
        await b.type("doi")
        with opened(path, who="Bob") as store, store.edit("Rename") as edit:
            from db.models import WorkPackage

            ((package,),) = store.rows("SELECT id FROM work_package WHERE code = 'A1.1'")
            edit.change(WorkPackage, package, None, name="Renamed by Bob")
        await b.look_again()
        b.shows("Renamed by Bob")
        assert b.field == "doi"
        await b.press("enter")
        assert "Doing" in row(b, "A1.2")


async def test_a_change_by_somebody_else_is_shown_and_enter_again_saves_mine(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await b.press("enter", "c")
        await b.type("doing")
        with opened(path, who="Bob") as store, store.edit("Change status") as edit:
            from db.choices import PackageStatus
            from db.models import WorkPackage

            ((package,),) = store.rows("SELECT id FROM work_package WHERE code = 'A1.1'")
            edit.change(WorkPackage, package, None, status=PackageStatus.REVIEW)
        await b.press("enter")
        assert "was changed meanwhile" in b.said
        assert "Nothing was saved. Enter again saves yours." in b.said
        assert b.field == "doing"
        assert "Review" in row(b, "A1.1")
        await b.press("enter")
        assert b.field is None
        assert "Doing" in row(b, "A1.1")


async def test_a_question_survives_another_size_of_the_terminal(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "c")
        await b.type("doing")
        await b.resize(40, 12)
        assert "doing" in b.bottom
        await b.resize(120, 40)
        assert b.field == "doing"
        await b.press("enter")
        assert "Doing" in row(b, "A1.1")


async def test_a_new_status_reaches_all_selected_packages_as_one_step(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "space", "space", "c")
        await b.type("doi")
        await b.press("enter")
        b.shows("A1.1, A1.2: Doing")
        assert "Doing" in row(b, "A1.1")
        assert "Doing" in row(b, "A1.2")
        assert "To do" in row(b, "A1.3")
        await b.press("u")
        assert "To do" in row(b, "A1.1")
        assert "To do" in row(b, "A1.2")


async def test_a_date_of_several_selected_packages_is_changed_in_one_step(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "G", "space", "k", "space", "l", "c")
        assert b.said.startswith("Start of 2 packages:")
        await b.type("+2d")
        await b.press("enter")
        assert b.said.startswith("Start +2d: 2 packages · finish ")
        assert "18.03" in row(b, "A1.6")
        assert "19.03" in row(b, "A1.7")
        b.hides("selected")
        await b.press("u")
        assert "16.03" in row(b, "A1.6")
        assert "17.03" in row(b, "A1.7")
