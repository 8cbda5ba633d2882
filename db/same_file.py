"""Whether the file with the name of a store is still the one that was opened: SQLite would go on without a word."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from db import journal
from db.errors import Unusable
from db.labels import N_

if TYPE_CHECKING:
    from db.opening import StoreConnection


class Replaced(Unusable):
    """Another file has the name of the one that is open."""

    sentence = N_("{path} was replaced while it was open. Nothing was changed; start erptui again.")


class Gone(Replaced):
    """No file has the name of the one that is open."""

    sentence = N_(
        "{path} was moved or deleted while it was open. Nothing was changed."
        " Put it back, or restore a backup and start erptui again."
    )


def identity(path: Path) -> tuple[int, int]:
    """Device and inode of the file at `path`: another pair means that the file was swapped."""
    status = os.stat(path)
    return status.st_dev, status.st_ino


def refuse_if_replaced(connection: StoreConnection, path: Path) -> None:
    """Raises `Replaced`. Asked with the lock held: while it was waited for, the file may have been swapped."""
    try:
        found = identity(path)
    except OSError:
        raise Gone(path=path) from None
    if found != connection.identity:
        raise Replaced(path=path)


def refuse_if_overwritten(connection: StoreConnection, path: Path, standing: tuple[str, int]) -> None:
    """Raises `Replaced` when the store is another than the one of `standing` (`journal.standing`), or an older one.

    A backup that was copied over the file leaves it its identity.
    """
    store, newest = journal.standing(connection)
    if store != standing[0] or newest < standing[1]:
        raise Replaced(path=path)
