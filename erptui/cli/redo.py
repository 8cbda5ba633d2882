"""`erptui redo`: do again what was taken back last."""

from __future__ import annotations

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session
from erptui.cli.verbs import Verb
from erptui.history import step_text
from erptui.i18n import _


@click.command("redo", cls=Verb, help=N_("Do again what was taken back last."))
@click.pass_obj
def command(session: Session) -> None:
    """Redo."""
    with session.open_store() as store:
        output.tell(_("Done again: {step}.").format(step=step_text(store.redo())))
