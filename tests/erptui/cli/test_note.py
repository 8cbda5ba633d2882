"""A line into the notebook from the command line, and the lists of notes, promises and decisions."""

from __future__ import annotations

import json

import pytest

from db.models import Decision, Note, Person, Promise
from erptui.i18n import set_language
from erptui.stores import open_store


def listed(run, store, register, *more):
    ended = run("list", register, "--store", store, "--json", *more)
    assert ended.code == 0
    return json.loads(ended.out)


def test_a_line_is_saved_on_a_package_and_said_as_it_was_understood(run, store):
    with open_store(store, who="test") as opened, opened.edit("Make") as edit:
        edit.create(Person, name="赵敏")
    ended = run("note", "! send the list @zm fri", "--store", store, "--on", "hx26:C1.2")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.startswith("Noted: C1.2 ")
    assert ended.err.endswith(", Promise, 赵敏, 27.11.\n")
    (row,) = listed(run, store, "notes", "--project", "HX26")
    assert (row["mark"], row["text"], row["day"]) == ("promise", "! send the list @zm fri", "2026-11-24")
    assert row["about"].startswith("C1.2 ")
    assert row["project"] == "HX26"


def test_a_line_about_nothing_belongs_to_no_engagement_or_to_the_one_named(run, store):
    assert run("note", "half past nine", "--store", store).err == "Noted: Note.\n"
    assert run("note", "ten", "--store", store, "--project", "hx26").code == 0
    assert [row["project"] for row in listed(run, store, "notes")] == [None, "HX26"]


def test_what_is_not_understood_is_kept_as_typed_and_said(run, store):
    ended = run("note", "! send the list @nobody", "--store", store)
    assert ended.code == 0
    assert "Kept as typed: Nobody is called “nobody”" in ended.err
    assert listed(run, store, "notes")[0]["text"] == "! send the list @nobody"


@pytest.mark.parametrize(
    "arguments",
    [(" ",), (), ("x", "--on", "HX26:Z9"), ("x", "--project", "DY25"), ("x" * 4_001,)],
)
def test_a_line_that_is_none_or_on_what_is_not_there_is_refused(run, store, arguments):
    ended = run("note", *arguments, "--store", store)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err
    assert listed(run, store, "notes") == []


def test_a_row_of_another_engagement_than_the_one_named_is_refused(run, store):
    run("new", "--store", store, "--name", "n", "--code", "HX3", "--start", "fri")
    assert run("note", "x", "--store", store, "--on", "HX26:C1.2", "--project", "HX3").code == 2


def test_a_line_is_taken_back_by_undo(run, store):
    run("note", "one", "--store", store)
    assert run("undo", "--store", store).err.startswith("Taken back: Write in notebook.")
    assert listed(run, store, "notes") == []


def test_promises_and_decisions_are_listed_with_names_and_days(run, store):
    with open_store(store, who="test") as opened, opened.edit("Make") as edit:
        zhao = edit.create(Person, name="赵敏")
        edit.create(Promise, text="send the list", person=zhao.id, due="2026-11-27")
        edit.create(Promise, text="later", side="theirs", due="2026-12-27")
        edit.create(Decision, text="cut-over date", decider=zhao.id, due="2026-11-30")
    rows = listed(run, store, "promises", "--to", "2026-12-01")
    assert [(row["text"], row["side"], row["person_name"], row["due"]) for row in rows] == [
        ("send the list", "ours", "赵敏", "2026-11-27")
    ]
    (decision,) = listed(run, store, "decisions")
    assert (decision["decider_name"], decision["waiting"]) == ("赵敏", [])
    assert "cut-over date" in run("list", "decisions", "--store", store).out


def test_notes_are_listed_as_a_table_in_both_languages(run, store):
    with open_store(store, who="test") as opened, opened.edit("Make") as edit:
        edit.create(Note, text="seen", mark="seen", at="2026-11-24T01:00:00Z", rank="V")
    assert "2026-11-24" in run("list", "notes", "--store", store).out
    assert "看到" in run("list", "notes", "--store", store, "--lang", "zh").out
    set_language("en")
