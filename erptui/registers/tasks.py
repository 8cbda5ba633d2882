"""The work packages with their dates and what they wait for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.choices import PackageStatus
from db.labels import N_
from db.models import WorkPackage
from erptui.engagements import natural
from erptui.package_dates import NO_DATES
from erptui.registers.context import Context
from erptui.registers.register import PROJECT, Derived, Record, Register, lookup

_DONE = PackageStatus.DONE.id


def starts(records: Sequence[Record], context: Context) -> Sequence[str | None]:
    """The first day of each package."""
    return _days(records, context, 0)


def finishes(records: Sequence[Record], context: Context) -> Sequence[str | None]:
    """The last day of each package."""
    return _days(records, context, 1)


def _days(records: Sequence[Record], context: Context, which: int) -> Sequence[str | None]:
    dates = context.dates
    written: dict[Any, str | None] = {None: None}
    days = []
    for record in records:
        day = dates.get(record["id"], NO_DATES)[which]
        if day not in written:
            written[day] = day.isoformat()  # type: ignore[union-attr]  # None is there from the start
        days.append(written[day])
    return days


def late(records: Sequence[Record], context: Context) -> Sequence[bool]:
    """Whether a package should be done by now and is not. In a phase that is not open nothing is late."""
    today, opened = context.today.isoformat(), context.open_phases
    return [
        record["status"] != _DONE
        and record["finish"] is not None
        and record["finish"] < today
        and (record["engagement"], record["phase"]) in opened
        for record in records
    ]


def predecessors(records: Sequence[Record], context: Context) -> Sequence[list[dict[str, Any]]]:
    """What each package waits for: id and code of the other, the kind of link and its lag in working minutes."""
    waits: dict[str, list[dict[str, Any]]] = {record["id"]: [] for record in records}
    codes = context.package_codes
    for successor, identifier, kind, lag in context.reader.rows(
        "SELECT successor_id, predecessor_id, kind, lag FROM dependency"
    ):
        if successor in waits:
            waits[successor].append({"id": identifier, "code": codes[identifier], "kind": kind, "lag": lag})
    for links in waits.values():
        if len(links) > 1:
            links.sort(key=lambda link: (natural(link["code"]), link["id"], link["kind"]))
    return list(waits.values())


START = Derived("start", N_("Start"), starts)
FINISH = Derived("finish", N_("Finish"), finishes)
LATE = Derived("late", N_("Late"), late)
OWNER_ROLE = Derived("role_code", N_("Role"), lookup("role", lambda context: context.role_codes))
OWNER_NAME = Derived("owner_name", N_("Owner"), lookup("owner", lambda context: context.people))
PREDECESSORS = Derived("predecessors", N_("Predecessors"), predecessors)

TASKS = Register(
    "tasks",
    N_("Tasks"),
    WorkPackage,
    columns=(
        PROJECT,
        WorkPackage.code,
        WorkPackage.name,
        START,
        FINISH,
        WorkPackage.status,
        OWNER_ROLE,
        LATE,
        OWNER_NAME,
        WorkPackage.progress,
        WorkPackage.area,
    ),
    more=(PREDECESSORS,),
    sort=("project", "code"),
    period=("start", "finish"),
)
