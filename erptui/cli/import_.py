"""`erptui import`: one verb per format below it."""

from __future__ import annotations

import click

from db.labels import N_
from erptui.cli.verbs import VerbGroup

FORMATS: dict[str, tuple[str, str]] = {
    "vcf": ("import_vcf", N_("People from vCards (.vcf) of a phone or mail program.")),
    "csv": ("import_csv", N_("People from a list of Outlook, Google, WeCom, DingTalk or your own.")),
}


@click.group(
    "import",
    cls=VerbGroup,
    verbs=FORMATS,
    subcommand_metavar=N_("FORMAT …"),
    help=N_("Import a file from another program."),
)
def command() -> None:
    pass
