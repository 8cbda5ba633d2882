"""What goes over the wire: strips written as text and colour codes, checked by the gate, with as few bytes as can be.

Textual writes a whole colour code and a reset for every span, and repaints a changed part of a line from the widget's
left edge. Over ssh both count, so here only what changes from span to span is written, and lines are cut on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from rich.color import ColorSystem
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip

# Rich's attribute bits: the code that switches each on and the one that switches it off.
_ATTRIBUTES = (
    ("bold", "1", "22"),
    ("dim", "2", "22"),
    ("italic", "3", "23"),
    ("underline", "4", "24"),
    ("blink", "5", "25"),
    ("reverse", "7", "27"),
    ("strike", "9", "29"),
)


class Codes(NamedTuple):
    """What a terminal is told about a span: attributes, text colour, ground colour."""

    attributes: frozenset[str]
    colour: str
    ground: str


NOTHING = Codes(frozenset(), "39", "49")


@lru_cache(maxsize=4096)
def codes(style: Style, system: ColorSystem) -> Codes:
    """The colour codes of a style on a terminal with that colour system."""
    attributes = frozenset(name for name, _on, _off in _ATTRIBUTES if getattr(style, name))
    colour = ";".join(style.color.downgrade(system).get_ansi_codes()) if style.color else "39"
    ground = ";".join(style.bgcolor.downgrade(system).get_ansi_codes(False)) if style.bgcolor else "49"
    return Codes(attributes, colour, ground)


@lru_cache(maxsize=8192)
def change(before: Codes, after: Codes) -> str:
    """The sequence that leads from one state of the terminal to another, the shorter of two ways."""
    if before == after:
        return ""
    if after == NOTHING:
        return "\x1b[0m"
    steps: list[str] = []
    gone = before.attributes - after.attributes
    offs = {off for name, _on, off in _ATTRIBUTES if name in gone}
    steps.extend(sorted(offs))
    kept = before.attributes - gone
    for name, on, off in _ATTRIBUTES:
        if name in after.attributes and (name not in kept or off in offs):
            steps.append(on)
    if before.colour != after.colour:
        steps.append(after.colour)
    if before.ground != after.ground:
        steps.append(after.ground)
    return f"\x1b[{';'.join(steps)}m"


def written(segments: Iterable[Segment], system: ColorSystem, safe: Callable[[str], str]) -> str:
    """Spans as they are sent; the terminal is left without colours. Links are not sent: their target is not checked."""
    state = NOTHING
    out: list[str] = []
    for text, style, _control in segments:
        wanted = codes(style, system) if style else NOTHING
        if text:
            out.append(change(state, wanted))
            out.append(safe(text))
            state = wanted
    out.append(change(state, NOTHING))
    return "".join(out)


def put_up(safe: Callable[[str], str]) -> None:
    """Put the gate into Textual's strips and narrow its updates."""

    def render(self: Strip, console: Any) -> str:
        if self._render_cache is None:
            system = console._color_system or ColorSystem.STANDARD
            self._render_cache = written(self._segments, system, safe)
        return self._render_cache

    def render_segments(self: ChopsUpdate, console: Any) -> str:
        return "".join(_changed_parts(self, console))

    Strip.render = render  # type: ignore[method-assign]
    ChopsUpdate.render_segments = render_segments  # type: ignore[method-assign]


def _changed_parts(update: ChopsUpdate, console: Any) -> Iterable[str]:
    for y, start, end in update.spans:
        for chop_end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x >= end or chop_end <= start:
                continue
            first, last = max(x, start), min(chop_end, end)
            part = strip if (first, last) == (x, chop_end) else strip.crop(first - x, last - x)
            yield Control.move_to(first, y).segment.text
            yield part.render(console)
