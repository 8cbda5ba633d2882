"""Work packages added by one line, and moved to the trash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from db.choices import ActivityId, PhaseId
from db.errors import Problem
from db.labels import N_
from db.rank import between
from erptui.engagements import natural
from erptui.entry import NotUnderstood
from erptui.i18n import _
from erptui.line_marks import LineContext, LineSpec, Mark, MarkKind
from erptui.planning.working_time import MINUTES_PER_DAY
from erptui.quick_line import describe, read_line
from erptui.step_names import few_names

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Reader, Store

_LINE = LineSpec(
    (
        Mark("owner", MarkKind.PERSON, N_("Owner")),
        Mark("finish", MarkKind.NEXT, N_("Finish")),
        Mark("duration", MarkKind.WORKING_TIME, N_("Duration")),
        Mark("not_before", MarkKind.DAY, N_("Not before")),
    )
)


class FinishHeld(Problem):
    """A new package can't finish on the day that was typed."""

    sentence = N_("It can't finish on {day}: it would have to start before the project, on {start}.")


@dataclass(frozen=True)
class NewPackage:
    """A package as a line gives it: its name, how many working minutes it takes, who owns it, and when.

    `not_before` is the day before which it does not start, `finish` the one on which it ends; at most one is given.
    """

    name: str
    minutes: int = MINUTES_PER_DAY
    owner: str | None = None
    not_before: date | None = None
    finish: date | None = None


@dataclass(frozen=True)
class ReadPackage:
    """A line as it was read: the package, why it can't be made as it stands, and the reading in words."""

    package: NewPackage
    unclear: tuple[str, ...]
    said: tuple[str, ...]


def read_package(line: str, context: LineContext) -> ReadPackage:
    """What a line says: `Stock count plan 3d @zm fri`, `>2w` is the day on which it ends. Never raises."""
    read = read_line(line, _LINE, context)
    values = read.values
    unclear = [part.reason for part in read.unclear]
    if not read.text:
        unclear.append(_("A name is missing. Type: name 3d @owner fri, or >2w for the day on which it ends."))
    if "finish" in values and "not_before" in values:
        unclear.append(_("There are two days: one to start from and one to end on. Leave one of them out."))
    package = NewPackage(
        read.text,
        values.get("duration", MINUTES_PER_DAY),
        values.get("owner"),
        values.get("not_before"),
        values.get("finish"),
    )
    return ReadPackage(package, tuple(unclear), tuple(part.meaning for part in describe(read, context)))


def add_package(store: Store, engagement: str, place: tuple[str, str], package: NewPackage, today: date) -> str:
    """Make a package behind the others of its activity as one step, and give its id.

    `place` is phase and activity. Without a day it does not start before today. Raises `FinishHeld`, `NotUnderstood`
    without a name, else what `Store.edit` raises.
    """
    if not package.name:
        raise NotUnderstood(_("A name is missing."))
    phase, activity = place
    not_before = package.not_before or today
    if package.finish is not None:
        not_before = _start_for(store, engagement, package.finish, package.minutes)
    with store.edit(N_("Add package"), about=package.name[:60]) as edit:
        return make_package(
            store,
            edit,
            (engagement, phase, activity),
            name=package.name,
            duration=package.minutes,
            not_before=not_before,
            owner=package.owner,
        )


def make_package(reader: Reader, edit: Edit, place: tuple[str | None, str, str], **values: object) -> str:
    """Make a package within a step, at its `place_for` engagement, phase and activity."""
    from db.models import WorkPackage

    return str(edit.create(WorkPackage, **place_for(reader, place), **values).id)


def place_for(reader: Reader, place: tuple[str | None, str, str]) -> dict[str, Any]:
    """Where a new package of an engagement, phase and activity stands: its next free code, behind the others."""
    engagement, phase, activity = place
    there = reader.rows(
        "SELECT code, rank FROM work_package WHERE engagement_id = ? AND activity = ?", (engagement, activity)
    )
    return {
        "engagement": engagement,
        "code": next_code(activity, [code for code, _rank in there]),
        "phase": PhaseId(phase),
        "activity": ActivityId(activity),
        "rank": between(max((rank for _code, rank in there), default=None), None),
    }


def given_by(line: str, context: LineContext) -> dict[str, str]:
    """What a line says of a new package by field, for the form; what is not understood stands in the name."""
    read = read_package(line, context)
    package = read.package
    texts = {
        "name": package.name,
        "duration": _("{days} d").format(days=f"{package.minutes / MINUTES_PER_DAY:g}"),
        "owner": context.people.candidates[package.owner].name if package.owner else "",
        "not_before": package.not_before.isoformat() if package.not_before else "",
    }
    return {name: text for name, text in texts.items() if text}


def next_code(activity: str, codes: Sequence[str]) -> str:
    """The code behind those that are taken: `C1.12` behind `C1.11`."""
    last = max((code for code in codes if code.startswith(f"{activity}.")), key=natural, default="")
    number = last[len(activity) + 1 :].split(".")[0]
    return f"{activity}.{int(number) + 1 if number.isdecimal() else 1}"


def _start_for(reader: Reader, engagement: str, finish: date, minutes: int) -> date:
    """The day on which work of this length starts that ends on `finish`. Raises `FinishHeld`."""
    from erptui.plan_dates import calendar_for

    ((start,),) = reader.rows("SELECT start FROM engagement WHERE id = ?", (engagement,))
    axis = calendar_for(reader, engagement).axis(date.fromisoformat(start))
    offset = axis.offset_of_finish(finish) - minutes
    first = axis.start_date(offset)
    if offset < 0:
        raise FinishHeld(day=finish.isoformat(), start=first.isoformat())
    return first


def trash_packages(store: Store, packages: Sequence[tuple[str, str]]) -> str:
    """Delete packages, given as id and code, with their links and deliverables as one step; give which, in words.

    Raises what `Store.edit` raises.
    """
    from db.models import WorkPackage

    about = few_names(code for _id, code in packages)
    with store.edit(N_("Move to trash"), about=about) as edit:
        for package, _code in packages:
            edit.delete(store.get(WorkPackage, package))
    return about
