"""An edit writes what it names and nothing else, as one step, or nothing at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from db.checks import check
from db.choices import PackageStatus
from db.errors import Conflict, InvalidValue, NoSuchRow, Refused
from db.models import (
    Client,
    Deliverable,
    Dependency,
    Engagement,
    Gate,
    GateCriterion,
    Person,
    Phase,
    Role,
    WorkPackage,
)
from db.store import Store


def steps(store: Store) -> int:
    return int(store.rows("SELECT count(*) FROM step")[0][0])


def test_only_the_named_fields_are_written(store: Store, open_as: Callable[..., Store], package: WorkPackage) -> None:
    mine = store.get(WorkPackage, package.id)
    with open_as("Bo").edit("Rename") as edit:
        edit.change(WorkPackage, package.id, None, name="Theirs")
    with store.edit("Progress") as edit:
        edit.update(mine, progress=40)
    assert mine.progress == 40
    now = store.get(WorkPackage, package.id)
    assert (now.name, now.progress) == ("Theirs", 40)
    assert [(c.field, c.old, c.new) for c in store.history([package.id])[0][1]] == [("progress", 0, 40)]


def test_a_field_that_somebody_changed_meanwhile_is_a_conflict_with_both_values(
    store: Store, open_as: Callable[..., Store], package: WorkPackage, tables_of: Callable[[Store], Any]
) -> None:
    bo = open_as("Bo")
    theirs = bo.get(WorkPackage, package.id)
    with bo.edit("Rename") as edit:
        edit.update(theirs, name="Theirs")
    before = tables_of(store)
    with pytest.raises(Conflict) as conflict, store.edit("Rename") as edit:
        edit.update(package, progress=40, name="Mine")
    assert (conflict.value.field, conflict.value.theirs, conflict.value.mine) == ("name", "Theirs", "Mine")
    assert (
        str(conflict.value) == "Work package was changed meanwhile: theirs “Theirs”, yours “Mine”. Nothing was saved."
    )
    assert tables_of(store) == before
    assert (package.name, package.progress) == ("Clean the material master", 0)


def test_a_caught_conflict_leaves_nothing_of_that_update_in_the_step(
    store: Store, open_as: Callable[..., Store], package: WorkPackage
) -> None:
    with open_as("Bo").edit("Rename") as edit:
        edit.change(WorkPackage, package.id, None, name="Theirs")
    with store.edit("Rename") as edit:
        with pytest.raises(Conflict):
            edit.update(package, progress=40, name="Mine")
        edit.create(Client, name="华信")
    assert store.get(WorkPackage, package.id).progress == 0


def test_two_people_may_set_a_field_to_the_same_value(
    store: Store, open_as: Callable[..., Store], package: WorkPackage
) -> None:
    with open_as("Bo").edit("Finish") as edit:
        edit.change(WorkPackage, package.id, None, status="done")
    before = steps(store)
    with store.edit("Finish") as edit:
        edit.update(package, status=PackageStatus.DONE)
    assert steps(store) == before


def test_a_row_that_somebody_deleted_is_a_conflict(
    store: Store, open_as: Callable[..., Store], package: WorkPackage
) -> None:
    bo = open_as("Bo")
    with bo.edit("Delete") as edit:
        edit.delete(bo.get(WorkPackage, package.id))
    with pytest.raises(Conflict, match="deleted meanwhile"), store.edit("Rename") as edit:
        edit.update(package, name="Mine")
    before = steps(store)
    with store.edit("Delete") as edit:
        edit.delete(package)
    assert steps(store) == before
    with pytest.raises(NoSuchRow):
        store.get(WorkPackage, package.id)


def test_a_failure_within_the_block_leaves_nothing_and_the_rows_in_memory_as_they_were(
    store: Store, package: WorkPackage, engagement: Engagement, tables_of: Callable[[Store], Any]
) -> None:
    before, memory, number = tables_of(store), dict(package.__data__), steps(store)

    def much_at_once() -> None:
        with store.edit("Much") as edit:
            edit.update(package, name="New", status="doing")
            edit.update(package, name="Newer")
            edit.create(Deliverable, package=package, name="List")
            edit.delete(engagement)
            edit.create(Client, name="x" * 300)

    with pytest.raises(InvalidValue, match=r"Client: “xxx.*300 characters; the limit is 200"):
        much_at_once()
    assert (tables_of(store), steps(store)) == (before, number)
    assert package.__data__ == memory
    with store.edit("After it") as edit:
        edit.update(package, progress=30)


def test_an_edit_that_changes_nothing_is_no_step(store: Store, package: WorkPackage) -> None:
    before = steps(store)
    with store.edit("Look") as edit:
        edit.update(package, name=package.name)
        edit.update(package)
        edit.create_many(Client, [])
    with store.edit("There and back") as edit:
        edit.update(package, name="New")
        edit.update(package, name="Clean the material master")
        edit.delete(edit.create(Client, name="华信"))
    assert steps(store) == before


def test_what_happens_to_a_row_within_a_step_is_one_change(store: Store, package: WorkPackage) -> None:
    with store.edit("Add and correct") as edit:
        client = edit.create(Client, name="Hua")
        edit.update(client, name="华信")
        edit.update(package, name="One", progress=1)
        edit.update(package, name="Two")
        edit.delete(package)
    ((_, changes),) = store.history(limit=1)
    by_row = {change.row: change for change in changes}
    assert len(changes) == 2
    assert by_row[client.id].whole_row() == {"id": client.id, "name": "华信"}
    assert by_row[package.id].whole_row()["name"] == "Clean the material master"
    assert by_row[package.id].whole_row()["progress"] == 0


def test_each_change_names_the_one_it_replaces(store: Store, package: WorkPackage) -> None:
    for name in ("One", "Two"):
        with store.edit("Rename") as edit:
            edit.update(package, name=name)
    with store.edit("Delete") as edit:
        edit.delete(package)
    store.undo()
    rows = store.rows("SELECT id, field, base FROM change WHERE row = ? ORDER BY id", (package.id,))
    ids = [row[0] for row in rows]
    assert rows == [
        (ids[0], None, None),
        (ids[1], "name", ids[0]),
        (ids[2], "name", ids[1]),
        (ids[3], None, ids[2]),
        (ids[4], None, ids[3]),
    ]


def test_a_delete_takes_the_parts_along_and_empties_optional_references(
    store: Store, engagement: Engagement, package_values: Callable[..., dict[str, Any]]
) -> None:
    with store.edit("Fill") as edit:
        person = edit.create(Person, name="Chen Wei")
        role = edit.create(Role, engagement=engagement, code="C-PM", name="PM", side="client", person=person)
        gate = edit.create(Gate, engagement=engagement, phase="C", name="Go-live")
        edit.create(GateCriterion, gate=gate, rank="V", text="Stock counted")
        one, two = edit.create_many(
            WorkPackage,
            [package_values(engagement.id, code=code, owner=person.id, role=role.id) for code in ("3.1", "3.2")],
        )
        edit.update(two, lasts_from=one)
        edit.create(Dependency, predecessor=one, successor=two, kind="FS")
        edit.create(Deliverable, package=one, name="List")
    with store.edit("Delete package") as edit:
        edit.delete(one)
    assert store.rows("SELECT count(*) FROM dependency UNION ALL SELECT count(*) FROM deliverable") == [(0,), (0,)]
    assert store.get(WorkPackage, two.id).lasts_from_id is None
    with store.edit("Delete person") as edit:
        edit.delete(person)
    assert store.get(WorkPackage, two.id).owner_id is None
    assert store.get(Role, role.id).person_id is None
    with store.edit("Delete engagement") as edit:
        edit.delete(engagement)
    ((_, changes),) = store.history(limit=1)
    # Nothing is emptied first that goes itself.
    assert all(change.deletes for change in changes)
    left = {
        table
        for table in ("role", "gate", "gate_criterion", "work_package", "engagement")
        for _ in store.rows(f"SELECT 1 FROM {table}")
    }
    assert left == set()
    assert store.rows("SELECT count(*) FROM client") == [(1,)]


def test_deleting_a_client_takes_whole_engagements_along_and_undo_brings_them_back(
    store: Store, engagement: Engagement, package: WorkPackage, tables_of: Callable[[Store], Any]
) -> None:
    before = tables_of(store)
    with store.edit("Delete client") as edit:
        edit.delete(store.get(Client, engagement.client_id))
    assert store.rows("SELECT count(*) FROM work_package") == [(0,)]
    store.undo()
    assert tables_of(store) == before


def test_more_rows_than_sqlite_takes_in_one_statement_are_deleted(
    store: Store,
    engagement: Engagement,
    package_values: Callable[..., dict[str, Any]],
    tables_of: Callable[[Store], Any],
) -> None:
    with store.edit("Import") as edit:
        made = edit.create_many(WorkPackage, [package_values(engagement.id, code=f"3.{n}") for n in range(2100)])
        edit.create_many(Deliverable, [{"package": package.id, "name": "List"} for package in made])
    before = tables_of(store)
    with store.edit("Delete engagement") as edit:
        edit.delete(engagement)
    assert store.rows("SELECT count(*) FROM deliverable") == [(0,)]
    store.undo()
    assert tables_of(store) == before


def test_rows_may_refer_to_rows_made_later_in_the_step(store: Store, engagement: Engagement) -> None:
    with store.edit("Add") as edit:
        later = edit.new_id()
        role = edit.create(Role, engagement=engagement, code="C-PM", name="PM", side="client", person=later)
        edit.create(Person, id=later, name="Chen Wei")
    assert store.get(Role, role.id).person_id == later


def test_a_reference_to_a_row_that_is_not_there_refuses_the_step(store: Store, engagement: Engagement) -> None:
    before = steps(store)
    with pytest.raises(Refused, match="no longer fit"), store.edit("Add") as edit:
        edit.create(Phase, engagement=edit.new_id(), phase="A")
    assert steps(store) == before
    with store.edit("Add") as edit:
        edit.create(Phase, engagement=engagement, phase="A")


def test_names_that_are_no_fields_and_values_that_were_not_read_are_mistakes_of_the_program(
    store: Store, engagement: Engagement, package: WorkPackage
) -> None:
    partly = store.select(WorkPackage).select(WorkPackage.id, WorkPackage.name).first()
    with store.edit("Wrong") as edit:
        with pytest.raises(TypeError, match="colour"):
            edit.create(Client, name="华信", colour="red")
        with pytest.raises(TypeError, match="colour"):
            edit.update(package, colour="red")
        with pytest.raises(TypeError, match="progress"):
            edit.update(partly, progress=3)
        with pytest.raises(TypeError, match="for ever"):
            edit.update(package, id=engagement.id)
        edit.update(partly, name="Read and written")
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        store.rows("SELECT colour FROM client")


def test_a_step_within_a_step_is_a_mistake_of_the_program(store: Store) -> None:
    with store.edit("Outer") as outer:
        with pytest.raises(RuntimeError), store.edit("Inner"):
            pass
        outer.create(Client, name="华信")
    assert store.rows("SELECT count(*) FROM client") == [(1,)]


def test_the_journal_keeps_who_when_and_what_in_plain_text(store: Store, engagement: Engagement) -> None:
    with store.edit("Rename", about="HX26\x1b]0;x\x07\n") as edit:
        edit.update(engagement, name="华信 ERP 二期")
    ((step, (change,)),) = store.history(limit=1)
    assert (step.who, step.label, step.about, step.undoable, step.undoes) == ("Anna", "Rename", "HX26]0;x", True, None)
    assert step.at.startswith("2026-11-24T09:")
    assert (change.table, change.row, change.field, change.new) == (
        "engagement",
        engagement.id,
        "name",
        "华信 ERP 二期",
    )
    made = json.loads(store.rows("SELECT new FROM change WHERE tbl = 'client'")[0][0])
    assert made["name"] == "华信纺织"


def test_the_steps_of_a_copy_are_numbered_without_gaps(store: Store, open_as: Callable[..., Store]) -> None:
    for who in ("Bo", "Anna", "Bo"):
        with open_as(who).edit("Add client") as edit:
            edit.create(Client, name="华信")
        with pytest.raises(InvalidValue), store.edit("Fails") as edit:
            edit.create(Client, name="")
    assert store.rows("SELECT number FROM step ORDER BY id") == [(1,), (2,), (3,)]
    assert store.rows("SELECT DISTINCT replica FROM step") == [(store.meta("replica"),)]


def test_stores_opened_one_after_another_or_side_by_side_each_read_their_own_file(
    store: Store, engagement: Engagement, tmp_path: Any, clock: Any
) -> None:
    from db import opening

    other_path = tmp_path / "other.db"
    opening.create(other_path)
    with Store(other_path, who="Bo", now=clock) as other:
        assert list(other.select(Engagement)) == []
        assert [row.code for row in store.select(Engagement)] == ["HX26"]
        query = other.select(Engagement).where(Engagement.code == "HX26")
        assert store.get(Engagement, engagement.id).code == "HX26"
        assert list(query) == []
    assert [row.code for row in store.select(Engagement)] == ["HX26"]
    with pytest.raises(sqlite3.ProgrammingError):
        other.rows("SELECT 1")


def test_a_row_is_not_written_past_the_journal(store: Store, engagement: Engagement) -> None:
    engagement.name = "Behind its back"
    with pytest.raises(Exception, match="database"):
        engagement.save()
    assert store.get(Engagement, engagement.id).name == "华信 ERP"


def test_reading_one_row_leaves_no_lock_behind(
    store: Store, open_as: Callable[..., Store], package: WorkPackage
) -> None:
    held = store.get(WorkPackage, package.id)
    also = store.select(WorkPackage).first()
    with open_as("Bo").edit("Rename") as edit:
        edit.change(WorkPackage, held.id, None, name="Theirs")
    assert also.id == held.id


def test_after_all_that_the_store_has_no_faults(store: Store, engagement: Engagement, package: WorkPackage) -> None:
    with store.edit("Delete") as edit:
        edit.delete(package)
    store.undo()
    assert check(store.path) == []


def test_a_conflict_says_both_values_in_words(store: Store, package: WorkPackage) -> None:
    other = store.get(WorkPackage, package.id)
    with store.edit("Change status") as edit:
        edit.update(other, status=PackageStatus.REVIEW)
    with pytest.raises(Conflict) as conflict, store.edit("Change status") as edit:
        edit.update(package, status=PackageStatus.DONE)
    assert "theirs “Review”, yours “Done”" in str(conflict.value)
    assert (conflict.value.theirs, conflict.value.mine) == ("review", "done")


PEOPLE = [
    {"name": 'Ann “the "planner"”', "note": "one\ntwo\ttab \\ back", "do_not_contact": True},
    {"name": " 赵敏 ", "organisation": "苏州", "mail": "zm@example.com"},
    {"name": "e\u0301", "organisation": "苏州", "post": "", "note": "100 % {sure} 🙂"},
]


def test_rows_added_by_the_thousand_are_written_and_noted_like_rows_made_one_by_one(store: Store) -> None:
    with store.edit("One by one") as edit:
        for values in PEOPLE:
            edit.create(Person, **values)
    with store.edit("Together") as edit:
        edit.add_many(Person, PEOPLE)
    columns = store.rows("SELECT * FROM person ORDER BY rowid")
    assert [row[1:] for row in columns[:3]] == [row[1:] for row in columns[3:]]
    wholes = [text for (text,) in store.rows("SELECT new FROM change ORDER BY id")]
    names = [name for _, name, *_ in store.rows("PRAGMA table_info(person)")]
    expected = [dict(zip(names, row, strict=True)) for row in columns]
    assert wholes == [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in expected]


def test_of_many_rows_none_is_written_when_a_value_of_one_is_refused(store: Store) -> None:
    with pytest.raises(InvalidValue, match="500 characters"), store.edit("Import") as edit:
        edit.add_many(Person, [*PEOPLE, {"name": "x" * 500}])
    with pytest.raises(TypeError, match="colour"), store.edit("Import") as edit:
        edit.add_many(Person, [*PEOPLE, {"name": "Bo", "colour": "red"}])
    assert store.rows("SELECT count(*) FROM person") == [(0,)]
