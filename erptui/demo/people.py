"""The people of the demo: who they are, how they are reached, which roles they have."""

from __future__ import annotations

from typing import Any

from db.choices import ContactKind, Side
from db.models import Consent, ContactPoint, FormerPost, Person, Role
from db.rank import spread
from erptui.demo.content import Told
from erptui.demo.filling import Filling

_PLAIN = ("name", "family", "given", "unit", "post", "mail", "phone", "birthday", "note")


def make(filling: Filling) -> None:
    """Make the people of an engagement, and with the first one those of the vendor; put them in their roles."""
    if not any(key in filling.known for key in filling.staff["people"]):
        _make(filling, filling.staff["people"], Side.VENDOR, filling.staff["organisation"])
    _make(filling, filling.content.get("people", {}), Side.CLIENT, filling.content["client"])
    roles = {**filling.staff["roles"], **filling.content["roles"]}
    for role, code in filling.store.rows("SELECT id, code FROM role WHERE engagement_id = ?", (filling.engagement,)):
        if roles.get(code):
            filling.edit.change(Role, role, None, person=filling.known[roles[code]])


def _make(filling: Filling, people: Told, side: Side, organisation: str) -> None:
    """Make people with all that belongs to them."""
    rows, contacts, posts, consents = [], [], [], []
    for key, told in people.items():
        person = filling.known[key] = filling.edit.new_id()
        rows.append(
            {
                "id": person,
                "side": side,
                "organisation": told.get("organisation", organisation),
                "do_not_contact": told.get("do_not_contact", False),
                **{name: told.get(name) for name in _PLAIN},
            }
        )
        reached: list[Told] = told.get("contacts", [])
        contacts += [
            {"person": person, "rank": rank, **each, "kind": ContactKind(each["kind"])}
            for each, rank in zip(reached, spread(len(reached)), strict=True)
        ]
        posts += [{"person": person, **_days(filling, each, "since", "until")} for each in told.get("former", ())]
        consents += [{"person": person, **_days(filling, each, "day")} for each in told.get("consent", ())]
    filling.edit.add_many(Person, rows)
    filling.edit.add_many(ContactPoint, contacts)
    filling.edit.add_many(FormerPost, posts)
    filling.edit.add_many(Consent, consents)


def _days(filling: Filling, told: Told, *names: str) -> dict[str, Any]:
    return {**told, **{name: filling.days.maybe(told.get(name)) for name in names}}
