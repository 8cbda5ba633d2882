"""The floor under the screens: a bare Textual program that paints ten thousand lines with one line-API widget.

    python -m benchmarks.floor_app [LINES]

It reads nothing and lays nothing out; j and k (also l and h) move a bar, of which only the two lines are repainted.
"""

from __future__ import annotations

import os
import sys

# As erptui sets it: nothing moves by itself.
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

LAST_OF_SCREEN = "line 00023"
"""What shows in the last of 24 lines when the first screen stands."""

PLAIN, BAR = Style(color="white", bgcolor="black"), Style(color="black", bgcolor="white")


class Lines(ScrollView, can_focus=True):
    """`count` lines, one of them under a bar."""

    DEFAULT_CSS = "Lines { overflow: hidden hidden; scrollbar-size: 0 0; }"
    BINDINGS = [("j,l", "move(1)"), ("k,h", "move(-1)")]

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.cursor = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(self.app.size.width, self.count)

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        text = f"line {line:05}  work package {line % 40}, due in {line % 90} days".ljust(self.size.width)
        return Strip([Segment(text, BAR if line == self.cursor else PLAIN)], self.size.width)

    def action_move(self, by: int) -> None:
        before, self.cursor = self.cursor, max(0, min(self.cursor + by, self.count - 1))
        top = self.scroll_offset.y
        for line in (before, self.cursor):
            self.refresh(Region(0, line - top, self.size.width, 1))
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + self.size.height:
            self.scroll_to(y=self.cursor - self.size.height + 1, animate=False, force=True)


class Floor(App[None]):
    """Nothing but the lines."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def compose(self) -> ComposeResult:
        yield Lines(self.count)


if __name__ == "__main__":
    Floor(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000).run()
