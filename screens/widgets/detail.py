"""The lower part of a screen, which tells more of the row under the cursor."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from textual.geometry import Region, Size
from textual.screen import Screen
from textual.timer import Timer

from screens.glyphs import UNICODE as SIGNS
from screens.paint import Painted
from screens.text import Line, cut_line

RESTING = 0.15
"""Seconds the cursor rests before the detail follows, while a key is held: over ssh only the bar moves meanwhile."""


def once_laid_out(screen: Screen[Any], draw: Callable[[], object]) -> None:
    """Draw after the next layout, unless the screen has lost its widgets by then.

    One that was resized below others gets its size when they go, and may be left with them.
    """
    screen.call_after_refresh(lambda: draw() if screen.query(Detail) else None)


class Detail(Painted):
    """The lower part of a screen: repaints only the lines that changed.

    `first` gives its lines when it is painted in a new size, so that the first picture is whole.
    """

    DEFAULT_CSS = "Detail { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None, first: Callable[[Size], Sequence[Line] | None] | None = None) -> None:
        super().__init__(id=id)
        self._first = first
        self._size_shown: Size | None = None
        self._lines: Sequence[Line] = ()
        self._moved_at = 0.0
        self._resting: Timer | None = None

    def follow(self, draw: Callable[[], object], *, typing: bool = False) -> None:
        """Draw what the cursor stands on now: at once for a single key, while keys come fast when they rest.

        While `typing` into a filter they are awaited too: the letter and the rows come first.
        """
        now = time.monotonic()
        held, self._moved_at = typing or now - self._moved_at < 2 * RESTING, now
        if self._resting:
            self._resting.stop()
        if held:
            self._resting = self.set_timer(RESTING, draw)
        else:
            draw()

    def show(self, lines: Sequence[Line]) -> None:
        """Put these lines in it."""
        self._size_shown = self.size
        width = self.size.width
        before, self._lines = self._lines, [cut_line(line, width) for line in lines]
        for y in range(max(len(before), len(self._lines))):
            if y >= len(before) or y >= len(self._lines) or list(before[y]) != list(self._lines[y]):
                self.refresh(Region(0, y, width, 1))

    def show_whole(self, lines: Sequence[Line]) -> None:
        """Put these in it; it takes a third of the screen, and up to half when there is more to say."""
        room = self.app.size.height - 3
        height = max(room // 3, min(len(lines), room // 2))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.show(lines if len(lines) <= height else [*lines[: height - 1], [(f" {SIGNS.ellipsis}", "dim")]])

    def lines(self, width: int) -> Sequence[Line]:
        if self._first and self._size_shown != self.size:
            self._size_shown = self.size
            self._lines = [cut_line(line, width) for line in self._first(self.size) or ()]
        return self._lines
