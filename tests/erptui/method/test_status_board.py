"""The kanban of one phase as facts: columns by status, limits, moving with the days that go with it, ranking."""

from __future__ import annotations

from datetime import date

import pytest

from db.choices import PackageStatus
from db.models import WipLimit, WorkPackage
from erptui.entry import NotUnderstood
from erptui.method.board import CannotMove, package_lines, set_status
from erptui.method.status_board import (
    limits_of,
    move_packages,
    open_before,
    over_limit,
    parse_limit,
    rank_package,
    set_limit,
    status_columns,
)


def codes(store, engagement, phase="A", status="todo"):
    columns = {column.status: column for column in status_columns(store, engagement, phase)}
    return [package.code for package in columns[status].packages]


def test_packages_stand_in_the_column_of_their_status_and_the_newest_of_those_done_first(store, hx26, package):
    for code, status, day in (
        ("A1.1", "done", 4),
        ("A1.2", "done", 6),
        ("A1.3", "done", 5),
        ("A1.4", "doing", 5),
        ("B1.1", "doing", 5),
    ):
        set_status(store, [package(hx26, code)], status, date(2026, 3, day))
    columns = status_columns(store, hx26, "A")
    assert [column.status for column in columns] == ["todo", "doing", "waiting", "review", "done"]
    assert codes(store, hx26, status="done") == ["A1.2", "A1.3", "A1.1"]
    assert codes(store, hx26, status="doing") == ["A1.4"]
    assert codes(store, hx26)[:2] == ["A1.5", "A1.6"]
    assert (columns[1].elsewhere, columns[1].total) == (1, 2)


def test_what_waits_names_the_open_packages_it_comes_after(store, hx26, package, today):
    set_status(store, [package(hx26, "A1.3")], "waiting", today)
    (waits_for,) = open_before(store, hx26, "A").values()
    assert waits_for
    set_status(store, [package(hx26, code) for code in waits_for], "done", today)
    assert open_before(store, hx26, "A") == {}


# Limits.


def test_a_limit_counts_the_packages_of_all_phases_and_is_one_step_each_time(store, hx26, package, today):
    assert set_limit(store, hx26, "doing", 1)
    set_status(store, [package(hx26, "A1.1")], "doing", today)
    assert not status_columns(store, hx26, "A")[1].over
    assert over_limit(store, hx26, ["doing", "todo"]) == {}
    set_status(store, [package(hx26, "B1.1")], "doing", today)
    assert status_columns(store, hx26, "A")[1].over
    assert over_limit(store, hx26, ["doing", "todo"]) == {"doing": (2, 1)}
    assert set_limit(store, hx26, "doing", 2)
    assert over_limit(store, hx26, ["doing"]) == {}
    assert not set_limit(store, hx26, "doing", 2)
    assert set_limit(store, hx26, "doing", None)
    assert limits_of(store, hx26) == {}
    store.undo()
    assert limits_of(store, hx26) == {"doing": 2}
    store.undo()
    assert limits_of(store, hx26) == {"doing": 1}


def test_of_two_limits_set_at_the_same_moment_the_later_holds_and_both_are_changed_together(store, hx26):
    with store.edit("Both") as edit:
        for most in (3, 5):
            edit.create(WipLimit, engagement=hx26, status=PackageStatus.DOING, most=most)
    assert limits_of(store, hx26) == {"doing": 5}
    set_limit(store, hx26, "doing", 4)
    assert store.rows("SELECT most FROM wip_limit") == [(4,)]


@pytest.mark.parametrize("text", ["0", "-2", "10000", "three", "1.5", "99999999999999999999"])
def test_what_is_no_limit_is_refused_naming_what_can_be_typed(text):
    with pytest.raises(NotUnderstood, match="from 1 to 9999, or nothing for no limit"):
        parse_limit(text)


def test_a_limit_is_a_number_and_nothing_takes_it_away():
    assert [parse_limit(text) for text in ("3", " 12 ", "１２", "", "  ")] == [3, 12, 12, None, None]


# Moving.


def test_a_package_that_moves_gets_the_days_that_go_with_its_status(store, hx26, package):
    def step(day, forward=True):
        move_packages(store, [package(hx26, "A1.1")], date(2026, 3, day), forward=forward)
        return store.rows("SELECT status, started_on, finished_on, progress FROM work_package WHERE code = 'A1.1'")[0]

    assert step(4) == ("doing", "2026-03-04", None, 0)
    assert step(5) == ("waiting", "2026-03-04", None, 0)
    assert step(6) == ("review", "2026-03-04", None, 0)
    assert step(9) == ("done", "2026-03-04", "2026-03-09", 100)
    assert step(10, forward=False) == ("review", "2026-03-04", None, 0)
    step(10, forward=False)
    step(10, forward=False)
    assert step(10, forward=False) == ("todo", None, None, 0)


def test_several_move_one_column_each_as_one_step_and_those_at_the_end_stay(store, hx26, package, today, everything):
    set_status(store, [package(hx26, "A1.1")], "done", today)
    set_status(store, [package(hx26, "A1.2")], "doing", today)
    before = everything()["work_package"]
    chosen = [package(hx26, code) for code in ("A1.1", "A1.2", "A1.3")]
    moved = move_packages(store, chosen, today, forward=True)
    assert moved == {chosen[1].id: "waiting", chosen[2].id: "doing"}
    store.undo()
    assert everything()["work_package"] == before
    with pytest.raises(CannotMove, match=r"A1\.1: Done is the last column on this side"):
        move_packages(store, chosen[:1], today, forward=True)


def test_a_package_is_ranked_among_those_of_its_column(store, hx26):
    column = status_columns(store, hx26, "A")[0].packages
    rank_package(store, column, column[0], down=True)
    assert codes(store, hx26)[:3] == ["A1.2", "A1.1", "A1.3"]
    column = status_columns(store, hx26, "A")[0].packages
    rank_package(store, column, column[2], down=False)
    assert codes(store, hx26)[:3] == ["A1.2", "A1.3", "A1.1"]
    with pytest.raises(CannotMove, match=r"A1\.2 is the first package of its column"):
        rank_package(store, column, column[0], down=False)


def test_packages_of_one_rank_can_be_put_in_order(store, hx26, package):
    lines = [package(hx26, code) for code in ("A1.1", "A1.2", "A1.3", "A1.4")]
    with store.edit("Alike") as edit:
        for line in lines[1:]:
            edit.update(store.get(WorkPackage, line.id), rank=lines[0].rank)
    for _times in range(3):
        column = status_columns(store, hx26, "A")[0].packages
        first = codes(store, hx26)[:5]
        rank_package(store, column, column[0], down=True)
        assert codes(store, hx26)[:5] == [first[1], first[0], *first[2:]]


def test_what_is_done_stands_in_the_order_of_its_finish(store, hx26, package, today):
    set_status(store, [package(hx26, "A1.1"), package(hx26, "A1.2")], "done", today)
    done = package_lines(store, [package(hx26, "A1.1").id, package(hx26, "A1.2").id])
    with pytest.raises(CannotMove, match="in the order in which it was finished"):
        rank_package(store, done, done[0], down=True)
