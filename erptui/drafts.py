"""What was typed into a form and not saved yet, on disk within a second: a lost line costs no more than that.

One file for each row, only its user's (0600), gone once the form was saved or dropped on purpose.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from db.errors import Problem
from erptui import clock
from erptui.files import write_file
from erptui.folders import state_folder

_LARGEST = 1 << 20


@dataclass(frozen=True)
class Draft:
    """Texts by field name, and when they were kept (ISO, wall clock)."""

    texts: Mapping[str, str]
    at: str


def _path(store: str, table: str, row: str) -> Path:
    name = hashlib.sha256(f"{store}\0{table}\0{row}".encode()).hexdigest()[:32]
    return state_folder() / "drafts" / f"{name}.json"


def keep(store: str, table: str, row: str, texts: Mapping[str, str]) -> bool:
    """Keep what was typed about a row (`new` for one that is being made); whether the disk took it.

    Where nothing was typed, what was kept goes.
    """
    if not texts:
        drop(store, table, row)
        return True
    path = _path(store, table, row)
    kept = {"texts": dict(texts), "at": clock.now().isoformat(timespec="minutes")}
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_file(path, json.dumps(kept, ensure_ascii=False).encode(), replace=path.exists())
    except (OSError, Problem):
        return False
    return True


def kept(store: str, table: str, row: str) -> Draft | None:
    """What was typed about a row and never saved; None when there is nothing that can be read."""
    try:
        with open(_path(store, table, row), "rb") as file:
            found = json.loads(file.read(_LARGEST))
        return Draft({str(name): str(text) for name, text in found["texts"].items()}, str(found["at"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def drop(store: str, table: str, row: str) -> None:
    """Forget it: saved, or dropped on purpose."""
    try:
        os.unlink(_path(store, table, row))
    except OSError:
        return
