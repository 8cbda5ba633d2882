"""`erptui import vcf`: people from vCards."""

from __future__ import annotations

import click

from db.labels import N_
from erptui.cli.import_people import Asked, bring_people_in, import_options
from erptui.cli.session import Session
from erptui.cli.verbs import Verb, argument


@click.command(
    "vcf",
    cls=Verb,
    help=N_(
        "Bring people in from vCards of version 2.1, 3.0 or 4.0, as one step that can be undone. A bad card costs only"
        " itself. Who is there already is shown, and changed only with --update."
    ),
)
@argument("source", N_("FILE"))
@import_options
@click.pass_obj
def command(session: Session, /, source: str, **options: object) -> int:
    """Import vCards."""
    from erptui.exchange.vcard import read_vcards

    asked = Asked.of(source, options)
    return bring_people_in(session, asked, lambda content: read_vcards(content, asked.encoding))
