"""What people call a row of any table, there or deleted (`A1.4`, 王磊, `138 0013 8000`), and a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from db.choices import ActivityId, Channel, PhaseId
from db.fields import Kind, ReferenceField
from db.labels import N_, NP_, Label
from db.models import MODELS, TABLES
from db.pieces import in_pieces
from erptui import cells
from erptui.i18n import _

if TYPE_CHECKING:
    from db.journal import Stored
    from db.store import Reader

Whole = Mapping[str, "Stored"]
"""A row by its columns, as stored."""

_WORDS: Mapping[str, Label] = {
    "client": NP_("organisation", "Client"),
    "person": N_("Person"),
    "contact_point": N_("Contact data"),
    "former_post": N_("Former post"),
    "consent": N_("Consent"),
    "working_calendar": N_("Calendar"),
    "calendar_exception": N_("Day of a calendar"),
    "engagement": N_("Engagement"),
    "phase": N_("Phase"),
    "activity": N_("Activity"),
    "gate": N_("Gate"),
    "gate_criterion": N_("Criterion"),
    "role": N_("Role"),
    "work_package": N_("Work package"),
    "dependency": N_("Dependency"),
    "deliverable": N_("Deliverable"),
    "touch": N_("Touch"),
    "touch_person": N_("Participant"),
    "note": N_("Note"),
    "promise": N_("Promise"),
    "decision": N_("Decision"),
    "decision_wait": N_("Waits for a decision"),
    "published_event": N_("Exported event"),
    "rule_setting": N_("Setting of a rule"),
    "snooze": N_("Matter put off"),
    "wip_limit": N_("Limit of work under way"),
}

_LEAST_CUT = 30
# What a person calls a row, by the first of these columns that it has.
_NAMES = (
    *("code", "name", "text", "value", "post", "organisation", "purpose"),
    *("activity", "channel", "day", "uid", "rule"),
)
_BETWEEN: Mapping[str, tuple[str, ...]] = {
    "dependency": ("predecessor_id", "successor_id"),
    "touch_person": ("person_id",),
    "decision_wait": ("package_id",),
}
"""Rows that only link others: they are called by those."""
_WITH_NAME = frozenset({"work_package", "engagement", "role"})
"""Tables whose rows have a code and a name that say more together."""


def table_word(table: str) -> str:
    """What one row of a table is, in the language in use."""
    return _(_WORDS[table]) if table in _WORDS else table


def table_words() -> Mapping[str, Label]:
    """What one row of each table is, by table."""
    return _WORDS


@cache
def field_of(table: str, column: str) -> Kind[Any] | None:
    """The field that a column of a table holds."""
    model = TABLES.get(table)
    if model is None:
        return None
    fields: dict[str, Kind[Any]] = model._meta.fields
    return next((field for field in fields.values() if field.column_name == column), None)


@cache
def required_references(table: str) -> tuple[ReferenceField, ...]:
    """What a row of the table is part of: its references that are never empty."""
    return tuple(field for field in _references(table) if not field.null)


@cache
def optional_references(table: str) -> tuple[ReferenceField, ...]:
    """Its references that may be empty."""
    return tuple(field for field in _references(table) if field.null)


def _references(table: str) -> Iterable[ReferenceField]:
    model = TABLES.get(table)
    return (field for field in model._meta.fields.values() if isinstance(field, ReferenceField)) if model else ()


@cache
def internal_tables() -> frozenset[str]:
    """Tables of which no client may see a row: those of internal registers, with their parts, and the program's own."""
    from erptui.registers import REGISTERS, register_named

    found = {"published_event"}
    # No register shows these; every field of theirs is internal.
    found |= {
        model._meta.table_name
        for model in MODELS
        if all(field.internal for name, field in model._meta.fields.items() if name != "id")
    }
    found |= {one.model._meta.table_name for one in map(register_named, REGISTERS) if one.internal}
    for model in MODELS:
        table = model._meta.table_name
        if any(field.rel_model._meta.table_name in found for field in required_references(table)):
            found.add(table)
    return frozenset(found)


class RowNames:
    """The names of rows, each read once; of a deleted row as it was called last."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._wholes: dict[str, Whole] = {}

    def load(self, table: str, rows: Iterable[str]) -> None:
        """Read many rows of a table at once."""
        wanted = [row for row in dict.fromkeys(rows) if row not in self._wholes]
        if not wanted or table not in TABLES:
            return
        columns = [field.column_name for field in TABLES[table]._meta.fields.values()]
        found: set[str] = set()
        for values in self._in_pieces(f"SELECT {', '.join(columns)} FROM {table} WHERE id IN", wanted):
            self._wholes[values[0]] = dict(zip(columns, values, strict=True))
            found.add(values[0])
        gone = [row for row in wanted if row not in found]
        sql = "SELECT row, coalesce(old, new) FROM change WHERE field IS NULL AND row IN"
        for row, whole in self._in_pieces(sql, gone, "ORDER BY id"):
            self._wholes[row] = json.loads(whole)

    def _in_pieces(self, sql: str, values: list[str], rest: str = "") -> Iterable[tuple[Any, ...]]:
        for marks, part in in_pieces(values):
            yield from self._reader.rows(f"{sql} ({marks}) {rest}", part)

    def whole(self, table: str, row: str) -> Whole:
        """The row as it is stored, or was last; empty for one that never was."""
        if row not in self._wholes:
            self.load(table, [row])
        return self._wholes.get(row, {})

    def short(self, table: str, row: str) -> str:
        """The name of a row: its code where it has one; the start of its id where it has no name."""
        return name_in(table, self.whole(table, row), self.short) or row[:8]

    def full(self, table: str, row: str) -> str:
        """The name of a row, with its code where it has both."""
        return self.full_of(table, row, self.whole(table, row))

    def full_of(self, table: str, row: str, whole: Whole) -> str:
        """`full` of a row that is known already."""
        if table in _WITH_NAME and whole.get("code"):
            return " ".join(str(whole[part]) for part in ("code", "name") if whole.get(part))
        if table == "activity" and (activity := str(whole.get("activity"))) in ActivityId._value2member_map_:
            return f"{activity} {_(ActivityId(activity).label)}"
        return name_in(table, whole, self.short) or row[:8]


def renamed(called: str, before: Whole, after: Mapping[str, object]) -> str:
    """What a row that was `called` so is called when its columns that are in `after` say something else.

    What it was called may be its code with its name, or the beginning of its text.
    """
    first = next((column for column in _NAMES if before.get(column)), "")
    for column in dict.fromkeys((first, "name")) if first == "code" else (first,):
        old, new = before.get(column), after.get(column)
        if not isinstance(old, str) or not isinstance(new, str) or not new:
            continue
        new = new.split("\n")[0]
        if called == old:
            return new
        if called.endswith("…") and old.startswith(called[:-1]):
            return cells.cut(new, max(_LEAST_CUT, cells.width(called)))
        called = called.replace(old, new, 1)
    return called


def name_in(table: str, whole: Whole, name_of: Callable[[str, str], str]) -> str:
    """The name that stands in a row, `name_of` giving those of the rows it links; empty where it has none."""
    if table in _BETWEEN:
        parts = []
        for column in _BETWEEN[table]:
            field = field_of(table, column)
            assert isinstance(field, ReferenceField)
            parts.append(name_of(field.rel_model._meta.table_name, str(whole.get(column) or "")))
        return " → ".join(parts)
    if table == "phase" and (phase := str(whole.get("phase"))) in PhaseId._value2member_map_:
        return _(PhaseId(phase).label)
    named = next((column for column in _NAMES if whole.get(column)), None)
    if named is None:
        return ""
    name = str(whole[named])
    if named == "channel" and name in Channel._value2member_map_:
        return f"{_(Channel(name).label)} {whole.get('day') or ''}".strip()
    return name
