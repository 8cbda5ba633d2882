"""Numbered changes of the schema. A module here is history: it is never edited once a store was made with it.

A module has `STATEMENTS` (SQL) and may have `migrate(connection)` for what SQL alone can't say. Foreign keys are off
while migrations run and checked before the commit: a rebuilt table must not take its children along.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from types import ModuleType

from db.migrations import m0001_first, m0002_attention

MIGRATIONS: tuple[ModuleType, ...] = (m0001_first, m0002_attention)
VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, version: int, to: int = VERSION) -> None:
    """Bring the schema from `version` (0 is an empty file) to version `to`, inside the caller's transaction."""
    for module in MIGRATIONS[version:to]:
        for statement in module.STATEMENTS.split(";"):
            if statement.strip():
                connection.execute(statement)
        if hasattr(module, "migrate"):
            module.migrate(connection)


def objects(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Type, name and text of everything in the schema but SQLite's own tables."""
    return {
        (kind, name, sql or "")
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        # A view or a trigger is never SQLite's own, whatever its name.
        if not (name.startswith("sqlite_") and kind in ("table", "index"))
    }


@cache
def expected_objects(version: int = VERSION) -> set[tuple[str, str, str]]:
    """`objects` of a store of this version."""
    connection = sqlite3.connect(":memory:")
    try:
        migrate(connection, 0, version)
        return objects(connection)
    finally:
        connection.close()
