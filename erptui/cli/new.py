"""`erptui new`: open an engagement from the template of the method."""

from __future__ import annotations

import os
import shlex
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from db.choices import ActivityId, BaseCalendar, ContentLanguage
from db.labels import N_
from erptui.cli import output
from erptui.cli.days import DAY
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import OneOf, Verb, option
from erptui.i18n import _, language, ngettext

if TYPE_CHECKING:
    from db.store import Store


@click.command(
    "new",
    cls=Verb,
    help=N_("Open an engagement: phases, packages, links, gates and roles come from the template of the method."),
)
@option("--name", required=True, metavar=N_("NAME"), help=N_("What it is called."))
@option("--code", required=True, metavar=N_("CODE"), help=N_("A short code, such as HX26."))
@option(
    "--start",
    required=True,
    type=DAY,
    metavar=N_("DAY"),
    help=N_("The day work begins, such as 2026-11-24; with --at the day the rest is planned from."),
)
@option("--client", metavar=N_("NAME"), help=N_("The client, where the name is another one."))
@option("--calendar", type=OneOf([c.id for c in BaseCalendar]), help=N_("Which days are worked."))
@option("--language", type=OneOf([c.id for c in ContentLanguage]), help=N_("The language of packages and criteria."))
@option("--without", metavar=N_("ID,…"), help=N_("Optional packages to leave out, such as A3.7,A3.8."))
@option("--template", metavar=N_("FILE"), help=N_("A template of your own instead of the one that comes along."))
@option("--lead", is_flag=True, help=N_("A lead: only the pursuit phase; the others come when it is won."))
@option(
    "--at",
    type=OneOf([a.id for a in ActivityId]),
    metavar=N_("ACTIVITY"),
    help=N_("Take up a running project here, such as C3: what comes before counts as done before erptui."),
)
@option(
    "--from", "origin", metavar=N_("CODE"), help=N_("Start from an earlier engagement (comes with a later version).")
)
@click.pass_obj
def command(session: Session, /, **asked: Any) -> None:
    """Open an engagement."""
    if asked["origin"] is not None:
        raise WrongUsage(N_("--from comes with a later version. Leave it out; nothing was changed."))
    session.make_store_if_usual()
    with session.open_store() as store:
        code = _open(store, session, asked)
        path = store.path
    at = f" --store {shlex.quote(str(path))}" if session.store_named else ""
    output.tell(_("Look at it: {command}").format(command=f"erptui{at}"))
    output.tell(_("Take it back: {command}").format(command=f"erptui undo{at}"))
    if asked["lead"]:
        output.tell(_("{code} is a lead: its plan goes on when it is won.").format(code=code))


def _open(store: Store, session: Session, asked: dict[str, Any]) -> str:
    from db.models import Engagement
    from erptui.method.opening import NewEngagement, open_engagement
    from erptui.plan_dates import plan_of

    # The client is called like it where nothing else is said: a bad name would be told as the client's.
    Engagement.name.clean(asked["name"])
    start: date = asked["start"]
    engagement = open_engagement(
        store,
        NewEngagement(
            name=asked["name"],
            code=asked["code"],
            start=start,
            calendar=BaseCalendar(asked["calendar"] or session.settings.calendar or BaseCalendar.WEEKDAYS.id),
            language=ContentLanguage(asked["language"] or language()),
            left_out=tuple(part for part in (asked["without"] or "").replace(",", " ").split()),
            lead=asked["lead"],
            at=ActivityId(asked["at"]) if asked["at"] else None,
            client=asked["client"],
            template=_template(asked["template"]),
        ),
    )
    ((code, name),) = store.rows("SELECT code, name FROM engagement WHERE id = ?", (engagement,))
    ((packages, milestones),) = store.rows(
        "SELECT count(*), coalesce(sum(milestone), 0) FROM work_package WHERE engagement_id = ?", (engagement,)
    )
    output.tell(
        _("Opened {code} {name} from {start}: {packages}, {milestones}.").format(
            code=code,
            name=name,
            start=start,
            packages=ngettext("{count} package", "{count} packages", packages).format(count=packages),
            milestones=ngettext("{count} milestone", "{count} milestones", milestones).format(count=milestones),
        )
    )
    for year in plan_of(store, engagement).unannounced:
        output.tell(
            _("The public holidays of {year} are not announced yet: its days count Monday to Friday.").format(year=year)
        )
    return str(code)


def _template(named: str | None) -> str:
    """The template by its name, or by its whole path: it is read again when a lead is won."""
    from erptui.method.template import load_template

    shipped = load_template().id
    return shipped if named is None or named == shipped else os.path.abspath(os.path.expanduser(named))
