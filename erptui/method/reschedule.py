"""Changing a date of a package in place: a start moves the work, a finish makes it longer or shorter.

To do: a new start holds the package not earlier than that day, its days stay; a new finish changes its days, its start
stays (as in OpenProject, Smartsheet and GanttProject; Microsoft Project moves the start instead, which nobody expects
who typed a finish). A milestone is moved either way. Under way: the start is a fact, a finish changes the days. Done:
what really happened is corrected. A day that the network can't give is refused, not bent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from db.errors import Problem
from db.labels import N_
from erptui import clock
from erptui.days import short_day
from erptui.i18n import _, listed
from erptui.method.board import about
from erptui.package_dates import NO_DATES, PackageDates
from erptui.plan_dates import Plan, plan_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.store import Store
    from erptui.method.board import PackageLine

MOST_NAMED = 3


class DateHeld(Problem):
    """The plan does not let a package have that day."""


class Moved(NamedTuple):
    """What a new date did to a package: its days before and after, and how many working minutes it took and takes."""

    was_start: date | None
    was_finish: date | None
    start: date | None
    finish: date | None
    was_minutes: int
    minutes: int


class _Hold(NamedTuple):
    """A link into a package: the predecessor, and the offset before which the held end of the package can't lie."""

    code: str
    kind: str
    offset: int
    day: date | None


DayOf = Callable[["PackageLine", PackageDates], date]
"""The day wanted for a package that has these dates now."""


def set_start(store: Store, engagement: str, package: PackageLine, day: date) -> Moved:
    """`set_starts` for one package."""
    return set_starts(store, engagement, [package], lambda _package, _dates: day)[0]


def set_finish(store: Store, engagement: str, package: PackageLine, day: date) -> Moved:
    """`set_finishes` for one package."""
    return set_finishes(store, engagement, [package], lambda _package, _dates: day)[0]


def set_starts(store: Store, engagement: str, packages: Sequence[PackageLine], day_of: DayOf) -> list[Moved]:
    """Let packages start on the days wanted, or have started then where they are under way. One step.

    Work begins on the next working day where the day is off; what has begun is kept as it was. Raises `DateHeld`; then
    nothing was written.
    """
    return _set(store, engagement, packages, day_of, N_("Change start"), _start_values)


def set_finishes(store: Store, engagement: str, packages: Sequence[PackageLine], day_of: DayOf) -> list[Moved]:
    """Let packages finish on the days wanted: they take more or fewer days, their start stays. One step.

    They end on the working day before where the day is off. A milestone is moved; what is done is corrected. Raises
    `DateHeld`; then nothing was written.
    """
    return _set(store, engagement, packages, day_of, N_("Change finish"), _finish_values)


_Values = dict[str, object]


def _set(
    store: Store,
    engagement: str,
    packages: Sequence[PackageLine],
    day_of: DayOf,
    label: str,
    values_for: Callable[[Store, str, PackageLine, date], _Values],
) -> list[Moved]:
    from db.models import WorkPackage

    before = plan_of(store, engagement).dates
    days = {package.id: day_of(package, before.get(package.id, NO_DATES)) for package in packages}
    # In the order of the work: what moves first makes room for what waits for it.
    ordered = sorted(packages, key=lambda package: before.get(package.id, NO_DATES).start or date.min)
    with store.edit(label, about=about(packages)) as edit:
        for package in ordered:
            values = values_for(store, engagement, package, days[package.id])
            expected = {name: getattr(package, name) for name in values}
            edit.change(WorkPackage, package.id, expected, **values)
    after = plan_of(store, engagement).dates
    minutes: dict[str, int] = dict(
        store.rows("SELECT id, duration FROM work_package WHERE engagement_id = ?", (engagement,))
    )
    return [
        Moved(*before.get(one.id, NO_DATES), *after.get(one.id, NO_DATES), one.duration, minutes[one.id])
        for one in packages
    ]


def _start_values(store: Store, engagement: str, package: PackageLine, day: date) -> _Values:
    plan = _plan(store, engagement, package, day)
    if package.started_on or package.status == "done":
        if day > clock.today():
            reason = N_(
                "{code} has begun, so its start can't be later than today."
                " If it has not begun, set its status to To do first."
            )
            raise DateHeld(reason, code=package.code)
        if package.finished_on and day.isoformat() > package.finished_on:
            reason = N_("{code} was finished on {day}: it can't have started later.")
            raise DateHeld(reason, code=package.code, day=_shown(package.finished_on))
        return {"started_on": day}
    return _held_start(store, engagement, package, day, plan.axis.offset_of_start(day))


def _finish_values(store: Store, engagement: str, package: PackageLine, day: date) -> _Values:
    plan = _plan(store, engagement, package, day)
    if package.status == "done":
        return _corrected_finish(package, day)
    if package.started_on:
        begun = plan.axis.offset_of_start(date.fromisoformat(package.started_on))
        minutes = plan.axis.offset_of_finish(day) - begun
        if minutes <= 0:
            reason = N_("{code} was started on {day}: it can't finish before.")
            raise DateHeld(reason, code=package.code, day=_shown(package.started_on))
        return {"duration": minutes}
    if package.duration:
        return _changed_days(store, package, day, plan)
    return _held_start(store, engagement, package, day, plan.axis.offset_of_start(day))


def _plan(store: Store, engagement: str, package: PackageLine, day: date) -> Plan:
    """The plan as it stands, once it is clear that a day can be given to the package at all."""
    from db.models import WorkPackage

    WorkPackage.not_before.clean(day)
    neighbours = [
        code
        for (code,) in store.rows(
            "SELECT o.code FROM work_package p JOIN work_package o ON o.id IN (p.lasts_from_id, p.lasts_to_id)"
            " WHERE p.id = ? ORDER BY o.id = p.lasts_to_id",
            (package.id,),
        )
    ]
    if neighbours and package.status != "done":
        reason = N_("{code} lasts as long as {others} let it: change their dates.")
        raise DateHeld(reason, code=package.code, others=" – ".join(neighbours))
    return plan_of(store, engagement)


def _corrected_finish(package: PackageLine, day: date) -> _Values:
    if day > clock.today():
        reason = N_(
            "{code} is done, so its finish can't be later than today. If it is not done, change its status first."
        )
        raise DateHeld(reason, code=package.code)
    if package.started_on and day.isoformat() < package.started_on:
        reason = N_("{code} was started on {day}: it can't have finished earlier. Change its start first.")
        raise DateHeld(reason, code=package.code, day=_shown(package.started_on))
    return {"finished_on": day}


def _changed_days(store: Store, package: PackageLine, day: date, plan: Plan) -> _Values:
    """Make a package that has not begun longer or shorter, so that it ends on `day`; its start stays."""
    start, end = plan.schedule.early_start[package.id], plan.axis.offset_of_finish(day)
    holds = _holds(store, package, plan)
    late = [hold for hold in holds if hold.kind in ("FF", "SF") and hold.offset > end]
    if late:
        latest = max(hold.offset for hold in late)
        reason = N_("{code} can't finish before {day}: it waits for {others}.")
        raise DateHeld(
            reason,
            code=package.code,
            day=_shown(plan.axis.finish_date(latest)),
            others=_named([hold for hold in late if hold.offset == latest]),
        )
    if end <= start:
        reason = N_("{code} starts on {day}: it can't finish before. Change its start first.")
        raise DateHeld(reason, code=package.code, day=_shown(plan.dates[package.id].start))
    values: _Values = {"duration": end - start}
    freed = [hold.offset - (end - start if hold.kind in ("FF", "SF") else 0) for hold in holds]
    own = plan.axis.offset_of_start(date.fromisoformat(package.not_before)) if package.not_before else 0
    if max([0, own, *freed]) < start:
        # What pulled its finish no longer reaches its start.
        values["not_before"] = plan.axis.start_date(start)
    return values


def _held_start(store: Store, engagement: str, package: PackageLine, day: date, offset: int) -> _Values:
    free = plan_of(store, engagement, released=package.id)
    earliest = free.schedule.early_start[package.id]
    if offset < earliest and free.dates[package.id].finish == day and not package.duration:
        # A milestone at the end of the work before it stands on that day already.
        offset = earliest
    if offset < earliest:
        first = _shown(free.dates[package.id].start)
        ends = {"FF": package.duration, "SF": package.duration}
        holding = [h for h in _holds(store, package, free) if h.offset - ends.get(h.kind, 0) == earliest]
        if not holding:
            raise DateHeld(
                N_("{code} can't start before {day}, the first day of the project."), code=package.code, day=first
            )
        raise DateHeld(
            N_("{code} can't start before {day}: it waits for {others}."),
            code=package.code,
            day=first,
            others=_named(holding),
        )
    return {"not_before": free.axis.start_date(offset) if offset > earliest else None}


def _holds(store: Store, package: PackageLine, plan: Plan) -> list[_Hold]:
    """The links into a package, each with what it lets its start (FS, SS) or its finish (FF, SF) be at the earliest."""
    found = []
    for identifier, code, kind, lag in store.rows(
        "SELECT p.id, p.code, d.kind, d.lag FROM dependency d JOIN work_package p ON p.id = d.predecessor_id"
        " WHERE d.successor_id = ? ORDER BY p.rank",
        (package.id,),
    ):
        dates = plan.dates.get(identifier)
        if dates is None:
            continue
        ends = kind[0] == "F"
        offset = (plan.schedule.early_finish if ends else plan.schedule.early_start)[identifier] + lag
        found.append(_Hold(code, kind, offset, dates.finish if ends else dates.start))
    return found


def _named(holds: Sequence[_Hold]) -> str:
    """`B2.1 (finish 11.01)`: what is waited for, and its day."""
    texts = []
    for hold in holds:
        text = _("{code} (finish {day})") if hold.kind[0] == "F" else _("{code} (start {day})")
        texts.append(text.format(code=hold.code, day=_shown(hold.day)))
    return listed(texts, MOST_NAMED)


def _shown(day: date | str | None) -> str:
    return short_day(date.fromisoformat(day) if isinstance(day, str) else day, clock.today())
