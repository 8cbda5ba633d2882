"""A register as text: aligned in terminal cells, as wide as asked for, harmless to the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from db.fields import ChoiceField, CodeField, DateField, FlagField, NumberField
from erptui import cells
from erptui.i18n import _
from erptui.registers.context import Context
from erptui.registers.register import PROJECT, Column, Derived, Record, Register

# In cells: what a column of words is cut to before columns drop out, and what it is never wider than.
_NARROW, _WIDEST = 20, 60


def key_of(column: Column) -> str:
    """The name under which a column stands in a row."""
    return column.id if isinstance(column, Derived) else str(column.name)


def words_of(column: Column) -> dict[object, str]:
    """The words for the stored values of a column that has a fixed set of them, in the language in use."""
    if isinstance(column, Derived):
        return {value: _(label) for value, label in column.words.items()}
    if isinstance(column, ChoiceField):
        return {member.id: _(member.label) for member in column.options}
    return {}


def cell_text(value: Any, words: dict[object, str]) -> str:
    """What stands in the cell of a value."""
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return words.get(value, str(value))


def table(register: Register, records: Sequence[Record], width: int, context: Context) -> Iterator[str]:
    """The lines of the table, its header first; none is wider than `width` cells.

    Columns that are empty in all rows are left out, and the project where only one is asked for; what does not fit
    drops out from the right.
    """
    texts: dict[str, list[str]] = {}
    columns = []
    shown = [c for c in register.shown(context.audience) if context.engagement is None or c is not PROJECT]
    for column in shown:
        key, words = key_of(column), words_of(column)
        column_texts = [cell_text(record[key], words) for record in records]
        if any(column_texts):
            texts[key] = column_texts
            columns.append(_asked(column, column_texts))
    placed = cells.fit_columns(columns, width, gap=2)
    labels = {key_of(column): _(column.label) for column in shown}
    yield cells.row([labels[spot.column.id] for spot in placed], placed, gap=2).rstrip()
    for line in zip(*(texts[spot.column.id] for spot in placed), strict=True):
        yield cells.row(line, placed, gap=2).rstrip()


def _asked(column: Column, texts: Sequence[str]) -> cells.Column:
    """What a column asks for: what its longest text takes, less where it can be cut."""
    widest = max(cells.width(_(column.label)), *(cells.width(text[: _WIDEST * 2]) for text in set(texts)))
    whole = isinstance(column, CodeField | DateField | NumberField | FlagField | ChoiceField)
    least = widest if whole and widest <= 20 else min(widest, _NARROW)
    return cells.Column(
        key_of(column),
        least,
        min(widest, _WIDEST),
        align="right" if isinstance(column, NumberField) else "left",
    )
