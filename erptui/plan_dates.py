"""When things happen: the plan of an engagement as it stands in the store, computed and never stored.

The junction between rows and `erptui.planning`. Work done before erptui has no dates and holds nothing up; the dates of
work that is under way or done are what really happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.choices import BaseCalendar
from db.errors import Problem
from db.labels import N_
from erptui.package_dates import NO_DATES, PackageDates
from erptui.planning.hammock import Hammock, hammock_dates
from erptui.planning.holidays import calendar_of, china
from erptui.planning.network import Cycle, Link, Schedule, Task, schedule
from erptui.planning.working_time import OutsideCalendar, WorkingAxis, WorkingCalendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.store import Reader, Rows


class CircularPlan(Problem):
    """Packages wait for each other in a circle."""

    sentence = N_("These packages wait for each other in a circle: {loop}. Take one of the links away.")


class PlanTooLong(Problem):
    """A duration, a lag or a day is far too large."""

    sentence = N_("The plan runs out of the calendar (years 1 to 9999). Check durations, lags and days that were set.")


@dataclass(frozen=True, slots=True)
class Plan:
    """The schedule of an engagement (without what was done before erptui) and the axis its offsets lie on."""

    schedule: Schedule
    axis: WorkingAxis
    dates: Mapping[str, PackageDates]

    @property
    def finish(self) -> date | None:
        """The last day of the plan; None where it is empty."""
        return max((day.finish for day in self.dates.values() if day.finish), default=None)

    @property
    def unannounced(self) -> tuple[int, ...]:
        """Years of the plan whose public holidays are not announced: their days count Monday to Friday."""
        starts = [day.start for day in self.dates.values() if day.start]
        if self.axis.calendar.id != BaseCalendar.CHINA.id or not starts or not self.finish:
            return ()
        years = range(min(starts).year, self.finish.year + 1)
        return tuple(year for year in years if not china().is_announced(year))


def calendar_for(reader: Reader, engagement: str) -> WorkingCalendar:
    """The working calendar of an engagement with the exceptions of its own."""
    base, calendar = reader.rows(
        "SELECT c.base, c.id FROM engagement e JOIN working_calendar c ON c.id = e.calendar_id WHERE e.id = ?",
        (engagement,),
    )[0]
    working_time = calendar_of(base)
    own = reader.rows("SELECT day, working FROM calendar_exception WHERE calendar_id = ?", (calendar,))
    if not own:
        return working_time
    shifts = next(day for day in working_time.week if day)
    changed = {date.fromisoformat(day): shifts if working else () for day, working in own}
    return WorkingCalendar(base, week=working_time.week, exceptions={**working_time.exceptions, **changed})


def plan_of(reader: Reader, engagement: str, *, released: str | None = None) -> Plan:
    """The plan of an engagement as it stands, or as it would be without the day set for `released`.

    Raises `CircularPlan`, `PlanTooLong`.
    """
    try:
        return _plan_of(reader, engagement, released)
    except OutsideCalendar:
        raise PlanTooLong from None


def _plan_of(reader: Reader, engagement: str, released: str | None) -> Plan:
    ((start,),) = reader.rows("SELECT start FROM engagement WHERE id = ?", (engagement,))
    axis = calendar_for(reader, engagement).axis(date.fromisoformat(start))
    packages = reader.rows(
        "SELECT id, duration, not_before, started_on, finished_on, lasts_from_id, lasts_to_id FROM work_package"
        " WHERE engagement_id = ? AND (before_erptui = 0 OR finished_on IS NOT NULL)",
        (engagement,),
    )
    links = reader.rows(
        "SELECT d.predecessor_id, d.successor_id, d.kind, d.lag FROM dependency d"
        " JOIN work_package p ON p.id = d.predecessor_id WHERE p.engagement_id = ?",
        (engagement,),
    )
    known = {package[0] for package in packages}
    try:
        plan = schedule(
            _tasks(axis, packages, released),
            [Link(*link) for link in links if link[0] in known and link[1] in known],
        )
    except Cycle as error:
        codes: dict[str, str] = dict(
            reader.rows("SELECT id, code FROM work_package WHERE engagement_id = ?", (engagement,))
        )
        loop = " → ".join(codes[identifier] for identifier in (*error.ids, error.ids[0]))
        raise CircularPlan(loop=loop) from None
    return Plan(plan, axis, _dates(axis, plan, packages))


def _tasks(axis: WorkingAxis, packages: Rows, released: str | None) -> list[Task]:
    starts: dict[str | None, int | None] = {None: None}
    finishes: dict[str | None, int | None] = {None: None}
    tasks = []
    for identifier, minutes, not_before, started, finished, *_ in packages:
        for day in (not_before, started):
            if day not in starts:
                starts[day] = axis.offset_of_start(date.fromisoformat(day))
        if finished not in finishes:
            finishes[finished] = axis.offset_of_finish(date.fromisoformat(finished))
        held = None if identifier == released else starts[not_before]
        tasks.append(Task(identifier, minutes, held, starts[started], finishes[finished]))
    return tasks


def _dates(axis: WorkingAxis, plan: Schedule, packages: Rows) -> dict[str, PackageDates]:
    """Days of all packages. What really happened is shown as recorded, also on a day off."""
    starts: dict[int, date] = {}
    finishes: dict[int, date] = {}
    actual: dict[str, date] = {}
    early_start, early_finish = plan.early_start, plan.early_finish
    dates: dict[str, PackageDates] = {}
    hammocks = [Hammock(package[0], package[5], package[6]) for package in packages if package[5] or package[6]]
    known = early_start.keys()
    shown = hammock_dates(
        plan, [h for h in hammocks if (h.lasts_from or h.id) in known and (h.lasts_to or h.id) in known]
    )
    for identifier, _minutes, _not_before, started, finished, *_ in packages:
        begin, end = shown.get(identifier) or (early_start[identifier], early_finish[identifier])
        if begin == end:
            first, last = axis.span(begin, end, opens_day=identifier in plan.opens_day)
        else:
            if begin not in starts:
                starts[begin] = axis.start_date(begin)
            if end not in finishes:
                finishes[end] = axis.finish_date(end)
            first, last = starts[begin], finishes[end]
        if started:
            first = actual.get(started) or actual.setdefault(started, date.fromisoformat(started))
        if finished:
            last = actual.get(finished) or actual.setdefault(finished, date.fromisoformat(finished))
            first = min(first, last)
        dates[identifier] = PackageDates(first, last)
    return dates


def dates_of(reader: Reader, engagement: str) -> Mapping[str, PackageDates]:
    """First and last day of each dated package, by its id. Raises `CircularPlan`, `PlanTooLong`."""
    return plan_of(reader, engagement).dates


def gate_days(reader: Reader, engagement: str, dates: Mapping[str, PackageDates]) -> dict[str, date | None]:
    """The day of each gate: when it was passed, else when the last package of its phase is planned to finish."""
    last: dict[str, date] = {}
    for phase, identifier in reader.rows("SELECT phase, id FROM work_package WHERE engagement_id = ?", (engagement,)):
        finish = dates.get(identifier, NO_DATES).finish
        if finish and (phase not in last or finish > last[phase]):
            last[phase] = finish
    return {
        gate: date.fromisoformat(passed_on) if passed_on else last.get(phase)
        for gate, phase, passed_on in reader.rows(
            "SELECT id, phase, passed_on FROM gate WHERE engagement_id = ? AND before_erptui = 0", (engagement,)
        )
    }
