"""All that Today shows, looked at once: what needs somebody, what lies ahead, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from db.choices import EngagementStatus
from erptui.attention.agenda import agenda_in
from erptui.attention.lines import AgendaLine, Matter
from erptui.attention.matters import findings_in
from erptui.attention.scene import Scene
from erptui.i18n import say

if TYPE_CHECKING:
    from db.store import Reader
    from erptui.plan_dates import Plan

RED, AMBER = ("block", "red"), ("amber",)
"""The severities that a title counts as alerts, by colour."""


@dataclass(frozen=True)
class Attention:
    """What was found on a day. `problems` says by engagement why it has no plan, `codes` what engagements are called.

    `projects` and `leads` are how many were looked at; `quiet` is what was put off.
    """

    day: date
    matters: Sequence[Matter] = ()
    ahead: Sequence[AgendaLine] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    projects: int = 0
    leads: int = 0
    quiet: Sequence[Matter] = ()

    def count(self, severities: Sequence[str], engagement: str | None = None) -> int:
        """How many matters are of these severities, of all engagements or of one."""
        return sum(matter.severity in severities and engagement in (None, matter.engagement) for matter in self.matters)

    def of_one(self, engagement: str) -> Attention:
        """The same, of a single engagement."""
        return Attention(
            self.day,
            [matter for matter in self.matters if matter.engagement == engagement],
            [line for line in self.ahead if line.engagement == engagement],
            {one: problem for one, problem in self.problems.items() if one == engagement},
            self.codes,
            self.projects,
            self.leads,
            [matter for matter in self.quiet if matter.engagement == engagement],
        )


def look(reader: Reader, today: date, plans: Mapping[str, Plan] | None = None) -> Attention:
    """Look at all engagements that are alive. `plans` are those known already. Raises `Refused`."""
    scene = Scene(reader, today, None, plans)
    matters, ahead = findings_in(scene), agenda_in(scene)
    leads = sum(line.status == EngagementStatus.LEAD.id for line in scene.engagements)
    problems = {engagement: say(problem) for engagement, problem in scene.unplanned.items()}
    projects = len(scene.engagements) - leads
    return Attention(today, matters, ahead, problems, scene.codes, projects, leads, scene.quiet)
