"""Which fields of a row a form shows, in which groups. The fields themselves are declared on the models."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.choices import LinkKind
from db.fields import Kind, RankField
from db.labels import N_, Label
from db.models import (
    TABLES,
    Consent,
    ContactPoint,
    Decision,
    DecisionWait,
    Deliverable,
    Dependency,
    Engagement,
    FormerPost,
    Person,
    Promise,
    Row,
    WorkPackage,
)
from db.store import Reader, Store
from erptui.form_checks import code_is_free, no_circle, waits_once
from erptui.method.board import with_status
from erptui.registers.promises import LIVE

Shown = Callable[[Mapping[str, Any]], bool]
Implied = Callable[[Mapping[str, Any], Mapping[str, Any], date], Mapping[str, Any]]
ChildImplied = Callable[[Mapping[str, Any], date], Mapping[str, Any]]


@dataclass(frozen=True)
class ChildSpec:
    """A child table in a form: the rows of `model` whose `parent` field names the row of the form.

    It stands under the fields of `group`, one row a line. `new` stands in the line that makes a row. `implied` gives
    the fields of a new row that were left empty, from those that were typed and today's date. `check` looks at the
    written rows before the step ends and raises the `Problem` it finds.
    """

    model: type[Row]
    parent: str
    group: Label
    label: Label
    new: Label
    names: tuple[str, ...]
    order: str = "rowid"
    implied: ChildImplied | None = None
    check: Callable[[Reader, str], None] | None = None

    @property
    def table(self) -> str:
        """The table of the rows."""
        return str(self.model._meta.table_name)

    @property
    def kinds(self) -> dict[str, Kind[Any]]:
        """The fields shown, by name, from left to right."""
        known = self.model._meta.fields
        return {name: known[name] for name in self.names}

    @property
    def ranked(self) -> bool:
        """Whether the rows keep an order of their own."""
        return any(isinstance(kind, RankField) for kind in self.model._meta.fields.values())


@dataclass(frozen=True)
class FormSpec:
    """The form of a model: groups of field names, and child tables.

    `shown_when` hides a field by the stored values of the others; `implied` gives what goes with the values that were
    typed, from the stored ones, those and today's date, for fields that were not typed themselves. `check` looks at the
    written row before the step ends and raises the `Problem` it finds. `make` makes a new row in a step of its own and
    gives its id, where more comes with it than its fields.
    """

    model: type[Row]
    title: Label
    groups: tuple[tuple[Label, tuple[str, ...]], ...]
    shown_when: Mapping[str, Shown] = field(default_factory=dict)
    implied: Implied | None = None
    children: tuple[ChildSpec, ...] = ()
    check: Callable[[Reader, str], None] | None = None
    make: Callable[[Store, Mapping[str, Any]], str] | None = None

    def fields(self) -> list[tuple[Label, str, Kind[Any]]]:
        """Group, name and field, from top to bottom."""
        known = self.model._meta.fields
        return [(group, name, known[name]) for group, names in self.groups for name in names]


def _with_status(stored: Mapping[str, Any], typed: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    if "status" not in typed:
        return {}
    return with_status(stored["status"], stored["started_on"], typed["status"].id, today)


def _with_settlement(stored: Mapping[str, Any], typed: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    if "state" not in typed:
        return {}
    if typed["state"].id in LIVE:
        return {"settled_on": None}
    return {} if stored.get("settled_on") else {"settled_on": today}


def _with_outcome(stored: Mapping[str, Any], typed: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    return {"decided_on": today} if typed.get("outcome") and not stored.get("decided_on") else {}


def _today(_typed: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    return {"day": today}


def _make_lead(store: Store, values: Mapping[str, Any]) -> str:
    from erptui.leads import make_lead

    return make_lead(store, values)


def _where_filled(name: str) -> Shown:
    return lambda row: row[name] is not None


def _finish_to_start(_typed: Mapping[str, Any], _today: date) -> Mapping[str, Any]:
    return {"kind": LinkKind.FS}


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
    (
        ChildSpec(
            Deliverable,
            "package",
            N_("What"),
            N_("Deliverables"),
            N_("new deliverable"),
            ("name", "done", "reference"),
        ),
        ChildSpec(
            Dependency,
            "successor",
            N_("When"),
            N_("Predecessors"),
            N_("new predecessor"),
            ("predecessor", "kind", "lag"),
            implied=_finish_to_start,
            check=no_circle,
        ),
    ),
)
PERSON = FormSpec(
    Person,
    N_("Person"),
    (
        (N_("Who"), ("name", "family", "given", "organisation", "unit", "post", "side")),
        (N_("How to reach"), ("phone", "mail", "do_not_contact")),
        (N_("More"), ("birthday", "note")),
    ),
    children=(
        ChildSpec(
            ContactPoint,
            "person",
            N_("How to reach"),
            N_("Further ways"),
            N_("new way"),
            ("kind", "label", "value"),
            order="rank, rowid",
        ),
        ChildSpec(
            FormerPost,
            "person",
            N_("More"),
            N_("Former posts"),
            N_("new post"),
            ("organisation", "unit", "post", "since", "until"),
            order="coalesce(until, since, '') DESC, rowid",
        ),
        ChildSpec(
            Consent,
            "person",
            N_("More"),
            N_("Consent"),
            N_("new answer"),
            ("given", "day", "purpose", "wording"),
            order="day, rowid",
            implied=_today,
        ),
    ),
)
PROMISE = FormSpec(
    Promise,
    N_("Promise"),
    (
        (N_("What"), ("text", "side", "person", "owner")),
        (N_("When"), ("due", "state", "settled_on")),
    ),
    {"settled_on": lambda row: row["state"] not in LIVE},
    _with_settlement,
)
DECISION = FormSpec(
    Decision,
    N_("Decision"),
    (
        (N_("What"), ("text", "options", "decider")),
        (N_("When"), ("due", "decided_on", "outcome")),
    ),
    implied=_with_outcome,
    children=(
        ChildSpec(
            DecisionWait,
            "decision",
            N_("When"),
            N_("What waits for it"),
            N_("new package"),
            ("package",),
            check=waits_once,
        ),
    ),
)
ENGAGEMENT = FormSpec(
    Engagement,
    N_("Engagement"),
    (
        (N_("What"), ("code", "name", "client")),
        (N_("When"), ("start", "contract_on", "status_on", "ask_again_on")),
        (N_("What became of it"), ("status_cause", "status_reason")),
    ),
    {name: _where_filled(name) for name in ("contract_on", "status_on", "ask_again_on")},
    check=code_is_free,
)
LEAD = FormSpec(
    Engagement,
    N_("Lead"),
    ((N_("What"), ("name", "code", "language")), (N_("When"), ("start",))),
    make=_make_lead,
)
FORMS: dict[str, FormSpec] = {
    spec.model._meta.table_name: spec for spec in (PACKAGE, PERSON, PROMISE, DECISION, ENGAGEMENT)
}


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
