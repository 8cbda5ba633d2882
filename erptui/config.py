"""The settings of a user: `config.json`, read at every start, written when something is asked once for good.

A file that can't be read costs its settings, never the start. What other versions keep in it stays in it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.errors import Problem
from db.labels import N_
from db.text import clean_line
from erptui.folders import settings_folder
from erptui.i18n import LANGUAGES

CALENDARS = ("cn", "weekdays")
_LARGEST = 1 << 20


class BadSettings(Problem):
    """The settings can't be used."""

    sentence = N_("{path} can't be read: {why} The usual settings are used; correct the file or delete it.")


class BadSetting(BadSettings):
    """One setting can't be used."""

    sentence = N_("{path}: “{name}” is “{value}”, it can be {choices}. It is ignored.")


@dataclass
class Settings:
    """What the user chose; None where nothing was. `remarks` are what was wrong with the file."""

    path: Path
    me: str | None = None
    language: str | None = None
    calendar: str | None = None
    ascii: bool | None = None
    mouse: bool | None = None
    remarks: list[Problem] = field(default_factory=list)


_CHOICES: dict[str, tuple[object, ...]] = {
    "language": LANGUAGES,
    "calendar": CALENDARS,
    "ascii": (True, False),
    "mouse": (True, False),
}


def settings_path() -> Path:
    """The file of the settings."""
    return settings_folder() / "config.json"


def load_settings(path: Path | None = None) -> Settings:
    """The settings in the file, or the usual ones with the remarks why. Never raises."""
    settings = Settings(path or settings_path())
    try:
        kept = _read(settings.path)
    except BadSettings as problem:
        settings.remarks.append(problem)
        return settings
    for name, choices in _CHOICES.items():
        value = kept.get(name)
        # 1 == True: only the very kind counts.
        if value is None or any(value == choice and type(value) is type(choice) for choice in choices):
            setattr(settings, name, value)
        else:
            shown = ", ".join(json.dumps(choice) for choice in choices)
            settings.remarks.append(
                BadSetting(path=settings.path, name=name, value=clean_line(str(value))[:40], choices=shown)
            )
    me = kept.get("me")
    if me is None or (isinstance(me, str) and 0 < len(clean_line(me)) <= 120):
        settings.me = me and clean_line(me)
    else:
        settings.remarks.append(
            BadSetting(path=settings.path, name="me", value=clean_line(str(me))[:40], choices=N_("a name"))
        )
    return settings


def save_settings(settings: Settings, **chosen: object) -> None:
    """Change the named settings in the file and in `settings`; others, also unknown ones, stay as they are.

    A file that could not be read is put aside as `config.json.broken`. Raises `FileRefused`.
    """
    from erptui.files import FileRefused, write_file

    path = settings.path
    try:
        kept = _read(path)
    except BadSettings:
        kept = {}
        try:
            os.replace(path, path.with_name(path.name + ".broken"))
        except OSError as error:
            raise FileRefused(path=path, why=f"{error.strerror}.") from None
    for name, value in chosen.items():
        setattr(settings, name, value)
        kept[name] = value
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FileRefused(path=path, why=f"{error.strerror}.") from None
    content = json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    write_file(path, content.encode(), replace=True)


def _read(path: Path) -> dict[str, Any]:
    """What is in the file; nothing where there is none. Raises `BadSettings`."""
    try:
        with open(path, "rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise BadSettings(path=path, why=N_("It is too large."))
        kept = json.loads(content.decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadSettings(path=path, why=f"{error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadSettings(path=path, why=N_("It is not UTF-8.")) from None
    except json.JSONDecodeError as error:
        raise BadSettings(path=path, why=N_("Line {line} is not JSON."), line=error.lineno) from None
    except RecursionError:
        raise BadSettings(path=path, why=N_("It is not JSON.")) from None
    if not isinstance(kept, dict):
        raise BadSettings(path=path, why=N_("It must be one JSON object."))
    return kept
