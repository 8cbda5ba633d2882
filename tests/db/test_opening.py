"""A file is looked at before it is trusted: whatever is not a store is refused in words and left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from db import opening
from db.errors import Refused
from db.migrations import VERSION
from db.models import Client
from db.opening import NewerStore, NotAStore, StoreExists, StoreMissing
from db.store import Store


def altered(path: Path, *statements: str) -> Path:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def foreign(path: Path) -> Path:
    return altered(path.with_name("foreign.db"), "CREATE TABLE t (a)")


def text_file(path: Path) -> Path:
    path.write_text("Dear customer, " * 20)
    return path


def empty_file(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def folder(path: Path) -> Path:
    return path.parent


def fifo(path: Path) -> Path:
    os.mkfifo(path.with_name("fifo"))
    return path.with_name("fifo")


def header_only(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:100])
    return path


NOT_STORES: list[tuple[Callable[[Path], Path], str]] = [
    (empty_file, "It is empty"),
    (text_file, "not a SQLite file"),
    (folder, "not a file"),
    (fifo, "not a file"),
    (foreign, "of another program"),
    (lambda path: altered(path, "CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM person; END"), "tables"),
    (lambda path: altered(path, "CREATE VIEW v AS SELECT * FROM client"), "tables"),
    (lambda path: altered(path, "DROP TABLE deliverable"), "tables"),
    (lambda path: altered(path, "ALTER TABLE client ADD COLUMN phone TEXT"), "tables"),
]


@pytest.mark.parametrize(("spoilt", "why"), NOT_STORES)
def test_what_is_not_a_store_is_refused_and_left_as_it_was(
    path: Path, clock: Callable[[], datetime], spoilt: Callable[[Path], Path], why: str
) -> None:
    file = spoilt(path)
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(NotAStore, match=why) as refusal:
        Store(file, who="Anna", now=clock)
    assert str(file) in str(refusal.value)
    assert before is None or file.read_bytes() == before


def test_a_hostile_trigger_that_calls_itself_sqlites_own_is_found(path: Path, clock: Callable[[], datetime]) -> None:
    altered(
        path,
        "CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM person; END",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET name = 'sqlite_spy', sql = replace(sql, 'spy', 'sqlite_spy') WHERE name = 'spy'",
    )
    with pytest.raises(NotAStore, match="tables"):
        Store(path, who="Anna", now=clock)


def test_a_missing_store_is_not_made(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    with pytest.raises(StoreMissing, match="erptui init"):
        Store(tmp_path / "none.db", who="Anna", now=clock)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_store_says_which_version_wrote_it(path: Path, clock: Callable[[], datetime]) -> None:
    altered(path, f"PRAGMA user_version={VERSION + 3}")
    with pytest.raises(NewerStore, match=f"{VERSION + 3}.*{VERSION}") as refusal:
        Store(path, who="Anna", now=clock)
    assert refusal.value.exit_code == 3


@pytest.mark.parametrize("kept", [0.1, 0.5])
def test_a_store_that_was_cut_off_is_called_damaged(path: Path, clock: Callable[[], datetime], kept: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(Refused, match=r"damaged.*erptui check"):
        Store(path, who="Anna", now=clock)


def test_a_link_leads_to_the_store_it_names(path: Path, tmp_path: Path, clock: Callable[[], datetime]) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    with Store(link, who="Anna", now=clock) as store, store.edit("Add client") as edit:
        assert store.path == path
        edit.create(Client, name="华信")
    assert os.listdir(link.parent) == ["link.db"]


def test_a_store_opened_for_reading_is_read_and_not_written(path: Path, clock: Callable[[], datetime]) -> None:
    before = path.read_bytes()
    with Store(path, who="Anna", now=clock, read_only=True) as store:
        assert store.rows("SELECT count(*) FROM client") == [(0,)]
        with pytest.raises(Refused, match="read-only"), store.edit("Add client"):
            pass
        with pytest.raises(Refused, match="read-only"):
            store.undo()
    assert path.read_bytes() == before


def said_by_somebody_without_rights(work: Callable[[], str]) -> str:
    """What `work` answers in a process that is not root's, whom no file mode stops."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            os.write(writing, work().encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


def test_a_file_one_may_not_write_is_opened_for_reading(path: Path, clock: Callable[[], datetime]) -> None:
    def work() -> str:
        with Store(file, who="Bo", now=clock) as store:
            try:
                with store.edit("Add client"):
                    pass
            except Refused as refusal:
                return f"{store.read_only} {store.rows('SELECT count(*) FROM client')} {refusal}"
        return "written"

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = Path(shutil.copy(path, folder / "erptui.db"))
        file.chmod(0o444)
        folder.chmod(0o755)
        said = said_by_somebody_without_rights(work)
    assert said == f"True [(0,)] You have no right to change {file}. Nothing was changed. Ask its owner."


def test_a_new_store_is_readable_by_its_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        opening.create(tmp_path / "new" / "erptui.db")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "erptui.db").stat().st_mode) == 0o600
    assert os.listdir(tmp_path / "new") == ["erptui.db"]


def test_a_group_store_is_writable_by_its_group_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        opening.create(tmp_path / "erptui.db", mode=0o660)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "erptui.db").stat().st_mode) == 0o660


def test_a_new_store_does_not_take_the_place_of_anything(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreExists, match="already there"):
        opening.create(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == [path.name]


def test_a_new_store_is_not_made_beside_the_journal_of_a_lost_one(tmp_path: Path) -> None:
    (tmp_path / "erptui.db-journal").write_bytes(b"half a step")
    with pytest.raises(Refused, match="unfinished step"):
        opening.create(tmp_path / "erptui.db")
    assert os.listdir(tmp_path) == ["erptui.db-journal"]


def test_where_no_store_can_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="can't be made"):
        opening.create(tmp_path / "file" / "erptui.db")


def test_a_closed_store_is_one_file(path: Path, clock: Callable[[], datetime], tmp_path: Path) -> None:
    with Store(path, who="Anna", now=clock) as store:
        with store.edit("Add client") as edit:
            edit.create(Client, name="华信")
        assert store.rows("PRAGMA journal_mode") == [("truncate",)]
    assert os.listdir(tmp_path) == [path.name]


def test_the_pragmas_of_a_connection_are_those_of_the_design(path: Path, clock: Callable[[], datetime]) -> None:
    wanted = {"foreign_keys": 1, "synchronous": 2, "trusted_schema": 0, "cache_spill": 0, "recursive_triggers": 0}
    with Store(path, who="Anna", now=clock) as store:
        assert {name: store.rows(f"PRAGMA {name}")[0][0] for name in wanted} == wanted


def test_a_store_after_a_crash_opens_with_the_half_step_taken_back(path: Path, clock: Callable[[], datetime]) -> None:
    with Store(path, who="Anna", now=clock) as store, store.edit("Add client") as edit:
        edit.create(Client, name="华信")
    crashing = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN IMMEDIATE');"
        "[c.execute('INSERT INTO client VALUES (?, ?)', (str(i), 'x' * 900)) for i in range(900)]; os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", crashing, path], check=False)
    assert path.with_name(path.name + "-journal").stat().st_size > 0
    with Store(path, who="Anna", now=clock) as store:
        assert store.rows("SELECT name FROM client") == [("华信",)]


def test_opening_a_second_store_in_the_process_does_not_drop_the_lock_of_the_first(
    path: Path, clock: Callable[[], datetime]
) -> None:
    writing = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE')"
    )
    with Store(path, who="Anna", now=clock) as first, first.edit("Add client") as edit:
        edit.create(Client, name="华信")
        Store(path, who="Bo", now=clock).close()
        with pytest.raises(NotAStore):
            opening.check_header(path.parent)
        opening.check_header(path)
        other = subprocess.run([sys.executable, "-c", writing, path], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr


def test_a_copy_of_a_closed_store_opens(path: Path, clock: Callable[[], datetime], tmp_path: Path) -> None:
    with Store(path, who="Anna", now=clock) as store, store.edit("Add client") as edit:
        edit.create(Client, name="华信")
    shutil.copy(path, tmp_path / "copy.db")
    with Store(tmp_path / "copy.db", who="Anna", now=clock) as store:
        assert store.rows("SELECT name FROM client") == [("华信",)]
