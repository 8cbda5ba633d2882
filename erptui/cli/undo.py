"""`erptui undo`: take back the last step of the person working."""

from __future__ import annotations

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session
from erptui.cli.verbs import Verb
from erptui.history import step_text
from erptui.i18n import _


@click.command("undo", cls=Verb, help=N_("Take back your last step. It stays in the history."))
@click.pass_obj
def command(session: Session) -> None:
    """Undo."""
    with session.open_store() as store:
        step = store.undo()
        output.tell(_("Taken back: {step}.").format(step=step_text(step)))
        if (further := store.undoable()) is not None:
            output.tell(_("The next undo takes back: {step}.").format(step=step_text(further.step)))
