"""Undo and redo: always a new step that names the one it takes back, so that history is never cut.

A chain S ← U ← R (each names the one before, whoever made it) says whether S is in effect: it is when the chain is of
odd length. Only the newest link of a chain can be taken back. Undo takes back what a person did, or did again, last and
is in effect; redo takes back their last undo, until they edit again. A step taken back from the history is a link like
any other: it is passed over by undo, and redo does it again.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import journal
from db.errors import NothingToUndo, StaleUndo
from db.journal import Change, Step, Stored
from db.labels import N_, Label

if TYPE_CHECKING:
    from db.edit import Edit


@dataclass(frozen=True, slots=True)
class Reversible:
    """A step that can be taken back or done again, with its chain: what a person did first, the newest link last."""

    chain: tuple[Step, ...]

    @property
    def step(self) -> Step:
        """What a person did."""
        return self.chain[0]

    @property
    def tip(self) -> Step:
        """The newest link, which is the one that is reversed."""
        return self.chain[-1]

    @property
    def in_effect(self) -> bool:
        """Whether what the person did stands: it can be taken back, else done again."""
        return len(self.chain) % 2 == 1

    @property
    def verb(self) -> Label:
        """What the step is called that reverses it."""
        return N_("Undo") if self.in_effect else N_("Redo")


def reversible(connection: sqlite3.Connection, number: int) -> Reversible:
    """The chain that a step belongs to."""
    chain = [journal.step_of(connection, number)]
    while (before := chain[0].undoes) is not None:
        chain.insert(0, journal.step_of(connection, before))
    while (after := journal.undone_by(connection, chain[-1].id)) is not None:
        chain.append(journal.step_of(connection, after))
    return Reversible(tuple(chain))


def newest_link(connection: sqlite3.Connection, number: int) -> Reversible:
    """`reversible` for a step that is to be taken back by its number.

    Raises `NothingToUndo` for a step that there is not, that the program keeps for itself, or that is taken back.
    """
    if not journal.has_step(connection, number):
        raise NothingToUndo(N_("There is no step {number}."), number=number)
    found = reversible(connection, number)
    if not found.step.undoable:
        raise NothingToUndo(
            N_("“{label}{about}” can't be taken back."), label=found.step.label, about=found.step.about_gap
        )
    if found.tip.id != number:
        by = journal.step_of(connection, journal.undone_by(connection, number) or found.tip.id)
        raise NothingToUndo(
            N_("{who} has taken back step {number} already, with step {by} ({at})."),
            number=number,
            who=by.who,
            by=by.id,
            at=by.moment,
        )
    return found


def _chains(connection: sqlite3.Connection, who: str) -> tuple[Reversible | None, Reversible | None]:
    """What `who` can undo and redo now."""
    known: dict[int, Reversible] = {}
    undo: Reversible | None = None
    redo: Reversible | None = None
    for step in journal.steps_of(connection, who):
        if not step.undoable:
            continue
        if step.id not in known:
            found = reversible(connection, step.id)
            known.update((link.id, found) for link in found.chain)
        found = known[step.id]
        does = [link.id for link in found.chain].index(step.id) % 2 == 0
        if found.in_effect and does:
            undo = undo or found
            if step.undoes is None:
                # An undo from before the last edit in effect is not done again any more.
                break
        elif not found.in_effect and step.id == found.tip.id:
            redo = redo or found
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
    roots = {number: journal.root_of(connection, journal.step_of(connection, number)).id for number in steps}
    times = Counter(roots.values())
    return [number for number in steps if times[roots[number]] % 2]


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
        at=since.moment,
    )
