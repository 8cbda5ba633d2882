"""What the tests of the screens share: a calm terminal of full colour, and the demo app on the frame."""

from __future__ import annotations

import os
import sys
from contextlib import asynccontextmanager
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

for name in ("NO_COLOR", "TEXTUAL_THEME"):
    os.environ.pop(name, None)
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"

from screens import terminal  # noqa: E402

terminal.prepare(ascii_signs=False)


def load_demo() -> ModuleType:
    name = "erptui_frame_demo"
    if name not in sys.modules:
        spec = util.spec_from_file_location(name, Path(__file__).with_name("frame_demo.py"))
        sys.modules[name] = module = util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


class Shown:
    """A running app as a person sees it: keys in, lines of text out."""

    def __init__(self, app, pilot):
        self.app = app
        self.pilot = pilot

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

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type_ahead(self, *events) -> None:
        """Send these before the app has looked at any of them, as a slow link does."""
        for event in events:
            self.app._driver.send_message(event)
        await self.pilot.pause()
        await self.pilot.pause()


@pytest.fixture
def demo():
    """The module of the demo app."""
    return load_demo()


@pytest.fixture
def frame(demo):
    """Run the demo app: `async with frame(titles, size=(80, 24)) as shown`."""

    @asynccontextmanager
    async def run(titles=None, size=(80, 24), **more):
        app = demo.DemoApp(titles, **more)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Shown(app, pilot)

    return run
