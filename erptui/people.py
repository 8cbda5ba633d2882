"""People: what is known of one of them, adding one by a line, and the way to the trash and back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from db.labels import N_
from db.text import clean_line
from erptui.entry import NotUnderstood
from erptui.entry.people import Candidate
from erptui.entry.typed import quoted
from erptui.i18n import _, bracketed
from erptui.step_names import few_names
from erptui.touches import NewPerson, make_person, names_of

if TYPE_CHECKING:
    from db.store import Reader, Store
    from erptui.commitments import OpenPromise

_MAIL = re.compile(r"[^\s,，、;；@]+@[^\s,，、;；@]+\.[^\s,，、;；@]+")
_PHONE = re.compile(r"(?<!\w)[+＋]?\(?\d[\d\s()/.-]{4,}\d(?!\w)")


class ContactLine(NamedTuple):
    """A further way to reach a person; `kind` is an id of `ContactKind`."""

    kind: str
    label: str
    value: str


class TouchLine(NamedTuple):
    """A touch of a person; days as ISO text."""

    day: str
    channel: str | None
    text: str
    next_on: str | None
    project: str


class PostLine(NamedTuple):
    """Where a person was before; days as ISO text, or their month or year."""

    organisation: str
    unit: str
    post: str
    since: str | None
    until: str | None


class PersonFacts(NamedTuple):
    """What the lower part of the screen says of a person beside the row itself."""

    note: str
    contacts: Sequence[ContactLine]
    touches: Sequence[TouchLine]
    touch_count: int
    posts: Sequence[PostLine]
    promises: Sequence[OpenPromise]


def facts_of(reader: Reader, person: str, touches: int) -> PersonFacts | None:
    """What is known of a person, with the last `touches` touches; None when the person is gone."""
    from erptui.commitments import open_promises_of
    from erptui.touches import LOGGED

    found = reader.rows("SELECT coalesce(note, '') FROM person WHERE id = ?", (person,))
    if not found:
        return None
    ((count,),) = reader.rows("SELECT count(*) FROM touch_person WHERE person_id = ?", (person,))
    return PersonFacts(
        found[0][0],
        [
            ContactLine(*row)
            for row in reader.rows(
                "SELECT kind, coalesce(label, ''), value FROM contact_point WHERE person_id = ? ORDER BY rank, id",
                (person,),
            )
        ],
        [
            TouchLine(*row)
            for row in reader.rows(
                "SELECT t.day, t.channel, coalesce(t.text, ''), t.next_on, coalesce(e.code, '') FROM touch_person tp"
                " JOIN touch t ON t.id = tp.touch_id LEFT JOIN engagement e ON e.id = t.engagement_id"
                f" WHERE tp.person_id = ? ORDER BY t.day DESC, {LOGGED} DESC LIMIT ?",
                (person, touches),
            )
        ],
        count,
        [
            PostLine(*row)
            for row in reader.rows(
                "SELECT coalesce(organisation, ''), coalesce(unit, ''), coalesce(post, ''), since, until"
                " FROM former_post WHERE person_id = ? ORDER BY coalesce(until, since, '') DESC, id",
                (person,),
            )
        ],
        open_promises_of(reader, person),
    )


_PARTS = ("contact_point", "former_post", "consent")


def history_rows(reader: Reader, person: str) -> list[str]:
    """The ids of the rows whose changes are the history of a person, deleted ones too: the person, parts, touches."""
    rows = [person]
    for table in _PARTS:
        rows += [row for (row,) in reader.rows(f"SELECT id FROM {table} WHERE person_id = ?", (person,))]
    rows += [row for (row,) in reader.rows("SELECT touch_id FROM touch_person WHERE person_id = ?", (person,))]
    for table in (*_PARTS, "touch_person"):
        rows += [
            whole["touch_id"] if table == "touch_person" else row
            for row, whole in _deleted(reader, table, person)
            if whole["person_id"] == person
        ]
    return list(dict.fromkeys(rows))


def _deleted(reader: Reader, table: str, person: str) -> list[tuple[str, dict[str, Any]]]:
    """The rows that were deleted from a table, as far as they name the person, with their values."""
    sql = "SELECT row, old FROM change WHERE tbl = ? AND field IS NULL AND new IS NULL AND instr(old, ?)"
    return [(row, json.loads(old)) for row, old in reader.rows(sql, (table, person))]


def candidates(reader: Reader) -> list[Candidate]:
    """Everybody who can be meant by a name, initials or a mail address."""
    return [Candidate(*row) for row in reader.rows("SELECT id, name, coalesce(mail, '') FROM person ORDER BY name, id")]


def newest_person(reader: Reader) -> int:
    """The number of the newest change to anybody: as long as it stays, so does who can be meant."""
    ((number,),) = reader.rows("SELECT coalesce(max(id), 0) FROM change WHERE tbl = 'person'")
    return int(number)


def parse_new_person(text: str) -> NewPerson:
    """A person from one line: `name, organisation, post`, with a mail address and a phone number anywhere in it.

    `张伟，华信精密，采购经理 13800138000 zw@huaxin.cn`. Raises `NotUnderstood` saying what is too much or missing.
    """
    line = clean_line(text)
    mails = _MAIL.findall(line)
    line = _MAIL.sub(" ", line)
    phones = [found.strip() for found in _PHONE.findall(line) if sum(sign.isdigit() for sign in found) >= 6]
    for phone in phones:
        line = line.replace(phone, " ")
    for found, sentence in (
        (mails, N_("There are two mail addresses: {first} and {second}. Leave one for later.")),
        (phones, N_("There are two phone numbers: {first} and {second}. Leave one for later.")),
    ):
        if len(found) > 1:
            raise NotUnderstood(_(sentence).format(first=quoted(found[0]), second=quoted(found[1])))
    parts = [" ".join(part.split()) for part in re.split("[,，、;；]", line)]
    while parts and not parts[-1]:
        parts.pop()
    if not parts or not parts[0]:
        raise NotUnderstood(_("A name is missing. Type: name, organisation, post, phone or mail."))
    if len(parts) > 3:
        raise NotUnderstood(
            _("“{text}” has no place here. Type: name, organisation, post, phone or mail.").format(
                text=quoted(parts[3])
            )
        )
    name, organisation, post = (*parts, "", "")[:3]
    return NewPerson(
        name, organisation or None, post or None, mails[0] if mails else None, phones[0] if phones else None
    )


def given_by(text: str) -> dict[str, str]:
    """What a line says of a new person by field, for the form; what is not understood stands in the name."""
    if not text.strip():
        return {}
    try:
        person = parse_new_person(text)
    except NotUnderstood:
        return {"name": clean_line(text)}
    return {name: value for name, value in asdict(person).items() if value}


def add_person(store: Store, person: NewPerson) -> str:
    """Make a person as one step and give the id. Raises what `Store.edit` raises."""
    with store.edit(N_("Add person"), about=person.name) as edit:
        return make_person(edit, person)


def namesakes(reader: Reader, name: str) -> list[str]:
    """Who is called exactly so already, each with the organisation where it is known."""
    return [
        bracketed(found, organisation)
        for found, organisation in reader.rows(
            "SELECT name, organisation FROM person WHERE name = ? COLLATE NOCASE ORDER BY id", (name,)
        )
    ]


def trash_people(store: Store, people: Sequence[str]) -> str:
    """Delete people with all that is part of them as one step, and say whom; touches with nobody else go with them.

    Their roles, packages and promises stay and lose the name. Raises what `Store.edit` raises.
    """
    from db.models import Person, Touch

    names = names_of(store, people)
    about = few_names(names[person] for person in people if person in names)
    with store.edit(N_("Move to trash"), about=about) as edit:
        for person in people:
            touches = store.rows(
                "SELECT touch_id FROM touch_person WHERE person_id = ? EXCEPT"
                " SELECT touch_id FROM touch_person WHERE person_id <> ?",
                (person, person),
            )
            edit.delete(store.get(Person, person))
            for (touch,) in touches:
                edit.delete(store.get(Touch, touch))
    return about
