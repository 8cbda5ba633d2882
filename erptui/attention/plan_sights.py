"""What the rules see of the plan: packages, milestones, deliverables, gates, holidays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from erptui.attention.sight import Sight
from erptui.i18n import listed
from erptui.method.gates import PHASES, GateState

if TYPE_CHECKING:
    from erptui.attention.scene import Package, Scene

# The band of what goes on through all phases has no gate; its packages come again and are never late as a whole.
_BAND = "E"
_NAMED = 3
"""Years that are named one by one."""


def critical_late(scene: Scene) -> Iterator[Sight]:
    """Q15: critical packages past their finish, or not started when they should have been."""
    for engagement, package in _open_packages(scene):
        if not package.critical or package.milestone:
            continue
        due = package.dates.start if package.status == "todo" else package.dates.finish
        if due and due < scene.today:
            yield _late(scene, engagement, package, due, "task.critical_days_late")


def past_finish(scene: Scene) -> Iterator[Sight]:
    """Q64: packages beside the critical path past their finish and not done."""
    for engagement, package in _open_packages(scene):
        finish = package.dates.finish
        if finish and finish < scene.today and not package.milestone and not package.critical:
            yield _late(scene, engagement, package, finish, "task.days_late")


def milestones_past(scene: Scene) -> Iterator[Sight]:
    """Q65: milestones past their date."""
    for engagement, package in _open_packages(scene):
        finish = package.dates.finish
        if finish and finish < scene.today and package.milestone:
            yield _late(scene, engagement, package, finish, "milestone.days_late", group=package.id)


def due_shortly(scene: Scene) -> Iterator[Sight]:
    """Q66: packages whose finish is near and that have time still."""
    for engagement, package in _open_packages(scene):
        finish = package.dates.finish
        if finish and finish >= scene.today:
            left = scene.working_days_to(engagement, finish)
            yield Sight(
                engagement, package.activity, ("work_package", package.id), {"task.days_to_finish": left},
                name=package.name, group=package.activity, when=finish,
            )  # fmt: skip


def without_owner(scene: Scene) -> Iterator[Sight]:
    """Q67: packages about to start for which neither a person stands nor anybody in their role."""
    for engagement, package in _open_packages(scene):
        start = package.dates.start
        if package.owned or start is None:
            continue
        yield Sight(
            engagement, package.activity, ("work_package", package.id),
            {"task.days_to_start_unowned": scene.working_days_to(engagement, start)},
            name=package.name, group=package.activity, when=start, days=max(0, (scene.today - start).days),
        )  # fmt: skip


def deliverable_missing(scene: Scene) -> Iterator[Sight]:
    """Q68: packages that are done, but not all they hand over was handed over."""
    missing = {
        package
        for (package,) in scene.reader.rows(
            "SELECT w.id FROM work_package w WHERE w.status = 'done' AND w.finished_on IS NOT NULL"
            " AND EXISTS (SELECT 1 FROM deliverable d WHERE d.package_id = w.id AND d.done = 0)"
        )
    }
    for line in scene.engagements:
        for package in scene.packages(line.id):
            if package.id in missing and package.finished_on:
                days = scene.working_days_since(line.id, package.finished_on)
                yield Sight(
                    line.id, package.activity, ("work_package", package.id), {"deliverable.days_missing": days},
                    name=package.name, group=package.activity, days=days,
                )  # fmt: skip


def gate_unsigned(scene: Scene) -> Iterator[Sight]:
    """Q69: phases whose work is all done while the gate waits for a signature."""
    for line in scene.engagements:
        gates = {gate.phase: gate for gate in scene.gates(line.id) if not gate.passed}
        for phase, packages in groupby(
            sorted(scene.packages(line.id), key=lambda package: package.phase), key=lambda package: package.phase
        ):
            here = list(packages)
            last = max((package.finished_on for package in here if package.finished_on), default=None)
            if phase in gates and last and not any(package.open for package in here):
                days = scene.working_days_since(line.id, last)
                yield _gate(line.id, gates[phase], "gate.days_unsigned", days, days)


def beyond_gate(scene: Scene) -> Iterator[Sight]:
    """Q48: work begun beyond the first gate that is neither signed nor passed with a reason."""
    for line in scene.engagements:
        closed = next((gate for gate in scene.gates(line.id) if not gate.passed), None)
        if closed is None:
            continue
        beyond = PHASES[PHASES.index(closed.phase) + 1 :]
        marks = ", ".join("?" * len(beyond))
        ((count, first),) = scene.reader.rows(
            "SELECT count(*), min(coalesce(started_on, finished_on)) FROM work_package WHERE engagement_id = ?"
            f" AND before_erptui = 0 AND (started_on IS NOT NULL OR finished_on IS NOT NULL) AND phase IN ({marks})",
            (line.id, *beyond),
        )
        if count:
            days = (scene.today - date.fromisoformat(first)).days
            yield _gate(line.id, closed, "gate.packages_started_beyond", count, days)


def without_proof(scene: Scene) -> Iterator[Sight]:
    """Q59: gates that were signed, and nothing proves it."""
    for line in scene.engagements:
        for gate in scene.gates(line.id):
            if gate.passed_on and gate.signed_by and gate.needs_proof and not gate.proof:
                days = scene.working_days_since(line.id, gate.passed_on)
                yield _gate(line.id, gate, "signoff.days_without_proof", days, days)


def holidays_unannounced(scene: Scene) -> Iterator[Sight]:
    """Q45: plans that run into a year whose public holidays are not announced yet."""
    for line in scene.engagements:
        plan = scene.plan(line.id)
        if plan is None or not plan.unannounced:
            continue
        years = set(plan.unannounced)
        count = sum(day.finish is not None and day.finish.year in years for day in plan.dates.values())
        yield Sight(
            line.id, "B2", ("engagement", line.id), {"holiday.tasks_in_unconfirmed_years": count},
            name=_years(plan.unannounced),
        )  # fmt: skip


def _years(years: Sequence[int]) -> str:
    """A few years by name, many by the first and the last."""
    return listed(map(str, years)) if len(years) <= _NAMED else f"{years[0]}–{years[-1]}"


def _open_packages(scene: Scene) -> Iterator[tuple[str, Package]]:
    for line in scene.engagements:
        for package in scene.packages(line.id):
            if package.open and package.phase != _BAND:
                yield line.id, package


def _late(scene: Scene, engagement: str, package: Package, due: date, measure: str, group: str = "") -> Sight:
    return Sight(
        engagement, package.activity, ("work_package", package.id),
        {measure: scene.working_days_since(engagement, due)},
        name=package.name, days=(scene.today - due).days, group=group or package.activity, when=due,
    )  # fmt: skip


def _gate(engagement: str, gate: GateState, measure: str, value: int, days: int) -> Sight:
    return Sight(engagement, gate.phase, ("gate", gate.id), {measure: value}, name=gate.name, days=days, group=gate.id)
