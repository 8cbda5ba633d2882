"""`erptui export ics`: milestones and gates as a calendar file."""

from __future__ import annotations

from pathlib import Path

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import OneOf, Verb, option
from erptui.i18n import _, ngettext

AUDIENCES = ("client", "internal")


@click.command(
    "ics",
    cls=Verb,
    help=N_(
        "Write the milestones and gates of an engagement as whole-day events. The file can be exported again: events"
        " keep their ids, and only what changed gets a new version."
    ),
)
@option("--project", metavar=N_("CODE"), help=N_("The engagement; may be left out where there is only one."))
@option("--audience", type=OneOf(AUDIENCES), help=N_("Who will read it; the client unless you say otherwise."))
@option("-o", "--output", "target", required=True, metavar=N_("FILE"), help=N_("The file; - is standard output."))
@option("--force", is_flag=True, help=N_("Replace the file if it is there."))
@click.pass_obj
def command(session: Session, project: str | None, audience: str | None, target: str, force: bool) -> None:
    """Export a calendar."""
    from erptui.export_calendar import export_calendar, export_calendar_file

    if not target.strip() or "\0" in target:
        raise WrongUsage(N_("-o needs the name of a file, or - for standard output."))
    with session.open_store() as store:
        if target == "-":
            exported = export_calendar(store, project, audience or "client")
            output.give_bytes(exported.content)
        else:
            exported = export_calendar_file(store, project, audience or "client", Path(target), replace=force)
    count = ngettext("{count} event", "{count} events", exported.events).format(count=exported.events)
    where = _("standard output") if target == "-" else target
    output.tell(_("{count} written to {path}.").format(count=count, path=where))
    if exported.without_day:
        output.tell(_("Left out, because they have no day: {count}.").format(count=exported.without_day))
    if exported.unnoted:
        output.tell(_("The store is open read-only: what was exported is not noted in it."))
