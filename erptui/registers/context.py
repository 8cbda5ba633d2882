"""What derived columns are computed from besides the rows: names, dates, today. Read once, when needed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from db.errors import Problem
from erptui.engagements import EngagementLine, engagements

if TYPE_CHECKING:
    from db.store import Reader
    from erptui.package_dates import PackageDates
    from erptui.portfolio import PortfolioLine, Prospect
    from erptui.touches import Contact

FEW = 200
"""Rows for which a column is read by their ids rather than for all."""


@dataclass
class Context:
    """For whom, as of when and of which engagement (None: of all) a register is read.

    `with_none`: what belongs to no engagement is read with that of the one. `remarks` are the plans that could not be
    computed; their rows have no dates.
    """

    reader: Reader
    today: date
    engagement: EngagementLine | None = None
    audience: str = "internal"
    with_none: bool = False
    remarks: list[Problem] = field(default_factory=list)
    _contacts: Mapping[str, Contact] | None = field(default=None, init=False, repr=False)

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The codes of the engagements by id."""
        return {engagement.id: engagement.code for engagement in engagements(self.reader)}

    @cached_property
    def dates(self) -> Mapping[str, PackageDates]:
        """First and last day of the packages by id."""
        return {package: days for plan in self._plans.values() for package, days in plan.items()}

    @cached_property
    def gate_days(self) -> Mapping[str, date | None]:
        """The days of the gates by id."""
        from erptui.plan_dates import gate_days

        days: dict[str, date | None] = {}
        for engagement, plan in self._plans.items():
            days.update(gate_days(self.reader, engagement, plan))
        return days

    @cached_property
    def _plans(self) -> Mapping[str, Mapping[str, PackageDates]]:
        from erptui.plan_dates import dates_of

        plans: dict[str, Mapping[str, PackageDates]] = {}
        for engagement in [self.engagement.id] if self.engagement else self.codes:
            try:
                plans[engagement] = dates_of(self.reader, engagement)
            except Problem as problem:
                self.remarks.append(problem)
                plans[engagement] = {}
        return plans

    @cached_property
    def portfolio(self) -> Mapping[str, PortfolioLine]:
        """How the engagements stand, by id."""
        from erptui.portfolio import portfolio

        return {line.id: line for line in portfolio(self.reader)}

    @cached_property
    def prospects(self) -> Mapping[str, Prospect]:
        """What lies ahead of the engagements, by id. A screen that has it from a worker puts it here."""
        from erptui.portfolio import prospects

        return prospects(self.reader, self.today, self.engagement.id if self.engagement else None)

    @cached_property
    def open_phases(self) -> Collection[tuple[str, str]]:
        """The phases that are open, as engagement and phase."""
        return set(self.reader.rows("SELECT engagement_id, phase FROM phase WHERE opened_on IS NOT NULL"))

    @cached_property
    def package_codes(self) -> Mapping[str, str]:
        """The codes of all packages by id."""
        return dict(self.reader.rows("SELECT id, code FROM work_package"))

    @cached_property
    def role_codes(self) -> Mapping[str, str]:
        """The codes of the roles by id."""
        return dict(self.reader.rows("SELECT id, code FROM role"))

    @cached_property
    def people(self) -> Mapping[str, str]:
        """The names of the people by id."""
        return dict(self.reader.rows("SELECT id, name FROM person"))

    def contacts(self, people: Sequence[str]) -> Mapping[str, Contact]:
        """The last and the next touch of these people by id; of a few only they are read."""
        from erptui.touches import last_and_next

        if self._contacts is None and len(people) <= FEW:
            return last_and_next(self.reader, people)
        if self._contacts is None:
            self._contacts = last_and_next(self.reader)
        return self._contacts
