"""The decisions: what is or was to be decided, by whom and by when, and what waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from db.labels import N_
from db.models import Decision
from erptui.registers.context import Context
from erptui.registers.register import PROJECT, Derived, Record, Register, lookup


def waiting(records: Sequence[Record], context: Context) -> Sequence[list[str]]:
    """The codes of the packages that wait for each decision."""
    there: dict[str, list[str]] = {record["id"]: [] for record in records}
    codes = context.package_codes
    for decision, package in context.reader.rows("SELECT decision_id, package_id FROM decision_wait ORDER BY rowid"):
        if decision in there:
            there[decision].append(codes[package])
    return list(there.values())


DECIDER = Derived("decider_name", N_("Decides"), lookup("decider", lambda context: context.people))
WAITING = Derived("waiting", N_("Waiting"), waiting)

DECISIONS = Register(
    "decisions",
    N_("Decisions"),
    Decision,
    columns=(PROJECT, Decision.text, DECIDER, Decision.due, Decision.outcome, Decision.decided_on, WAITING),
    sort=("due", "project"),
    period=("due", "due"),
)
