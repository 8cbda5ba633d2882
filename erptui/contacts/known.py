"""Who is known already, found by card, by name with a mail or phone, or by name alone: dictionaries, never a search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.choices import ContactKind
from erptui.contacts.stated import Key, Stated, Way, folded, folded_name, unit_key

if TYPE_CHECKING:
    from db.store import Reader

FIELDS = (
    "name",
    "family",
    "given",
    "organisation",
    "unit",
    "post",
    "side",
    "mail",
    "phone",
    "birthday",
    "note",
    "card_uid",
)
"""The columns of a person that a contact may fill."""
_REACHED = frozenset({"mail", "phone"})
_MOST_NAMESAKES = 100
Signature = tuple[frozenset[tuple[str, str]], frozenset[Key]]


@dataclass(slots=True, eq=False)
class Known:
    """A person of the store, or one that is about to be made (`id` is empty).

    `values` are the fields that are not empty, `ways` all ways to reach the person, the first mail and phone among
    them; `last_rank` is that of the last further way. `found` says that a row of the file without mail or phone was
    taken for this person.
    """

    id: str
    values: dict[str, str]
    ways: list[Way]
    last_rank: str | None = None
    found: bool = False
    _keys: set[Key] | None = None

    @property
    def keys(self) -> set[Key]:
        """What the ways are compared by; of most people nobody asks."""
        if self._keys is None:
            self._keys = {way.key for way in self.ways}
        return self._keys


@dataclass(frozen=True, slots=True)
class Difference:
    """What a contact says otherwise than the store, or says first: old and new by field, and further ways."""

    fields: dict[str, tuple[str, str]]
    ways: tuple[Way, ...]

    @property
    def news(self) -> dict[str, str]:
        """The new values by field."""
        return {name: new for name, (_old, new) in self.fields.items()}

    def __bool__(self) -> bool:
        return bool(self.fields or self.ways)


class KnownPeople:
    """The people that a contact is compared with."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._cards: dict[str, Known] = {}
        # By name, when somebody of that name comes.
        self._reached: dict[str, dict[Key, Known]] = {}
        self._named: dict[str, list[Known]] = defaultdict(list)
        # By name, when somebody else of that name comes: who has a card, and who has none.
        self._signatures: dict[str, tuple[set[Signature], set[Signature]]] = {}
        for person in people:
            self.add(person)
            self._cards.setdefault(person.id, person)

    def add(self, person: Known) -> None:
        """Let a person be found from now on."""
        name = folded_name(person.values["name"])
        self._named[name].append(person)
        if "card_uid" in person.values:
            self._cards.setdefault(person.values["card_uid"], person)
        if name in self._reached:
            _put(person, self._reached[name])
        if name in self._signatures:
            self._sign(person, name)

    def reach(self, person: Known, ways: Iterable[Way]) -> None:
        """Let a person be found by these ways too."""
        reached = self._reached_by(folded_name(person.values["name"]))
        for way in ways:
            key = way.key
            person.keys.add(key)
            if key[0] in _REACHED:
                reached.setdefault(key, person)

    def _reached_by(self, name: str) -> dict[Key, Known]:
        """The people of a name by their mails and phones."""
        reached = self._reached.get(name)
        if reached is None:
            reached = self._reached[name] = {}
            for person in self._named.get(name, ()):
                _put(person, reached)
        return reached

    def probable(self, stated: Stated) -> Known | None:
        """Who it probably is: whoever has the card's id, or the same name and a mail or phone in common."""
        card = stated.values.get("card_uid")
        if card is not None and card in self._cards:
            return self._cards[card]
        name = folded_name(stated.name)
        if name not in self._named:
            return None
        reached = self._reached_by(name)
        return next((reached[key] for way in stated.ways if (key := way.key) in reached), None)

    def has_equal(self, stated: Stated, values: dict[str, str]) -> bool:
        """Whether somebody is `stated`, filled up to `values`, in everything; two cards are two people."""
        name = folded_name(stated.name)
        if name not in self._signatures:
            self._signatures[name] = (set(), set())
            for person in self._named.get(name, ()):
                self._sign(person, name)
        with_card, without = self._signatures[name]
        signature = _signature(values, (way.key for way in stated.ways))
        return signature in without or (signature in with_card and "card_uid" not in values)

    def _sign(self, person: Known, name: str) -> None:
        with_card, without = self._signatures[name]
        (with_card if "card_uid" in person.values else without).add(_signature(person.values, person.keys))

    def covering(self, stated: Stated) -> Known | None:
        """The person of the store who is meant by a row that has neither mail nor phone and says nothing new."""
        if any(way.key[0] in _REACHED for way in stated.ways):
            return None
        few = self.namesakes(stated)[:_MOST_NAMESAKES]
        return next((person for person in few if is_covered(person, stated)), None)

    def namesakes(self, stated: Stated) -> list[Known]:
        """Who has the same name."""
        return self._named.get(folded_name(stated.name), [])


def _put(person: Known, reached: dict[Key, Known]) -> None:
    for way in person.ways:
        key = way.key
        if key[0] in _REACHED:
            reached.setdefault(key, person)


def _signature(values: dict[str, str], keys: Iterable[Key]) -> Signature:
    """Everything that is known of somebody but the card, so that equal people have equal ones."""
    said = (each for each in values.items() if each[0] != "card_uid" and each[0] not in _REACHED)
    return frozenset(said), frozenset(keys)


def is_covered(person: Known, stated: Stated) -> bool:
    """Whether a person of the store with that name may be meant by a row."""
    if person.found or not person.id:
        return False
    cards = {*filter(None, (person.values.get("card_uid"), stated.values.get("card_uid")))}
    return len(cards) < 2 and not difference(person, stated)


def difference(person: Known, stated: Stated) -> Difference:
    """What `stated` would change of a person; what a file leaves out changes nothing, a new card id alone neither."""
    fields = {}
    for name, text in stated.values.items():
        before = person.values.get(name, "")
        if name == "card_uid" or text == before or (name in _COMPARED and _COMPARED[name](text, before)):
            continue
        fields[name] = (before, with_lines(before, text) if name == "note" else text)
    new = {way.key: way for way in stated.ways if way.key not in person.keys}
    return Difference(fields, tuple(new.values()))


def with_lines(before: str, text: str) -> str:
    """A note with the lines of `text` that it does not have yet."""
    there = set(before.splitlines())
    return "\n".join(filter(None, (before, *(line for line in text.splitlines() if line not in there))))


def _same_unit(text: str, before: str) -> bool:
    return unit_key(text) == unit_key(before)


def _same_name(text: str, before: str) -> bool:
    return folded_name(text) == folded_name(before)


def _same_text(text: str, before: str) -> bool:
    return folded(text) == folded(before)


def _says_nothing_new(text: str, before: str) -> bool:
    return set(filter(str.strip, text.splitlines())) <= set(before.splitlines())


_COMPARED = {
    "name": _same_name,
    "family": _same_name,
    "given": _same_name,
    "organisation": _same_text,
    "post": _same_text,
    "unit": _same_unit,
    "note": _says_nothing_new,
}


def read_known(reader: Reader) -> Iterator[Known]:
    """The people of the store."""
    ways: dict[str, list[tuple[Way, str]]] = defaultdict(list)
    for person, kind, label, value, rank in reader.rows(
        "SELECT person_id, kind, coalesce(label, ''), value, rank FROM contact_point ORDER BY person_id, rank, id"
    ):
        ways[person].append((Way(kind, label, value), rank))
    for identifier, *texts in reader.rows(f"SELECT id, {', '.join(FIELDS)} FROM person ORDER BY rowid"):
        values = {name: text for name, text in zip(FIELDS, texts, strict=True) if text is not None}
        further = ways.get(identifier, [])
        first = [
            Way(kind.id, "", values[name])
            for name, kind in (("mail", ContactKind.MAIL), ("phone", ContactKind.PHONE))
            if name in values
        ]
        yield Known(identifier, values, first + [way for way, _ in further], further[-1][1] if further else None)
