"""Changing a date in place: what is given, what is refused, what it means for work under way or done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.choices import PackageStatus
from db.errors import InvalidValue
from db.models import WorkPackage
from erptui.method.board import columns_of, packages_of, set_status
from erptui.method.reschedule import DateHeld, set_finish, set_start
from erptui.plan_dates import dates_of, plan_of


def dates(store, engagement: str, package):
    return dates_of(store, engagement)[package.id]


def row(store, code: str, columns: str):
    return store.rows(f"SELECT {columns} FROM work_package WHERE code = ?", (code,))[0]


# To do: the package is moved.


def test_a_start_is_held_not_earlier_than_the_day(store, hx26, package):
    assert set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 10)) == date(2026, 3, 10)
    assert dates(store, hx26, package(hx26, "A1.4")).start == date(2026, 3, 10)
    assert row(store, "A1.4", "not_before, duration") == ("2026-03-10", 2400)


def test_a_finish_moves_the_package_as_a_whole(store, hx26, package):
    assert set_finish(store, hx26, package(hx26, "A1.4"), date(2026, 3, 16)) == date(2026, 3, 16)
    assert dates(store, hx26, package(hx26, "A1.4")) == (date(2026, 3, 10), date(2026, 3, 16))


def test_what_waits_for_the_package_moves_with_it(store, hx26, package):
    before = plan_of(store, hx26).finish
    set_start(store, hx26, package(hx26, "A1.7"), date(2026, 3, 24))
    assert plan_of(store, hx26).finish > before


def test_the_earliest_day_lets_the_package_go(store, hx26, package):
    set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 10))
    set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 5))
    assert row(store, "A1.4", "not_before") == (None,)


@pytest.mark.parametrize(("change", "day"), [(set_start, date(2026, 3, 4)), (set_finish, date(2026, 3, 10))])
def test_a_day_that_predecessors_forbid_is_refused_naming_the_first_possible(
    store, hx26, package, everything, change, day
):
    before = everything()
    with pytest.raises(DateHeld, match=r"A1\.4 can't start before 2026-03-05"):
        change(store, hx26, package(hx26, "A1.4"), day)
    assert everything() == before


def test_a_day_off_gives_the_next_start_and_the_last_finish(store, hx26, package):
    saturday = date(2026, 3, 14)
    assert set_start(store, hx26, package(hx26, "A1.4"), saturday) == date(2026, 3, 16)
    assert set_finish(store, hx26, package(hx26, "A1.4"), saturday) == date(2026, 3, 13)


def test_every_package_that_can_be_moved_gets_the_day_asked_for(store, hx26):
    before = dates_of(store, hx26)
    packages = [
        package
        for column in columns_of(store, hx26)
        for card in column.cards
        for package in packages_of(store, hx26, card)
    ]
    refused = []
    for package in packages[::3] + [p for p in packages if p.code in ("C5.6", "C1.16", "C6.2")]:
        for change, end in ((set_start, 0), (set_finish, 1)):
            wanted = before[package.id][end] + timedelta(days=7)
            try:
                assert change(store, hx26, package, wanted) == wanted
            except DateHeld:
                refused.append(package.code)
                continue
            assert dates_of(store, hx26)[package.id][end] == wanted, package.code
            store.undo()
    assert set(refused) <= {"C1.16", "C6.2"}


def test_a_milestone_stands_on_the_day_it_is_given(store, hx26, package):
    live = package(hx26, "C5.6")
    assert set_finish(store, hx26, live, date(2027, 1, 13)) == date(2027, 1, 13)
    assert set_finish(store, hx26, package(hx26, "C5.6"), date(2027, 1, 18)) == date(2027, 1, 18)
    assert dates(store, hx26, live) == (date(2027, 1, 18), date(2027, 1, 18))
    with pytest.raises(DateHeld):
        set_finish(store, hx26, package(hx26, "C5.6"), date(2027, 1, 12))


@pytest.mark.parametrize("change", [set_start, set_finish])
def test_work_that_lasts_between_two_others_is_moved_by_those(store, hx26, package, everything, change):
    before = everything()
    with pytest.raises(DateHeld, match=r"C6\.2 lasts as long as C6\.1 – C5\.6 let it"):
        change(store, hx26, package(hx26, "C6.2"), date(2027, 1, 18))
    assert everything() == before


# Under way: the start is a fact, the finish changes the duration.


@pytest.fixture
def under_way(store, hx26, package):
    """A1.4, five days of work, begun on Tuesday the tenth."""
    set_status(store, [package(hx26, "A1.4")], "doing", date(2026, 3, 10))
    return package(hx26, "A1.4")


def test_a_new_finish_makes_work_under_way_longer_or_shorter(store, hx26, under_way, package):
    assert set_finish(store, hx26, under_way, date(2026, 3, 18)) == date(2026, 3, 18)
    assert row(store, "A1.4", "duration, not_before") == (7 * 480, None)
    assert set_finish(store, hx26, package(hx26, "A1.4"), date(2026, 3, 10)) == date(2026, 3, 10)
    assert row(store, "A1.4", "duration") == (480,)


def test_work_under_way_cannot_finish_before_it_began(store, hx26, under_way):
    with pytest.raises(DateHeld, match=r"A1\.4 was started on 2026-03-10: it can't finish before"):
        set_finish(store, hx26, under_way, date(2026, 3, 9))


def test_the_start_of_work_under_way_is_corrected_as_recorded_also_on_a_day_off(store, hx26, under_way):
    assert set_start(store, hx26, under_way, date(2026, 3, 8)) == date(2026, 3, 8)
    assert row(store, "A1.4", "started_on, not_before") == ("2026-03-08", None)


# Done: what really happened.


@pytest.fixture
def done(store, hx26, under_way, package):
    set_status(store, [under_way], "done", date(2026, 3, 13))
    return package(hx26, "A1.4")


def test_the_days_of_finished_work_are_corrected_as_recorded(store, hx26, done, package):
    assert set_finish(store, hx26, done, date(2026, 3, 15)) == date(2026, 3, 15)
    assert set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 9)) == date(2026, 3, 9)
    assert row(store, "A1.4", "started_on, finished_on") == ("2026-03-09", "2026-03-15")


def test_finished_work_did_not_end_before_it_began(store, hx26, done, everything):
    before = everything()
    with pytest.raises(DateHeld, match=r"A1\.4 was started on 2026-03-10: it can't have finished earlier"):
        set_finish(store, hx26, done, date(2026, 3, 9))
    with pytest.raises(DateHeld, match=r"A1\.4 was finished on 2026-03-13: it can't have started later"):
        set_start(store, hx26, done, date(2026, 3, 14))
    assert everything() == before


# Beyond all calendars.


@pytest.mark.parametrize("day", [date.max, date.min, date(2200, 1, 1)])
@pytest.mark.parametrize("change", [set_start, set_finish])
@pytest.mark.parametrize("status", ["todo", "doing", "done"])
def test_a_year_out_of_reach_is_refused(store, hx26, package, today, day, change, status):
    if status != "todo":
        set_status(store, [package(hx26, "A1.4")], status, today)
    with pytest.raises(InvalidValue, match="The year must lie between 1990 and 2199"):
        change(store, hx26, package(hx26, "A1.4"), day)


def test_each_change_is_one_step_named_after_the_package(store, hx26, package):
    set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 10))
    undo = store.undoable()
    assert (undo.step.label, undo.step.about) == ("Change start", "A1.4")
    store.undo()
    assert store.get(WorkPackage, package(hx26, "A1.4").id).status is PackageStatus.TODO
    assert dates(store, hx26, package(hx26, "A1.4")).start == date(2026, 3, 5)
