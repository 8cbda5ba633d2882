"""`erptui backup`: a copy of a store that is whole and checked, also while others write."""

from __future__ import annotations

import os
from pathlib import Path

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import Verb, argument, option
from erptui.i18n import _, ngettext


@click.command(
    "backup",
    cls=Verb,
    help=N_("Copy a store to a file, also while others write in it. The copy is read back before it gets its name."),
)
@argument("store", N_("STORE"))
@argument("target", N_("FILE"))
@option("--force", is_flag=True, help=N_("Replace the file if it is there."))
@click.pass_obj
def command(session: Session, store: str, target: str, force: bool) -> None:
    """Back up a store."""
    from db.backup import backup

    session.ask(store=store)
    if not target.strip() or "\0" in target or target == "-":
        raise WrongUsage(N_("The copy needs the name of a file."))
    copied = backup(session.store_path, Path(os.path.expanduser(target)), force=force)
    output.tell(
        _("Copied to {path}: {size} kB, {rows}, {steps}.").format(
            path=copied.target,
            size=(copied.size + 1023) // 1024,
            rows=ngettext("{count} row", "{count} rows", copied.rows).format(count=copied.rows),
            steps=ngettext("{count} step", "{count} steps", copied.steps).format(count=copied.steps),
        )
    )
