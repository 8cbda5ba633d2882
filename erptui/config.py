"""The settings of a user: `config.json`, read at every start, written when something is chosen for good.

A file that can't be read costs its settings, never the start; one wrong entry costs that entry. What other versions
keep in it stays in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.errors import Problem
from db.labels import N_
from db.text import clean_line
from erptui.folders import settings_folder
from erptui.i18n import LANGUAGES

VERSION = 1
"""Of the file: a later one may hold what this program does not know."""
CALENDARS = ("cn", "weekdays")
THEMES = ("ink", "paper", "terminal")
LONGEST_NAME = 120
_LARGEST = 1 << 20


class BadSettings(Problem):
    """The settings can't be used."""

    sentence = N_("{path} can't be read: {why} The usual settings are used; correct the file or delete it.")


class BadSetting(BadSettings):
    """One setting can't be used."""

    sentence = N_("{path}: “{name}” is “{value}”, it can be {choices}. It is ignored.")


class NewerSettings(BadSettings):
    """The file was written by a later version."""

    sentence = N_("{path} is of a newer erptui (version {version}). What this one does not know is left as it is.")


class PutAside(BadSettings):
    """The file could not be used and was written anew."""

    sentence = N_("{path} was written anew. As it stood before it is kept in {aside}.")


@dataclass
class Settings:
    """What the user chose; None where nothing was. `remarks` are what was wrong with the file.

    `keys` are the user's own keys by the id of an action, as they stand in the file: whether there is such an action
    and such a key, and whether they clash, the screens know.
    """

    path: Path
    me: str | None = None
    language: str | None = None
    calendar: str | None = None
    ascii: bool | None = None
    mouse: bool | None = None
    theme: str | None = None
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: list[Problem] = field(default_factory=list)


_CHOICES: dict[str, tuple[object, ...]] = {
    "language": LANGUAGES,
    "calendar": CALENDARS,
    "ascii": (True, False),
    "mouse": (True, False),
    "theme": THEMES,
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
    version = kept.get("version")
    if type(version) is int and version > VERSION:
        settings.remarks.append(NewerSettings(path=settings.path, version=version))
    for name, choices in _CHOICES.items():
        value = kept.get(name)
        # 1 == True: only the very kind counts.
        if value is None or any(value == choice and type(value) is type(choice) for choice in choices):
            setattr(settings, name, value)
        else:
            settings.remarks.append(_bad(settings, name, value, ", ".join(json.dumps(choice) for choice in choices)))
    me = kept.get("me")
    if me is None or (isinstance(me, str) and 0 < len(clean_line(me)) <= LONGEST_NAME):
        settings.me = me and clean_line(me)
    else:
        settings.remarks.append(_bad(settings, "me", me, N_("a name")))
    _take_keys(settings, kept.get("keys"))
    return settings


def _take_keys(settings: Settings, keys: object) -> None:
    if keys is None:
        return
    if not isinstance(keys, dict):
        settings.remarks.append(_bad(settings, "keys", keys, N_("lists of keys by action")))
        return
    for action, own in keys.items():
        listed = [own] if isinstance(own, str) else own
        if isinstance(listed, list) and all(isinstance(key, str) for key in listed):
            settings.keys[action] = tuple(listed)
        else:
            settings.remarks.append(_bad(settings, f"keys: {clean_line(action)[:40]}", own, N_("a list of keys")))


def _bad(settings: Settings, name: str, value: object, choices: str) -> BadSetting:
    return BadSetting(path=settings.path, name=name, value=clean_line(str(value))[:40], choices=choices)


def save_settings(settings: Settings, **chosen: object) -> None:
    """Change the named settings in the file and in `settings`; others, also unknown ones, stay as they are.

    None takes a setting back to the usual. A file that could not be read is put aside as `config.json.broken`. Raises
    `FileRefused`.
    """
    kept = _kept(settings)
    for name, value in chosen.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = value
    _write(settings.path, kept)
    _corrected(settings, *chosen)
    for name, value in chosen.items():
        setattr(settings, name, value)


def save_keys(settings: Settings, action: str, keys: Sequence[str] | None) -> None:
    """Keep the user's own keys of an action in the file and in `settings`; None takes them back to the usual ones.

    Those of other actions stay, also those that could not be used. Raises `FileRefused`.
    """
    kept = _kept(settings)
    own = kept.get("keys")
    if not isinstance(own, dict):
        if own is not None:
            _put_aside(settings)
        own = {}
    own.pop(action, None)
    if keys is not None:
        own[action] = list(keys)
    kept.pop("keys", None)
    if own:
        kept["keys"] = own
    _write(settings.path, kept)
    _corrected(settings, "keys", f"keys: {action}")
    settings.keys.pop(action, None)
    if keys is not None:
        settings.keys[action] = tuple(keys)


def _kept(settings: Settings) -> dict[str, Any]:
    """What is in the file now, which another window may have written since; a broken one is put aside."""
    try:
        return _read(settings.path)
    except BadSettings:
        _put_aside(settings)
        return {}


def _put_aside(settings: Settings) -> None:
    from erptui.files import FileRefused

    path = settings.path
    aside = path.with_name(path.name + ".broken")
    try:
        os.replace(path, aside)
    except OSError as error:
        raise FileRefused(path=path, why=f"{error.strerror}.") from None
    # What was wrong with it is wrong no more; where it lies now must be known.
    settings.remarks = [remark for remark in settings.remarks if type(remark) is not BadSettings]
    settings.remarks.append(PutAside(path=path, aside=aside))


def _corrected(settings: Settings, *names: str) -> None:
    """What was chosen anew is wrong no more."""
    settings.remarks = [remark for remark in settings.remarks if remark.gaps.get("name") not in names]


def _write(path: Path, kept: Mapping[str, Any]) -> None:
    from erptui.files import FileRefused, write_file

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FileRefused(path=path, why=f"{error.strerror}.") from None
    version = kept.get("version")
    marked = {**kept, "version": version if type(version) is int and version > VERSION else VERSION}
    content = json.dumps(marked, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
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
