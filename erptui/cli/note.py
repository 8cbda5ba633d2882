"""`erptui note`: a line into the notebook, for phones and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import Verb, argument, option
from erptui.i18n import _, listed

if TYPE_CHECKING:
    from db.store import Store
    from erptui.notebook import Subject


@click.command(
    "note",
    cls=Verb,
    help=N_(
        "Save a line in the notebook. Its first sign says what it is: “ heard, * seen, = agreed, + need, ! promise,"
        " ? question, # risk, - action."
    ),
)
@argument("text", N_("TEXT"))
@option("--project", metavar=N_("CODE"), help=N_("The engagement it belongs to."))
@option("--on", metavar=N_("ROW"), help=N_("What it is about: HX26, HX26:C1.2 or the start of an id."))
@click.pass_obj
def command(session: Session, text: str, project: str | None, on: str | None) -> None:
    """Save a line."""
    from erptui.notebook import add_notes

    if not text.strip():
        raise WrongUsage(N_("There is nothing to note: the text is empty."))
    with session.open_store() as store:
        subject = _subject(store, project, on)
        (made,) = add_notes(store, subject, [" ".join(text.splitlines())])
        _tell(store, subject, made)


def _subject(store: Store, project: str | None, on: str | None) -> Subject:
    from erptui.engagements import find_engagement, find_row
    from erptui.notebook import subject_of

    engagement = find_engagement(store, project).id if project is not None else None
    table, row = find_row(store, on) if on is not None else (None, None)
    subject = subject_of(store, table, row, engagement)
    if engagement is not None and subject.engagement not in (None, engagement) and subject.table != "person":
        raise WrongUsage(N_("{row} belongs to another engagement than --project says."), row=on)
    return subject if engagement is None else subject._replace(engagement=engagement)


def _tell(store: Store, subject: Subject, made: str) -> None:
    """Say how the line was understood, and what of it was not."""
    from erptui import clock
    from erptui.days import short_day
    from erptui.entry import People
    from erptui.notebook import names_people, notes_of, understood
    from erptui.people import candidates
    from erptui.touches import names_of

    line = next(line for line in notes_of(store, subject) if line.id == made)
    note = understood(line, People(candidates(store), store.who) if names_people(line.text) else People())
    words = [subject.title, mark_word(note.mark), *names_of(store, note.who).values()]
    said = listed(filter(None, [*words, short_day(note.day, clock.today())]))
    output.tell(_("Noted: {what}.").format(what=said))
    for part in note.unclear:
        output.tell(_("Kept as typed: {reason}").format(reason=part.reason))


def mark_word(mark: str) -> str:
    """What a line is, in words."""
    from db.choices import NoteMark

    return _(NoteMark(mark).label)
