"""What a person is left with when the program breaks: a usable terminal, one sentence, a log without their words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = ("-c", "import sys; from erptui.cli import main; sys.exit(main())")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store in which something impossible stands, beside words that belong to a client."""
    path = tmp_path / "store.db"
    arguments = ("new", "--store", str(path), "--name", "SECRET", "--code", "HX26", "--start", "2026-03-02")
    for verb in (("init", str(path)), arguments):
        subprocess.run([sys.executable, *PROGRAM, *verb], check=True, capture_output=True, timeout=60)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE work_package SET name = 'SECRET', status = 'impossible' WHERE code = 'A1.1'")
    connection.close()
    return path


def test_a_crash_leaves_one_sentence_and_a_log_without_what_people_typed(terminal, store, tmp_path):
    state = tmp_path / "state"
    shown = terminal(*PROGRAM, "--store", str(store), ERPTUI_ME="Anna", XDG_STATE_HOME=str(state))
    shown.shows("? Help")
    shown.send("2\r")
    shown.shows("erptui.log")
    shown.quiet()
    # The screen of the program is left behind, and the cursor is back.
    left = shown.raw[shown.raw.rindex(b"\x1b[?1049l") :]
    assert len(left.strip().splitlines()) <= 2, left
    assert b"Traceback" not in left
    assert b"SECRET" not in left
    assert shown.raw.rindex(b"\x1b[?25h") > 0
    (log,) = state.rglob("erptui.log")
    written = log.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "SECRET" not in written
    assert "impossible" not in written
    # The next start does not go there again.
    assert not list(state.rglob("places/*.json"))
