"""The screens that keys 1 to 0 lead to: each a room with one or more views; the way there keeps the place of old."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.app import ErpApp
    from screens.store_screen import StoreScreen

ROOMS: Mapping[str, Mapping[str, tuple[str, str]]] = {
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
}
"""Module and class of the screen of each view of each room, the usual view first. Loaded when somebody goes there."""


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


async def go_to(app: ErpApp, room: str, view: str | None = None) -> None:
    """Go to a room: back to where it stands open already, else anew; in the view wanted, else the one of last time."""
    view = view or app.views.get(room) or next(iter(ROOMS[room]))
    if view not in ROOMS[room]:
        view = next(iter(ROOMS[room]))
    app.views[room] = view
    places = [place_of(screen) for screen in app.screen_stack]
    open_at = next((at for at, place in enumerate(places) if place and place[0] == room), None)
    if open_at is None:
        await app.push_screen(screen_class(room, view)())
        return
    while len(app.screen_stack) > open_at + 1:
        app.pop_screen()
    if places[open_at] != (room, view):
        await app.switch_screen(screen_class(room, view)())
