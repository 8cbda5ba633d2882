"""Puts peewee's queries on the connection that a store has opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import peewee

from db.refusals import in_words


class Borrowed(peewee.SqliteDatabase):
    """A database whose one connection belongs to a `Store`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(":memory:", autoconnect=False, thread_safe=False)
        self._borrowed, self._path = connection, path
        self.connect()

    def _connect(self) -> Any:
        return self._borrowed

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Run a query, telling what SQLite refuses in words."""
        with in_words(self._path):
            return self._borrowed.execute(sql, params or ())
