"""What happened afterwards in the demo, as steps of their own that the history tells, each of its person and moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from db.choices import OutcomeReason, PackageStatus, PromiseState
from db.labels import N_
from db.models import TABLES, Promise, WorkPackage
from erptui import outcomes
from erptui.commitments import PUT_OFF
from erptui.demo.content import Told
from erptui.demo.filling import Filling
from erptui.notebook import cut_name

_ACCOUNT_MANAGER = "xu"


def happen(fillings: Sequence[Filling]) -> None:
    """Put promises off, report progress, throw away, win or lose: as one did it in the program, in order of time."""
    steps = [(filling, told, told.get("by")) for filling in fillings for told in filling.content.get("later", ())]
    for filling in fillings:
        if "outcome" in filling.content:
            steps.append((filling, filling.content["outcome"], _ACCOUNT_MANAGER))
    for filling, told, who in sorted(steps, key=lambda step: _moment(*step[:2])):
        with _by(filling, told, who) as undoable:
            (_end if told is filling.content.get("outcome") else _step)(filling, told, undoable)


def _moment(filling: Filling, told: Told) -> datetime:
    return filling.days.moment(told["day"], told.get("at", "17:00"))


@contextmanager
def _by(filling: Filling, told: Told, who: str | None) -> Iterator[bool]:
    """What is done within was done then and by somebody of the vendor; gives whether that person may take it back.

    Who opens the demo has nothing to undo, also when called as one of them.
    """
    teller, then, visitor = filling.store, filling.then, filling.store.who
    before = then.moment
    teller.who, then.moment = filling.colleague(who), _moment(filling, told)
    try:
        yield teller.who != visitor
    finally:
        teller.who, then.moment = visitor, before


def _step(filling: Filling, told: Told, undoable: bool) -> None:
    store = filling.store
    if "promise" in told:
        with store.edit(PUT_OFF, about=told["reason"], undoable=undoable) as edit:
            row = filling.made[told["promise"]][1]
            edit.change(Promise, row, None, due=filling.days.day(told["due"]), state=PromiseState.MOVED)
    elif "progress" in told:
        with store.edit(N_("Report progress"), about=told["package"], undoable=undoable) as edit:
            edit.change(WorkPackage, filling.row(told["package"])[1], None, progress=told["progress"])
    elif "status" in told:
        with store.edit(N_("Change status"), about=told["package"], undoable=undoable) as edit:
            edit.change(WorkPackage, filling.row(told["package"])[1], None, status=PackageStatus(told["status"]))
    else:
        table, row = filling.made[told["thrown_away"]]
        with store.edit(N_("Move to trash"), about=cut_name(told["name"]), undoable=undoable) as edit:
            edit.delete(store.get(TABLES[table], row))


def _end(filling: Filling, told: Told, undoable: bool) -> None:
    """What became of a lead."""
    store, lead, days = filling.store, filling.engagement, filling.days
    day, cause, reason = days.day(told["day"]), OutcomeReason(told["cause"]), told["reason"]
    if told["status"] == "won":
        outcomes.win(store, lead, day, days.day(told["start"]), cause=cause, reason=reason, undoable=undoable)
    elif told["status"] == "lost":
        outcomes.lose(store, lead, day, cause=cause, reason=reason, undoable=undoable)
    else:
        again = days.day(told["ask_again"])
        outcomes.postpone(store, lead, day, ask_again_on=again, cause=cause, reason=reason, undoable=undoable)
