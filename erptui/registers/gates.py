"""The gates between the phases: when, how far their checklists are, how they were passed."""

from __future__ import annotations

from collections.abc import Sequence

from db.labels import N_
from db.models import Gate
from erptui.registers.context import Context
from erptui.registers.register import PROJECT, Derived, Record, Register

STATUSES = {
    "open": N_("Open"),
    "signed": N_("Signed"),
    "passed": N_("Passed with a reason"),
    "before": N_("Before erptui"),
}


def days(records: Sequence[Record], context: Context) -> Sequence[str | None]:
    """The day of each gate: passed, or planned."""
    known = context.gate_days
    return [day.isoformat() if (day := known.get(record["id"])) else None for record in records]


def statuses(records: Sequence[Record], context: Context) -> Sequence[str]:
    """How each gate stands, one of `STATUSES`."""
    return [
        "before"
        if record["before_erptui"]
        else "open"
        if record["passed_on"] is None
        else "signed"
        if record["signed_by"]
        else "passed"
        for record in records
    ]


def late(records: Sequence[Record], context: Context) -> Sequence[bool]:
    """Whether a gate should be passed by now and is not."""
    today, opened = context.today.isoformat(), context.open_phases
    return [
        record["status"] == "open"
        and record["day"] is not None
        and record["day"] < today
        and (record["engagement"], record["phase"]) in opened
        for record in records
    ]


def checklists(records: Sequence[Record], context: Context) -> Sequence[str]:
    """How many of the criteria are met, of how many."""
    counts = {
        gate: f"{done}/{total}"
        for gate, done, total in context.reader.rows(
            "SELECT gate_id, sum(done), count(*) FROM gate_criterion GROUP BY gate_id"
        )
    }
    return [counts.get(record["id"], "0/0") for record in records]


DAY = Derived("day", N_("Day"), days)
STATUS = Derived("status", N_("Status"), statuses, words=STATUSES)
LATE = Derived("late", N_("Late"), late)
CHECKLIST = Derived("checklist", N_("Met"), checklists)

GATES = Register(
    "gates",
    N_("Gates"),
    Gate,
    columns=(PROJECT, Gate.name, DAY, STATUS, CHECKLIST, LATE, Gate.phase, Gate.signed_by, Gate.reason),
    sort=("project", "phase"),
    period=("day", "day"),
)
