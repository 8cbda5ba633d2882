"""What becomes of an engagement: won, lost, dropped, postponed and taken up again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.choices import ContentLanguage, EngagementStatus, OutcomeReason
from db.models import Engagement
from erptui.attention.scene import Scene
from erptui.entry import People
from erptui.form_rows import TypedRow, save_form
from erptui.forms import ENGAGEMENT
from erptui.leads import add_lead, codes_of, read_lead
from erptui.line_marks import LineContext
from erptui.method.gates import gates_of, pass_without
from erptui.method.opening import CodeTaken, NotALead
from erptui.outcomes import OutcomeRefused, drop, lose, postpone, reopen, win
from erptui.people import candidates
from erptui.plan_dates import dates_of
from erptui.portfolio import next_touches
from erptui.touches import NewPerson, engagement_of, log_touch

BUDGET, PRICE = OutcomeReason.BUDGET, OutcomeReason.PRICE


@pytest.fixture
def lead(open_new) -> str:
    return open_new(lead=True)


def row(store, engagement) -> Engagement:
    return store.get(Engagement, engagement)


def opened(store) -> str:
    rows = store.rows("SELECT phase FROM phase WHERE opened_on IS NOT NULL ORDER BY phase")
    return "".join(phase for (phase,) in rows)


def test_a_won_lead_begins_on_the_day_agreed_and_waits_for_its_gate(store, lead, today):
    start = today + timedelta(days=200)
    win(store, lead, today, start, cause=OutcomeReason.SERVICE, reason="They saw our after-sales")
    won = row(store, lead)
    assert (won.status, won.status_on, won.contract_on) == (EngagementStatus.WON, today, today)
    assert (won.status_cause, won.status_reason) == (OutcomeReason.SERVICE, "They saw our after-sales")
    dates = dates_of(store, lead)
    later = [dates[package].start for (package,) in store.rows("SELECT id FROM work_package WHERE phase > 'A'")]
    assert min(later) == date(2026, 10, 2)
    assert opened(store) == "AE"
    pass_without(store, gates_of(store, lead)[0], reason="Signed on Friday", today=today)
    assert opened(store) == "ABE"
    assert store.rows("SELECT count(*) FROM phase") == [(5,)]


def test_a_lead_whose_gate_is_passed_opens_the_preparation_when_it_is_won(store, lead, today):
    lose(store, lead, today, cause=PRICE, reason="Too dear")
    with pytest.raises(NotALead):
        pass_without(store, gates_of(store, lead)[0], reason="Anyhow", today=today)
    with store.edit("Passed") as edit:
        from db.models import Gate

        edit.change(Gate, gates_of(store, lead)[0].id, None, passed_on=today)
    assert reopen(store, lead, today) is EngagementStatus.LEAD
    win(store, lead, today)
    assert opened(store) == "ABE"


def test_a_postponed_lead_is_quiet_until_it_is_taken_up_or_won(store, lead, today):
    assert [line.code for line in Scene(store, today).engagements] == ["HX26"]
    assert {package.phase for package in Scene(store, today).packages(lead)} == {"A"}
    postpone(store, lead, today, ask_again_on=date(2026, 6, 16), cause=BUDGET, reason="budget frozen")
    assert Scene(store, today).engagements == []
    assert row(store, lead).ask_again_on == date(2026, 6, 16)
    postpone(store, lead, today, ask_again_on=date(2026, 9, 1), cause=BUDGET, reason="still frozen")
    assert row(store, lead).status_reason == "still frozen"
    win(store, lead, today)
    won = row(store, lead)
    assert (won.status, won.ask_again_on, won.status_reason) == (EngagementStatus.WON, None, None)


def test_a_project_that_was_put_off_is_a_project_again(store, hx26, today):
    postpone(store, hx26, today, ask_again_on=date(2026, 6, 16), cause=BUDGET, reason="budget frozen")
    # Its gate can be passed meanwhile: it has nothing to win.
    pass_without(store, gates_of(store, hx26)[0], reason="Letter of intent", today=today)
    assert reopen(store, hx26, today) is EngagementStatus.WON
    assert row(store, hx26).status_reason is None


def test_each_outcome_is_one_step_that_tells_no_reason(store, lead, today):
    for end, about in (
        (lambda: lose(store, lead, today, cause=PRICE, reason="secret"), "Lose"),
        (lambda: reopen(store, lead, today), "Take up again"),
        (lambda: drop(store, lead, today, cause=PRICE, reason="secret"), "Drop"),
    ):
        before = len(store.history())
        end()
        step = store.undoable().step
        assert (len(store.history()) - before, step.label, step.about) == (1, about, "HX26")
    for _step in range(3):
        store.undo()
    assert row(store, lead).status is EngagementStatus.LEAD


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (lambda *lead: lose(*lead, cause=PRICE, reason="  "), "Type the reason in words"),
        (lambda *lead: drop(*lead, cause=None, reason="gone"), "One of: Price, Function missing"),
        (lambda *lead: postpone(*lead, ask_again_on=None, cause=PRICE, reason="later"), "When will you ask again"),
        (lambda *lead: postpone(*lead, ask_again_on=lead[2], cause=PRICE, reason="later"), "Ask again after"),
        (lambda *lead: win(*lead, date(2026, 2, 27)), "HX26 began on 2026-03-02"),
        (lambda *lead: reopen(*lead), "HX26 is Lead: it is under way"),
    ],
)
def test_what_is_not_enough_is_refused_and_changes_nothing(store, lead, today, everything, end, said):
    before = everything()
    with pytest.raises(OutcomeRefused, match=said):
        end(store, lead, today)
    assert everything() == before


def test_what_is_over_is_not_ended_again_nor_a_project_lost(store, lead, today):
    drop(store, lead, today, cause=PRICE, reason="gone")
    with pytest.raises(OutcomeRefused, match="HX26 is Dropped already"):
        drop(store, lead, today, cause=PRICE, reason="gone")
    with pytest.raises(OutcomeRefused, match="HX26 is Dropped already"):
        postpone(store, lead, today, ask_again_on=date(2026, 9, 1), cause=PRICE, reason="gone")
    with pytest.raises(NotALead, match="HX26 is not a lead: it is Dropped"):
        win(store, lead, today)
    reopen(store, lead, today)
    win(store, lead, today)
    with pytest.raises(OutcomeRefused, match="a project is dropped or postponed, not lost"):
        lose(store, lead, today, cause=PRICE, reason="gone")


# A lead by one line.


@pytest.fixture
def read(store, today):
    def lead(line: str):
        return read_lead(line, LineContext(today, People(candidates(store))), codes_of(store))

    return lead


def test_a_lead_is_made_by_one_line_with_whom_to_contact_and_when(store, read, today):
    wanted = read("Huaxin Precision HX27 @wang >2w")
    assert (wanted.name, wanted.code, wanted.next_on) == ("Huaxin Precision", "HX27", date(2026, 3, 30))
    assert (wanted.new, wanted.unclear) == (NewPerson("wang", "Huaxin Precision"), ())
    before = len(store.history())
    lead = add_lead(store, wanted, None, ContentLanguage.ENGLISH, today)
    assert (row(store, lead).status, row(store, lead).start) == (EngagementStatus.LEAD, today)
    assert next_touches(store) == {lead: (date(2026, 3, 30), "wang")}
    assert len(store.history()) == before + 1
    # Now she is known, and what is said to her later is about the lead.
    wang = read("Other @wang")
    assert wang.new is None
    assert engagement_of(store, [wang.person], "another") == lead
    log_touch(store, [wang.person], day=today, next_on=date(2026, 3, 20))
    assert next_touches(store) == {lead: (date(2026, 3, 20), "wang")}
    store.undo()
    store.undo()
    assert store.rows("SELECT count(*) FROM person") == [(0,)]


@pytest.mark.parametrize(
    "line", ["Kestrel KE27 @Wang Poe >2w", "Kestrel @Wang Poe KE27 >2w", "KE27 Kestrel >2w  @Wang Poe"]
)
def test_a_new_person_has_all_the_words_behind_the_sign(store, read, today, line):
    add_lead(store, read("Huaxin @Wang"), None, ContentLanguage.ENGLISH, today)
    wanted = read(line)
    # Wang alone is known already.
    assert (wanted.name, wanted.code, wanted.person, wanted.new.name) == ("Kestrel", "KE27", None, "Wang Poe")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Delta Pumps", "DP26"),
        ("Kestrel", "KE26"),
        ("华信精密", "HX26"),
        ("HX27 Huaxin", "HX27"),
        ("U8", "UA26"),
        ("HX26", "HX26"),
    ],
)
def test_a_code_is_read_or_proposed(read, line, code):
    assert read(line).code == code


def test_a_proposed_code_is_nobody_elses(read, hx26):
    assert read("华信精密").code == "HJ26"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("@wang", "name of the company"),
        ("Delta >2w", "Whom will you contact"),
        ("Delta @wang >1.3", "in the past"),
    ],
)
def test_a_line_that_leaves_something_open_is_no_lead_yet(read, line, said):
    assert said in read(line).unclear[0]


def test_a_form_gives_no_engagement_the_code_of_another(store, hx26, open_new, everything):
    other = open_new(code="NB26", lead=True)
    before = everything()
    with pytest.raises(CodeTaken, match="HX26"):
        save_form(store, ENGAGEMENT, TypedRow(other, {"code": "hx26"}), (), "NB26")
    assert everything() == before
    save_form(store, ENGAGEMENT, TypedRow(other, {"code": "nb26"}), (), "NB26")
