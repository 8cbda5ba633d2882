"""What became of an import, in lines for a person and as JSON for a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from erptui.cli import output
from erptui.contacts.told import KINDS, change_lines, first_row, taken_text
from erptui.i18n import _

if TYPE_CHECKING:
    from erptui.cli.import_people import Asked
    from erptui.contacts.bring_in import BroughtIn, Change
    from erptui.exchange.contact import Contacts, Remark

_FIRST_ROWS = 5
_MOST_SAID = 20


def as_json(outcome: BroughtIn, file: str) -> Mapping[str, Any]:
    """The outcome by the keys that scripts know."""
    return {
        "taken": outcome.taken,
        "same": outcome.same,
        "remarks": [_remark(remark, file) for remark in outcome.remarks],
        "refused": [_remark(refusal, file) for refusal in outcome.refused],
        "changes": [_change(change, file) for change in outcome.changes],
    }


def _remark(remark: Remark, file: str) -> Mapping[str, Any]:
    return {
        "file": file,
        "line": remark.line or None,
        "column": remark.column or None,
        "value": remark.value or None,
        "text": remark.text(_),
    }


def _change(change: Change, file: str) -> Mapping[str, Any]:
    return {
        "file": file,
        "line": change.line or None,
        "name": change.name,
        "person": change.person or None,
        "written": change.written,
        "fields": {name: {"old": old or None, "new": new} for name, (old, new) in change.differs.fields.items()},
        "ways": [{"kind": way.kind, "label": way.label or None, "value": way.value} for way in change.differs.ways],
    }


def tell_outcome(contacts: Contacts, outcome: BroughtIn, asked: Asked) -> None:
    """Say how the file was read, what of it was taken, what was not and why, and what to do next."""
    output.tell(
        _("{file}: read as {kind}, encoded in {encoding}.").format(
            file=asked.name, kind=_(KINDS.get(contacts.kind, contacts.kind)), encoding=contacts.encoding
        )
    )
    for contact in contacts.contacts[:_FIRST_ROWS]:
        output.tell("  " + first_row(contact))
    if len(contacts.contacts) > _FIRST_ROWS:
        output.tell("  …")
    _tell_some([remark.text(_) for remark in outcome.remarks])
    _tell_some([line for change in outcome.changes for line in change_lines(change)])
    _tell_some([_("Left out: {what}").format(what=refusal.text(_)) for refusal in outcome.refused])
    stopped = asked.strict and outcome.refused
    if stopped:
        output.tell(_("Nothing was imported, because something would have been left out (--strict)."))
    output.tell(_counts(outcome, asked))
    _tell_next(outcome, asked)


def _counts(outcome: BroughtIn, asked: Asked) -> str:
    taken = taken_text(outcome, dry=asked.dry_run)
    return _("{taken}; there already: {same}; probably there, but different: {changes}; refused: {refused}.").format(
        taken=taken, same=outcome.same, changes=len(outcome.changes), refused=len(outcome.refused)
    )


def _tell_next(outcome: BroughtIn, asked: Asked) -> None:
    waiting = outcome.changes and not asked.update
    if waiting:
        output.tell(_("To change those who are different, import the file again with --update."))
    if asked.dry_run:
        output.tell(_("Nothing was written (--dry-run)."))
    elif outcome.taken:
        output.tell(_("To take it back: erptui undo"))


def _tell_some(lines: Sequence[str]) -> None:
    for line in lines[:_MOST_SAID]:
        output.tell(line)
    if len(lines) > _MOST_SAID:
        output.tell(_("… and {count} more; --json has all of them.").format(count=len(lines) - _MOST_SAID))
