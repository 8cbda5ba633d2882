"""`erptui export`: one verb per format below it."""

from __future__ import annotations

import click

from db.labels import N_
from erptui.cli.verbs import VerbGroup

FORMATS: dict[str, tuple[str, str]] = {
    "ics": ("export_ics", N_("Milestones and gates for calendars (Outlook, Google, Apple).")),
    "csv": ("export_csv", N_("The rows of a register for a spreadsheet.")),
    "vcf": ("export_vcf", N_("People as vCards for phones and mail programs.")),
}


@click.group(
    "export", cls=VerbGroup, verbs=FORMATS, subcommand_metavar=N_("FORMAT …"), help=N_("Write a file for others.")
)
def command() -> None:
    pass
