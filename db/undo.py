"""Undo and redo: always a new step that names the one it takes back, so that history is never cut.

Undo takes back the last step of one person that is in effect; redo takes back their last undo, until they edit again.
A chain S ← U ← R (each names the one before) says whether S is in effect: it is when the chain is of odd length.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import journal
from db.errors import StaleUndo
from db.journal import Change, Step, Stored
from db.labels import N_

if TYPE_CHECKING:
    from db.edit import Edit


@dataclass(frozen=True, slots=True)
class Reversible:
    """A step that can be taken back: `step` is what a person did, `tip` the newest link of its chain."""

    step: Step
    tip: Step


def _chains(connection: sqlite3.Connection, who: str) -> tuple[Reversible | None, Reversible | None]:
    """What `who` can undo and redo now."""
    undone: set[int] = set()
    undo: Reversible | None = None
    redo: Reversible | None = None
    for tip in journal.steps_of(connection, who):
        if not tip.undoable:
            continue
        if undo is not None and tip.id < undo.step.id:
            # An undo from before the last edit in effect is not done again any more.
            break
        if tip.id in undone:
            continue
        chain = [tip]
        while chain[-1].undoes is not None:
            chain.append(journal.step_of(connection, chain[-1].undoes))
        undone.update(step.id for step in chain[1:])
        root = chain[-1]
        if len(chain) % 2 == 0:
            redo = redo or Reversible(root, tip)
        elif undo is None or root.id > undo.step.id:
            undo = Reversible(root, tip)
    return undo, redo


def undoable(connection: sqlite3.Connection, who: str) -> Reversible | None:
    """What undo would take back for `who`."""
    return _chains(connection, who)[0]


def redoable(connection: sqlite3.Connection, who: str) -> Reversible | None:
    """What redo would bring back for `who`."""
    return _chains(connection, who)[1]


def take_back(connection: sqlite3.Connection, edit: Edit, step: Step) -> None:
    """Write the opposite of `step` through `edit`.

    Raises `StaleUndo`, naming who changed what since, when one of its values has moved on.
    """
    _refuse_if_moved_on(connection, step)
    changes = journal.changes_of(connection, step.id)
    # A step names each row once as a whole or each of its fields once, so the order does not matter.
    for table in dict.fromkeys(change.table for change in changes):
        here = [change for change in changes if change.table == table]
        stored = edit.stored(table, list(dict.fromkeys(change.row for change in here)))
        for change in here:
            if not _stands(change, stored.get(change.row)):
                raise _moved_on(connection, step, change.row, change.field)
        edit.remove_stored(table, {change.row: stored[change.row] for change in here if change.creates})
        edit.restore_stored(table, {change.row: change.whole_row() for change in here if change.deletes})
        for change in here:
            if change.field is not None:
                edit.set_stored(table, change.row, change.field, change.new, change.old)
    _refuse_if_torn(connection, step, changes)


def _refuse_if_moved_on(connection: sqlite3.Connection, step: Step) -> None:
    """What `step` wrote must not have been changed since."""
    culprits = _in_effect(connection, journal.steps_after(connection, step.id))
    if culprits:
        raise _stale(step, journal.step_of(connection, culprits[0]))


def _moved_on(connection: sqlite3.Connection, step: Step, row: str, field: str | None) -> StaleUndo:
    """The refusal that names who changed a field of a row (None: anything in it) after `step`."""
    later = journal.steps_on(connection, row, field, after=step.id)
    culprits = _in_effect(connection, later) or later
    return _stale(step, journal.step_of(connection, culprits[0]) if culprits else None)


def _in_effect(connection: sqlite3.Connection, steps: list[int]) -> list[int]:
    """Those of `steps`, in their order, whose changes were not taken back among themselves.

    A step and the undo of it cancel each other: the steps of one chain count when their number is odd.
    """
    roots = {number: _root(connection, number) for number in steps}
    times = Counter(roots.values())
    return [number for number in steps if times[roots[number]] % 2]


def _root(connection: sqlite3.Connection, number: int) -> int:
    """The first step of the chain that a step belongs to."""
    while (before := journal.step_of(connection, number).undoes) is not None:
        number = before
    return number


def _stands(change: Change, now: Mapping[str, Stored] | None) -> bool:
    """Whether the row as it is stored `now` still says what `change` wrote."""
    if change.deletes:
        return now is None
    if now is None:
        return False
    if change.field is not None:
        return now[change.field] == change.new
    return change.whole_row().items() <= now.items()


def _refuse_if_torn(connection: sqlite3.Connection, step: Step, changes: list[Change]) -> None:
    """A row that the step made may have got parts since, and one that it deleted may have lost what it hangs on."""
    # Imported here: the first screen asks what can be undone and must not wait for the models.
    from db.edit import parts_of
    from db.models import TABLES

    rows = {change.row for change in changes}
    tables = {change.table for change in changes if change.field is None or change.field.endswith("_id")}
    for table in {change.table for change in changes if change.creates}:
        tables.update(part._meta.table_name for part, _ in parts_of(TABLES[table]))
    for table in tables:
        for _, rowid, _, key in connection.execute(f"PRAGMA foreign_key_check({table})").fetchall():
            columns = {number: column for number, _, _, column, *_ in _foreign_keys(connection, table)}
            row, target = connection.execute(
                f"SELECT id, {columns[key]} FROM {table} WHERE rowid = ?", (rowid,)
            ).fetchone()
            if row in rows:
                raise _moved_on(connection, step, target, None)
            if target in rows:
                raise _moved_on(connection, step, row, columns[key])


def _foreign_keys(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()


def _stale(step: Step, since: Step | None) -> StaleUndo:
    if since is None:
        return StaleUndo(
            N_("“{label}{about}” can't be taken back: the rows are not as it left them. Run: erptui check"),
            label=step.label,
            about=step.about_gap,
        )
    return StaleUndo(
        N_("“{label}{about}” can't be taken back: {who} has changed it since (“{since}{since_about}”, {at})."),
        label=step.label,
        about=step.about_gap,
        who=since.who,
        since=since.label,
        since_about=since.about_gap,
        at=since.at,
    )
