"""What the palette finds besides rows: what keys do here and on other screens, the screens, where one was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from db.choices import EngagementStatus, PhaseId
from db.labels import N_
from erptui.i18n import _
from erptui.palette import Find, Finds
from erptui.portfolio import portfolio
from screens.actions import Action, common
from screens.actions.common import LATER
from screens.actions.names import written
from screens.glyphs import UNICODE as SIGNS
from screens.rooms import ROOMS, may_see, screen_class

if TYPE_CHECKING:
    from erptui.place import Place
    from screens.app import ErpApp
    from screens.frame import FrameScreen

KINDS = {
    "action": N_("Key"),
    "elsewhere": N_("Key"),
    "view": N_("Screen"),
    "place": N_("Place"),
    "engagement": N_("Engagement"),
    "person": N_("Person"),
    "package": N_("Package"),
    "decision": N_("Decision"),
    "promise": N_("Promise"),
}
"""What each kind of find is called."""
GO = {
    "today": "go-today",
    "board": "go-board",
    "people": "go-stakeholders",
    "risks": "go-risks",
    "portfolio": "go-portfolio",
    "settings": "go-settings",
}
"""The action that goes to a room."""
MOST_PLACES, MOST_FOUND, MOST_USEFUL = 4, 5, 8
"""How many places, finds of last time, and keys stand first before anything is typed."""


class Offered:
    """What can be found from the screen on top, as it is now: asked before the palette lies over it."""

    def __init__(self, app: ErpApp) -> None:
        """Raises `Refused`."""
        self._app = app
        actions = list(self._here())
        self.actions: dict[str, Action] = {action.id: action for action in actions}
        finds = {action.id: self._find(action) for action in actions}
        ranked = sorted((action for action in actions if action.rank), key=lambda action: action.rank)
        self.useful = [finds[action.id] for action in ranked if not finds[action.id].why_not]
        """What is done most here, by the order of line 24."""
        self.views = list(self._views())
        self._finds = (*finds.values(), *self.views)
        self._places = app.recent_places()[:MOST_PLACES]
        self.read_engagements()

    def read_engagements(self) -> None:
        """Look again which engagements there are. Raises `Refused`."""
        self.engagements = list(self._engagements())
        self.here = Finds([*self._finds, *self.engagements])

    def _here(self) -> Iterator[Action]:
        app, ids = self._app, set[str]()
        for action in app.keymap.actions:
            gone = action.id in ids or action.id in LATER or action.id == "palette" or _goes_to_a_view(action)
            if not gone and action.keys and app.keyboard.answering(action) is not None:
                ids.add(action.id)
                yield action

    def _find(self, action: Action) -> Find:
        keyboard = self._app.keyboard
        why_not = keyboard.reason_against(action) or ""
        also = f"{_(action.label)} {action.id.replace('-', ' ')}"
        return Find(
            "action", action.id, "", keyboard.word(action), _(action.help), also, written(action.keys[0]), why_not
        )

    def _views(self) -> Iterator[Find]:
        app = self._app
        going = {action.id: action for action in common.GO}
        for room, views in ROOMS.items():
            go = going.get(GO.get(room, ""))
            for number, view in enumerate(views):
                if not may_see(app, room, view):
                    continue
                screen = screen_class(room, view)
                own = next((action for action in screen.ACTIONS if action.id == f"view-{view}"), None)
                ways = [action for action in (go, own if number or not go else None) if action]
                key = " ".join(written(app.keys_of(action)[0]) for action in ways if app.keys_of(action))
                also = " ".join((room, view, _(go.label) if go else ""))
                yield Find("view", f"{room}/{view}", "", _(screen.TITLE), _(ways[-1].help) if ways else "", also, key)

    def _engagements(self) -> Iterator[Find]:
        app = self._app
        current = app.engagement
        for line in portfolio(app.store):
            if not app.for_client or (current and line.id == current.id):
                told = _(PhaseId(line.phase).label)
                if not app.for_client:
                    told = f"{told} {SIGNS.bullet} {_(EngagementStatus(line.status).label)}"
                yield Find("engagement", line.id, line.code, line.name, told)

    def places(self) -> list[Find]:
        """Where one was, the last first."""
        return [Find("place", str(number), "", name) for number, (_place, name) in enumerate(self._places)]

    def place(self, find: Find) -> Place:
        """The place that one of these is."""
        return self._places[int(find.id)][0]

    def elsewhere(self) -> Finds:
        """What keys do on screens that one can go to: the first time they are loaded, so it is for a worker."""
        app, finds = self._app, dict[tuple[str, str], Find]()
        for room, views in ROOMS.items():
            for view in views:
                if may_see(app, room, view):
                    screen = screen_class(room, view)
                    for action in self._others(screen):
                        find = self._find_elsewhere(action, screen, f"{room}/{view}")
                        finds.setdefault((action.id, find.about), find)
        return Finds(list(finds.values()))

    def _others(self, screen: type[FrameScreen]) -> Iterator[Action]:
        for action in screen.ACTIONS:
            theirs = hasattr(screen, f"action_{action.method}") and action.keys and action.id not in LATER
            if theirs and action.id not in self.actions and not _goes_to_a_view(action):
                yield action

    def _find_elsewhere(self, action: Action, screen: type[FrameScreen], place: str) -> Find:
        about = f"{_(screen.TITLE)} {SIGNS.bullet} {_(action.help)}"
        # A person may have taken its keys away.
        key = "".join(map(written, self._app.keys_of(action)[:1]))
        return Find("elsewhere", f"{place}/{action.id}", "", _(action.label), about, action.id.replace("-", " "), key)


def _goes_to_a_view(action: Action) -> bool:
    """Whether it only goes where a find of its own goes: a screen."""
    view = action.id.removeprefix("view-")
    return action.id in GO.values() or (view != action.id and any(view in views for views in ROOMS.values()))


def before_typing(offered: Offered, groups: Sequence[Finds], last: Sequence[tuple[str, str]]) -> list[Find]:
    """What stands there before anything is typed: where one was, what was found last, what is done most here."""
    again: list[Find] = []
    if last:
        every = {find[:2]: find for group in groups for find in group.finds}
        again = [every[found] for found in last if found in every][:MOST_FOUND]
    told = {find[:2] for find in again}
    useful = [find for find in offered.useful if find[:2] not in told]
    rest = [find for find in (*offered.engagements, *offered.views) if find[:2] not in told]
    return [*offered.places(), *again, *useful[:MOST_USEFUL], *rest, *useful[MOST_USEFUL:]]
