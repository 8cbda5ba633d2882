"""The lines of Today: matters, matters folded by rule, what lies ahead. They stand without what finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that needs somebody. `text` and `why` are in the language that was in use when it was found.

    `days` is how long it has been due, `when` the day it was due; `settle` the action that the template proposes.
    `group` tells the matters of one rule and engagement apart, `klass` is the class of the thresholds it crossed.
    `until` and `reason` are those of one that was put off.
    """

    rule: str
    severity: str
    rank: str
    engagement: str | None
    code: str
    activity: str
    text: str
    why: str
    hint: str
    rows: tuple[tuple[str, str], ...]
    days: int
    settle: str
    when: date | None
    group: str = ""
    klass: str = ""
    until: date | None = None
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same of a matter while the rows it is made of come and go."""
        return self.rule, self.engagement or "", f"{self.group}{self.until or ''}{self.reason}"


@dataclass(frozen=True, slots=True)
class Fold:
    """The matters of one rule that found no room among the first."""

    rule: str
    text: str
    severity: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """Something on a day: of which engagement, what, about whom; `kind` is what it is, `row` where it stands."""

    day: date
    code: str
    engagement: str | None
    kind: str
    text: str
    who: str
    row: tuple[str, str]
