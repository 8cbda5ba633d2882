"""Walking through the program as a person does: real keys in, visible text out, a real store underneath."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.screen import Screen

from db import opening
from db.choices import ActivityId, BaseCalendar, ContentLanguage
from db.store import Store
from erptui import clock
from erptui.method.opening import NewEngagement, open_engagement
from screens.app import ErpApp

PATIENCE = 10.0
"""Seconds after which what was waited for is taken as never coming."""


TURNS = 3
"""So many turns of the loop nothing must be left to do: a timer of no seconds takes one to come up."""


async def still(app: App[Any]) -> None:
    """Wait until nothing more comes of what was done, but for timers: all handled, computed in threads, and painted."""
    loop = asyncio.get_running_loop()
    calm, end = 0, time.monotonic() + PATIENCE
    while calm < TURNS:
        await asyncio.sleep(0)
        if getattr(app, "crash", None) is not None:
            raise app.crash
        assert time.monotonic() < end, f"It never comes to rest: {app.screen_stack}"
        if loop._ready:
            calm = 0
        elif not app.screen_stack:
            return
        elif _at_work(app):
            calm = 0
            await asyncio.sleep(0.001)
        elif _to_paint(app.screen):
            calm = 0
            app.screen._on_timer_update()
        else:
            calm += 1


def _at_work(app: App[Any]) -> bool:
    """Whether a thread computes, or somebody is in the middle of a message."""
    if any(not worker.is_finished for worker in app.workers):
        return True
    pumps = (app, app.screen, *app.screen.walk_children())
    return any(pump._running and not pump._message_queue.ready_event._waiters for pump in pumps)


def _to_paint(screen: Screen[Any]) -> bool:
    """Whether something on the screen waits to be laid out or painted, or somebody for that to be done."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


class PaintedApp(ErpApp):
    """The program, which counts its pictures: what was not painted anew need not be read anew."""

    pictures = 0

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        self.pictures += 1
        super()._display(screen, renderable)


class Walk:
    """A running program. `press` and `type`, then `shows`; `until` waits for what comes by itself."""

    def __init__(self, app: ErpApp, pilot: Any) -> None:
        self.app = app
        self.pilot = pilot
        self._read: tuple[Screen[Any], int] | None = None
        self._lines: list[str] = []

    @property
    def lines(self) -> list[str]:
        """The screen as it stands, line by line."""
        screen, pictures = self.app.screen, getattr(self.app, "pictures", None)
        if pictures is None or self._read != (screen, pictures) or _at_work(self.app) or _to_paint(screen):
            below = self.app._background_screens
            picture = screen._compositor.render_update(full=True, screen_stack=below)
            self._lines = ["".join(strip.text for strip in line).rstrip() for line in picture.strips]
            self._read = (screen, self.app.pictures) if pictures is not None else None
        return list(self._lines)

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    @property
    def title(self) -> str:
        """Line 1."""
        return self.lines[0].strip()

    @property
    def bottom(self) -> str:
        """Line 24: keys or a message."""
        return self.lines[-1].strip()

    @property
    def said(self) -> str:
        """What stands below the body, its lines as one: a message may take three."""
        rows = self.app.screen.query_one("#bottom").region
        return " ".join(" ".join(self.lines[rows.y : rows.bottom]).split())

    @property
    def field(self) -> str | None:
        """What stands in the line that asks, None when nothing is asked."""
        return self.app.screen.query_one("#field").value if self.app.screen.asking else None

    @property
    def here(self) -> str:
        """What the cursor stands on: the cells under its bar."""
        view = self.app.screen.main_view
        bar = view.bar(view.cursor)
        assert bar is not None
        row = "".join(segment.text for segment in view.render_line(view.cursor - round(view.scroll_y)).crop(*bar))
        return row.strip()

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each with all that follows from it."""
        for key in keys:
            sign = " " if key == "space" else key if len(key) == 1 else None
            self.app._driver.send_message(events.Key(key, sign))
            await self.settled()

    async def type(self, text: str) -> None:
        """Type a text, as fast as a terminal sends it."""
        for sign in text:
            self.app._driver.send_message(events.Key("space" if sign == " " else sign, sign))
        await self.settled()

    async def ahead(self, *keys: str) -> None:
        """Press keys faster than the program looks at them, as a slow line delivers them."""
        for key in keys:
            self.app._driver.send_message(events.Key(key, key if len(key) == 1 else None))
        await self.settled()

    async def settled(self) -> None:
        """Wait until every message is handled, the plan computed, and the picture stands still."""
        await still(self.app)

    async def resize(self, width: int, height: int) -> None:
        """Another size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.settled()

    async def look_again(self) -> None:
        """What the program does once a second: see what others have written."""
        self.app.see_others()
        await self.settled()

    async def until(self, wanted: str | Callable[[], bool]) -> None:
        """Wait until a text is on the screen, or something is true."""
        end = time.monotonic() + PATIENCE
        while not (wanted in self.text if isinstance(wanted, str) else wanted()):
            assert time.monotonic() < end, f"Never came: {wanted}\n{self.text}"
            await self.pilot.pause(0.01)

    def shows(self, *texts: str) -> None:
        """All of these stand on the screen."""
        for text in texts:
            assert text in self.text, f"Not on the screen: {text}\n{self.text}"

    def hides(self, *texts: str) -> None:
        """None of these stands on the screen."""
        for text in texts:
            assert text not in self.text, f"On the screen: {text}\n{self.text}"


@asynccontextmanager
async def walk(store: Store, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Walk]:
    """Run the program on a store."""
    app = PaintedApp(store)
    async with app.run_test(size=size) as pilot:
        walked = Walk(app, pilot)
        await walked.settled()
        yield walked
        if app.crash is not None:
            raise app.crash


@contextmanager
def opened(path: Path, who: str = "Anna", **options: Any) -> Iterator[Store]:
    """A store at `path`, made when it is not there, as the program opens it."""
    if not path.exists():
        opening.create(path)
    with Store(path, who=who, now=clock.now, wait=options.pop("wait", 0.2), **options) as store:
        yield store


def new_engagement(store: Store, **wanted: Any) -> str:
    """An English engagement HX26 from the template, Monday to Friday from 2 March 2026, unless told otherwise."""
    values: dict[str, Any] = {
        "name": "Huaxin Precision",
        "code": "HX26",
        "start": date(2026, 3, 2),
        "calendar": BaseCalendar.WEEKDAYS,
        "language": ContentLanguage.ENGLISH,
    }
    values.update(wanted)
    if isinstance(values.get("at"), str):
        values["at"] = ActivityId(values["at"])
    return open_engagement(store, NewEngagement(**values))
