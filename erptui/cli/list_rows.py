"""`erptui list`: the rows of a register, as a table or as JSON."""

from __future__ import annotations

import gc
from datetime import date
from typing import TYPE_CHECKING

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.days import DAY
from erptui.cli.export_ics import AUDIENCES
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import OneOf, Verb, argument, option
from erptui.i18n import _
from erptui.registers import REGISTERS

if TYPE_CHECKING:
    from db.store import Store
    from erptui.registers.context import Context


@click.command(
    "list",
    cls=Verb,
    help=N_(
        "List the rows of a register: tasks, milestones, gates, people, touches, promises, decisions, notes or"
        " engagements. Nothing is changed."
    ),
)
@argument("register", N_("REGISTER"), type=OneOf(REGISTERS))
@option("--project", metavar=N_("CODE"), help=N_("Only this engagement."))
@option("--from", "first", type=DAY, metavar=N_("DAY"), help=N_("Only rows that end on this day or later."))
@option("--to", "last", type=DAY, metavar=N_("DAY"), help=N_("Only rows that begin on this day or earlier."))
@option(
    "--audience",
    type=OneOf(AUDIENCES),
    help=N_("Who will see it; you yourself (internal) unless you say otherwise. A client sees one engagement."),
)
@option("--json", "as_json", is_flag=True, help=N_("As JSON, with all columns."))
@click.pass_obj
def command(
    session: Session,
    register: str,
    project: str | None,
    first: date | None,
    last: date | None,
    audience: str | None,
    as_json: bool,
) -> None:
    """List rows."""
    if first and last and first > last:
        raise WrongUsage(N_("--from {first} lies after --to {last}."), first=first, last=last)
    # Ten thousand rows are made and none is dropped: looking for rubbish would take a third of the time.
    gc.disable()
    try:
        with session.open_store(read_only=True) as store:
            context = _context(store, register, project, audience or "internal")
            _list(context, register, first, last, as_json)
    finally:
        gc.enable()


def _context(store: Store, register: str, project: str | None, audience: str) -> Context:
    """For whom and of which engagement it is listed. Raises `InternalRegister`, `WhichEngagement`."""
    from erptui import clock
    from erptui.engagements import engagement_for
    from erptui.registers import register_named
    from erptui.registers.context import Context

    register_named(register).check_audience(audience)
    return Context(store, clock.today(), engagement_for(store, project, audience), audience)


def _list(context: Context, name: str, first: date | None, last: date | None, as_json: bool) -> None:
    from erptui.registers import register_named

    wanted = register_named(name)
    if (first or last) and not wanted.period:
        raise WrongUsage(N_("The rows of {register} have no days: leave --from and --to out."), register=wanted.label)
    records = wanted.read(context, first=first, last=last)
    for remark in context.remarks:
        output.tell_problem(remark)
    if as_json:
        output.give_json(records)
    elif records:
        from erptui.registers.table import table

        for line in table(wanted, records, output.width(), context):
            output.give(line + "\n")
    else:
        output.tell(_("{register}: nothing to list.").format(register=_(wanted.label)))
