"""Where somebody is and was: `'` leads back and forth, and the next start finds the same place.

The place is looked at before every key, so that the row is the one that was left, whatever led away from it. It is
written in a thread when it has changed, some seconds apart, and once more on the way out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.events import Event
from textual.events import Key as KeyEvent

from db.errors import Refused
from erptui import clock
from erptui.engagements import EngagementLine, engagements, to_begin_in
from erptui.i18n import _, language, say
from erptui.place import MOST_FOUND, MOST_PLACES, Kept, Place, keep
from screens.projector import ProjectorApp
from screens.rooms import ROOMS, go_to, may_see, name_of, opened_name, opened_screen, place_of, screen_class
from screens.store_screen import StoreScreen

if TYPE_CHECKING:
    from textual.worker import Worker

KEEP_EVERY = 1.0
"""Seconds between two looks at whether the place must be written: so much of it a killed program may lose."""


class PlacesApp(ProjectorApp):
    """An app that knows where one was."""

    def _begin_places(self, kept: Kept | None, keeps: bool) -> None:
        """`kept` is what the last start left, None begins on the board; `keeps`: the next start finds what this left.

        The first start of a day begins on what needs one now.
        """
        self._keeps = keeps
        self.left = False
        """Whether the program was left in order, whatever comes of it."""
        self._written = kept or Kept()
        today = clock.today().isoformat()
        self._began_on = today
        self._start = Place("", "board", "")
        places = list(self._written.places)
        if places and self._written.day == today:
            self._start = places.pop(0)
        elif kept is not None:
            self._start = Place(places[0].engagement if places else "", "today", "")
        self._noted = False
        self.places: list[Place] = [self._start, *places]
        """Where one is, where one was before, and so on."""
        self.found: list[tuple[str, str]] = list(self._written.found)
        """What was found by typing last: kind and id."""
        self.views: dict[str, str] = dict(self._written.views)
        """The view that was looked at last, by room."""

    # The start.

    def _begin_in(self, lines: list[EngagementLine]) -> EngagementLine | None:
        """The engagement to begin in."""
        return next((line for line in lines if line.id == self._start.engagement), to_begin_in(lines, language()))

    def get_default_screen(self) -> StoreScreen:
        """The screen to begin on lies under everything: no other is made for nothing at the start."""
        start = self._start
        room = start.room if start.room in ROOMS else "board"
        view = start.view if start.view in ROOMS[room] else self.views.get(room, "")
        view = view if view in ROOMS[room] else next(iter(ROOMS[room]))
        screen = screen_class(room, view)()
        if self._same_engagement(start):
            screen.want_place(start.at)
        # Textual reads the style sheets of all screens but this one.
        self._load_screen_css(screen)
        # Nor may it be switched for another view without this, which Textual takes away then.
        screen._push_result_callback(self, None)
        return screen

    def _same_engagement(self, place: Place) -> bool:
        return place.engagement in ("", self.engagement.id if self.engagement else "")

    async def _open_again(self) -> None:
        """What was opened on the first screen is opened again."""
        if self._start.room in ROOMS and self._same_engagement(self._start):
            opened = opened_screen(self._start.opened)
            if opened is not None:
                await self.push_screen(opened)
            if len(self._start.form) == 3:
                await self._open_form(*self._start.form)

    async def _open_form(self, table: str, row: str, name: str) -> None:
        """A form that was left with something typed, as by a lost line, is opened on it again."""
        from erptui import drafts
        from erptui.forms import FORMS

        there = table in FORMS and self.store.rows(f"SELECT 1 FROM {table} WHERE id = ?", (row,))
        if there and drafts.kept(self.store.meta("store"), table, row):
            from screens.form import FormScreen

            await self.push_screen(FormScreen(FORMS[table], row, name))

    # Where one is.

    async def on_event(self, event: Event) -> None:
        """Before a key acts it is known what it is pressed on."""
        if isinstance(event, KeyEvent) and self.screen_stack:
            self.note_place()
        await super().on_event(event)

    def place_now(self) -> Place | None:
        """Where one is; None while the program begins or ends."""
        stack: list[Any] = list(self.screen_stack)
        engagement = self.engagement.id if self.engagement else ""
        for at in range(len(stack) - 1, -1, -1):
            if found := place_of(stack[at]):
                if not stack[at].has_read:
                    return None
                above = stack[at + 1] if at + 1 < len(stack) else None
                opened = above.place_now() if above is not None and opened_name(above) and above.has_read else {}
                return Place(engagement, *found, stack[at].place_now(), opened, getattr(stack[-1], "opened_on", ()))
        return None

    def note_place(self) -> None:
        """Remember where one is; when that is somewhere else than before, the place before is the one to go back to."""
        now = self.place_now()
        if now is None:
            return
        before = self.places[0]
        if not self._noted:
            # The start may have led elsewhere than was wanted, and nobody was there.
            self._noted = True
            self.places = [now, *(place for place in self.places[1:] if not place.is_on(now))]
        elif now.is_on(before):
            self.places[0] = now
        else:
            others = [place for place in self.places[1:] if not (place.is_on(now) or place.is_on(before))]
            self.places = [now, before, *others][:MOST_PLACES]

    def note_jump(self) -> None:
        """The next move is a jump, also where it ends on the same screen."""
        if now := self.place_now():
            self.places = [now, *(place for place in (now, *self.places) if place is now or not place.is_on(now))]

    # Back and forth.

    def _reachable(self, places: list[Place]) -> Iterator[tuple[Place, EngagementLine | None]]:
        """Those of the places that are still there and may be seen, with their engagement. Raises `Refused`."""
        lines = {line.id: line for line in engagements(self.store)}
        here = self.engagement.id if self.engagement else ""
        for place in places:
            line = lines.get(place.engagement)
            if place.view not in ROOMS.get(place.room, ()) or (place.engagement and line is None):
                continue
            if may_see(self, place.room, place.view) and (not self.for_client or place.engagement == here):
                yield place, line

    def recent_places(self) -> list[tuple[Place, str]]:
        """Where one was, the last first, with what the places are called. Raises `Refused`."""
        self.note_place()
        return [(place, name_of(place, line.code if line else "")) for place, line in self._reachable(self.places[1:])]

    def why_not_back_place(self) -> str | None:
        """Nowhere else so far."""
        try:
            found = any(True for _found in self._reachable(self.places[1:]))
        except Refused as problem:
            return say(problem)
        return None if found else _("You have not been anywhere else yet.")

    async def action_back_place(self) -> None:
        """To where one was before, and from there back again."""
        now = self.place_now()
        place, _line = next(self._reachable(self.places[1:]))
        rest = [other for other in self.places[1:] if other is not place]
        if now:
            self.places = [place, now, *rest]
        await self.go_place(place)

    async def go_place(self, place: Place) -> None:
        """Go to a place: engagement, screen, row, as far as they are still there. Raises `Refused`."""
        line = next((line for line in engagements(self.store) if line.id == place.engagement), None)
        if line and not (self.engagement and line.id == self.engagement.id):
            self.enter(line)
        await go_to(self, place.room, place.view, place.at)
        opened = opened_screen(place.opened)
        if opened is not None:
            await self.push_screen(opened)

    def enter(self, engagement: EngagementLine) -> None:
        """Make another engagement the current one."""
        raise NotImplementedError

    def why_not_back(self) -> str | None:
        """No screen lies below: what leads on then."""
        if len(self.screen_stack) > 1:
            return None
        if len(self.places) > 1:
            return _("No screen lies behind this one. ' goes to where you were before, q q leaves.")
        return _("No screen lies behind this one. : finds everything, q q leaves.")

    def action_back(self) -> None:
        """To the screen below."""
        if isinstance(self.screen, StoreScreen):
            self.screen.dismiss()

    # Kept for the next start.

    def _to_keep(self) -> Kept:
        self.note_place()
        return Kept(tuple(self.places), dict(self.views), tuple(self.found[:MOST_FOUND]), self._began_on)

    def keep_place_soon(self) -> Worker[bool] | None:
        """Write where one is when that has changed, in a thread."""
        kept = self._to_keep() if self._keeps and self.screen_stack else self._written
        if kept == self._written:
            return None
        self._written = kept
        work = partial(keep, str(self.store.path), kept)
        return self.run_worker(work, name="place", group="place", thread=True, exit_on_error=False)

    def exit(self, *result: Any, **more: Any) -> None:
        """Leave; where one is is on disk before."""
        self.left = True
        if self._keeps and not self._exit and self.screen_stack:
            kept = self._to_keep()
            if kept != self._written:
                keep(str(self.store.path), kept)
        super().exit(*result, **more)
