"""What SQLite and the system refuse, in words that a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import Busy, Problem, Refused, Unusable
from db.holder import holder
from db.labels import N_, Label

# What the system says in English only.
_REASONS = {
    errno.ENOENT: N_("There is no such file."),
    errno.EACCES: N_("You have no right to it."),
    errno.EPERM: N_("You have no right to it."),
    errno.EISDIR: N_("It is a folder."),
    errno.ENOTDIR: N_("There is no such folder."),
    errno.ENOSPC: N_("The disk is full."),
    errno.EDQUOT: N_("Your quota is used up."),
    errno.EROFS: N_("The disk can only be read."),
}
_FULL = N_("The disk is full. Nothing was changed in {path}. Make room and try again.")
_DAMAGED = N_("{path} is damaged: {why}. Run: erptui check {path}")
_BUSY = ("is locked", "locking protocol")
_REFUSALS = (
    ("disk is full", _FULL),
    (
        "disk i/o",
        N_("The disk refused it (full, quota, or a fault). Nothing was changed in {path}. Make room and try again."),
    ),
    ("readonly", N_("{path} or its folder can only be read. Nothing was changed. Ask its owner.")),
    ("unable to open", N_("{path} or its folder can't be opened for writing. Nothing was changed.")),
    ("foreign key", N_("Rows that belong together no longer fit. Nothing was changed in {path}.")),
    ("malformed", _DAMAGED),
    ("not a database", _DAMAGED),
    ("could not decode", _DAMAGED),
)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Tell what SQLite refuses inside the block as a `Problem`; mistakes of the program stay what they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        problem = refusal(error, path)
        if problem is None:
            raise
        raise problem from error


def refusal(error: BaseException, path: Path) -> Problem | None:
    """SQLite's error in words, None for a mistake of the program.

    A failed rollback hides the cause, so the chain is walked.
    """
    texts = []
    link: BaseException | None = error
    while link is not None:
        texts.append(str(link).lower())
        link = link.__context__
    said = " ".join(texts)
    if any(sign in said for sign in _BUSY):
        return Busy(path=path, who=holder(path))
    for sign, sentence in _REFUSALS:
        if sign in said:
            # What SQLite could not decode is a value of somebody's.
            kind = Unusable if sentence is _DAMAGED else Refused
            return kind(sentence, path=path, why=str(error).partition(" with text")[0])
    return None


def reason(error: Exception) -> Label:
    """Why the system refused a file, as a sentence."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _REASONS:
        return Label(_REASONS[number])
    if isinstance(error, sqlite3.Error) and "disk is full" in str(error):
        return Label(_REASONS[errno.ENOSPC])
    return Label(f"{getattr(error, 'strerror', None) or error}.")
