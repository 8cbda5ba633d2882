"""Times of day, moments and lengths of time as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from erptui.entry.days import parse_day
from erptui.entry.numbers import decimal_of, rounded
from erptui.entry.typed import NotUnderstood, plain, quoted, with_digits
from erptui.i18n import _
from erptui.planning.working_time import MINUTES_PER_DAY

_LATEST_MINUTES = 10_000_000
_MORNING = ("上午", "早上", "早晨", "清晨")
_PARTS = "|".join((*_MORNING, "凌晨", "中午", "下午", "傍晚", "晚上", "夜里"))
_CLOCK = re.compile(
    rf"(?P<part>{_PARTS})?\s*"
    r"(?:(?P<full>\d\d)(?P<full_minute>\d\d)"
    r"|(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)|h|[点點时](?:(?P<minutes>\d{1,2})分?|(?P<word>半|1刻|3刻|整|钟))?)?)"
    r"\s*(?P<half>[ap]\.?m\.?)?"
)
_QUARTERS = {"半": 30, "1刻": 15, "3刻": 45}
_LENGTH = re.compile(
    r"(?P<number>半|[\d.,]+)\s*个?\s*(?P<half>半)?"
    r"(?P<unit>weeks?|wk|w|周|星期|days?|d|工作日|天|日|hours?|hrs?|h|小时|钟头|minutes?|mins?|min|m|分钟|分)"
    r"(?P<after>半)?"
)
_UNITS = {"w": "w", "周": "w", "星": "w", "d": "d", "工": "d", "天": "d", "日": "d", "h": "h", "小": "h", "钟": "h"}


def parse_time(text: str) -> time:
    """The time of day that `text` means.

    `14`, `14:30`, `14.30`, `1430`, `14h30`, `2pm`, `2:30 pm`; `14点`, `14点半`, `三点一刻`, `下午3点`, `中午12点`.
    Raises `NotUnderstood` naming what can be typed, also for 24:00 and a 12 that may be noon or midnight.
    """
    found = _CLOCK.fullmatch(with_digits(plain(text)))
    if found:
        hour = _hour_of(int(found["full"] or found["hour"]), found["part"], found["half"])
        minute = _QUARTERS.get(found["word"] or "", 0)
        minute = int(found["full_minute"] or found["minute"] or found["minutes"] or minute)
        if hour is not None and hour < 24 and minute < 60:
            return time(hour, minute)
    raise NotUnderstood(_("“{text}” is not a time. Type 14, 14:30, 2pm, 14点半 or 下午3点.").format(text=quoted(text)))


def _hour_of(hour: int, part: str | None, half: str | None) -> int | None:
    """The hour of the day, None where the words and the number do not go together."""
    if part and half:
        return None
    if half:
        return hour % 12 + (12 if half[0] == "p" else 0) if 1 <= hour <= 12 else None
    if part is None:
        return hour
    if part in _MORNING:
        return hour if hour < 12 else None
    if part == "凌晨":
        return hour % 12 if hour <= 12 else None
    if part == "中午":
        return {11: 11, 12: 12, 13: 13, 14: 14, 1: 13, 2: 14}.get(hour)
    first = 12 if part == "下午" else 17
    return next((later for later in (hour, hour + 12) if first <= later < 24), None)


def parse_moment(text: str, today: date, zone: tzinfo | None, current: datetime | None = None) -> datetime:
    """The moment that `text` means, in `zone` (None: a wall clock without a zone).

    A day and a time: `fri 14:00`, `2026-11-24 14`, `明天下午3点`, `2026-11-24T09:30+08:00`. Of `current` a day alone
    keeps the time and a time alone the day; without it a time alone is of today and a day alone is refused.
    """
    whole = _iso(text, zone)
    if whole is not None:
        return whole
    split = split_moment(text, today, current.date() if current else None)
    if split is not None:
        return datetime.combine(*split, tzinfo=zone)
    try:
        return datetime.combine(current.date() if current else today, parse_time(text), tzinfo=zone)
    except NotUnderstood:
        pass
    if current is not None:
        try:
            return datetime.combine(parse_day(text, today, current.date()), current.time(), tzinfo=zone)
        except NotUnderstood:
            pass
    raise NotUnderstood(
        _("“{text}” is not a day and time. Type fri 14:00, 24.11 9:30 or 明天下午3点.").format(text=quoted(text))
    )


def _iso(text: str, zone: tzinfo | None) -> datetime | None:
    typed = text.strip().upper()
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", typed):
        return None
    try:
        moment = datetime.fromisoformat(typed.replace("Z", "+00:00"))
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    return moment.astimezone(zone) if zone is not None else moment


def split_moment(text: str, today: date, current: date | None = None) -> tuple[date, time] | None:
    """Day and time that stand in `text` one after the other, also without a blank as in `周五14:00`; None if not."""
    typed = plain(text)
    for end in range(min(len(typed) - 1, 24), 0, -1):
        if typed[end - 1].isdigit() and typed[end].isdigit():
            continue
        try:
            return parse_day(typed[:end], today, current), parse_time(typed[end:].removeprefix("t"))
        except NotUnderstood:
            continue
    return None


def parse_working_time(text: str, minutes_per_day: int = MINUTES_PER_DAY) -> int:
    """The working minutes that `text` means; a number alone counts days, a week has five.

    `3d`, `3`, `1.5d`, `2h`, `90m`, `1w`, `1d4h`, `3天`, `半天`, `2小时`, `一个半小时`. Raises `NotUnderstood` naming
    what can be typed.
    """
    return _minutes(text, {"w": 5 * minutes_per_day, "d": minutes_per_day, "h": 60, "m": 1}, alone="d")


def parse_duration(text: str) -> int:
    """The minutes by the clock that `text` means: `2h`, `90m`, `1h30`, `1.5h`, `2小时`, `1d` (24 hours).

    A number alone is refused: it may mean hours or minutes. Raises `NotUnderstood` naming what can be typed.
    """
    return _minutes(text, {"w": 7 * 1440, "d": 1440, "h": 60, "m": 1}, alone=None)


def _minutes(text: str, minutes_of: dict[str, int], alone: str | None) -> int:
    typed = with_digits(plain(text))
    total, place, units = Decimal(0), 0, ""
    short = re.fullmatch(r"(\d{1,3})h(\d\d)", typed)
    if short and int(short[2]) < 60:
        return int(short[1]) * 60 + int(short[2])
    number = decimal_of(typed) if alone else None
    if number is not None and alone is not None:
        total, place, units = number * minutes_of[alone], len(typed), alone
    while place < len(typed):
        found = _LENGTH.match(typed, place)
        part = _part(found) if found else None
        # Units go from the large to the small, each once: 1h1h is a slip.
        if found is None or part is None or (units and "wdhm".index(part[1]) <= "wdhm".index(units[-1])):
            units = ""
            break
        total += part[0] * minutes_of[part[1]]
        units += part[1]
        place = found.end()
        while place < len(typed) and typed[place] in " ,":
            place += 1
    if units and 0 <= total <= _LATEST_MINUTES:
        return rounded(total)
    if alone:
        raise NotUnderstood(_("“{text}” is not a duration. Type 3d, 2h, 90m, 1.5d or 3天.").format(text=quoted(text)))
    raise NotUnderstood(_("“{text}” is not a duration. Type 2h, 90m, 1h30 or 2小时.").format(text=quoted(text)))


def _part(found: re.Match[str]) -> tuple[Decimal, str] | None:
    """Number and unit (w d h m) of one part of a length."""
    number = Decimal("0.5") if found["number"] == "半" else decimal_of(found["number"])
    if number is None:
        return None
    if found["half"] or found["after"]:
        number += Decimal("0.5")
    return number, _UNITS.get(found["unit"][0], "m")
