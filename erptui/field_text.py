"""The value of a field as a person reads and types it: one place for form, cell and import of every kind of field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from db.choices import Choice, Recurrence
from db.fields import (
    BirthdayField,
    ChoiceField,
    DateField,
    FlagField,
    Kind,
    MomentField,
    NumberField,
    PartOfYearField,
    PercentField,
    ReferenceField,
    Stored,
    TextField,
    WorkingTimeField,
)
from db.models import ContactPoint
from erptui import clock
from erptui.contacts.ways import label_meant, label_words
from erptui.entry import (
    Candidate,
    NotUnderstood,
    People,
    birthday_text,
    parse_birthday,
    parse_choice,
    parse_day,
    parse_moment,
    parse_number,
    parse_part_of_year,
    parse_percent,
    parse_person,
    parse_recurrence,
    parse_working_time,
    parse_yes_no,
)
from erptui.i18n import _, listed
from erptui.planning.working_time import MINUTES_PER_DAY

Names = Callable[[str], Mapping[str, str]]
"""The names of all rows of a table, by id: what a reference can be."""


def text_of(field: Kind[Any], stored: Stored, names: Names) -> str:
    """A stored value as it stands in a form; empty for none."""
    if stored is None:
        return ""
    if isinstance(field, ReferenceField):
        return names(field.rel_model._meta.table_name).get(str(stored), str(stored))
    if isinstance(field, (ChoiceField, FlagField)):
        words = field.words(stored)
        return _(words) if isinstance(words, str) else str(words)
    if isinstance(field, WorkingTimeField):
        return _("{days} d").format(days=f"{int(stored) / MINUTES_PER_DAY:g}")
    if isinstance(field, PercentField):
        return f"{stored}%"
    if isinstance(field, MomentField):
        return _on_the_wall(str(stored)).strftime("%Y-%m-%d %H:%M")
    if isinstance(field, BirthdayField):
        return birthday_text(str(stored))
    if field is ContactPoint.label:
        return label_words(str(stored))
    return str(stored)


def _on_the_wall(stored: str) -> datetime:
    """A stored moment by the clock that the person sees."""
    return datetime.fromisoformat(stored.replace("Z", "+00:00")).astimezone(clock.now().tzinfo)


def value_of(field: Kind[Any], text: str, today: date, current: Stored, names: Names) -> Any:
    """The cleaned value that was typed; `current` is the stored one, from which steps such as `+3d` count.

    Raises `NotUnderstood` or `InvalidValue` saying what can be typed.
    """
    typed = text if isinstance(field, TextField) else text.strip()
    if not typed.strip():
        return field.clean(None if field.null else "")
    return field.clean(_read(field, typed, today, current, names))


def _read(field: Kind[Any], text: str, today: date, current: Stored, names: Names) -> Any:
    if isinstance(field, ReferenceField):
        rows = names(field.rel_model._meta.table_name)
        return parse_person(text, People(Candidate(row, name) for row, name in rows.items())).id
    if isinstance(field, ChoiceField):
        members: tuple[Choice, ...] = field.members
        if issubclass(field.options, Recurrence):
            return parse_recurrence(text)
        return parse_choice(text, members)
    if isinstance(field, FlagField):
        return parse_yes_no(text)
    if isinstance(field, DateField):
        return parse_day(text, today, date.fromisoformat(str(current)) if current else None, past=field.past)
    if isinstance(field, PartOfYearField):
        return parse_part_of_year(text, today)
    if isinstance(field, BirthdayField):
        return parse_birthday(text, today)
    if field is ContactPoint.label:
        return label_meant(text.strip())
    if isinstance(field, MomentField):
        return parse_moment(text, today, clock.now().tzinfo, _on_the_wall(str(current)) if current else None)
    if isinstance(field, WorkingTimeField):
        back = field.least < 0 and text.startswith(("-", "−"))
        minutes = parse_working_time(text.lstrip("+-−") if field.least < 0 else text)
        return -minutes if back else minutes
    if isinstance(field, PercentField):
        return parse_percent(text)
    if isinstance(field, NumberField):
        return parse_number(text)
    return text


def hint_of(field: Kind[Any]) -> str:
    """What can be typed into an empty field."""
    if isinstance(field, ChoiceField):
        return listed([_(member.label) for member in field.members])
    if isinstance(field, FlagField):
        return listed([_("yes"), _("no")])
    if isinstance(field, DateField):
        return _("+3d  +1w  fri  24.11  2026-11-24")
    if isinstance(field, PartOfYearField):
        return "2015-03-01  2015-03  2015"
    if isinstance(field, MomentField):
        return _("fri 14:00  24.11 9:30  2026-11-24 14:00")
    if isinstance(field, WorkingTimeField):
        return "3d  -2d  4h" if field.least < 0 else "3d  1.5d  4h"
    if isinstance(field, ReferenceField):
        return _("type a name or initials")
    return _(field.help)


__all__ = ["Names", "NotUnderstood", "hint_of", "text_of", "value_of"]
