"""The pipeline: phases × engagements, where leads are added, won, lost and postponed."""

from __future__ import annotations

from datetime import date

import pytest

from db.choices import OutcomeReason
from erptui.outcomes import lose, postpone

THREE = (
    {"code": "DP27", "name": "Delta Pumps", "lead": True},
    {"code": "HX26", "at": "C1"},
    {"code": "NB26", "name": "Northbridge", "lead": True},
)


@pytest.fixture
def pipeline(store_with, opened):
    """The file of a store with a project in its implementation, a lead and one that was lost."""
    path = store_with(*THREE)
    with opened(path) as store:
        ((lost,),) = store.rows("SELECT id FROM engagement WHERE code = 'NB26'")
        lose(store, lost, date(2026, 3, 13), cause=OutcomeReason.PRICE, reason="half the price")
    return path


def column_of(b, code: str) -> int:
    """In which of the four columns an engagement stands."""
    layout = b.app.screen.view._layout_now
    found = [
        place for place, column in enumerate(layout.columns) for spot in column if spot.line and spot.line.code == code
    ]
    return found[0] if found else -1


async def test_a_lead_is_won_and_moves_on_when_its_gate_is_passed(board, pipeline):
    async with board(pipeline) as b:
        await b.press("v", "e")
        assert (column_of(b, "DP27"), column_of(b, "HX26"), column_of(b, "NB26")) == (0, 2, -1)
        # The one that was open is under the cursor.
        assert "HX26" in b.here
        await b.press("g", "g", "h", "h", "L")
        assert b.field == "16.03"
        await b.type("13.3")
        await b.press("enter")
        assert b.field == "16.03", "the Monday after"
        await b.type("1.9")
        await b.press("enter")
        # What has to be done before the next phase opens.
        b.shows("Pursuit gate", "0 of 6 ticked", "DP27 is won: the work begins on 01.09")
        await b.press("o")
        await b.type("signed on Friday")
        await b.press("enter")
        assert column_of(b, "DP27") == 1
        assert "DP27" in b.here
        b.shows("Won since 13.03", "Lead → Won")
        # Found by typing it is called the same, though work of the pursuit is left.
        await b.press(":")
        b.shows("DP27  Delta Pumps  Preparation · Won")
        await b.press("escape")
        assert b.app.store.rows("SELECT contract_on FROM engagement WHERE code = 'DP27'") == [("2026-03-13",)]
        await b.press("u", "u")
        assert column_of(b, "DP27") == 0
        assert b.said.startswith("Taken back: Win DP27")


async def test_a_lead_is_lost_postponed_and_taken_up_again_with_its_reason(board, pipeline):
    async with board(pipeline) as b:
        await b.press("v", "e", "g", "g", "h", "h", "z")
        await b.type("+3m")
        await b.press("enter")
        assert "Type why after the day" in b.said
        await b.type(" budget frozen")
        await b.press("enter")
        # All causes stand above, those that can still be meant while one types.
        b.shows("price, function missing", "gone, timing, change of people, doubt in our ability")
        await b.press("d")
        b.shows("doubt in our ability")
        b.hides("gone, timing")
        await b.press("backspace", "x", "enter")
        assert "is none of these" in b.said
        await b.press("backspace", "b", "enter")
        b.shows("ask 16.06", "Budget gone: budget frozen", "DP27 is postponed: ask again on 16.06")
        await b.press("m")
        await b.type("o")
        await b.press("enter")
        assert b.said.startswith("DP27 is taken up again")
        await b.press("m")
        await b.type("lost price")
        await b.press("enter", "enter")
        assert "Type the reason in words" in b.said
        await b.type("half the price")
        await b.press("enter")
        assert column_of(b, "DP27") == -1
        b.shows("2 lost, dropped")
        assert b.app.store.rows("SELECT status, status_reason FROM engagement WHERE code = 'DP27'") == [
            ("lost", "half the price")
        ]
        # They stand behind the fold.
        await b.press("G", "enter", "j")
        assert "DP27" in b.here
        await b.press("L")
        assert b.said == "DP27 is Lost. m takes it up again."
        await b.press("u", "i")
        b.shows("Take up again")


async def test_a_project_has_gates_before_it_and_can_not_be_lost(board, pipeline):
    async with board(pipeline) as b:
        await b.press("v", "e", "l", "l")
        assert "L Gate" in b.bottom
        await b.press("m")
        await b.type("lost")
        await b.press("enter")
        assert "is none of these: Dropped, Postponed" in b.said
        await b.press("escape", "escape", "L")
        b.shows("Implementation gate")
        await b.press("escape", "enter")
        b.shows("HX26 Huaxin Precision", "C1 Base data")


async def test_a_lead_is_added_by_one_line(board, store_with):
    async with board(store_with(None)) as b:
        await b.press("v", "e")
        b.shows("a adds a lead")
        await b.press("a")
        await b.type("Kestrel Motors @wang >2w")
        assert "Code: KM26" in b.said
        await b.press("enter")
        assert "wang is new and will be added." in b.said
        await b.press("enter")
        assert "KM26" in b.here
        b.shows("Next touch: 30.03 wang", "KM26 Kestrel Motors added")
        await b.press("e")
        b.shows("Start", "2026-03-16")
        await b.type("KM27")
        await b.press("f2")
        assert "KM27" in b.here
        await b.press("u", "u")
        b.shows("a adds a lead")
        await b.press("a")
        await b.type("Kestrel @wang >2w")
        await b.press("tab")
        b.shows("New lead", "Kestrel", "KE26", "2026-03-16")
        await b.press("f2")
        assert "KE26" in b.here
        b.shows("Next touch: 30.03 wang")


async def test_what_is_looked_for_stays_and_a_client_sees_nothing(board, pipeline):
    async with board(pipeline) as b:
        await b.press("v", "e", "/")
        await b.type("delta")
        await b.press("enter")
        assert (column_of(b, "DP27"), column_of(b, "HX26")) == (0, -1)
        b.shows("1 of 3")
        place = b.app.screen.place_now()
        await b.press("escape", "escape", "v", "e")
        assert column_of(b, "HX26") == 2
        b.app.screen.take_place(place)
        await b.settled()
        assert (b.here.split()[1], column_of(b, "HX26")) == ("DP27", -1)
        await b.press("P")
        # The client of the one under the cursor, who need not read what the vendor calls them.
        b.shows("CLIENT VIEW", "DP27 Delta Pumps", "A1 Customer")
        b.hides("HX26", "Huaxin", "Lead")
        await b.press(":")
        b.shows("DP27  Delta Pumps  Pursuit")
        b.hides("HX26", "Lead")


async def test_one_that_is_postponed_stands_behind_those_under_way(board, pipeline, opened):
    with opened(pipeline) as store:
        ((lead,),) = store.rows("SELECT id FROM engagement WHERE code = 'DP27'")
        postpone(
            store, lead, date(2026, 3, 1), ask_again_on=date(2026, 3, 10), cause=OutcomeReason.TIMING, reason="later"
        )
    async with board(pipeline, size=(60, 20)) as b:
        await b.press("v", "e")
        b.shows("‖ DP27", "ask 10.03")
        await b.press("h", "h", "L")
        b.shows("Contract of DP27 signed on:")
