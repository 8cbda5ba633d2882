"""How a day is written for a person: short, with the year only where it is not this one."""

from __future__ import annotations

from datetime import date

from db.labels import N_
from erptui.i18n import _, language

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def short_day(day: date | None, today: date) -> str:
    """`24.11` or `11-24`; with all of the year when it is another: `24.11.2027` or `2027-11-24`. Empty for no day."""
    if day is None:
        return ""
    if language() == "zh":
        return f"{day:%m-%d}" if day.year == today.year else day.isoformat()
    return f"{day:%d.%m}" if day.year == today.year else f"{day:%d.%m}.{day.year:04}"


def short_part_of_year(written: str, today: date) -> str:
    """A day in short, or what is known of it: `01.03.2015` or `2015-03-01`, `03.2015` or `2015-03`, `2015`."""
    if len(written) > len("2015-03"):
        return short_day(date.fromisoformat(written), today)
    year, dash, month = written.partition("-")
    return written if language() == "zh" or not dash else f"{month}.{year}"


def weekday_and_day(day: date, today: date) -> str:
    """`Fri 27.11`: a short day behind its day of the week."""
    return f"{_(WEEKDAYS[day.weekday()])} {short_day(day, today)}"
