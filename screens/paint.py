"""From lines of spans to strips: the one place where roles become colours; what widgets of our own stand on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from erptui import cells
from screens.text import Line
from screens.theme import INK, Ground, Palette

Bar = tuple[int, int]


def paint(line: Line, width: int, palette: Palette, ground: Ground = "ground", bar: Bar | None = None) -> Strip:
    """A line as a strip of exactly `width` cells; the cells of `bar` (from, to) lie on the selection ground."""
    segments = [Segment(cells.shown(text), palette.style(role, ground)) for text, role in line]
    strip = Strip(segments).adjust_cell_length(width, palette.style("plain", ground))
    if bar is None:
        return strip
    start, end = max(0, bar[0]), min(width, bar[1])
    if start >= end:
        return strip
    selected = Strip([Segment(cells.shown(text), palette.style(role, "selection")) for text, role in line])
    selected = selected.adjust_cell_length(width, palette.style("plain", "selection"))
    return Strip.join([strip.crop(0, start), selected.crop(start, end), strip.crop(end, width)])


def palette_of(widget: Widget) -> Palette:
    """The palette in use; *ink* in an app that has none."""
    palette: Any = getattr(widget.app, "palette", None)
    return palette if isinstance(palette, Palette) else INK


class Painted(Widget):
    """A few lines that paint themselves: no markup, no child widgets, nothing but what `lines` gives."""

    GROUND: Ground = "ground"

    def lines(self, width: int) -> Sequence[Line]:
        """What stands in the widget, at most `width` cells wide."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        width = self.size.width
        lines = self.lines(width)
        return paint(lines[y] if y < len(lines) else (), width, palette_of(self), self.GROUND)
