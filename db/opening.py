"""What is checked before a file is trusted as a store, and the connection to it.

Facts behind the order of the checks and the pragmas: SQLite opens an empty or foreign file without a word, creates a
missing one, and follows a file that was swapped under it.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Problem, Refused
from db.labels import N_
from db.migrations import VERSION, expected_objects, migrate, objects
from db.refusals import in_words, reason
from db.same_file import Replaced, identity, refuse_if_replaced

if TYPE_CHECKING:
    from db.upgrade import Upgraded

APPLICATION_ID = 0x45525054  # "ERPT"
_MAGIC = b"SQLite format 3\x00"


class NotAStore(Problem):
    """The file is something else."""

    sentence = N_("{path} is not an erptui store. {why}")


class UnreadableStore(Problem):
    """The file is there and can't be read."""

    sentence = N_("{path} can't be read: {why}")

    def __init__(self, error: OSError, path: Path) -> None:
        lets_nobody = isinstance(error, PermissionError)
        sentence = N_("You have no right to read {path}. Ask its owner.") if lets_nobody else None
        super().__init__(sentence, path=path, why=reason(error))


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


class HalfWritten(Refused):
    """A program was stopped within a step, and who reads may not take that back."""

    sentence = N_(
        "A program was stopped in the middle of a step in {path}. Somebody who may write there has to open it once."
    )


class StoreConnection(sqlite3.Connection):
    """A connection that knows which file it was opened on (`path`, `identity`) and what was done before.

    `upgraded` is set where the store was of an older version, `copy` (an URI) where it is read from memory.
    """

    path: Path | None = None
    identity: tuple[int, int] | None = None
    upgraded: Upgraded | None = None
    copy: str | None = None

    def close(self) -> None:
        """Let the file go, and take the empty journal away where nobody else needs it."""
        with suppress(sqlite3.Error, Replaced):
            if self.path is not None:
                # Where another store has the name by now, the journal is that of somebody's step.
                refuse_if_replaced(self, self.path)
            self.execute("PRAGMA busy_timeout=0")
            self.execute("PRAGMA journal_mode=DELETE").fetchall()
        super().close()
        if self.identity is not None:
            with _HEADER_LOCK:
                _OPEN_HERE[self.identity] -= 1
            self.identity = None


# POSIX drops every lock of a process on a file when the process closes any descriptor of it: a header must not be read
# past SQLite while a thread of this process may be writing (sqlite.org/howtocorrupt.html, 2.2).
_OPEN_HERE: Counter[tuple[int, int]] = Counter()
_HEADER_LOCK = threading.Lock()


def check_header(path: Path, *, wait: float = 10.0) -> int:
    """Look at the file before SQLite does and give the store version it was written with.

    A lock is waited for `wait` seconds; only a file that is open in this process already can be locked here.

    Raises `StoreMissing`, `NotAStore` or `NewerStore`.
    """
    try:
        status = os.stat(path)
    except FileNotFoundError:
        raise StoreMissing(path=path) from None
    except OSError as error:
        raise UnreadableStore(error, path) from None
    if not stat.S_ISREG(status.st_mode):
        raise NotAStore(path=path, why=N_("It is not a file."))
    application, version = _application_and_version(path, (status.st_dev, status.st_ino), wait)
    if application != APPLICATION_ID:
        raise NotAStore(path=path, why=N_("It is a SQLite file of another program."))
    if version > VERSION:
        raise NewerStore(path=path, found=version, known=VERSION)
    return version


def _application_and_version(path: Path, file: tuple[int, int], wait: float) -> tuple[int, int]:
    with _HEADER_LOCK:
        if _OPEN_HERE[file] <= 0:
            return _header(path)
    with in_words(path):
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=wait)
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()
    return int(application), int(version)


def _header(path: Path) -> tuple[int, int]:
    try:
        with open(path, "rb") as file:
            header = file.read(100)
    except OSError as error:
        raise UnreadableStore(error, path) from None
    if not header:
        raise NotAStore(path=path, why=N_("It is empty."))
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise NotAStore(path=path, why=N_("It is not a SQLite file."))
    return int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")


def connect(path: Path, *, wait: float, read_only: bool) -> StoreConnection:
    """A connection with the pragmas of the store. `wait` is how long it waits for a lock, in seconds."""
    mode = "ro" if read_only else "rw"
    with _HEADER_LOCK:
        # Taken before the file is opened: when it is swapped in between, the first edit finds that out.
        file = identity(path)
        _OPEN_HERE[file] += 1
    try:
        # As a URI, so that a missing file is an error and not a new one.
        connection = _connect(f"{path.as_uri()}?mode={mode}", wait)
    except BaseException:
        with _HEADER_LOCK:
            _OPEN_HERE[file] -= 1
        raise
    connection.path, connection.identity = path, file
    with closed_on_error(connection):
        _set_up(connection)
    return connection


def connect_to_memory(copy: str) -> StoreConnection:
    """A connection to the database in memory that has this URI; it is gone with the last connection to it."""
    connection = _connect(copy, 0)
    connection.copy = copy
    return connection


def connect_again(connection: StoreConnection, path: Path, *, wait: float) -> StoreConnection:
    """Another connection for reading to what `connection` reads: the store at `path`, or its copy in memory."""
    if connection.copy is not None:
        return connect_to_memory(connection.copy)
    refuse_if_replaced(connection, path)
    again = connect(path, wait=wait, read_only=True)
    with closed_on_error(again):
        # Two files must not be mixed up in one picture.
        if again.identity != connection.identity:
            raise Replaced(path=path)
    return again


def _connect(uri: str, wait: float) -> StoreConnection:
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=wait, factory=StoreConnection)


def _set_up(connection: sqlite3.Connection) -> None:
    for pragma in (
        "foreign_keys=1",
        "synchronous=FULL",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "recursive_triggers=0",
        "temp_store=MEMORY",
        # A long import must not spill to the file and lock readers out before it commits.
        "cache_spill=OFF",
        # Safe on network folders, where WAL is not; and a closed store is one file.
        "journal_mode=TRUNCATE",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def open_connection(path: Path, *, wait: float, read_only: bool, now: Callable[[], datetime]) -> StoreConnection:
    """Check the file at `path` (absolute) and connect to it. Raises `Problem`s naming the path.

    A store of an older version is upgraded first; where it may not be written, an upgraded copy is read.
    """
    check_header(path, wait=wait)
    read_only = read_only or why_not_written(path) is not None
    connection = connect_in_words(path, wait=wait, read_only=read_only)
    with closed_on_error(connection), in_words(path):
        # The header may be that of a half-written step, which SQLite has taken back by now.
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == VERSION:
            refuse_unless_ours(connection, path, VERSION)
            return connection
    connection.close()
    return _open_older(path, wait=wait, read_only=read_only, now=now)


def _open_older(path: Path, *, wait: float, read_only: bool, now: Callable[[], datetime]) -> StoreConnection:
    from db import upgrade

    if read_only:
        return upgrade.upgraded_copy(path, now(), wait=wait)
    upgraded = upgrade.upgrade(path, now(), wait=wait)
    connection = connect_in_words(path, wait=wait, read_only=False)
    connection.upgraded = upgraded
    with closed_on_error(connection), in_words(path):
        refuse_unless_ours(connection, path, VERSION)
    return connection


def why_not_written(path: Path, *, asked: bool = False) -> Refused | None:
    """Why a store that can be read can't be written by this person, unless it was `asked` for; None where it can."""
    if asked:
        return Refused(N_("This store is open read-only: nothing can be changed."))
    if not os.access(path, os.W_OK):
        return Refused(N_("You have no right to change {path}. Nothing was changed. Ask its owner."), path=path)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return Refused(
            N_(
                "{path} can only be read: each step is prepared in its folder, and you have no right to write there."
                " Nothing was changed. Ask its owner."
            ),
            path=path,
        )
    return None


@contextmanager
def closed_on_error(connection: StoreConnection) -> Iterator[None]:
    """Close the connection when the block fails."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def connect_in_words(path: Path, *, wait: float, read_only: bool) -> StoreConnection:
    """`connect` with SQLite's refusals as `Problem`s."""
    try:
        with in_words(path):
            return connect(path, wait=wait, read_only=read_only)
    except Refused as refused:
        if not (read_only and "readonly" in str(refused.__cause__)):
            raise
        if why_not_written(path) is not None:
            raise HalfWritten(path=path) from refused
    with in_words(path):
        # To take back what was never saved is no change of the store, also for one who only reads.
        connect(path, wait=wait, read_only=False).close()
        return connect(path, wait=wait, read_only=True)


def refuse_unless_ours(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Raises `NotAStore` unless the tables are those of a store of this version, `NewerStore` for a later one."""
    if version > VERSION:
        raise NewerStore(path=path, found=version, known=VERSION)
    if version < 1 or objects(connection) != expected_objects(version):
        raise NotAStore(path=path, why=N_("Its tables are not those of erptui. Run: erptui check {path}"))


def create(path: Path, *, mode: int = 0o600) -> None:
    """Make an empty store at `path` (absolute), readable by its owner only. Raises `StoreExists`, `Refused`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with fresh_file(path, mode) as temporary:
            connection = sqlite3.connect(temporary, isolation_level=None)
            try:
                _fill(connection)
            finally:
                connection.close()
            try:
                put_in_place(temporary, path)
            except FileExistsError:
                raise StoreExists(path=path) from None
    except (OSError, sqlite3.OperationalError) as error:
        raise Refused(N_("A store can't be made at {path}: {why}"), path=path, why=reason(error)) from None


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode=MEMORY")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("BEGIN IMMEDIATE")
    migrate(connection, 0)
    for name in ("store", "replica"):
        connection.execute("INSERT INTO meta VALUES (?, ?)", (name, str(uuid.uuid4())))
    connection.execute(f"PRAGMA user_version={VERSION}")
    connection.execute("COMMIT")


@contextmanager
def fresh_file(path: Path, mode: int) -> Iterator[Path]:
    """An empty file with `mode` beside `path`, gone after the block unless it was put in place."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        # The umask must not take the group's rights away.
        os.fchmod(descriptor, mode)
        os.close(descriptor)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def put_in_place(temporary: Path, path: Path, *, replace: bool = False) -> None:
    """Give a finished file its name, so that it is whole or not there even after a power cut.

    Raises `FileExistsError` unless `replace`, and `Refused` where the unfinished journal of another file with that name
    would be applied to this one.
    """
    for ending in ("-journal", "-wal"):
        leftover = path.with_name(path.name + ending)
        if leftover.exists() and leftover.stat().st_size > 0:
            raise Refused(
                N_("{leftover} belongs to an unfinished step of another file. Move it away first."), leftover=leftover
            )
    _sync(temporary, os.O_RDWR)
    if replace:
        os.replace(temporary, path)
    else:
        try:
            # Unlike a rename, a link does not replace what somebody put there meanwhile.
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            # Memory sticks and some network folders have no links.
            if path.exists():
                raise FileExistsError(path) from None
            os.rename(temporary, path)
    # Not every file system lets a folder be synced; the file itself is safe.
    with suppress(OSError):
        _sync(path.parent, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
