"""The command line answers at once: what only some verbs need is imported by those verbs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Loaded = Callable[..., set[str]]
RUN = """
import sys
from erptui.cli import main
code = main(sys.argv[1:])
print("LOADED", code, *{name.partition(".")[0] for name in sys.modules})
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demo portfolio."""
    from erptui.cli import main

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    assert main(["init", str(path), "--demo"]) == 0
    return path


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    """The top-level packages that a call of the command line has imported when it ends."""

    def call(*arguments: str) -> set[str]:
        home = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state"}
        surroundings = os.environ | {name: str(tmp_path / folder) for name, folder in home.items()}
        done = subprocess.run(
            [sys.executable, "-c", RUN, *arguments], env=surroundings, capture_output=True, text=True, check=True
        )
        code, *names = done.stdout.rpartition("LOADED")[2].split()
        assert code == "0", done.stderr
        return set(names)

    return call


def test_help_loads_no_screens(loaded: Loaded):
    assert not loaded("--help") & {"textual", "screens", "peewee", "openpyxl", "icalendar", "pypinyin"}


@pytest.mark.parametrize("register", ["tasks", "milestones", "gates"])
def test_a_list_loads_no_screens(loaded: Loaded, demo: Path, register: str):
    names = loaded("list", register, "--store", str(demo), "--json")
    assert "db" in names
    assert not names & {"textual", "screens", "openpyxl", "icalendar", "pypinyin"}


def test_a_calendar_export_loads_no_screens(loaded: Loaded, demo: Path, tmp_path: Path):
    target = tmp_path / "all.ics"
    names = loaded("export", "ics", "--store", str(demo), "--audience", "internal", "-o", str(target))
    assert target.exists()
    assert "icalendar" in names
    assert not names & {"textual", "screens", "openpyxl", "pypinyin"}


def test_opening_an_engagement_loads_no_screens(loaded: Loaded):
    names = loaded("new", "--name", "Huaxin", "--code", "HX26", "--start", "2026-11-24")
    assert not names & {"textual", "screens", "openpyxl", "icalendar", "pypinyin"}
