"""What was typed into a form as a draft keeps it: texts under the name of their field, those of a line under its row.

name                        a field of the form
contact_point/ID/value      a field of a line; ID is `+1`, `+2` … for rows that are being made
contact_point/ID            the line goes when the form is saved
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from erptui import drafts
from screens.form_children import ChildRow, ChildTable
from screens.form_fields import FieldInput

NEW = "new"
MOST_NEW = 9
"""Drafts of new rows of one table that are kept apart."""


def texts_of(fields: Iterable[FieldInput], tables: Iterable[ChildTable]) -> dict[str, str]:
    """All that was typed and is not saved yet."""
    texts = {field.field_name: field.text for field in fields if field.changed}
    for table in tables:
        made = 0
        for row in table.rows:
            if row.unused:
                continue
            made += row.row_id is None
            key = f"{table.spec.table}/{row.row_id or f'+{made}'}"
            if row.removed:
                texts[key] = ""
            texts |= {f"{key}/{field.field_name}": field.text for field in row.inputs if field.changed}
    return texts


async def put_back(texts: Mapping[str, str], fields: Iterable[FieldInput], tables: Iterable[ChildTable]) -> set[str]:
    """Put a draft into the form; gives the keys for which there is no place (any more)."""
    left = set(texts)
    for field in fields:
        if field.field_name in texts:
            field.put(texts[field.field_name])
            left.discard(field.field_name)
    for table in tables:
        for row_id, typed in _lines_of(texts, table.spec.table).items():
            row = await _row_for(table, row_id)
            if row is None:
                continue
            if None in typed:
                row.toggle()
            for field in row.inputs:
                if field.field_name in typed:
                    field.put(typed[field.field_name])
            left -= {f"{table.spec.table}/{row_id}" + (f"/{name}" if name else "") for name in typed}
            await table.grow()
    return left


def _lines_of(texts: Mapping[str, str], table: str) -> dict[str, dict[str | None, str]]:
    """What was typed into each line of a child table; None for one that goes."""
    lines: dict[str, dict[str | None, str]] = {}
    for key, text in texts.items():
        parts = key.split("/")
        if parts[0] == table and len(parts) > 1:
            lines.setdefault(parts[1], {})[parts[2] if len(parts) > 2 else None] = text
    return lines


async def _row_for(table: ChildTable, row_id: str) -> ChildRow | None:
    if row_id.startswith("+"):
        return table.rows[-1]
    return next((row for row in table.rows if row.row_id == row_id), None)


def find_new(store: str, table: str, given: Mapping[str, str]) -> tuple[str, drafts.Draft | None]:
    """Under which key the draft of a new row is kept, and the one that is there already and says nothing else.

    A draft of another new row is left where it is: it comes back when a form is opened with nothing typed.
    """
    for number in range(1, MOST_NEW + 1):
        key = NEW if number == 1 else f"{NEW} {number}"
        draft = drafts.kept(store, table, key)
        if draft is None or all(draft.texts.get(name) == text for name, text in given.items()):
            return key, draft
    return NEW, None
