"""A backup put in the place of a store: checked first, in one move, and what stood there is kept beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import opening
from db.backup import Copied, SameFile, copy_pages, held, names_beside, read_back
from db.errors import Problem, Refused
from db.labels import N_
from db.refusals import in_words, reason

_DAMAGED = N_("{source} is damaged: {why}. Nothing was restored. Take an earlier backup.")
_PATIENCE = 10.0  # seconds that a lock is waited for


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the store as it was before is kept (None where there was none)."""

    copied: Copied
    kept: Path | None


def restore(source: Path, store: Path, moment: datetime) -> Restored:
    """Put the backup `source` in the place of `store`, which may be damaged or missing.

    Whoever has the store open is told at the next edit; one who is writing is waited for. The restored store counts its
    steps as a copy of its own, since others may have seen what came after the backup. Raises `Problem`s and leaves
    everything as it was.
    """
    source, store = Path(os.path.realpath(source)), Path(os.path.realpath(store))
    if not source.exists():
        raise Problem(N_("There is no file {target}. Nothing was restored."), target=source)
    opening.check_header(source)
    if source == store or (store.exists() and store.samefile(source)):
        raise SameFile(N_("{target} is the store itself. Name the backup first, then the store."), target=store)
    if store.exists() and not store.is_file():
        raise Refused(N_("{target} is not a file. Nothing was restored."), target=store)
    if store.exists() and not os.access(store, os.W_OK):
        raise Refused(N_("You have no right to change {path}. Nothing was changed. Ask its owner."), path=store)
    try:
        with opening.fresh_file(store, _mode(store)) as temporary:
            copied = _fill(source, temporary)
            _share_as(store, temporary)
            with held(store):
                kept = _set_aside(store, moment)
                _swap(temporary, store, kept)
    except OSError as error:
        why = reason(error)
        raise Refused(N_("{target} can't be written: {why} Nothing was restored."), target=store, why=why) from None
    return Restored(copied, kept)


def _fill(source: Path, temporary: Path) -> Copied:
    """Copy the backup, and look whether it is a store as this program or an older one made it."""
    with closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=MEMORY")
        copy_pages(source, copy, read_only=opening.why_not_written(source) is not None, wait=_PATIENCE)
        with in_words(source):
            (version,) = copy.execute("PRAGMA user_version").fetchone()
            opening.refuse_unless_ours(copy, source, version)
            copy.execute("UPDATE meta SET value = ? WHERE name = 'replica'", (str(uuid.uuid4()),))
    return read_back(temporary, source, source, _DAMAGED)


def _mode(store: Path) -> int:
    return store.stat().st_mode & 0o660 if store.exists() else 0o600


def _share_as(store: Path, temporary: Path) -> None:
    """Give the new file the group of the old one, where there is one and one may."""
    with suppress(OSError):
        os.chown(temporary, -1, store.stat().st_gid)


def _set_aside(store: Path, moment: datetime) -> Path | None:
    """Give the present file a second name that nothing has yet."""
    if not store.exists():
        return None
    for kept in names_beside(store, "before", moment):
        try:
            _name_too(store, kept)
        except FileExistsError:
            continue
        return kept
    raise AssertionError("there is always another name")


def _name_too(store: Path, kept: Path) -> None:
    try:
        os.link(store, kept)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks and some network folders have no links.
        with opening.fresh_file(kept, 0o600) as copy:
            shutil.copyfile(store, copy)
            opening.put_in_place(copy, kept)


def _swap(temporary: Path, store: Path, kept: Path | None) -> None:
    try:
        opening.put_in_place(temporary, store, replace=kept is not None)
    except BaseException:
        if kept is not None:
            kept.unlink()
        raise
