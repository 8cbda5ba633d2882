"""Undo, redo and history on the command line."""

from __future__ import annotations

import json

import pytest

from db.choices import PackageStatus
from db.models import WorkPackage
from erptui.stores import open_store


def edit_package(path: str, who: str, label: str, code: str, **values: object) -> str:
    with open_store(path, who=who) as store, store.edit(label, about=code) as edit:
        package = store.select(WorkPackage).where(WorkPackage.code == code).first()
        edit.update(package, **values)
        return str(package.id)


def name_of(run, store: str, code: str) -> object:
    return next(
        r["name"] for r in json.loads(run("list", "tasks", "--store", store, "--json").out) if r["code"] == code
    )


def test_undo_names_the_step_it_took_back_and_redo_does_it_again(run, store):
    before = name_of(run, store, "A1.1")
    edit_package(store, "zhao", "Rename", "A1.1", name="Other")
    assert run("undo", "--store", store, "--as", "zhao") == (0, "", "Taken back: Rename A1.1.\n")
    assert name_of(run, store, "A1.1") == before
    assert run("redo", "--store", store, "--as", "zhao") == (0, "", "Done again: Rename A1.1.\n")
    assert name_of(run, store, "A1.1") == "Other"


def test_undo_says_what_the_next_one_would_take_back(run, store):
    edit_package(store, "zhao", "Rename", "A1.1", name="Other")
    edit_package(store, "zhao", "Set status", "A1.2", status=PackageStatus.DOING)
    assert run("undo", "--store", store, "--as", "zhao").err == (
        "Taken back: Set status A1.2.\nThe next undo takes back: Rename A1.1.\n"
    )


def test_undo_takes_back_only_what_is_mine(run, store):
    edit_package(store, "zhao", "Rename", "A1.1", name="Other")
    ended = run("undo", "--store", store, "--as", "li")
    assert (ended.code, ended.err) == (2, "li has nothing to undo.\n")
    assert run("redo", "--store", store, "--as", "li").code == 2


def test_undo_refuses_where_somebody_has_gone_on(run, store):
    edit_package(store, "zhao", "Rename", "A1.1", name="Other")
    edit_package(store, "li", "Rename", "A1.1", name="Better")
    ended = run("undo", "--store", store, "--as", "zhao")
    assert ended.code == 3
    assert "li" in ended.err
    assert name_of(run, store, "A1.1") == "Better"


def test_history_shows_steps_newest_first_with_who_and_how_many_rows(run, store):
    edit_package(store, "zhao", "Rename", "A1.1", name="Other")
    first, second = run("history", "--store", store).out.splitlines()
    assert first.endswith("  zhao  Rename A1.1  (1 row)")
    assert "Open engagement HX26" in second


def test_history_of_an_undo_names_what_was_taken_back(run, store):
    edit_package(store, "zhao", "Rename", "A1.1", name="Other")
    run("undo", "--store", store, "--as", "zhao")
    assert "  zhao  Undo: Rename A1.1  " in run("history", "--store", store).out.splitlines()[0]


@pytest.mark.parametrize("how", ["code", "lower", "id", "start of id"])
def test_history_of_a_row_shows_old_and_new_values_in_words(run, store, how):
    row = edit_package(store, "zhao", "Set status", "A1.1", status=PackageStatus.DOING)
    typed = {"code": "HX26:A1.1", "lower": "hx26:a1.1", "id": row, "start of id": row[:13]}[how]
    lines = run("history", typed, "--store", store).out.splitlines()
    assert lines == ["2  2026-11-24 09:30  zhao  Set status A1.1", "    Status: To do → Doing", lines[2], "    made"]


def test_a_step_is_taken_back_by_its_number_and_done_again_by_that_of_the_undo(run, store):
    before = name_of(run, store, "A1.1")
    edit_package(store, "zhao", "Rename", "A1.1", name="Other")
    edit_package(store, "zhao", "Set status", "A1.2", status=PackageStatus.DOING)
    line = next(line for line in run("history", "--store", store).out.splitlines() if "Rename A1.1" in line)
    number = line.split()[0]
    ended = run("undo", "--step", number, "--store", store, "--as", "li")
    assert (ended.code, ended.err) == (0, "Taken back: Rename A1.1.\n")
    assert name_of(run, store, "A1.1") == before
    again = run("undo", "--step", number, "--store", store, "--as", "li")
    assert again.code == 2
    assert again.err.startswith(f"li has taken back step {number} already, with step 4 (2026-11-24 ")
    assert run("undo", "--step", "4", "--store", store).err.startswith("Done again: Rename A1.1.\n")
    assert run("undo", "--step", "99", "--store", store).err == "There is no step 99.\n"


def test_history_of_an_engagement_says_of_which_row_each_change_is_and_in_words(run, store):
    edit_package(store, "zhao", "Plan", "A1.1", duration=1440, rank="Vx", not_before="2027-01-04")
    lines = run("history", "HX26", "--store", store).out.splitlines()
    assert {line.strip() for line in lines[1:4]} >= {"A1.1: moved", "A1.1: Not before: — → 04.01.2027"}
    assert any(line.startswith("    A1.1: Duration: ") and line.endswith(" → 3 d") for line in lines)


def test_history_as_json_has_field_names_and_ids(run, store):
    edit_package(store, "zhao", "Set status", "A1.1", status=PackageStatus.DOING)
    newest, opened = json.loads(run("history", "HX26:A1.1", "--store", store, "--json").out)
    (change,) = newest["changes"]
    assert (newest["who"], newest["at"], newest["label"]) == ("zhao", "2026-11-24T01:30:00Z", "Set status")
    assert (change["table"], change["field"], change["old"], change["new"]) == (
        "work_package",
        "status",
        "todo",
        "doing",
    )
    assert opened["changes"][0]["new"]["code"] == "A1.1"
    assert "engagement" in opened["changes"][0]["new"]


def test_a_deleted_row_still_has_its_history(run, store):
    with open_store(store, who="zhao") as opened, opened.edit("Delete") as edit:
        package = opened.select(WorkPackage).where(WorkPackage.code == "A1.5").first()
        edit.delete(package)
    lines = run("history", package.id, "--store", store).out.splitlines()
    assert lines[1] == "    deleted"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("HX26:Z9", "HX26 has no package “Z9”"),
        ("DY:A1", "There is no engagement “DY”"),
        ("R-012", "“R-012” names no row"),
        ("00000000-dead", "names no row"),
        ("", "names no row"),
    ],
)
def test_a_row_that_is_not_there_is_refused_in_words(run, store, typed, said):
    ended = run("history", typed, "--store", store)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_what_people_typed_commands_no_terminal_in_the_history(run, store):
    import sqlite3

    edit_package(store, "zhao", "Rename", "A1.1", name="x")
    other = sqlite3.connect(store)
    other.execute("UPDATE change SET new = ? WHERE field = 'name'", ("[/x]\x1b[2J\u202eab",))
    other.execute("UPDATE step SET who = ?", ("zhao\x1b]0;title\x07",))
    other.commit()
    other.close()
    out = run("history", "HX26:A1.1", "--store", store).out
    assert "[/x]" in out
    assert not set(out) & set("\x1b\x07\u202e")
