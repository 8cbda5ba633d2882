"""Who may stand in a file for others, and as which contacts.

A file for a client holds nothing internal (no private note) and, where there are several engagements, the people of one
only. Whoever asked not to be contacted stands in no file, whoever reads it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from db.choices import ContactKind
from erptui.contacts.stated import UNNAMED, Way, as_labelled, paths
from erptui.exchange.contact import SERVICES, Address, Contact, Labelled
from erptui.registers.context import Context
from erptui.registers.people import PEOPLE
from erptui.registers.register import Record

_NUMBERS = frozenset({ContactKind.PHONE.id, ContactKind.MOBILE.id, ContactKind.FAX.id})
_CHINESE_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")


class HandedOut(NamedTuple):
    """Rows of people with their further ways by id, and how many were left out who are not to be contacted."""

    records: Sequence[Record]
    ways: Mapping[str, Sequence[Way]]
    held_back: int


def people_for(context: Context, only: Collection[str] | None = None) -> HandedOut:
    """The people that the audience of `context` may have in a file; of `only` these ids, where they are given."""
    everybody = [record for record in PEOPLE.read(context) if only is None or record["id"] in only]
    records = [record for record in everybody if not record["do_not_contact"]]
    there = {record["id"] for record in records}
    ways: dict[str, list[Way]] = defaultdict(list)
    for person, kind, label, value in context.reader.rows(
        "SELECT person_id, kind, coalesce(label, ''), value FROM contact_point ORDER BY person_id, rank, id"
    ):
        if person in there:
            ways[person].append(Way(kind, label, value))
    return HandedOut(records, ways, len(everybody) - len(records))


def contact_of(record: Record, ways: Sequence[Way]) -> Contact:
    """A person as a contact; the note only where the audience has it."""
    phones = [] if record["phone"] is None else [Labelled(_label_of(record["phone"]), record["phone"])]
    mails = [] if record["mail"] is None else [Labelled("", record["mail"])]
    texts: dict[str, Any] = {
        name: record.get(name) or "" for name in ("family", "given", "organisation", "post", "birthday", "note", "side")
    }
    return Contact(
        name=record["name"],
        departments=paths(record["unit"] or ""),
        phones=(*phones, *(as_labelled(way) for way in ways if way.kind in _NUMBERS)),
        mails=(*mails, *(Labelled(way.label, way.value) for way in ways if way.kind == ContactKind.MAIL.id)),
        messengers=tuple(Labelled(service, way.value) for way in ways if (service := service_of(way))),
        addresses=tuple(
            Address(label=way.label, street=way.value) for way in ways if way.kind == ContactKind.ADDRESS.id
        ),
        urls=tuple(way.value for way in ways if way.kind == ContactKind.WEB.id),
        uid=record["card_uid"] or record["id"],
        **texts,
    )


def service_of(way: Way) -> str:
    """The messenger service of a way with what it is for, empty when it is none."""
    if way.kind in SERVICES:
        return f"{way.kind} {way.label}".rstrip()
    return (way.label or UNNAMED) if way.kind == ContactKind.MESSENGER.id else ""


def _label_of(phone: str) -> str:
    """What a phone shows beside the first number: it is a mobile one where it looks like one of China."""
    return "mobile" if _CHINESE_MOBILE.fullmatch(re.sub(r"[\s()-]", "", phone)) else ""
