"""What the contacts of a file are and would change, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.choices import ContactKind, Side
from db.labels import N_
from db.models import Person
from erptui.contacts.ways import way_called
from erptui.i18n import _, labelled, listed, ngettext

if TYPE_CHECKING:
    from erptui.contacts.bring_in import BroughtIn, Change
    from erptui.exchange.contact import Contact

KINDS = {
    "vcard": "vCard",
    "list": N_("a list of people"),
    "outlook": "Outlook",
    "outlook.com": "Outlook.com",
    "google": "Google",
    "thunderbird": "Thunderbird",
    "wecom": ContactKind.WECOM.label,
    "dingtalk": ContactKind.DINGTALK.label,
}
"""What the kinds of file are called."""


def taken_text(outcome: BroughtIn, *, dry: bool = False) -> str:
    """How many people came in and how many were changed; with `dry` how many would be."""
    updated = sum(change.written for change in outcome.changes)
    new, parts = outcome.taken - updated, []
    if new or not updated:
        said = (
            ngettext("{count} person to import", "{count} people to import", new)
            if dry
            else ngettext("{count} person imported", "{count} people imported", new)
        )
        parts.append(said.format(count=new))
    if updated:
        said = (
            ngettext("{count} person to update", "{count} people to update", updated)
            if dry
            else ngettext("{count} person updated", "{count} people updated", updated)
        )
        parts.append(said.format(count=updated))
    return listed(parts)


def first_row(contact: Contact) -> str:
    """Who it is, in a line, so that a person sees whether the file was read rightly."""
    unit = "; ".join(" / ".join(path) for path in contact.departments)
    values = (*contact.phones[:1], *contact.mails[:1])
    return " · ".join(
        filter(None, (contact.name, contact.organisation, unit, contact.post, *(value.value for value in values)))
    )


def change_lines(change: Change) -> Iterator[str]:
    """A probable duplicate: who it is, and below it what stands there beside what the file says."""
    who = (
        _("Line {line}: “{name}” is probably there already.")
        if change.line
        else _("“{name}” is probably there already.")
    )
    if change.written:
        who = _("Line {line}: “{name}” was changed.") if change.line else _("“{name}” was changed.")
    yield who.format(line=change.line, name=change.name)
    fields = Person._meta.fields
    for name, (old, new) in change.differs.fields.items():
        yield "  " + labelled(_(fields[name].label), f"{_shown(name, old)} → {_shown(name, new)}")
    for way in change.differs.ways:
        yield "  " + labelled(way_called(way.kind, way.label), f"— → {way.value}")


def _shown(name: str, value: str) -> str:
    if name == "side" and value:
        return _(Side(value).label)
    return value.replace("\n", " ⏎ ") or "—"
