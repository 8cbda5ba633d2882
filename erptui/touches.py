"""Touches: who was spoken to when, by what channel, and when the next contact is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from db.labels import N_
from db.pieces import in_pieces
from erptui.step_names import few_names

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Reader, Rows, Store


class Contact(NamedTuple):
    """The last touch of a person and when the next is due; days as ISO text, the channel by its id."""

    last: str
    channel: str | None
    next_on: str | None


@dataclass(frozen=True)
class NewPerson:
    """A person who is made together with what is said of them."""

    name: str
    organisation: str | None = None
    post: str | None = None
    mail: str | None = None
    phone: str | None = None


def last_and_next(reader: Reader, people: Sequence[str] | None = None) -> dict[str, Contact]:
    """The last touch and the next one of these people, or of all who were ever touched.

    The newest day is the last touch, and what was said then about the next one counts: a newer touch without a next
    day ends an older wait. Of several on one day the one with a next day counts, the one logged last.
    """
    newest: dict[str, tuple[Any, ...]] = {}
    alike: dict[str, list[tuple[Any, ...]]] = {}
    for touch in _touches_of(reader, people):
        person, day, _channel, next_on, _id = touch
        before = newest.get(person)
        newest[person] = touch
        if before is not None and before[1] == day and (before[3] is None) is (next_on is None):
            alike.setdefault(person, [before]).append(touch)
        elif before is not None:
            alike.pop(person, None)
    if alike:
        logged = _logged(reader, [touch[4] for touches in alike.values() for touch in touches])
        newest |= {person: max(touches, key=lambda touch: logged[touch[4]]) for person, touches in alike.items()}
    return {person: Contact(*touch[1:4]) for person, touch in newest.items()}


LOGGED = "(SELECT min(c.id) FROM change c WHERE c.row = t.id)"
"""When the touch `t` was logged, for an ORDER BY. Not its rowid: what comes back from the trash gets a new one."""


def _touches_of(reader: Reader, people: Sequence[str] | None) -> Iterable[tuple[Any, ...]]:
    sql = (
        "SELECT tp.person_id, t.day, t.channel, t.next_on, t.id FROM touch_person tp JOIN touch t ON t.id = tp.touch_id"
        " {where} ORDER BY t.day, t.next_on IS NOT NULL"
    )
    if people is None:
        yield from reader.rows(sql.format(where=""))
        return
    for marks, asked in in_pieces(people):
        yield from reader.rows(sql.format(where=f"WHERE tp.person_id IN ({marks})"), asked)


def _logged(reader: Reader, touches: Sequence[str]) -> dict[str, int]:
    """When these touches were logged: the smaller, the earlier."""
    found: dict[str, int] = {}
    for marks, asked in in_pieces(list(dict.fromkeys(touches))):
        found |= dict(reader.rows(f"SELECT t.id, {LOGGED} FROM touch t WHERE t.id IN ({marks})", asked))
    return found


def log_touch(
    store: Store,
    people: Sequence[str],
    *,
    day: date,
    channel: str | None = None,
    text: str | None = None,
    next_on: date | None = None,
    engagement: str | None = None,
    new: Sequence[NewPerson] = (),
) -> list[str]:
    """Log one contact with `people` and with the `new` ones, who are made with it, as one step.

    Gives the ids of all of them. Raises what `Store.edit` raises; then nobody is made either.
    """
    from db.choices import Channel
    from db.models import Touch, TouchPerson

    with store.edit(N_("Log touch"), about=_about(store, people, new)) as edit:
        everybody = [*dict.fromkeys(people), *(make_person(edit, person) for person in new)]
        touch = edit.create(
            Touch,
            engagement=engagement,
            day=day,
            channel=Channel(channel) if channel else None,
            text=text or None,
            next_on=next_on,
            by=store.who,
        )
        edit.create_many(TouchPerson, [{"touch": touch.id, "person": person} for person in everybody])
    return everybody


def make_person(edit: Edit, person: NewPerson) -> str:
    """Make a person within a step and give the id."""
    from db.models import Person

    made: Person = edit.create(
        Person,
        name=person.name,
        organisation=person.organisation,
        post=person.post,
        mail=person.mail,
        phone=person.phone,
    )
    return str(made.id)


def _about(reader: Reader, people: Sequence[str], new: Sequence[NewPerson]) -> str:
    known = names_of(reader, people)
    names = [*(known[person] for person in dict.fromkeys(people) if person in known), *(person.name for person in new)]
    return few_names(names)


def names_of(reader: Reader, people: Iterable[str]) -> dict[str, str]:
    """The names of these people by id, in their order; of those who are there."""
    asked = list(dict.fromkeys(people))
    found: Rows = []
    for marks, part in in_pieces(asked):
        found += reader.rows(f"SELECT id, name FROM person WHERE id IN ({marks})", part)
    known: dict[str, str] = dict(found)
    return {person: known[person] for person in asked if person in known}


def engagement_of(reader: Reader, people: Sequence[str], current: str | None) -> str | None:
    """The engagement that a touch with these people belongs to: the current one where one of them has a role in it,
    else the only one in which they have any. Who has none, as those of a lead, belongs where they were touched before.
    """
    for sql in (
        "SELECT engagement_id FROM role WHERE person_id = ?",
        "SELECT t.engagement_id FROM touch t JOIN touch_person tp ON tp.touch_id = t.id"
        " WHERE tp.person_id = ? AND t.engagement_id IS NOT NULL",
    ):
        found = dict.fromkeys(engagement for person in people for (engagement,) in reader.rows(sql, (person,)))
        if current in found:
            return current
        if found:
            return next(iter(found)) if len(found) == 1 else None
    return None


def not_to_be_contacted(reader: Reader, people: Iterable[str]) -> list[str]:
    """The names of those of these people who asked not to be contacted."""
    return [
        str(name)
        for person in people
        for (name,) in reader.rows("SELECT name FROM person WHERE id = ? AND do_not_contact", (person,))
    ]
