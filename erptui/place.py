"""Where somebody was in a store when the program ended: engagement, screen, row. One small file a store and user.

What can't be read is as if it were not there: a place may be lost, a start must not be.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.errors import Problem
from erptui.folders import state_folder

VERSION = 1
_LARGEST = 1 << 18
MOST_PLACES, MOST_FOUND = 9, 12
"""Places and finds of the palette that are remembered."""


@dataclass(frozen=True)
class Place:
    """An engagement (its id, empty for none), a view of a room, and `at` what its screen finds its row by.

    `opened` is the same of a `screen` on top of it, such as the card `of` a phase and activity; empty without one.
    `form` are table, id and name of the row whose form lies above it all.
    """

    engagement: str
    room: str
    view: str
    at: Mapping[str, str] = field(default_factory=dict)
    opened: Mapping[str, str] = field(default_factory=dict)
    form: tuple[str, ...] = ()

    def is_on(self, other: Place) -> bool:
        """Whether it is the same screen, in whatever row."""
        mine, others = (
            (place.engagement, place.room, place.view, place.opened.get("screen"), place.opened.get("of"))
            for place in (self, other)
        )
        return mine == others


@dataclass(frozen=True)
class Kept:
    """What is kept: the places, the one of last first; the view of each room; what was found by typing last.

    `day` is the ISO day of the start before.
    """

    places: tuple[Place, ...] = ()
    views: Mapping[str, str] = field(default_factory=dict)
    found: tuple[tuple[str, str], ...] = ()
    day: str = ""


def _path(store: str) -> Path:
    # Where two are named alike the file says whose it is: a digest that is no such chance takes longer to load.
    return state_folder() / "places" / f"{zlib.crc32(os.fsencode(store)):08x}.json"


def keep(store: str, kept: Kept) -> bool:
    """Keep where somebody is in the store at this path; whether the disk took it."""
    from erptui.files import write_file

    path = _path(store)
    written = {
        "version": VERSION,
        "store": store,
        "day": kept.day,
        "places": [vars(place) for place in kept.places[:MOST_PLACES]],
        "views": kept.views,
        "found": kept.found[:MOST_FOUND],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_file(path, json.dumps(written, ensure_ascii=False, default=dict).encode(), replace=path.exists())
    except (OSError, Problem):
        return False
    return True


def kept(store: str) -> Kept | None:
    """Where somebody was last in the store at this path; None where nothing is kept that can be read."""
    try:
        with open(_path(store), "rb") as file:
            found = json.loads(file.read(_LARGEST))
        if (found["version"], found["store"]) != (VERSION, store):
            return None
        return Kept(
            tuple(_place(place) for place in found["places"][:MOST_PLACES]),
            _texts(found["views"]),
            tuple((str(kind), str(row)) for kind, row in found["found"][:MOST_FOUND]),
            str(found["day"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _place(found: Mapping[str, Any]) -> Place:
    engagement, room, view = (str(found[name]) for name in ("engagement", "room", "view"))
    form = tuple(str(part) for part in found["form"])
    return Place(engagement, room, view, _texts(found["at"]), _texts(found["opened"]), form)


def _texts(found: Mapping[Any, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()}


def line_in(at: Mapping[str, str]) -> int:
    """The number of the line that is nearest where the row itself is gone."""
    line = at.get("line", "")
    return int(line) if line.isascii() and line.isdecimal() and len(line) < 9 else 0


def forget(store: str) -> None:
    """Let the next start begin at the beginning, such as after a failure that may lie in the place itself."""
    try:
        os.unlink(_path(store))
    except OSError:
        return
