"""What the rules look at: the engagements that are alive, their plans, phases and calendars, each read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from db.choices import EngagementStatus, Side, Tier
from db.errors import Problem
from erptui.engagements import EngagementLine, engagements
from erptui.method.gates import GateState, gates_of
from erptui.package_dates import NO_DATES, PackageDates
from erptui.plan_dates import Plan, plan_of
from erptui.touches import Contact, last_and_next

if TYPE_CHECKING:
    from db.store import Reader
    from erptui.attention.lines import Matter
    from erptui.planning.working_time import WorkingCalendar

ALIVE = (EngagementStatus.LEAD.id, EngagementStatus.WON.id)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Package:
    """A work package of a phase that is open, as the rules see it."""

    id: str
    code: str
    name: str
    phase: str
    activity: str
    status: str
    milestone: bool
    finished_on: date | None
    owned: bool
    dates: PackageDates
    critical: bool

    @property
    def open(self) -> bool:
        """Whether there is something left to do."""
        return self.status != "done"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the client's side in an engagement that is alive."""

    engagement: str
    person: str
    name: str
    key: bool
    silent: bool
    since: date
    after_sales: bool


class Scene:
    """The store as the rules look at it on a day. `plans` are those known already, by engagement."""

    def __init__(
        self, reader: Reader, today: date, engagement: str | None = None, plans: Mapping[str, Plan] | None = None
    ) -> None:
        self.reader = reader
        self.today = today
        self._only = engagement
        self._plans: dict[str, Plan | None] = dict(plans or {})
        self.unplanned: dict[str, Problem] = {}
        """Why an engagement of those asked for has no plan: nothing is known of what is late there."""
        self.quiet: Sequence[Matter] = ()
        """What was put off, once it was looked for."""
        self._packages: dict[str, list[Package]] = {}
        self._gates: dict[str, list[GateState]] = {}
        # Thousands of packages begin and end on the same few hundred days.
        self._counted: dict[tuple[str | None, date, date], int] = {}

    @cached_property
    def engagements(self) -> Sequence[EngagementLine]:
        """The leads and projects that are alive, by code."""
        alive = [line for line in engagements(self.reader) if line.status in ALIVE]
        return [line for line in alive if self._only in (None, line.id)]

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The codes of the engagements that are looked at."""
        return {line.id: line.code for line in self.engagements}

    @cached_property
    def postponed(self) -> Sequence[tuple[EngagementLine, date]]:
        """The engagements that wait, each with the day on which to ask again; those without one raise nothing."""
        days: dict[str, str] = dict(
            self.reader.rows(
                "SELECT id, ask_again_on FROM engagement WHERE status = ? AND ask_again_on IS NOT NULL",
                (EngagementStatus.POSTPONED.id,),
            )
        )
        waiting = [line for line in engagements(self.reader) if line.id in days and self._only in (None, line.id)]
        return [(line, date.fromisoformat(days[line.id])) for line in waiting]

    def code_of(self, engagement: str | None) -> str:
        """The code of an engagement that is looked at, also of one that waits; empty for no engagement."""
        return self.codes.get(engagement or "") or next(
            (line.code for line, _day in self.postponed if line.id == engagement), ""
        )

    @property
    def only_one(self) -> bool:
        """Whether a single engagement is looked at."""
        return self._only is not None

    @cached_property
    def people(self) -> Mapping[str, str]:
        """The names of all people by id."""
        return dict(self.reader.rows("SELECT id, name FROM person"))

    @cached_property
    def client_side(self) -> Sequence[Known]:
        """Who has a role of the client's side, or was touched, in an engagement; the seat that counts most."""
        phases = {line.id: line.phase for line in self.engagements}
        found: dict[tuple[str, str], Known] = {}
        for engagement, person, name, tier, silent, since in self.reader.rows(
            "SELECT r.engagement_id, p.id, p.name, r.tier, p.do_not_contact, e.start FROM role r"
            " JOIN person p ON p.id = r.person_id JOIN engagement e ON e.id = r.engagement_id WHERE r.side = ?"
            " UNION SELECT t.engagement_id, p.id, p.name, NULL, p.do_not_contact, e.start FROM touch t"
            " JOIN touch_person tp ON tp.touch_id = t.id JOIN person p ON p.id = tp.person_id"
            " JOIN engagement e ON e.id = t.engagement_id WHERE p.side IS NULL OR p.side = ?",
            (Side.CLIENT.id, Side.CLIENT.id),
        ):
            if engagement not in phases:
                continue
            key = tier == Tier.MANAGEMENT.id
            before = found.get((engagement, person))
            if before is None or (key and not before.key):
                found[engagement, person] = Known(
                    engagement, person, name, key, bool(silent), date.fromisoformat(since), phases[engagement] == "D"
                )
        return tuple(found.values())

    @cached_property
    def contacts(self) -> Mapping[str, Contact]:
        """The last and the next touch of everybody who was ever touched."""
        return last_and_next(self.reader)

    def gates(self, engagement: str) -> Sequence[GateState]:
        """The gates of an engagement in the order of the phases."""
        if engagement not in self._gates:
            self._gates[engagement] = gates_of(self.reader, engagement)
        return self._gates[engagement]

    @cached_property
    def waiting(self) -> Mapping[str, Sequence[str]]:
        """By decision the codes of the packages that wait for it."""
        found: dict[str, list[str]] = {}
        for decision, code in self.reader.rows(
            "SELECT d.decision_id, w.code FROM decision_wait d JOIN work_package w ON w.id = d.package_id ORDER BY 2"
        ):
            found.setdefault(decision, []).append(code)
        return found

    @cached_property
    def _open_phases(self) -> frozenset[tuple[str, str]]:
        found = self.reader.rows("SELECT engagement_id, phase FROM phase WHERE opened_on IS NOT NULL")
        return frozenset((engagement, phase) for engagement, phase in found)

    def plan(self, engagement: str) -> Plan | None:
        """The plan of an engagement; None where there is none: `unplanned` says why."""
        if engagement not in self._plans:
            try:
                self._plans[engagement] = plan_of(self.reader, engagement)
            except Problem as problem:
                self._plans[engagement] = None
                self.unplanned[engagement] = problem
        return self._plans[engagement]

    def packages(self, engagement: str) -> Sequence[Package]:
        """The packages of the phases that are open; a phase not open yet is quiet."""
        if engagement not in self._packages:
            plan = self.plan(engagement)
            dates = plan.dates if plan else {}
            critical = plan.schedule.critical if plan else frozenset()
            phases = [phase for of, phase in self._open_phases if of == engagement]
            self._packages[engagement] = [
                Package(
                    id, code, name, phase, activity, status, bool(milestone),
                    date.fromisoformat(finished) if finished else None,
                    bool(owned), dates.get(id, NO_DATES), id in critical,
                )
                for id, code, name, phase, activity, status, milestone, finished, owned in self.reader.rows(
                    "SELECT w.id, w.code, w.name, w.phase, w.activity, w.status, w.milestone, w.finished_on,"
                    " w.owner_id IS NOT NULL OR r.person_id IS NOT NULL FROM work_package w"
                    " LEFT JOIN role r ON r.id = w.role_id WHERE w.engagement_id = ? AND w.before_erptui = 0"
                    f" AND w.phase IN ({', '.join('?' * len(phases))})",
                    (engagement, *phases),
                )
            ]  # fmt: skip
        return self._packages[engagement]

    def is_open(self, engagement: str, phase: str) -> bool:
        """Whether the phase of an engagement is open."""
        return (engagement, phase) in self._open_phases

    def working_days_since(self, engagement: str | None, day: date) -> int:
        """Working days that have passed since a day, today included; 0 for today and later."""
        return self._between(engagement, day + _DAY, self.today)

    def working_days_to(self, engagement: str | None, day: date) -> int:
        """Working days from today to a day, that day included; 0 for today and earlier."""
        return self._between(engagement, self.today + _DAY, day)

    def _between(self, engagement: str | None, first: date, last: date) -> int:
        if last < first:
            return 0
        key = engagement, first, last
        if key not in self._counted:
            self._counted[key] = self._count(engagement, first, last)
        return self._counted[key]

    def _count(self, engagement: str | None, first: date, last: date) -> int:
        calendar = self._calendar(engagement) if engagement else None
        if calendar is None:
            days = ((first + _DAY * step).weekday() for step in range((last - first).days + 1))
            return sum(day < 5 for day in days)
        return calendar.working_days_between(first, last)

    def _calendar(self, engagement: str) -> WorkingCalendar | None:
        plan = self.plan(engagement)
        return plan.axis.calendar if plan else None
