"""The touches: who was spoken to when, by what channel, what was said, when the next is due."""

from __future__ import annotations

from collections.abc import Sequence

from db.labels import N_
from db.models import Touch
from erptui.registers.context import Context
from erptui.registers.register import PROJECT, Derived, Record, Register
from erptui.touches import LOGGED


def people(records: Sequence[Record], context: Context) -> Sequence[list[str]]:
    """The ids of those who took part in each touch."""
    there: dict[str, list[str]] = {record["id"]: [] for record in records}
    for touch, person in context.reader.rows("SELECT touch_id, person_id FROM touch_person ORDER BY rowid"):
        if touch in there:
            there[touch].append(person)
    return list(there.values())


def names(records: Sequence[Record], context: Context) -> Sequence[list[str]]:
    """The names of those who took part in each touch."""
    known = context.people
    return [[known[person] for person in there] for there in people(records, context)]


PEOPLE = Derived("people", N_("People"), people)
NAMES = Derived("names", N_("Who"), names)

TOUCHES = Register(
    "touches",
    N_("Touches"),
    Touch,
    columns=(Touch.day, NAMES, Touch.channel, Touch.text, Touch.next_on, PROJECT, Touch.by),
    more=(PEOPLE,),
    sort=("day",),
    among_equals=LOGGED.replace("t.id", "touch.id"),
    period=("day", "day"),
    internal=True,
)
