"""The board: walking, moving over gates, ranking, undoing; what stands on it and what is refused."""

from __future__ import annotations

import pytest

# Walking.


async def test_the_board_opens_on_the_first_card_with_work_left(board, store_with):
    async with board(store_with()) as b:
        assert "A1 Customer" in b.here
        b.shows("HX26 Huaxin Precision", "Pursuit 0/29", "Implementation 0/60", "Through it all 0/9")
        b.shows("A1.1   Open the opportunity file")


async def test_arrows_and_letters_walk_over_cards_columns_gate_and_band(board, store_with):
    async with board(store_with()) as b:
        await b.press("j", "down")
        assert "A3 Detailed" in b.here
        await b.press("l")
        assert "B3 Executive" in b.here
        await b.press("right", "k", "up")
        assert "C1 Base data" in b.here
        await b.press("G")
        assert "E3 Archive" in b.here
        await b.press("up")
        assert "Gate" in b.here
        assert "0/8" in b.here
        await b.press("g", "g", "left", "left", "left")
        assert "A1 Customer" in b.here


async def test_the_lower_part_follows_the_cursor(board, store_with):
    async with board(store_with()) as b:
        await b.press("down", "down")
        await b.until("A3 Detailed solution, tender")
        await b.press("end", "up")
        await b.until("contract signed and filed")
        b.shows("Pursuit gate  0 of 6 ticked")


async def test_at_the_end_of_the_board_the_cursor_stays(board, store_with):
    async with board(store_with()) as b:
        await b.press("left", "up", "home", "pageup")
        assert "A1 Customer" in b.here
        await b.press("l", "l", "l", "l", "l", "end", "down")
        assert "E4 After-sales" in b.here


async def test_esc_and_the_quote_stay_on_the_board(board, store_with):
    async with board(store_with()) as b:
        await b.press("escape", "'", "escape")
        b.shows("Pursuit 0/29")
        assert "A1 Customer" in b.here


async def test_an_empty_store_says_how_an_engagement_is_opened(board, store_with):
    async with board(store_with(None)) as b:
        b.shows("No engagement yet. In a shell: erptui new --help")
        for key in ("enter", "H", "L", "J", "K", "i", "j", "l", "G", "space", "c", "m", "escape"):
            await b.press(key)
            b.shows("No engagement yet")
        await b.press("x", "i")
        assert b.bottom == "There is no engagement to export."
        assert b.field is None


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20), (40, 12)], ids=str)
async def test_the_board_shows_all_phases_and_gates_at_every_size(board, store_with, size):
    async with board(store_with(), size=size) as b:
        heads = b.lines[1]
        assert [count in heads for count in ("0/29", "0/39", "0/60", "0/13")] == [True] * 4
        assert max(len(line) for line in b.lines) <= size[0]
        b.shows("0/6", "0/8", "0/7", "? Help")


async def test_the_board_is_laid_out_again_when_the_terminal_changes(board, store_with):
    async with board(store_with()) as b:
        await b.press("l", "j")
        for size in ((60, 20), (120, 40), (38, 12), (80, 24)):
            await b.resize(*size)
        assert "B2 Needs" in b.here
        b.shows("B2.1", "B2 Needs and value", "Preparation 0/39")


# Moving.


async def pass_without(b, reason="The client wants to start"):
    await b.press("o")
    await b.type(reason)
    await b.press("enter")


async def test_moving_a_card_over_a_closed_gate_asks_for_its_checklist(board, store_with):
    async with board(store_with()) as b:
        await b.press("L")
        assert "Pursuit gate" in b.title
        assert "0 of 6 ticked" in b.title
        b.shows("contract signed and filed", "A1 moves on when this gate is passed.")
        await b.press("escape")
        b.shows("Pursuit 0/29")


async def test_once_the_gate_is_passed_the_card_moves_on_with_its_cursor(board, store_with):
    async with board(store_with()) as b:
        await b.press("j", "L")
        await pass_without(b)
        b.shows("Pursuit 0/24 ✓", "Preparation 0/44", "A2 moved to Preparation · u takes back")
        assert "A2 Brief" in b.here


async def test_a_moved_card_goes_back_without_asking_and_forth_again(board, store_with):
    async with board(store_with()) as b:
        await b.press("L")
        await pass_without(b)
        await b.press("shift+left")
        b.shows("Pursuit 0/29 ✓", "A1 moved to Pursuit")
        await b.press("shift+right")
        b.shows("Pursuit 0/22 ✓", "A1 moved to Preparation")
        assert "A1 Customer" in b.here


async def test_moved_packages_keep_ids_codes_and_dates(board, store_with, opened):
    path = store_with()
    wanted = "SELECT id, code, rank, not_before, duration FROM work_package WHERE activity = 'A1' ORDER BY code"
    with opened(path) as store:
        before = store.rows(wanted)
    async with board(path) as b:
        await b.press("L")
        await pass_without(b)
    with opened(path) as store:
        assert store.rows(wanted) == before
        assert store.rows("SELECT DISTINCT phase FROM work_package WHERE activity = 'A1'") == [("B",)]


async def test_done_packages_stay_in_the_phase_in_which_they_were_done(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "m", "escape", "L")
        await pass_without(b)
        b.shows("Pursuit 1/23 ✓", "Preparation 0/45")
        b.shows("0 of 6 packages", "moved to Preparation")
        # The card stands twice, once in each phase; the done part has nothing to move.
        await b.press("left", "home", "L")
        assert b.bottom == "■ All packages of A1 are done: there is nothing to move."


async def test_undo_takes_back_move_and_gate_one_after_the_other_and_redo_brings_them_back(board, store_with):
    async with board(store_with()) as b:
        await b.press("L")
        await pass_without(b)
        await b.press("u")
        b.shows("Pursuit 0/29 ✓", "Taken back: Move card A1 · U does it again")
        await b.press("u")
        b.shows("Taken back: Go on without Pursuit gate")
        b.hides("✓")
        await b.press("U", "U")
        b.shows("Pursuit 0/22 ✓", "Done again: Move card A1 · u takes back")
        await b.press("U")
        assert b.bottom == "There is nothing to redo."


async def test_cards_at_the_ends_and_in_the_band_say_why_they_stay(board, store_with):
    async with board(store_with()) as b:
        await b.press("H")
        assert b.bottom == "■ A1 is in the first phase already."
        await b.press("l", "l", "l", "L")
        assert b.bottom == "■ D1 is in the last phase already."
        await b.press("end", "L")
        assert b.bottom == "■ E4 goes on through all phases: it has no phase to move to."
        await b.press("up", "L")
        assert b.bottom == "A gate stays where it is: move the cards."


async def test_j_and_k_rank_a_card_among_those_of_its_phase(board, store_with):
    async with board(store_with()) as b:
        await b.press("J", "J")
        assert [line[3:5] for line in b.lines[3:7]] == ["A2", "A3", "A1", "A4"]
        assert "A1 Customer" in b.here
        await b.press("K")
        assert [line[3:5] for line in b.lines[3:7]] == ["A2", "A1", "A3", "A4"]
        assert b.said == "A1: place 2 of 4 · u takes back"
        await b.press("u")
        assert [line[3:5] for line in b.lines[3:7]] == ["A2", "A3", "A1", "A4"]
        await b.press("down", "J")
        assert b.bottom == "■ A4 is the last card of its phase."


async def test_ranking_by_shift_arrows_survives_leaving_the_program(board, store_with):
    path = store_with()
    async with board(path) as b:
        await b.press("down", "shift+up")
    async with board(path) as b:
        assert [line[3:5] for line in b.lines[3:6]] == ["A2", "A1", "A3"]


# Late and soon.


async def test_late_cards_say_how_late_and_the_title_counts_them(board, store_with):
    async with board(store_with()) as b:
        # A1.6 was due on the sixteenth, A1.5 on the thirteenth, A1.1 on the second.
        assert b.here.startswith("■ A1")
        assert b.here.endswith("14d")
        assert "■1" in b.title
        b.shows("14 d late")


async def test_a_card_that_starts_within_two_weeks_says_when(board, store_with):
    async with board(store_with()) as b:
        (line,) = [line for line in b.lines if "○ A2" in line]
        assert "18.03" in line
        (line,) = [line for line in b.lines if "○ A4" in line]
        assert "." not in line[:21]


async def test_a_phase_that_is_not_open_raises_nothing(board, store_with, monkeypatch):
    path = store_with()
    monkeypatch.setenv("ERPTUI_NOW", "2027-03-01")
    async with board(path) as b:
        assert [line[1] for line in b.lines[3:7]] == ["■"] * 4
        columns = [line[22:] for line in b.lines[3:10]]
        assert "■" not in "".join(columns)
        await b.press("l")
        await b.until("phase not open yet")
        b.hides("B1.1 ■")


async def test_the_title_says_when_the_plan_ends(board, store_with):
    async with board(store_with()) as b:
        assert "finish 30.06.2027" in b.title


async def test_a_plan_in_a_circle_is_named_and_the_board_goes_on_without_dates(board, store_with, opened):
    path = store_with()
    with opened(path) as store, store.edit("Link", about="A1.2") as edit:
        from db.choices import LinkKind
        from db.models import Dependency

        ids = dict(store.rows("SELECT code, id FROM work_package WHERE code IN ('A1.1', 'A1.2')"))
        edit.create(Dependency, predecessor=ids["A1.2"], successor=ids["A1.1"], kind=LinkKind.FS)
    async with board(path) as b:
        b.shows("These packages wait for each other in a circle: A1.1 → A1.2 → A1.1.", "■ no dates")
        await b.press("J")
        assert "A2" in b.lines[3]
        await b.press("enter", "m")
        assert b.bottom == "A1.1 done · u takes back"
        await b.press("escape", "u", "u", "u")
        b.shows("Taken back: Link A1.2", "finish 30.06.2027")


# Others at work in the same store.


async def test_what_somebody_else_changes_shows_without_moving_the_cursor(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await b.press("l", "j")
        with opened(path, who="Bob") as store, store.edit("Finish", about="A1") as edit:
            from db.choices import PackageStatus
            from db.models import WorkPackage

            for (package,) in store.rows("SELECT id FROM work_package WHERE activity = 'A1'"):
                edit.change(WorkPackage, package, None, status=PackageStatus.DONE)
        await b.look_again()
        b.shows("Pursuit 7/29", "✓ A1 Customer")
        assert "B2 Needs" in b.here
        # What Bob did is not mine to take back.
        b.hides("Undo “Finish")


async def test_the_program_looks_by_itself_about_once_a_second(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        with opened(path, who="Bob") as store:
            from db.models import Engagement

            (engagement,) = list(store.select(Engagement))
            with store.edit("Rename") as edit:
                edit.update(engagement, name="Renamed by Bob")
        await b.until("Renamed by Bob")


async def test_a_store_held_by_somebody_else_keeps_the_last_picture_until_they_are_done(board, store_with, opened):
    path = store_with()
    async with board(path, wait=0.01) as b:
        with opened(path, who="Bob") as other:
            other._connection.execute("BEGIN EXCLUSIVE")
            await b.press("J")
            b.shows("Waiting for", "A1 Customer")
            await b.press("escape", "enter")
            assert "Nothing was changed; try again" in b.said
            await b.press("i", "escape", ":", "escape", "x", "escape")
            other._connection.execute("ROLLBACK")
        await b.until("A1 Customer")
        await b.until(lambda: "try again" not in b.said)


async def test_an_engagement_that_is_deleted_elsewhere_leaves_no_card_open(board, store_with, opened):
    path = store_with({}, {"code": "NB26", "name": "Northbridge"})
    async with board(path) as b:
        await b.press("enter", "j", "i")
        with opened(path, who="Bob") as store, store.edit("Delete") as edit:
            from db.models import Engagement

            edit.delete(store.get(Engagement, b.app.engagement.id))
        await b.look_again()
        b.shows("HX26 is gone: it was deleted or undone.", "NB26 Northbridge", "Pursuit 0/29")
        await b.press("j")
        assert "A2" in b.here


async def test_taking_back_the_opening_leaves_an_empty_board_and_redo_fills_it(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "u")
        b.shows("No engagement yet", "Taken back: Open engagement HX26 · U does it again")
        await b.press("U")
        b.shows("HX26 Huaxin Precision", "Pursuit 0/29", "Done again: Open engagement HX26")


# Reading only.


async def test_a_store_open_for_reading_refuses_every_verb_with_one_clear_line(board, store_with):
    refusal = "This store is open read-only: nothing can be changed."
    async with board(store_with(), read_only=True) as b:
        assert "read only" in b.title
        for key in ("H", "L", "J", "K", "u", "U"):
            await b.press(key)
            assert b.bottom == refusal, key
        await b.press("enter")
        for key in ("c", "enter", "m", "M", "u"):
            await b.press(key)
            assert b.bottom == refusal, key
            assert b.field is None
        await b.press("escape", "end", "up", "enter")
        for key in ("space", "enter", "m", "o"):
            await b.press(key)
            assert b.bottom == refusal, key
        b.hides("✓")


async def test_on_a_store_open_for_reading_the_footer_offers_only_what_works(board, store_with):
    async with board(store_with(), read_only=True) as b:
        assert "⏎ Open" in b.bottom
        assert [word for word in ("Move", "Rank", "Undo") if word in b.bottom] == []


# Leads, and projects taken up on their way.


async def test_passing_the_gate_of_a_lead_wins_it_and_the_other_phases_come_in_dated(board, store_with):
    async with board(store_with(lead=True)) as b:
        assert "Pursuit (Lead)" in b.title
        b.shows("Preparation 0/0")
        await b.press("end", "enter", *["space"] * 6, "m")
        await b.type("Wang Lei")
        await b.press("enter")
        await b.type("Contract no. 117")
        await b.press("enter")
        assert "(Lead)" not in b.title
        b.shows("Pursuit 0/29 ✓", "Preparation 0/39", "Implementation 0/60", "After-sales 0/13")
        await b.until(lambda: "finish" in b.title and "finish 15.05" not in b.title)
        await b.press("l", "home", "enter")
        line = next(line for line in b.lines if " B1.1 " in line)
        assert "18.05" in line, b.text
        await b.press("escape", "u")
        b.shows("Pursuit (Lead)", "Preparation 0/0")


async def test_a_project_taken_up_at_c3_shows_earlier_work_as_before_erptui(board, store_with):
    async with board(store_with(at="C3")) as b:
        b.shows("Pursuit 29/29 ✓", "Preparation 39/39 ✓", "✓ C1 Base data")
        assert "C3 Import" in b.here
        await b.press("k", "k", "enter")
        b.shows("✓ C1.1", "before erptui")
        await b.press("escape", "left", "end", "up", "enter")
        b.shows("passed before erptui")


async def test_a_gate_passed_without_signature_looks_unlike_a_signed_one(board, store_with):
    async with board(store_with()) as b:
        await b.press("end", "up", "enter")
        await pass_without(b, "The contract follows in April")
        b.shows("◆ Gate, without")
        await b.press("home", "end", "up")
        await b.until("The contract follows in April")
        b.shows("passed without signature on 16.03 by Anna")


# Keys that have no meaning here say so.


async def test_keys_for_packages_point_to_the_card(board, store_with):
    async with board(store_with()) as b:
        await b.press("c")
        assert b.bottom == "Open the card with ⏎: c changes a date or a status of its packages."
        await b.press("m")
        assert b.bottom == "Open the card with ⏎: m marks its packages as done."
        await b.press("space")
        assert b.bottom == "Open the card with ⏎ to select packages."


async def test_chinese_signs_count_as_their_keys(board, store_with):
    async with board(store_with()) as b:
        await b.press("：")
        assert b.title.startswith("Find")
        await b.press("escape", "Ｌ")
        assert "Pursuit gate" in b.title


async def test_every_key_of_the_footer_does_what_it_says_or_asks(board, store_with):
    async with board(store_with()) as b:
        for key, shown in (
            ("enter", "A1 Customer research"),
            (":", "Find"),
            ("i", "History"),
            ("?", "Keys"),
            ("L", "Pursuit gate"),
        ):
            await b.press(key)
            b.shows(shown)
            assert len(b.app.screen_stack) > 1, key
            await b.press("escape")
            b.shows("Pursuit 0/29")
