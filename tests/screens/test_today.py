"""Today through real keys: what needs somebody, one line a matter, settled, put off and gone to from there."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import date

import pytest

from db.choices import EngagementStatus, Side
from db.models import Decision, Engagement, Person, Promise, Role, Touch, TouchPerson

KEPT, DECIDED, SILENT = "send the list of items", "which label printer", "Wang Lei: no touch for 24 days"


def fill(driver):
    """HX26 and DY25 two weeks under way, and in HX26 a promise, a decision and somebody who was not spoken to."""

    def make(store) -> None:
        ours = driver.new_engagement(store)
        driver.new_engagement(store, code="DY25", name="Dongyang")
        with store.edit("Fill") as edit:
            wang = edit.create(Person, name="Wang Lei", side=Side.CLIENT)
            role = store.select(Role).where((Role.engagement == ours) & (Role.code == "SPO")).first()
            edit.update(role, person=wang.id)
            touch = edit.create(Touch, engagement=ours, day=date(2026, 2, 20), text="met", by="Anna")
            edit.create(TouchPerson, touch=touch.id, person=wang.id)
            edit.create(Promise, engagement=ours, text=KEPT, person=wang.id, owner=wang.id, due=date(2026, 3, 10))
            edit.create(Promise, engagement=ours, text="call on Friday", owner=wang.id, due=date(2026, 3, 20))
            edit.create(Decision, engagement=ours, text=DECIDED, decider=wang.id, due=date(2026, 3, 5))

    return make


@pytest.fixture
def today(board, driver, _prepared, monday, tmp_path, monkeypatch):
    """Today on that store: `async with today() as t`."""
    monkeypatch.setattr("screens.widgets.detail.RESTING", 0)

    @asynccontextmanager
    async def run(size=(80, 24), **options):
        path = tmp_path / "today.db"
        if not path.exists():
            path.write_bytes(_prepared("today", fill(driver)).read_bytes())
        async with board(path, size=size, **options) as walked:
            await walked.press("1")
            yield walked

    return run


async def go_to(t, text: str) -> None:
    """Put the cursor on the line that says this."""
    await t.press("g", "g")
    for _line in range(40):
        if text in t.here:
            return
        await t.press("j")
    raise AssertionError(f"no line says {text}\n{t.text}")


async def test_each_line_says_what_why_and_what_m_does_and_enter_goes_there_and_back(today):
    async with today() as t:
        assert t.title.startswith("ALL Today  ›  2 engagements")
        assert "■5 ▲6" in t.title
        t.shows("NEEDS YOU NOW", "all", "THIS WEEK")
        await go_to(t, KEPT)
        assert t.here.startswith("■ HX26 E1")
        t.shows("Why: days overdue 6 > 0 days", "m marks the promise as kept.", "Q55")
        assert "m Kept" in t.bottom
        await t.press("enter")
        assert KEPT in t.here
        assert "HX26 › Promises" in t.title
        await t.press("escape")
        assert KEPT in t.here

        # Of another engagement: that becomes the current one, and the package is under the cursor.
        await go_to(t, "DY25 A1  Critical")
        await t.press("enter")
        assert t.title.startswith("DY25  ›  A1")
        assert "A1.1" in t.here
        await t.press("escape")
        assert "DY25 A1  Critical" in t.here
        await t.press("2")
        assert t.title.startswith("DY25")
        assert "■1 ▲3" in t.title

        # What only lies ahead is put off and settled by the same keys, and gone to.
        await t.press("1", "g", "g", "pagedown", "pageup", "pagedown", "pagedown")
        assert "call on Friday" in t.here
        await t.press("G", "z")
        await t.type("+1d ill")
        await t.press("enter")
        t.shows("Sat 21.03  HX26 ! call on Friday")
        await t.press("enter")
        assert "call on Friday" in t.here
        await t.press("escape", "m")
        assert "call on Friday: Kept" in t.said
        t.hides("THIS WEEK")


async def test_m_does_what_the_line_asks_for_and_the_line_is_gone(today):
    async with today() as t:
        await go_to(t, KEPT)
        await t.press("m")
        assert f"{KEPT}: Kept" in t.said
        t.hides(f"overdue: {KEPT}")
        # The cursor stays where it was, on the line that came up.
        assert "DY25 A1  Critical" in t.here
        await t.press("u")
        t.shows(f"overdue: {KEPT}")

        await go_to(t, DECIDED)
        await t.press("m")
        await t.type("the small one")
        await t.press("enter")
        assert f"{DECIDED} decided" in t.said
        t.hides(f"overdue: {DECIDED}")

        await go_to(t, SILENT)
        await t.press("m")
        await t.type("tel asked for the list >2w")
        await t.press("enter")
        assert "Touch with Wang Lei logged, next 30.03" in t.said
        t.hides(SILENT)

        await go_to(t, "HX26 A2  2 packages without an owner")
        await t.press("m")
        await t.type("wl")
        await t.press("enter")
        assert "Wang Lei owns A2." in t.said
        t.hides("HX26 A2  2 packages")

        # Several packages are asked for one by one, as in the round of a card.
        await go_to(t, "HX26 A1  Critical: 4 packages late")
        await t.press("m")
        assert "1/4 A1.1" in t.said
        await t.type("100")
        await t.press("enter")
        assert "2/4" in t.said
        await t.press("escape")
        t.hides("HX26 A1  Critical")


async def test_z_puts_off_with_a_reason_until_a_day_to_come(today):
    async with today() as t:
        await go_to(t, KEPT)
        await t.press("z")
        for typed, refused in (
            ("1.3.2026 ill", "is over"),
            ("16.3 ill", "That is today"),
            ("+2d", "Type why after the day"),
        ):
            await t.type(typed)
            await t.press("enter")
            assert refused in t.said, t.said
            await t.press(*["backspace"] * len(typed))
        await t.type("+2d waits for IT")
        t.shows("Quiet until: Wed 18.03")
        await t.press("enter")
        assert "put off to 18.03" in t.said
        t.hides(f"■ HX26 E1  Promise 6 days overdue: {KEPT}")
        await t.press("u")
        t.shows(KEPT)

        # A whole fold, and what is selected. Nothing in a fold is settled unread: it is asked for one by one.
        await go_to(t, "2 more: Work package due shortly")
        await t.press("m")
        assert "1/4 A1." in t.said
        await t.press("escape")
        await go_to(t, "2 more: Work package due shortly")
        await t.press("enter")
        t.shows("HX26 A1  2 packages due shortly", "DY25 A1  2 packages due shortly")
        await t.press("enter", "z")
        await t.type("+1w later")
        await t.press("enter")
        t.hides("more: Work package due shortly")
        await go_to(t, KEPT)
        await t.press("space")
        await go_to(t, DECIDED)
        await t.press("space", "z")
        assert "Put off 2 matters" in t.said
        await t.type("+1w holidays")
        await t.press("enter")
        t.hides(f"overdue: {KEPT}", f"overdue: {DECIDED}")

        # What was put off is found again, and brought back.
        await go_to(t, "4 put off")
        await t.press("enter")
        await go_to(t, f"23.03: holidays · Promise 6 days overdue: {KEPT}")
        t.shows("Quiet until: Mon 23.03, holidays")
        await t.press("d")
        assert "back again" in t.said
        t.shows(f"■ HX26 E1  Promise 6 days overdue: {KEPT}", "3 put off")


async def test_the_round_goes_through_the_lines_one_line_each(today):
    async with today() as t:
        await t.press("/")
        await t.type("owner:gf")
        await t.press("enter")
        # What is not understood hides nothing, and is not kept as if it did.
        t.shows("■ owner:gf: ")
        await t.press("escape", "/")
        await t.type("project:hx26 E1")
        await t.press("enter")
        assert "project:hx26 E1" in t.title
        await t.press(";")
        asked = []
        for typed in ("kept", "+3d ill"):
            asked.append(t.said)
            await t.type(typed)
            await t.press("enter")
        assert "1/2" in asked[0]
        assert "2/2" in asked[1]
        assert "Round: 2 rows changed" in t.said
        t.shows("No line fits the filter. esc clears it.")
        await t.press("escape")
        t.hides(KEPT, f"■ HX26 E1  {SILENT}")
        t.shows(DECIDED, "1 put off")


async def test_e_sets_the_rule_of_the_line_and_a_muted_rule_is_found_again(today):
    async with today() as t:
        await go_to(t, SILENT)
        await t.press("e")
        t.shows("days since the last touch (power 4 or 5): > 14 days in HX26. The template says")
        await t.press("t")
        await t.type("abc")
        await t.press("enter")
        assert "number" in t.said
        await t.press("backspace", "backspace", "backspace")
        await t.type("30")
        await t.press("enter")
        t.hides(SILENT)
        await t.press("u")
        await go_to(t, KEPT)
        await t.press("e", "M")
        assert "Q55 is muted in all; v m finds it again" in t.said
        t.hides(KEPT)
        await t.press("v", "m")
        assert "1 muted" in t.title
        await go_to(t, "Q55")
        assert "muted" in t.here
        assert "m Speak" in t.bottom
        await t.press("m")
        assert "Q55 speaks again in all" in t.said
        await t.press("e", "3", "enter")
        assert "Q55: > 3 in all" in t.said
        await t.press("enter", "d")
        assert "Q55 is as shipped in all" in t.said
        await t.press("escape")
        t.shows(KEPT)

        # What counts in one engagement alone is found in the list of all.
        await go_to(t, KEPT)
        await t.press("e", "m")
        assert "Q55 is muted in HX26; v m finds it again" in t.said
        await go_to(t, "DY25 A1  Critical")
        await t.press("e", "t")
        await t.type("9")
        await t.press("enter", "v", "m")
        assert "1 muted" in t.title
        assert "▲6" in t.title
        await go_to(t, "Q15")
        assert "DY25: ≥ 9" in t.here
        await go_to(t, "Q55")
        assert "HX26: muted" in t.here
        t.shows("HX26: muted · template:")


async def test_the_cursor_stays_on_its_line_when_others_write_and_a_client_sees_nothing_of_it(today, opened, tmp_path):
    async with today() as t:
        await go_to(t, DECIDED)
        with opened(tmp_path / "today.db", "Bob") as theirs:
            ((promise,),) = theirs.rows("SELECT id FROM promise WHERE text = ?", (KEPT,))
            with theirs.edit("Delete") as edit:
                edit.delete(theirs.get(Promise, promise))
        await t.look_again()
        t.hides(KEPT)
        assert DECIDED in t.here
        await t.press("y")
        assert "Copied as text" in t.said
        copied = t.app.clipboard
        assert copied.startswith("NEEDS YOU NOW")
        assert DECIDED in copied
        await t.press("P")
        t.hides("NEEDS YOU NOW", "▲")
        await t.press("1")
        assert "Today is internal" in t.said


async def test_it_works_on_a_phone_and_says_what_belongs_here_while_there_is_nothing(today, board, store_with):
    async with today(size=(40, 20)) as t:
        await go_to(t, "DY25 A1  Critical")
        t.shows("Why: ", "m asks how it stands")
        assert all(len(line) <= 40 for line in t.lines)
        await t.press("z")
        await t.type("+2d ill")
        await t.press("enter")
        t.hides("DY25 A1  Critical")
    async with board(store_with(None)) as b:
        await b.press("1")
        b.shows("No engagement yet. In a shell: erptui new --help")
        await b.press("m", "z", ";", "e", "enter", "y", "v", "m")
        b.shows("Q01")


async def test_a_client_who_is_to_be_asked_again_is_gone_to_or_taken_up_again(today, driver, tmp_path):
    async with today() as t:
        with t.app.store.edit("Postpone") as edit:
            row = t.app.store.select(Engagement).where(Engagement.code == "DY25").first()
            edit.update(row, status=EngagementStatus.POSTPONED, ask_again_on=date(2026, 3, 16))
        await t.settled()
        await go_to(t, "Ask Dongyang again today")
        await t.press("enter")
        assert "Pipeline" in t.title
        assert "DY25" in t.here
        await t.press("escape")
        assert "Ask Dongyang again today" in t.here
        await t.press("m")
        assert t.said == "DY25 is taken up again · u takes back"
        t.hides("Ask Dongyang again today")
