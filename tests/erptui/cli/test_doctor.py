"""`erptui doctor` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from erptui import cells

TOPICS = {
    *("erptui", "python", "sqlite", "store", "file-system", "room", "store-folder", "settings-folder", "state-folder"),
    *("umask", "locale", "terminal", "colours", "tmux"),
}


@pytest.fixture(autouse=True)
def without_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMOUT", raising=False)


def test_the_doctor_ends_with_0_where_erptui_works(run, store):
    ended = run("doctor", "--store", store)
    assert (ended.code, "erptui works here" in ended.err) == (0, True)
    answer = json.loads(run("doctor", "--store", store, "--json").out)
    assert answer["fit"] is True
    assert {finding["topic"] for finding in answer["findings"]} == TOPICS
    assert all(
        set(finding) == {"topic", "verdict", "value", "said", "advice", "command"} for finding in answer["findings"]
    )


def test_the_doctor_ends_with_1_where_something_keeps_erptui_from_working(run, surroundings: Path):
    Path("notes.txt").write_text("mine")
    ended = run("doctor", "--store", "notes.txt", "--json")
    assert (ended.code, json.loads(ended.out)["fit"]) == (1, False)
    ended = run("doctor", "--store", "notes.txt")
    assert "notes.txt is not an erptui store." in ended.out.partition("fault: Store: ")[2].partition("\n")[0]
    assert "1 fault keeps erptui from working here." in ended.err


def test_the_advice_fits_the_terminal_and_what_to_type_stands_alone(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TMOUT", "300")
    lines = run("doctor", "--store", "none.db").out.splitlines()
    assert "    tmux new -A -s erptui erptui" in lines
    assert "    erptui init none.db" in lines
    advice = [line for line in lines if line.startswith("  ") and not line.startswith("    ")]
    assert advice
    assert max(map(cells.width, advice)) <= 40


def test_a_first_look_makes_no_store_and_no_folder(run, surroundings: Path):
    assert run("doctor").code == 0
    assert list(surroundings.iterdir()) == []
