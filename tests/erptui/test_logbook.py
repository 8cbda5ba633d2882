"""The log of failures."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from erptui.logbook import LARGEST, log_path, note_crash


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("ERPTUI_NOW", "2026-11-24T09:30:00+08:00")
    return tmp_path


def failure(secret: str) -> Exception:
    try:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise RuntimeError(f"lost {secret}") from error
    except RuntimeError as error:
        return error


def test_the_log_says_what_kind_of_failure_and_where_but_not_a_word_of_the_client():
    path = note_crash(failure("Wang Lei resists"))
    assert path == log_path()
    text = path.read_text()
    assert "Wang" not in text
    assert "builtins.KeyError" in text
    assert "builtins.RuntimeError" in text
    assert text.index("KeyError") < text.index("RuntimeError")
    assert "test_logbook.py" in text
    assert ":failure" in text
    assert text.startswith("2026-11-24T09:30:00+08:00 erptui ")


def test_only_its_owner_reads_the_log_also_when_it_was_open_before():
    log_path().parent.mkdir()
    log_path().touch(0o644)
    note_crash(failure("x"))
    assert stat.S_IMODE(log_path().stat().st_mode) == 0o600


def test_a_full_log_is_put_aside_and_the_oldest_goes(state):
    folder = state / "erptui"
    folder.mkdir()
    for name in ("erptui.log.1", "erptui.log.2", "erptui.log.3"):
        (folder / name).write_text(name)
    log_path().write_bytes(b"x" * LARGEST)
    note_crash(failure("x"))
    assert (folder / "erptui.log.1").stat().st_size == LARGEST
    assert (folder / "erptui.log.2").read_text() == "erptui.log.1"
    assert (folder / "erptui.log.3").read_text() == "erptui.log.2"
    assert sorted(path.name for path in folder.iterdir()) == [
        "erptui.log", "erptui.log.1", "erptui.log.2", "erptui.log.3",
    ]  # fmt: skip


def test_a_log_that_can_not_be_written_is_no_second_failure(state):
    (state / "erptui").write_text("a file in the way")
    assert note_crash(failure("x")) is None


def test_a_link_in_the_place_of_the_log_is_not_followed(state):
    (state / "erptui").mkdir()
    (state / "elsewhere").write_text("mine")
    log_path().symlink_to(state / "elsewhere")
    assert note_crash(failure("x")) is None
    assert (state / "elsewhere").read_text() == "mine"


def test_a_failure_that_names_itself_as_its_cause_ends():
    error = failure("x")
    error.__cause__.__context__ = error
    assert note_crash(error) is not None
