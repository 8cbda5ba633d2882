"""What the exports of rows share: their options, and the way into a file or to standard output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.labels import N_
from erptui.cli import output
from erptui.cli.export_ics import AUDIENCES
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import OneOf, option
from erptui.i18n import _, ngettext

if TYPE_CHECKING:
    from db.store import Store
    from erptui.export_register import Exported


def file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every export into a file."""
    for add in reversed(
        (
            option("--project", metavar=N_("CODE"), help=N_("Only this engagement.")),
            option(
                "--audience", type=OneOf(AUDIENCES), help=N_("Who will read it; the client unless you say otherwise.")
            ),
            option(
                "-o",
                "--output",
                "target",
                required=True,
                metavar=N_("FILE"),
                help=N_("The file; - is standard output."),
            ),
            option("--force", is_flag=True, help=N_("Replace the file if it is there.")),
        )
    ):
        command = add(command)
    return command


def write_export(session: Session, target: str, force: bool, export: Callable[[Store], Exported]) -> None:
    """Write what `export` gives to the target, and say how many rows it has."""
    from erptui.files import check_target, write_file

    if not target.strip() or "\0" in target:
        raise WrongUsage(N_("-o needs the name of a file, or - for standard output."))
    if target != "-":
        check_target(Path(target), replace=force)
    with session.open_store(read_only=True) as store:
        exported = export(store)
    if target == "-":
        output.give_bytes(exported.content)
    else:
        write_file(Path(target), exported.content, replace=force)
    count = ngettext("{count} row", "{count} rows", exported.rows).format(count=exported.rows)
    where = _("standard output") if target == "-" else target
    output.tell(_("{count} written to {path}.").format(count=count, path=where))
    if exported.held_back:
        output.tell(_("Left out, because they are not to be contacted: {count}.").format(count=exported.held_back))
