"""What a quick line was understood as, in words, for showing while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from db.choices import Choice
from db.labels import N_
from erptui.days import weekday_and_day
from erptui.i18n import _
from erptui.line_marks import LineContext, MarkKind, ReadLine, Taken

_ATTITUDES = (N_("against"), N_("neutral"), N_("for"))


class Meaning(NamedTuple):
    """A part of the line from `start` to `end`, as typed, and what it says; `clear` where it was understood."""

    start: int
    end: int
    typed: str
    meaning: str
    clear: bool


def describe(read: ReadLine, context: LineContext) -> list[Meaning]:
    """The parts of a line that were taken or are unclear, in their order, in the language in use."""
    parts = [
        Meaning(part.start, part.end, read.line[part.start : part.end], _meaning(part, context), True)
        for part in read.taken
    ]
    parts += [
        Meaning(part.start, part.end, read.line[part.start : part.end], part.reason, False) for part in read.unclear
    ]
    return sorted(parts)


def _meaning(part: Taken, context: LineContext) -> str:
    return _("{label}: {value}").format(label=_(part.mark.label), value=_value(part, context))


def _value(part: Taken, context: LineContext) -> str:
    if isinstance(part.value, Choice):
        return _(part.value.label)
    say = _SAID.get(part.mark.kind)
    return say(part.value, context) if say else part.shown


def _day(value: date, context: LineContext) -> str:
    return weekday_and_day(value, context.today)


def minutes_said(minutes: int, minutes_per_day: int = 0) -> str:
    """A length of time in words: `2 h`, `1 h 30 min`; in days too where `minutes_per_day` are given."""
    days, rest = divmod(minutes, minutes_per_day) if minutes_per_day else (0, minutes)
    hours, rest = divmod(rest, 60)
    parts = [(days, N_("{count} d")), (hours, N_("{count} h")), (rest, N_("{count} min"))]
    return " ".join(_(words).format(count=count) for count, words in parts if count) or _("{count} min").format(count=0)


_SAID: dict[MarkKind, Callable[[Any, LineContext], str]] = {
    MarkKind.NEXT: _day,
    MarkKind.DAY: _day,
    MarkKind.TIME: lambda value, context: f"{value:%H:%M}",
    MarkKind.DURATION: lambda value, context: minutes_said(value),
    MarkKind.WORKING_TIME: lambda value, context: minutes_said(value, context.minutes_per_day),
    MarkKind.RATING: lambda value, context: f"{value[0]} × {value[1]}",
    MarkKind.ATTITUDE: lambda value, context: _(_ATTITUDES[value + 1]),
    MarkKind.PERCENT: lambda value, context: f"{value} %",
}
