"""`erptui undo`: take back the last step of the person working."""

from __future__ import annotations

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session
from erptui.cli.verbs import Verb, option
from erptui.history import step_text
from erptui.i18n import _


@click.command("undo", cls=Verb, help=N_("Take back your last step. It stays in the history."))
@option("--step", type=int, metavar="N", help=N_("Take back step N of the history instead, also of somebody else."))
@click.pass_obj
def command(session: Session, step: int | None) -> None:
    """Undo."""
    with session.open_store() as store:
        done = store.undo() if step is None else store.take_back(step)
        again = step is not None and store.reversible(done.id).in_effect
        said = _("Done again: {step}.") if again else _("Taken back: {step}.")
        output.tell(said.format(step=step_text(done)))
        if (further := store.undoable()) is not None:
            output.tell(_("The next undo takes back: {step}.").format(step=step_text(further.step)))
