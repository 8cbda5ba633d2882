"""Opens a store with the program's own clock and chance."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from db.labels import N_
from db.mounts import mount_of
from db.store import Reader, Store
from erptui import chance, clock
from erptui.i18n import _

if TYPE_CHECKING:
    from db.upgrade import Upgraded

PATIENCE = 10.0
"""Seconds a lock of somebody else is waited for where no screen would freeze meanwhile."""

FILL_DEMO = N_("Fill the demo")


def open_store(path: str | os.PathLike[str], *, who: str, wait: float = PATIENCE, read_only: bool = False) -> Store:
    """The store at `path`, to be closed by the caller. Raises what is wrong with it (`db.errors.Problem`)."""
    store: Store
    new_id = chance.ids(lambda: store.newest_change)
    store = Store(path, who=who, now=clock.now, new_id=new_id, wait=wait, read_only=read_only)
    return store


def place_warning(path: str | os.PathLike[str]) -> str | None:
    """What endangers a store where it lies, in words: a network folder on which writers do not see each other."""
    mount = mount_of(path)
    if mount is None or not mount.without_locks:
        return None
    options = ", ".join(mount.without_locks)
    return _(
        "{path} lies in a network folder mounted with {option}: two people would overwrite each other."
        " What to do says: erptui doctor"
    ).format(path=path, option=options)


def upgrade_said(upgraded: Upgraded, *, short: bool = False) -> str:
    """What happened to a store of an older version when it was opened; `short` leaves the folder out."""
    return _("Upgraded the store from version {before} to {after}. As it was before, it is kept in {path}").format(
        before=upgraded.before, after=upgraded.after, path=upgraded.kept.name if short else upgraded.kept
    )


def is_demo(reader: Reader) -> bool:
    """Whether a store was filled with the demo portfolio: that is among its first steps."""
    return bool(reader.rows("SELECT 1 FROM step WHERE id <= 9 AND label = ?", (FILL_DEMO,)))
