"""A form left by a lost line or a killed program: what was typed stands again in the form of the same row."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = ("-c", "import sys; from erptui.cli import main; sys.exit(main())")
PATIENCE = 15.0


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A store with an engagement and one person."""
    path = tmp_path / "store.db"
    engagement = ("new", "--store", str(path), "--name", "Huaxin", "--code", "HX26", "--start", "2026-03-02")
    touch = ("touch", "Zhao Min", "tel first call", "--store", str(path), "--new", "--as", "Anna")
    for verb in (("init", str(path)), engagement, touch):
        subprocess.run([sys.executable, *PROGRAM, *verb], check=True, capture_output=True, timeout=60)
    return path


@pytest.fixture
def program(terminal, people, tmp_path):
    """Start the program on that store: `program()`."""
    state = str(tmp_path / "state")

    def start():
        return terminal(*PROGRAM, "--store", str(people), ERPTUI_ME="Anna", XDG_STATE_HOME=state)

    return start


def drafts(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "state").rglob("drafts/*.json"))


def wait_for_draft(tmp_path: Path, text: str) -> float:
    """Wait until a draft holds the text; gives the seconds that took."""
    begun = time.monotonic()
    while not any(text in file.read_text(encoding="utf-8") for file in drafts(tmp_path)):
        assert time.monotonic() < begun + PATIENCE, "no draft was kept"
        time.sleep(0.01)
    return time.monotonic() - begun


def wait_for_place(tmp_path: Path, form: str) -> None:
    """Wait until it is on disk that one is in such a form."""
    end = time.monotonic() + PATIENCE
    folder = tmp_path / "state" / "erptui" / "places"
    while True:
        places = [json.loads(file.read_text("utf-8"))["places"] for file in folder.glob("*.json")]
        if any(place[0]["form"][:1] == [form] for place in places):
            return
        assert time.monotonic() < end, "where one is was not kept"
        time.sleep(0.01)


def form_of_zhao(shown) -> None:
    """Open the form of the person, unless it stands there again."""
    shown.shows(" Help")
    if "Former posts" in shown.text:
        return
    shown.send("4")
    shown.shows("Zhao Min")
    shown.send("e")
    shown.shows("Former posts")


def test_what_was_typed_is_on_disk_within_a_second_and_comes_back_after_a_kill(program, tmp_path):
    shown = program()
    form_of_zhao(shown)
    shown.send(" of Huaxin")
    assert wait_for_draft(tmp_path, "of Huaxin") < 1.0
    wait_for_place(tmp_path, "person")
    os.kill(shown.pid, signal.SIGKILL)
    (draft,) = drafts(tmp_path)
    assert draft.stat().st_mode & 0o077 == 0
    again = program()
    again.shows("Zhao Min of Huaxin")
    again.shows("Back again")
    again.send("\x1bOQ")
    again.shows("saved")
    assert drafts(tmp_path) == []


def test_what_is_typed_without_a_pause_is_kept_meanwhile(program, tmp_path):
    shown = program()
    form_of_zhao(shown)
    end = time.monotonic() + PATIENCE
    while not drafts(tmp_path):
        assert time.monotonic() < end, "no draft was kept while keys came"
        os.write(shown.fd, b"x")
        shown.read(0.05)


def test_a_lost_line_keeps_what_was_typed_a_moment_before(program, tmp_path):
    shown = program()
    form_of_zhao(shown)
    os.write(shown.fd, b" Huaxin")
    shown.shows("Zhao Min Huaxin")
    os.kill(shown.pid, signal.SIGHUP)
    wait_for_draft(tmp_path, "Zhao Min Huaxin")
    wait_for_end(shown.pid)
    again = program()
    again.shows("Zhao Min Huaxin")
    again.shows("Back again")


def wait_for_end(process: int) -> float:
    """Wait until a process is gone; gives the seconds that took."""
    begun = time.monotonic()
    while True:
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                break
        except OSError:
            break
        assert time.monotonic() < begun + PATIENCE, "the program lives on without a line"
        time.sleep(0.01)
    return time.monotonic() - begun


def test_f2_with_an_error_loses_nothing_and_a_kill_after_it_neither(program, tmp_path):
    shown = program()
    form_of_zhao(shown)
    shown.send("\x1b[B" * 6)
    shown.send("xyz")
    shown.send("\x1bOQ")
    shown.shows("is none of these")
    wait_for_draft(tmp_path, "xyz")
    os.kill(shown.pid, signal.SIGKILL)
    again = program()
    form_of_zhao(again)
    again.shows("xyz")


@pytest.mark.parametrize("leaving", ["\x1b", "\x1b[21~"], ids=["esc", "F10"])
def test_leaving_twice_drops_what_was_typed_and_once_does_not(program, tmp_path, leaving):
    shown = program()
    form_of_zhao(shown)
    shown.send(" Huaxin")
    wait_for_draft(tmp_path, "Huaxin")
    shown.send(leaving)
    shown.shows("Not saved yet")
    assert drafts(tmp_path)
    shown.send(leaving)
    shown.quiet(0.5)
    assert drafts(tmp_path) == []
    assert "Former posts" not in shown.text
