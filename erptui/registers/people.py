"""The people, on whichever side, with the roles they have and their last and next touch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.choices import Channel
from db.labels import N_
from db.models import Person
from erptui.registers.context import FEW, Context
from erptui.registers.register import Derived, Record, Register


def roles(records: Sequence[Record], context: Context) -> Sequence[list[str]]:
    """The roles of each person, as `HX26:PM`; of the engagement asked for, where one is."""
    held: dict[str, list[str]] = {record["id"]: [] for record in records}
    codes = context.codes
    wanted = context.engagement
    for person, engagement, code in _held(records, context):
        if person in held and (wanted is None or wanted.id == engagement):
            held[person].append(f"{codes[engagement]}:{code}")
    return [sorted(held[record["id"]]) for record in records]


def _held(records: Sequence[Record], context: Context) -> Sequence[tuple[str, str, str]]:
    sql = "SELECT person_id, engagement_id, code FROM role WHERE person_id"
    if len(records) > FEW:
        return context.reader.rows(f"{sql} IS NOT NULL")
    marks = ", ".join("?" * len(records))
    return context.reader.rows(f"{sql} IN ({marks})", [record["id"] for record in records])


def ways(records: Sequence[Record], context: Context) -> Sequence[list[str]]:
    """The further numbers, addresses and accounts of each person, beside the first phone and mail."""
    held: dict[str, list[str]] = {record["id"]: [] for record in records}
    sql = "SELECT person_id, value FROM contact_point {where} ORDER BY rank, id"
    if len(records) > FEW:
        found = context.reader.rows(sql.format(where=""))
    else:
        marks = ", ".join("?" * len(records))
        found = context.reader.rows(sql.format(where=f"WHERE person_id IN ({marks})"), list(held))
    for person, value in found:
        if person in held:
            held[person].append(value)
    return list(held.values())


def last_touches(records: Sequence[Record], context: Context) -> Sequence[str | None]:
    """The day of the last touch of each person."""
    known = context.contacts([record["id"] for record in records])
    return [contact.last if (contact := known.get(record["id"])) else None for record in records]


def last_channels(records: Sequence[Record], context: Context) -> Sequence[str | None]:
    """By what the last touch of each person came about."""
    known = context.contacts([record["id"] for record in records])
    return [contact.channel if (contact := known.get(record["id"])) else None for record in records]


def silences(records: Sequence[Record], context: Context) -> Sequence[int | None]:
    """The days since the last touch of each person."""
    today = context.today.toordinal()
    written: dict[str | None, int | None] = {None: None}
    days = []
    for last in last_touches(records, context):
        if last not in written:
            written[last] = max(0, today - date.fromisoformat(last).toordinal())  # type: ignore[arg-type]  # no None
        days.append(written[last])
    return days


def next_touches(records: Sequence[Record], context: Context) -> Sequence[str | None]:
    """The day on which the next touch of each person is due; nothing for those not to be contacted."""
    known = context.contacts([record["id"] for record in records])
    return [
        contact.next_on if (contact := known.get(record["id"])) and not record["do_not_contact"] else None
        for record in records
    ]


LAST_TOUCH = Derived("last_touch", N_("Last touch"), last_touches, internal=True)
LAST_CHANNEL = Derived(
    "last_channel",
    N_("Channel"),
    last_channels,
    internal=True,
    words={channel.id: channel.label for channel in Channel},
)
SILENT = Derived("silent", N_("Silent days"), silences, internal=True)
NEXT_TOUCH = Derived("next_touch", N_("Next touch"), next_touches, internal=True)
ROLES = Derived("roles", N_("Roles"), roles)
WAYS = Derived("ways", N_("Further ways"), ways)

PEOPLE = Register(
    "people",
    N_("People"),
    Person,
    columns=(
        Person.name,
        Person.organisation,
        Person.unit,
        Person.post,
        Person.side,
        LAST_TOUCH,
        LAST_CHANNEL,
        NEXT_TOUCH,
        Person.do_not_contact,
        ROLES,
        Person.phone,
        Person.mail,
    ),
    more=(SILENT, WAYS),
    sort=("name",),
    within=(
        "id IN (SELECT person_id FROM role WHERE engagement_id = ?)"
        " OR organisation = (SELECT c.name FROM engagement e JOIN client c ON c.id = e.client_id WHERE e.id = ?)"
        " OR id IN (SELECT owner_id FROM work_package WHERE engagement_id = ?)"
        " OR id IN (SELECT tp.person_id FROM touch_person tp JOIN touch t ON t.id = tp.touch_id"
        " WHERE t.engagement_id = ?)"
    ),
)
