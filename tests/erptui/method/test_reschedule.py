"""Changing a date in place: what is given, what is refused, what it means for work under way or done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.choices import LinkKind, PackageStatus
from db.errors import InvalidValue
from db.models import Dependency, WorkPackage
from erptui.method.board import columns_of, packages_of, set_status
from erptui.method.reschedule import DateHeld, set_finish, set_start, set_starts
from erptui.plan_dates import dates_of, plan_of


def dates(store, engagement: str, package):
    return dates_of(store, engagement)[package.id]


def row(store, code: str, columns: str):
    return store.rows(f"SELECT {columns} FROM work_package WHERE code = ?", (code,))[0]


# To do: the package is moved.


def test_a_start_is_held_not_earlier_than_the_day(store, hx26, package):
    assert set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 10)).start == date(2026, 3, 10)
    assert dates(store, hx26, package(hx26, "A1.4")).start == date(2026, 3, 10)
    assert row(store, "A1.4", "not_before, duration") == ("2026-03-10", 2400)


def test_a_finish_makes_the_package_longer_or_shorter_and_its_start_stays(store, hx26, package):
    moved = set_finish(store, hx26, package(hx26, "A1.4"), date(2026, 3, 16))
    assert moved == (date(2026, 3, 5), date(2026, 3, 11), date(2026, 3, 5), date(2026, 3, 16), 5 * 480, 8 * 480)
    assert dates(store, hx26, package(hx26, "A1.4")) == (date(2026, 3, 5), date(2026, 3, 16))
    set_finish(store, hx26, package(hx26, "A1.4"), date(2026, 3, 5))
    assert dates(store, hx26, package(hx26, "A1.4")) == (date(2026, 3, 5), date(2026, 3, 5))
    assert row(store, "A1.4", "duration, not_before") == (480, None)


def test_work_cannot_finish_before_it_starts(store, hx26, package, everything):
    before = everything()
    with pytest.raises(DateHeld, match=r"A1\.4 starts on 05\.03: it can't finish before. Change its start first"):
        set_finish(store, hx26, package(hx26, "A1.4"), date(2026, 3, 4))
    assert everything() == before


def link(store, predecessor: str, successor: str, kind: LinkKind, lag: int = 0) -> None:
    ids = dict(store.rows("SELECT code, id FROM work_package"))
    with store.edit("Link") as edit:
        edit.create(Dependency, predecessor=ids[predecessor], successor=ids[successor], kind=kind, lag=lag)


def test_a_start_that_followed_a_pulled_finish_stays_when_the_work_gets_longer(store, hx26, package):
    link(store, "A1.2", "A1.3", LinkKind.FF, 5 * 480)
    pulled = dates(store, hx26, package(hx26, "A1.3"))
    assert pulled.finish == date(2026, 3, 11)
    moved = set_finish(store, hx26, package(hx26, "A1.3"), date(2026, 3, 18))
    assert (moved.start, moved.finish) == (pulled.start, date(2026, 3, 18))


def test_a_finish_before_the_one_that_pulls_it_is_refused_naming_that(store, hx26, package, everything):
    link(store, "A1.2", "A1.3", LinkKind.FF, 5 * 480)
    before = everything()
    with pytest.raises(DateHeld, match=r"A1\.3 can't finish before 11\.03: it waits for A1\.2 \(finish 04\.03\)\."):
        set_finish(store, hx26, package(hx26, "A1.3"), date(2026, 3, 10))
    assert everything() == before


def test_what_waits_for_the_package_moves_with_it(store, hx26, package):
    before = plan_of(store, hx26).finish
    set_start(store, hx26, package(hx26, "A1.7"), date(2026, 3, 24))
    assert plan_of(store, hx26).finish > before


def test_the_earliest_day_lets_the_package_go(store, hx26, package):
    set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 10))
    set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 5))
    assert row(store, "A1.4", "not_before") == (None,)


def test_a_start_that_predecessors_forbid_is_refused_naming_them_and_the_first_possible(
    store, hx26, package, everything
):
    before = everything()
    with pytest.raises(DateHeld, match=r"A1\.4 can't start before 05\.03: it waits for A1\.2 \(finish 04\.03\)\."):
        set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 4))
    assert everything() == before


def test_work_waits_for_a_start_where_the_link_says_so(store, hx26, package):
    link(store, "A1.2", "A1.3", LinkKind.SS, 5 * 480)
    with pytest.raises(DateHeld, match=r"A1\.3 can't start before 10\.03: it waits for A1\.2 \(start 03\.03\)\."):
        set_start(store, hx26, package(hx26, "A1.3"), date(2026, 3, 4))


def test_nothing_starts_before_the_project(store, hx26, package):
    with pytest.raises(DateHeld, match=r"A1\.1 can't start before 02\.03, the first day of the project"):
        set_start(store, hx26, package(hx26, "A1.1"), date(2026, 2, 27))


def test_a_day_off_gives_the_next_start_and_the_last_finish(store, hx26, package):
    saturday = date(2026, 3, 14)
    assert set_finish(store, hx26, package(hx26, "A1.4"), saturday).finish == date(2026, 3, 13)
    assert set_start(store, hx26, package(hx26, "A1.4"), saturday).start == date(2026, 3, 16)


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
                assert change(store, hx26, package, wanted)[2 + end] == wanted
            except DateHeld:
                refused.append(package.code)
                continue
            assert dates_of(store, hx26)[package.id][end] == wanted, package.code
            store.undo()
    assert set(refused) <= {"C1.16", "C6.2"}


def test_a_milestone_stands_on_the_day_it_is_given(store, hx26, package):
    live = package(hx26, "C5.6")
    assert set_finish(store, hx26, live, date(2027, 1, 13)).finish == date(2027, 1, 13)
    assert set_finish(store, hx26, package(hx26, "C5.6"), date(2027, 1, 18)).finish == date(2027, 1, 18)
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
    assert set_finish(store, hx26, under_way, date(2026, 3, 18)).finish == date(2026, 3, 18)
    assert row(store, "A1.4", "duration, not_before") == (7 * 480, None)
    assert set_finish(store, hx26, package(hx26, "A1.4"), date(2026, 3, 10)).finish == date(2026, 3, 10)
    assert row(store, "A1.4", "duration") == (480,)


def test_work_under_way_cannot_finish_before_it_began(store, hx26, under_way):
    with pytest.raises(DateHeld, match=r"A1\.4 was started on 10\.03: it can't finish before"):
        set_finish(store, hx26, under_way, date(2026, 3, 9))


def test_the_start_of_work_under_way_is_corrected_as_recorded_also_on_a_day_off(store, hx26, under_way):
    assert set_start(store, hx26, under_way, date(2026, 3, 8)).start == date(2026, 3, 8)
    assert row(store, "A1.4", "started_on, not_before") == ("2026-03-08", None)


# Done: what really happened.


@pytest.fixture
def done(store, hx26, under_way, package):
    set_status(store, [under_way], "done", date(2026, 3, 13))
    return package(hx26, "A1.4")


def test_the_days_of_finished_work_are_corrected_as_recorded(store, hx26, done, package):
    assert set_finish(store, hx26, done, date(2026, 3, 15)).finish == date(2026, 3, 15)
    assert set_start(store, hx26, package(hx26, "A1.4"), date(2026, 3, 9)).start == date(2026, 3, 9)
    assert row(store, "A1.4", "started_on, finished_on") == ("2026-03-09", "2026-03-15")


def test_finished_work_did_not_end_before_it_began(store, hx26, done, everything):
    before = everything()
    with pytest.raises(DateHeld, match=r"A1\.4 was started on 10\.03: it can't have finished earlier"):
        set_finish(store, hx26, done, date(2026, 3, 9))
    with pytest.raises(DateHeld, match=r"A1\.4 was finished on 13\.03: it can't have started later"):
        set_start(store, hx26, done, date(2026, 3, 14))
    assert everything() == before


def test_finished_work_did_not_end_in_the_future(store, hx26, done, everything):
    before = everything()
    with pytest.raises(DateHeld, match=r"A1\.4 is done, so its finish can't be later than today"):
        set_finish(store, hx26, done, date(2026, 3, 17))
    assert everything() == before


def test_work_under_way_did_not_start_in_the_future(store, hx26, under_way, everything):
    before = everything()
    with pytest.raises(DateHeld, match=r"A1\.4 has begun, so its start can't be later than today"):
        set_start(store, hx26, under_way, date(2026, 3, 17))
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


def test_several_packages_are_moved_in_one_step_in_the_order_of_the_work(store, hx26, package):
    later, first = package(hx26, "A1.2"), package(hx26, "A1.1")
    before = plan_of(store, hx26).dates
    steps = store.rows("SELECT count(*) FROM step")[0][0]
    moved = set_starts(store, hx26, [later, first], lambda _package, dates: dates.start + timedelta(days=1))
    after = plan_of(store, hx26).dates
    assert [after[one.id].start > before[one.id].start for one in (first, later)] == [True, True]
    assert [one.start for one in moved] == [after[later.id].start, after[first.id].start]
    assert store.rows("SELECT count(*) FROM step")[0][0] == steps + 1


def test_when_one_of_several_is_held_none_is_moved(store, hx26, package):
    both = [package(hx26, "A1.1"), package(hx26, "A1.2")]
    before = plan_of(store, hx26).dates
    with pytest.raises(DateHeld, match=r"A1\.1"):
        set_starts(store, hx26, both, lambda _package, dates: dates.start - timedelta(days=7))
    assert plan_of(store, hx26).dates == before
