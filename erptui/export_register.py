"""The rows of a register as CSV for a spreadsheet: what stands between the store and `erptui.exchange.csv_rows`.

People come out so that `import csv` takes them back unchanged: one column for each field, one for each further way to
reach them, numbered as Google numbers them, and the id of the card.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from db.choices import ContactKind
from db.models import Person
from erptui import clock
from erptui.contacts.hand_out import HandedOut, contact_of, people_for, service_of
from erptui.contacts.stated import Way, as_labelled
from erptui.engagements import engagement_for
from erptui.exchange.csv_rows import write_rows
from erptui.exchange.vcard_write import write_vcards
from erptui.i18n import _
from erptui.registers import register_named
from erptui.registers.context import Context
from erptui.registers.people import PEOPLE
from erptui.registers.register import Column, Derived, Record, Register
from erptui.registers.table import cell_text, key_of, words_of

if TYPE_CHECKING:
    from db.store import Reader

_FIRST: tuple[Column, ...] = (
    Person.name,
    Person.family,
    Person.given,
    Person.organisation,
    Person.unit,
    Person.post,
    Person.side,
    Person.phone,
    Person.mail,
)
_LAST: tuple[Column, ...] = (Person.birthday, Person.note, Person.card_uid)
_NUMBERS = frozenset({ContactKind.PHONE.id, ContactKind.MOBILE.id, ContactKind.FAX.id})


class Exported(NamedTuple):
    """A file, how many rows it has, and how many people were left out who are not to be contacted."""

    content: bytes
    rows: int
    held_back: int


class _FileContext(Context):
    """What a file may say of people: whoever is not to be contacted is not named in a computed column."""

    @cached_property
    def silent(self) -> frozenset[str]:
        """The names that nobody has but those who are not to be contacted."""
        return frozenset(
            name
            for (name,) in self.reader.rows(
                "SELECT name FROM person WHERE do_not_contact EXCEPT SELECT name FROM person WHERE NOT do_not_contact"
            )
        )

    @cached_property
    def people(self) -> Mapping[str, str]:
        rows = self.reader.rows("SELECT id, name, do_not_contact FROM person")
        return {person: "" if silent else name for person, name, silent in rows}


def export_csv(
    reader: Reader, register: str, project: str | None, audience: str, only: Collection[str] | None = None
) -> Exported:
    """The rows of a register as CSV, in the language in use; of `only` these ids, where they are given.

    Raises `InternalRegister`, `WhichEngagement`, `NoSuchEngagement`.
    """
    wanted = register_named(register)
    context = _context(reader, wanted, project, audience)
    if wanted is PEOPLE:
        people = people_for(context, only)
        return Exported(write_rows(_people_rows(people, context)), len(people.records), people.held_back)
    records = [record for record in wanted.read(context) if only is None or record["id"] in only]
    for column in (column for column in wanted.shown(audience) if isinstance(column, Derived)):
        for record in records:
            record[column.id] = _named(record[column.id], context.silent)
    return Exported(write_rows(_rows(wanted.shown(audience), records)), len(records), 0)


def export_vcards(reader: Reader, project: str | None, audience: str, only: Collection[str] | None = None) -> Exported:
    """The people as vCards; of `only` these ids, where they are given. Raises `WhichEngagement`, `NoSuchEngagement`."""
    people = people_for(_context(reader, PEOPLE, project, audience), only)
    contacts = [contact_of(record, people.ways.get(record["id"], ())) for record in people.records]
    return Exported(write_vcards(contacts), len(contacts), people.held_back)


def _context(reader: Reader, register: Register, project: str | None, audience: str) -> _FileContext:
    register.check_audience(audience)
    return _FileContext(reader, clock.today(), engagement_for(reader, project, audience), audience)


def _rows(columns: Sequence[Column], records: Sequence[Record]) -> Iterator[list[str]]:
    yield [_(column.label) for column in columns]
    keys = [(key_of(column), words_of(column)) for column in columns]
    for record in records:
        yield [cell_text(record[key], words) for key, words in keys]


def _named(value: Any, silent: Collection[str]) -> Any:
    """A value without the people who may not be named."""
    if isinstance(value, list):
        return [part for part in value if part != "" and part not in silent]
    return None if isinstance(value, str) and value in silent else value


def _people_rows(people: HandedOut, context: Context) -> Iterator[list[str]]:
    shown = PEOPLE.shown(context.audience)
    computed = [c for c in shown if c not in _FIRST and c is not Person.do_not_contact]
    last = [c for c in _LAST if context.audience == "internal" or not c.internal]
    records = [{**record, "card_uid": record["card_uid"] or record["id"]} for record in people.records]
    first_cells, last_cells = _rows(_FIRST, records), _rows([*computed, *last], records)
    headers, ways = _way_columns([people.ways.get(record["id"], ()) for record in people.records])
    yield [*next(first_cells), *headers, *next(last_cells)]
    for first, further, rest in zip(first_cells, ways, last_cells, strict=True):
        yield [*first, *further, *rest]


class _Group(NamedTuple):
    """Columns that are numbered together: their names, which ways they hold, and the cells of one."""

    headers: tuple[str, ...]
    holds: Callable[[Way], bool]
    cells: Callable[[Way], Sequence[str]]


_GROUPS = (
    _Group(("Phone {} - Label", "Phone {} - Value"), lambda way: way.kind in _NUMBERS, as_labelled),
    _Group(
        ("E-mail {} - Label", "E-mail {} - Value"),
        lambda way: way.kind == ContactKind.MAIL.id,
        lambda way: (way.label, way.value),
    ),
    _Group(
        ("IM {} - Service", "IM {} - Value"),
        lambda way: bool(service_of(way)),
        lambda way: (service_of(way), way.value),
    ),
    _Group(
        ("Address {} - Label", "Address {} - Formatted"),
        lambda way: way.kind == ContactKind.ADDRESS.id,
        lambda way: (way.label, way.value),
    ),
    _Group(("Website {} - Value",), lambda way: way.kind == ContactKind.WEB.id, lambda way: (way.value,)),
)
"""The further ways to reach people. Google's names for the columns, which other programs know too."""


def _way_columns(ways: Sequence[Sequence[Way]]) -> tuple[list[str], list[list[str]]]:
    """The names of as many columns as the fullest person needs, and the cells of each person."""
    headers: list[str] = []
    cells: list[list[str]] = [[] for _person in ways]
    for group in _GROUPS:
        held = [[group.cells(way) for way in of_one if group.holds(way)] for of_one in ways]
        most = max(map(len, held), default=0)
        headers += [header.format(number) for number in range(1, most + 1) for header in group.headers]
        for line, found in zip(cells, held, strict=True):
            blank = [""] * (len(group.headers) * (most - len(found)))
            line += [*(cell for way_cells in found for cell in way_cells), *blank]
    return headers, cells
