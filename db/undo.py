"""Undo and redo: always a new step that names the one it takes back, so that history is never cut.

Undo takes back the last step of one person that is in effect; redo takes back their last undo, until they edit again.
A chain S ← U ← R (each names the one before) says whether S is in effect: it is when the chain is of odd length.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from db import journal
from db.edit import Edit
from db.errors import StaleUndo
from db.journal import Change, Step
from db.labels import N_


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
    edited_since = False
    for tip in journal.steps_of(connection, who):
        if not tip.undoable:
            continue
        if undo is not None and tip.id < undo.step.id:
            break
        edited_since = edited_since or tip.undoes is None
        if tip.id in undone:
            continue
        chain = [tip]
        while chain[-1].undoes is not None:
            chain.append(journal.step_of(connection, chain[-1].undoes))
        undone.update(step.id for step in chain[1:])
        root = chain[-1]
        if len(chain) % 2 == 0:
            if redo is None and not edited_since:
                redo = Reversible(root, tip)
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
    changes = journal.changes_of(connection, step.id)
    chains = _Chains(connection)
    for change in changes:
        _refuse_if_moved_on(connection, chains, change, step)
    for change in reversed(changes):
        if change.creates:
            edit.remove_stored(change.table, change.row)
        elif change.deletes:
            edit.restore_stored(change.table, change.whole_row())
        elif change.field is not None:
            edit.set_stored(change.table, change.row, change.field, change.new, change.old)
    _refuse_if_referred_to(connection, step)


class _Chains:
    """To which chain a step belongs, and whether that chain is in effect."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[int, tuple[int, bool]] = {}

    def of(self, step: int) -> tuple[int, bool]:
        """The first step of the chain of `step`, and whether what it did is in effect."""
        if step not in self._known:
            chain = [step]
            while (before := journal.step_of(self._connection, chain[0]).undoes) is not None:
                chain.insert(0, before)
            while (after := journal.undone_by(self._connection, chain[-1])) is not None:
                chain.append(after)
            self._known.update((link, (chain[0], len(chain) % 2 == 1)) for link in chain)
        return self._known[step]


def _refuse_if_moved_on(connection: sqlite3.Connection, chains: _Chains, change: Change, step: Step) -> None:
    """What `change` wrote must still stand: steps that were undone meanwhile don't count."""
    own, _ = chains.of(step.id)
    for later in journal.changes_to(connection, change.row, change.field):
        root, in_effect = chains.of(later.step)
        if root == own:
            return
        if in_effect:
            by = journal.step_of(connection, later.step)
            raise StaleUndo(
                N_(
                    "“{label} {about}” can't be taken back: {who} has changed it since (“{since} {since_about}”, {at})."
                ),
                label=step.label,
                about=step.about,
                who=by.who,
                since=by.label,
                since_about=by.about,
                at=by.at,
            )


def _refuse_if_referred_to(connection: sqlite3.Connection, step: Step) -> None:
    """A row that the step made may have got parts since, and one that it deleted may have lost what it hangs on."""
    for table, _rowid, parent, _key in connection.execute("PRAGMA foreign_key_check").fetchall():
        raise StaleUndo(
            N_("“{label} {about}” can't be taken back: rows of {table} and {parent} hang together meanwhile."),
            label=step.label,
            about=step.about,
            table=table,
            parent=parent,
        )
