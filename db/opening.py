"""What is checked before a file is trusted as a store, and the connection to it.

Facts behind the order of the checks and the pragmas: SQLite opens an empty or foreign file without a word, creates a
missing one, and follows a file that was swapped under it.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import uuid
from pathlib import Path

from db.errors import Problem, Refused
from db.labels import N_
from db.migrations import VERSION, expected_objects, migrate, objects

APPLICATION_ID = 0x45525054  # "ERPT"
_MAGIC = b"SQLite format 3\x00"


class NotAStore(Problem):
    """The file is something else."""

    sentence = N_("{path} is not an erptui store. {why}")


class StoreMissing(Problem):
    """There is no file at the path."""

    sentence = N_("There is no store at {path}. Make one with: erptui init {path}")


class StoreExists(Problem):
    """A new store is asked for where something stands already."""

    sentence = N_("{path} is already there. Choose another name; nothing was changed.")


class NewerStore(Refused):
    """The store was written by a later version of the program."""

    sentence = N_(
        "{path} was written by a newer erptui (store version {found}, this program knows {known}). Update erptui."
    )


def identity(path: Path) -> tuple[int, int]:
    """Device and inode of the file at `path`: another pair means that the file was swapped."""
    status = os.stat(path)
    return status.st_dev, status.st_ino


def check_header(path: Path) -> int:
    """Look at the file without SQLite and give the store version it was written with.

    Raises `StoreMissing`, `NotAStore` or `NewerStore`.
    """
    try:
        status = os.stat(path)
    except FileNotFoundError:
        raise StoreMissing(path=path) from None
    except OSError as error:
        raise NotAStore(path=path, why=error.strerror) from None
    if not stat.S_ISREG(status.st_mode):
        raise NotAStore(path=path, why=N_("It is not a file."))
    try:
        with open(path, "rb") as file:
            header = file.read(100)
    except OSError as error:
        raise NotAStore(path=path, why=error.strerror) from None
    if not header:
        raise NotAStore(path=path, why=N_("It is empty."))
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise NotAStore(path=path, why=N_("It is not a SQLite file."))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotAStore(path=path, why=N_("It is a SQLite file of another program."))
    version = int.from_bytes(header[60:64], "big")
    if version > VERSION:
        raise NewerStore(path=path, found=version, known=VERSION)
    return version


def connect(path: Path, *, wait: float, read_only: bool) -> sqlite3.Connection:
    """A connection with the pragmas of the store. `wait` is how long it waits for a lock, in seconds."""
    mode = "ro" if read_only else "rw"
    # As a URI, so that a missing file is an error and not a new one.
    connection = sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=wait)
    for pragma in (
        "foreign_keys=1",
        "synchronous=FULL",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "recursive_triggers=0",
        "temp_store=MEMORY",
        # A long import must not spill to the file and lock readers out before it commits.
        "cache_spill=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def open_connection(path: Path, *, wait: float, read_only: bool) -> sqlite3.Connection:
    """Check the file at `path` (absolute) and connect to it. Raises `Problem`s naming the path."""
    check_header(path)
    try:
        connection = connect(path, wait=wait, read_only=read_only or not os.access(path, os.W_OK))
        found = objects(connection)
    except sqlite3.DatabaseError as error:
        raise NotAStore(path=path, why=str(error)) from None
    if found != expected_objects():
        connection.close()
        raise NotAStore(path=path, why=N_("Its tables are not those of erptui. Run: erptui check"))
    return connection


def create(path: Path, *, mode: int = 0o600) -> None:
    """Make an empty store at `path` (absolute), readable by its owner only. Raises `StoreExists`, `Refused`."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        try:
            connection = sqlite3.connect(temporary, isolation_level=None)
            connection.execute("PRAGMA journal_mode=TRUNCATE")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute("BEGIN IMMEDIATE")
            migrate(connection, 0)
            for name in ("store", "replica"):
                connection.execute("INSERT INTO meta VALUES (?, ?)", (name, str(uuid.uuid4())))
            connection.execute(f"PRAGMA user_version={VERSION}")
            connection.execute("COMMIT")
            connection.close()
            # link, not rename: it does not replace what somebody put there meanwhile.
            os.link(temporary, path)
        finally:
            os.unlink(temporary)
    except FileExistsError:
        raise StoreExists(path=path) from None
    except (OSError, sqlite3.OperationalError) as error:
        raise Refused(N_("A store can't be made at {path}: {why}"), path=path, why=error) from None
