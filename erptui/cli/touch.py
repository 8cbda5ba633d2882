"""`erptui touch`: log a touch in one line, for phones and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import Verb, argument, option
from erptui.i18n import _, listed

if TYPE_CHECKING:
    from db.store import Store
    from erptui.entry import People
    from erptui.touch_line import ReadTouch
    from erptui.touches import NewPerson


@click.command(
    "touch",
    cls=Verb,
    help=N_(
        "Log a touch: who, then channel, what was said and when the next contact is, as in"
        ' erptui touch wl "tel wants to replace U8 >2w". WHO is a name, the start of one, initials or a mail address.'
    ),
)
@argument("person", N_("WHO"))
@argument("text", N_("TEXT"))
@option("--project", metavar=N_("CODE"), help=N_("The engagement it belongs to."))
@option("--new", is_flag=True, help=N_("WHO is new: name, organisation, post. The person is made with the touch."))
@click.pass_obj
def command(session: Session, person: str, text: str, project: str | None, new: bool) -> None:
    """Log a touch."""
    with session.open_store() as store:
        _touch(store, person, text, project, new)


def _touch(store: Store, who: str, text: str, project: str | None, new: bool) -> None:
    from erptui import clock
    from erptui.engagements import find_engagement
    from erptui.entry import NotUnderstood, People
    from erptui.line_marks import LineContext
    from erptui.people import candidates
    from erptui.touch_line import read_said
    from erptui.touches import engagement_of, log_touch

    engagement = find_engagement(store, project).id if project is not None else None
    people = People(candidates(store), store.who)
    try:
        person, made = _person(who, people, new)
    except NotUnderstood as error:
        raise WrongUsage("{why}", why=error) from None
    read = read_said(" ".join(text.splitlines()), LineContext(clock.today(), people), person, made)
    if read.unclear:
        raise WrongUsage("{why}", why=read.unclear[0])
    _refuse_unwanted(store, read)
    everybody = log_touch(
        store,
        read.people,
        day=read.day,
        channel=read.channel,
        text=read.text,
        next_on=read.next_on,
        engagement=engagement or engagement_of(store, read.people, None),
        new=read.new,
    )
    _tell(store, read, everybody)


def _person(who: str, people: People, new: bool) -> tuple[list[str], list[NewPerson]]:
    """Whom WHO names: somebody known by id, or somebody new. Raises `NotUnderstood`."""
    from erptui.entry import parse_person
    from erptui.people import parse_new_person

    if new:
        return [], [parse_new_person(who)]
    return [parse_person(who, people).id], []


def _refuse_unwanted(store: Store, read: ReadTouch) -> None:
    """A next contact is not planned with those who asked not to be contacted."""
    from erptui.touches import not_to_be_contacted

    if read.next_on and (names := not_to_be_contacted(store, read.people)):
        raise WrongUsage(
            N_("{name} asked not to be contacted: leave the next day out. Nothing was changed."), name=listed(names)
        )


def _tell(store: Store, read: ReadTouch, everybody: Sequence[str]) -> None:
    from erptui import clock
    from erptui.days import short_day
    from erptui.touches import names_of

    names = listed(names_of(store, everybody).values())
    if read.next_on:
        said = _("Touch with {names} logged, next {day}")
        output.tell(said.format(names=names, day=short_day(read.next_on, clock.today())))
    else:
        output.tell(_("Touch with {names} logged").format(names=names))
