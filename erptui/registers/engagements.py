"""The engagements: in which phase each is, its next gate, its finish, what needs somebody, when it is next touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from db.choices import PhaseId
from db.labels import N_, NP_
from db.models import Engagement
from erptui.portfolio import PortfolioLine, Prospect
from erptui.registers.context import Context
from erptui.registers.register import Compute, Derived, Record, Register

_NOTHING = Prospect()


def _standing(value: Callable[[PortfolioLine], Any]) -> Compute:
    """A column of what is read at once."""

    def compute(records: Sequence[Record], context: Context) -> Sequence[Any]:
        return [value(context.portfolio[record["id"]]) for record in records]

    return compute


def _ahead(value: Callable[[Prospect], Any]) -> Compute:
    """A column of what is computed from the plan; empty where that is not known yet."""

    def compute(records: Sequence[Record], context: Context) -> Sequence[Any]:
        return [value(context.prospects.get(record["id"], _NOTHING)) for record in records]

    return compute


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


PHASE = Derived(
    "phase", N_("Phase"), _standing(lambda line: line.phase), words={phase.id: phase.label for phase in PhaseId}
)
CLIENT = Derived("client_name", NP_("organisation", "Client"), _standing(lambda line: line.client))
GATE = Derived("gate", N_("Next gate"), _standing(lambda line: line.gate.name if line.gate else None))
GATE_DAY = Derived("gate_day", N_("Gate on"), _ahead(lambda ahead: _iso(ahead.gate_on)))
FINISH = Derived("finish", N_("Finish"), _ahead(lambda ahead: _iso(ahead.finish)))
LATE = Derived("late_days", N_("Days late"), _ahead(lambda ahead: ahead.late or None), internal=True)
RED = Derived("red", N_("Red alerts"), _ahead(lambda ahead: ahead.red or None), internal=True)
AMBER = Derived("amber", N_("Amber alerts"), _ahead(lambda ahead: ahead.amber or None), internal=True)
NEXT_TOUCH = Derived("next_touch", N_("Next touch"), _ahead(lambda ahead: _iso(ahead.next_on)), internal=True)
NEXT_WITH = Derived("next_with", N_("With"), _ahead(lambda ahead: ahead.next_with or None), internal=True)

ENGAGEMENTS = Register(
    "engagements",
    N_("Engagements"),
    Engagement,
    columns=(
        Engagement.code,
        Engagement.name,
        Engagement.status,
        PHASE,
        GATE,
        GATE_DAY,
        FINISH,
        LATE,
        RED,
        AMBER,
        NEXT_TOUCH,
        Engagement.ask_again_on,
        CLIENT,
        Engagement.start,
    ),
    more=(NEXT_WITH,),
    within="id = ?",
    period=("start", "finish"),
)
