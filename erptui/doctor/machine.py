"""Python and SQLite, as far as they are not good enough or have faults that are known."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Collection

from db.labels import N_
from erptui import __version__
from erptui.doctor.finding import Finding, Verdict

OLDEST_PYTHON = (3, 10)
OLDEST_SQLITE = (3, 34)
_NEEDED = {"THREADSAFE=0", "OMIT_FOREIGN_KEY", "OMIT_TRIGGER", "OMIT_VIEW", "OMIT_INTEGRITY_CHECK", "OMIT_CTE"}
"""Compile options of a SQLite that lacks what the store needs."""


def program() -> Finding:
    """Which erptui runs, and from where."""
    place = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    gaps = {"version": __version__, "place": place}
    return Finding("erptui", "erptui", Verdict.FINE, __version__, N_("{version} in {place}"), gaps=gaps)


def python(
    version: tuple[int, ...] = sys.version_info[:3], place: str = sys.executable, *, compiles: bool | None = None
) -> Finding:
    """Which Python runs erptui; `compiles` is whether it may keep compiled modules."""
    gaps = {"version": ".".join(map(str, version)), "place": place, "oldest": ".".join(map(str, OLDEST_PYTHON))}
    verdict, advice, command = Verdict.FINE, "", ""
    if version < OLDEST_PYTHON:
        verdict, command = Verdict.FAULT, "ls /usr/bin/python3.* /usr/local/bin/python3.* /opt/*/bin/python3*"
        advice = N_("erptui needs Python {oldest} or later. Look for another one with:")
    elif not (not sys.dont_write_bytecode if compiles is None else compiles):
        verdict, command = Verdict.REMARK, "unset PYTHONDONTWRITEBYTECODE"
        advice = N_("Python may not keep what it has compiled, so that each start takes about three times as long:")
    return Finding("python", "Python", verdict, gaps["version"], N_("{version}, {place}"), advice, command, gaps)


def sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info, options: Collection[str] | None = None) -> Finding:
    """Which SQLite keeps the store; `options` are those it was compiled with."""
    options = compile_options() if options is None else options
    gaps: dict[str, object] = {
        "version": ".".join(map(str, version)),
        "oldest": ".".join(map(str, OLDEST_SQLITE)),
        "options": ", ".join(sorted(_NEEDED & set(options))),
    }
    said, verdict, advice = N_("{version}"), Verdict.FINE, ""
    if version < OLDEST_SQLITE:
        verdict = Verdict.FAULT
        advice = N_("erptui needs SQLite {oldest} or later. It comes with Python: use a newer one.")
    elif gaps["options"]:
        verdict = Verdict.FAULT
        advice = N_("It was compiled with {options}, so the store isn't safe in it. Use another Python.")
    elif loses_commits_in_wal(version):
        said = N_("{version}; it can lose commits in WAL mode, which erptui does not use")
        advice = N_("Do not switch a store to WAL mode in other programs.")
    return Finding("sqlite", "SQLite", verdict, str(gaps["version"]), said, advice, gaps=gaps)


def loses_commits_in_wal(version: tuple[int, ...]) -> bool:
    """Whether two writers can lose a commit in WAL mode: from 3.7.0 until 3.51.3 (sqlite.org/wal.html#walresetbug)."""
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return version >= (3, 7) and not mended


def compile_options() -> set[str]:
    """What the SQLite of this Python was compiled with."""
    connection = sqlite3.connect(":memory:")
    try:
        return {str(option) for (option,) in connection.execute("PRAGMA compile_options")}
    finally:
        connection.close()
