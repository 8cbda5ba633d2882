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
from erptui.history import ValueWords, change_words, done_text, moment_text
from erptui.i18n import _, labelled, ngettext
from erptui.row_names import field_of

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
            for text in _lines(store, entries, of_rows=of_row or ()):
                output.give(output.line(text) + "\n")
        else:
            output.tell(_("Nothing has been changed yet."))
    if len(entries) == _NEWEST:
        output.tell(_("Only the newest {count} steps are shown.").format(count=_NEWEST))


def _lines(store: Store, entries: _Entries, *, of_rows: Sequence[str]) -> list[str]:
    lines, words = [], ValueWords(store)
    several = len(of_rows) > 1
    numbers = max(len(str(step.id)) for step, _changes in entries)
    for step, changes in entries:
        line = f"{step.id:>{numbers}}  {moment_text(step)}  {step.who}  {done_text(store, step)}"
        if of_rows:
            lines.append(line)
            lines += [f"    {_change_line(words, change, several)}" for change in changes]
        else:
            rows = len({change.row for change in changes})
            count = ngettext("{count} row", "{count} rows", rows).format(count=rows)
            lines.append(f"{line}  " + _("({count})").format(count=count))
    return lines


def _change_line(words: ValueWords, change: Change, several: bool) -> str:
    """A change, behind the row where there are several."""
    said = change_words(words, change)
    return labelled(words.names.short(change.table, change.row), said) if several else said


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
