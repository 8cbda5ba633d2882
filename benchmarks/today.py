"""Today over ten thousand packages and hundreds of people: how soon it stands, and how soon what needs somebody does.

python -m benchmarks.today STORE [PACKAGES [PEOPLE]]      the store that is looked at
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from benchmarks import fill
from benchmarks.commands import seconds
from benchmarks.people import everybody
from benchmarks.report import Figure
from benchmarks.screens import Bench
from db.choices import PromiseSide, Side
from db.models import Person, Promise, Touch, TouchPerson
from db.store import Store
from erptui.attention.look import look
from erptui.plan_dates import plan_of
from erptui.planning import network

PEOPLE = 500
STANDS = ("ALL Today", "? Help")
"""Title and keys: what stands before anything was found."""
FOUND = ("ALL Today", "NEEDS YOU NOW", "▸")
"""What the list shows when it is there: its heading, and what is folded by rule."""
START, FINDING = 2.0, 5.0
"""The promises: as part of the floor's start, and of one forward pass over the packages."""


def fill_today(path: Path, packages: int = fill.PACKAGES, people: int = PEOPLE) -> None:
    """A new store: one engagement of so many packages, people who were touched now and then, promises to them."""
    fill.fill_one(path, packages)
    today = fill.NOW.date()
    with Store(path, who=fill.WHO, now=lambda: fill.NOW) as store:
        ((engagement,),) = store.rows("SELECT id FROM engagement")
        with store.edit("Fill the benchmark") as edit:
            made = edit.create_many(Person, [{"name": one.name, "side": Side.CLIENT} for one in everybody(people)])
            touches = [
                {
                    "id": edit.new_id(),
                    "engagement": engagement,
                    # One in ten was last spoken to longer ago than the rule allows.
                    "day": today - timedelta(days=number % 30 if number % 10 else 45),
                    "text": f"Asked about the cut-over, answer {number}",
                    "by": fill.WHO,
                }
                for number in range(people)
            ]
            edit.create_many(Touch, touches)
            edit.create_many(
                TouchPerson,
                [{"touch": touch["id"], "person": person.id} for touch, person in zip(touches, made, strict=True)],
            )
            edit.create_many(
                Promise,
                [
                    {
                        "engagement": engagement,
                        "text": f"send the list {number}",
                        "side": PromiseSide.OURS,
                        "owner": person.id,
                        "due": today - timedelta(days=number % 40 + 1),
                    }
                    for number, person in enumerate(made[::4])
                ],
            )


class TodayBench:
    """Today on a store, and the floor; what it finds without a screen, and one forward pass over the same packages."""

    def __init__(self, bench: Bench, path: Path) -> None:
        self._bench = bench
        self._path = path

    def figures(self, starts: int, rounds: int) -> list[Figure]:
        """What was promised of Today."""
        paints, waits, floors = [], [], []
        for number in range(1 + starts):
            with self._bench.floor() as (_terminal, took):
                floor = took
            with self._bench.program(self._path, room="today") as terminal:
                stands = terminal.shows(*STANDS)
                found = terminal.shows(*FOUND)
            if number:
                paints.append(1000 * stands)
                waits.append(1000 * (found - stands))
                floors.append(1000 * floor)
        looks, passes, bare, count = self.alone(rounds)
        return [
            Figure("first screen of Today", "ms", paints, floors, START),
            Figure("what needs you behind it", "ms", waits, passes, FINDING),
            Figure(f"{count} matters found, without a screen", "ms", looks, passes, FINDING),
            Figure("the passes alone, nothing read or dated", "ms", bare),
        ]

    def alone(self, rounds: int) -> tuple[list[float], list[float], list[float], int]:
        """Milliseconds to find all, of one forward pass read and dated, of the bare pass; how many were found."""
        looks, passes, bare = [], [], []
        today = fill.NOW.date()
        with Store(self._path, who=fill.WHO, now=lambda: fill.NOW) as store:
            ((engagement,),) = store.rows("SELECT id FROM engagement")
            # The first reads the template and imports what it uses.
            count = len(look(store, today).matters)
            plan = plan_of(store, engagement).schedule
            tasks = [plan.task(task) for task in plan.order]
            links = [
                network.Link(*link)
                for link in store.rows("SELECT predecessor_id, successor_id, kind, lag FROM dependency")
                if {*link[:2]} <= plan.early_start.keys()
            ]
            for _round in range(rounds):
                looks.append(1000 * seconds(lambda: look(store, today)))
                passes.append(1000 * seconds(lambda: plan_of(store, engagement)))
                bare.append(1000 * seconds(lambda: network.schedule(tasks, links)))
        return looks, passes, bare, count


if __name__ == "__main__":
    fill_today(Path(sys.argv[1]).absolute(), *map(int, sys.argv[2:]))
