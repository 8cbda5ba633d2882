"""A backup is put in the place of a store in one move, and what stood there is kept."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db import backup as backup_module
from db.backup import SameFile, backup
from db.checks import check
from db.errors import Problem, Refused
from db.migrations import VERSION
from db.models import Client
from db.opening import NewerStore, NotAStore
from db.restore import restore
from db.store import Store


def add_client(store: Store, name: str = "华信") -> None:
    with store.edit("Add client") as edit:
        edit.create(Client, name=name)


def clients(path: Path, clock: Callable[[], datetime]) -> list[str]:
    with Store(path, who="Bo", now=clock) as store:
        return sorted(name for (name,) in store.rows("SELECT name FROM client"))


@pytest.fixture
def saved(path: Path, clock: Callable[[], datetime]) -> Path:
    """A backup with one client; the store has got another one since."""
    target = path.with_name("backup.db")
    with Store(path, who="Anna", now=clock) as store:
        add_client(store, "first")
        backup(path, target)
        add_client(store, "second")
    return target


def files(folder: Path) -> set[str]:
    return {name for name in os.listdir(folder) if not name.endswith("-journal")}


def test_the_store_is_the_backup_and_what_it_was_is_kept(
    path: Path, saved: Path, clock: Callable[[], datetime]
) -> None:
    before = path.read_bytes()
    restored = restore(saved, path, clock())
    assert restored.kept == path.with_name("erptui-before-2026-11-24.db")
    assert restored.kept.read_bytes() == before
    assert (restored.copied.rows, restored.copied.steps) == (1, 1)
    assert clients(path, clock) == ["first"]
    assert check(path) == []
    assert check(restored.kept) == []
    assert files(path.parent) == {"erptui.db", "backup.db", restored.kept.name}


def test_what_was_kept_can_be_restored_again_and_nothing_is_overwritten(
    path: Path, saved: Path, clock: Callable[[], datetime]
) -> None:
    first = restore(saved, path, clock()).kept
    assert first is not None
    again = restore(first, path, clock())
    assert again.kept == path.with_name("erptui-before-2026-11-24-2.db")
    assert clients(path, clock) == ["first", "second"]
    assert clients(first, clock) == ["first", "second"]


def test_a_store_that_is_gone_is_there_again(path: Path, saved: Path, clock: Callable[[], datetime]) -> None:
    path.unlink()
    assert restore(saved, path, clock()).kept is None
    assert clients(path, clock) == ["first"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def overwritten(path: Path) -> None:
    path.write_bytes(b"Dear customer, " * 100)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def spoilt(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[120:] = b"\xff" * (len(whole) - 120)
    path.write_bytes(whole)


@pytest.mark.parametrize("damage", [overwritten, cut_off, spoilt])
def test_a_damaged_store_is_replaced_and_kept_as_it_is(
    path: Path, saved: Path, clock: Callable[[], datetime], damage: Callable[[Path], None]
) -> None:
    damage(path)
    before = path.read_bytes()
    kept = restore(saved, path, clock()).kept
    assert kept is not None
    assert kept.read_bytes() == before
    assert clients(path, clock) == ["first"]


def test_a_store_of_a_newer_version_is_replaced_too(path: Path, saved: Path, clock: Callable[[], datetime]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")
    restore(saved, path, clock())
    assert clients(path, clock) == ["first"]


def test_a_backup_of_an_older_version_is_upgraded_when_the_store_is_opened(
    path: Path, clock: Callable[[], datetime], written_at_1: Callable[[Path], Path]
) -> None:
    restore(written_at_1(path.with_name("old.db")), path, clock())
    with Store(path, who="Anna", now=clock) as store:
        assert store.upgraded is not None
        assert store.rows("SELECT code FROM engagement") == [("HX26",)]
    assert check(path) == []


def test_a_restored_store_counts_its_steps_as_another_copy(
    path: Path, saved: Path, clock: Callable[[], datetime]
) -> None:
    kept = restore(saved, path, clock()).kept
    assert kept is not None
    with Store(path, who="Anna", now=clock) as store, Store(kept, who="Anna", now=clock) as before:
        assert store.meta("store") == before.meta("store")
        assert store.meta("replica") != before.meta("replica")
        add_client(store)
        assert store.undo().label == "Add client"
    assert check(path) == []


def test_a_shared_store_stays_shared(path: Path, saved: Path, clock: Callable[[], datetime]) -> None:
    path.chmod(0o660)
    restore(saved, path, clock())
    assert stat.S_IMODE(path.stat().st_mode) == 0o660


# Somebody else is there


def test_whoever_has_the_store_open_is_told_and_writes_nothing(
    path: Path, saved: Path, clock: Callable[[], datetime]
) -> None:
    with Store(path, who="Li", now=clock) as open_since_before:
        kept = restore(saved, path, clock()).kept
        assert kept is not None
        before = kept.read_bytes()
        with pytest.raises(Refused, match="replaced"):
            add_client(open_since_before)
        assert kept.read_bytes() == before
    assert clients(path, clock) == ["first"]


def test_somebody_who_is_writing_is_not_cut_off(
    path: Path, saved: Path, clock: Callable[[], datetime], colleague: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module, "_PATIENCE", 0.1)
    before = path.stat().st_ino
    colleague.do("store._connection.execute('BEGIN IMMEDIATE')")
    with pytest.raises(Refused, match="Nothing was changed; try again"):
        restore(saved, path, clock())
    assert path.stat().st_ino == before
    assert files(path.parent) == {"erptui.db", "backup.db"}
    colleague.do("store._connection.execute('ROLLBACK')")
    restore(saved, path, clock())
    assert clients(path, clock) == ["first"]


def test_who_leaves_a_replaced_store_takes_no_journal_of_the_new_one_away(
    path: Path, saved: Path, clock: Callable[[], datetime], colleague: Any
) -> None:
    restore(saved, path, clock())
    colleague.do("store.rows('SELECT count(*) FROM client')")
    journal = path.with_name("erptui.db-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO client VALUES ('00000000-0000-4000-8000-000000000099', 'third')")
        assert journal.exists()
        colleague.do("store.rows('SELECT count(*) FROM client')")
        colleague.do("store.close()")
        assert journal.exists()
        other.execute("ROLLBACK")


# It is refused


def text(source: Path) -> None:
    source.write_text("Dear customer")


def damaged(source: Path) -> None:
    whole = bytearray(source.read_bytes())
    whole[-8192:] = b"\xff" * 8192
    source.write_bytes(whole)


def newer(source: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")


def hostile(source: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM person; END")


@pytest.mark.parametrize(
    ("spoil", "kind", "why"),
    [
        (text, NotAStore, "not a SQLite file"),
        (damaged, Refused, r"backup.db is damaged: "),
        (newer, NewerStore, "newer erptui"),
        (hostile, NotAStore, "not those of erptui"),
        (Path.unlink, Problem, r"no file .*backup.db. Nothing was restored"),
    ],
)
def test_a_backup_that_is_none_is_refused_and_the_store_stays(
    path: Path, saved: Path, clock: Callable[[], datetime], spoil: Callable[[Path], None], kind: type, why: str
) -> None:
    spoil(saved)
    before, there = path.read_bytes(), files(path.parent)
    with pytest.raises(kind, match=why):
        restore(saved, path, clock())
    assert path.read_bytes() == before
    assert files(path.parent) == there


def test_a_store_is_not_restored_from_itself(path: Path, clock: Callable[[], datetime]) -> None:
    link = path.with_name("link.db")
    link.symlink_to(path)
    for source in (path, link):
        with pytest.raises(SameFile, match="backup first"):
            restore(source, path, clock())


def test_a_folder_is_no_store(path: Path, saved: Path, tmp_path: Path, clock: Callable[[], datetime]) -> None:
    with pytest.raises(Refused, match="not a file"):
        restore(saved, tmp_path, clock())
    with pytest.raises(Refused, match="Nothing was restored"):
        restore(saved, tmp_path / "none" / "erptui.db", clock())


def test_the_unfinished_journal_of_a_lost_store_is_not_applied_to_the_backup(
    path: Path, saved: Path, clock: Callable[[], datetime]
) -> None:
    path.unlink()
    path.with_name("erptui.db-journal").write_bytes(b"half a step")
    with pytest.raises(Refused, match="unfinished step"):
        restore(saved, path, clock())
    assert files(path.parent) == {"backup.db"}


LIMITED = """
import resource, sys
from datetime import datetime, timezone
from pathlib import Path
from db.errors import Problem
from db.restore import restore
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
try:
    restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime(2026, 11, 24, tzinfo=timezone.utc))
except Problem as refusal:
    print(refusal.exit_code, refusal)
"""


def test_a_backup_that_does_not_fit_on_the_disk_leaves_the_store(path: Path, saved: Path) -> None:
    before = path.read_bytes()
    ended = subprocess.run([sys.executable, "-c", LIMITED, saved, path], capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("3 The copy could not be written")
    assert path.read_bytes() == before
    assert files(path.parent) == {"erptui.db", "backup.db"}


def test_where_no_second_name_can_be_given_the_store_is_kept_as_a_copy(
    path: Path, saved: Path, clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("no links here")

    before = path.read_bytes()
    monkeypatch.setattr(os, "link", no_links)
    kept = restore(saved, path, clock()).kept
    assert kept is not None
    assert kept.read_bytes() == before
    assert clients(path, clock) == ["first"]
