"""What the rules say of the plan. Each rule has its own statement; HX26 begins on Monday, 2 March 2026."""

from __future__ import annotations

import re
from datetime import date

from db.choices import BaseCalendar, EngagementStatus, PackageStatus, PhaseId
from db.models import CalendarException
from erptui.plan_dates import plan_of

LATER = date(2026, 3, 23)


def code_of(store, row: str) -> str:
    return store.rows("SELECT code FROM work_package WHERE id = ?", (row,))[0][0]


def codes(store, found) -> set[str]:
    return {code_of(store, row) for matter in found for _table, row in matter.rows}


def test_a_critical_package_past_its_finish_is_late_and_says_by_how_much(store, hx26, matters):
    plan = plan_of(store, hx26)
    critical = {code_of(store, id) for id in plan.schedule.critical}
    found = matters("Q15", day=LATER)
    assert codes(store, found)
    assert codes(store, found) <= critical
    first = found[0]
    assert (first.code, first.severity, first.rank, first.settle) == ("HX26", "red", "path", "update_progress")
    assert "Critical:" in first.text
    assert "late" in first.text
    assert first.why.startswith("days late on the critical path ")
    assert first.why.endswith("≥ 1 working days")


def test_what_is_done_is_not_late(store, hx26, matters, change):
    change("work_package", "phase = 'A'", status=PackageStatus.DONE, finished_on=date(2026, 3, 10))
    assert not matters("Q15", day=LATER)
    assert not matters("Q64", day=LATER)


def test_a_package_beside_the_critical_path_is_late_too_but_only_once(store, hx26, matters):
    critical, others = codes(store, matters("Q15", day=LATER)), codes(store, matters("Q64", day=LATER))
    assert others
    assert not critical & others
    assert {matter.severity for matter in matters("Q64", day=LATER)} == {"amber"}


def test_late_packages_of_an_activity_are_one_line(store, hx26, matters):
    found = matters("Q64", day=date(2026, 4, 30))
    assert len({(matter.code, matter.activity) for matter in found}) == len(found)
    many = next(matter for matter in found if len(matter.rows) > 1)
    assert many.text.startswith(f"{len(many.rows)} packages late, at most ")


def test_a_milestone_past_its_date_is_a_matter_of_its_own(store, hx26, matters, change):
    assert not matters("Q65", day=date(2026, 3, 4))
    change("work_package", "code = 'A1.3'", milestone=True)
    ((name,),) = store.rows("SELECT name FROM work_package WHERE code = 'A1.3'")
    (matter,) = [m for m in matters("Q65", day=LATER) if codes(store, [m]) == {"A1.3"}]
    assert matter.text.startswith(f"Milestone {name}: ")
    assert matter.severity == "red"


def test_a_package_due_within_two_working_days_is_noted_last(store, hx26, matters, today):
    found = matters("Q66")
    assert found
    assert {matter.severity for matter in found} == {"note"}
    everything = matters()
    assert [matter.severity == "note" for matter in everything] == sorted(m.severity == "note" for m in everything)


def test_a_package_about_to_start_wants_an_owner(store, hx26, matters, make, seat):
    unowned = codes(store, matters("Q67"))
    assert "A1.7" in unowned
    ((role,),) = store.rows("SELECT r.code FROM work_package w JOIN role r ON r.id = w.role_id WHERE w.code = 'A1.7'")
    seat(hx26, role, "Xu Li")
    assert "A1.7" not in codes(store, matters("Q67"))


def test_a_done_package_wants_its_deliverable_after_three_working_days(store, hx26, matters, change, today):
    ((package,),) = store.rows("SELECT package_id FROM deliverable d JOIN work_package w ON w.id = package_id LIMIT 1")
    change("work_package", f"id = '{package}'", status=PackageStatus.DONE, finished_on=date(2026, 3, 11))
    change("phase", "1", opened_on=date(2026, 3, 2))
    assert not matters("Q68")
    (matter,) = matters("Q68", day=date(2026, 3, 17))
    assert matter.rows == (("work_package", package),)
    assert matter.why == "days since done without the deliverable 4 > 3 working days"


def test_a_phase_that_is_done_wants_its_gate_signed(store, hx26, matters, change):
    change("work_package", "phase = 'A'", status=PackageStatus.DONE, finished_on=date(2026, 3, 10))
    assert not matters("Q69", day=date(2026, 3, 12))
    (matter,) = matters("Q69", day=date(2026, 3, 16))
    assert matter.text == "Pursuit gate: all work done, not signed"
    assert matter.settle == "open_gate"


def test_work_beyond_an_unsigned_gate_is_against_a_rule(store, hx26, matters, change):
    assert not matters("Q48")
    change("work_package", "code = 'B1.1'", status=PackageStatus.DOING, started_on=date(2026, 3, 12))
    (matter,) = matters("Q48")
    assert matter.text == "1 package begun beyond the unsigned Pursuit gate"
    assert (matter.severity, matter.rank, matter.days) == ("red", "clash", 4)


def test_a_gate_signed_without_proof_is_asked_for_after_five_working_days(store, hx26, matters, change):
    change("gate", "phase = 'A'", passed_on=date(2026, 3, 9), signed_by="Wang Lei")
    assert not matters("Q59")
    (matter,) = matters("Q59", day=date(2026, 3, 17))
    assert matter.text == "Pursuit gate is signed, the proof is missing"
    change("gate", "phase = 'A'", proof="minutes.pdf")
    assert not matters("Q59", day=date(2026, 3, 17))


def test_a_plan_in_a_year_without_announced_holidays_says_so(store, open_new, matters):
    open_new(code="CN27", calendar=BaseCalendar.CHINA, start=date(2029, 1, 8))
    (matter,) = matters("Q45")
    assert matter.text.startswith("Holidays of 2029")
    assert matter.severity == "note"


def test_a_phase_that_is_not_open_is_quiet(store, hx26, matters):
    phases = {
        store.rows("SELECT phase FROM work_package WHERE id = ?", (row,))[0][0]
        for matter in matters(day=date(2027, 6, 1))
        for table, row in matter.rows
        if table == "work_package"
    }
    assert phases == {PhaseId.PURSUIT.id}


def test_a_lost_lead_needs_nobody(store, hx26, matters, change):
    assert matters(day=LATER)
    change("engagement", "1", status=EngagementStatus.LOST)
    assert not matters(day=LATER)


def test_working_days_are_those_of_the_engagement(store, hx26, matters, make):
    ((calendar,),) = store.rows("SELECT calendar_id FROM engagement")
    before = matters("Q64", day=LATER)[0].why
    with store.edit("Holiday") as edit:
        edit.create(CalendarException, calendar=calendar, day=date(2026, 3, 20), working=False)
    assert matters("Q64", day=LATER)[0].why != before


def test_many_years_without_holidays_are_told_by_the_first_and_the_last(open_new, matters, change):
    open_new(code="CN26", calendar=BaseCalendar.CHINA)
    change("work_package", "code = 'A1.1'", duration=480 * 250 * 8)
    (matter,) = matters("Q45", day=LATER)
    assert re.match(r"Holidays of 2027–20\d\d are not announced, \d+ packages lie there$", matter.text)


def test_a_critical_package_that_has_not_begun_is_late_from_its_start_on(store, hx26, matters, change):
    change("work_package", "code = 'A1.1'", duration=480 * 20)
    day = date(2026, 3, 6)
    assert "A1.1" in codes(store, matters("Q15", day=day))
    change("work_package", "code = 'A1.1'", status=PackageStatus.DOING, started_on=date(2026, 3, 2))
    assert "A1.1" not in codes(store, matters("Q15", day=day))


def test_what_was_handed_over_is_not_missing(store, hx26, matters, change):
    ((package,),) = store.rows("SELECT package_id FROM deliverable d JOIN work_package w ON w.id = package_id LIMIT 1")
    change("work_package", f"id = '{package}'", status=PackageStatus.DONE, finished_on=date(2026, 3, 3))
    change("phase", "1", opened_on=date(2026, 3, 2))
    assert matters("Q68")
    change("deliverable", f"package_id = '{package}'", done=True)
    assert not matters("Q68")


def test_a_phase_with_work_left_does_not_want_its_gate_signed(store, hx26, matters, change):
    change("work_package", "phase = 'A' AND code <> 'A1.1'", status=PackageStatus.DONE, finished_on=date(2026, 3, 10))
    assert not matters("Q69", day=LATER)


def test_what_was_done_before_erptui_was_not_begun_beyond_a_gate(store, hx26, matters, change):
    change("work_package", "code = 'B1.1'", status=PackageStatus.DONE, finished_on=date(2026, 3, 12))
    assert matters("Q48")
    change("work_package", "code = 'B1.1'", before_erptui=True)
    assert not matters("Q48")


def test_a_gate_that_needs_no_proof_is_not_asked_for_any(store, hx26, matters, change):
    change("gate", "phase = 'A'", passed_on=date(2026, 3, 2), signed_by="Wang Lei", needs_proof=True)
    assert matters("Q59")
    change("gate", "phase = 'A'", needs_proof=False)
    assert not matters("Q59")
