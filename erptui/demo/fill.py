"""Fills a store with the demo portfolio."""

from __future__ import annotations

from datetime import timedelta

from db.choices import BaseCalendar, ContentLanguage
from db.models import Engagement
from db.store import Store
from erptui import chance, clock
from erptui.demo import afterwards, people, plan, talk
from erptui.demo.content import Told, told
from erptui.demo.days import Days
from erptui.demo.filling import Filling, Then
from erptui.i18n import language
from erptui.method.opening import NewEngagement, check_new, write_opening
from erptui.plan_dates import plan_of
from erptui.planning.holidays import calendar_of
from erptui.stores import FILL_DEMO

_TOLD_BEFORE = timedelta(days=30)
"""When most of the demo is written, so that the steps of the last weeks come behind it in the history."""


def fill_demo(store: Store) -> None:
    """Fill an empty store with the demo portfolio; nothing of it is on the undo list.

    The Chinese manufacturer stays Chinese and the English one English; the rest is told in the language in use.
    """
    spoken = language()
    staff = told("team", spoken)
    known: dict[str, str] = {}
    then = Then(clock.now() - _TOLD_BEFORE)
    teller: Store
    new_id = chance.ids(lambda: teller.newest_change)
    with Store(store.path, who=store.who, now=lambda: then.moment, new_id=new_id) as teller:
        contents = (*(told(name, spoken) for name in ("hx26", "nb26", "ty24")), *told("leads", spoken))
        afterwards.happen([_fill(teller, then, content, staff, known) for content in contents])


def _fill(store: Store, then: Then, content: Told, staff: Told, known: dict[str, str]) -> Filling:
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
        filling = Filling(store, edit, engagement, content, staff, Days(calendar, today), known, then)
        people.make(filling)
        plan.work(filling, dates)
        plan.sign(filling, dates)
        plan.add_packages(filling)
        talk.tell(filling)
        if "parent" in content:
            edit.change(Engagement, engagement, None, parent=known[content["parent"]])
    return filling
