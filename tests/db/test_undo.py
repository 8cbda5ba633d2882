"""Undo and redo as stories: mine only, exact or refused, and told by name."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from db.checks import check
from db.errors import NothingToUndo, StaleUndo
from db.models import Deliverable, Engagement, Person, PublishedEvent, WorkPackage
from db.store import Store

Picture = Callable[[Store], Any]


@pytest.fixture
def bo(open_as: Callable[..., Store]) -> Store:
    return open_as("Bo")


def rename(store: Store, package: WorkPackage, name: str) -> None:
    with store.edit("Rename", about=name) as edit:
        edit.change(WorkPackage, package.id, None, name=name)


def name_of(store: Store, package: WorkPackage) -> str:
    return store.get(WorkPackage, package.id).name


def delete(store: Store, row: Any) -> None:
    with store.edit("Delete") as edit:
        edit.delete(row)


def refused_naming(who: str, take_back: Callable[[], object], store: Store, tables_of: Picture) -> str:
    """The refusal of an undo that is stale by what `who` did; it must leave everything as it was."""
    before = tables_of(store), store.rows("SELECT count(*) FROM step")
    with pytest.raises(StaleUndo) as refusal:
        take_back()
    assert (tables_of(store), store.rows("SELECT count(*) FROM step")) == before
    assert refusal.value.gaps["who"] == who
    assert refusal.value.exit_code == 3
    return str(refusal.value)


def test_undo_takes_back_my_last_step_and_says_which(store: Store, package: WorkPackage) -> None:
    rename(store, package, "One")
    rename(store, package, "Two")
    found = store.undoable()
    assert found is not None
    assert (found.step.label, found.step.about) == ("Rename", "Two")
    assert store.undo().about == "Two"
    assert name_of(store, package) == "One"
    assert store.undo().about == "One"
    assert store.redo().about == "One"
    assert store.redo().about == "Two"
    assert name_of(store, package) == "Two"
    assert [step.label for step, _ in store.history([package.id])][:4] == ["Redo", "Redo", "Undo", "Undo"]


def test_undo_survives_closing_the_store(open_as: Callable[..., Store], store: Store, package: WorkPackage) -> None:
    rename(store, package, "One")
    store.close()
    again = open_as("Anna")
    again.undo()
    assert name_of(again, package) == "Clean the material master"


def test_an_edit_after_an_undo_ends_what_can_be_done_again(store: Store, package: WorkPackage) -> None:
    rename(store, package, "One")
    store.undo()
    rename(store, package, "Two")
    assert store.redoable() is None
    with pytest.raises(NothingToUndo, match="Anna has nothing to redo"):
        store.redo()
    assert name_of(store, package) == "Two"


def test_undo_passes_over_the_steps_of_others(store: Store, bo: Store, package: WorkPackage) -> None:
    rename(store, package, "One")
    with bo.edit("Progress") as edit:
        edit.change(WorkPackage, package.id, None, progress=50)
    store.undo()
    now = store.get(WorkPackage, package.id)
    assert (now.name, now.progress) == ("Clean the material master", 50)


def test_undo_passes_over_what_the_program_notes_for_itself(store: Store, engagement: Engagement) -> None:
    with store.edit("Export calendar", undoable=False) as edit:
        edit.create(
            PublishedEvent, engagement=engagement.id, uid="1@erptui", fingerprint="a", changed="2026-11-24T09:00:00Z"
        )
    found = store.undoable()
    assert found is not None
    assert found.step.label == "Open engagement"


def test_nothing_to_undo_is_said(bo: Store) -> None:
    with pytest.raises(NothingToUndo, match="Bo has nothing to undo") as refusal:
        bo.undo()
    assert refusal.value.exit_code == 2


def test_a_value_that_moved_on_refuses_the_undo(
    store: Store, bo: Store, package: WorkPackage, tables_of: Picture
) -> None:
    rename(store, package, "One")
    rename(bo, package, "Two")
    said = refused_naming("Bo", store.undo, store, tables_of)
    assert said == (
        "“Rename One” can't be taken back: Bo has changed it since (“Rename Two”, "
        + f"{bo.history(limit=1)[0][0].moment.astimezone():%Y-%m-%d %H:%M})."
    )


def test_a_value_that_moved_on_and_back_by_hand_refuses_the_undo_too(
    store: Store, bo: Store, package: WorkPackage, tables_of: Picture
) -> None:
    rename(store, package, "One")
    rename(bo, package, "Two")
    rename(bo, package, "One")
    refused_naming("Bo", store.undo, store, tables_of)


def test_what_somebody_did_and_took_back_does_not_stand_in_the_way(
    store: Store, bo: Store, package: WorkPackage, tables_of: Picture
) -> None:
    before = tables_of(store)
    rename(store, package, "One")
    rename(bo, package, "Two")
    bo.undo()
    store.undo()
    assert tables_of(store) == before


def test_a_redo_on_a_value_that_was_taken_back_below_it_is_refused(
    store: Store, bo: Store, package: WorkPackage, tables_of: Picture
) -> None:
    rename(store, package, "One")
    rename(bo, package, "Two")
    bo.undo()
    store.undo()
    refused_naming("Anna", bo.redo, bo, tables_of)
    store.redo()
    bo.redo()
    assert name_of(store, package) == "Two"
    refused_naming("Bo", store.undo, store, tables_of)


def test_a_row_that_got_parts_from_somebody_is_not_unmade(
    store: Store, bo: Store, package: WorkPackage, tables_of: Picture
) -> None:
    with bo.edit("Add deliverable") as edit:
        edit.create(Deliverable, package=package.id, name="List")
    said = refused_naming("Bo", store.undo, store, tables_of)
    assert "Add deliverable" in said


def test_a_row_that_somebody_refers_to_is_not_unmade(
    store: Store, bo: Store, package: WorkPackage, add_person: Callable[..., Person], tables_of: Picture
) -> None:
    person = add_person(store)
    with bo.edit("Set owner") as edit:
        edit.change(WorkPackage, package.id, None, owner=person)
    refused_naming("Bo", store.undo, store, tables_of)
    bo.undo()
    store.undo()
    assert store.rows("SELECT count(*) FROM person") == [(0,)]


def test_a_row_that_somebody_changed_is_not_unmade(
    store: Store, bo: Store, package: WorkPackage, tables_of: Picture
) -> None:
    rename(bo, package, "Two")
    refused_naming("Bo", store.undo, store, tables_of)


def test_the_one_who_made_a_part_is_named_though_somebody_else_deleted_and_restored_it(
    store: Store, bo: Store, package: WorkPackage, tables_of: Picture
) -> None:
    with bo.edit("Add deliverable") as edit:
        edit.create(Deliverable, package=package.id, name="List")
    delete(store, package)
    store.undo()
    refused_naming("Bo", store.undo, store, tables_of)


def test_a_deleted_row_comes_back_with_its_parts_and_the_references_to_it(
    store: Store, package: WorkPackage, add_person: Callable[..., Person], tables_of: Picture
) -> None:
    person = add_person(store)
    with store.edit("Fill") as edit:
        edit.create(Deliverable, package=package, name="List")
        edit.update(package, owner=person)
    before = tables_of(store)
    delete(store, person)
    delete(store, package)
    store.undo()
    store.undo()
    assert tables_of(store) == before
    store.redo()
    store.redo()
    store.undo()
    store.undo()
    assert tables_of(store) == before


def test_an_emptied_reference_that_somebody_filled_refuses_the_undo_of_the_delete(
    store: Store, bo: Store, package: WorkPackage, add_person: Callable[..., Person], tables_of: Picture
) -> None:
    gone, other = add_person(store, "Chen Wei"), add_person(bo, "Li Na")
    with store.edit("Set owner") as edit:
        edit.update(package, owner=gone)
    delete(store, gone)
    with bo.edit("Set owner") as edit:
        edit.change(WorkPackage, package.id, None, owner=other)
    refused_naming("Bo", store.undo, store, tables_of)
    bo.undo()
    store.undo()
    assert store.get(WorkPackage, package.id).owner_id == gone.id


def test_other_fields_of_a_row_whose_reference_was_emptied_may_change_before_the_undo(
    store: Store, bo: Store, package: WorkPackage, add_person: Callable[..., Person]
) -> None:
    person = add_person(store)
    with store.edit("Set owner") as edit:
        edit.update(package, owner=person)
    delete(store, person)
    rename(bo, package, "Two")
    store.undo()
    now = store.get(WorkPackage, package.id)
    assert (now.name, now.owner_id) == ("Two", person.id)


def test_a_row_whose_whole_was_deleted_meanwhile_does_not_come_back_alone(
    store: Store, bo: Store, engagement: Engagement, package: WorkPackage, tables_of: Picture
) -> None:
    delete(store, package)
    delete(bo, bo.get(Engagement, engagement.id))
    refused_naming("Bo", store.undo, store, tables_of)
    bo.undo()
    store.undo()
    assert name_of(store, package) == "Clean the material master"


def test_a_reference_to_a_row_deleted_meanwhile_does_not_come_back(
    store: Store, bo: Store, package: WorkPackage, add_person: Callable[..., Person], tables_of: Picture
) -> None:
    person = add_person(bo)
    for owner in (person, None):
        with store.edit("Set owner") as edit:
            edit.change(WorkPackage, package.id, None, owner=owner)
    delete(bo, bo.get(Person, person.id))
    refused_naming("Bo", store.undo, store, tables_of)


def test_a_row_changed_past_the_journal_is_not_undone_over(
    store: Store, package: WorkPackage, tables_of: Picture
) -> None:
    rename(store, package, "One")
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE work_package SET name = 'By hand'")
    other.close()
    before = tables_of(store)
    with pytest.raises(StaleUndo, match=r"not as it left them.*erptui check"):
        store.undo()
    assert tables_of(store) == before


def test_two_windows_of_one_person_do_not_take_back_the_same_step_twice(
    store: Store, open_as: Callable[..., Store], package: WorkPackage
) -> None:
    window = open_as("Anna")
    rename(store, package, "One")
    rename(store, package, "Two")
    assert store.undoable() == window.undoable()
    store.undo()
    assert window.undo().about == "One"
    assert name_of(store, package) == "Clean the material master"
    assert window.redo().about == "One"
    assert store.redo().about == "Two"


UNDOES_ALL = """
import sys
from datetime import datetime, timezone
from db.errors import NothingToUndo
from db.store import Store
store = Store(sys.argv[1], who="Anna", now=lambda: datetime.now(timezone.utc), wait=20)
try:
    while True:
        store.undo()
except NothingToUndo:
    pass
"""


def test_two_processes_of_one_person_undo_everything_once(
    store: Store, engagement: Engagement, package: WorkPackage
) -> None:
    for number in range(40):
        rename(store, package, f"N{number}")
    undoing = [subprocess.Popen([sys.executable, "-c", UNDOES_ALL, store.path]) for _ in range(2)]
    assert [process.wait() for process in undoing] == [0, 0]
    assert store.rows("SELECT count(*), count(DISTINCT undoes) FROM step") == [(84, 42)]
    assert store.rows("SELECT count(*) FROM client") == [(0,)]
    assert check(store.path) == []


def test_an_undo_made_before_other_undone_work_is_done_again_after_it(store: Store, package: WorkPackage) -> None:
    for name in ("One", "Two"):
        rename(store, package, name)
    store.undo()
    rename(store, package, "Three")
    store.undo()
    store.undo()
    assert [store.redo().about, store.redo().about] == ["One", "Three"]
    assert store.redoable() is None


def test_a_chain_of_many_undos_and_redos_ends_where_it_says(
    store: Store, package: WorkPackage, tables_of: Picture
) -> None:
    without = tables_of(store)
    with store.edit("Work") as edit:
        edit.update(package, name="One")
        edit.create(Deliverable, package=package, name="List")
    done = tables_of(store)
    for _ in range(20):
        store.undo()
        assert tables_of(store) == without
        store.redo()
        assert tables_of(store) == done
    assert check(store.path) == []


def test_an_import_of_many_rows_is_taken_back_as_one_step(
    store: Store, engagement: Engagement, package_values: Callable[..., dict[str, Any]], tables_of: Picture
) -> None:
    before = tables_of(store)
    with store.edit("Import") as edit:
        edit.create_many(WorkPackage, [package_values(engagement.id, code=f"3.{n}") for n in range(3000)])
    after = tables_of(store)
    store.undo()
    assert tables_of(store) == before
    store.redo()
    assert tables_of(store) == after


def test_an_undo_on_a_copy_of_the_store_works_as_on_the_store(
    store: Store, package: WorkPackage, tmp_path: Any, clock: Any
) -> None:
    rename(store, package, "One")
    store.close()
    shutil.copy(store.path, tmp_path / "copy.db")
    with Store(tmp_path / "copy.db", who="Anna", now=clock) as copy:
        copy.undo()
        assert name_of(copy, package) == "Clean the material master"


# From the history: one step, of anybody, however long ago.


def taking_back(store: Store, number: int) -> str:
    """The refusal to take back a step of that number, without a trace."""
    steps = store.rows("SELECT count(*) FROM step")
    with pytest.raises(NothingToUndo) as refusal:
        store.take_back(number)
    assert store.rows("SELECT count(*) FROM step") == steps
    return str(refusal.value)


def newest(store: Store) -> int:
    return store.history(limit=1)[0][0].id


def test_an_older_step_is_taken_back_alone_and_what_came_after_it_stays(store: Store, package: WorkPackage) -> None:
    rename(store, package, "One")
    renamed = newest(store)
    with store.edit("Progress") as edit:
        edit.change(WorkPackage, package.id, None, progress=50)
    assert store.take_back(renamed).about == "One"
    now = store.get(WorkPackage, package.id)
    assert (now.name, now.progress) == ("Clean the material master", 50)
    step, _ = store.history(limit=1)[0]
    assert (step.label, step.about, step.undoes) == ("Undo", "Rename One", renamed)


def test_after_an_older_step_was_taken_back_undo_passes_it_over_and_redo_does_it_again(
    store: Store, package: WorkPackage
) -> None:
    rename(store, package, "One")
    renamed = newest(store)
    with store.edit("Progress") as edit:
        edit.change(WorkPackage, package.id, None, progress=50)
    store.take_back(renamed)
    found = store.redoable()
    assert found is not None
    assert found.step.id == renamed
    assert store.undo().label == "Progress"
    assert store.undo().label == "Add package"
    assert [store.redo().label for _ in range(3)] == ["Add package", "Progress", "Rename"]
    assert (name_of(store, package), store.get(WorkPackage, package.id).progress) == ("One", 50)
    assert store.undo().label == "Rename", "what was done again last is taken back first"
    assert check(store.path) == []


def test_a_step_of_somebody_else_is_taken_back_and_is_not_theirs_to_undo_any_more(
    store: Store, bo: Store, package: WorkPackage
) -> None:
    rename(bo, package, "Two")
    renamed = newest(store)
    assert store.take_back(renamed).who == "Bo"
    assert name_of(store, package) == "Clean the material master"
    assert bo.undoable() is None
    assert bo.redoable() is None
    assert taking_back(bo, renamed).startswith(f"Anna has taken back step {renamed} already, with step ")
    assert store.redo().who == "Bo"
    assert name_of(store, package) == "Two"
    bo.undo()
    assert store.redoable() is None, "Bo was the last to take it back"
    assert bo.redo().about == "Two"


def test_a_step_taken_back_is_done_again_by_taking_back_the_undo(store: Store, bo: Store, package: WorkPackage) -> None:
    rename(store, package, "One")
    store.undo()
    undone = newest(store)
    assert bo.take_back(undone).about == "One"
    assert bo.history(limit=1)[0][0].label == "Redo"
    assert name_of(bo, package) == "One"
    assert store.reversible(undone).in_effect
    assert store.undo().about == "One"


def test_a_step_whose_value_moved_on_is_not_taken_back_from_the_history(
    store: Store, bo: Store, package: WorkPackage, tables_of: Picture
) -> None:
    rename(store, package, "One")
    renamed = newest(store)
    rename(bo, package, "Two")
    rename(store, package, "Three")
    refused_naming("Anna", lambda: bo.take_back(renamed), bo, tables_of)


def test_what_the_program_keeps_for_itself_and_what_there_is_not_can_not_be_taken_back(
    store: Store, engagement: Engagement
) -> None:
    with store.edit("Export calendar", undoable=False) as edit:
        edit.create(
            PublishedEvent, engagement=engagement.id, uid="1@erptui", fingerprint="a", changed="2026-11-24T09:00:00Z"
        )
    assert taking_back(store, newest(store)) == "“Export calendar” can't be taken back."
    assert taking_back(store, 4711) == "There is no step 4711."
