"""Packages added by one line."""

from __future__ import annotations

from datetime import date

import pytest

from db.models import Dependency, Person, WorkPackage
from erptui.entry import Candidate, NotUnderstood, People
from erptui.line_marks import LineContext
from erptui.packages import FinishHeld, NewPackage, add_package, next_code, read_package, trash_packages
from erptui.plan_dates import plan_of

FRIDAY = date(2026, 3, 20)
DAY = 480


@pytest.fixture
def context(store, today):
    with store.edit("Make") as edit:
        zhao = edit.create(Person, name="赵敏")
    return LineContext(today, People([Candidate(zhao.id, zhao.name)]))


def test_a_line_gives_name_length_owner_and_the_day_before_which_it_does_not_start(context):
    read = read_package("Count plan for stock @zm 3d fri", context)
    assert (read.package.name, read.package.minutes, read.package.not_before) == (
        "Count plan for stock",
        3 * DAY,
        FRIDAY,
    )
    assert read.package.owner == context.people.found("zm")[0].id
    assert read.unclear == ()
    assert "Not before: Fri 20.03" in read.said


def test_a_name_alone_is_a_package_of_one_day(context):
    assert read_package("盘点计划", context).package == NewPackage("盘点计划", DAY)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "A name is missing"),
        ("3d", "A name is missing"),
        ("Plan @nobody", "nobody"),
        ("Plan >2w fri", "two days"),
        ("Plan >14", "is not a day"),
    ],
)
def test_what_is_not_clear_is_said(context, line, why):
    assert why in " ".join(read_package(line, context).unclear)


def test_a_package_comes_behind_the_others_of_its_activity_with_the_next_code(store, hx26, today):
    made = add_package(store, hx26, ("A", "A1"), NewPackage("More", 2 * DAY), today)
    package = store.get(WorkPackage, made)
    assert (package.code, package.not_before, package.status.id) == ("A1.8", today, "todo")
    ranks = [rank for (rank,) in store.rows("SELECT rank FROM work_package WHERE activity = 'A1' ORDER BY rank")]
    assert ranks[-1] == package.rank
    store.undo()
    assert not store.rows("SELECT 1 FROM work_package WHERE id = ?", (made,))


def test_a_day_to_end_on_gives_the_day_to_start(store, hx26, today):
    made = add_package(store, hx26, ("A", "A1"), NewPackage("More", 3 * DAY, finish=date(2026, 3, 30)), today)
    assert plan_of(store, hx26).dates[made] == (date(2026, 3, 26), date(2026, 3, 30))


def test_no_package_ends_before_the_project_can(store, hx26, today):
    with pytest.raises(FinishHeld, match="2026-03-03"):
        add_package(store, hx26, ("A", "A1"), NewPackage("More", 5 * DAY, finish=date(2026, 3, 3)), today)
    with pytest.raises(NotUnderstood):
        add_package(store, hx26, ("A", "A1"), NewPackage(""), today)


def test_codes_are_counted_as_numbers():
    assert next_code("C1", ["C1.2", "C1.10", "C10.11"]) == "C1.11"
    assert next_code("C1", []) == "C1.1"
    assert next_code("C1", ["C1.x"]) == "C1.1"


def test_the_trash_takes_the_links_of_packages_with_them(store, hx26):
    packages = store.rows("SELECT id, code FROM work_package WHERE code IN ('A1.1', 'A1.2') ORDER BY code")
    links = store.rows("SELECT count(*) FROM dependency")
    assert trash_packages(store, packages) == "A1.1, A1.2"
    assert not store.rows("SELECT 1 FROM work_package WHERE code = 'A1.1'")
    assert store.rows("SELECT count(*) FROM dependency") < links
    store.undo()
    assert store.rows("SELECT count(*) FROM dependency") == links
    assert len(list(store.select(Dependency))) == links[0][0]
