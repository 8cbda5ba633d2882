"""Promises and decisions: made, kept, put off, decided; what is still open, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from db.choices import PromiseState
from db.errors import Problem
from db.labels import N_
from db.pieces import in_pieces
from erptui import clock
from erptui.commitment_lines import DecisionLine, PromiseLine, read_put_off
from erptui.notebook import cut_name
from erptui.registers.promises import LIVE
from erptui.step_names import few_names

if TYPE_CHECKING:
    from db.journal import Step
    from db.models import Decision, Promise
    from db.store import Reader, Store

PUT_OFF = N_("Put off:")
_SETTLING = {
    PromiseState.KEPT: N_("Promise kept"),
    PromiseState.BROKEN: N_("Promise broken"),
    PromiseState.WITHDRAWN: N_("Promise withdrawn"),
    PromiseState.OPEN: N_("Promise open again"),
}


class NothingDecided(Problem):
    """A decision without an outcome."""

    sentence = N_("Type what was decided.")


class OpenPromise(NamedTuple):
    """A promise that is still to be kept, in one line; `due` is ISO text."""

    id: str
    text: str
    ours: bool
    due: str | None
    project: str


class SourceLine(NamedTuple):
    """The line of the notebook that a row came from; `at` is ISO text in UTC."""

    text: str
    at: str

    @property
    def day(self) -> date:
        """The day on which it was written, by the calendar of the person who reads it."""
        return datetime.fromisoformat(self.at.replace("Z", "+00:00")).astimezone(clock.now().tzinfo).date()


class WaitingPackage(NamedTuple):
    """A package that waits for a decision."""

    id: str
    code: str
    name: str
    status: str


class Turning(NamedTuple):
    """One thing that became of a promise or a decision: in which step, what of it, from what to what (as stored).

    `field` is empty where the row was made. `reason` is why it was put off.
    """

    step: Step
    field: str
    old: str
    new: str
    reason: str


# Making.


def add_promise(store: Store, line: PromiseLine, engagement: str | None) -> str:
    """Make a promise as one step and give its id. Raises `InvalidValue`, else what `Store.edit` raises."""
    from db.models import Promise

    with store.edit(N_("Add promise"), about=cut_name(line.text)) as edit:
        made: Promise = edit.create(
            Promise,
            engagement=engagement,
            text=line.text,
            side=line.side,
            person=line.person,
            owner=line.owner,
            due=line.due,
        )
    return str(made.id)


def add_decision(store: Store, line: DecisionLine, engagement: str | None) -> str:
    """Make a decision with what waits for it as one step and give its id. Raises as `add_promise`."""
    from db.models import Decision, DecisionWait

    with store.edit(N_("Add decision"), about=cut_name(line.text)) as edit:
        made: Decision = edit.create(
            Decision, engagement=engagement, text=line.text, decider=line.decider, due=line.due
        )
        edit.create_many(DecisionWait, [{"decision": made.id, "package": package} for package in line.waits])
    return str(made.id)


# What becomes of them.


def settle_promises(store: Store, promises: Sequence[str], state: PromiseState, today: date) -> list[str]:
    """Set what became of promises, as one step; gives the texts of those that were not so already. Settled today."""
    from db.models import Promise

    fields = ("state", "settled_on", "text")
    changing = {
        row: seen for row, seen in _seen(store, "promise", promises, fields).items() if seen["state"] != state.id
    }
    texts = [str(seen["text"]) for seen in changing.values()]
    if not changing:
        return []
    with store.edit(_SETTLING[state], about=_about(texts)) as edit:
        for row, seen in changing.items():
            expected = {name: seen[name] for name in ("state", "settled_on")}
            edit.change(Promise, row, expected, state=state, settled_on=None if state.id in LIVE else today)
    return texts


def decide(store: Store, decisions: Sequence[str], outcome: str, today: date) -> list[str]:
    """Record what was decided today on those that are still to be decided, as one step; gives their texts.

    Raises `NothingDecided` without an outcome, `InvalidValue` for one that is too long.
    """
    from db.models import Decision

    if not outcome.strip():
        raise NothingDecided
    seen = _seen(store, "decision", decisions, ("decided_on", "outcome", "text"))
    open_ones = {row: values for row, values in seen.items() if values["decided_on"] is None}
    texts = [str(values["text"]) for values in open_ones.values()]
    if not open_ones:
        return []
    with store.edit(N_("Decide"), about=_about(texts)) as edit:
        for row, values in open_ones.items():
            expected = {name: values[name] for name in ("decided_on", "outcome")}
            edit.change(Decision, row, expected, decided_on=today, outcome=outcome)
    return texts


def put_off(
    store: Store, model: type[Promise] | type[Decision], rows: Sequence[str], line: str, today: date
) -> list[date]:
    """Give rows a later day by a line (`+2d waits for IT`), as one step named by the reason; gives their new days.

    Those that are settled stay as they are. A promise counts as one with a new date then. Raises `NotUnderstood` for
    the line, else what `Store.edit` raises; then nothing was written.
    """
    from db.models import Promise

    table = model._meta.table_name
    moves = model is Promise
    seen = _seen(store, table, rows, ("due", "state") if moves else ("due", "decided_on"))
    going = [row for row, values in seen.items() if (values["state"] in LIVE if moves else not values["decided_on"])]
    new = {row: read_put_off(line, today, _day(seen[row]["due"])) for row in going}
    if not new:
        return []
    reason = next(iter(new.values())).reason
    with store.edit(PUT_OFF, about=reason) as edit:
        for row, later in new.items():
            values: dict[str, Any] = {"due": later.day, **({"state": PromiseState.MOVED} if moves else {})}
            edit.change(model, row, seen[row], **values)
    return [later.day for later in new.values()]


def trash_commitments(store: Store, model: type[Promise] | type[Decision], rows: Sequence[str]) -> str:
    """Delete promises or decisions as one step, and say which. Their lines in the notebook stay."""
    seen = _seen(store, model._meta.table_name, rows, ("text",))
    about = _about([str(values["text"]) for values in seen.values()])
    with store.edit(N_("Move to trash"), about=about) as edit:
        for row in seen:
            edit.delete(store.get(model, row))
    return about


def _seen(reader: Reader, table: str, rows: Sequence[str], fields: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The stored values of these fields of the rows that are there, by id and in the order of `rows`."""
    found: dict[str, dict[str, Any]] = {}
    for marks, part in in_pieces(rows):
        for row, *values in reader.rows(f"SELECT id, {', '.join(fields)} FROM {table} WHERE id IN ({marks})", part):
            found[row] = dict(zip(fields, values, strict=True))
    return {row: found[row] for row in rows if row in found}


def _about(texts: Sequence[str]) -> str:
    return few_names(map(cut_name, texts))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


# Looking.


def dues_of(reader: Reader, table: str, rows: Sequence[str]) -> list[date | None]:
    """When these rows are due."""
    return [_day(values["due"]) for values in _seen(reader, table, rows, ("due",)).values()]


def open_promises_of(reader: Reader, person: str) -> list[OpenPromise]:
    """What is still to be kept between a person and us, or by that person as its owner; what is due first is first."""
    marks = ", ".join("?" * len(LIVE))
    return [
        OpenPromise(row, text, side == "ours", due, project)
        for row, text, side, due, project in reader.rows(
            "SELECT p.id, p.text, p.side, p.due, coalesce(e.code, '') FROM promise p"
            " LEFT JOIN engagement e ON e.id = p.engagement_id"
            f" WHERE (p.person_id = ? OR p.owner_id = ?) AND p.state IN ({marks})"
            " ORDER BY p.due IS NULL, p.due, p.id",
            (person, person, *LIVE),
        )
    ]


def people_of(reader: Reader, table: str, rows: Sequence[str]) -> list[str]:
    """The people whom these promises or decisions are with, by id."""
    column = {"promise": "person_id", "decision": "decider_id"}[table]
    people = [values[column] for values in _seen(reader, table, rows, (column,)).values()]
    return list(dict.fromkeys(person for person in people if person))


def source_of(reader: Reader, table: str, row: str) -> SourceLine | None:
    """The line of the notebook that a row came from, None where there is none any more."""
    found = reader.rows(f"SELECT n.text, n.at FROM {table} t JOIN note n ON n.id = t.note_id WHERE t.id = ?", (row,))
    return SourceLine(*found[0]) if found else None


def options_of(reader: Reader, decision: str) -> str:
    """The options of a decision, one a line; empty where none are written down."""
    found = reader.rows("SELECT coalesce(options, '') FROM decision WHERE id = ?", (decision,))
    return str(found[0][0]) if found else ""


def waiting_for(reader: Reader, decision: str) -> list[WaitingPackage]:
    """The packages that wait for a decision."""
    return [
        WaitingPackage(*row)
        for row in reader.rows(
            "SELECT p.id, p.code, p.name, p.status FROM decision_wait w JOIN work_package p ON p.id = w.package_id"
            " WHERE w.decision_id = ? ORDER BY w.rowid",
            (decision,),
        )
    ]


def rows_of_history(reader: Reader, table: str, row: str) -> list[str]:
    """The ids of the rows whose changes are the history of a promise or a decision: it and what waits for it."""
    if table != "decision":
        return [row]
    return [row, *(part for (part,) in reader.rows("SELECT id FROM decision_wait WHERE decision_id = ?", (row,)))]


def turnings_of(store: Store, row: str, fields: Mapping[str, object] | Sequence[str], limit: int = 50) -> list[Turning]:
    """When a row was made and how the named columns of it changed, newest first."""
    found = []
    for step, changes in store.history([row], limit):
        reason = step.about if step.label == PUT_OFF else ""
        for change in reversed(changes):
            if change.field is None:
                if change.creates and step.undoes is None:
                    found.append(Turning(step, "", "", "", ""))
            elif change.field in fields:
                found.append(Turning(step, change.field, str(change.old or ""), str(change.new or ""), reason))
    return found
