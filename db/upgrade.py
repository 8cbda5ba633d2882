"""An older store made into one of today: in one step that is done wholly or not at all, beside a copy of what it was.

Only the schema changes. The journal is never rewritten: what a change says of a field holds for the time it was made.
"""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from db import opening
from db.backup import backup, copy_pages, names_beside
from db.errors import Refused
from db.labels import N_, Label
from db.migrations import VERSION, expected_objects, migrate, objects
from db.opening import StoreExists
from db.refusals import in_words
from db.same_file import refuse_if_replaced

_PATIENCE = 10.0  # seconds that a reader is waited for once the store is ours


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which store version to which, and where the store as it was is kept."""

    before: int
    after: int
    kept: Path


class NotUpgraded(Refused):
    """An older store that stays as it is, because there is no room for a copy of it; `reason` is the refusal."""

    sentence = N_(
        "{path} was written by an older erptui and is copied before it is upgraded. {reason}"
        " With --read-only it can be read as it is."
    )


def upgrade(path: Path, moment: datetime, *, wait: float) -> Upgraded | None:
    """Bring the store at `path` to the version of this program; None when somebody else was quicker.

    Others can read meanwhile. A lock is waited for `wait` seconds. Raises `Problem`s and leaves the store as it was.
    """
    with in_words(path), closing(opening.connect(path, wait=wait, read_only=False)) as connection:
        # A rebuilt table must not take along what refers to it. Only outside of a transaction can that be said.
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN IMMEDIATE")
        before = _version(connection)
        if before == VERSION:
            return None
        # Asked with the lock held: while it was waited for, the file may have been replaced or taken over.
        refuse_if_replaced(connection, path)
        opening.refuse_unless_ours(connection, path, before)
        kept = _keep(path, before, moment)
        try:
            connection.execute(f"PRAGMA busy_timeout={_PATIENCE * 1000:.0f}")
            _bring_up(connection, path, before, moment)
            connection.execute("COMMIT")
        except BaseException:
            _take_back(connection, before, kept)
            raise
    return Upgraded(before, VERSION, kept)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _keep(path: Path, version: int, moment: datetime) -> Path:
    """Copy the store to a name of its own beside it, and read the copy back."""
    for target in names_beside(path, f"v{version}", moment):
        try:
            return backup(path, target).target
        except StoreExists:
            continue
        except Refused as problem:
            raise NotUpgraded(None, **{"path": path, **problem.gaps, "reason": Label(problem.sentence)}) from problem
    raise AssertionError("there is always another name")


def _bring_up(connection: sqlite3.Connection, path: Path, before: int, moment: datetime) -> None:
    """Change the schema, prove that it is the one of this program and that all references hold, and note it."""
    migrate(connection, before, VERSION)
    if objects(connection) != expected_objects(VERSION):
        raise RuntimeError(f"the migrations from version {before} do not lead to version {VERSION}")
    lost = connection.execute("PRAGMA foreign_key_check").fetchone()
    if lost is not None:
        raise Refused(
            N_(
                "Rows of {table} in {path} refer to rows that are not there. Nothing was changed."
                " Run: erptui check {path}"
            ),
            table=lost[0],
            path=path,
        )
    said = f"{moment.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ} erptui {_program()}"
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"upgraded_to_{VERSION}", said))
    connection.execute(f"PRAGMA user_version={VERSION}")


def _program() -> str:
    """The version of the program, as it was installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("erptui")
    except PackageNotFoundError:
        return "?"


def _take_back(connection: sqlite3.Connection, before: int, kept: Path) -> None:
    """End what failed. The copy goes when the store is seen to be as it was: a full disk has no room for it."""
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if _version(connection) == before:
            kept.unlink()


def upgraded_copy(path: Path, moment: datetime, *, wait: float) -> opening.StoreConnection:
    """A connection to an upgraded copy in memory of the store at `path`, which stays as it is.

    In memory, so that nothing of a client stays on a disk when the program is killed.
    """
    connection = opening.connect_to_memory(f"file:erptui-{uuid.uuid4().hex}?mode=memory&cache=shared")
    with opening.closed_on_error(connection), in_words(path):
        connection.execute("PRAGMA trusted_schema=OFF")
        copy_pages(path, connection, read_only=True, wait=wait)
        connection.execute("BEGIN IMMEDIATE")
        before = _version(connection)
        opening.refuse_unless_ours(connection, path, before)
        if before != VERSION:
            _bring_up(connection, path, before, moment)
        connection.execute("COMMIT")
    return connection
