"""Imports run one way, and each contract that says so is broken by the import it is there to stop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def lint_imports(folder: Path, contract: str) -> tuple[int, str]:
    """The verdict of import-linter on the project in `folder`, and what it said."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache", "--contract", contract], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def plant(module: Path, line: str) -> None:
    """Add an import to a module."""
    module.write_text(f"{module.read_text('utf-8')}\n{line}\n", "utf-8")


@pytest.mark.parametrize("contract", ["arrows", "planning", "textual"])
def test_the_contract_holds(root: Path, contract: str):
    code, said = lint_imports(root, contract)
    assert code == 0, said
    assert "1 kept, 0 broken" in said


@pytest.mark.parametrize(
    ("contract", "module", "line", "complaint"),
    [
        ("arrows", "db/labels.py", "import erptui.clock", "db is not allowed to import erptui"),
        ("arrows", "db/labels.py", "import screens.text", "db is not allowed to import screens"),
        ("arrows", "erptui/clock.py", "import screens.text", "erptui is not allowed to import screens"),
        ("arrows", "erptui/cli/undo.py", "from screens import app", "erptui is not allowed to import screens"),
        ("planning", "erptui/planning/network.py", "import db.store", "erptui.planning is not allowed to import db"),
        (
            "planning",
            "erptui/planning/network.py",
            "import screens",
            "erptui.planning is not allowed to import screens",
        ),
        ("textual", "erptui/clock.py", "import textual", "erptui is not allowed to import textual"),
        ("textual", "db/labels.py", "from textual.app import App", "db is not allowed to import textual"),
    ],
)
def test_a_bad_import_breaks_the_contract(copy: Path, contract: str, module: str, line: str, complaint: str):
    plant(copy / module, line)
    code, said = lint_imports(copy, contract)
    assert code != 0
    assert complaint in said


def test_planning_may_import_none_of_its_neighbours(copy: Path):
    found = [file.stem for file in (copy / "erptui").glob("*.py")] + [
        file.parent.name for file in (copy / "erptui").glob("*/__init__.py")
    ]
    neighbours = sorted(set(found) - {"__init__", "planning"})
    assert {"clock", "entry", "method", "registers"} <= set(neighbours)
    plant(copy / "erptui/planning/network.py", "\n".join(f"import erptui.{name}" for name in neighbours))
    _code, said = lint_imports(copy, "planning")
    for name in neighbours:
        assert f"erptui.planning is not allowed to import erptui.{name}:" in said
