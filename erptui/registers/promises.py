"""The promises, ours and theirs: to whom, by when, and what became of them."""

from __future__ import annotations

from db.labels import N_
from db.models import Promise
from erptui.registers.register import PROJECT, Derived, Register, lookup

WITH = Derived("person_name", N_("With"), lookup("person", lambda context: context.people))
OWNER = Derived("owner_name", N_("Owner"), lookup("owner", lambda context: context.people))

PROMISES = Register(
    "promises",
    N_("Promises"),
    Promise,
    columns=(PROJECT, Promise.side, Promise.text, WITH, Promise.due, Promise.state, OWNER, Promise.settled_on),
    sort=("due", "project"),
    period=("due", "due"),
)
