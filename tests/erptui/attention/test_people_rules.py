"""What the rules say of people and of what was promised; it is Monday, 16 March 2026."""

from __future__ import annotations

from datetime import date

from db.choices import EngagementStatus, PromiseSide, PromiseState
from erptui.attention.agenda import agenda


def test_somebody_of_the_management_tier_is_missed_after_fourteen_days(hx26, matters, seat, touched):
    wang = seat(hx26, "SPO", "Wang Lei")
    touched(wang, date(2026, 3, 2))
    assert not matters("Q01")
    (matter,) = matters("Q01", day=date(2026, 3, 17))
    assert matter.text == "Wang Lei: no touch for 15 days"
    assert matter.why == "days since the last touch 15 > 14 days"
    assert (matter.severity, matter.rank, matter.activity, matter.settle) == ("red", "people", "E1", "log_touch")


def test_others_are_missed_after_thirty_days(hx26, matters, seat, touched):
    touched(seat(hx26, "KU", "Chen Hui"), date(2026, 2, 14))
    assert not matters("Q01")
    (matter,) = matters("Q01", day=date(2026, 3, 17))
    assert (matter.text, matter.severity) == ("Chen Hui: no touch for 31 days", "amber")


def test_those_never_spoken_to_are_one_line(hx26, matters, seat):
    for role, name in (("KU", "Chen Hui"), ("PUR", "Li Na"), ("WH", "Wu Gang")):
        seat(hx26, role, name)
    (matter,) = matters("Q01", day=date(2026, 4, 30))
    assert matter.text.startswith("3 people not spoken to yet: ")
    assert len(matter.rows) == 3


def test_who_must_not_be_contacted_is_never_missed(hx26, matters, seat):
    seat(hx26, "SPO", "Wang Lei", do_not_contact=True)
    assert not [m for m in matters(day=date(2026, 9, 1)) if m.rule in ("Q01", "Q02")]


def test_a_planned_touch_with_who_must_not_be_contacted_blocks(hx26, matters, seat, touched):
    wang = seat(hx26, "SPO", "Wang Lei", do_not_contact=True)
    touched(wang, date(2026, 3, 12), next_on=date(2026, 3, 20))
    (matter,) = matters("Q05")
    assert matter.text == "Wang Lei asked not to be contacted, and a touch is planned"
    assert matters()[0] == matter
    assert matter.severity == "block"


def test_people_of_weight_want_a_next_touch(hx26, matters, seat, touched):
    wang = seat(hx26, "SPO", "Wang Lei")
    touched(wang, date(2026, 3, 12))
    (matter,) = matters("Q02")
    assert matter.text == "Wang Lei: no next touch is set"
    touched(wang, date(2026, 3, 13), next_on=date(2026, 3, 27))
    assert not matters("Q02")


def test_who_is_missed_is_not_also_told_to_have_no_next_touch(hx26, matters, seat, touched):
    touched(seat(hx26, "SPO", "Wang Lei"), date(2026, 1, 12))
    assert matters("Q01")
    assert not matters("Q02")


def test_a_person_of_two_engagements_is_one_matter(hx26, open_new, matters, seat, touched, store):
    wang = seat(hx26, "SPO", "Wang Lei")
    other = open_new(code="DY25")
    with store.edit("Seat") as edit:
        from db.models import Role

        ((role,),) = store.rows("SELECT id FROM role WHERE engagement_id = ? AND code = 'SPO'", (other,))
        edit.change(Role, role, None, person=wang)
    touched(wang, date(2026, 1, 12))
    assert len(matters("Q01")) == 1


def test_a_promise_past_its_day_says_whose_and_how_long(hx26, matters, make):
    li = make("person", name="Li Na")
    make("promise", engagement=hx26, text="Send the price list", owner=li, due=date(2026, 3, 13))
    (matter,) = matters("Q55")
    assert matter.text == "Promise 3 days overdue: Send the price list (Li Na)"
    assert (matter.rank, matter.severity, matter.why) == ("money", "red", "days overdue 3 > 0 days")


def test_a_promise_of_ours_wants_an_owner_one_of_theirs_does_not(hx26, matters, make):
    make("promise", engagement=hx26, text="Send the price list", side=PromiseSide.OURS)
    make("promise", engagement=hx26, text="Name a key user", side=PromiseSide.THEIRS)
    (matter,) = matters("Q55")
    assert matter.text == "Promise without an owner: Send the price list"
    assert matter.severity == "amber"


def test_a_promise_that_was_kept_is_over(hx26, matters, make):
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 13), state=PromiseState.KEPT)
    assert not matters("Q55")


def test_a_decision_overdue_names_who_decides_and_what_waits(store, hx26, matters, make):
    wang = make("person", name="Wang Lei")
    decision = make("decision", engagement=hx26, text="One plant or two", decider=wang, due=date(2026, 3, 9))
    ((package,),) = store.rows("SELECT id FROM work_package WHERE code = 'B2.1'")
    make("decision_wait", decision=decision, package=package)
    (matter,) = matters("Q54")
    assert matter.text == "Decision 7 days overdue: One plant or two (Wang Lei); B2.1 waits"
    assert matter.why == "days overdue 5 > 3 working days"


def test_after_sales_without_a_visit_ahead_says_so(store, hx26, matters, seat, touched, change):
    change("phase", "1", opened_on=date(2026, 3, 2))
    change("work_package", "phase < 'D'", status="done", finished_on=date(2026, 3, 2))
    (matter,) = matters("Q40")
    assert matter.text == "No visit is planned"
    touched(seat(hx26, "SPO", "Wang Lei"), date(2026, 3, 12), next_on=date(2026, 4, 20))
    assert not matters("Q40")


def test_a_promise_of_no_engagement_is_told_among_all_but_not_of_one(hx26, matters, make):
    make("promise", text="Send the price list", due=date(2026, 3, 13))
    assert matters("Q55")[0].code == ""
    assert not matters("Q55", engagement=hx26)


def test_what_a_dropped_engagement_promised_is_quiet(hx26, matters, make, change):
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 13))
    change("engagement", "1", status=EngagementStatus.DROPPED)
    assert not matters("Q55")


def test_a_touch_with_who_must_not_be_contacted_is_no_visit(hx26, matters, seat, touched, change):
    change("phase", "1", opened_on=date(2026, 3, 2))
    change("work_package", "phase < 'D'", status="done", finished_on=date(2026, 3, 2))
    touched(seat(hx26, "SPO", "Wang Lei", do_not_contact=True), date(2026, 3, 12), next_on=date(2026, 4, 20))
    assert [matter.text for matter in matters("Q40")] == ["No visit is planned"]


def test_who_asked_for_time_is_asked_again_on_the_day_and_lies_ahead_until_then(store, hx26, matters, change, today):
    change("engagement", "1", status=EngagementStatus.POSTPONED, ask_again_on=date(2026, 3, 20))
    assert not matters()
    (ahead,) = agenda(store, today)
    assert (ahead.day, ahead.code, ahead.text) == (date(2026, 3, 20), "HX26", "Ask Huaxin Precision again")
    (matter,) = matters(day=date(2026, 3, 20))
    assert (matter.code, matter.text, matter.settle) == ("HX26", "Ask Huaxin Precision again today", "take_up_again")
    (matter,) = matters(day=date(2026, 3, 23))
    assert matter.text == "Ask Huaxin Precision again: 3 days overdue"
