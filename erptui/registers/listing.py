"""The rows of a register as a screen holds them: tuples in their order, ready to be filtered and sorted at every key.

The first picture needs only the rows that are seen (`first_rows`); a worker then reads all of them (`whole`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from db.fields import (
    ChoiceField,
    DateField,
    FlagField,
    Kind,
    MomentField,
    NumberField,
    ReferenceField,
    WorkingTimeField,
)
from erptui.filtering import FieldKind, Filter, FilterField, SearchTexts, search_text
from erptui.i18n import _
from erptui.registers.context import Context
from erptui.registers.register import Derived, Register, spelled

Row = tuple[Any, ...]
Cancelled = Callable[[], bool]
_PIECE = 250
"""Rows that are made ready between two looks at whether somebody still wants them."""
_KINDS: tuple[tuple[type[Kind[Any]], FieldKind], ...] = (
    (ChoiceField, FieldKind.CHOICE),
    (FlagField, FieldKind.FLAG),
    (DateField, FieldKind.DAY),
    (MomentField, FieldKind.DAY),
    (WorkingTimeField, FieldKind.WORKING_TIME),
    (NumberField, FieldKind.NUMBER),
)


def fields_of(
    register: Register, keys: Sequence[str], kinds: Mapping[str, FieldKind], audience: str = "internal"
) -> list[FilterField]:
    """What a register can be filtered and sorted by: the columns under `keys`; `kinds` says what derived ones are.

    References are ids and mean nothing to people: what they are called is a derived column.
    """
    every: dict[str, Kind[Any] | Derived] = {
        **register.fields(audience),
        **{column.id: column for column in register.derived(audience)},
    }
    found = []
    for place, key in enumerate(keys):
        column = every.get(key)
        if column is None or key == "id" or isinstance(column, ReferenceField):
            continue
        words: Mapping[str, str] = {}
        if isinstance(column, Derived):
            kind = kinds.get(key, FieldKind.CHOICE if column.words else FieldKind.TEXT)
            words = column.words
        else:
            kind = next((kind for field, kind in _KINDS if isinstance(column, field)), FieldKind.TEXT)
            if isinstance(column, ChoiceField):
                words = {option.id: option.label for option in column.options}
        found.append(FilterField(key, column.label, kind, key=place, words=words))
    return found


class Listing:
    """Rows of `total`; the first value of a row is its id. `searched` is None while only the first ones are there."""

    def __init__(
        self,
        fields: Sequence[FilterField],
        rows: Sequence[Row],
        total: int,
        searched: SearchTexts | None = None,
        filled: frozenset[str] = frozenset(),
    ) -> None:
        self.fields, self.rows, self.total, self.searched, self.filled = fields, rows, total, searched, filled
        self._places: dict[str, int] | None = None
        self._spelled: dict[str, str] = {}

    @property
    def whole(self) -> bool:
        """Whether all rows are there."""
        return self.searched is not None

    def place_of(self, identifier: str) -> int | None:
        """Where the row with this id stands."""
        if self._places is None:
            self._places = {row[0]: place for place, row in enumerate(self.rows)}
        return self._places.get(identifier)

    def chosen(self, wanted: Filter) -> list[int]:
        """The places of the rows that the filter shows."""
        assert self.searched is not None
        return wanted.chosen(self.rows, self.searched)

    def order(self, field: FilterField, *, reverse: bool = False) -> list[int]:
        """All places by the values of a field, Chinese by its pinyin; rows without a value come last either way."""
        place_of_field = _place(field)
        values = [row[place_of_field] for row in self.rows]
        filled = [place for place, value in enumerate(values) if value not in (None, "", [])]
        keys = self._sort_keys(field, values)
        ordered = sorted(filled, key=keys.__getitem__, reverse=reverse)
        there = set(filled)
        return [*ordered, *(place for place in range(len(values)) if place not in there)]

    def _sort_keys(self, field: FilterField, values: Sequence[Any]) -> list[Any]:
        if field.kind is FieldKind.CHOICE:
            ranks = {option: rank for rank, option in enumerate(field.words)}
            return [ranks.get(value, len(ranks)) for value in values]
        if field.kind is FieldKind.TEXT:
            return [self.spelled(" ".join(value) if isinstance(value, list) else value or "") for value in values]
        return list(values)

    def spelled(self, text: str) -> str:
        """A text as it is sorted."""
        found = self._spelled.get(text)
        if found is None:
            found = self._spelled[text] = spelled(text)
        return found


def _place(field: FilterField) -> int:
    assert isinstance(field.key, int)
    return field.key


def first_rows(
    register: Register, context: Context, keys: Sequence[str], fields: Sequence[FilterField], count: int
) -> Listing:
    """The first `count` rows and how many there are: what the first picture needs."""
    total, filled = _filled(register, context, keys)
    return Listing(fields, register.tuples(context, keys, first=count), total, None, filled)


def _filled(register: Register, context: Context, keys: Sequence[str]) -> tuple[int, frozenset[str]]:
    """How many rows there are, and which columns are not empty in all of them; derived ones count as filled."""
    kinds = register.fields(context.audience)
    stored = [key for key in keys if key in kinds]
    condition, values = register.chosen(context)
    counts = "".join(f", count({kinds[key].column_name})" for key in stored)
    ((total, *numbers),) = context.reader.rows(
        f"SELECT count(*){counts} FROM {register.model._meta.table_name} WHERE {condition}", values
    )
    empty = {key for key, number in zip(stored, numbers, strict=True) if not number}
    return total, frozenset(keys) - empty - register.withheld(keys, context.audience)


def whole(
    register: Register,
    context: Context,
    keys: Sequence[str],
    fields: Sequence[FilterField],
    cancelled: Cancelled = lambda: False,
) -> Listing | None:
    """All rows, ready to be searched: for a worker. None when nobody wants them any more.

    Sorted as people look for them: what the register is sorted by, Chinese as it is said; by its own `order` where it
    has one.
    """
    total, filled = _filled(register, context, keys)
    rows: list[Row] = register.tuples(context, keys)
    order = [] if register.order else [keys.index(name) for name in register.sort]
    said: dict[str, str] = {}
    for start in range(0, len(rows), _PIECE):
        if cancelled():
            return None
        said |= {text: spelled(text) for row in rows[start : start + _PIECE] for text in _texts(row, order)}
    if order:
        rows.sort(key=lambda row: [said[text] for text in _texts(row, order)])
    searched = SearchTexts()
    for start in range(0, len(rows), _PIECE):
        if cancelled():
            return None
        searched.add([search_text(_words(row, fields)) for row in rows[start : start + _PIECE]])
    # The first search would otherwise pay for what all of them share.
    searched.heard("anan")
    return Listing(fields, rows, total, searched, filled)


def _texts(row: Row, order: Sequence[int]) -> list[str]:
    return [row[place] or "" for place in order]


def _words(row: Row, fields: Iterable[FilterField]) -> list[str]:
    """What of a row is searched: its texts, its choices as they are called, the signs of its lists."""
    found: list[str] = []
    for field in fields:
        value = row[_place(field)]
        if not value or field.kind not in (FieldKind.TEXT, FieldKind.CHOICE):
            continue
        if field.kind is FieldKind.CHOICE:
            found.append(_(field.words.get(value, value)))
        elif isinstance(value, list):
            found.extend(map(str, value))
        else:
            found.append(str(value))
    return found
