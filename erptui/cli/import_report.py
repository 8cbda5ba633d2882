"""What became of an import, in lines for a person and as JSON for a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db.choices import ContactKind, Side
from db.labels import N_
from db.models import Person
from erptui.cli import output
from erptui.i18n import _, labelled, ngettext

if TYPE_CHECKING:
    from erptui.cli.import_people import Asked
    from erptui.contacts.bring_in import BroughtIn, Change
    from erptui.contacts.stated import Way
    from erptui.exchange.contact import Contact, Contacts, Remark

_KINDS = {
    "vcard": "vCard",
    "list": N_("a list of people"),
    "outlook": "Outlook",
    "outlook.com": "Outlook.com",
    "google": "Google",
    "thunderbird": "Thunderbird",
    "wecom": ContactKind.WECOM.label,
    "dingtalk": ContactKind.DINGTALK.label,
}
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
        _("{file}: read as {kind}, letters as {encoding}.").format(
            file=asked.name, kind=_(_KINDS.get(contacts.kind, contacts.kind)), encoding=contacts.encoding
        )
    )
    for contact in contacts.contacts[:_FIRST_ROWS]:
        output.tell("  " + _first_row(contact))
    if len(contacts.contacts) > _FIRST_ROWS:
        output.tell("  …")
    _tell_some([remark.text(_) for remark in outcome.remarks])
    _tell_some([line for change in outcome.changes for line in _change_lines(change)])
    _tell_some([_("Not taken: {what}").format(what=refusal.text(_)) for refusal in outcome.refused])
    stopped = asked.strict and outcome.refused
    if stopped:
        output.tell(_("Nothing was taken, because something had to be left out (--strict)."))
    output.tell(_counts(outcome, asked))
    _tell_next(outcome, asked)


def _counts(outcome: BroughtIn, asked: Asked) -> str:
    taken = ngettext("{count} person taken", "{count} people taken", outcome.taken).format(count=outcome.taken)
    if asked.dry_run:
        taken = ngettext("{count} person to be taken", "{count} people to be taken", outcome.taken).format(
            count=outcome.taken
        )
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


def _first_row(contact: Contact) -> str:
    unit = "; ".join(" / ".join(path) for path in contact.departments)
    values = (*contact.phones[:1], *contact.mails[:1])
    return " · ".join(
        filter(None, (contact.name, contact.organisation, unit, contact.post, *(value.value for value in values)))
    )


def _change_lines(change: Change) -> Iterator[str]:
    """A probable duplicate: who it is, and below it what stands there beside what the file says."""
    who = (
        _("Line {line}: “{name}” is probably there already.")
        if change.line
        else _("“{name}” is probably there already.")
    )
    if change.written:
        who = _("Line {line}: “{name}” was changed.") if change.line else _("“{name}” was changed.")
    yield who.format(line=change.line, name=change.name)
    fields = Person._meta.fields
    for name, (old, new) in change.differs.fields.items():
        yield "  " + labelled(_(fields[name].label), f"{_shown(name, old)} → {_shown(name, new)}")
    for way in change.differs.ways:
        yield "  " + labelled(_way_label(way), f"— → {way.value}")


def _shown(name: str, value: str) -> str:
    if name == "side" and value:
        return _(Side(value).label)
    return value.replace("\n", " ⏎ ") or "—"


def _way_label(way: Way) -> str:
    kind = _(ContactKind(way.kind).label)
    return f"{kind} ({way.label})" if way.label else kind
