"""What people type, understood in one place for forms, quick lines, imports and the command line.

One function per kind. Each takes the text and what it depends on, and raises `NotUnderstood` with a sentence that says
what can be typed; `Ambiguous` and `Unknown` are the two of it that a screen can offer more for. The module of a kind is
imported when the kind is asked for: the first picture needs none, the command line days only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from erptui.entry.birthdays import birthday_text, parse_birthday
    from erptui.entry.choices import parse_choice, parse_recurrence, parse_yes_no
    from erptui.entry.days import parse_day, parse_part_of_year
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

_KINDS = {
    "birthdays": ("birthday_text", "parse_birthday"),
    "choices": ("parse_choice", "parse_recurrence", "parse_yes_no"),
    "days": ("parse_day", "parse_part_of_year"),
    "numbers": ("Money", "parse_attitude", "parse_money", "parse_number", "parse_percent", "parse_rating"),
    "people": ("Candidate", "People", "parse_person"),
    "times": ("parse_duration", "parse_moment", "parse_time", "parse_working_time"),
    "typed": ("Ambiguous", "NotUnderstood", "Unknown", "fold"),
}
_HOMES = {name: module for module, names in _KINDS.items() for name in names}

__all__ = [
    "Ambiguous",
    "Candidate",
    "Money",
    "NotUnderstood",
    "People",
    "Unknown",
    "birthday_text",
    "fold",
    "parse_attitude",
    "parse_birthday",
    "parse_choice",
    "parse_day",
    "parse_duration",
    "parse_moment",
    "parse_money",
    "parse_number",
    "parse_part_of_year",
    "parse_percent",
    "parse_person",
    "parse_rating",
    "parse_recurrence",
    "parse_time",
    "parse_working_time",
    "parse_yes_no",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    found = getattr(import_module(f"erptui.entry.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
