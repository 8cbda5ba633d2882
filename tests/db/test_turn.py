"""Whoever has to wait for a store is told for whom, and nothing of that stays beside it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.errors import Busy
from db.models import Client
from db.store import Store
from db.turn import SILENT

BEGIN = "step = store.edit('Import people'); edit = step.__enter__(); edit.create(Client, name='华信')"


def add_client(store: Store, name: str = "Huaxin") -> None:
    with store.edit("Add client") as edit:
        edit.create(Client, name=name)


def test_who_makes_a_step_is_named_to_whoever_has_to_wait(open_as: Callable[..., Store], colleague: Any) -> None:
    store = open_as("Anna", wait=0.05)
    colleague.do(BEGIN)
    with pytest.raises(Busy, match=r"^Li is at work in /.*/erptui\.db\. Nothing was changed; try again") as refused:
        add_client(store)
    assert refused.value.who == "Li"
    assert refused.value.exit_code == 3
    colleague.do("step.__exit__(None, None, None)")
    add_client(store)
    assert store.rows("SELECT name FROM client ORDER BY name") == [("Huaxin",), ("华信",)]


def test_nothing_stays_beside_the_store_when_a_step_is_made_or_has_failed(
    open_as: Callable[..., Store], path: Path
) -> None:
    store = open_as("Anna")
    with store.edit("Add client"):
        assert path.with_name(".erptui.db.writer").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ZeroDivisionError), store.edit("Add client"):
        raise ZeroDivisionError
    store.close()
    assert [file.name for file in path.parent.iterdir()] == ["erptui.db"]


def test_members_of_the_group_can_read_who_writes_in_a_store_they_share(
    open_as: Callable[..., Store], path: Path
) -> None:
    path.chmod(0o660)
    with open_as("Anna").edit("Add client"):
        assert path.with_name(".erptui.db.writer").stat().st_mode & 0o777 == 0o660


def test_another_program_that_holds_the_store_is_named_by_its_user_and_number(
    open_as: Callable[..., Store], path: Path
) -> None:
    # What a killed erptui has left names nobody.
    path.with_name(".erptui.db.writer").write_text("1\nnowhere\nBo\n")
    store = open_as("Anna", wait=0)
    holds = f"import sqlite3, sys; c = sqlite3.connect({str(path)!r}); c.execute('BEGIN IMMEDIATE'); print(flush=True)"
    other = subprocess.Popen(
        [sys.executable, "-c", f"{holds}; sys.stdin.readline()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(Busy) as refused:
            add_client(store)
        assert refused.value.who.endswith(f" (PID {other.pid})")
    finally:
        other.communicate(b"\n")


def test_a_reader_who_does_not_let_go_is_waited_for_too(open_as: Callable[..., Store], path: Path) -> None:
    store = open_as("Anna", wait=0)
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM client").fetchall()
        with pytest.raises(Busy):
            add_client(store)
    add_client(store)
    assert store.rows("SELECT name FROM client") == [("Huaxin",)]


def test_after_a_second_of_waiting_it_is_told_for_whom_and_may_be_given_up(
    open_as: Callable[..., Store], colleague: Any
) -> None:
    told = []

    def give_up(busy: Busy, rest: float) -> None:
        told.append((busy.who, rest))
        raise KeyboardInterrupt

    store = open_as("Anna", wait=SILENT + 60)
    store.on_busy = give_up
    colleague.do(BEGIN)
    with pytest.raises(KeyboardInterrupt):
        add_client(store)
    assert told == [("Li", 60)]
    colleague.do("step.__exit__(None, None, None)")
    add_client(store)
