"""A process that is killed at any moment loses nothing that it was told is saved, and whoever else writes goes on."""

from __future__ import annotations

import os
import random
import resource
import select
import signal
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from db.checks import check
from db.models import Client, Person
from db.store import Store

LONGEST = 60  # seconds in which a writer must have answered, however busy the machine is


class Writer:
    """A process that adds a client with three persons in each step, undoes every fourth, and answers what is saved."""

    def __init__(self, path: Path, who: str) -> None:
        self.who = who
        self.answers: list[str] = []
        self._pipe, write_end = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            try:
                os.close(self._pipe)
                self._write(path, write_end)
            finally:
                os._exit(1)
        os.close(write_end)

    def _write(self, path: Path, answers: int) -> None:
        store = Store(path, who=self.who, now=lambda: datetime.now(timezone.utc), wait=LONGEST)
        number = 0
        while True:
            number += 1
            # SQLite's lock is not fair: without a breath one of two would wait for seconds.
            select.select([], [], [], 0.01)
            with store.edit("Add", about=str(number)) as edit:
                client = edit.create(Client, name=f"{self.who} {number}")
                edit.create_many(Person, [{"name": f"{self.who} {number}", "note": "x" * 3000}] * 3)
            os.write(answers, f"+{client.id}\n".encode())
            if number % 4 == 0:
                store.undo()
                os.write(answers, f"-{client.id}\n".encode())

    def answer(self, more: int) -> None:
        """Wait for so many answers more."""
        wanted = len(self.answers) + more
        while len(self.answers) < wanted:
            assert select.select([self._pipe], [], [], LONGEST)[0], f"{self.who} is stuck"
            assert self._read(), f"{self.who} has failed"

    def all_so_far(self) -> None:
        """Read what was answered already."""
        while select.select([self._pipe], [], [], 0)[0] and self._read():
            pass

    def _read(self) -> bool:
        # An answer is written in one go, and 4000 bytes hold whole ones only.
        said = os.read(self._pipe, 38 * 100).decode()
        self.answers += said.split()
        return bool(said)

    def kill(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        while self._read():
            pass
        os.close(self._pipe)


def assert_all_there(path: Path, clock: Callable[[], datetime], writer: Writer) -> None:
    """What a killed writer has answered is saved, and no step by half."""
    sql = """SELECT id, (SELECT count(*) FROM person WHERE person.name = client.name) FROM client WHERE name LIKE ?"""
    with Store(path, who="Anna", now=clock, wait=LONGEST) as store:
        found = dict(store.rows(sql, (f"{writer.who} %",)))
    undone = {answer[1:] for answer in writer.answers if answer.startswith("-")}
    added = {answer[1:] for answer in writer.answers if answer.startswith("+")}
    # At most one step was saved whose answer could not be given any more: one more client, or one undone.
    assert len((added - undone) ^ found.keys()) <= 1
    assert not undone & found.keys()
    assert set(found.values()) <= {3}


@pytest.mark.parametrize("rounds", [range(25), pytest.param(range(200), marks=pytest.mark.long)])
def test_of_two_who_write_one_is_killed_and_nothing_is_lost(
    path: Path, clock: Callable[[], datetime], rounds: range
) -> None:
    survivor = Writer(path, "Survivor")
    try:
        for number in rounds:
            moment = random.Random(number)
            killed = Writer(path, f"P{number}")
            killed.answer(moment.randint(1, 3))
            # It goes on meanwhile: the kill falls anywhere in a step.
            select.select([], [], [], moment.uniform(0, 0.01))
            killed.kill()
            survivor.all_so_far()
            survivor.answer(2)
            assert_all_there(path, clock, killed)
    finally:
        survivor.kill()
    assert_all_there(path, clock, survivor)
    assert check(path) == []


def test_a_step_that_is_cut_off_in_the_middle_of_the_file_is_taken_back(
    path: Path, clock: Callable[[], datetime]
) -> None:
    with Store(path, who="Anna", now=clock) as store, store.edit("Add") as edit:
        edit.create_many(Client, [{"name": f"Client {number}"} for number in range(50)])
        before = store.rows("SELECT * FROM client")
    process = os.fork()
    if process == 0:
        try:
            # The kernel kills it at the first page that makes the file longer: others have been overwritten by then.
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, resource.RLIM_INFINITY))
            with Store(path, who="Li", now=clock) as store, store.edit("Rename") as edit:
                for client in list(store.select(Client)):
                    edit.update(client, name=f"{client.name} {'x' * 100}")
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGXFSZ
    assert path.with_name(f"{path.name}-journal").stat().st_size > 0
    with Store(path, who="Anna", now=clock) as store:
        assert store.rows("SELECT * FROM client") == before
    assert check(path) == []
