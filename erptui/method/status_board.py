"""The kanban of one phase: its packages by status, how many may be under way at once, moving and ranking them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from db.choices import PackageStatus
from db.labels import N_
from db.rank import between
from erptui.entry import NotUnderstood
from erptui.entry.numbers import parse_number
from erptui.entry.typed import quoted
from erptui.i18n import _
from erptui.method.board import CannotMove, PackageLine, about, packages_in, write_status

if TYPE_CHECKING:
    from datetime import date

    from db.fields import NumberField
    from db.store import Reader, Store

STATUSES = tuple(status.id for status in PackageStatus)
DONE = PackageStatus.DONE.id


@dataclass(frozen=True, slots=True)
class StatusColumn:
    """The packages of a phase that have one status; `elsewhere` are those of the other phases, `most` is the limit."""

    status: str
    packages: tuple[PackageLine, ...]
    elsewhere: int = 0
    most: int | None = None

    @property
    def total(self) -> int:
        """How many packages of the engagement have the status: those are what the limit counts."""
        return len(self.packages) + self.elsewhere

    @property
    def over(self) -> bool:
        """Whether more of them have the status than its limit allows."""
        return self.most is not None and self.total > self.most


def status_columns(reader: Reader, engagement: str, phase: str) -> list[StatusColumn]:
    """The packages of a phase by status, in their order; those that are done the newest first."""
    packages: dict[str, list[PackageLine]] = {status: [] for status in STATUSES}
    for package in packages_in(reader, engagement, phase):
        packages[package.status].append(package)
    packages[DONE].sort(key=lambda package: package.finished_on or "", reverse=True)
    counts, limits = counts_of(reader, engagement), limits_of(reader, engagement)
    return [
        StatusColumn(status, tuple(own), counts.get(status, 0) - len(own), limits.get(status))
        for status, own in packages.items()
    ]


def counts_of(reader: Reader, engagement: str) -> dict[str, int]:
    """How many packages of an engagement have each status, over all phases."""
    sql = "SELECT status, count(*) FROM work_package WHERE engagement_id = ? GROUP BY status"
    return dict(reader.rows(sql, (engagement,)))


def open_before(reader: Reader, engagement: str, phase: str) -> dict[str, list[str]]:
    """The codes of the open packages that those waiting in a phase come after, by package."""
    found: dict[str, list[str]] = {}
    for package, code in reader.rows(
        "SELECT s.id, p.code FROM work_package s JOIN dependency d ON d.successor_id = s.id"
        " JOIN work_package p ON p.id = d.predecessor_id"
        " WHERE s.engagement_id = ? AND s.phase = ? AND s.status = 'waiting' AND p.status <> 'done' ORDER BY p.rank",
        (engagement, phase),
    ):
        found.setdefault(package, []).append(code)
    return found


# Limits.


def limits_of(reader: Reader, engagement: str) -> dict[str, int]:
    """How many packages may have each status at once, where a limit is set."""
    # Two people may each have set one at the same moment: the later one holds.
    sql = "SELECT status, most FROM wip_limit WHERE engagement_id = ? ORDER BY rowid"
    return dict(reader.rows(sql, (engagement,)))


def parse_limit(text: str) -> int | None:
    """The limit that was typed, None for no limit where nothing was. Raises `NotUnderstood`."""
    if not text.strip():
        return None
    from db.models import WipLimit

    field = cast("NumberField", WipLimit.most)
    try:
        found = parse_number(text)
    except NotUnderstood:
        found = 0
    if not field.least <= found <= field.most:
        refused = _("“{text}” is no limit. Type a whole number from {least} to {most}, or nothing for no limit.")
        raise NotUnderstood(refused.format(text=quoted(text), least=field.least, most=field.most))
    return found


def set_limit(store: Store, engagement: str, status: str, most: int | None) -> bool:
    """Let at most `most` packages of an engagement have a status before the board warns; None takes the limit away.

    One step; False where the limit stood so already. Raises what `Store.edit` raises.
    """
    from db.models import WipLimit

    sql = "SELECT id, most FROM wip_limit WHERE engagement_id = ? AND status = ? ORDER BY rowid DESC"
    there = store.rows(sql, (engagement, status))
    if (there[0][1] if there else None) == most:
        return False
    with store.edit(N_("Set limit")) as edit:
        if not there and most is not None:
            edit.create(WipLimit, engagement=engagement, status=PackageStatus(status), most=most)
        elif most is not None:
            edit.change(WipLimit, there[0][0], {"most": there[0][1]}, most=most)
        for row, _most in there[1 if most is not None else 0 :]:
            edit.delete(store.get(WipLimit, row))
    return True


def over_limit(reader: Reader, engagement: str, statuses: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """Those of the statuses that more packages have than their limits allow: how many, and the limit."""
    counts, limits = counts_of(reader, engagement), limits_of(reader, engagement)
    return {
        status: (counts[status], limits[status])
        for status in dict.fromkeys(statuses)
        if status in limits and counts.get(status, 0) > limits[status]
    }


# Moving.


def move_packages(store: Store, packages: Sequence[PackageLine], today: date, *, forward: bool) -> dict[str, str]:
    """Give packages the status after their own, or the one before, as one step; give the new ones by package.

    The days of start and finish go with it as with any change of status; a package at the end stays. Raises
    `CannotMove` where all of them are at the end, else what `Store.edit` raises.
    """
    targets = {}
    for package in packages:
        place = STATUSES.index(package.status) + (1 if forward else -1)
        if 0 <= place < len(STATUSES):
            targets[package.id] = STATUSES[place]
    if not targets:
        end = PackageStatus(STATUSES[-1 if forward else 0])
        refused = N_("{code}: {status} is the last column on this side.")
        raise CannotMove(refused, code=about(packages), status=end.label)
    moved = [package for package in packages if package.id in targets]
    with store.edit(N_("Change status"), about=about(moved)) as edit:
        for package in moved:
            write_status(edit, package, targets[package.id], today)
    return targets


def rank_package(store: Store, column: Sequence[PackageLine], package: PackageLine, *, down: bool) -> None:
    """Move a package one place up or down in its column, given as it is shown.

    Raises `CannotMove` at the ends, else what `Store.edit` raises.
    """
    from db.models import WorkPackage

    if package.status == DONE:
        raise CannotMove(N_("What is done stands in the order in which it was finished."))
    place = column.index(package) + (1 if down else -1)
    if not 0 <= place < len(column):
        end = N_("the last package") if down else N_("the first package")
        raise CannotMove(N_("{code} is {end} of its column."), code=package.code, end=end)
    others = [other for other in column if other is not package]
    rank = others[place - 1].rank if place else None
    with store.edit(N_("Rank package"), about=package.code) as edit:
        # Packages that were made in different activities may have one rank: those move along until there is room.
        for one in (package, *others[place:]):
            if one is not package and (rank is None or one.rank > rank):
                break
            above = next((other.rank for other in others[place:] if rank is None or other.rank > rank), None)
            before, rank = one.rank, between(rank, above)
            edit.change(WorkPackage, one.id, {"rank": before}, rank=rank)
