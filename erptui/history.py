"""The journal in words: what a step did to which field, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.fields import ChoiceField, FlagField, Kind, ReferenceField
from db.journal import Change, Step, Stored
from db.models import TABLES
from erptui import clock
from erptui.i18n import _

if TYPE_CHECKING:
    from db.store import Reader, Store

# What a person calls a row, by the first of these columns that it has.
_NAMES = ("code", "name", "text", "activity", "phase", "uid")


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one step, in words. `field` is empty for a row that was made or deleted."""

    step: Step
    what: str
    row: str
    field: str
    old: str
    new: str


def events_of(store: Store, rows: Sequence[str] | None = None, limit: int = 200) -> list[Event]:
    """What happened to these rows (None: to any), newest first."""
    return [_event(store, step, change) for step, changes in store.history(rows, limit) for change in reversed(changes)]


def step_text(step: Step) -> str:
    """What a person did, as the footer names it."""
    return " ".join(part for part in (_(step.label), step.about) if part)


def done_text(store: Store, step: Step) -> str:
    """What happened: what a person did, or its undo or redo by the name of that."""
    if step.undoes is None:
        return step_text(step)
    return _("{verb}: {step}").format(verb=_(step.label), step=step_text(store.root_of(step)))


def moment_text(step: Step) -> str:
    """When, by the wall clock of the person who reads it."""
    moment = datetime.fromisoformat(step.at.replace("Z", "+00:00")).astimezone(clock.now().tzinfo)
    return f"{moment:%Y-%m-%d %H:%M}"


def _event(store: Store, step: Step, change: Change) -> Event:
    what = done_text(store, step)
    if change.field is None:
        whole = change.whole_row()
        name = next((str(whole[column]) for column in _NAMES if whole.get(column)), change.row[:8])
        return Event(step, what, name, "", "" if change.creates else name, name if change.creates else "")
    field = field_of(change.table, change.field)
    label = _(field.label) if field else change.field
    return Event(
        step,
        what,
        row_name(store, change.table, change.row),
        label,
        value_text(store, field, change.old),
        value_text(store, field, change.new),
    )


def field_of(table: str, column: str) -> Kind[Any] | None:
    """The field that a column of a table holds."""
    model = TABLES.get(table)
    if model is None:
        return None
    fields: dict[str, Kind[Any]] = model._meta.fields
    return next((field for field in fields.values() if field.column_name == column), None)


def row_name(reader: Reader, table: str, row: str) -> str:
    """What a person calls a row; the start of its id when it has no name or is gone."""
    columns = [field for field in _NAMES if field_of(table, field)]
    if columns:
        found = reader.rows(f"SELECT coalesce({', '.join(columns)}, '') FROM {table} WHERE id = ?", (row,))
        if found and found[0][0]:
            return str(found[0][0])
    return row[:8]


def value_text(reader: Reader, field: Kind[Any] | None, stored: Stored) -> str:
    """A stored value as a person reads it; empty for none."""
    if stored is None:
        return ""
    if isinstance(field, ReferenceField):
        return row_name(reader, field.rel_model._meta.table_name, str(stored))
    if isinstance(field, ChoiceField):
        try:
            return _(field.load(stored).label)  # type: ignore[union-attr]
        except KeyError:
            return str(stored)
    if isinstance(field, FlagField):
        return _("yes") if stored else _("no")
    return str(stored)
