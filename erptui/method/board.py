"""The kanban of phases: an activity of the method is a card, its packages are what the card holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import Problem
from db.labels import N_
from db.pieces import in_pieces
from db.rank import between
from erptui.method.gates import PHASES, GateClosed, GateState, gates_of

if TYPE_CHECKING:
    from datetime import date

    from db.edit import Edit
    from db.store import Reader, Store

THROUGHOUT = "E"


class CannotMove(Problem):
    """A card has no way in that direction."""


@dataclass(frozen=True, slots=True)
class Card:
    """An activity in a phase, with how its packages stand. `id` names the activity row, whose rank orders the cards."""

    id: str
    phase: str
    activity: str
    rank: str
    total: int
    done: int
    doing: int
    waiting: int

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == self.total

    @property
    def begun(self) -> bool:
        """Whether somebody is at it or was."""
        return self.doing > 0 or 0 < self.done < self.total


@dataclass(frozen=True, slots=True)
class Column:
    """A phase on the board, or the band under all of them (`E`, without a gate)."""

    phase: str
    opened: bool
    cards: tuple[Card, ...]
    gate: GateState | None

    @property
    def total(self) -> int:
        """How many packages stand in the phase."""
        return sum(card.total for card in self.cards)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(card.done for card in self.cards)


def columns_of(reader: Reader, engagement: str) -> list[Column]:
    """The phases of an engagement in order, the band last; counts only, so that it costs the same for any number."""
    cards: dict[str, list[Card]] = {}
    for phase, *card in reader.rows(
        "SELECT p.phase, a.id, p.phase, p.activity, a.rank, sum(p.n), sum(p.n * (p.status = 'done')),"
        " sum(p.n * (p.status IN ('doing', 'review'))), sum(p.n * (p.status = 'waiting'))"
        " FROM (SELECT phase, activity, status, count(*) AS n FROM work_package"
        "       WHERE engagement_id = ? GROUP BY phase, activity, status) p"
        " JOIN activity a ON a.engagement_id = ? AND a.activity = p.activity"
        " GROUP BY p.phase, p.activity ORDER BY a.rank",
        (engagement, engagement),
    ):
        cards.setdefault(phase, []).append(Card(*card))
    gates = {gate.phase: gate for gate in gates_of(reader, engagement)}
    opened: dict[str, str | None] = dict(
        reader.rows("SELECT phase, opened_on FROM phase WHERE engagement_id = ?", (engagement,))
    )
    return [
        Column(phase, bool(opened.get(phase)), tuple(cards.get(phase, ())), gates.get(phase))
        for phase in (*PHASES, THROUGHOUT)
    ]


def move_card(store: Store, engagement: str, card: Card, *, forward: bool) -> str:
    """Move the open packages of an activity to the next phase, or the one before, as one step; give that phase.

    Ids and dates stay. Raises `GateClosed` when a gate that is not passed lies on the way forward, and `CannotMove`.
    """
    from db.choices import PhaseId
    from db.models import WorkPackage

    if card.phase == THROUGHOUT:
        raise CannotMove(
            N_("{activity} goes on through all phases: it has no phase to move to."), activity=card.activity
        )
    position = PHASES.index(card.phase) + (1 if forward else -1)
    if not 0 <= position < len(PHASES):
        end = N_("the last phase") if forward else N_("the first phase")
        raise CannotMove(N_("{activity} is in {end} already."), activity=card.activity, end=end)
    target = PHASES[position]
    packages = store.rows(
        "SELECT id FROM work_package WHERE engagement_id = ? AND phase = ? AND activity = ? AND status <> 'done'",
        (engagement, card.phase, card.activity),
    )
    if not packages:
        raise CannotMove(N_("All packages of {activity} are done: there is nothing to move."), activity=card.activity)
    if forward:
        gate = next((gate for gate in gates_of(store, engagement) if gate.phase == card.phase), None)
        if gate is not None and not gate.passed:
            raise GateClosed(gate)
    with store.edit(N_("Move card"), about=card.activity) as edit:
        for (package,) in packages:
            edit.change(WorkPackage, package, {"phase": card.phase}, phase=PhaseId(target))
    return target


def rank_card(store: Store, column: Column, card: Card, *, down: bool) -> None:
    """Move a card one place up or down among the cards of its phase. Raises `CannotMove` at the ends."""
    from db.models import Activity

    place = column.cards.index(card)
    if not 0 <= place + (1 if down else -1) < len(column.cards):
        end = N_("the last card") if down else N_("the first card")
        raise CannotMove(N_("{activity} is {end} of its phase."), activity=card.activity, end=end)
    others = [other.rank for other in column.cards if other is not card]
    place += 1 if down else -1
    before = others[place - 1] if place else None
    after = others[place] if place < len(others) else None
    with store.edit(N_("Rank card"), about=card.activity) as edit:
        edit.change(Activity, card.id, {"rank": card.rank}, rank=between(before, after))


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A work package as a card lists it."""

    id: str
    code: str
    name: str
    phase: str
    status: str
    progress: int
    milestone: bool
    duration: int
    not_before: str | None
    started_on: str | None
    finished_on: str | None
    before_erptui: bool
    role: str
    owner: str
    deliverable: str
    done_when: str
    role_name: str = ""
    activity: str = ""
    rank: str = ""
    waits_for: str = ""


_LINES = (
    "SELECT p.id, p.code, p.name, p.phase, p.status, p.progress, p.milestone, p.duration, p.not_before,"
    " p.started_on, p.finished_on, p.before_erptui, coalesce(r.code, ''), coalesce(w.name, o.name, ''),"
    " coalesce((SELECT group_concat(d.name, ', ') FROM deliverable d WHERE d.package_id = p.id), ''),"
    " coalesce(p.done_when, ''), coalesce(r.name, ''), p.activity, p.rank, coalesce(p.waits_for, '')"
    " FROM work_package p LEFT JOIN role r ON r.id = p.role_id LEFT JOIN person w ON w.id = p.owner_id"
    " LEFT JOIN person o ON o.id = r.person_id"
)


def packages_of(reader: Reader, engagement: str, card: Card, limit: int = -1) -> list[PackageLine]:
    """The packages of a card in their order, or the first `limit` of them, those that are open before those done."""
    order = "p.rank" if limit < 0 else "p.status = 'done', p.rank"
    found = reader.rows(
        f"{_LINES} WHERE p.engagement_id = ? AND p.phase = ? AND p.activity = ? ORDER BY {order} LIMIT ?",
        (engagement, card.phase, card.activity, limit),
    )
    return [PackageLine(*line) for line in found]


def packages_in(reader: Reader, engagement: str, phase: str) -> list[PackageLine]:
    """All packages of a phase in their order."""
    sql = f"{_LINES} WHERE p.engagement_id = ? AND p.phase = ? ORDER BY p.rank, p.id"
    return [PackageLine(*line) for line in reader.rows(sql, (engagement, phase))]


def package_lines(reader: Reader, packages: Sequence[str]) -> list[PackageLine]:
    """The packages with these ids as they stand now, in this order; those that are gone are left out."""
    found: dict[str, PackageLine] = {}
    for marks, part in in_pieces(packages):
        found |= {line[0]: PackageLine(*line) for line in reader.rows(f"{_LINES} WHERE p.id IN ({marks})", part)}
    return [found[package] for package in packages if package in found]


def set_status(store: Store, packages: Sequence[PackageLine], status: str, today: date) -> None:
    """Set the status of packages as one step, with the days that go with it: under way since, done on.

    `status` is an id of `PackageStatus`. Work that is opened again loses its finish.
    """
    with store.edit(N_("Change status"), about=about(packages)) as edit:
        for package in packages:
            write_status(edit, package, status, today)


def about(packages: Sequence[PackageLine]) -> str:
    """Packages as the label of a step names them."""
    return packages[0].code if len(packages) == 1 else f"{packages[0].code} +{len(packages) - 1}"


def write_status(edit: Edit, package: PackageLine, status: str, today: date) -> None:
    """`set_status` within a step of the caller's."""
    from db.choices import PackageStatus
    from db.models import WorkPackage

    values = {"status": PackageStatus(status), **with_status(package.status, package.started_on, status, today)}
    edit.change(WorkPackage, package.id, {name: getattr(package, name) for name in values}, **values)


def with_status(before: str, started_on: str | None, status: str, today: date) -> dict[str, object]:
    """What goes with a new status, by field: the days of start and finish, the progress."""
    values: dict[str, object] = {}
    if status == "done":
        values.update(finished_on=today, progress=100)
    elif before == "done":
        values.update(finished_on=None, before_erptui=False, progress=0)
    if status in ("doing", "review", "done") and not started_on:
        values["started_on"] = today
    if status == "todo":
        values["started_on"] = None
    return values


def mark_done(store: Store, packages: list[PackageLine], today: date) -> int:
    """Mark all of `packages` that are open as done, as one step; give how many those were."""
    unfinished = [package for package in packages if package.status != "done"]
    if not unfinished:
        return 0
    with store.edit(N_("Mark done"), about=about(unfinished)) as edit:
        for package in unfinished:
            write_status(edit, package, "done", today)
    return len(unfinished)
