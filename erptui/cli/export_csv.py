"""`erptui export csv`: the rows of a register for a spreadsheet."""

from __future__ import annotations

import click

from db.labels import N_
from erptui.cli.file_export import file_options, write_export
from erptui.cli.session import Session
from erptui.cli.verbs import OneOf, Verb, option
from erptui.registers import REGISTERS


@click.command(
    "csv",
    cls=Verb,
    help=N_(
        "Write the rows of a register for a spreadsheet, as UTF-8 that Excel opens. People can be imported again with"
        " import csv. Formulas in what people typed are made harmless."
    ),
)
@option("--register", required=True, type=OneOf(REGISTERS), help=N_("Whose rows: tasks, people and so on."))
@file_options
@click.pass_obj
def command(
    session: Session, register: str, project: str | None, audience: str | None, target: str, force: bool
) -> None:
    """Export CSV."""
    from erptui.export_register import export_csv

    write_export(session, target, force, lambda store: export_csv(store, register, project, audience or "client"))
