"""`erptui restore`: put a backup in the place of a store, which is kept beside it as it was."""

from __future__ import annotations

import os
from pathlib import Path

import click

from db.labels import N_
from erptui import clock
from erptui.cli import output
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import Verb, argument
from erptui.i18n import _, ngettext


@click.command(
    "restore",
    cls=Verb,
    help=N_(
        "Put a backup in the place of a store. The backup is checked first; the store as it was is kept beside it."
    ),
)
@argument("source", N_("FILE"))
@argument("store", N_("STORE"))
@click.pass_obj
def command(session: Session, source: str, store: str) -> None:
    """Restore a backup."""
    from db.restore import restore

    session.ask(store=store)
    if session.read_only:
        raise WrongUsage(N_("--read-only and restore do not go together: nothing was restored."))
    if not source.strip() or "\0" in source or source == "-":
        raise WrongUsage(N_("The backup needs the name of a file."))
    restored = restore(Path(os.path.expanduser(source)), session.store_path, clock.now())
    output.tell(
        _("Restored {path} from {source}: {rows}, {steps}.").format(
            path=session.store_path,
            source=restored.copied.target,
            rows=ngettext("{count} row", "{count} rows", restored.copied.rows).format(count=restored.copied.rows),
            steps=ngettext("{count} step", "{count} steps", restored.copied.steps).format(count=restored.copied.steps),
        )
    )
    if restored.kept is not None:
        output.tell(_("As it was before, it is kept in {path}").format(path=restored.kept))
