"""All engagements at once: how each stands (read at once), and what lies ahead of it (computed from its plan)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from db.choices import EngagementStatus
from erptui.engagements import natural
from erptui.touches import last_and_next

if TYPE_CHECKING:
    from db.store import Reader

OVER = (EngagementStatus.LOST.id, EngagementStatus.DROPPED.id)
"""What is not coming back by itself."""
ALIVE = (EngagementStatus.LEAD.id, EngagementStatus.WON.id)


class NextGate(NamedTuple):
    """The first gate that is not passed."""

    id: str
    phase: str
    name: str
    ticked: int
    total: int


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """An engagement among the others. `phase` is the last one its gates have opened; cause and reason are internal.

    `gate` is None when all gates are passed; `planned` is False for a lead, whose later phases have no packages yet.
    """

    id: str
    code: str
    name: str
    client: str
    status: str
    phase: str
    start: date
    contract_on: date | None
    status_on: date | None
    cause: str
    reason: str
    ask_again_on: date | None
    planned: bool
    gate: NextGate | None

    @property
    def over(self) -> bool:
        """Whether it was lost or dropped."""
        return self.status in OVER


@dataclass(frozen=True, slots=True)
class Prospect:
    """What lies ahead of an engagement: its next gate and its finish as planned, how late it is, who is next touched.

    `late` are the calendar days of the package that is overdue longest; `red` and `amber` count what needs somebody.
    An engagement that is not alive has no plan to be held to: only its next touch is known.
    """

    gate_on: date | None = None
    finish: date | None = None
    late: int = 0
    red: int = 0
    amber: int = 0
    next_on: date | None = None
    next_with: str = ""
    unplanned: bool = False


def portfolio(reader: Reader, engagement: str | None = None) -> list[PortfolioLine]:
    """All engagements by code, or one."""
    gates = _next_gates(reader)
    found = [
        PortfolioLine(
            identifier, code, name, client, status, phase, date.fromisoformat(start), _day(contract), _day(since),
            cause or "", reason or "", _day(again), bool(planned), gates.get(identifier),
        )
        for (
            identifier, code, name, client, status, phase, start, contract, since, cause, reason, again, planned
        ) in reader.rows(
            "SELECT e.id, e.code, e.name, c.name, e.status, coalesce((SELECT max(p.phase) FROM phase p"
            " WHERE p.engagement_id = e.id AND p.opened_on IS NOT NULL AND p.phase < 'E'), 'A'), e.start,"
            " e.contract_on, e.status_on, e.status_cause, e.status_reason, e.ask_again_on,"
            " EXISTS (SELECT 1 FROM work_package w WHERE w.engagement_id = e.id AND w.phase <> 'A')"
            " FROM engagement e JOIN client c ON c.id = e.client_id"
        )
        if engagement in (None, identifier)
    ]  # fmt: skip
    return sorted(found, key=lambda line: (natural(line.code), line.id))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _next_gates(reader: Reader) -> Mapping[str, NextGate]:
    found: dict[str, NextGate] = {}
    for engagement, *gate in reader.rows(
        "SELECT g.engagement_id, g.id, g.phase, g.name, coalesce(sum(c.done), 0), count(c.id) FROM gate g"
        " LEFT JOIN gate_criterion c ON c.gate_id = g.id WHERE g.passed_on IS NULL AND NOT g.before_erptui"
        " GROUP BY g.id ORDER BY g.phase"
    ):
        found.setdefault(engagement, NextGate(*gate))
    return found


def prospects(reader: Reader, today: date, engagement: str | None = None) -> dict[str, Prospect]:
    """What lies ahead of all engagements, or of one, by id: plans are computed, so a screen asks in a worker."""
    from erptui.attention.matters import findings_in
    from erptui.attention.scene import Scene
    from erptui.plan_dates import gate_days

    scene = Scene(reader, today, engagement)
    matters = findings_in(scene)
    touches = next_touches(reader)
    found: dict[str, Prospect] = {}
    for line in portfolio(reader, engagement):
        next_on, next_with = touches.get(line.id, (None, ""))
        if line.status not in ALIVE:
            found[line.id] = Prospect(next_on=None if line.over else next_on, next_with=next_with)
            continue
        own = [matter.severity for matter in matters if matter.engagement == line.id]
        red = sum(severity in ("block", "red") for severity in own)
        plan = scene.plan(line.id)
        days = gate_days(reader, line.id, plan.dates) if plan else {}
        due = [package.dates.finish for package in scene.packages(line.id) if package.open and package.dates.finish]
        found[line.id] = Prospect(
            gate_on=days.get(line.gate.id) if line.gate else None,
            finish=plan.finish if plan else None,
            late=max(0, *((today - day).days for day in due)) if due else 0,
            red=red,
            amber=own.count("amber"),
            next_on=next_on,
            next_with=next_with,
            unplanned=plan is None,
        )
    return found


def next_touches(reader: Reader) -> dict[str, tuple[date, str]]:
    """By engagement the day of the next contact with somebody of the client's side, and the name.

    Whatever the newest touch of a person was about, it says when the next is due.
    """
    contacts = last_and_next(reader)
    found: dict[str, tuple[date, str]] = {}
    for engagement, person, name in reader.rows(
        "SELECT r.engagement_id, p.id, p.name FROM role r JOIN person p ON p.id = r.person_id"
        " WHERE r.side = 'client' AND NOT p.do_not_contact"
        " UNION SELECT t.engagement_id, p.id, p.name FROM touch t JOIN touch_person tp ON tp.touch_id = t.id"
        " JOIN person p ON p.id = tp.person_id WHERE t.engagement_id IS NOT NULL AND NOT p.do_not_contact"
        " AND p.side IS NOT 'vendor'"
    ):
        contact = contacts.get(person)
        if contact and contact.next_on:
            found[engagement] = min(found.get(engagement, (date.max, "")), (date.fromisoformat(contact.next_on), name))
    return found


class Involved(NamedTuple):
    """Somebody of an engagement, with the codes of the roles."""

    id: str
    name: str
    roles: str


def people_of(reader: Reader, engagement: str) -> Sequence[Involved]:
    """Who has a role in an engagement or was touched in it, the client's side first."""
    return [
        Involved(*row)
        for row in reader.rows(
            "SELECT p.id, p.name, coalesce((SELECT group_concat(r.code, ' ') FROM role r WHERE r.person_id = p.id"
            " AND r.engagement_id = ?), '') FROM person p WHERE p.id IN (SELECT person_id FROM role"
            " WHERE engagement_id = ? UNION SELECT tp.person_id FROM touch_person tp JOIN touch t"
            " ON t.id = tp.touch_id WHERE t.engagement_id = ?) ORDER BY p.side IS NOT 'client', p.name",
            (engagement, engagement, engagement),
        )
    ]
