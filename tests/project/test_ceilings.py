"""Modules, classes and functions stay small enough to be read: 400, 250 and 50 lines, tests aside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

MODULE, CLASS, FUNCTION = 400, 250, 50


def too_long(source: str) -> Iterator[str]:
    """What of a module is over its ceiling, named with its size."""
    if (lines := len(source.splitlines())) > MODULE:
        yield f"module: {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > (CLASS if isinstance(node, ast.ClassDef) else FUNCTION):
                yield f"{node.name}: {lines} lines"


def test_nothing_is_over_its_ceiling(root: Path, tracked: list[Path]):
    modules = [file for file in tracked if file.suffix == ".py" and root / "tests" not in file.parents]
    found = [f"{file.relative_to(root)} {what}" for file in modules for what in too_long(file.read_text("utf-8"))]
    assert root / "db" / "store.py" in modules
    assert found == []


def test_one_line_more_than_the_ceiling_is_found():
    assert list(too_long("x = 1\n" * 400)) == []
    assert list(too_long("x = 1\n" * 401)) == ["module: 401 lines"]
    assert list(too_long("def f():\n" + "    x = 1\n" * 49)) == []
    assert list(too_long("def f():\n" + "    x = 1\n" * 50)) == ["f: 51 lines"]
    assert list(too_long("class C:\n" + "    x = 1\n" * 250)) == ["C: 251 lines"]
    assert list(too_long("class C:\n    async def f(self):\n" + "        x = 1\n" * 50)) == ["f: 51 lines"]
