"""The runner of the benchmarks works. What it measures is asserted nowhere: a test with a clock fails by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import fill
from benchmarks.pseudo_terminal import NeverShown, PseudoTerminal
from benchmarks.report import Figure, Report
from db.store import Store

ROOT = Path(__file__).resolve().parents[2]
TALKER = """
import sys, tty
tty.setcbreak(0)
print("ready\\x1b[?25l\\x1b[>1u", flush=True)
while (key := sys.stdin.read(1)) != "q":
    print(key * 3, end="", flush=True)
"""


def run(tmp_path: Path, *arguments: str) -> tuple[int, dict]:
    found = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", "--packages", "160", "--folder", str(tmp_path), "--json", str(found)]
    done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.exists(), done.stderr
    return done.returncode, json.loads(found.read_text(encoding="utf-8"))


@pytest.fixture
def talker():
    environ = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    with PseudoTerminal([sys.executable, "-c", TALKER], folder=ROOT, environ=environ) as terminal:
        terminal.shows("ready")
        yield terminal


def test_the_runner_measures_listing_and_opening_says_whether_promises_are_kept_and_leaves_nothing_behind(tmp_path):
    code, told = run(tmp_path, "--only", "commands", "--rounds", "1")
    names = [figure["name"] for figure in told["figures"]]
    assert [name for name in names if name.startswith("list tasks")] == [
        "list tasks --json, one",
        "list tasks --json, many",
    ]
    assert any(name.startswith("open an engagement of") for name in names)
    assert code == (0 if told["kept"] else 1)
    assert [path.name for path in tmp_path.iterdir()] == ["figures.json"]


@pytest.mark.long
def test_the_runner_walks_the_screens_in_a_pseudo_terminal(tmp_path):
    _code, told = run(tmp_path, "--only", "screens", "--starts", "1", "--walks", "1", "--keys", "3", "--idle", "0.5")
    names = {figure["name"] for figure in told["figures"]}
    assert {"first true screen, one", "a key on the board, many", "idling", "undo it"} <= names


@pytest.mark.parametrize(("kind", "packages", "engagements"), [("one", 200, 1), ("many", 300, 2)])
def test_a_store_is_filled_with_the_packages_asked_for_in_whole_engagements(tmp_path, kind, packages, engagements):
    path = tmp_path / "filled.db"
    fill.FILL[kind](path, 200)
    with Store(path, who="x", now=lambda: fill.NOW) as store:
        found = store.rows("SELECT count(*), count(DISTINCT engagement_id) FROM work_package")
        assert found == [(packages, engagements)]
        assert not store.rows("PRAGMA foreign_key_check")


def test_a_ratio_above_its_promise_breaks_it():
    slow = Figure("slow", "ms", [30.0, 21.0], [10.0, 12.0], at_most=2)
    assert slow.ratio == 2.1
    assert not Report([slow]).kept
    assert "**BROKEN**" in Report([slow]).table()


def test_a_value_without_a_floor_is_held_to_its_promise_itself():
    assert Figure("idling", "bytes", [0], at_most=0).kept
    assert not Figure("idling", "bytes", [3], at_most=0).kept


def test_what_is_only_told_breaks_nothing():
    assert Report([Figure("undo", "ms", [1e6])]).kept


def test_the_answer_to_a_key_is_counted_in_bytes(talker):
    answer = talker.press("x")
    assert answer is not None
    assert answer.size == 3
    assert "xxx" in talker.text


def test_a_private_sequence_is_not_taken_for_text(talker):
    assert talker.text.split() == ["ready"]


def test_a_program_that_ends_without_showing_its_screen_is_told_with_what_it_said():
    environ = {"PATH": os.environ["PATH"], "TERM": "xterm", "LANG": "C.UTF-8"}
    with (
        PseudoTerminal([sys.executable, "-c", "print('no such store')"], folder=ROOT, environ=environ) as terminal,
        pytest.raises(NeverShown, match="no such store"),
    ):
        terminal.shows("ready")
