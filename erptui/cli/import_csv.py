"""`erptui import csv`: people from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.labels import N_
from erptui.cli.import_people import Asked, bring_people_in, import_options
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import OneOf, Verb, argument, option

if TYPE_CHECKING:
    from erptui.exchange.contact import Contacts


@click.command(
    "csv",
    cls=Verb,
    help=N_(
        "Bring people in from a list, as one step that can be undone. The columns are known by their names, in English"
        " or Chinese; say of others what they hold. A bad row costs only itself. Who is there already is shown, and"
        " changed only with --update."
    ),
)
@argument("source", N_("FILE"))
@option("--register", type=OneOf(("people",)), help=N_("What the rows are: people."))
@option(
    "--map",
    "columns",
    multiple=True,
    metavar=N_("COLUMN=FIELD"),
    help=N_("What a column holds, as in 分管领导=post; - leaves it out. May be given several times."),
)
@import_options
@click.pass_obj
def command(session: Session, /, source: str, register: str | None, columns: tuple[str, ...], **options: object) -> int:
    """Import a list."""
    from erptui.contacts.reading import ZIP, ExcelFile
    from erptui.exchange.csv_contacts import read_contacts

    mapping = {}
    for column in columns:
        name, equals, field = column.rpartition("=")
        if not equals or not name.strip() or not field.strip():
            raise WrongUsage(N_("--map “{column}” is not COLUMN=FIELD, as in 分管领导=post."), column=column)
        mapping[name.strip()] = field.strip()
    asked = Asked.of(source, options)

    def read(content: bytes) -> Contacts:
        if content.startswith(ZIP):
            raise ExcelFile(path=asked.name)
        return read_contacts(content, mapping=mapping, encoding=asked.encoding)

    return bring_people_in(session, asked, read)
