"""The screens that keys 1 to 0 lead to: each a room with one or more views; the way there keeps the place of old."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from db.choices import ActivityId, PhaseId
from erptui.i18n import _
from screens.glyphs import UNICODE as SIGNS
from screens.store_screen import StoreScreen

if TYPE_CHECKING:
    from erptui.place import Place
    from screens.app import ErpApp
    from screens.projector import ProjectorApp

ROOMS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "today": {
        "matters": ("screens.today", "TodayScreen"),
        "rules": ("screens.today_rules", "RulesScreen"),
    },
    "board": {
        "activities": ("screens.board", "BoardScreen"),
        "status": ("screens.status_board", "StatusBoardScreen"),
        "engagements": ("screens.pipeline", "PipelineScreen"),
    },
    "people": {
        "people": ("screens.people", "PeopleScreen"),
    },
    "risks": {
        "promises": ("screens.promises", "PromisesScreen"),
        "decisions": ("screens.decisions", "DecisionsScreen"),
    },
    "portfolio": {
        "portfolio": ("screens.portfolio", "PortfolioScreen"),
    },
    "settings": {
        "settings": ("screens.settings", "SettingsScreen"),
    },
}
"""Module and class of the screen of each view of each room, the usual view first. Loaded when somebody goes there."""

OVER_ALL = frozenset({"today", "people", "portfolio", "settings"})
"""Rooms that are the same whichever engagement is the current one."""


def screen_class(room: str, view: str) -> type[StoreScreen]:
    """The class of the screen of a view. Raises `KeyError` for what is no view of the room."""
    module, name = ROOMS[room][view]
    found: type[StoreScreen] = getattr(import_module(module), name)
    return found


def place_of(screen: object) -> tuple[str, str] | None:
    """The room and the view that a screen is of; None for a form, a history and the like."""
    name = (type(screen).__module__, type(screen).__name__)
    for room, views in ROOMS.items():
        for view, of_view in views.items():
            if of_view == name:
                return room, view
    return None


async def go_to(app: ErpApp, room: str, view: str | None = None, at: Mapping[str, str] | None = None) -> None:
    """Go to a room: back to where it stands open already, else anew; in the view wanted, else the one of last time.

    `at` is what `place_now` said there. Where a client looks on, a view that is internal is none.
    """
    views = [name for name in ROOMS[room] if may_see(app, room, name)]
    if not views:
        app.say(_("A client may not see this. P leaves the client view."))
        return
    view = view or app.views.get(room) or views[0]
    if view not in views:
        view = views[0]
    app.views[room] = view
    places = [place_of(screen) for screen in app.screen_stack]
    open_at = next((at for at, place in enumerate(places) if place and place[0] == room), None)
    if open_at is None:
        screen = _screen(room, view, at)
        await app.push_screen(screen)
    else:
        while len(app.screen_stack) > open_at + 1:
            app.pop_screen()
        if places[open_at] == (room, view):
            if at and isinstance(app.screen, StoreScreen):
                app.screen.want_place(at)
            return
        screen = _screen(room, view, at)
        await app.switch_screen(screen)
    screen.take_wanted_place()


def _screen(room: str, view: str, at: Mapping[str, str] | None) -> StoreScreen:
    screen = screen_class(room, view)()
    if at:
        screen.want_place(at)
    return screen


def may_see(app: ProjectorApp, room: str, view: str) -> bool:
    """Whether whoever looks on may see a view."""
    return not (app.for_client and screen_class(room, view).INTERNAL)


# What is opened on a view and is part of the place.


def opened_name(screen: object) -> str:
    """What a screen is called that is opened again with the view below; empty for one that is not."""
    return "card" if (type(screen).__module__, type(screen).__name__) == ("screens.card", "CardScreen") else ""


def opened_screen(opened: Mapping[str, str]) -> StoreScreen | None:
    """The screen that said this of itself; None where nothing was opened, or what there is no more."""
    phase, _blank, activity = opened.get("of", "").partition(" ")
    if opened.get("screen") != "card" or phase not in {one.id for one in PhaseId}:
        return None
    if activity not in {one.id for one in ActivityId}:
        return None
    from screens.card import CardScreen

    screen = CardScreen((phase, activity))
    screen.want_place(opened)
    return screen


def name_of(place: Place, code: str) -> str:
    """What a place is called, with the code of its engagement."""
    title = _(screen_class(place.room, place.view).TITLE)
    activity = place.opened.get("of", "").partition(" ")[2]
    if activity in {one.id for one in ActivityId}:
        title = f"{activity} {_(ActivityId(activity).label)}"
    over_all = place.room in OVER_ALL or place.view == "engagements"
    return title if over_all or not code else f"{code} {SIGNS.step} {title}"
