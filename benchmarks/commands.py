"""What the program does without a screen, beside what plain sqlite3 needs for the same rows; all in one process."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks import fill
from db.models import MODELS
from db.opening import connect
from db.store import Store
from erptui.cli import main
from erptui.method import opening, template


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes; what lay about before does not count."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fresh_copy(store: Path, path: Path) -> Path:
    """A copy of a store at `path`."""
    shutil.copyfile(store, path)
    with open(path, "rb") as file:
        # It must not be written out within the time of what is measured.
        os.fsync(file.fileno())
    return path


Rows = list[tuple[str, list[tuple[Any, ...]]]]
"""Rows as stored, by table."""


def seconds_to_write(tables: Rows, empty: Path) -> float:
    """The floor of what writes these rows into an `empty` store: same tables, indexes and pragmas, one commit."""
    connection = connect(empty, wait=0, read_only=False)

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, rows in tables:
            if rows:
                connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        connection.execute("COMMIT")

    try:
        return seconds(write)
    finally:
        connection.close()


# `list tasks --json`


def list_tasks(store: Path) -> str:
    """What `erptui list tasks --json` prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = main(["list", "tasks", "--json", "--store", str(store)])
    if code:
        raise RuntimeError(f"list tasks ended with {code}")
    return out.getvalue()


def list_rows_floor(store: Path) -> str:
    """The packages with their links by sqlite3 and json alone: no dates, nothing sorted, nothing checked."""
    connection = sqlite3.connect(store)
    try:
        cursor = connection.execute("SELECT * FROM work_package")
        names = [column[0] for column in cursor.description]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
        for row in rows.values():
            row["predecessors"] = []
        for successor, *link in connection.execute(
            "SELECT d.successor_id, p.id, p.code, d.kind, d.lag FROM dependency d"
            " JOIN work_package p ON p.id = d.predecessor_id"
        ):
            rows[successor]["predecessors"].append(dict(zip(("id", "code", "kind", "lag"), link, strict=True)))
        return json.dumps(list(rows.values()), ensure_ascii=False, separators=(",", ":"))
    finally:
        connection.close()


def time_listing(store: Path) -> tuple[float, float]:
    """Seconds of our listing and of its floor. Raises `RuntimeError` when they do not tell of the same rows."""
    ours: list[str] = []
    floor: list[str] = []
    times = seconds(lambda: ours.append(list_tasks(store))), seconds(lambda: floor.append(list_rows_floor(store)))
    told, plain = _links(json.loads(ours[0])), _links(json.loads(floor[0]))
    if told != plain:
        raise RuntimeError("list tasks does not tell of the same packages and links as the tables")
    return times


def _links(rows: Iterable[dict[str, Any]]) -> set[tuple[str, str | None]]:
    """Each package with each that it waits for."""
    return {(row["id"], link and link["id"]) for row in rows for link in (None, *row["predecessors"])}


# Opening an engagement


class OpeningRounds:
    """Opens the template's engagement in a fresh store, and writes the same rows with `executemany` into another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._empty = folder / "empty.db"
        fill.create(self._empty)
        self._rows: Rows = []

    def time_opening(self, *, warm: bool) -> float:
        """Seconds to open an engagement; unless `warm`, the template is read from its file too."""
        path = self._fresh("ours")
        with Store(path, who=fill.WHO, now=lambda: fill.NOW) as store:
            if warm:
                template.load_template()
            else:
                template._shipped.cache_clear()
            taken = seconds(lambda: opening.open_engagement(store, fill.engagement(1)))
            tables = [model._meta.table_name for model in MODELS]
            self._rows = [(table, store.rows(f"SELECT * FROM {table}")) for table in tables]
        return taken

    def time_floor(self) -> float:
        """Seconds to write the rows of the last opening, no history."""
        return seconds_to_write(self._rows, self._fresh("floor"))

    @property
    def row_count(self) -> int:
        """Rows of the last opening, its history not counted."""
        return sum(len(rows) for _table, rows in self._rows)

    def _fresh(self, name: str) -> Path:
        return fresh_copy(self._empty, self._folder / f"{name}.db")
