"""When the file can't be written, nothing is changed, the reason is said, and work goes on afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import opening
from db.checks import check
from db.errors import Refused
from db.migrations import VERSION
from db.models import Client, Engagement, WorkPackage
from db.same_file import Gone, Replaced
from db.store import Store


def add_client(store: Store, name: str = "华信") -> None:
    with store.edit("Add client") as edit:
        edit.create(Client, name=name)


def test_a_locked_store_is_refused_within_the_wait_and_written_afterwards(
    open_as: Callable[..., Store], colleague: Any
) -> None:
    store = open_as("Anna", wait=0.2)
    colleague.do("store._connection.execute('BEGIN IMMEDIATE')")
    began = time.monotonic()
    with pytest.raises(Refused, match=r"Nothing was changed; try again"):
        add_client(store)
    assert 0.15 < time.monotonic() - began < 2
    assert store.rows("SELECT count(*) FROM client") == [(0,)]
    colleague.do("store._connection.execute('ROLLBACK')")
    add_client(store)
    assert store.rows("SELECT count(*) FROM client") == [(1,)]


def test_a_reader_who_does_not_let_go_refuses_the_saving_and_the_step_is_taken_back(
    open_as: Callable[..., Store], colleague: Any, engagement: Engagement
) -> None:
    store = open_as("Anna", wait=0.1)
    mine = store.get(Engagement, engagement.id)
    colleague.do("store._connection.execute('BEGIN'); store._connection.execute('SELECT * FROM client').fetchall()")
    with pytest.raises(Refused, match="Nothing was changed; try again"), store.edit("Rename") as edit:
        edit.update(mine, name="New")
    assert mine.name == "华信 ERP"
    colleague.do("store._connection.execute('ROLLBACK')")
    with store.edit("Rename") as edit:
        edit.update(mine, name="New")
    assert store.get(Engagement, engagement.id).name == "New"


def test_reading_a_store_that_is_being_saved_is_refused_in_words(open_as: Callable[..., Store], colleague: Any) -> None:
    store = open_as("Anna", wait=0)
    colleague.do("store._connection.execute('BEGIN EXCLUSIVE')")
    for read in (
        lambda: store.rows("SELECT count(*) FROM client"),
        lambda: store.get(Client, "x"),
        store.undoable,
        store.history,
        lambda: Store(store.path, who="Bo", now=store._now, wait=0),
    ):
        with pytest.raises(Refused, match="Nothing was changed; try again"):
            read()
    colleague.do("store._connection.execute('ROLLBACK')")


@pytest.mark.parametrize("how", ["deleted", "replaced", "moved"])
def test_a_file_that_is_gone_or_another_while_it_is_open_is_not_written(
    store: Store, engagement: Engagement, path: Path, empty_store: Path, how: str
) -> None:
    if how == "deleted":
        path.unlink()
    elif how == "moved":
        path.rename(path.with_name("moved.db"))
    else:
        os.replace(shutil.copy(empty_store, path.with_name("new.db")), path)
    with pytest.raises(Refused, match=r"(moved or deleted|replaced) while it was open"):
        add_client(store)
    with pytest.raises(Refused, match=r"(moved or deleted|replaced) while it was open"):
        store.undo()
    if how == "replaced":
        assert path.read_bytes() == empty_store.read_bytes()


def test_a_backup_copied_over_an_open_file_is_seen_and_not_written(
    store: Store, engagement: Engagement, path: Path, colleague: Any
) -> None:
    backup = path.read_bytes()
    colleague.do("with store.edit('Add client') as edit: edit.create(Client, name='Li')")
    store.poll()
    path.write_bytes(backup)
    with pytest.raises(Replaced):
        store.poll()
    with pytest.raises(Replaced):
        add_client(store)
    assert path.read_bytes() == backup


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_a_file_that_is_gone_or_another_is_seen_at_the_next_look(
    store: Store, path: Path, empty_store: Path, how: str
) -> None:
    if how == "deleted":
        path.unlink()
    else:
        os.replace(shutil.copy(empty_store, path.with_name("new.db")), path)
    for look in (store.poll, store.snapshot):
        with pytest.raises(Gone if how == "deleted" else Replaced):
            look()
    assert store.rows("SELECT count(*) FROM client") == [(0,)]


def test_a_file_replaced_while_its_lock_is_waited_for_is_not_written(
    open_as: Callable[..., Store], colleague: Any, path: Path, empty_store: Path
) -> None:
    store = open_as("Anna", wait=10)
    colleague.do("store._connection.execute('BEGIN IMMEDIATE')")
    os.replace(shutil.copy(empty_store, path.with_name("new.db")), path)
    released = threading.Timer(0.1, lambda: colleague.do("store._connection.execute('ROLLBACK')"))
    released.start()
    with pytest.raises(Refused, match=r"(moved or deleted|replaced) while it was open"):
        add_client(store)
    released.join()
    assert path.read_bytes() == empty_store.read_bytes()


def test_a_store_that_a_newer_version_has_taken_over_is_not_written(store: Store, colleague: Any) -> None:
    colleague.do(f"store._connection.execute('PRAGMA user_version={VERSION + 1}')")
    with pytest.raises(Refused, match="newer erptui has taken over"):
        add_client(store)


FILLS_THE_DISK = """
import resource, sys
from datetime import datetime, timezone
from db.errors import Problem
from db.models import Client
from db.store import Store
store = Store(sys.argv[1], who="Anna", now=lambda: datetime.now(timezone.utc))
size = store.path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 200_000, resource.RLIM_INFINITY))
saved = 0
try:
    while True:
        with store.edit("Add clients") as edit:
            edit.create_many(Client, [{"name": "x" * 200}] * 40)
        saved += 40
except Problem as refusal:
    print(type(refusal).__name__, refusal)
print(saved, store.rows("SELECT count(*) FROM client"), store.rows("PRAGMA integrity_check"))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with store.edit("Add client") as edit:
    edit.create(Client, name="There is room again")
print(store.rows("SELECT count(*) FROM client")[0][0] - saved)
"""


def test_a_full_disk_is_said_and_leaves_what_was_saved_before(path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", FILLS_THE_DISK, path], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert answer[0].startswith("Refused The disk ")
    saved = int(answer[1].split()[0])
    assert saved > 0
    assert answer[1] == f"{saved} [({saved},)] [('ok',)]"
    assert answer[2] == "1"
    assert check(path) == []


def test_a_file_that_can_not_grow_is_said_and_written_again_when_it_can(store: Store) -> None:
    store._connection.execute("PRAGMA max_page_count=1")
    with pytest.raises(Refused, match=r"The disk is full. Nothing was changed.*Make room"), store.edit("Add") as edit:
        edit.create_many(Client, [{"name": "x" * 200}] * 400)
    assert store.rows("SELECT count(*) FROM client") == [(0,)]
    store._connection.execute("PRAGMA max_page_count=1000000")
    add_client(store)


WRITES = """
import sys
from datetime import datetime, timezone
from db.models import WorkPackage
from db.store import Store
store = Store(sys.argv[1], who=sys.argv[2], now=lambda: datetime.now(timezone.utc), wait=20)
row = store.rows("SELECT id FROM work_package")[0][0]
for _ in range(40):
    with store.edit("Count") as edit:
        package = store.get(WorkPackage, row)
        edit.update(package, duration=package.duration + 1)
"""


def test_two_processes_that_count_up_lose_no_count(store: Store, package: WorkPackage) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITES, store.path, who]) for who in ("Bo", "Li")]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert store.get(WorkPackage, package.id).duration == 960 + 80
    assert check(store.path) == []


def test_a_damaged_store_says_so_when_it_is_read(store: Store, engagement: Engagement, path: Path) -> None:
    store.close()
    whole = bytearray(path.read_bytes())
    whole[8192:] = b"\xff" * (len(whole) - 8192)
    path.write_bytes(whole)
    with pytest.raises(Refused, match=r"damaged.*erptui check"), Store(path, who="Anna", now=store._now) as damaged:
        damaged.rows("SELECT * FROM engagement")
    with pytest.raises(Refused, match=r"damaged.*erptui check"), Store(path, who="Anna", now=store._now) as damaged:
        damaged.get(Engagement, engagement.id)


def test_another_thread_is_told_that_the_store_is_not_its_own(store: Store) -> None:
    said: list[BaseException] = []

    def writes() -> None:
        try:
            add_client(store)
        except Exception as mistake:
            said.append(mistake)

    thread = threading.Thread(target=writes)
    thread.start()
    thread.join()
    assert "thread" in str(said[0])
    assert "damaged" not in str(said[0])
    add_client(store)


def test_a_thread_with_a_store_of_its_own_writes(store: Store, path: Path) -> None:
    def writes() -> None:
        with Store(path, who="Bo", now=store._now) as own:
            add_client(own)

    thread = threading.Thread(target=writes)
    thread.start()
    thread.join()
    add_client(store)
    assert store.rows("SELECT count(*) FROM client") == [(2,)]


def test_the_copy_number_of_a_store_is_not_made_up(store: Store, path: Path) -> None:
    store._connection.execute("DELETE FROM meta WHERE name = 'replica'")
    with pytest.raises(Refused, match="lost its replica"):
        add_client(store)
    assert opening.check_header(path) == VERSION
