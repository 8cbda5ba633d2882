"""A backup is the store at one moment, whole, mine alone, and never in the place of something I did not name."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.backup import Copied, SameFile, backup
from db.checks import check
from db.errors import Problem, Refused
from db.models import Client, Engagement
from db.opening import NotAStore, StoreExists, StoreMissing
from db.store import Store


def add_client(store: Store) -> None:
    with store.edit("Add client") as edit:
        edit.create(Client, name="华信")


def left(folder: Path) -> set[str]:
    return {name for name in os.listdir(folder) if not name.endswith("-journal")}


def test_a_backup_holds_all_rows_and_all_history(
    store: Store, engagement: Engagement, path: Path, tmp_path: Path, clock: Any, tables_of: Callable[[Store], Any]
) -> None:
    target = tmp_path / "backup.db"
    assert backup(path, target) == Copied(target, target.stat().st_size, rows=3, steps=1)
    assert check(target) == []
    with Store(target, who="Anna", now=clock) as copy:
        assert tables_of(copy) == tables_of(store)
        copy.undo()


def test_a_backup_is_readable_by_its_owner_only_and_leaves_nothing_else(path: Path, tmp_path: Path) -> None:
    path.chmod(0o660)
    (tmp_path / "copies").mkdir()
    old = os.umask(0)
    try:
        backup(path, tmp_path / "copies" / "backup.db")
    finally:
        os.umask(old)
    assert os.listdir(tmp_path / "copies") == ["backup.db"]
    assert stat.S_IMODE((tmp_path / "copies" / "backup.db").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == [path.name, "copies"] or left(tmp_path) == {path.name, "copies"}


def test_what_is_there_is_replaced_only_by_force(store: Store, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_text("Dear customer")
    with pytest.raises(StoreExists, match="already there"):
        backup(path, target)
    assert target.read_text() == "Dear customer"
    backup(path, target, force=True)
    assert check(target) == []


@pytest.mark.parametrize("name", ["erptui.db", "link.db", "hard.db", "../{folder}/erptui.db"])
def test_a_store_is_not_copied_onto_itself(path: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "link.db").symlink_to(path)
    os.link(path, tmp_path / "hard.db")
    before = path.read_bytes()
    with pytest.raises(SameFile, match="the store itself"):
        backup(path, tmp_path / name.format(folder=tmp_path.name), force=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("target", ["missing/backup.db", ".", "erptui.db/backup.db"])
def test_where_a_copy_cant_be_put_is_said(path: Path, tmp_path: Path, target: str) -> None:
    with pytest.raises(Refused) as refusal:
        backup(path, tmp_path / target)
    assert str(tmp_path) in str(refusal.value)
    assert left(tmp_path) == {path.name}


def test_what_is_not_a_store_is_not_copied(tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    with pytest.raises(StoreMissing):
        backup(tmp_path / "none.db", target)
    (tmp_path / "letter.txt").write_text("Dear customer" * 20)
    with pytest.raises(NotAStore):
        backup(tmp_path / "letter.txt", target)
    assert os.listdir(tmp_path) == ["letter.txt"]


def test_a_damaged_store_is_not_copied_and_the_last_copy_stays(
    store: Store, engagement: Engagement, path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "backup.db"
    backup(path, target)
    good = target.read_bytes()
    store.close()
    whole = bytearray(path.read_bytes())
    found = whole.rfind("华信纺织".encode())
    whole[found - 60 : found + 4] = b"\xff" * 64
    path.write_bytes(whole)
    with pytest.raises(Refused, match=r"damaged.*There is no copy"):
        backup(path, target, force=True)
    assert target.read_bytes() == good
    assert left(tmp_path) == {"erptui.db", "backup.db"}


def test_a_copy_is_not_put_beside_the_unfinished_journal_of_another_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "backup.db-journal").write_bytes(b"half a step")
    with pytest.raises(Refused, match="unfinished step"):
        backup(path, tmp_path / "backup.db")
    assert left(tmp_path) == {path.name}


def test_a_restored_store_is_not_written_by_those_who_had_it_open(
    store: Store, path: Path, tmp_path: Path, clock: Any
) -> None:
    backup(path, tmp_path / "backup.db")
    add_client(store)
    backup(tmp_path / "backup.db", path, force=True)
    with pytest.raises(Refused, match="replaced"):
        add_client(store)
    with Store(path, who="Anna", now=clock) as restored:
        assert restored.rows("SELECT count(*) FROM client") == [(0,)]
        add_client(restored)


def test_a_store_is_not_replaced_in_the_middle_of_somebodys_step(
    store: Store, colleague: Any, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import backup as module

    backup(path, tmp_path / "backup.db")
    before = path.stat().st_ino
    colleague.do("store._connection.execute('BEGIN IMMEDIATE')")
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    with pytest.raises(Refused, match="Nothing was changed; try again"):
        backup(tmp_path / "backup.db", path, force=True)
    assert path.stat().st_ino == before


LIMITED = """
import resource, sys
from pathlib import Path
from db.backup import backup
from db.errors import Problem
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
try:
    backup(Path(sys.argv[1]), Path(sys.argv[2]), force=True)
except Problem as refusal:
    print(type(refusal).__name__, refusal)
"""


def test_a_copy_that_does_not_fit_on_the_disk_is_no_copy(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("The last copy")
    answer = subprocess.run(
        [sys.executable, "-c", LIMITED, path, target], capture_output=True, text=True, check=True
    ).stdout
    assert answer.startswith("Refused ")
    assert "could not be written" in answer or "disk" in answer
    assert target.read_text() == "The last copy"
    assert left(tmp_path) == {"erptui.db", "backup.db"}


WRITES = """
import sys
from datetime import datetime, timezone
from db.models import Client, Person
from db.store import Store
store = Store(sys.argv[1], who="Li", now=lambda: datetime.now(timezone.utc), wait=20)
number = 0
while True:
    number += 1
    with store.edit("Add pair") as edit:
        edit.create_many(Client, [{"name": f"C{number} " + "x" * 150}] * 5)
        edit.create_many(Person, [{"name": f"P{number}"}] * 5)
    print(number, flush=True)
"""


def test_every_copy_made_while_somebody_writes_is_consistent(store: Store, path: Path, tmp_path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITES, path], stdout=subprocess.PIPE, text=True)
    try:
        for number in range(8):
            saved = int(writer.stdout.readline())
            target = tmp_path / f"backup{number}.db"
            copied = backup(path, target)
            assert copied.steps >= saved
            assert copied.rows == copied.steps * 10
    finally:
        writer.kill()
        writer.communicate()
    assert check(target) == []


def test_the_refusals_of_a_backup_are_problems_with_a_way_out(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "backup.db")
    for target in ("backup.db", "erptui.db", "none/x.db"):
        with pytest.raises(Problem) as refusal:
            backup(path, tmp_path / target)
        assert refusal.value.exit_code in (2, 3)
        assert "{" not in str(refusal.value)
