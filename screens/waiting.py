"""A step that must wait for a colleague: the key is done again when they are, and meanwhile the screen goes on.

A key whose step finds the store held by somebody else is given up before anything of it was done (`MustWait`). Line 24
says who is waited for; keys pressed meanwhile are kept in their order and act afterwards, esc gives all of them up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from textual.events import Event, Key, Paste

from db.errors import Busy
from erptui.i18n import _
from screens.actions.common import ASKING
from screens.actions.names import pressed

if TYPE_CHECKING:
    from db.store import Store
    from screens.frame import FrameApp

Act = Callable[[], Any]
TRY_AGAIN = 0.1
"""Seconds between two looks whether the store is free."""
MOST_KEPT = 500
"""Keys that are kept while one waits."""


class MustWait(Exception):
    """What was begun is to be done again later; no `Problem`, so that nobody on the way takes it for a refusal."""


class Waiting:
    """What an app does while a colleague holds the store."""

    def __init__(self, app: FrameApp) -> None:
        self._app = app
        self._store: Store | None = None
        self._begun: dict[asyncio.Task[Any] | None, int] = {}
        self._again: Act | None = None
        self._kept: list[Event] = []
        self._who = ""
        self._shown_on: Any = None

    def watch(self, store: Store) -> None:
        """Let the steps of this store wait."""
        self._store = store
        store.on_busy = self._busy

    @property
    def on(self) -> bool:
        """Whether somebody is waited for: until then the last picture stays, for the key was pressed on it."""
        return self._again is not None

    async def run(self, act: Act) -> bool:
        """Do something that may make a step; whether it was done, else it is done again as soon as that can be."""
        task = asyncio.current_task()
        if task in self._begun or self._store is None:
            await _awaited(act())
            return True
        self._begun[task] = self._store.newest_change
        try:
            await _awaited(act())
        except MustWait:
            self._again = act
            self._app.set_timer(TRY_AGAIN, self._try)
            return False
        finally:
            del self._begun[task]
        return True

    def _busy(self, busy: Busy, _rest: float) -> None:
        """Called by the store before it refuses. What has made a step already can't be done a second time."""
        try:
            begun = self._begun.get(asyncio.current_task())
        except RuntimeError:
            # A thread of a worker waits by itself.
            return
        if begun is None or self.on or self._store is None or self._store.newest_change != begun:
            return
        self._who = busy.who
        self._say()
        raise MustWait

    def _say(self) -> None:
        if self._who:
            self._show(_("Waiting for {who} · esc gives up").format(who=self._who))
        else:
            self._show(_("Waiting for somebody else who is writing · esc gives up"))

    def _show(self, text: str | None) -> None:
        if text:
            self._shown_on = self._app.screen
        if show := getattr(self._shown_on, "show_waiting", None):
            show(text)

    def takes(self, event: Event) -> bool:
        """Keep what is pressed or pasted meanwhile; whether it was."""
        if not self.on or not isinstance(event, Key | Paste):
            return False
        leaving = {key for action in ASKING if action.id == "leave-line" for key in self._app.keys_of(action)}
        if isinstance(event, Key) and pressed(event.key, event.character) in leaving:
            self._give_up()
        elif len(self._kept) < MOST_KEPT:
            self._kept.append(event)
        return True

    def _give_up(self) -> None:
        self._again = None
        self._kept.clear()
        self._show(None)
        say = getattr(self._app.screen, "say_above", self._app.say)
        say(_("Given up. Nothing was changed."))

    async def _try(self) -> None:
        """Do it again, and then what was pressed meanwhile."""
        act, self._again = self._again, None
        if act is None or self._store is None or not self._app.is_running:
            return
        self._store.hasty = True
        try:
            done = await self.run(act)
        finally:
            self._store.hasty = False
        if not done:
            return
        self._show(None)
        kept, self._kept = self._kept, []
        for event in kept:
            await self._app.on_event(event)


async def _awaited(result: Any) -> Any:
    return await result if isawaitable(result) else result
