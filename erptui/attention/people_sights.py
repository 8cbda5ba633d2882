"""What the rules see of people and of what was said: silence, next touches, promises, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.choices import PromiseSide, PromiseState, Side, Tier
from erptui.attention.sight import Sight
from erptui.touches import last_and_next

if TYPE_CHECKING:
    from erptui.attention.scene import Scene

_KEY_POWER = 4
"""The power that a seat in the management tier counts as, until a power is rated."""
_NONE_PLANNED = 9_999
"""Days to a visit that nobody has planned."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody of the client's side in an engagement that is alive."""

    engagement: str
    person: str
    name: str
    key: bool
    silent: bool
    since: date
    after_sales: bool


def _known(scene: Scene) -> Iterator[_Known]:
    """Who has a role of the client's side, or was touched, in an engagement; the seat that counts most."""
    phases = {line.id: line.phase for line in scene.engagements}
    found: dict[tuple[str, str], _Known] = {}
    for engagement, person, name, tier, silent, since in scene.reader.rows(
        "SELECT r.engagement_id, p.id, p.name, r.tier, p.do_not_contact, e.start FROM role r"
        " JOIN person p ON p.id = r.person_id JOIN engagement e ON e.id = r.engagement_id WHERE r.side = ?"
        " UNION SELECT t.engagement_id, p.id, p.name, NULL, p.do_not_contact, e.start FROM touch t"
        " JOIN touch_person tp ON tp.touch_id = t.id JOIN person p ON p.id = tp.person_id"
        " JOIN engagement e ON e.id = t.engagement_id WHERE p.side IS NULL OR p.side = ?",
        (Side.CLIENT.id, Side.CLIENT.id),
    ):
        if engagement not in phases:
            continue
        key = tier == Tier.MANAGEMENT.id
        before = found.get((engagement, person))
        if before is None or (key and not before.key):
            found[engagement, person] = _Known(
                engagement, person, name, key, bool(silent), date.fromisoformat(since), phases[engagement] == "D"
            )
    yield from found.values()


def silent_too_long(scene: Scene) -> Iterator[Sight]:
    """Q01: days since the last touch, by class; of somebody never spoken to, since the engagement began."""
    contacts = last_and_next(scene.reader)
    for known in _known(scene):
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
    contacts = last_and_next(scene.reader)
    for known in _known(scene):
        contact = contacts.get(known.person)
        if known.key and not known.silent and not (contact and contact.next_on):
            yield Sight(
                known.engagement, "E1", ("person", known.person), {"stakeholder.power": _KEY_POWER},
                name=known.name, group=known.person,
            )  # fmt: skip


def planned_but_refused(scene: Scene) -> Iterator[Sight]:
    """Q05: a next touch with somebody who asked not to be contacted."""
    contacts = last_and_next(scene.reader)
    for known in _known(scene):
        contact = contacts.get(known.person)
        if known.silent and contact and contact.next_on:
            yield Sight(
                known.engagement, "A1", ("person", known.person), {"contact.blocked_recipients": 1},
                name=known.name, group=known.person, when=date.fromisoformat(contact.next_on),
            )  # fmt: skip


def no_visit_planned(scene: Scene) -> Iterator[Sight]:
    """Q40: engagements after go-live with no next touch within reach."""
    contacts = last_and_next(scene.reader)
    nearest: dict[str, int] = {line.id: _NONE_PLANNED for line in scene.engagements if line.phase == "D"}
    for known in _known(scene):
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
            days=(scene.today - day).days, group=decision, when=day, waiting=_waiting(scene, decision),
        )  # fmt: skip


def _waiting(scene: Scene, decision: str) -> tuple[str, ...]:
    """The codes of the packages that wait for a decision."""
    sql = "SELECT w.code FROM decision_wait d JOIN work_package w ON w.id = d.package_id WHERE d.decision_id = ?"
    return tuple(sorted(code for (code,) in scene.reader.rows(sql, (decision,))))


def _wanted(scene: Scene, engagement: str | None) -> bool:
    """What belongs to no engagement is everybody's, but not of a single one."""
    if engagement is None:
        return not scene.only_one
    return engagement in scene.codes
