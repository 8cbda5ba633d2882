"""How a package stands, told in one line."""

from __future__ import annotations

from datetime import date

import pytest

from db.models import Note, WorkPackage
from erptui.entry import NotUnderstood
from erptui.line_marks import LineContext
from erptui.method.board import columns_of, packages_of
from erptui.method.reschedule import DateHeld
from erptui.plan_dates import plan_of
from erptui.progress import read_progress, report_progress

DAY = 480


def package(store, engagement, code):
    """A package as its card lists it."""
    for column in columns_of(store, engagement):
        for card in column.cards:
            for line in packages_of(store, engagement, card):
                if line.code == code:
                    return line
    raise AssertionError(code)


@pytest.fixture
def told(store, hx26, today):
    """Say how a package stands: `told("A1.1", "60 3d")` gives what was written."""

    def tell(code, line):
        return report_progress(store, hx26, package(store, hx26, code), read_progress(line, LineContext(today)), today)

    return tell


def row(store, code):
    return store.select(WorkPackage).where(WorkPackage.code == code).first()


@pytest.mark.parametrize(
    ("line", "progress", "left", "text", "waits"),
    [
        ("60 3d waits for IT", 60, 3 * DAY, "waits for IT", True),
        ("60 3d 等IT", 60, 3 * DAY, "等IT", True),
        ("3d", None, 3 * DAY, "", False),
        ("4h", None, 240, "", False),
        ("75%", 75, None, "", False),
        ("还在等财务确认", None, None, "还在等财务确认", True),
        ("BOM, routings 等 are there", None, None, "BOM, routings 等 are there", False),
        ("list of 60 articles takes 2h to load", None, None, "list of 60 articles takes 2h to load", False),
        ("100", 100, None, "", False),
    ],
)
def test_a_line_says_percent_time_left_and_what_it_waits_for(today, line, progress, left, text, waits):
    read = read_progress(line, LineContext(today))
    assert (read.progress, read.left, read.text, read.waits, read.unclear) == (progress, left, text, waits, ())


@pytest.mark.parametrize("line", ["120", "160 3d", "100 2d"])
def test_what_cannot_be_is_refused_and_nothing_is_written(store, told, line):
    with pytest.raises(NotUnderstood):
        told("A1.1", line)
    assert row(store, "A1.1").progress == 0


def test_a_package_that_waits_keeps_its_progress_its_end_and_the_reason(store, told, hx26, today):
    assert told("A1.1", "60 3d waits for IT") == "A1.1: 60 %, Waiting, finish 18.03, note written"
    changed = row(store, "A1.1")
    assert (changed.progress, changed.status.id, changed.started_on) == (60, "waiting", today)
    assert plan_of(store, hx26).dates[changed.id].finish == date(2026, 3, 18)
    assert [(note.about_row, note.text) for note in store.select(Note)] == [(changed.id, "waits for IT")]
    store.undo()
    assert row(store, "A1.1").progress == 0
    assert not list(store.select(Note))


def test_what_is_behind_it_counts_with_what_is_left(store, told, hx26):
    with store.edit("Begin") as edit:
        begun = row(store, "A1.1")
        edit.change(WorkPackage, begun.id, None, started_on=date(2026, 3, 10))
    told("A1.1", "50 2d")
    assert row(store, "A1.1").duration == (4 + 2) * DAY
    assert plan_of(store, hx26).dates[begun.id].finish == date(2026, 3, 17)


def test_a_hundred_percent_is_done_today(store, told, today):
    assert told("A1.1", "100") == "A1.1: Done"
    assert (row(store, "A1.1").status.id, row(store, "A1.1").finished_on) == ("done", today)


def test_done_work_that_is_not_done_after_all_is_under_way_again(store, told):
    told("A1.1", "100")
    assert told("A1.1", "80") == "A1.1: 80 %, Doing"
    again = row(store, "A1.1")
    assert (again.progress, again.status.id, again.finished_on) == (80, "doing", None)


def test_what_is_left_of_work_not_begun_is_its_length(store, told):
    told("A1.2", "5d")
    assert (row(store, "A1.2").duration, row(store, "A1.2").status.id) == (5 * DAY, "todo")


def test_words_alone_are_a_note(store, told):
    assert told("A1.1", "key user is ill") == "A1.1: note written"
    assert row(store, "A1.1").status.id == "todo"
    assert told("A1.1", "0") == "A1.1: unchanged"


def test_the_length_of_work_that_lasts_between_others_is_not_set(store, told):
    ((code,),) = store.rows("SELECT code FROM work_package WHERE lasts_from_id IS NOT NULL ORDER BY code LIMIT 1")
    with pytest.raises(DateHeld):
        told(code, "3d")
