"""The only writer: what is collected during one step, checked, written and noted in the journal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring
from typing import Any, TypeVar

from db.errors import Conflict
from db.fields import Kind, ReferenceField, Stored
from db.labels import N_
from db.models import MODELS, TABLES, Row
from db.pieces import in_pieces

R = TypeVar("R", bound=Row)
Noted = tuple[str, str, str | None, Stored, Stored, int | None]
Wholes = dict[str, dict[str, Stored]]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def fields_of(model: type[Row]) -> dict[str, Kind[Any]]:
    """The fields of a model by name, in the order of their declaration."""
    fields: dict[str, Kind[Any]] = model._meta.fields
    return fields


@cache
def parts_of(model: type[Row]) -> list[tuple[type[Row], ReferenceField]]:
    """Who refers to rows of `model`: the models with their fields."""
    return [
        (other, field)
        for other in MODELS
        for field in fields_of(other).values()
        if isinstance(field, ReferenceField) and field.rel_model is model
    ]


@cache
def columns_of(table: str) -> list[str]:
    """The columns of a table, in the order of the declaration of its fields."""
    return [field.column_name for field in fields_of(TABLES[table]).values()]


class Edit:
    """One step while it is being made. Nothing is true before the block of `Store.edit` ends."""

    def __init__(self, connection: sqlite3.Connection, new_id: Callable[[], str]) -> None:
        self._connection = connection
        self._new_id = new_id
        self._noted: list[Noted] = []
        self._touched: list[tuple[Row, dict[str, Any]]] = []

    def new_id(self) -> str:
        """An id for a row that others will refer to before it is made."""
        return self._new_id()

    def create(self, model: type[R], **values: Any) -> R:
        """Make a row. Raises `InvalidValue` for a value that its field does not take."""
        return self.create_many(model, [values])[0]

    def create_many(self, model: type[R], rows: Iterable[Mapping[str, Any]]) -> list[R]:
        """Make many rows of one model at once, in one statement."""
        columns = self._make(model, rows)
        made = []
        for values in zip(*columns.values(), strict=True):
            row = model(__no_default__=True)
            row.__data__.update(zip(columns, values, strict=True))
            made.append(row)
        return made

    def add_many(self, model: type[Row], rows: Iterable[Mapping[str, Any]]) -> None:
        """`create_many` for thousands of rows that nobody needs in memory."""
        self._make(model, rows)

    def _make(self, model: type[Row], rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
        """Write new rows, and give their cleaned values by field: whole columns are cleaned faster than rows."""
        given, fields = list(rows), fields_of(model)
        for values in given:
            if not values.keys() <= fields.keys():
                _known_names(model, values)
        cleaned: dict[str, list[Any]] = {}
        stored: list[Sequence[Stored]] = []
        for name, field in fields.items():
            column = [values.get(name) for values in given]
            if field.primary_key:
                column = [self._new_id() if value is None else value for value in column]
            cleaned[name] = column = field.clean_column(column)
            stored.append(field.store_column(column))
        self._insert(model._meta.table_name, list(zip(*stored, strict=True)), {})
        return cleaned

    def update(self, row: Row, **values: Any) -> None:
        """Set the named fields of a row and no others.

        The values that `row` was read with are compared with the store: a field that somebody else changed meanwhile
        raises `Conflict`, other fields merge by themselves.
        """
        fields = fields_of(type(row))
        _known_names(type(row), values)
        unread = [name for name in values if name not in row.__data__]
        if unread:
            raise TypeError(f"{', '.join(unread)} of this {type(row).__name__} was not read")
        expected = {name: fields[name].db_value(row.__data__[name]) for name in values}
        cleaned = self.change(type(row), row.id, expected, **values)
        self._touched.append((row, dict(row.__data__)))
        row.__data__.update(cleaned)

    def change(
        self, model: type[Row], row: str, expected: Mapping[str, Stored] | None, **values: Any
    ) -> dict[str, Any]:
        """`update` for a row known by its id; `expected` are the stored values it was read with (None: whatever)."""
        _known_names(model, values)
        if "id" in values:
            raise TypeError("the id of a row is for ever")
        fields = fields_of(model)
        cleaned = {name: fields[name].clean(value) for name, value in values.items()}
        wanted = {name: fields[name].db_value(value) for name, value in cleaned.items()}
        now = self._current(model, row, list(values))
        changing = [name for name in values if now[name] != wanted[name]]
        for name in changing:
            if expected is not None and now[name] != expected[name]:
                raise Conflict(
                    N_("{label} was changed meanwhile: theirs “{theirs}”, yours “{mine}”. Nothing was saved."),
                    table=model._meta.table_name,
                    row=row,
                    field=name,
                    label=fields[name].label,
                    mine=wanted[name],
                    theirs=now[name],
                    words=(fields[name].words(wanted[name]), fields[name].words(now[name])),
                )
        for name in changing:
            self.set_stored(model._meta.table_name, row, fields[name].column_name, now[name], wanted[name])
        return cleaned

    def delete(self, row: Row) -> None:
        """Delete a row with all that is part of it; optional references to it are emptied."""
        going: dict[str, type[Row]] = {}
        self._gather(type(row), [row.id], going)
        for model in dict.fromkeys(going.values()):
            targets = [i for i, its in going.items() if its is model]
            for other, field in parts_of(model):
                referring = self._referring(other, field, targets) if field.null else []
                for part, target in referring:
                    if part not in going:
                        self.set_stored(other._meta.table_name, part, field.column_name, target, None)
        for model in reversed(dict.fromkeys(going.values())):
            table = model._meta.table_name
            self.remove_stored(table, self.stored(table, [i for i, its in going.items() if its is model]))

    def _gather(self, model: type[Row], ids: Sequence[str], going: dict[str, type[Row]]) -> None:
        """Add the rows with these ids and whatever is part of them to `going`, parts last."""
        table = model._meta.table_name
        new = [row for (row,) in self._select(f"SELECT id FROM {table}", "id", ids) if row not in going]
        if not new:
            return
        going.update(dict.fromkeys(new, model))
        for other, field in parts_of(model):
            if not field.null:
                self._gather(other, [part for part, _ in self._referring(other, field, new)], going)

    def _referring(self, model: type[Row], field: ReferenceField, targets: Sequence[str]) -> list[tuple[str, str]]:
        """Id and reference of the rows of `model` that refer to one of `targets` by `field`."""
        column = field.column_name
        sql = f"SELECT id, {column} FROM {model._meta.table_name}"
        return list(self._select(sql, column, targets))

    def _select(self, sql: str, column: str, values: Sequence[str], rest: str = "") -> Iterator[tuple[Any, ...]]:
        for marks, part in in_pieces(values):
            yield from self._connection.execute(f"{sql} WHERE {column} IN ({marks}) {rest}", part).fetchall()

    def _current(self, model: type[Row], row: str, names: list[str]) -> dict[str, Stored]:
        """The named fields of a row as they are stored now. Raises `Conflict` when the row is gone."""
        table = model._meta.table_name
        columns = [fields_of(model)[name].column_name for name in ("id", *names)]
        found = self._connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row,)).fetchone()
        if found is None:
            raise Conflict(N_("This row was deleted meanwhile. Nothing was saved."), table=table, row=row)
        return dict(zip(names, found[1:], strict=True))

    # Below: in stored values, for what reads and writes the journal itself (undo, merge).

    def stored(self, table: str, ids: Sequence[str]) -> Wholes:
        """The rows with these ids as they are stored now; one that is not there is left out."""
        columns = columns_of(table)
        found = self._select(f"SELECT {', '.join(columns)} FROM {table}", "id", ids)
        return {row[0]: dict(zip(columns, row, strict=True)) for row in found}

    def set_stored(self, table: str, row: str, column: str, old: Stored, new: Stored) -> None:
        """Write one column of a row and note it."""
        (base,) = self._connection.execute(
            "SELECT max(id) FROM change WHERE row = ? AND (field = ? OR field IS NULL)", (row, column)
        ).fetchone()
        self._connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (new, row))
        self._noted.append((table, row, column, old, new, base))

    def remove_stored(self, table: str, rows: Wholes) -> None:
        """Delete rows, given as they are `stored`, and note the whole of them."""
        bases = self._last_changes(list(rows))
        self._connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(row,) for row in rows])
        for row, whole in rows.items():
            self._noted.append((table, row, None, _encode(whole), None, bases.get(row)))

    def restore_stored(self, table: str, rows: Wholes) -> None:
        """Put deleted rows back as they were and note them."""
        columns = columns_of(table)
        values = [[whole.get(column) for column in columns] for whole in rows.values()]
        self._insert(table, values, self._last_changes(list(rows)))

    def _insert(self, table: str, rows: Sequence[Sequence[Stored]], bases: Mapping[str, int]) -> None:
        columns = columns_of(table)
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        base_of = bases.get
        for values, whole in zip(rows, _wholes(columns, rows), strict=True):
            row = str(values[0])
            self._noted.append((table, row, None, None, whole, base_of(row)))

    def _last_changes(self, ids: Sequence[str]) -> dict[str, int]:
        """Number of the newest change to each of these rows."""
        return dict(self._select("SELECT row, max(id) FROM change", "row", ids, "GROUP BY row"))

    @property
    def noted(self) -> list[Noted]:
        """What the step comes to so far: one entry for a row made or deleted, else one for each field changed."""
        return _Net(self._noted).entries()

    def forget(self) -> None:
        """Give the rows in memory their old values back, after the step failed."""
        for row, before in reversed(self._touched):
            row.__data__.clear()
            row.__data__.update(before)


class _Net:
    """Entries of one step folded, so that each names what stood before the step and what stands after it."""

    def __init__(self, noted: Iterable[Noted]) -> None:
        self._whole: dict[str, Noted] = {}
        self._fields: dict[str, dict[str, Noted]] = {}
        for entry in noted:
            if entry[2] is not None:
                self._set(entry)
            elif entry[4] is None:
                self._remove(entry)
            else:
                self._make(entry)

    def entries(self) -> list[Noted]:
        """One entry for a row made or deleted, else one for each field changed."""
        return [entry for row in self._fields.values() for entry in row.values()] + list(self._whole.values())

    def _set(self, entry: Noted) -> None:
        table, row, field, old, new, base = entry
        made = self._whole.get(row)
        if made is not None:
            self._whole[row] = (*made[:4], _encode({**json.loads(str(made[4])), str(field): new}), made[5])
            return
        fields = self._fields.setdefault(row, {})
        first = fields.pop(str(field), None)
        if first is not None:
            old, base = first[3], first[5]
        if old != new:
            fields[str(field)] = (table, row, field, old, new, base)

    def _remove(self, entry: Noted) -> None:
        table, row, _, old, _, base = entry
        if self._whole.pop(row, None) is not None:
            return
        earlier = {field: first[3] for field, first in self._fields.pop(row, {}).items()}
        if earlier:
            old = _encode({**json.loads(str(old)), **earlier})
        self._whole[row] = (table, row, None, old, None, base)

    def _make(self, entry: Noted) -> None:
        table, row, _, _, new, _ = entry
        removed = self._whole.pop(row, None)
        if removed is None:
            self._whole[row] = entry
            return
        before, after = json.loads(str(removed[3])), json.loads(str(new))
        for field, value in after.items():
            self._set((table, row, field, before[field], value, removed[5]))


def _wholes(columns: Sequence[str], rows: Sequence[Sequence[Stored]]) -> Iterator[str]:
    """Each row as the JSON that the journal keeps, as `_encode` would write it: a column at a time, five times as fast.

    What all rows have alike, such as empty fields, stands in the pattern already.
    """
    parts, texts = [], []
    for name, column in zip(columns, zip(*rows, strict=True), strict=False):
        if len(column) > 1 and column.count(column[0]) == len(column):
            parts.append(f'"{name}":{_json(column[0])}'.replace("%", "%%"))
            continue
        parts.append(f'"{name}":%s')
        try:
            texts.append([*map(encode_basestring, column)])
        except TypeError:
            texts.append([_json(value) for value in column])
    pattern = f"{{{','.join(parts)}}}"
    return (pattern % values for values in zip(*texts, strict=True))


def _json(value: Stored) -> str:
    if type(value) is str:
        return encode_basestring(value)
    return "null" if value is None else str(int(value))


def _known_names(model: type[Row], values: Mapping[str, Any]) -> None:
    unknown = values.keys() - fields_of(model).keys()
    if unknown:
        raise TypeError(f"{model.__name__} has no field {', '.join(sorted(unknown))}")
