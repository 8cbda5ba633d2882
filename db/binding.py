"""Puts peewee's queries on the connection that a store has opened."""

from __future__ import annotations

import sqlite3
from typing import Any

import peewee

from db.models import MODELS


class _Borrowed(peewee.SqliteDatabase):
    """A database whose one connection belongs to a `Store`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(":memory:", autoconnect=False, thread_safe=False)
        self._borrowed = connection

    def _connect(self) -> Any:
        return self._borrowed


def bind(connection: sqlite3.Connection) -> None:
    """Let the models read through `connection`, until the next store is bound."""
    database = _Borrowed(connection)
    database.connect()
    database.bind(MODELS)
