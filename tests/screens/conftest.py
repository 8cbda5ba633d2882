"""What the tests of the screens share: a calm terminal of full colour, and the demo app on the frame."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest
from textual import events
from textual.keys import _character_to_key

from screens import terminal

terminal.prepare(ascii_signs=False)


def load(file: str) -> ModuleType:
    """A module that lies beside this file."""
    name = f"erptui_tests_{file}"
    if name not in sys.modules:
        spec = util.spec_from_file_location(name, Path(__file__).with_name(f"{file}.py"))
        sys.modules[name] = module = util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


class Shown:
    """A running app as a person sees it: keys in, lines of text out."""

    def __init__(self, app, pilot, still):
        self.app = app
        self.pilot = pilot
        self.still = still

    @property
    def lines(self) -> list[str]:
        below = self.app._background_screens
        picture = self.app.screen._compositor.render_update(full=True, screen_stack=below)
        return ["".join(strip.text for strip in line) for line in picture.strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def bottom(self) -> str:
        return self.lines[-1]

    async def settled(self) -> None:
        """Wait until nothing more comes of what was done."""
        await self.still(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each with all that follows from it."""
        for key in keys:
            sign = " " if key == "space" else key if len(key) == 1 else None
            await self.type_ahead(events.Key(_character_to_key(sign) if sign else key, sign))

    async def type_ahead(self, *typed) -> None:
        """Send these before the app has looked at any of them, as a slow link does."""
        for event in typed:
            self.app._driver.send_message(event)
        await self.settled()


@pytest.fixture
def demo():
    """The module of the demo app."""
    return load("frame_demo")


@pytest.fixture
def frame(demo, driver):
    """Run the demo app: `async with frame(titles, size=(80, 24)) as shown`."""

    @asynccontextmanager
    async def run(titles=None, size=(80, 24), **more):
        app = demo.DemoApp(titles, **more)
        async with app.run_test(size=size) as pilot:
            shown = Shown(app, pilot, driver.still)
            await shown.settled()
            yield shown

    return run


# The program over a store: `async with board(path) as b: await b.press("L"); b.shows("Pursuit gate")`.

NOW = "2026-03-16T09:00:00+08:00"


@pytest.fixture(scope="session")
def driver() -> ModuleType:
    """The module that walks through the program."""
    return load("driver")


@pytest.fixture(scope="session")
def _prepared(driver, tmp_path_factory):
    """Gives the file of a store of some kind; each kind is made once."""
    made: dict[str, Path] = {}

    def prepare(kind: str, make) -> Path:
        if kind not in made:
            path = made[kind] = tmp_path_factory.mktemp("stores") / f"{len(made)}.db"
            with driver.opened(path) as store:
                make(store)
        return made[kind]

    return prepare


@pytest.fixture
def monday(monkeypatch):
    """It is nine o'clock in Shanghai on Monday, 16 March 2026, two weeks after the project began."""
    monkeypatch.setenv("ERPTUI_NOW", NOW)


@pytest.fixture
def store_with(monday, driver, _prepared, tmp_path):
    """A store of one's own: `store_with()` holds HX26, `store_with(lead=True)` a lead, `store_with(None)` nothing."""

    def make(*engagements, **wanted) -> Path:
        """`engagements` are dicts of what is wanted of each."""
        several = engagements or (wanted,)
        path = tmp_path / "erptui.db"
        file = _prepared(
            repr(several), lambda store: [driver.new_engagement(store, **each) for each in several if each is not None]
        )
        path.write_bytes(file.read_bytes())
        return path

    return make


@pytest.fixture
def opened(monday, driver):
    """Open a store: `with opened(path, who="Bob") as store`."""
    return driver.opened


@pytest.fixture
def board(monday, driver):
    """Run the program on the store at a path: `async with board(path, size=(80, 24)) as b`."""

    @asynccontextmanager
    async def run(path: Path, *, who: str = "Anna", size=(80, 24), **options):
        with driver.opened(path, who, **options) as store:
            async with driver.walk(store, size) as walked:
                yield walked

    return run
