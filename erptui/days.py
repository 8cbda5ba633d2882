"""How a day is written for a person: short, with the year only where it is not this one."""

from __future__ import annotations

from datetime import date

from erptui.i18n import language


def short_day(day: date | None, today: date) -> str:
    """`24.11` or `11-24`; with the year when it is another: `24.11.27` or `27-11-24`. Empty for no day."""
    if day is None:
        return ""
    year = f"{day.year % 100:02}" if day.year != today.year else ""
    if language() == "zh":
        return f"{year}-{day:%m-%d}" if year else f"{day:%m-%d}"
    return f"{day:%d.%m}.{year}" if year else f"{day:%d.%m}"
