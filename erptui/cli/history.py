"""`erptui history`: who changed what and when, of the whole store or of one row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session
from erptui.cli.verbs import Verb, argument, option
from erptui.history import done_text, field_of, moment_text, value_text
from erptui.i18n import _, labelled, ngettext

if TYPE_CHECKING:
    from db.journal import Change, Step
    from db.store import Store

_NEWEST = 200
_Entries = Sequence[tuple["Step", "list[Change]"]]


@click.command(
    "history",
    cls=Verb,
    help=N_("Who changed what and when, newest first. ROW: HX26, HX26:C1.2 or the start of an id."),
)
@argument("row", N_("[ROW]"), required=False)
@option("--json", "as_json", is_flag=True, help=N_("As JSON, with the old and the new values."))
@click.pass_obj
def command(session: Session, row: str | None, as_json: bool) -> None:
    """Show the history."""
    from erptui.engagements import find_row, rows_within

    with session.open_store(read_only=True) as store:
        of_row = None if row is None else rows_within(store, *find_row(store, row))
        entries = store.history(of_row, _NEWEST)
        if as_json:
            output.give_json([_entry(step, changes) for step, changes in entries])
        elif entries:
            for text in _lines(store, entries, of_one_row=row is not None):
                output.give(output.line(text) + "\n")
        else:
            output.tell(_("Nothing has been changed yet."))
    if len(entries) == _NEWEST:
        output.tell(_("Only the newest {count} steps are shown.").format(count=_NEWEST))


def _lines(store: Store, entries: _Entries, *, of_one_row: bool) -> list[str]:
    lines = []
    for step, changes in entries:
        line = f"{moment_text(step)}  {step.who}  {done_text(store, step)}"
        if of_one_row:
            lines.append(line)
            lines += [f"    {_change_words(store, change)}" for change in changes]
        else:
            rows = len({change.row for change in changes})
            count = ngettext("{count} row", "{count} rows", rows).format(count=rows)
            lines.append(f"{line}  " + _("({count})").format(count=count))
    return lines


def _change_words(store: Store, change: Change) -> str:
    """One change as a line for people."""
    if change.field is None:
        return _("made") if change.creates else _("deleted")
    field = field_of(change.table, change.field)
    old, new = (value_text(store, field, value) or "—" for value in (change.old, change.new))
    return labelled(_(field.label) if field else change.field, f"{old} → {new}")


def _entry(step: Step, changes: Sequence[Change]) -> dict[str, Any]:
    return {
        "step": step.id,
        "at": step.at,
        "who": step.who,
        "label": step.label,
        "about": step.about,
        "undoable": step.undoable,
        "undoes": step.undoes,
        "changes": [
            {
                "table": change.table,
                "row": change.row,
                "field": _field_name(change),
                "old": _value(change, change.old),
                "new": _value(change, change.new),
            }
            for change in changes
        ],
    }


def _field_name(change: Change) -> str | None:
    field = field_of(change.table, change.field or "")
    return change.field if field is None else str(field.name)


def _value(change: Change, stored: Any) -> Any:
    """A stored value; that of a whole row by the names of its fields."""
    if change.field is not None or stored is None:
        return stored
    named = {}
    for column, value in json.loads(stored).items():
        field = field_of(change.table, column)
        named[column if field is None else str(field.name)] = value
    return named
