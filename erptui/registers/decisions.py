"""The decisions: what is or was to be decided, by whom and by when, and what waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from db.labels import N_
from db.models import Decision
from erptui.registers.context import Context
from erptui.registers.register import PROJECT, Derived, Record, Register, days_overdue, lookup


def waiting(records: Sequence[Record], context: Context) -> Sequence[list[str]]:
    """The codes of the packages that wait for each decision."""
    there: dict[str, list[str]] = {record["id"]: [] for record in records}
    codes = context.package_codes
    for decision, package in context.reader.rows("SELECT decision_id, package_id FROM decision_wait ORDER BY rowid"):
        if decision in there:
            there[decision].append(codes[package])
    return list(there.values())


def waits(records: Sequence[Record], context: Context) -> Sequence[int]:
    """How many packages wait for each decision."""
    return [len(codes) for codes in waiting(records, context)]


def overdue(records: Sequence[Record], context: Context) -> Sequence[int | None]:
    """The days since each decision was due, 0 today; none for what is decided or due later."""
    return days_overdue([None if record["decided_on"] else record["due"] for record in records], context.today)


DECIDER = Derived("decider_name", N_("Decides"), lookup("decider", lambda context: context.people))
WAITING = Derived("waiting", N_("Waiting"), waiting)
WAITS = Derived("waits", N_("Waits"), waits)
OVERDUE = Derived("overdue", N_("Overdue"), overdue, internal=True)

DECISIONS = Register(
    "decisions",
    N_("Decisions"),
    Decision,
    columns=(PROJECT, Decision.text, DECIDER, Decision.due, Decision.outcome, Decision.decided_on, WAITING),
    more=(WAITS, OVERDUE),
    sort=("due", "project"),
    # What is still to be decided by its day, then what was decided, the last first.
    order="decided_on IS NOT NULL, decided_on IS NULL AND due IS NULL,"
    " CASE WHEN decided_on IS NULL THEN due END, decided_on DESC, id",
    period=("due", "due"),
)
