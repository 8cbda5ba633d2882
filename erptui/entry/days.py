"""Days as people type them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from erptui.entry.typed import NotUnderstood, plain, quoted, with_digits
from erptui.i18n import _, language

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("mon", "monday", "一"),
            ("tue", "tuesday", "二"),
            ("wed", "wednesday", "三"),
            ("thu", "thursday", "四"),
            ("fri", "friday", "五"),
            ("sat", "saturday", "六"),
            ("sun", "sunday", "日", "天"),
        )
    )
    for name in names
}
_NAMED = {"today": 0, "tomorrow": 1, "yesterday": -1}
_NAMED |= {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "前天": -2}
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_UNITS = {"": 1, "d": 1, "天": 1, "日": 1, "w": 7, "周": 7, "星期": 7}


def parse_day(text: str, today: date, current: date | None = None, *, past: bool = False) -> date:
    """The day that `text` means.

    `2026-11-24`, `20261124`, `24.11.2026`, `11-24`, `24.11` (the next one that is not more than half a year ago),
    `11月24日`, `11月24号`; `today`, `fri`, `周五`, `下周一`, `月底` (from today); `+3d`, `+2w`, `+1m`, `+++`, `--`
    (from `current`, else from today). With `past` what leaves it open is the last such day: `fri`, `24.11`, `24.11.85`.
    Raises `NotUnderstood` naming what can be typed.
    """
    typed = plain(text)
    for reading in (_named, _month_end, _stepped, _written):
        try:
            found = reading(typed, today, current)
            if found is not None and past and found > today:
                found = _last_such(typed, found, today)
        except (OverflowError, ValueError):
            # No calendar reaches as far.
            found = None
        if found is not None:
            return found
    if part := _part_of_year(typed):
        raise NotUnderstood(
            _("“{text}” is more than a day. Type one day of it, such as {day}.").format(
                text=quoted(text), day=part + "-01-01"[len(part) - 4 :]
            )
        )
    raise NotUnderstood(
        _("“{text}” is not a day. Type 2026-11-24, 24.11, 11-24, fri, today, +3d, +2w or +++.").format(
            text=quoted(text)
        )
    )


def parse_part_of_year(text: str, today: date) -> str:
    """A day that is over, or its month or year alone: `2015-03-01`, `2015-03`, `2015`.

    Months also as `2015/3`, `3.2015`, `2015年3月`, years as `2015年`, days as `parse_day` takes them. Raises
    `NotUnderstood` naming what can be typed.
    """
    if part := _part_of_year(plain(text)):
        return part
    try:
        return parse_day(text, today, past=True).isoformat()
    except NotUnderstood:
        raise NotUnderstood(
            _("“{text}” is not a day. Type a day, a month or a year: 1.3.2015, 2015-03 or 2015.").format(
                text=quoted(text)
            )
        ) from None


def _part_of_year(typed: str) -> str | None:
    year = r"(?P<y>(?:19|2[01])\d\d)"
    month = r"(?P<m>0?[1-9]|1[0-2])"
    for pattern in (f"{year}年?", f"{year}[-/.年]{month}月?(?:份)?", f"{month}[./]{year}"):
        if found := re.fullmatch(pattern, typed):
            parts = found.groupdict()
            return f"{parts['y']}-{int(parts['m']):02}" if parts.get("m") else parts["y"]
    return None


def _named(typed: str, today: date, _current: date | None) -> date | None:
    if typed in _NAMED:
        return today + timedelta(days=_NAMED[typed])
    found = re.fullmatch(r"(下下|下|本|这|上)?(?:周|星期|礼拜)([一二三四五六日天])", typed)
    number = _WEEKDAYS.get(found[2] if found else typed)
    # 一 and 天 alone are no days.
    if number is None or (found is None and not typed.isascii()):
        return None
    if found and found[1]:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=_WEEKS[found[1]] * 7 + number)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _month_end(typed: str, today: date, _current: date | None) -> date | None:
    """月底, 下月底, 年底."""
    found = re.fullmatch(r"(?:(下下|下|本|这)?个?(月)|(?:(明)|今)?(年))[底末]", typed)
    if not found:
        return None
    if found[4]:
        return date(today.year + bool(found[3]), 12, 31)
    months = today.year * 12 + today.month - 1 + _WEEKS.get(found[1] or "本", 0)
    return _last_valid(months // 12, months % 12 + 1, 31)


def _stepped(typed: str, today: date, current: date | None) -> date | None:
    base = current or today
    if typed and set(typed) in ({"+"}, {"-"}):
        return base + timedelta(days=len(typed) if typed[0] == "+" else -len(typed))
    later = re.fullmatch(r"([\d一二两三四五六七八九十]{1,4}(?:天|日|周|个?星期|个?月))[之以]?后", typed)
    if later:
        typed, base = "+" + with_digits(later[1]).replace("个星期", "星期"), today
    found = re.fullmatch(r"([+-])\s*(\d{1,4})\s*(d|天|日|w|周|星期|m|个?月|)", typed)
    if not found:
        return None
    count = int(found[1] + found[2])
    if found[3] in _UNITS:
        return base + timedelta(days=count * _UNITS[found[3]])
    months = base.year * 12 + base.month - 1 + count
    return _last_valid(months // 12, months % 12 + 1, base.day)


def _written(typed: str, today: date, _current: date | None) -> date | None:
    parts = written_parts(typed)
    if parts is None:
        return None
    year, month, day = parts
    return _day(int(year if len(year) > 2 else f"20{year}"), month, day) if year else _next_of(month, day, today)


def written_parts(typed: str) -> tuple[str, int, int] | None:
    """Year, month and day of a day written out; the year as it is typed: four digits, two, or none."""
    # 12.1 is the first of December to a Chinese reader, as 12-1 is; 24.11 can mean one thing only.
    if language() == "zh" and re.fullmatch(r"(0?[1-9]|1[0-2])\.\d{1,2}", typed):
        typed = typed.replace(".", "-")
    for pattern in (
        r"(?P<y>\d{4}|\d{2}(?=年))[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?",
        r"(?P<y>[12]\d{3})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}|\d{2})?",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})",
        r"(?P<m>\d{1,2})[-/月](?P<d>\d{1,2})[日号]?",
    ):
        found = re.fullmatch(pattern, typed)
        if found:
            parts = found.groupdict()
            return parts.get("y") or "", int(parts["m"]), int(parts["d"])
    return None


def _last_such(typed: str, found: date, today: date) -> date:
    """The last day that can be meant by what names a weekday, or a day without its year or century."""
    if typed in _WEEKDAYS or re.fullmatch(r"(?:周|星期|礼拜).", typed):
        return found - timedelta(days=7)
    parts = written_parts(typed)
    if parts is None or len(parts[0]) > 2:
        return found
    years = (int(f"19{parts[0]}"),) if parts[0] else range(today.year, today.year - 9, -1)
    return next((day for year in years if (day := _day(year, *parts[1:])) and day <= today), found)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_of(month: int, day: int, today: date) -> date | None:
    """The next such day of a year that is not more than half a year ago; 29 February waits for a leap year."""
    for year in range(today.year - 1, today.year + 9):
        found = _day(year, month, day)
        if found is not None and (today - found).days <= 183:
            return found
    return None


def _last_valid(year: int, month: int, day: int) -> date:
    """That day of the month, or its last one: a month after 31 January is the last of February."""
    return date(year, month, min(day, monthrange(year, month)[1]))
