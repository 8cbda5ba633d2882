"""What a contact of a file says, in the fields of a person: cleaned, within their limits, and comparable.

A file's nickname, employee id and labels have no field of their own and go into the private note, so that nothing of
the file is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from gettext import translation
from typing import Any, NamedTuple

from db.choices import ContactKind, Side
from db.errors import InvalidValue
from db.fields import TextField
from db.labels import N_, Label
from db.models import ContactPoint, Person
from erptui.entry import NotUnderstood
from erptui.entry.choices import parse_choice
from erptui.exchange.contact import KNOWN_WORDS, SERVICES, Address, Contact, Labelled, Refusal, service_and_use
from erptui.exchange.contact_values import tidy_name
from erptui.i18n import LANGUAGES, LOCALE_FOLDER, _, in_catalogue, labelled, listed
from erptui.pinyin import has_han

_FIELDS: dict[str, TextField] = {
    name: field for name, field in Person._meta.fields.items() if isinstance(field, TextField)
}
_POINT: dict[str, TextField] = {
    name: field for name, field in ContactPoint._meta.fields.items() if isinstance(field, TextField)
}
_MAIL, _PHONE = ContactKind.MAIL.id, ContactKind.PHONE.id
_MOBILE, _FAX = ContactKind.MOBILE.id, ContactKind.FAX.id
_CALLED = frozenset({_PHONE, _MOBILE})
_NUMBERS = frozenset({_PHONE, _MOBILE, _FAX})
# Words of labels whose number is not the one to call a person by.
_BESIDE = frozenset({"fax", "pager", "extension", "telex", "tty", "assistant", "callback", "isdn"})
UNNAMED = "im"
"""The service of a messenger that nobody named."""
_COUNTED_DIGITS = 11
_PLACES = {word: place for place, word in enumerate(KNOWN_WORDS)}
NOTE = _FIELDS["note"]
TOO_LONG = N_("It has {length} characters; the limit is {limit}.")

Refuse = Callable[[Refusal], None]
Key = tuple[str, str]


class Way(NamedTuple):
    """A way to reach a person: `kind` is an id of `ContactKind`, `label` says what for."""

    kind: str
    label: str
    value: str

    @property
    def key(self) -> Key:
        """What makes two of them the same: mails without case, numbers by their last eleven digits."""
        return _key(self.kind, self.label, self.value)

    @property
    def is_called(self) -> bool:
        """Whether it may be the phone of a person rather than a further number."""
        return self.kind in _CALLED and not _BESIDE & set(self.label.split())


@dataclass(slots=True)
class Stated:
    """What a contact says of a person: fields that are not empty, by name, and the ways to reach the person."""

    values: dict[str, str]
    ways: list[Way]
    line: int

    @property
    def name(self) -> str:
        return self.values["name"]


def _key(kind: str, label: str, value: str) -> Key:
    if kind in _NUMBERS:
        return _PHONE, number_key(value)
    if kind == ContactKind.MESSENGER.id:
        return f"{kind}:{folded(label)}", folded(value)
    if kind == ContactKind.ADDRESS.id:
        value = value.strip(" ,\n")
    return kind, folded(value)


@lru_cache(maxsize=4096)
def number_key(number: str) -> str:
    """The last eleven digits of a phone number, by which it is compared; the text itself where it has none."""
    digits = number if number.isascii() and number.isdigit() else re.sub(r"\D", "", number)
    return digits[-_COUNTED_DIGITS:] or folded(number)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text as it is compared: without case, full width and superfluous blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


@lru_cache(maxsize=16384)
def folded_name(name: str) -> str:
    """A name as it is compared; a Chinese one has no blanks."""
    return folded(tidy_name(name))


def paths(unit: str) -> tuple[tuple[str, ...], ...]:
    """The departments that the unit of a person names, each from the top: `Production / Planning; Quality`."""
    return tuple(path for part in unit.split("; ") if (path := tuple(filter(None, map(str.strip, part.split(" / "))))))


@lru_cache(maxsize=4096)
def unit_key(unit: str) -> str:
    """A unit as it is compared, however its levels are parted."""
    return "/".join(filter(None, (folded(level) for level in re.split(r"[/／\\>＞;；]", unit))))


def stated(contact: Contact, refuse: Refuse) -> Stated | None:
    """What `contact` says, as far as the fields take it; `refuse` hears of the rest. None when its name is none."""
    reading = _Reading(contact.line, refuse)
    reading.take("name", contact.name)
    if "name" not in reading.values:
        return None
    reading.take("family", contact.family)
    reading.take("given", contact.given)
    reading.take("organisation", contact.organisation)
    if contact.departments:
        reading.take("unit", "; ".join(map(" / ".join, contact.departments)))
    reading.take("post", contact.post)
    reading.take("birthday", contact.birthday)
    reading.take("card_uid", contact.uid)
    if contact.note or contact.nickname or contact.employee_id or contact.labels:
        reading.take("note", _note(contact))
    if contact.side:
        reading.take_side(contact.side)
    reading.take_ways(contact)
    return Stated(reading.values, reading.ways, contact.line)


class _Reading:
    """The values of one contact while they are checked."""

    __slots__ = ("line", "refuse", "values", "ways")

    def __init__(self, line: int, refuse: Refuse) -> None:
        self.line = line
        self.refuse = refuse
        self.values: dict[str, str] = {}
        self.ways: list[Way] = []

    def take(self, name: str, text: str) -> None:
        if not text:
            return
        field = _FIELDS[name]
        if field.is_clean(text):
            self.values[name] = text
        elif len(text) > field.limit:
            self.too_long(field.label, text, field.limit)
        elif cleaned := _cleaned(field, text):
            self.values[name] = cleaned

    def too_long(self, label: Label, text: str, limit: int) -> None:
        self.refuse(
            Refusal(
                sentence=TOO_LONG,
                line=self.line,
                column=_(label),
                value=text,
                gaps={"length": len(text), "limit": limit},
            )
        )

    def take_side(self, text: str) -> None:
        try:
            self.values["side"] = _side(text)
        except NotUnderstood as problem:
            sentence = str(problem)
            self.refuse(Refusal(sentence=sentence, line=self.line, column=_(Person.side.label), value=text))

    def take_ways(self, contact: Contact) -> None:
        for mail in contact.mails:
            self.way(_MAIL, mail.label, mail.value, _FIELDS["mail"])
        for phone in contact.phones:
            self.way(*_number(phone), phone.value, _FIELDS["phone"])
        for messenger in contact.messengers:
            service, use = service_and_use(messenger.label)
            if service not in SERVICES:
                service, use = ContactKind.MESSENGER.id, "" if service == UNNAMED else service
            self.way(service, use, messenger.value, _POINT["value"])
        for address in contact.addresses:
            self.way(ContactKind.ADDRESS.id, address.label, address_line(address), _POINT["value"])
        for url in contact.urls:
            self.way(ContactKind.WEB.id, "", url, _POINT["value"])

    def way(self, kind: str, label: str, value: str, field: TextField) -> None:
        limit = field.limit
        if len(value) > limit:
            self.too_long(field.label if field.name != "value" else ContactKind(kind).label, value, limit)
            return
        most = _POINT["label"].limit
        if len(label) > most:
            self.too_long(_POINT["label"].label, label, most)
            label = ""
        self.ways.append(Way(kind, label, value))


def _cleaned(field: TextField, text: str) -> str | None:
    try:
        return field.clean(text)
    except InvalidValue:
        return None


@lru_cache(maxsize=64)
def _side(text: str) -> str:
    """The id of a side, written in whichever language. Raises `NotUnderstood`."""
    try:
        return parse_choice(text, Side).id
    except NotUnderstood:
        for language in LANGUAGES:
            catalogue = translation("erptui", LOCALE_FOLDER, languages=[language], fallback=True)
            for side in Side:
                if in_catalogue(catalogue, side.label) == text:
                    return side.id
        raise


def _number(phone: Labelled) -> tuple[str, str]:
    """The kind of a number, and what of its label that does not say."""
    words = phone.label.split()
    for word, kind in (("mobile", _MOBILE), ("fax", _FAX)):
        if word in words:
            return kind, " ".join(other for other in words if other != word)
    return _PHONE, phone.label


def _note(contact: Contact) -> str:
    extra = ((N_("Nickname"), contact.nickname), (N_("Employee id"), contact.employee_id))
    lines = [contact.note] if contact.note else []
    lines += [labelled(_(label), text) for label, text in extra if text]
    if contact.labels:
        lines.append(labelled(_(N_("Labels")), listed(contact.labels)))
    return "\n".join(lines)


def address_line(address: Address) -> str:
    """A postal address as one line, from the country down where it is Chinese, else from the street up."""
    street = ", ".join(filter(None, map(str.strip, address.street.splitlines())))
    upwards = [address.po_box, address.extended, street, address.city, address.region, address.country]
    if has_han("".join(upwards)):
        return " ".join(filter(None, ("".join(filter(None, reversed(upwards))), address.postal_code)))
    return ", ".join(filter(None, (*upwards[:5], address.postal_code, address.country)))


def as_labelled(way: Way) -> Labelled:
    """A number as a contact has it."""
    word = {_MOBILE: "mobile", _FAX: "fax"}.get(way.kind, "")
    if not word:
        return Labelled(way.label, way.value)
    words = [*way.label.split(), word]
    return Labelled(
        " ".join(sorted(words, key=lambda word: _PLACES[word]) if set(words) <= _PLACES.keys() else words), way.value
    )


def person_row(values: dict[str, str], ways: list[Way]) -> tuple[dict[str, Any], list[Way]]:
    """The fields of a new person with the first mail and phone, and the further ways."""
    row: dict[str, Any] = dict(values)
    further = []
    for way in ways:
        field = "mail" if way.kind == _MAIL else "phone" if way.is_called else ""
        if field and field not in row:
            row[field] = way.value
        else:
            further.append(way)
    return row, further
