"""Bringing in a list of five thousand people, beside `executemany` of the rows that it makes."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import fill, people
from benchmarks.commands import Rows, fresh_copy, seconds, seconds_to_write
from db.store import Store
from erptui.cli import main

_JOURNAL = ("step", "change")


class Taken(NamedTuple):
    """Seconds of an import; of writing the same people and contact points; and of these with the journal's rows."""

    ours: float
    people: float
    journal: float


class ImportRounds:
    """Imports one kind of file into an empty store, and writes the same rows with `executemany` into others."""

    def __init__(self, folder: Path, kind: str, count: int = people.ROWS) -> None:
        self._folder = folder
        self._file = folder / f"{kind}.csv"
        self._file.write_bytes(people.FILES[kind](count))
        self._empty = folder / f"no-{kind}.db"
        fill.create(self._empty)
        self._count = count
        self.row_count = 0

    def time(self) -> Taken:
        """Import, then write what came of it. Raises `RuntimeError` when somebody was not taken."""
        store = fresh_copy(self._empty, self._folder / "imported.db")
        said: list[int] = []
        arguments = ["import", "csv", str(self._file), "--store", str(store)]

        def bring_in() -> None:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                said.append(main(arguments))

        ours = seconds(bring_in)
        rows, journal = _rows_of(store, ("person", "contact_point")), _rows_of(store, _JOURNAL)
        if said != [0] or len(rows[0][1]) != self._count:
            raise RuntimeError(f"import csv ended with {said}, {len(rows[0][1])} people were taken")
        self.row_count = sum(len(table) for _name, table in rows)
        return Taken(ours, self._write(rows), self._write([*rows, *journal]))

    def _write(self, tables: Rows) -> float:
        return seconds_to_write(tables, fresh_copy(self._empty, self._folder / "floor.db"))


def _rows_of(path: Path, tables: Sequence[str]) -> Rows:
    with Store(path, who=fill.WHO, now=lambda: fill.NOW) as store:
        found = [(table, store.rows(f"SELECT * FROM {table} ORDER BY rowid")) for table in tables]
    return [(table, rows) for table, rows in found if rows]
