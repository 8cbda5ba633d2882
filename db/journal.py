"""The journal: which step changed what, read for history, undo and the change feed between screens and processes.

A `step` is one transaction of one person; a `change` is one field of one row (`field` set), or one whole row made
(`old` empty) or deleted (`new` empty), kept as JSON of its stored values.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from db.labels import Label

if TYPE_CHECKING:
    from db.edit import Noted

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

    @property
    def moment(self) -> datetime:
        """`at` as a moment."""
        return datetime.fromisoformat(self.at.replace("Z", "+00:00"))

    @property
    def about_gap(self) -> str:
        """`about` as it stands behind the label in a sentence."""
        return f" {self.about}" if self.about else ""


@dataclass(slots=True)
class Heading:
    """What the journal says of a step before its changes."""

    label: str
    about: str
    undoable: bool = True
    undoes: int | None = None


_STEP = "SELECT id, who, at, label, about, undoable, undoes FROM step"
_CHANGE = "SELECT id, step, tbl, row, field, old, new FROM change"


def _step(row: tuple[int, str, str, str, str, int, int | None]) -> Step:
    number, who, at, label, about, undoable, undoes = row
    return Step(number, who, at, Label(label), about, bool(undoable), undoes)


def has_step(connection: sqlite3.Connection, number: int) -> bool:
    """Whether there is a step with this number."""
    return bool(connection.execute("SELECT 1 FROM step WHERE id = ?", (number,)).fetchall())


def step_of(connection: sqlite3.Connection, number: int) -> Step:
    """The step with this number."""
    return _step(connection.execute(f"{_STEP} WHERE id = ?", (number,)).fetchone())


def note(
    connection: sqlite3.Connection, replica: str, who: str, moment: datetime, heading: Heading, entries: Iterable[Noted]
) -> None:
    """Write a step with its changes."""
    (number,) = connection.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM step WHERE replica = ?", (replica,)
    ).fetchone()
    at = moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    step = connection.execute(
        "INSERT INTO step (replica, number, who, at, label, about, undoable, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (replica, number, who, at, heading.label, heading.about, heading.undoable, heading.undoes),
    ).lastrowid
    connection.executemany(
        f"INSERT INTO change (step, tbl, row, field, old, new, base) VALUES ({step}, ?, ?, ?, ?, ?, ?)", entries
    )


def root_of(connection: sqlite3.Connection, step: Step) -> Step:
    """The step at the bottom of a chain of undo and redo."""
    while step.undoes is not None:
        step = step_of(connection, step.undoes)
    return step


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


def steps_after(connection: sqlite3.Connection, step: int) -> list[int]:
    """The steps, newest first, that changed later what `step` changed: a field, or anything in a row it made."""
    found = connection.execute(
        "SELECT later.step FROM change own JOIN change later ON later.row = own.row AND later.id > own.id"
        " WHERE own.step = :step AND later.step <> :step"
        " AND (own.field IS NULL OR later.field IS NULL OR later.field = own.field)"
        " GROUP BY later.step ORDER BY max(later.id) DESC",
        {"step": step},
    ).fetchall()
    return [number for (number,) in found]


def steps_on(connection: sqlite3.Connection, row: str, field: str | None, after: int) -> list[int]:
    """The steps after step `after`, newest first, that changed a field of a row (None: anything in it)."""
    found = connection.execute(
        "SELECT DISTINCT step FROM change WHERE row = :row AND step > :after"
        " AND (:field IS NULL OR field IS NULL OR field = :field) ORDER BY step DESC",
        {"row": row, "field": field, "after": after},
    ).fetchall()
    return [number for (number,) in found]


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


def standing(connection: sqlite3.Connection) -> tuple[str, int]:
    """Which store this is, and the number of its newest change."""
    found = connection.execute("SELECT value FROM meta WHERE name = 'store'").fetchone()
    return str(found[0]) if found else "", last_change(connection)


def rows_changed_since(connection: sqlite3.Connection, number: int) -> tuple[set[tuple[str, str]], int]:
    """Table and row of every change after change `number`, and the number of the newest one.

    One statement, because another process may commit between two.
    """
    # Grouped here and not by SQLite: after an import of thousands of rows that takes a third of the time.
    rows = connection.execute("SELECT tbl, row, id FROM change WHERE id > ? ORDER BY id", (number,)).fetchall()
    return {(table, row) for table, row, _ in rows}, rows[-1][2] if rows else number
