"""Fills a store with the demo portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.choices import BaseCalendar, ContentLanguage, OutcomeReason
from db.models import Engagement
from erptui import clock, outcomes
from erptui.demo import afterwards, people, plan, talk
from erptui.demo.content import Told, told
from erptui.demo.days import Days
from erptui.demo.filling import Filling
from erptui.i18n import language
from erptui.method.opening import NewEngagement, check_new, write_opening
from erptui.plan_dates import plan_of
from erptui.planning.holidays import calendar_of
from erptui.stores import FILL_DEMO

if TYPE_CHECKING:
    from db.store import Store


def fill_demo(store: Store) -> None:
    """Fill an empty store with the demo portfolio; nothing of it is on the undo list.

    The Chinese manufacturer stays Chinese and the English one English; the rest is told in the language in use.
    """
    spoken = language()
    known: dict[str, str] = {}
    staff = told("team", spoken)
    for name in ("hx26", "nb26", "ty24"):
        _fill(store, told(name, spoken), staff, known)
    for lead in told("leads", spoken):
        _fill(store, lead, staff, known)


def _fill(store: Store, content: Told, staff: Told, known: dict[str, str]) -> None:
    """Open an engagement and tell what happened in it; `known` are the ids of people and engagements so far, by key."""
    today = clock.today()
    calendar = calendar_of(content["calendar"])
    begun = -plan.days_to(content["reached"], lead=content.get("lead", False)) - content["ago"]
    start = calendar.add_working_days(today, begun)
    new = NewEngagement(
        name=content["name"],
        code=content["code"],
        start=start,
        calendar=BaseCalendar(content["calendar"]),
        language=ContentLanguage(content["language"]),
        left_out=tuple(content.get("left_out", ())),
        lead=content.get("lead", False),
        client=content["client"],
    )
    template = check_new(store, new)
    with store.edit(FILL_DEMO, about=content["code"], undoable=False) as edit:
        engagement = known[content["code"]] = write_opening(edit, new, template)
        dates = plan_of(store, engagement).dates
        filling = Filling(store, edit, engagement, content, staff, Days(calendar, today), known)
        people.make(filling)
        plan.work(filling, dates)
        plan.sign(filling, dates)
        plan.add_packages(filling)
        talk.tell(filling)
        if "parent" in content:
            edit.change(Engagement, engagement, None, parent=known[content["parent"]])
    _end(store, engagement, content, filling.days)
    afterwards.happen(store, filling)


def _end(store: Store, engagement: str, content: Told, days: Days) -> None:
    """What became of a lead."""
    outcome = content.get("outcome")
    if outcome is None:
        return
    day, cause, reason = days.day(outcome["day"]), OutcomeReason(outcome["cause"]), outcome["reason"]
    if outcome["status"] == "won":
        start = days.day(outcome["start"])
        outcomes.win(store, engagement, day, start, cause=cause, reason=reason, undoable=False)
    elif outcome["status"] == "lost":
        outcomes.lose(store, engagement, day, cause=cause, reason=reason, undoable=False)
    else:
        again = days.day(outcome["ask_again"])
        outcomes.postpone(store, engagement, day, ask_again_on=again, cause=cause, reason=reason, undoable=False)
