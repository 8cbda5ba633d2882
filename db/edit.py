"""The only writer: what is collected during one step, checked, written and noted in the journal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from db.errors import Conflict, NoSuchRow
from db.fields import Kind, ReferenceField, Stored
from db.labels import N_
from db.models import MODELS, TABLES, Row

R = TypeVar("R", bound=Row)
_Noted = tuple[str, str, str | None, Stored, Stored, int | None]


def fields_of(model: type[Row]) -> dict[str, Kind[Any]]:
    """The fields of a model by name, in the order of their declaration."""
    fields: dict[str, Kind[Any]] = model._meta.fields
    return fields


def parts_of(model: type[Row]) -> list[tuple[type[Row], ReferenceField]]:
    """Who refers to rows of `model`: the models with their fields."""
    return [
        (other, field)
        for other in MODELS
        for field in fields_of(other).values()
        if isinstance(field, ReferenceField) and field.rel_model is model
    ]


class Edit:
    """One step while it is being made. Nothing is true before the block of `Store.edit` ends."""

    def __init__(self, connection: sqlite3.Connection, new_id: Callable[[], str]) -> None:
        self._connection = connection
        self._new_id = new_id
        self._noted: list[_Noted] = []
        self._touched: list[tuple[Row, dict[str, Any]]] = []

    def new_id(self) -> str:
        """An id for a row that others will refer to before it is made."""
        return self._new_id()

    def create(self, model: type[R], **values: Any) -> R:
        """Make a row. Raises `InvalidValue` for a value that its field does not take."""
        return self.create_many(model, [values])[0]

    def create_many(self, model: type[R], rows: Iterable[Mapping[str, Any]]) -> list[R]:
        """Make many rows of one model at once, in one statement."""
        fields = fields_of(model)
        table = model._meta.table_name
        columns = [field.column_name for field in fields.values()]
        made, stored = [], []
        for values in rows:
            unknown = set(values) - set(fields)
            if unknown:
                raise TypeError(f"{model.__name__} has no field {', '.join(sorted(unknown))}")
            cleaned = {}
            for name, field in fields.items():
                value = values.get(name)
                cleaned[name] = field.clean(self._new_id() if value is None and field.primary_key else value)
            made.append(model(**cleaned))
            made[-1].__dict__["_dirty"].clear()
            stored.append([field.db_value(cleaned[name]) for name, field in fields.items()])
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", stored)
        for row in stored:
            whole = json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, separators=(",", ":"))
            self._noted.append((table, str(row[0]), None, None, whole, None))
        return made

    def update(self, row: Row, **values: Any) -> None:
        """Set the named fields of a row and no others.

        The values that `row` was read with are compared with the store: a field that somebody else changed meanwhile
        raises `Conflict`, other fields merge by themselves.
        """
        fields = fields_of(type(row))
        expected = {name: fields[name].db_value(row.__data__.get(name)) for name in values}
        cleaned = self.change(type(row), row.id, expected, **values)
        self._touched.append((row, dict(row.__data__)))
        row.__data__.update(cleaned)

    def change(
        self, model: type[Row], row: str, expected: Mapping[str, Stored] | None, **values: Any
    ) -> dict[str, Any]:
        """`update` for a row known by its id; `expected` are the stored values it was read with (None: whatever)."""
        fields = fields_of(model)
        cleaned = {name: fields[name].clean(value) for name, value in values.items()}
        wanted = {name: fields[name].db_value(value) for name, value in cleaned.items()}
        current = self._current(model, row, [fields[name].column_name for name in values])
        now = dict(zip(values, current, strict=True))
        for name in values:
            if now[name] == wanted[name]:
                continue
            if expected is not None and now[name] != expected[name]:
                raise Conflict(
                    N_("{label} was changed meanwhile: theirs “{theirs}”, yours “{mine}”. Nothing was saved."),
                    table=model._meta.table_name,
                    row=row,
                    field=name,
                    label=fields[name].label,
                    mine=wanted[name],
                    theirs=now[name],
                )
            self.set_stored(model._meta.table_name, row, fields[name].column_name, now[name], wanted[name])
        return cleaned

    def delete(self, row: Row) -> None:
        """Delete a row with all that is part of it; optional references to it are emptied."""
        self._delete(type(row), row.id)

    def _delete(self, model: type[Row], row: str) -> None:
        table = model._meta.table_name
        for other, field in parts_of(model):
            name, column = other._meta.table_name, field.column_name
            ids = [
                i for (i,) in self._connection.execute(f"SELECT id FROM {name} WHERE {column} = ?", (row,)).fetchall()
            ]
            for part in ids:
                if field.null:
                    self.set_stored(name, part, column, row, None)
                else:
                    self._delete(other, part)
        # A row that refers to itself by way of its parts may be gone by now.
        if self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row,)).fetchone():
            self.remove_stored(table, row)

    def _current(self, model: type[Row], row: str, columns: list[str]) -> tuple[Stored, ...]:
        table = model._meta.table_name
        found: tuple[Stored, ...] | None = self._connection.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row,)
        ).fetchone()
        if found is None:
            raise Conflict(
                N_("This row was deleted meanwhile. Nothing was saved."),
                table=table,
                row=row,
                field=None,
                mine=None,
                theirs=None,
            )
        return found

    # Below: in stored values, for what reads and writes the journal itself (undo, merge).

    def set_stored(self, table: str, row: str, column: str, old: Stored, new: Stored) -> None:
        """Write one column of a row and note it."""
        (base,) = self._connection.execute(
            "SELECT max(id) FROM change WHERE row = ? AND (field = ? OR field IS NULL)", (row, column)
        ).fetchone()
        self._connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (new, row))
        self._noted.append((table, row, column, old, new, base))

    def remove_stored(self, table: str, row: str) -> None:
        """Delete a row and note the whole of it."""
        cursor = self._connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row,))
        values = cursor.fetchone()
        if values is None:
            raise NoSuchRow(N_("There is no such row in {table}."), table=table)
        whole = dict(zip((column[0] for column in cursor.description), values, strict=True))
        (base,) = self._connection.execute("SELECT max(id) FROM change WHERE row = ?", (row,)).fetchone()
        self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))
        text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        self._noted.append((table, row, None, text, None, base))

    def restore_stored(self, table: str, whole: Mapping[str, Stored]) -> None:
        """Put a deleted row back as it was and note it."""
        columns = [field.column_name for field in fields_of(TABLES[table]).values()]
        marks = ", ".join("?" * len(columns))
        (base,) = self._connection.execute("SELECT max(id) FROM change WHERE row = ?", (whole["id"],)).fetchone()
        self._connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", [whole.get(name) for name in columns]
        )
        text = json.dumps(dict(whole), ensure_ascii=False, separators=(",", ":"))
        self._noted.append((table, str(whole["id"]), None, None, text, base))

    @property
    def noted(self) -> list[_Noted]:
        """What has been written so far: table, row, field, old, new, base."""
        return self._noted

    def forget(self) -> None:
        """Give the rows in memory their old values back, after the step failed."""
        for row, before in reversed(self._touched):
            row.__data__.clear()
            row.__data__.update(before)
