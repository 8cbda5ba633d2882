"""The clock can be held still, because one module asks for the time and no other does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

OF_DATETIME = {"now", "today", "utcnow"}
OF_TIME = {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"}
IN_SQL = re.compile(
    r"CURRENT_(TIMESTAMP|DATE|TIME)|\b(date|datetime|julianday|strftime|time|unixepoch)\([^)]*'now'", re.I
)


def askings(source: str) -> Iterator[str]:
    """The calls, and the words in SQL, that ask for the present moment."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, name = ast.unparse(node.func.value), node.func.attr
            if (name in OF_DATETIME and owner != "clock") or (owner == "time" and name in OF_TIME):
                yield f"line {node.lineno}: {owner}.{name}()"
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"line {node.lineno}: time.{alias.name}" for alias in node.names if alias.name in OF_TIME)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and IN_SQL.search(node.value):
            yield f"line {node.lineno}: {node.value.strip()[:60]}"


def test_only_the_clock_asks_for_now_or_today(root: Path):
    modules = [file for package in ("db", "erptui", "screens") for file in (root / package).rglob("*.py")]
    found = {str(file.relative_to(root)): list(askings(file.read_text("utf-8"))) for file in modules}
    assert found.pop("erptui/clock.py")
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(timezone.utc)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "time.time()",
        "from time import time",
        "rows('SELECT CURRENT_TIMESTAMP')",
        "rows(\"SELECT datetime('now')\")",
    ],
)
def test_every_way_to_ask_is_found(line: str):
    assert list(askings(line))


def test_asking_the_clock_is_no_offence():
    assert list(askings("clock.now()\nclock.today()\ntime.monotonic()\nself._now()")) == []
