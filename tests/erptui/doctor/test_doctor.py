"""What the doctor says about machines, files and terminals that are not this one."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from db import opening
from db.mounts import Mount
from erptui.doctor import files, machine, terminal
from erptui.doctor.finding import Finding, Verdict

FINE, REMARK, FAULT = Verdict.FINE, Verdict.REMARK, Verdict.FAULT


def advice(finding: Finding) -> str:
    return f"{finding.advised(str)} {finding.typed()}".strip()


@pytest.mark.parametrize(
    ("version", "options", "verdict", "words"),
    [
        ((3, 26, 0), (), FAULT, "3.34 or later"),
        ((3, 34, 1), (), FINE, "WAL"),
        ((3, 44, 5), (), FINE, "WAL"),
        ((3, 44, 6), (), FINE, ""),
        ((3, 51, 2), (), FINE, "WAL"),
        ((3, 51, 3), (), FINE, ""),
        ((3, 45, 0), ("THREADSAFE=0", "ENABLE_FTS5"), FAULT, "THREADSAFE=0"),
    ],
)
def test_a_sqlite_with_known_faults_is_told(version, options, verdict, words):
    found = machine.sqlite(version, options)
    assert found.verdict is verdict
    assert words in advice(found)
    assert bool(words) == bool(advice(found))


def test_a_python_that_compiles_everything_at_each_start_is_told():
    assert machine.python((3, 11, 2), "/usr/bin/python3", compiles=True).verdict is FINE
    assert "unset PYTHONDONTWRITEBYTECODE" in advice(machine.python((3, 11, 2), "/usr/bin/python3", compiles=False))
    assert machine.python((3, 9, 18), "/usr/bin/python3").verdict is FAULT


@pytest.mark.parametrize(
    ("kind", "options", "verdict", "words"),
    [
        ("ext4", "rw", FINE, ""),
        ("nfs4", "rw,vers=4.2", REMARK, "network folder"),
        ("nfs", "rw,nolock", FAULT, "nolock"),
        ("cifs", "rw,nobrl", FAULT, "nobrl"),
        ("tmpfs", "rw", REMARK, "gone when the machine stops"),
        ("ext4", "ro", FAULT, "only be read"),
    ],
)
def test_the_file_system_of_the_store_is_judged(kind, options, verdict, words):
    found = files.file_system(Path("/srv/a.db"), Mount("/srv", kind, frozenset(options.split(","))))
    assert (found.verdict, words in advice(found)) == (verdict, True)


@pytest.mark.parametrize(
    ("environ", "missing", "encoding", "verdict", "words"),
    [
        ({"LANG": "zh_CN.UTF-8"}, False, None, FINE, ""),
        ({"LANG": "en_US.utf8"}, False, None, FINE, ""),
        ({"LANG": "zh_CN.GB18030"}, False, None, REMARK, "GB18030"),
        ({"LANG": "zh_CN"}, False, "GB2312", REMARK, "GB2312"),
        ({"LANG": "zh_CN.UTF-8"}, True, None, REMARK, "locale -a"),
        ({}, False, None, REMARK, "export LANG=C.UTF-8"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False, None, REMARK, "ASCII"),
        ({"LC_CTYPE": "C.UTF-8"}, False, None, REMARK, "ASCII"),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "xx_YY.UTF-8"}, None, None, REMARK, "locale -a"),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C.UTF-8"}, None, None, FINE, ""),
    ],
)
def test_the_locale_is_that_of_the_user_and_not_what_python_makes_of_it(environ, missing, encoding, verdict, words):
    found = terminal.charset(environ, missing=missing, encoding=encoding)
    assert (found.verdict, words in advice(found)) == (verdict, True)


@pytest.mark.parametrize(
    ("environ", "size", "verdict"),
    [
        ({"TERM": "xterm-256color"}, (80, 24), FINE),
        ({"TERM": "vt100"}, (0, 0), FINE),
        ({"TERM": "dumb"}, (80, 24), FAULT),
        ({}, (80, 24), FAULT),
        ({}, None, REMARK),
        ({"TERM": "linux"}, (80, 24), REMARK),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/t"}, (80, 24), REMARK),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/t"}, (80, 24), FINE),
        ({"TERM": "xterm"}, (39, 24), REMARK),
    ],
)
def test_the_terminal_is_judged(environ, size, verdict):
    assert terminal.term(environ, size).verdict is verdict


def test_a_shell_that_ends_by_itself_is_told():
    assert terminal.time_out({}) is None
    assert terminal.time_out({"TMOUT": "0"}) is None
    assert "300" in terminal.time_out({"TMOUT": "300"}).told(str)


@pytest.mark.parametrize(
    ("environ", "installed", "answer", "verdict", "words"),
    [
        ({"TMUX": "/tmp/t"}, True, "500", REMARK, "escape-time 10"),
        ({"TMUX": "/tmp/t"}, True, "10", FINE, ""),
        ({"TMUX": "/tmp/t"}, True, "", FINE, ""),
        ({"SSH_TTY": "/dev/pts/1"}, True, "", REMARK, "tmux new -A -s erptui erptui"),
        ({"SSH_TTY": "/dev/pts/1"}, False, "", REMARK, "has none"),
        ({"SSH_TTY": "/dev/pts/1", "STY": "1.pts"}, True, "", FINE, ""),
        ({}, False, "", FINE, ""),
    ],
)
def test_tmux_is_advised_where_a_line_can_be_lost(environ, installed, answer, verdict, words):
    found = terminal.tmux(environ, lambda command: answer, installed=installed)
    assert (found.verdict, words in advice(found)) == (verdict, True)


@pytest.mark.parametrize("mask", [0o077, 0o022, 0o027, 0o002])
def test_a_usual_umask_is_fine(mask):
    assert files.umask(mask).verdict is FINE


def test_an_umask_that_gives_everything_away_or_nothing_to_its_owner_is_told():
    assert files.umask(0o000).verdict is REMARK
    assert files.umask(0o700).verdict is FAULT


def test_little_room_is_told():
    assert files.room(49, Path("/srv")).verdict is REMARK
    assert files.room(50, Path("/srv")).verdict is FINE


@pytest.fixture
def made(tmp_path: Path) -> Path:
    opening.create(tmp_path / "s.db")
    return tmp_path / "s.db"


def test_a_sound_store_is_fine_and_stays_as_it_is(made: Path):
    before = made.read_bytes()
    assert files.store(made, named=True).verdict is FINE
    assert (made.read_bytes(), os.listdir(made.parent)) == (before, ["s.db"])


def test_a_damaged_page_of_the_store_is_found(made: Path):
    content = bytearray(made.read_bytes())
    content[8 * 4096 : 9 * 4096] = b"\xff" * 4096
    made.write_bytes(content)
    found = files.store(made, named=True)
    assert found.verdict is FAULT
    assert f"erptui check {made}" in advice(found)


def test_a_missing_store_is_a_fault_only_where_it_was_named(tmp_path: Path):
    assert files.store(tmp_path / "a b.db", named=False).verdict is FINE
    found = files.store(tmp_path / "a b.db", named=True)
    assert (found.verdict, found.typed()) == (FAULT, f"erptui init '{tmp_path}/a b.db'")


def test_an_older_store_is_not_upgraded_by_looking_at_it(tmp_path: Path, written_at_1):
    path = written_at_1(tmp_path / "old.db")
    path.chmod(0o600)
    found = files.store(path, named=True)
    assert (found.verdict, found.value) == (REMARK, 1)
    assert os.listdir(tmp_path) == ["old.db"]


def test_a_store_that_everybody_can_open_and_one_that_is_being_written_are_told(made: Path, monkeypatch):
    made.chmod(0o644)
    assert "chmod o= " in advice(files.store(made, named=True))
    monkeypatch.setattr(files, "_PATIENCE", 0.0)
    other = sqlite3.connect(made, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    found = files.store(made, named=True)
    other.close()
    assert (found.verdict, "by somebody else" in found.told(str)) == (REMARK, True)


def test_folders_that_cannot_be_written_say_what_is_lost(tmp_path: Path, monkeypatch):
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, os.devnull + "/home")
    store, settings, drafts = files.folders(Path(os.devnull, "home", "a.db"))
    assert (store.verdict, settings.verdict, drafts.verdict) == (FAULT, REMARK, REMARK)
    assert "export XDG_STATE_HOME=" in advice(drafts)
    assert next(files.folders(tmp_path / "not" / "yet" / "a.db")).verdict is FINE
