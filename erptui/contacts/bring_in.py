"""Brings the contacts of a file into the store as one step that can be undone.

A person is new unless the card's id is known or somebody of the same name has a mail address or the last eleven digits
of a phone number in common. Whoever says nothing new is counted as the same; whoever does is listed side by side and
written only when asked for, and then loses nothing: empty fields are filled, fields that the file names are changed,
mails and phones are added. A name alone does not make two people one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from db import rank
from db.choices import ContactKind, Side
from db.labels import N_
from db.models import ContactPoint, Person
from erptui.contacts.known import Difference, Known, KnownPeople, difference, read_known
from erptui.contacts.stated import NOTE, TOO_LONG, Stated, Way, person_row, stated
from erptui.engagements import find_engagement
from erptui.exchange.contact import Contacts, Refusal, Remark
from erptui.i18n import _

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Reader, Store

_LABEL = N_("Import people")
_NAMESAKE = N_("“{value}” is there already, without a mail or phone in common. Both are kept.")


class Wishes(NamedTuple):
    """How people are to be brought in.

    `update` writes probable duplicates, `strict` takes nothing when anything is refused, `dry` never writes. `side` and
    `organisation` are those of new people for whom the file says nothing.
    """

    update: bool = False
    strict: bool = False
    dry: bool = False
    side: Side | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A contact that is probably somebody who is there: what it says otherwise, and whether that was written.

    `person` is empty when both come from the same file.
    """

    line: int
    name: str
    person: str
    differs: Difference
    written: bool


@dataclass(slots=True)
class BroughtIn:
    """What became of the contacts of a file. `taken` counts new people and, with `update`, those changed."""

    taken: int = 0
    same: int = 0
    remarks: list[Remark] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def wishes_for(
    reader: Reader, project: str | None, side: Side | None, *, update: bool, strict: bool, dry: bool
) -> Wishes:
    """The wishes for people of an engagement: they are the client's, of the client's organisation, unless told else.

    Raises `NoSuchEngagement`.
    """
    if project is None:
        return Wishes(update, strict, dry, side)
    engagement = find_engagement(reader, project)
    side = side or Side.CLIENT
    organisation = None
    if side is Side.CLIENT:
        ((organisation,),) = reader.rows(
            "SELECT c.name FROM engagement e JOIN client c ON c.id = e.client_id WHERE e.id = ?", (engagement.id,)
        )
    return Wishes(update, strict, dry, side, organisation)


def bring_in(store: Store, contacts: Contacts, wishes: Wishes, about: str = "") -> BroughtIn:
    """Take the contacts into the store. `about` names where they come from, for the history.

    Raises what `Store.edit` raises; then nothing was written.
    """
    if wishes.dry:
        return _Plan(store, contacts, wishes).outcome
    with store.edit(_LABEL, about=about) as edit:
        # Looked up with the lock held: nobody changes meanwhile what is compared with.
        plan = _Plan(store, contacts, wishes)
        if not plan.stopped:
            plan.write(edit)
    return plan.outcome


class _Plan:
    """What is to be written."""

    def __init__(self, reader: Reader, contacts: Contacts, wishes: Wishes) -> None:
        self.wishes = wishes
        self.outcome = BroughtIn(remarks=[*contacts.remarks], refused=[*contacts.refused])
        self.people = KnownPeople(read_known(reader))
        self.new: list[Known] = []
        self.updated: list[tuple[Known, Difference, str | None]] = []
        self.defaults: dict[str, str] = {}
        if wishes.side is not None:
            self.defaults["side"] = wishes.side.id
        for contact in contacts.contacts:
            person = stated(contact, self.outcome.refused.append)
            if person is not None:
                self.place(person)
        self.stopped = wishes.strict and bool(self.outcome.refused)
        if self.stopped:
            self.outcome.taken = 0
            self.outcome.changes = [
                Change(change.line, change.name, change.person, change.differs, False)
                for change in self.outcome.changes
            ]

    def place(self, person: Stated) -> None:
        """Decide whether a contact is new, the same as somebody, or says something else of somebody."""
        known = self.people.probable(person)
        if known is None:
            self.place_by_name(person)
            return
        differs = self.fitting(difference(known, person), person)
        if not differs:
            self.outcome.same += 1
            return
        self.outcome.changes.append(Change(person.line, person.name, known.id, differs, self.wishes.update))
        if self.wishes.update:
            self.update(known, person, differs)

    def fitting(self, differs: Difference, person: Stated) -> Difference:
        """The difference without a note that would become longer than a note may be."""
        note = differs.fields.get("note", ("", ""))[1]
        if len(note) <= NOTE.limit:
            return differs
        gaps = {"length": len(note), "limit": NOTE.limit}
        added = person.values["note"]
        self.outcome.refused.append(
            Refusal(sentence=TOO_LONG, line=person.line, column=_(NOTE.label), value=added, gaps=gaps)
        )
        return Difference({name: texts for name, texts in differs.fields.items() if name != "note"}, differs.ways)

    def place_by_name(self, person: Stated) -> None:
        values = self.filled(person)
        if self.people.namesakes(person):
            if self.people.has_equal(person, values):
                self.outcome.same += 1
                return
            covered = self.people.covering(person)
            if covered is not None:
                covered.found = True
                self.outcome.same += 1
                return
            self.outcome.remarks.append(Remark(sentence=_NAMESAKE, line=person.line, value=person.name))
        new = Known("", values, person.ways)
        self.new.append(new)
        self.people.add(new)
        self.outcome.taken += 1

    def filled(self, person: Stated) -> dict[str, str]:
        """The fields of a new person, with what is supposed where the file says nothing."""
        values = {**self.defaults, **person.values} if self.defaults else person.values
        organisation = self.wishes.organisation
        if organisation and "organisation" not in values and values.get("side") == Side.CLIENT.id:
            values["organisation"] = organisation
        return values

    def update(self, known: Known, person: Stated, differs: Difference) -> None:
        """Let the person be as the contact says."""
        card = person.values.get("card_uid")
        card = card if card and "card_uid" not in known.values else None
        self.outcome.taken += 1
        if known.id:
            self.updated.append((known, differs, card))
        known.values = known.values | differs.news
        known.ways = [*known.ways, *differs.ways]
        self.people.reach(known, differs.ways)
        if card:
            known.values["card_uid"] = card

    def write(self, edit: Edit) -> None:
        """Make the new people and change the others."""
        rows, points = [], []
        for person in self.new:
            identifier = edit.new_id()
            row, further = person_row(person.values, person.ways)
            row["id"] = identifier
            rows.append(row)
            points += [_point(identifier, way, place) for way, place in zip(further, _ranks(len(further)), strict=True)]
        if rows:
            edit.add_many(Person, rows)
        for known, differs, card in self.updated:
            points += _write_changes(edit, known, differs, card)
        if points:
            edit.add_many(ContactPoint, points)


def _write_changes(edit: Edit, known: Known, differs: Difference, card: str | None) -> list[dict[str, Any]]:
    """Change the fields of a person who is there, and give the further ways to be made."""
    values = differs.news
    before: dict[str, str | None] = {name: old or None for name, (old, _new) in differs.fields.items()}
    points = []
    for way in differs.ways:
        name = "mail" if way.kind == ContactKind.MAIL.id else "phone" if way.is_called else ""
        if name and name not in known.values:
            known.values[name] = values[name] = way.value
            before[name] = None
        else:
            known.last_rank = rank.between(known.last_rank, None)
            points.append(_point(known.id, way, known.last_rank))
    if card:
        values["card_uid"], before["card_uid"] = card, None
    edit.change(Person, known.id, before, **values)
    return points


def _point(person: str, way: Way, place: str) -> dict[str, Any]:
    return {"person": person, "kind": way.kind, "label": way.label or None, "value": way.value, "rank": place}


@lru_cache(maxsize=256)
def _ranks(count: int) -> list[str]:
    return rank.spread(count)
