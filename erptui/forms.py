"""Which fields of a row a form shows, in which groups. The fields themselves are declared on the models."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.fields import Kind, ReferenceField
from db.labels import N_, Label
from db.models import TABLES, Decision, Person, Promise, Row, WorkPackage
from db.store import Reader
from erptui.method.board import with_status

Shown = Callable[[Mapping[str, Any]], bool]
Implied = Callable[[Mapping[str, Any], Mapping[str, Any], date], Mapping[str, Any]]


@dataclass(frozen=True)
class FormSpec:
    """The form of a model: groups of field names.

    `shown_when` hides a field by the stored values of the others; `implied` gives what goes with the values that were
    typed, from the stored ones, those and today's date, for fields that were not typed themselves.
    """

    model: type[Row]
    title: Label
    groups: tuple[tuple[Label, tuple[str, ...]], ...]
    shown_when: Mapping[str, Shown] = field(default_factory=dict)
    implied: Implied | None = None

    def fields(self) -> list[tuple[Label, str, Kind[Any]]]:
        """Group, name and field, from top to bottom."""
        known = self.model._meta.fields
        return [(group, name, known[name]) for group, names in self.groups for name in names]


def _with_status(stored: Mapping[str, Any], typed: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    if "status" not in typed:
        return {}
    return with_status(stored["status"], stored["started_on"], typed["status"].id, today)


PACKAGE = FormSpec(
    WorkPackage,
    N_("Work package"),
    (
        (N_("What"), ("name", "status", "progress", "area", "milestone", "done_when", "note")),
        (N_("Who"), ("role", "owner")),
        (N_("When"), ("duration", "not_before", "started_on", "finished_on", "recurrence")),
    ),
    {
        "started_on": lambda row: row["status"] != "todo",
        "finished_on": lambda row: row["status"] == "done",
    },
    _with_status,
)
PERSON = FormSpec(
    Person,
    N_("Person"),
    (
        (N_("Who"), ("name", "family", "given", "organisation", "unit", "post", "side")),
        (N_("How to reach"), ("phone", "mail", "do_not_contact")),
        (N_("More"), ("birthday", "note")),
    ),
)
PROMISE = FormSpec(
    Promise,
    N_("Promise"),
    (
        (N_("What"), ("text", "side", "person", "owner")),
        (N_("When"), ("due", "state", "settled_on")),
    ),
    {"settled_on": lambda row: row["state"] != "open"},
)
DECISION = FormSpec(
    Decision,
    N_("Decision"),
    (
        (N_("What"), ("text", "options", "decider")),
        (N_("When"), ("due", "decided_on", "outcome")),
    ),
)
FORMS: dict[str, FormSpec] = {spec.model._meta.table_name: spec for spec in (PACKAGE, PERSON, PROMISE, DECISION)}


def names_of(reader: Reader, table: str, engagement: str | None) -> dict[str, str]:
    """The rows of a table that a reference can mean, by id; of the engagement where the table knows one."""
    columns = {kind.column_name for kind in TABLES[table]._meta.fields.values()}
    name = next(column for column in ("name", "text", "code", "id") if column in columns)
    shown = f"code || ' ' || {name}" if "code" in columns and name != "code" else name
    if engagement and "engagement_id" in columns:
        rows = reader.rows(f"SELECT id, {shown} FROM {table} WHERE engagement_id = ? ORDER BY 2", (engagement,))
    else:
        rows = reader.rows(f"SELECT id, {shown} FROM {table} ORDER BY 2")
    return dict(rows)


def references_of(spec: FormSpec) -> set[str]:
    """The tables that the form's references lead to."""
    return {
        kind.rel_model._meta.table_name for _group, _name, kind in spec.fields() if isinstance(kind, ReferenceField)
    }
