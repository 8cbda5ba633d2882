"""What the parts of filling the demo share while one engagement is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from db.choices import ActivityId

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Store
    from erptui.demo.content import Told
    from erptui.demo.days import Days


@dataclass
class Then:
    """The moment at which what is written is said to have happened."""

    moment: datetime


@dataclass
class Filling:
    """One engagement being filled. `known` are the ids of people and engagements by the key the content gives them.

    `made` are the table and the id of rows of this engagement that others refer to, by their key.
    """

    store: Store
    edit: Edit
    content: Told
    staff: Told
    days: Days
    known: dict[str, str]
    then: Then
    engagement: str = ""
    made: dict[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def packages(self) -> dict[str, str]:
        """The ids of the packages by code."""
        return dict(self.store.rows("SELECT code, id FROM work_package WHERE engagement_id = ?", (self.engagement,)))

    @cached_property
    def activities(self) -> dict[str, str]:
        """The ids of the activities by their id in the method."""
        return dict(self.store.rows("SELECT activity, id FROM activity WHERE engagement_id = ?", (self.engagement,)))

    def row(self, said: str) -> tuple[str, str]:
        """Table and id of what is named: `@wanglei` a person, `C1` a card, `C1.9` a package, else a key of `made`."""
        if said.startswith("@"):
            return "person", self.known[said[1:]]
        if said in ActivityId._value2member_map_:
            return "activity", self.activities[said]
        if said in self.made:
            return self.made[said]
        return "work_package", self.packages[said]

    def person(self, key: str | None) -> str | None:
        """The id of a person by the key."""
        return None if key is None else self.known[key]

    def colleague(self, key: str | None) -> str:
        """The name of somebody of the vendor; of the project manager where nobody is named."""
        return str(self.staff["people"][key or "zhang"]["name"])
