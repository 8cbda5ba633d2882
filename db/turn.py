"""Whose turn it is to write: the lock is taken, waited for and given back here, and others can see who has it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.errors import Busy
from db.holder import noted
from db.refusals import in_words

OnBusy = Callable[[Busy, float], None]
"""Told who holds the store, and how many seconds more will be waited for it."""
SILENT = 1.0
"""Seconds that are waited for others without a word."""


@contextmanager
def turn(connection: sqlite3.Connection, path: Path, who: str, wait: float, on_busy: OnBusy | None) -> Iterator[None]:
    """Hold the lock for a step of `who`; what was not committed inside is taken back.

    Raises `Busy` when others hold the lock for more than `wait` seconds; `on_busy` is told before and may raise itself.
    """
    try:
        with in_words(path), at_once(connection):
            _begin(connection, path, wait, on_busy)
            with noted(path, who):
                try:
                    yield
                finally:
                    _rollback(connection)
    except Busy as busy:
        if on_busy:
            on_busy(busy, 0.0)
        raise


def _begin(connection: sqlite3.Connection, path: Path, wait: float, on_busy: OnBusy | None) -> None:
    first = min(wait, SILENT)
    _wait(connection, first)
    try:
        with in_words(path):
            connection.execute("BEGIN IMMEDIATE")
    except Busy as busy:
        if first == wait:
            raise
        if on_busy:
            on_busy(busy, wait - first)
        _wait(connection, wait - first)
        connection.execute("BEGIN IMMEDIATE")


@contextmanager
def at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Wait for nobody inside the block."""
    (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
    _wait(connection, 0)
    try:
        yield
    finally:
        _wait(connection, usual / 1000)


def _wait(connection: sqlite3.Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}").fetchall()


def _rollback(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        # After a full disk SQLite has taken the step back by itself and may say so.
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
