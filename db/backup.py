"""A copy of a store while others go on writing: whole and checked before it gets its name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from db import opening
from db.errors import Problem, Refused, Unusable
from db.labels import N_
from db.models import TABLES
from db.opening import StoreExists
from db.refusals import in_words, reason
from db.text import clean_line

_DAMAGED = N_("{source} is damaged: {why}. There is no copy. Run: erptui check {source}")
_PATIENCE = 10.0  # seconds that a lock is waited for


class SameFile(Problem):
    """Source and target of a copy are one file."""

    sentence = N_("{target} is the store itself. Choose another name for the copy.")


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup holds: bytes of the file, rows of the registers, steps of the history."""

    target: Path
    size: int
    rows: int
    steps: int


def backup(source: Path, target: Path, *, force: bool = False) -> Copied:
    """Copy the store `source` to `target`, readable by its owner only; `force` replaces what is there.

    The copy is the store at one moment, between two steps. Raises `Problem`s and leaves `target` as it was.
    """
    source, target = Path(os.path.realpath(source)), Path(os.path.realpath(target))
    opening.check_header(source)
    if target == source or (target.exists() and target.samefile(source)):
        raise SameFile(target=target)
    if target.is_dir():
        raise Refused(N_("{target} is a folder. Name a file in it."), target=target)
    if target.exists() and not force:
        raise StoreExists(path=target)
    try:
        with opening.fresh_file(target, 0o600) as temporary:
            with closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
                copy.execute("PRAGMA journal_mode=OFF")
                copy.execute("PRAGMA synchronous=OFF")
                copy_pages(source, copy, read_only=opening.why_not_written(source) is not None, wait=_PATIENCE)
            copied = read_back(temporary, source, target)
            with held(target):
                opening.put_in_place(temporary, target, replace=force)
    except FileExistsError:
        raise StoreExists(path=target) from None
    except OSError as error:
        why = reason(error)
        raise Refused(N_("{target} can't be written: {why} There is no copy."), target=target, why=why) from None
    return copied


def copy_pages(source: Path, copy: sqlite3.Connection, *, read_only: bool, wait: float) -> None:
    """Copy the store `source` as it is at one moment into the empty database of `copy`, and wait for no disk.

    Unless `read_only`, what another program left half-written when it crashed is taken back in the source first.
    """
    with in_words(source):
        original = opening.connect_in_words(source, wait=wait, read_only=read_only)
        # The read lock is taken here, where it is waited for only so long: the copying would wait for ever.
        with closing(original):
            original.execute("BEGIN")
            original.execute("SELECT count(*) FROM sqlite_master").fetchall()
            try:
                original.backup(copy)
            except sqlite3.OperationalError as error:
                raise Refused(N_("The copy could not be written: {why}"), why=reason(error)) from error


def read_back(temporary: Path, source: Path, target: Path, damaged: str = _DAMAGED) -> Copied:
    """Read a copy before it is trusted. Raises `Unusable` saying `damaged`, whose gaps are source and why."""
    try:
        with closing(sqlite3.connect(f"{temporary.as_uri()}?mode=ro", uri=True, isolation_level=None)) as copy:
            found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found != "ok":
                raise Unusable(damaged, source=source, why=clean_line(found))
            tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            # A store of an older version has tables of its own.
            names = [name for (name,) in tables if name in TABLES]
            rows = sum(copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names)
            (steps,) = copy.execute("SELECT count(*) FROM step").fetchone()
    except sqlite3.DatabaseError as error:
        raise Unusable(damaged, source=source, why=str(error)) from error
    return Copied(target, temporary.stat().st_size, rows, steps)


def names_beside(path: Path, what: str, moment: datetime) -> Iterator[Path]:
    """Names for a copy of `path` beside it, with what it is and the day, until one is free."""
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        yield path.with_name(f"{path.stem}-{what}-{moment:%Y-%m-%d}{again}{path.suffix}")


@contextmanager
def held(target: Path) -> Iterator[None]:
    """Keep others from writing to the store at `target`, if it is one, until another file has its place.

    Without that a colleague's step could go into the file that is being thrown away.
    """
    if not _is_store(target):
        yield
        return
    with in_words(target), ExitStack() as stack:
        try:
            lock = stack.enter_context(closing(opening.connect(target, wait=_PATIENCE, read_only=False)))
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            # So damaged that nobody can write in it.
            pass
        yield


def _is_store(path: Path) -> bool:
    try:
        opening.check_header(path)
    except opening.NewerStore:
        return True
    except Problem:
        return False
    return True
