"""Whatever is wrong with the file of a store: the command line says what and what to do, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.migrations import VERSION
from erptui import stores

# Stores that are no good, and what they are made of.


def altered(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def text(path: Path) -> None:
    path.write_text("Dear customer, " * 20)


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def page_lost(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'step'").fetchall()
    with open(path, "r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


def newer(path: Path) -> None:
    altered(path, f"PRAGMA user_version={VERSION + 1}")


def trigger(path: Path) -> None:
    altered(path, "CREATE TRIGGER spy AFTER INSERT ON note BEGIN DELETE FROM person; END")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


REFUSED: list[tuple[Callable[[Path], object], int, str]] = [
    (Path.unlink, 2, "Make one with: erptui init {path}"),
    (text, 2, "{path} is not an erptui store"),
    (lambda path: path.write_bytes(b""), 2, "It is empty"),
    (folder, 2, "It is not a file"),
    (trigger, 2, "Run: erptui check {path}"),
    (newer, 3, "Update erptui"),
    (cut_off, 3, "{path} is damaged: database disk image is malformed. Run: erptui check {path}"),
    (page_lost, 3, "{path} is damaged: database disk image is malformed. Run: erptui check {path}"),
]


@pytest.mark.parametrize("verb", [("note", "a call"), ("history",)])
@pytest.mark.parametrize(("spoil", "code", "said"), REFUSED)
def test_what_is_wrong_with_the_file_and_what_to_do_is_said_and_the_file_stays(run, store, spoil, code, said, verb):
    path = Path(store)
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    ended = run(*verb, "--store", store)
    assert (ended.code, ended.out) == (code, "")
    assert said.format(path=path) in ended.err
    assert before is None or path.read_bytes() == before
    assert [file.name for file in path.parent.glob("s.db-*")] == []


def test_a_link_to_a_store_is_the_store_and_a_broken_one_is_none(run, store, surroundings):
    (surroundings / "link.db").symlink_to(store)
    assert run("note", "a call", "--store", "link.db").code == 0
    assert "Write in notebook" in run("history", "--store", store).out
    Path(store).unlink()
    ended = run("note", "a call", "--store", "link.db")
    assert (ended.code, "There is no store at" in ended.err) == (2, True)
    assert not Path(store).exists()


# Rights


def as_somebody_without_rights(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line as a person whom file modes stop, which they do not stop root."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHTS, *arguments], capture_output=True, text=True, check=False
    )


WITHOUT_RIGHTS = """
import ctypes, os, sys
PR_CAPBSET_DROP = 24
if os.geteuid() == 0:
    # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH are lost with the next program.
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    assert prctl(PR_CAPBSET_DROP, 1, 0, 0, 0) == prctl(PR_CAPBSET_DROP, 2, 0, 0, 0) == 0
program = "import sys; from erptui.cli import main; sys.exit(main())"
os.execv(sys.executable, [sys.executable, "-c", program, *sys.argv[1:]])
"""


@pytest.fixture
def team(store, surroundings) -> Path:
    """A store in a folder of its own."""
    (surroundings / "team").mkdir()
    return Path(shutil.move(store, surroundings / "team" / "s.db"))


@pytest.mark.parametrize(
    ("file", "folder", "code", "read", "said"),
    [
        (0o000, 0o755, 2, 2, "You have no right to read {path}. Ask its owner."),
        (0o444, 0o755, 3, 0, "You have no right to change {path}. Nothing was changed. Ask its owner."),
        (0o600, 0o555, 3, 0, "each step is prepared in its folder, and you have no right to write there."),
        (0o600, 0o000, 2, 2, "You have no right to read {path}. Ask its owner."),
    ],
)
def test_a_file_or_folder_without_the_right_is_said_and_what_can_be_read_is_read(
    team: Path, file: int, folder: int, code: int, read: int, said: str
):
    before = team.read_bytes()
    team.chmod(file)
    team.parent.chmod(folder)
    try:
        wrote = as_somebody_without_rights("note", "a call", "--store", str(team))
        listed = as_somebody_without_rights("list", "tasks", "--store", str(team))
        restored = as_somebody_without_rights("restore", str(team), str(team.with_name("t.db")))
    finally:
        team.parent.chmod(0o755)
        team.chmod(0o600)
    assert (wrote.returncode, listed.returncode) == (code, read), wrote.stderr + listed.stderr
    assert said.format(path=team) in wrote.stderr
    assert "Errno" not in wrote.stderr + listed.stderr + restored.stderr
    assert team.read_bytes() == before


def test_what_a_killed_program_left_half_written_is_taken_back_for_whoever_only_reads(run, team: Path):
    crashing = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN IMMEDIATE');"
        "[c.execute('INSERT INTO client VALUES (?, ?)', (str(i), 'x' * 900)) for i in range(900)]; os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", crashing, team], check=False)
    team.parent.chmod(0o555)
    try:
        refused = as_somebody_without_rights("list", "tasks", "--store", str(team))
    finally:
        team.parent.chmod(0o755)
    assert (refused.returncode, "has to open it once" in refused.stderr) == (3, True), refused.stderr
    assert run("list", "tasks", "--store", str(team)).code == 0
    assert run("check", str(team)).code == 0


# Room

LIMITED = """
import resource, sys
from erptui.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
sys.exit(main())
"""


@pytest.mark.parametrize(
    "verb",
    [
        ("new", "--name", "N", "--code", "N27", "--start", "2026-11-24", "--store", "s.db"),
        ("backup", "s.db", "copy.db"),
        ("restore", "copy.db", "s.db"),
        ("init", "new.db"),
    ],
)
def test_without_room_nothing_is_changed_and_nothing_half_is_left(run, store, surroundings, verb):
    path = Path(store)
    if verb[0] == "restore":
        assert run("backup", store, "copy.db").code == 0
    before, files = path.read_bytes(), {file.name for file in surroundings.iterdir()}
    room = 20_000 if verb[0] == "init" else len(before) - 4096 if verb[0] in ("backup", "restore") else len(before)
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, str(room), *verb], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 3, ended.stderr
    assert "disk" in ended.stderr
    assert path.read_bytes() == before
    assert {file.name for file in surroundings.iterdir()} == files
    assert run("check", store).code == 0


# Place


def test_a_network_folder_without_locks_is_warned_of(run, store, surroundings, monkeypatch):
    mounts = surroundings / "mountinfo"
    mounts.write_text(f"40 27 0:40 / {surroundings} rw - nfs nas:/erp rw,vers=3,nolock\n")
    monkeypatch.setattr("db.mounts.MOUNTINFO", mounts)
    ended = run("note", "a call", "--store", store)
    assert (ended.code, "mounted with nolock: two people would overwrite each other" in ended.err) == (0, True)
    assert "nolock" not in run("list", "tasks", "--store", store).err
    mounts.write_text(f"40 27 0:40 / {surroundings} rw - nfs4 nas:/erp rw,vers=4.2\n")
    assert stores.place_warning(store) is None
