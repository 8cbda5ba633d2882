"""What people type, understood in one place for forms, quick lines, imports and the command line.

One function per kind. Each takes the text and what it depends on, and raises `NotUnderstood` with a sentence that says
what can be typed; `Ambiguous` and `Unknown` are the two of it that a screen can offer more for.
"""

from __future__ import annotations

from erptui.entry.choices import parse_choice, parse_recurrence, parse_yes_no
from erptui.entry.days import parse_day
from erptui.entry.numbers import (
    Money,
    parse_attitude,
    parse_money,
    parse_number,
    parse_percent,
    parse_rating,
)
from erptui.entry.people import Candidate, People, parse_person
from erptui.entry.times import parse_duration, parse_moment, parse_time, parse_working_time
from erptui.entry.typed import Ambiguous, NotUnderstood, Unknown, fold

__all__ = [
    "Ambiguous",
    "Candidate",
    "Money",
    "NotUnderstood",
    "People",
    "Unknown",
    "fold",
    "parse_attitude",
    "parse_choice",
    "parse_day",
    "parse_duration",
    "parse_moment",
    "parse_money",
    "parse_number",
    "parse_percent",
    "parse_person",
    "parse_rating",
    "parse_recurrence",
    "parse_time",
    "parse_working_time",
    "parse_yes_no",
]
