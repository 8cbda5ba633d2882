"""Changing one field of one or several rows to what a person typed, as one step that can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from db.fields import DateField, Kind, Stored
from db.labels import N_
from db.pieces import in_pieces
from erptui.field_text import Names, text_of, value_of
from erptui.forms import FORMS
from erptui.history import row_name
from erptui.step_names import few_names

if TYPE_CHECKING:
    from db.models import Row
    from db.store import Reader, Store

Seen = Mapping[str, Mapping[str, Stored]]
"""Rows as a person saw them when they were asked: the stored values by field name, by the id of the row."""


def seen_cells(reader: Reader, model: type[Row], name: str, rows: Sequence[str]) -> dict[str, dict[str, Stored]]:
    """These rows as they stand now: the field `name`, and those that go with it; rows that are gone are left out."""
    table = model._meta.table_name
    kinds: Mapping[str, Kind[Any]] = model._meta.fields
    names = [name, *_companions(table, name)]
    columns = ", ".join(("id", *(kinds[one].column_name for one in names)))
    found: dict[str, dict[str, Stored]] = {}
    for marks, part in in_pieces(rows):
        for row, *values in reader.rows(f"SELECT {columns} FROM {table} WHERE id IN ({marks})", part):
            found[row] = dict(zip(names, values, strict=True))
    return {row: found[row] for row in rows if row in found}


def _companions(table: str, name: str) -> list[str]:
    """The other fields that may have to change when this one does."""
    spec = FORMS.get(table)
    if spec is None or spec.implied is None:
        return []
    return [other for _group, other, _kind in spec.fields() if other != name]


def common_text(kind: Kind[Any], name: str, seen: Seen, names: Names) -> str:
    """What stands in the field of all these rows, empty where they differ."""
    texts = {text_of(kind, values[name], names) for values in seen.values()}
    return texts.pop() if len(texts) == 1 else ""


def change_cells(
    store: Store, model: type[Row], name: str, seen: Seen, text: str, today: date, names: Names
) -> dict[str, Stored]:
    """Set the field `name` of the rows to what was typed; `+3d` counts from the day of each row.

    Gives the stored values by row. Raises `NotUnderstood` or `InvalidValue` for the text, `Conflict` when a row is not
    as it was seen any more, else what `Store.edit` raises; then nothing was written.
    """
    table = model._meta.table_name
    kind: Kind[Any] = model._meta.fields[name]
    spec = FORMS.get(table)
    read: dict[Stored, Any] = {}
    values: dict[str, dict[str, Any]] = {}
    for row, stored in seen.items():
        # Only steps depend on what stands there; a name is looked for once for all rows.
        current = stored[name] if isinstance(kind, DateField) else None
        if current not in read:
            read[current] = value_of(kind, text, today, current, names)
        values[row] = {name: read[current]}
        if spec is not None and spec.implied is not None and kind.db_value(read[current]) != stored[name]:
            values[row] = {**spec.implied(stored, values[row], today), **values[row]}
    with store.edit(N_("Change"), about=_about(store, table, list(seen))) as edit:
        for row, wanted in values.items():
            expected = {one: seen[row][one] for one in wanted if one in seen[row]}
            edit.change(model, row, expected, **wanted)
    return {row: kind.db_value(wanted[name]) for row, wanted in values.items()}


def _about(reader: Reader, table: str, rows: Sequence[str]) -> str:
    return few_names(row_name(reader, table, row) for row in rows)
