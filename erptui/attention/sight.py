"""What a rule sees of one row: the values its thresholds are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sight:
    """What was measured of a row. Sights of one rule, engagement and `group` are one matter.

    `name` is what the row is called, `who` whom it is about, `days` how long it has been due, `klass` the class of
    thresholds that it falls under, `waiting` the codes of the packages that wait for it.
    """

    engagement: str | None
    activity: str
    row: tuple[str, str]
    values: Mapping[str, float]
    name: str = ""
    klass: str = ""
    who: str = ""
    days: int = 0
    group: str = ""
    when: date | None = None
    waiting: tuple[str, ...] = ()
