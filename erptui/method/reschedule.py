"""Changing a date of a package in place: what the date means depends on whether the work has begun.

To do: the package is moved; its start is held not earlier than the day. Under way: its finish is moved, which changes
its duration. Done: what really happened is corrected. A day that the network can't give is refused, not bent.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from db.errors import Problem
from db.labels import N_
from erptui.plan_dates import Plan, plan_of

if TYPE_CHECKING:
    from db.store import Store
    from erptui.method.board import PackageLine


class DateHeld(Problem):
    """The plan does not let a package have that day."""


def set_start(store: Store, engagement: str, package: PackageLine, day: date) -> date:
    """Let a package start on `day`, or have started then when it is under way. One step; raises `DateHeld`.

    Gives the day it got: work begins on the next working day where `day` is off; what has begun is kept as it was.
    """
    plan = _plan(store, engagement, package, day)
    if package.started_on or package.status == "done":
        if package.finished_on and day.isoformat() > package.finished_on:
            reason = N_("{code} was finished on {day}: it can't have started later.")
            raise DateHeld(reason, code=package.code, day=package.finished_on)
        _write(store, N_("Change start"), package, started_on=day)
        return day
    _hold_start(store, engagement, package, day, plan.axis.offset_of_start(day), N_("Change start"))
    return plan_of(store, engagement).dates[package.id].start or day


def set_finish(store: Store, engagement: str, package: PackageLine, day: date) -> date:
    """Let a package finish on `day`: moved as a whole before it has begun, made longer or shorter when it is under way.

    One step; raises `DateHeld`. Gives the day it got: the working day before where `day` is off.
    """
    plan = _plan(store, engagement, package, day)
    if package.status == "done":
        if package.started_on and day.isoformat() < package.started_on:
            reason = N_("{code} was started on {day}: it can't have finished earlier.")
            raise DateHeld(reason, code=package.code, day=package.started_on)
        _write(store, N_("Change finish"), package, finished_on=day)
        return day
    end = plan.axis.offset_of_finish(day)
    if package.started_on:
        minutes = end - plan.axis.offset_of_start(date.fromisoformat(package.started_on))
        if minutes <= 0:
            reason = N_("{code} was started on {day}: it can't finish before.")
            raise DateHeld(reason, code=package.code, day=package.started_on)
        _write(store, N_("Change finish"), package, duration=minutes)
    else:
        start = end - package.duration if package.duration else plan.axis.offset_of_start(day)
        _hold_start(store, engagement, package, day, start, N_("Change finish"))
    return plan_of(store, engagement).dates[package.id].finish or day


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


def _hold_start(store: Store, engagement: str, package: PackageLine, day: date, offset: int, label: str) -> None:
    free = plan_of(store, engagement, released=package.id)
    earliest = free.schedule.early_start[package.id]
    if offset < earliest and free.dates[package.id].finish == day and not package.duration:
        # A milestone at the end of the work before it stands on that day already.
        offset = earliest
    if offset < earliest:
        raise DateHeld(
            N_("{code} can't start before {day}: its predecessors or the start of the project hold it."),
            code=package.code,
            day=str(free.dates[package.id].start),
        )
    _write(store, label, package, not_before=free.axis.start_date(offset) if offset > earliest else None)


def _write(store: Store, label: str, package: PackageLine, **values: object) -> None:
    from db.models import WorkPackage

    with store.edit(label, about=package.code) as edit:
        edit.change(WorkPackage, package.id, {name: getattr(package, name) for name in values}, **values)
