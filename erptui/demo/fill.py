"""Fills a store with the demo portfolio."""

from __future__ import annotations

from datetime import timedelta

from db.choices import ActivityId, BaseCalendar, ContentLanguage
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
        # One step: each would wait once more for the disk.
        with teller.edit(FILL_DEMO, undoable=False) as edit:
            contents = (*(told(name, spoken) for name in ("hx26", "nb26", "ty24")), *told("leads", spoken))
            filled = [_fill(Filling(teller, edit, content, staff, _days(content), known, then)) for content in contents]
        afterwards.happen(filled)


def _days(content: Told) -> Days:
    return Days(calendar_of(content["calendar"]), clock.today())


def _fill(filling: Filling) -> Filling:
    """Open an engagement and tell what happened in it."""
    store, edit, content = filling.store, filling.edit, filling.content
    new = NewEngagement(
        name=content["name"],
        code=content["code"],
        start=filling.days.day(_start(content)),
        calendar=BaseCalendar(content["calendar"]),
        language=ContentLanguage(content["language"]),
        left_out=tuple(content.get("left_out", ())),
        lead=content.get("lead", False),
        at=ActivityId(content["at"]) if "at" in content else None,
        client=content["client"],
    )
    filling.engagement = filling.known[content["code"]] = write_opening(edit, new, check_new(store, new))
    dates = plan_of(store, filling.engagement).dates
    people.make(filling)
    plan.work(filling, dates)
    plan.sign(filling, dates)
    plan.add_packages(filling)
    talk.tell(filling)
    if "parent" in content:
        edit.change(Engagement, filling.engagement, None, parent=filling.known[content["parent"]])
    return filling


def _start(content: Told) -> int:
    """Working days to the start: said, or such that what it has `reached` was finished `ago` working days ago."""
    if "start" in content:
        return int(content["start"])
    return -plan.days_to(content["reached"], lead=content.get("lead", False)) - int(content["ago"])
