"""How a package stands, told in one line: `60 3d waits for IT` is 60 % done, three days left, and what it waits for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from db.choices import PackageStatus
from db.labels import N_
from erptui.days import short_day
from erptui.entry import NotUnderstood
from erptui.i18n import _, listed
from erptui.line_marks import LineContext, LineSpec, Mark, MarkKind
from erptui.method.board import PackageLine, with_status
from erptui.method.reschedule import DateHeld
from erptui.notebook import Subject, write_notes
from erptui.plan_dates import plan_of
from erptui.quick_line import describe, read_line

if TYPE_CHECKING:
    from db.store import Store

_PROGRESS = Mark("progress", MarkKind.PERCENT, N_("Progress"))
_LEFT = Mark("left", MarkKind.WORKING_TIME, N_("Left"))
_LINE = LineSpec((), leading=(_PROGRESS, _LEFT))
_WAITS = re.compile(r"\b(waits?|waiting)\s+(for|on)\b|^(还|还在|正在|仍在|在)?等", re.IGNORECASE)


@dataclass(frozen=True)
class ReadProgress:
    """A line as it was read. `left` are working minutes from today on; `said` is the reading in words."""

    progress: int | None
    left: int | None
    text: str
    waits: bool
    unclear: tuple[str, ...]
    said: tuple[str, ...]


def read_progress(line: str, context: LineContext) -> ReadProgress:
    """What a line says: percent done, time left, both or neither; the rest is a note. Never raises."""
    read = read_line(line, _LINE, context)
    progress, waits = read.values.get("progress"), bool(_WAITS.search(read.text))
    said = [part.meaning for part in describe(read, context)]
    if progress == 100:
        said.append(_(PackageStatus.DONE.label))
    elif waits:
        said.append(_(PackageStatus.WAITING.label))
    unclear = [part.reason for part in read.unclear]
    if progress == 100 and read.values.get("left"):
        unclear.append(_("At 100 it is done: nothing is left then."))
    return ReadProgress(progress, read.values.get("left"), read.text, waits, tuple(unclear), tuple(said))


def report_progress(store: Store, engagement: str, package: PackageLine, read: ReadProgress, today: date) -> str:
    """Write how a package stands as one step: progress, status, length, a note; and say what was written.

    What is left counts from today, and today with it: the package ends that many working days on. Raises
    `NotUnderstood` for what is unclear, `DateHeld` where its neighbours give its length, else what `Store.edit` raises.
    """
    from db.models import WorkPackage

    if read.unclear:
        raise NotUnderstood(read.unclear[0])
    values = _values(package, read, today)
    if read.left is not None:
        values["duration"] = _length(store, engagement, package, values.get("started_on"), read.left, today)
    with store.edit(N_("Report progress"), about=package.code) as edit:
        if values:
            edit.change(WorkPackage, package.id, {name: getattr(package, name) for name in values}, **values)
        if read.text:
            subject = Subject("work_package", package.id, f"{package.code} {package.name}", engagement)
            write_notes(store, edit, subject, [read.text])
    return _said(store, engagement, package, values, read, today)


def _values(package: PackageLine, read: ReadProgress, today: date) -> dict[str, Any]:
    """The fields that change, without the length."""
    status = package.status
    if read.progress == 100:
        status = "done"
    elif read.waits:
        status = "waiting"
    elif read.progress is not None and (status == "done" or (status == "todo" and read.progress)):
        status = "doing"
    values: dict[str, Any] = {}
    if status != package.status:
        values = {"status": PackageStatus(status), **with_status(package.status, package.started_on, status, today)}
    if read.progress is not None and read.progress != package.progress:
        values["progress"] = read.progress
    if read.progress and not package.started_on and not values.get("started_on"):
        # Work that waits was begun all the same when some of it is done.
        values["started_on"] = today
    return values


def _length(store: Store, engagement: str, package: PackageLine, begins: date | None, left: int, today: date) -> int:
    """The length of a package of which `left` minutes are left: what lies behind it, from its start, and those."""
    held = store.rows(
        "SELECT 1 FROM work_package WHERE id = ? AND (lasts_from_id IS NOT NULL OR lasts_to_id IS NOT NULL)",
        (package.id,),
    )
    if held:
        raise DateHeld(N_("{code} lasts as long as its neighbours let it: its length can't be set."), code=package.code)
    started = begins or (date.fromisoformat(package.started_on) if package.started_on else None)
    if started is None:
        return left
    axis = plan_of(store, engagement).axis
    return max(0, axis.offset_of_start(today) - axis.offset_of_start(started)) + left


def _said(
    store: Store, engagement: str, package: PackageLine, values: dict[str, Any], read: ReadProgress, today: date
) -> str:
    """What was written: `A1.2: 60 %, Waiting, finish 18.03`."""
    parts = []
    if "progress" in values and values["progress"] != 100:
        parts.append(_("{percent} %").format(percent=values["progress"]))
    if "status" in values:
        parts.append(_(values["status"].label))
    if "duration" in values:
        finish = plan_of(store, engagement).dates[package.id].finish
        parts.append(_("finish {day}").format(day=short_day(finish, today)))
    if read.text:
        parts.append(_("note written"))
    return _("{code}: {what}").format(code=package.code, what=listed(parts) or _("unchanged"))
