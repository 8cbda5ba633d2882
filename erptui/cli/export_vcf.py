"""`erptui export vcf`: people as vCards."""

from __future__ import annotations

import click

from db.labels import N_
from erptui.cli.file_export import file_options, write_export
from erptui.cli.session import Session
from erptui.cli.verbs import OneOf, Verb, option


@click.command(
    "vcf",
    cls=Verb,
    help=N_(
        "Write people as vCards (3.0) for phones and mail programs. They can be imported again with import vcf. Whoever"
        " is not to be contacted is left out."
    ),
)
@option("--register", type=OneOf(("people",)), help=N_("Whose rows: people."))
@file_options
@click.pass_obj
def command(
    session: Session, register: str | None, project: str | None, audience: str | None, target: str, force: bool
) -> None:
    """Export vCards."""
    from erptui.export_register import export_vcards

    write_export(session, target, force, lambda store: export_vcards(store, project, audience or "client"))
