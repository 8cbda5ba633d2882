"""The plan of an engagement: dates computed from what stands in the store."""

from __future__ import annotations

from datetime import date

import pytest

from db.choices import BaseCalendar, LinkKind, PackageStatus
from db.models import CalendarException, Dependency, WorkPackage
from erptui.plan_dates import (
    NO_DATES,
    CircularPlan,
    PackageDates,
    PlanTooLong,
    calendar_for,
    dates_of,
    gate_days,
    plan_of,
)


def ids(store):
    return dict(store.rows("SELECT code, id FROM work_package"))


def test_the_plan_of_the_template_ends_and_goes_live_on_the_known_days(store, hx26):
    # Known from the template's own plan: 2 March 2026, Monday to Friday.
    plan = plan_of(store, hx26)
    assert plan.finish == date(2027, 6, 30)
    go_live = plan.dates[ids(store)["C5.6"]]
    assert go_live == PackageDates(date(2027, 1, 13), date(2027, 1, 13))


def test_the_first_package_starts_on_the_first_day(store, hx26):
    assert dates_of(store, hx26)[ids(store)["A1.1"]] == PackageDates(date(2026, 3, 2), date(2026, 3, 2))


def test_a_project_that_opens_on_a_sunday_starts_on_monday(store, open_new):
    sunday = open_new(start=date(2026, 3, 1))
    assert dates_of(store, sunday)[ids(store)["A1.1"]].start == date(2026, 3, 2)


def test_chinese_holidays_put_the_end_off(store, open_new):
    weekdays, china = open_new(), open_new(code="CN26", calendar=BaseCalendar.CHINA)
    assert plan_of(store, china).finish > plan_of(store, weekdays).finish


def test_a_company_day_off_moves_what_would_fall_on_it(store, hx26):
    ((calendar,),) = store.rows("SELECT calendar_id FROM engagement")
    with store.edit("Day off") as edit:
        edit.create(CalendarException, calendar=calendar, day=date(2026, 3, 2), working=False)
    assert dates_of(store, hx26)[ids(store)["A1.1"]].start == date(2026, 3, 3)
    assert not calendar_for(store, hx26).is_working(date(2026, 3, 2))


def test_a_worked_saturday_takes_work(store, hx26):
    ((calendar,),) = store.rows("SELECT calendar_id FROM engagement")
    with store.edit("Worked Saturday") as edit:
        edit.create(CalendarException, calendar=calendar, day=date(2026, 3, 7), working=True)
    assert calendar_for(store, hx26).is_working(date(2026, 3, 7))
    assert plan_of(store, hx26).finish == date(2027, 6, 29)


def test_what_really_happened_stands_also_on_a_day_off(store, hx26):
    package = ids(store)["A1.1"]
    with store.edit("Done") as edit:
        edit.change(
            WorkPackage,
            package,
            None,
            status=PackageStatus.DONE,
            started_on=date(2026, 3, 7),
            finished_on=date(2026, 3, 8),
        )
    assert dates_of(store, hx26)[package] == PackageDates(date(2026, 3, 7), date(2026, 3, 8))


def test_work_that_is_late_pushes_what_waits_for_it(store, hx26):
    codes = ids(store)
    before = dates_of(store, hx26)[codes["A1.4"]].start
    with store.edit("Started late") as edit:
        edit.change(WorkPackage, codes["A1.2"], None, status=PackageStatus.DOING, started_on=date(2026, 3, 16))
    after = dates_of(store, hx26)[codes["A1.4"]].start
    assert before == date(2026, 3, 5)
    assert after == date(2026, 3, 18)


def test_not_before_holds_a_start(store, hx26):
    codes = ids(store)
    with store.edit("Hold") as edit:
        edit.change(WorkPackage, codes["A1.1"], None, not_before=date(2026, 3, 9))
    assert dates_of(store, hx26)[codes["A1.1"]].start == date(2026, 3, 9)
    released = plan_of(store, hx26, released=codes["A1.1"])
    assert released.dates[codes["A1.1"]].start == date(2026, 3, 2)


def test_work_before_erptui_has_no_dates_and_holds_nothing_up(store, open_new):
    engagement = open_new(at="C3")
    codes, dates = ids(store), dates_of(store, engagement)
    assert dates.get(codes["C1.1"], NO_DATES) == NO_DATES
    assert dates[codes["C3.1"]].start == date(2026, 3, 2)


def test_work_between_two_others_lasts_from_the_one_to_the_other(store, hx26):
    codes, dates = ids(store), dates_of(store, hx26)
    lasting, live = dates[codes["C6.2"]], dates[codes["C5.6"]]
    assert lasting.start > dates[codes["C6.1"]].finish
    assert lasting.finish == live.start


def test_a_circle_is_refused_by_the_codes_in_it(store, hx26):
    codes = ids(store)
    with store.edit("Link") as edit:
        edit.create(Dependency, predecessor=codes["A1.3"], successor=codes["A1.1"], kind=LinkKind.FS)
    with pytest.raises(CircularPlan, match=r"A1\.1 → A1\.3 → A1\.1|A1\.3 → A1\.1 → A1\.3"):
        plan_of(store, hx26)


def test_a_gate_falls_on_the_last_day_of_its_phase_until_it_is_passed(store, hx26, today):
    from erptui.method.gates import gates_of, pass_without

    gate = gates_of(store, hx26)[0]
    dates = dates_of(store, hx26)
    last = max(dates[row].finish for (row,) in store.rows("SELECT id FROM work_package WHERE phase = 'A'"))
    assert gate_days(store, hx26, dates)[gate.id] == last
    pass_without(store, gate, reason="Early start", today=today)
    assert gate_days(store, hx26, dates)[gate.id] == today


def test_an_engagement_without_packages_has_no_finish(store, hx26):
    with store.edit("Delete") as edit:
        for row in ids(store).values():
            edit.delete(store.get(WorkPackage, row))
    assert plan_of(store, hx26).finish is None


def test_a_plan_beyond_the_calendar_is_refused_in_words(store, hx26):
    most = 10_000_000
    with store.edit("Stretch") as edit:
        for (row,) in store.rows("SELECT id FROM work_package WHERE before_erptui = 0"):
            edit.change(WorkPackage, row, None, duration=most)
        for (row,) in store.rows("SELECT id FROM dependency"):
            edit.change(Dependency, row, None, lag=most)
    with pytest.raises(PlanTooLong, match="The plan runs out of the calendar"):
        plan_of(store, hx26)
