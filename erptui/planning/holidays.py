"""Public holidays and make-up days as tables of dates, and the calendars the product ships.

China announces a year's holidays and the weekend days worked in exchange in the autumn before (notice of the State
Council), so a year is either announced or only its weekends are known. The table is `data/holidays_cn.csv`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from erptui.planning.working_time import FREE_DAY, OFFICE_DAY, DayPattern, WorkingCalendar

CalendarId = Literal["cn", "weekdays"]
SHIPPED = Path(__file__).with_name("data") / "holidays_cn.csv"


class UnknownCalendar(ValueError):
    """A calendar that the product does not have."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(f"There is no calendar “{id}”: use cn or weekdays.")


class UnreadableHoliday(ValueError):
    """A line of a holiday table that is not date, kind, festival."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"Line {line}: {reason}")


class SpecialDay(NamedTuple):
    """A day off or a day worked in exchange, and the id of the festival it belongs to."""

    kind: Literal["holiday", "makeup"]
    festival: str


@dataclass(frozen=True)
class HolidayTable:
    """Special days by date; a year with any is announced."""

    days: Mapping[date, SpecialDay]

    @cached_property
    def exceptions(self) -> dict[date, DayPattern]:
        """What a working calendar takes: no shift on a holiday, an office day on a make-up day."""
        return {day: OFFICE_DAY if special.kind == "makeup" else FREE_DAY for day, special in self.days.items()}

    @cached_property
    def announced_years(self) -> frozenset[int]:
        """Years whose holidays are known."""
        return frozenset(day.year for day in self.days)

    def is_announced(self, year: int) -> bool:
        """Whether the holidays of a year are known; if not, dates in it may still move."""
        return year in self.announced_years


def read_holidays(lines: Iterable[str]) -> HolidayTable:
    """A table from CSV lines `date,kind,festival` with a heading, kind being `holiday` or `makeup`.

    Raises `UnreadableHoliday` with the line number. A date given twice takes its last line.
    """
    days: dict[date, SpecialDay] = {}
    for number, row in enumerate(csv.reader(lines), 1):
        if number == 1 or not row:
            continue
        if len(row) != 3:
            raise UnreadableHoliday(number, "write date, kind and festival, separated by commas.")
        day, kind, festival = (cell.strip() for cell in row)
        try:
            parsed = date.fromisoformat(day)
        except ValueError:
            raise UnreadableHoliday(number, f"“{day}” is not a date such as 2026-02-14.") from None
        if kind == "holiday":
            days[parsed] = SpecialDay("holiday", festival)
        elif kind == "makeup":
            days[parsed] = SpecialDay("makeup", festival)
        else:
            raise UnreadableHoliday(number, f"“{kind}” is neither holiday nor makeup.")
    return HolidayTable(days)


@lru_cache(maxsize=1)
def china() -> HolidayTable:
    """The statutory holidays and make-up days of mainland China."""
    with SHIPPED.open(encoding="utf-8", newline="") as lines:
        return read_holidays(lines)


@lru_cache(maxsize=2)
def calendar_of(id: str) -> WorkingCalendar:
    """The shipped calendar: `cn` Monday to Friday with China's holidays and make-up days, `weekdays` without."""
    if id == "cn":
        return WorkingCalendar("cn", exceptions=china().exceptions)
    if id == "weekdays":
        return WorkingCalendar("weekdays")
    raise UnknownCalendar(id)
