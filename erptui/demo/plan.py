"""The work of the demo: what is done, what is late, which gates are signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from db.choices import ActivityId, ContentLanguage, PackageStatus, PhaseId
from db.models import Deliverable, Gate, GateCriterion, Phase, WipLimit, WorkPackage
from db.rank import between
from erptui.demo.content import Told
from erptui.demo.filling import Filling
from erptui.method.template import load_template
from erptui.package_dates import NO_DATES, PackageDates
from erptui.planning.network import Link, Task, schedule
from erptui.planning.working_time import MINUTES_PER_DAY

_MINUTES = {ContentLanguage.CHINESE.id: "阶段评审会纪要 {day}.docx", "en": "Gate review minutes {day}.docx"}
_PLAIN = ("progress", "waits_for", "note")


@cache
def _finishes(lead: bool) -> Mapping[str, int]:
    """When each package of the template finishes, in working minutes from the start; a lead has the pursuit alone."""
    packages = [p for p in load_template().packages if not lead or p.phase == PhaseId.PURSUIT.id]
    there = {p.id for p in packages}
    links = [
        Link(link.predecessor, p.id, link.kind, link.lag * MINUTES_PER_DAY)
        for p in packages
        for link in p.predecessors
        if link.predecessor in there
    ]
    return schedule([Task(p.id, p.days * MINUTES_PER_DAY) for p in packages], links).early_finish


def days_to(package: str, *, lead: bool) -> int:
    """Working days from the start of the plan to the finish of a package."""
    return _finishes(lead)[package] // MINUTES_PER_DAY


def work(filling: Filling, dates: Mapping[str, PackageDates]) -> None:
    """What was planned before today is done, what is planned for today is under way, but for what the content says."""
    said: Told = filling.content.get("packages", {})
    edit, days = filling.edit, filling.days
    deliverables: dict[str, str] = dict(
        filling.store.rows(
            "SELECT d.package_id, d.id FROM deliverable d JOIN work_package w ON w.id = d.package_id"
            " WHERE w.engagement_id = ?",
            (filling.engagement,),
        )
    )
    for code, package in filling.packages.items():
        own: Told = said.get(code, {})
        values = _standing(days.today, dates.get(package, NO_DATES), own)
        values |= {name: own[name] for name in _PLAIN if name in own}
        if "status" in own:
            values["status"] = PackageStatus(own["status"])
        values |= {f"{name}_on": days.day(own[name]) for name in ("started", "finished") if name in own}
        if "owner" in own:
            values["owner"] = filling.known[own["owner"]]
        if values:
            edit.change(WorkPackage, package, None, **values)
        if values.get("status") == PackageStatus.DONE and package in deliverables and own.get("handed_over", True):
            edit.change(Deliverable, deliverables[package], None, done=True, reference=own.get("reference"))


def _standing(today: date, planned: PackageDates, own: Told) -> dict[str, Any]:
    """How a package stands by its planned days, unless its status is said."""
    start, finish = planned
    status = own.get("status")
    if start is None or finish is None or status == PackageStatus.TODO.id:
        return {}
    if status == PackageStatus.DONE.id or (status is None and finish < today):
        return {"status": PackageStatus.DONE, "started_on": start, "finished_on": finish, "progress": 100}
    if start > today:
        return {}
    passed = (min(today, finish) - start) / max(timedelta(days=1), finish - start + timedelta(days=1))
    progress = max(10, min(90, round(passed * 10) * 10))
    return {"status": PackageStatus.DOING, "started_on": start, "progress": progress}


def add_packages(filling: Filling) -> None:
    """Packages that are not of the template: `start` is the first day, `days` how many working days it takes."""
    rank: str | None
    ((rank,),) = filling.store.rows("SELECT max(rank) FROM work_package WHERE engagement_id = ?", (filling.engagement,))
    roles: dict[str, str] = dict(
        filling.store.rows("SELECT code, id FROM role WHERE engagement_id = ?", (filling.engagement,))
    )
    for told in filling.content.get("more_packages", ()):
        rank = between(rank, None)
        begun, ended = (filling.days.maybe(told.get(name)) for name in ("started", "finished"))
        activity = ActivityId(told["activity"])
        made = filling.edit.create(
            WorkPackage,
            engagement=filling.engagement,
            code=told["code"],
            name=told["name"],
            phase=PhaseId(activity.id[0]),
            activity=activity,
            rank=rank,
            duration=told["days"] * MINUTES_PER_DAY,
            not_before=filling.days.day(told["start"]),
            started_on=begun,
            finished_on=ended,
            status=PackageStatus.DONE if ended else PackageStatus(told.get("status", "doing" if begun else "todo")),
            progress=100 if ended else told.get("progress", 0),
            role=roles[told["role"]] if "role" in told else None,
            owner=filling.person(told.get("owner")),
            waits_for=told.get("waits_for"),
            note=told.get("note"),
        )
        if "deliverable" in told:
            filling.edit.create(
                Deliverable, package=made, name=told["deliverable"], done=bool(ended), reference=told.get("reference")
            )
        filling.made[told["code"]] = ("work_package", made.id)
    for status, most in filling.content.get("limits", {}).items():
        filling.edit.create(WipLimit, engagement=filling.engagement, status=PackageStatus(status), most=most)


def sign(filling: Filling, dates: Mapping[str, PackageDates]) -> None:
    """Gates of the phases whose work is done were signed when it was; the next phase opened that day.

    The content says which gate is `unsigned`, which lacks its `proof`, and which was passed for a `reason`.
    """
    store, edit = filling.store, filling.edit
    phases: dict[str, str] = dict(
        store.rows("SELECT phase, id FROM phase WHERE engagement_id = ?", (filling.engagement,))
    )
    closed = False
    for gate, phase in store.rows(
        "SELECT id, phase FROM gate WHERE engagement_id = ? AND NOT before_erptui ORDER BY phase", (filling.engagement,)
    ):
        own: Told = filling.content.get("gates", {}).get(phase, {})
        packages = store.rows(
            "SELECT id, status FROM work_package WHERE engagement_id = ? AND phase = ?", (filling.engagement, phase)
        )
        finished = [dates[package].finish for package, status in packages if status == PackageStatus.DONE.id]
        closed = closed or own.get("unsigned", False) or len(finished) < len(packages)
        _tick(filling, gate, own.get("ticked", 0 if closed else None))
        if closed:
            continue
        day = max(day for day in finished if day)
        edit.change(Gate, gate, None, passed_on=day, recorded_by=filling.colleague(None), **_passed(filling, own, day))
        edit.change(Phase, phases[chr(ord(phase) + 1)], None, opened_on=day)


def _passed(filling: Filling, own: Told, day: date) -> dict[str, Any]:
    """How a gate was passed: signed with its proof, or on for a reason."""
    if "reason" in own:
        return {"reason": own["reason"]}
    minutes = _MINUTES[filling.content["language"]].format(day=day)
    return {"signed_by": filling.content["signer"], "proof": own.get("proof", minutes)}


def _tick(filling: Filling, gate: str, count: int | None) -> None:
    """Tick the first lines of a checklist; all of them where no number is said."""
    criteria = filling.store.rows("SELECT id FROM gate_criterion WHERE gate_id = ? ORDER BY rank", (gate,))
    for (criterion,) in criteria[:count]:
        filling.edit.change(GateCriterion, criterion, None, done=True)
