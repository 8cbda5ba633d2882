"""The notebook: lines kept as typed on a row, a person or nowhere, and what becomes of them."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import Conflict, NoSuchRow, StaleUndo
from db.models import Consent, Note, Person
from erptui.entry import Candidate, NotUnderstood, People
from erptui.notebook import (
    LineRefused,
    Subject,
    add_notes,
    asks_consent,
    delete_notes,
    edit_note,
    notes_of,
    parse_consent,
    save_consent,
    subject_of,
    understood,
)


@pytest.fixture
def zhao(store):
    """赵敏, whom nobody asked yet whether her data may be kept."""
    with store.edit("Make") as edit:
        return edit.create(Person, name="赵敏").id


def texts(store, subject):
    return [line.text for line in notes_of(store, subject)]


def test_lines_stand_as_they_were_typed_the_newest_last(store, hx26, card):
    subject = subject_of(store, "activity", card(hx26, "C1").id)
    add_notes(store, subject, ["“盘点每年一次”", "! send the list @nobody fri"])
    add_notes(store, subject, ["= month end"])
    assert subject.title == "C1 Base data"
    assert [(line.mark, line.text) for line in notes_of(store, subject)] == [
        ("heard", "“盘点每年一次”"),
        ("promise", "! send the list @nobody fri"),
        ("agreed", "= month end"),
    ]
    assert store.get(Note, notes_of(store, subject)[0].id).engagement_id == hx26


def test_a_hundred_lines_of_one_second_keep_their_order(store, today):
    written = [f"line {number}" for number in range(100)]
    for line in written:
        add_notes(store, Subject(), [line])
    assert texts(store, Subject()) == written


def test_every_notebook_has_its_own_lines(store, hx26, zhao, package):
    places = [("person", zhao), ("work_package", package(hx26, "C1.2").id), ("engagement", hx26), (None, None)]
    subjects = [subject_of(store, *place, hx26) for place in places]
    for subject in subjects:
        add_notes(store, subject, [subject.title or "nowhere"])
    assert [texts(store, subject) for subject in subjects] == [[s.title or "nowhere"] for s in subjects]
    assert texts(store, Subject()) == []


def test_a_line_of_no_engagement_is_found_from_nowhere_in_all(store, hx26):
    add_notes(store, Subject(), ["typed on the phone"])
    assert texts(store, subject_of(store, None, None, hx26)) == ["typed on the phone"]


def test_lines_saved_together_are_one_step_and_empty_ones_are_none(store, today):
    add_notes(store, Subject(), ["one", "  ", "two"])
    assert texts(store, Subject()) == ["one", "two"]
    store.undo()
    assert texts(store, Subject()) == []


def test_what_a_line_says_counts_from_the_day_it_was_written(store, zhao, monkeypatch):
    add_notes(store, Subject(), ["! send the list @zm fri"])
    monkeypatch.setenv("ERPTUI_NOW", "2026-06-01T09:00:00+08:00")
    (line,) = notes_of(store, Subject())
    note = understood(line, People([Candidate(zhao, "赵敏")]))
    assert (note.text, note.who, note.day) == ("send the list", (zhao,), date(2026, 3, 20))


def test_a_line_is_written_anew_with_the_sign_it_has_then(store, today):
    add_notes(store, Subject(), ["clean the codes"])
    (line,) = notes_of(store, Subject())
    edit_note(store, line, "- clean the codes")
    assert notes_of(store, Subject())[0].mark == "action"
    store.undo()
    assert notes_of(store, Subject()) == [line]


def test_a_line_that_somebody_else_changed_meanwhile_is_not_written_over(store, today):
    add_notes(store, Subject(), ["one"])
    (line,) = notes_of(store, Subject())
    edit_note(store, line, "theirs")
    with pytest.raises(Conflict, match="theirs"):
        edit_note(store, line, "mine")
    assert texts(store, Subject()) == ["theirs"]


@pytest.mark.parametrize("text", ["", "   ", "长" * 4_001])
def test_a_line_that_is_empty_or_too_long_is_refused(store, today, text):
    add_notes(store, Subject(), ["one"])
    (line,) = notes_of(store, Subject())
    with pytest.raises(LineRefused):
        edit_note(store, line, text)
    assert texts(store, Subject()) == ["one"]


def test_deleted_lines_come_back_with_undo(store, today):
    add_notes(store, Subject(), ["one", "two", "three"])
    lines = notes_of(store, Subject())
    delete_notes(store, lines[:2])
    assert texts(store, Subject()) == ["three"]
    store.undo()
    assert notes_of(store, Subject()) == lines


def test_control_characters_are_no_part_of_a_line(store, today):
    add_notes(store, Subject(), ["a\x1b[2Jb\nc"])
    assert texts(store, Subject()) == ["a[2Jb c"]


def test_the_notebook_of_a_row_that_is_gone_is_refused(store, zhao):
    with store.edit("Trash") as edit:
        edit.delete(store.get(Person, zhao))
    with pytest.raises(NoSuchRow):
        subject_of(store, "person", zhao)


def test_consent_is_asked_of_a_person_until_there_is_an_answer(store, zhao, today, hx26):
    subject = subject_of(store, "person", zhao)
    assert asks_consent(store, subject)
    assert not asks_consent(store, Subject())
    save_consent(store, subject, *parse_consent("y 项目联系"), today)
    assert not asks_consent(store, subject)
    (consent,) = list(store.select(Consent))
    assert (consent.person_id, consent.given, consent.day, consent.purpose) == (zhao, True, today, "项目联系")
    store.undo()
    assert asks_consent(store, subject)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("y", (True, "")),
        ("Y, for the project", (True, "for the project")),
        ("n", (False, "")),
        ("不同意 广告", (False, "广告")),
        ("是：项目联系", None),
        ("maybe", None),
    ],
)
def test_an_answer_begins_with_yes_or_no(typed, answer):
    if answer is None:
        with pytest.raises(NotUnderstood, match="Type y or n"):
            parse_consent(typed)
    else:
        assert parse_consent(typed) == answer


def test_undo_of_a_line_that_was_changed_since_by_somebody_else_says_so(store, opened_by_bob):
    add_notes(store, Subject(), ["one"])
    (line,) = notes_of(store, Subject())
    edit_note(opened_by_bob, line, "two")
    with pytest.raises(StaleUndo):
        store.undo()


@pytest.fixture
def opened_by_bob(store):
    from db.store import Store
    from erptui import clock

    with Store(store.path, who="Bob", now=clock.now) as other:
        yield other
