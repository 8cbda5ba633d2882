"""The lines of the notebook: when they were written, on what, and what they became."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.labels import N_
from db.models import TABLES, Note
from erptui import clock
from erptui.registers.context import Context
from erptui.registers.register import PROJECT, Derived, Record, Register

BECAME = {
    "promise": N_("Promise"),
    "decision": N_("Decision"),
    "touch": N_("Touch"),
    "work_package": N_("Work package"),
}
"""What lines are turned into, by table."""


def days(records: Sequence[Record], context: Context) -> Sequence[str]:
    """The day on which each line was written, by the wall clock."""
    zone = clock.now().tzinfo
    moments = (datetime.fromisoformat(record["at"].replace("Z", "+00:00")) for record in records)
    return [moment.astimezone(zone).date().isoformat() for moment in moments]


def abouts(records: Sequence[Record], context: Context) -> Sequence[str | None]:
    """What each line was written on."""
    from erptui.notebook import title_of

    named: dict[tuple[str, str], str] = {}
    for record in records:
        place = (record["about_table"], record["about_row"])
        if place[1] and place not in named and place[0] in TABLES:
            named[place] = title_of(context.reader, *place)
    return [named.get((record["about_table"], record["about_row"])) for record in records]


DAY = Derived("day", N_("Day"), days)
ABOUT = Derived("about", N_("Written on"), abouts)
BECAME_KIND = Derived(
    "became",
    N_("Became"),
    lambda records, context: [record["became_table"] for record in records],
    words=BECAME,
)

NOTES = Register(
    "notes",
    N_("Notes"),
    Note,
    columns=(DAY, PROJECT, Note.mark, Note.text, ABOUT, BECAME_KIND),
    sort=("at", "rank"),
    period=("day", "day"),
    internal=True,
)
