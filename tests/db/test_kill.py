"""A process that is killed at any moment loses nothing that it was told is saved, and leaves nothing half done."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from db.checks import check
from db.store import Store

# Each step adds a client and three persons, undoes every fourth step and says so after it is saved.
WRITES = """
import sys
from datetime import datetime, timezone
from db.models import Client, Person
from db.store import Store
store = Store(sys.argv[1], who=sys.argv[2], now=lambda: datetime.now(timezone.utc), wait=20)
number = 0
while True:
    number += 1
    with store.edit("Add", about=str(number)) as edit:
        client = edit.create(Client, name=f"{sys.argv[2]} {number}")
        edit.create_many(Person, [{"name": f"{sys.argv[2]} {number}", "note": "x" * 3000}] * 3)
    print(f"+{client.id}", flush=True)
    if number % 4 == 0:
        store.undo()
        print(f"-{client.id}", flush=True)
"""


def killed_after(path: Path, who: str, steps: int, moment: random.Random) -> list[str]:
    """The answers of a process that is killed some time after its `steps`th answer."""
    process = subprocess.Popen([sys.executable, "-c", WRITES, path, who], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    answers = [process.stdout.readline() for _ in range(steps)]
    with suppress(subprocess.TimeoutExpired):
        # It goes on meanwhile: the kill falls anywhere in a step.
        process.wait(moment.uniform(0, 0.004))
    process.kill()
    answers += process.communicate()[0].splitlines()
    return [answer.strip() for answer in answers if answer.endswith("\n") or len(answer) == 37]


@pytest.mark.parametrize("rounds", [range(20), pytest.param(range(20, 200), marks=pytest.mark.long)])
def test_a_killed_process_loses_nothing_it_said_is_saved(path: Path, clock: object, rounds: range) -> None:
    for number in rounds:
        chance = random.Random(number)
        answers = killed_after(path, f"P{number}", chance.randint(1, 6), chance)
        with Store(path, who="Anna", now=clock) as store:
            saved = {row for (row,) in store.rows("SELECT id FROM client WHERE name LIKE ?", (f"P{number} %",))}
            counts = store.rows(
                "SELECT (SELECT count(*) FROM person WHERE person.name = client.name) FROM client WHERE name LIKE ?",
                (f"P{number} %",),
            )
        acknowledged: set[str] = set()
        undone: set[str] = set()
        for answer in answers:
            acknowledged.add(answer[1:])
            undone |= {answer[1:]} if answer.startswith("-") else set()
        # At most one step was saved whose answer could not be given any more: one more client, or one undone.
        assert len((acknowledged - undone) - saved) + len(saved - (acknowledged - undone)) <= 1
        assert not undone & saved
        assert counts == [(3,)] * len(saved)
    assert check(path) == []
