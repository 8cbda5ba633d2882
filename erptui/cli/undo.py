"""`erptui undo`: take back the last step of the person working."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session
from erptui.cli.verbs import Verb
from erptui.i18n import _

if TYPE_CHECKING:
    from db.journal import Step


def step_words(step: Step) -> str:
    """A step as it is named to people."""
    return f"{_(step.label)} {step.about}".strip()


@click.command("undo", cls=Verb, help=N_("Take back your last step. It stays in the history."))
@click.pass_obj
def command(session: Session) -> None:
    """Undo."""
    with session.open_store() as store:
        step = store.undo()
        output.tell(_("Taken back: {step}.").format(step=step_words(step)))
        if (further := store.undoable()) is not None:
            output.tell(_("The next undo takes back: {step}.").format(step=step_words(further.step)))
