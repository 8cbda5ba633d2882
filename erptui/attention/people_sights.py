"""What the rules see of people and of what was said: silence, next touches, promises, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from db.choices import PromiseSide, PromiseState
from erptui.attention.sight import Sight

if TYPE_CHECKING:
    from erptui.attention.scene import Scene

_KEY_POWER = 4
"""The power that a seat in the management tier counts as, until a power is rated."""
_NONE_PLANNED = 9_999
"""Days to a visit that nobody has planned."""


def silent_too_long(scene: Scene) -> Iterator[Sight]:
    """Q01: days since the last touch, by class; of somebody never spoken to, since the engagement began."""
    contacts = scene.contacts
    for known in scene.client_side:
        if known.silent:
            continue
        contact = contacts.get(known.person)
        last = date.fromisoformat(contact.last) if contact else known.since
        days = (scene.today - last).days
        classes = ("after_sales_high", "after_sales_others") if known.after_sales else ("high_power", "others")
        yield Sight(
            known.engagement, "E1", ("person", known.person), {"stakeholder.days_since_touch": days},
            name=known.name, klass=classes[0 if known.key else 1], who="" if contact else "never",
            days=days, group=known.person if contact or known.key else "never",
        )  # fmt: skip


def no_next_touch(scene: Scene) -> Iterator[Sight]:
    """Q02: people of weight for whom no next touch is set."""
    contacts = scene.contacts
    for known in scene.client_side:
        contact = contacts.get(known.person)
        if known.key and not known.silent and not (contact and contact.next_on):
            yield Sight(
                known.engagement, "E1", ("person", known.person), {"stakeholder.power": _KEY_POWER},
                name=known.name, group=known.person,
            )  # fmt: skip


def planned_but_refused(scene: Scene) -> Iterator[Sight]:
    """Q05: a next touch with somebody who asked not to be contacted."""
    contacts = scene.contacts
    for known in scene.client_side:
        contact = contacts.get(known.person)
        if known.silent and contact and contact.next_on:
            yield Sight(
                known.engagement, "A1", ("person", known.person), {"contact.blocked_recipients": 1},
                name=known.name, group=known.person, when=date.fromisoformat(contact.next_on),
            )  # fmt: skip


def no_visit_planned(scene: Scene) -> Iterator[Sight]:
    """Q40: engagements after go-live with no next touch within reach."""
    contacts = scene.contacts
    nearest: dict[str, int] = {line.id: _NONE_PLANNED for line in scene.engagements if line.phase == "D"}
    for known in scene.client_side:
        contact = contacts.get(known.person)
        if known.engagement in nearest and not known.silent and contact and contact.next_on:
            days = (date.fromisoformat(contact.next_on) - scene.today).days
            nearest[known.engagement] = min(nearest[known.engagement], max(0, days))
    for engagement, days in nearest.items():
        yield Sight(
            engagement, "D2", ("engagement", engagement), {"visit.days_to_next": days},
            who="none" if days == _NONE_PLANNED else "",
        )  # fmt: skip


def promises_due(scene: Scene) -> Iterator[Sight]:
    """Q55: promises past their day, and ours without an owner."""
    for promise, engagement, text, side, owner, person, due in scene.reader.rows(
        "SELECT id, engagement_id, text, side, owner_id, person_id, due FROM promise WHERE state IN (?, ?)",
        (PromiseState.OPEN.id, PromiseState.MOVED.id),
    ):
        if not _wanted(scene, engagement):
            continue
        late = (scene.today - date.fromisoformat(due)).days if due else 0
        ours = side == PromiseSide.OURS.id
        values: dict[str, float] = {"promise.days_late": max(0, late)}
        if late <= 0:
            values = {"promise.without_owner": int(ours and owner is None)}
        yield Sight(
            engagement, "E1", ("promise", promise), values, name=text, klass="due" if late > 0 else "no_owner",
            who=scene.people.get(owner if ours else person, ""), days=max(0, late), group=promise,
            when=date.fromisoformat(due) if due else None,
        )  # fmt: skip


def decisions_overdue(scene: Scene) -> Iterator[Sight]:
    """Q54: decisions past their day; who decides."""
    for decision, engagement, text, decider, due in scene.reader.rows(
        "SELECT id, engagement_id, text, decider_id, due FROM decision WHERE decided_on IS NULL AND due IS NOT NULL"
    ):
        day = date.fromisoformat(due)
        if day >= scene.today or not _wanted(scene, engagement):
            continue
        yield Sight(
            engagement, "B7", ("decision", decision),
            {"decision.days_late": scene.working_days_since(engagement, day)},
            name=text, who=scene.people.get(decider, ""),
            days=(scene.today - day).days, group=decision, when=day, waiting=tuple(scene.waiting.get(decision, ())),
        )  # fmt: skip


def _wanted(scene: Scene, engagement: str | None) -> bool:
    """What belongs to no engagement is everybody's, but not of a single one."""
    if engagement is None:
        return not scene.only_one
    return engagement in scene.codes


def ask_again(scene: Scene) -> Iterator[Sight]:
    """Q70: what was postponed, on the day for which it was put down to ask again and after it."""
    for line, day in scene.postponed:
        days = (scene.today - day).days
        if days >= 0:
            yield Sight(
                line.id, "A1", ("engagement", line.id), {"lead.days_to_ask": days},
                name=line.name, group=line.id, days=days, when=day,
            )  # fmt: skip
