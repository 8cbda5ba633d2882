"""Stores of ten thousand packages, made through the program's own functions.

python -m benchmarks.fill one STORE [PACKAGES]      all of them in one engagement
python -m benchmarks.fill many STORE [PACKAGES]     as many engagements as it takes, each from the template
"""

from __future__ import annotations

import sys
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from random import Random
from typing import Any

from db.choices import ActivityId, BaseCalendar, ContentLanguage, PackageStatus
from db.models import Deliverable, Dependency, WorkPackage
from db.opening import create
from db.rank import spread
from db.store import Store
from erptui.method.opening import NewEngagement, open_engagement

PACKAGES = 10_000
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone.utc)
"""The moment at which the stores are made and looked at."""
WHO = "Bench"


def open_new(path: Path) -> Store:
    """An empty store, open; the same ids in every run."""
    create(path)
    chance = Random(26)
    return Store(path, who=WHO, now=lambda: NOW, new_id=lambda: str(uuid.UUID(int=chance.getrandbits(128), version=4)))


def engagement(number: int) -> NewEngagement:
    """An engagement that stands in its third phase, some of its work late."""
    return NewEngagement(
        name=f"Benchmark {number}",
        code=f"BM{number:03}",
        start=date(2026, 5, 11),
        calendar=BaseCalendar.CHINA if number % 2 else BaseCalendar.WEEKDAYS,
        language=ContentLanguage.ENGLISH,
        at=ActivityId("C2"),
    )


def fill_many(path: Path, packages: int = PACKAGES) -> None:
    """A new store of engagements as the template makes them, until there are `packages` work packages."""
    with open_new(path) as store:
        number = 0
        while _count(store) < packages:
            number += 1
            open_engagement(store, engagement(number))


def fill_one(path: Path, packages: int = PACKAGES) -> None:
    """A new store of one engagement: the template's packages with their links, over and over."""
    with open_new(path) as store:
        opened = open_engagement(store, engagement(1))
        links = store.rows("SELECT predecessor_id, successor_id, kind, lag FROM dependency")
        deliverables = store.rows("SELECT package_id, name FROM deliverable")
        pattern = list(store.select(WorkPackage).where(WorkPackage.engagement == opened).order_by(WorkPackage.rank))
        rounds = -(-packages // len(pattern)) - 1
        with store.edit("Fill the benchmark") as edit:
            left = packages - len(pattern)
            for copy, rank in zip(range(1, rounds + 1), spread(rounds), strict=True):
                copied = _Copy({row.id: edit.new_id() for row in pattern[:left]}, copy, rank)
                edit.create_many(WorkPackage, [copied.package(row) for row in pattern[:left]])
                edit.create_many(Dependency, copied.links(links))
                edit.create_many(Deliverable, copied.deliverables(deliverables))
                left -= len(copied.ids)


@dataclass(frozen=True)
class _Copy:
    """One more round of the template's packages: `ids` leads from the pattern's ids to those of the copies."""

    ids: dict[str, str]
    number: int
    rank: str

    def package(self, row: WorkPackage) -> dict[str, Any]:
        """The values of a copy. Of the open work some is under way and some waits."""
        values = {name: value for name, value in row.__data__.items() if value is not None}
        values.update(id=self.ids[row.id], code=f"{row.code}.{self.number}", rank=row.rank + self.rank)
        if row.status is PackageStatus.TODO and row.activity.id == "C2":
            values["status"] = (PackageStatus.DOING, PackageStatus.WAITING, PackageStatus.TODO)[self.number % 3]
        for name in ("lasts_from", "lasts_to"):
            if name in values:
                values[name] = self.ids.get(values[name], values[name])
        return values

    def links(self, links: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
        """The links between the copies."""
        return [
            {"predecessor": self.ids[before], "successor": self.ids[after], "kind": kind, "lag": lag}
            for before, after, kind, lag in links
            if before in self.ids and after in self.ids
        ]

    def deliverables(self, deliverables: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
        """What the copies hand over."""
        return [{"package": self.ids[row], "name": name} for row, name in deliverables if row in self.ids]


def _count(store: Store) -> int:
    return int(store.rows("SELECT count(*) FROM work_package")[0][0])


FILL = {"one": fill_one, "many": fill_many}

if __name__ == "__main__":
    FILL[sys.argv[1]](Path(sys.argv[2]).absolute(), *map(int, sys.argv[3:]))
