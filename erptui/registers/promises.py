"""The promises, ours and theirs: to whom, by when, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from db.choices import PromiseState
from db.labels import N_
from db.models import Promise
from erptui.registers.context import Context
from erptui.registers.register import PROJECT, Derived, Record, Register, days_overdue, lookup

LIVE = (PromiseState.OPEN.id, PromiseState.MOVED.id)
"""The states of a promise that is still to be kept; a new date does not settle it."""


def overdue(records: Sequence[Record], context: Context) -> Sequence[int | None]:
    """The days since each promise was due, 0 today; none for what is settled or due later."""
    return days_overdue([record["due"] if record["state"] in LIVE else None for record in records], context.today)


WITH = Derived("person_name", N_("With"), lookup("person", lambda context: context.people))
OWNER = Derived("owner_name", N_("Owner"), lookup("owner", lambda context: context.people))
OVERDUE = Derived("overdue", N_("Overdue"), overdue, internal=True)

_STILL = "state IN ('open', 'moved')"
PROMISES = Register(
    "promises",
    N_("Promises"),
    Promise,
    columns=(PROJECT, Promise.side, Promise.text, WITH, Promise.due, Promise.state, OWNER, Promise.settled_on),
    more=(OVERDUE,),
    sort=("due", "project"),
    # What is still to be kept by its day, then what was settled, the last first.
    order=f"NOT {_STILL}, {_STILL} AND due IS NULL, CASE WHEN {_STILL} THEN due END, settled_on DESC, id",
    period=("due", "due"),
)
