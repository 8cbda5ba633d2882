"""The runner of the benchmarks works. What it measures is asserted nowhere: a test with a clock fails by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import fill, people
from benchmarks.imports import ImportRounds
from benchmarks.peer import Peer
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


BOARD = """#!{python}
import os, pathlib, sqlite3, sys
path = pathlib.Path(os.environ["XDG_DATA_HOME"], "kanban_tui", "kanban_tui.db")
if "--version" in sys.argv:
    print("kanban-tui, version 1.2")
elif "board" in sys.argv:
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as store:
        store.execute("CREATE TABLE columns (column_id, position)")
        store.executemany("INSERT INTO columns VALUES (?, ?)", [(7, 3), (5, 1), (6, 2), (8, 4)])
        store.execute("CREATE TABLE tasks (title, column, description, creation_date, position)")
else:
    for row in sqlite3.connect(path).execute("SELECT column, title FROM tasks WHERE position = 0"):
        print(*row)
    sys.stdin.read()
"""


def run(tmp_path: Path, *arguments: str) -> tuple[int, dict]:
    found = tmp_path / "figures.json"
    small = ["--packages", "160", "--people", "600", "--rows", "150"]
    command = [sys.executable, "-m", "benchmarks", *small, "--folder", str(tmp_path), "--json", str(found)]
    done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.exists(), done.stderr
    return done.returncode, json.loads(found.read_text(encoding="utf-8"))


@pytest.fixture
def talker():
    environ = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    with PseudoTerminal([sys.executable, "-c", TALKER], folder=ROOT, environ=environ) as terminal:
        terminal.shows("ready")
        yield terminal


def test_the_runner_measures_commands_says_whether_promises_are_kept_and_leaves_nothing_behind(
    tmp_path,
):
    code, told = run(tmp_path, "--only", "commands", "--rounds", "1")
    names = [figure["name"] for figure in told["figures"]]
    assert [name for name in names if name.startswith("list tasks")] == [
        "list tasks --json, one",
        "list tasks --json, many",
    ]
    assert any(name.startswith("open an engagement of") for name in names)
    assert {"import csv, 150 people (google)", "import csv, 150 people (staff)"} <= set(names)
    assert code == (0 if told["kept"] else 1)
    assert [path.name for path in tmp_path.iterdir()] == ["figures.json"]


@pytest.mark.long
def test_the_runner_walks_the_screens_in_a_pseudo_terminal(tmp_path):
    _code, told = run(tmp_path, "--only", "screens", "--starts", "1", "--walks", "1", "--keys", "3", "--idle", "0.5")
    names = {figure["name"] for figure in told["figures"]}
    assert {"first true screen, one", "a key on the board, many", "idling", "undo it"} <= names


@pytest.mark.long
def test_the_runner_walks_and_filters_the_register(tmp_path):
    _code, told = run(tmp_path, "--only", "register", "--starts", "1", "--walks", "1")
    names = {figure["name"] for figure in told["figures"]}
    assert {"a key in the register", "a key that scrolls the register", "a letter of the filter"} <= names


def test_without_a_peer_the_runner_says_how_to_name_one(tmp_path):
    command = [sys.executable, "-m", "benchmarks", "--only", "peer", "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "--peer" in done.stdout


def test_a_peer_gets_its_cards_in_three_columns_and_is_started_with_settings_of_its_own(tmp_path):
    program = tmp_path / "kanban-tui"
    program.write_text(BOARD.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    peer = Peer(program, tmp_path)
    assert peer.name == "kanban-tui 1.2"
    peer.fill(7)
    with peer.started(7) as (terminal, took):
        assert took > 0
        assert terminal.text.split() == ["5", "Package", "00000", "6", "Package", "00001", "7", "Package", "00002"]
        assert terminal.peak_memory > 1 << 20


@pytest.mark.parametrize("kind", people.FILES)
def test_everybody_in_a_file_is_taken(tmp_path, kind):
    importing = ImportRounds(tmp_path, kind, 40)
    taken = importing.time()
    # Every fourth has a second number.
    assert importing.row_count == 40 + 10
    assert min(taken) > 0


def test_a_store_is_filled_with_people_of_whom_every_third_was_touched(tmp_path):
    people.fill_people(tmp_path / "people.db", 30)
    with Store(tmp_path / "people.db", who="x", now=lambda: fill.NOW) as store:
        assert store.rows("SELECT count(*) FROM person") == [(30,)]
        assert store.rows("SELECT count(DISTINCT person_id) FROM touch_person") == [(10,)]
        assert not store.rows("PRAGMA foreign_key_check")


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
