"""Lines of the notebook become rows: which, with what in them, in one step, and back."""

from __future__ import annotations

from datetime import date

import pytest

from db.choices import NoteMark, PromiseSide
from db.models import Decision, Note, Person, Promise, Touch, TouchPerson, WorkPackage
from erptui.entry import Candidate, People
from erptui.note_rows import LinesMoved, turn_into_rows, turns_of
from erptui.notebook import Subject, add_notes, delete_notes, edit_note, notes_of, subject_of
from erptui.plan_dates import plan_of

FRIDAY = date(2026, 3, 20)


@pytest.fixture
def people(store):
    """赵敏 and Chen Hui, by their initials."""
    with store.edit("Make") as edit:
        made = [edit.create(Person, name=name) for name in ("赵敏", "Chen Hui")]
    return People([Candidate(person.id, person.name) for person in made])


@pytest.fixture
def zhao(people):
    return people.found("zm")[0].id


@pytest.fixture
def chen(people):
    return people.found("ch")[0].id


@pytest.fixture
def turned(store, people):
    """Write lines, look at what they become, do it, and give that."""

    def turn(subject, *lines):
        add_notes(store, subject, lines)
        turns = turns_of(store, subject, notes_of(store, subject), people)
        turn_into_rows(store, subject, turns)
        return turns

    return turn


def test_a_promise_is_ours_to_whom_the_line_names_and_due_when_it_says(store, turned, zhao, hx26):
    turned(subject_of(store, None, None, hx26), "! send the list @zm fri")
    (promise,) = list(store.select(Promise))
    (note,) = list(store.select(Note))
    assert (promise.text, promise.side, promise.person_id, promise.due) == (
        "send the list",
        PromiseSide.OURS,
        zhao,
        FRIDAY,
    )
    assert (promise.note_id, promise.engagement_id) == (note.id, hx26)
    assert (note.became_table, note.became_row) == ("promise", promise.id)


@pytest.mark.parametrize("line", ["! @zm sends the BOM fri", "！@赵敏 sends the BOM 周五"])
def test_a_promise_is_theirs_when_the_line_begins_with_the_person(store, turned, zhao, line):
    turned(Subject(), line)
    (promise,) = list(store.select(Promise))
    assert (promise.text, promise.side, promise.person_id, promise.due) == (
        "sends the BOM",
        PromiseSide.THEIRS,
        zhao,
        FRIDAY,
    )


def test_a_promise_in_the_notebook_of_a_person_is_made_to_that_person(store, turned, zhao):
    turned(subject_of(store, "person", zhao), "! send the list")
    (promise,) = list(store.select(Promise))
    assert (promise.person_id, promise.side) == (zhao, PromiseSide.OURS)


def test_names_for_which_a_row_has_no_field_stay_in_its_text(store, turned, zhao):
    turned(Subject(), "! send the list @zm @ch fri")
    (promise,) = list(store.select(Promise))
    assert (promise.text, promise.person_id) == ("send the list @Chen Hui", zhao)


@pytest.mark.parametrize("line", ["= cut-over at month end @zm >fri", "= cut-over at month end? @zm >fri"])
def test_what_is_to_be_decided_becomes_a_decision(store, turned, zhao, line):
    turned(Subject(), line)
    (decision,) = list(store.select(Decision))
    assert (decision.text.rstrip("?"), decision.decider_id, decision.due) == ("cut-over at month end", zhao, FRIDAY)
    assert decision.decided_on is None


def test_a_question_to_be_decided_needs_no_day(store, turned):
    turned(Subject(), "＝月底切换？")
    assert next(iter(store.select(Decision))).text == "月底切换？"


def test_what_is_agreed_stays_a_note(store, turned, people):
    (turn,) = turned(Subject(), "= cut-over at month end @zm")
    assert turn.table == ""
    assert list(store.select(Decision)) == []
    (note,) = list(store.select(Note))
    assert (note.mark, note.became_row) == (NoteMark.AGREED, None)


def test_the_lines_of_one_talk_with_a_person_are_one_touch(store, turned, zhao, hx26, today):
    subject = subject_of(store, "person", zhao, hx26)
    turned(subject, '"we never use it"', "half past nine", "* stock on the floor @ch", "asks again >2w", "+ batches")
    (touch,) = list(store.select(Touch))
    assert touch.text == "“we never use it”\nhalf past nine\n* stock on the floor @Chen Hui\nasks again"
    assert (touch.day, touch.next_on, touch.by) == (today, date(2026, 3, 30), "Anna")
    assert [row.person_id for row in store.select(TouchPerson)] == [zhao]
    assert [line.became_row for line in notes_of(store, subject)] == [touch.id] * 4 + [None]


def test_lines_of_two_days_are_two_touches(store, turned, zhao, monkeypatch):
    subject = subject_of(store, "person", zhao)
    add_notes(store, subject, ["monday"])
    monkeypatch.setenv("ERPTUI_NOW", "2026-03-17T09:00:00+08:00")
    turned(subject, "tuesday")
    assert [(touch.day.day, touch.text) for touch in store.select(Touch).order_by(Touch.day)] == [
        (16, "monday"),
        (17, "tuesday"),
    ]


def test_a_talk_longer_than_a_touch_holds_becomes_two(store, turned, zhao):
    lines = ["a" * 2_000, "b" * 3_000, "c" * 900, "d" * 4_000, '"' + "e" * 3_999]
    turned(subject_of(store, "person", zhao), *lines)
    assert [len(touch.text) for touch in store.select(Touch)] == [2_000, 3_901, 4_000]


def test_notes_on_anything_but_a_person_stay(store, turned, hx26):
    turns = turned(subject_of(store, "engagement", hx26), "half past nine", '"heard"', "* seen")
    assert [turn.table for turn in turns] == ["", "", ""]
    assert list(store.select(Touch)) == []


@pytest.mark.parametrize("on_package", [True, False])
def test_an_action_becomes_the_next_package_of_the_activity(store, turned, zhao, hx26, card, package, on_package):
    place = ("work_package", package(hx26, "C1.2").id) if on_package else ("activity", card(hx26, "C1").id)
    last = max(int(code.split(".")[1]) for (code,) in store.rows("SELECT code FROM work_package WHERE activity = 'C1'"))
    turned(subject_of(store, *place), "- clean the codes @zm fri", "－ again")
    first, second = (package(hx26, f"C1.{last + 1 + number}") for number in (0, 1))
    assert (first.name, first.phase, first.not_before, first.status) == ("clean the codes", "C", "2026-03-20", "todo")
    assert store.get(WorkPackage, first.id).owner_id == zhao
    assert (second.name, second.not_before) == ("again", "2026-03-16")
    assert plan_of(store, hx26).dates[first.id].finish == FRIDAY


def test_an_action_where_no_activity_is_stays(store, turned, zhao):
    (turn,) = turned(subject_of(store, "person", zhao), "- clean the codes")
    assert (turn.table, turn.why) == ("", "stays: only on a card or a package it becomes a package")


@pytest.mark.parametrize("line", ["+ batches", "? who owns the codes", "# key user leaves", "!", "- @zm"])
def test_lines_of_registers_to_come_and_empty_ones_stay_and_are_not_lost(store, turned, hx26, card, line):
    subject = subject_of(store, "activity", card(hx26, "C1").id)
    (turn,) = turned(subject, line)
    assert turn.table == ""
    assert [(line.text, line.open) for line in notes_of(store, subject)] == [(line, True)]


@pytest.mark.parametrize("line", ["! send @nobody fri", "= who? @nobody", "! send fri >31.02"])
def test_a_line_that_is_not_wholly_understood_stays_and_says_why(store, turned, line):
    (turn,) = turned(Subject(), line)
    assert turn.table == ""
    assert turn.why


def test_a_promise_longer_than_its_field_stays_and_the_others_become_rows(store, turned):
    turns = turned(Subject(), "! " + "长" * 1_001, "! short")
    assert [turn.table for turn in turns] == ["", "promise"]


def test_all_become_rows_in_one_step_that_undo_takes_back(store, people, hx26, package, everything):
    subject = subject_of(store, "work_package", package(hx26, "C1.2").id)
    add_notes(store, subject, ["! send", "= when?", "- clean", "note", "# risk"])
    before = {table: rows for table, rows in everything().items() if table not in ("step", "change")}
    assert turn_into_rows(store, subject, turns_of(store, subject, notes_of(store, subject), people)) == 3
    assert turns_of(store, subject, notes_of(store, subject)[:3], people) == []
    store.undo()
    assert {table: rows for table, rows in everything().items() if table not in ("step", "change")} == before
    store.redo()
    assert [line.became_table for line in notes_of(store, subject)][:3] == ["promise", "decision", "work_package"]


@pytest.mark.parametrize(
    "meanwhile", [lambda s, line: edit_note(s, line, "! other"), lambda s, line: delete_notes(s, [line])]
)
def test_lines_that_were_changed_since_they_were_shown_become_nothing(store, people, meanwhile):
    add_notes(store, Subject(), ["! one", "! two"])
    lines = notes_of(store, Subject())
    turns = turns_of(store, Subject(), lines, people)
    meanwhile(store, lines[0])
    with pytest.raises(LinesMoved):
        turn_into_rows(store, Subject(), turns)
    assert list(store.select(Promise)) == []


def test_a_promise_outlives_its_line_and_the_line_its_promise(store, turned):
    turned(Subject(), "! one", "! two")
    first, _second = notes_of(store, Subject())
    delete_notes(store, [first])
    promises = {promise.text: promise for promise in store.select(Promise)}
    assert promises["one"].note_id is None
    with store.edit("Trash") as edit:
        edit.delete(promises["two"])
    assert [line.text for line in notes_of(store, Subject())] == ["! two"]


def test_no_next_touch_is_planned_with_somebody_who_asked_not_to_be_contacted(store, turned, zhao, chen):
    with store.edit("Ask") as edit:
        edit.change(Person, zhao, None, do_not_contact=True)
    (turn,) = turned(subject_of(store, "person", zhao), "call again >fri")
    assert (turn.table, turn.day) == ("touch", None)
    assert turn.why == "赵敏 asked not to be contacted: no next touch is planned."
    turned(subject_of(store, "person", chen), "call again >fri")
    assert [touch.next_on for touch in store.select(Touch).order_by(Touch.next_on)] == [None, FRIDAY]
