"""How cards stand against the plan: late, soon, quiet."""

from __future__ import annotations

from datetime import date

import pytest

from erptui.method.board import set_status
from erptui.method.standing import Standing, days_late, standings_of
from erptui.plan_dates import NO_DATES, PackageDates, dates_of

MONDAY = date(2026, 3, 16)


def standing(store, engagement: str, phase: str, activity: str, today: date) -> Standing:
    return standings_of(store, engagement, dates_of(store, engagement), today)[phase, activity]


@pytest.mark.parametrize(
    ("finish", "status", "late"),
    [
        (date(2026, 3, 13), "todo", 3),
        (date(2026, 3, 13), "doing", 3),
        (date(2026, 3, 13), "waiting", 3),
        (date(2026, 3, 13), "done", 0),
        (date(2026, 3, 16), "todo", 0),
        (date(2026, 3, 17), "todo", 0),
    ],
)
def test_open_work_is_late_from_the_day_after_its_finish(finish, status, late):
    assert days_late(PackageDates(finish, finish), status, MONDAY) == late


def test_work_without_dates_is_never_late():
    assert days_late(NO_DATES, "todo", MONDAY) == 0


def test_a_card_is_as_late_as_its_latest_package(store, hx26):
    # A1.1 was to be finished on 2 March.
    assert standing(store, hx26, "A", "A1", MONDAY).late == 14


def test_finished_packages_make_nothing_late(store, hx26, package):
    for code in ("A1.1", "A1.2", "A1.3", "A1.4", "A1.5"):
        set_status(store, [package(hx26, code)], "done", MONDAY)
    assert standing(store, hx26, "A", "A1", MONDAY).late == 0


def test_a_phase_that_is_not_open_raises_nothing(store, hx26):
    far = date(2028, 1, 3)
    standings = standings_of(store, hx26, dates_of(store, hx26), far)
    assert {phase for (phase, _activity), found in standings.items() if found.late} == {"A", "E"}


def test_what_has_come_into_an_open_phase_may_be_late(store, hx26, today):
    from erptui.method.gates import gates_of, pass_without

    pass_without(store, gates_of(store, hx26)[0], reason="Early start", today=today)
    standings = standings_of(store, hx26, dates_of(store, hx26), date(2028, 1, 3))
    assert {phase for (phase, _activity), found in standings.items() if found.late} == {"A", "B", "E"}


def test_a_card_lasts_from_its_first_day_to_its_last(store, hx26):
    found = standing(store, hx26, "A", "A1", MONDAY)
    assert (found.start, found.finish) == (date(2026, 3, 2), date(2026, 3, 17))


def test_the_next_start_is_that_of_what_is_still_to_do(store, hx26, package):
    for code in ("A1.1", "A1.2"):
        set_status(store, [package(hx26, code)], "doing", MONDAY)
    dates = dates_of(store, hx26)
    found = standings_of(store, hx26, dates, MONDAY)["A", "A1"]
    assert found.next_start == min(dates[package(hx26, code).id].start for code in ("A1.3", "A1.4"))


def test_a_card_of_work_before_erptui_has_no_days(store, open_new):
    engagement = open_new(at="C3")
    assert standing(store, engagement, "A", "A1", MONDAY) == Standing()
