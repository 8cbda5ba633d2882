"""The journal: which step changed what, read for history, undo and the change feed between screens and processes.

A `step` is one transaction of one person; a `change` is one field of one row (`field` set), or one whole row made
(`old` empty) or deleted (`new` empty), kept as JSON of its stored values.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db.labels import Label

Stored = str | int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal, in stored values."""

    id: int
    step: int
    table: str
    row: str
    field: str | None
    old: Stored
    new: Stored

    @property
    def creates(self) -> bool:
        """Whether the row was made by this change."""
        return self.field is None and self.old is None

    @property
    def deletes(self) -> bool:
        """Whether the row was deleted by this change."""
        return self.field is None and self.new is None

    def whole_row(self) -> dict[str, Stored]:
        """The row that was made or deleted, by column name."""
        whole = self.new if self.creates else self.old
        row: dict[str, Stored] = json.loads(str(whole))
        return row


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction: who did what and when (UTC, ISO text); `undoes` is the step that it takes back."""

    id: int
    who: str
    at: str
    label: Label
    about: str
    undoable: bool
    undoes: int | None


_STEP = "SELECT id, who, at, label, about, undoable, undoes FROM step"
_CHANGE = "SELECT id, step, tbl, row, field, old, new FROM change"


def _step(row: tuple[int, str, str, str, str, int, int | None]) -> Step:
    number, who, at, label, about, undoable, undoes = row
    return Step(number, who, at, Label(label), about, bool(undoable), undoes)


def step_of(connection: sqlite3.Connection, number: int) -> Step:
    """The step with this number."""
    return _step(connection.execute(f"{_STEP} WHERE id = ?", (number,)).fetchone())


def steps_of(connection: sqlite3.Connection, who: str) -> Iterator[Step]:
    """The steps of one person, newest first, read in small parts so that no cursor stays open."""
    before = 1 << 62
    while True:
        rows = connection.execute(
            f"{_STEP} WHERE who = ? AND id < ? ORDER BY id DESC LIMIT 100", (who, before)
        ).fetchall()
        yield from map(_step, rows)
        if len(rows) < 100:
            return
        before = rows[-1][0]


def changes_of(connection: sqlite3.Connection, step: int) -> list[Change]:
    """The changes of a step, oldest first."""
    return [Change(*row) for row in connection.execute(f"{_CHANGE} WHERE step = ? ORDER BY id", (step,)).fetchall()]


def undone_by(connection: sqlite3.Connection, step: int) -> int | None:
    """The step that takes `step` back, if there is one."""
    found = connection.execute("SELECT max(id) FROM step WHERE undoes = ?", (step,)).fetchone()
    return None if found[0] is None else int(found[0])


def changes_to(connection: sqlite3.Connection, row: str, field: str | None) -> Iterator[Change]:
    """What happened to a field of a row, or to the row as a whole, newest first; `field=None` means anything in it."""
    before = 1 << 62
    which = "" if field is None else "AND (field = :field OR field IS NULL)"
    while True:
        found = connection.execute(
            f"{_CHANGE} WHERE row = :row AND id < :before {which} ORDER BY id DESC LIMIT 20",
            {"row": row, "field": field, "before": before},
        ).fetchall()
        yield from (Change(*change) for change in found)
        if len(found) < 20:
            return
        before = found[-1][0]


def steps_about(
    connection: sqlite3.Connection, rows: Iterable[str] | None, limit: int
) -> list[tuple[Step, list[Change]]]:
    """Steps that touched one of `rows` (None: any row), newest first, each with its changes of those rows."""
    if rows is None:
        numbers = [
            n for (n,) in connection.execute("SELECT id FROM step ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
        ]
        return [(step_of(connection, number), changes_of(connection, number)) for number in numbers]
    wanted = set(rows)
    found: set[int] = set()
    for row in wanted:
        found.update(
            n for (n,) in connection.execute("SELECT DISTINCT step FROM change WHERE row = ?", (row,)).fetchall()
        )
    return [
        (step_of(connection, number), [c for c in changes_of(connection, number) if c.row in wanted])
        for number in sorted(found, reverse=True)[:limit]
    ]


def last_change(connection: sqlite3.Connection) -> int:
    """Number of the newest change; 0 in a store where nothing has happened."""
    (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
    return int(number)


def rows_changed_since(connection: sqlite3.Connection, number: int) -> set[tuple[str, str]]:
    """Table and row of every change after change `number`."""
    rows = connection.execute("SELECT DISTINCT tbl, row FROM change WHERE id > ?", (number,)).fetchall()
    return {(table, row) for table, row in rows}
