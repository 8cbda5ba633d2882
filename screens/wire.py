"""What goes over the wire: cells of text and colour, checked by the gate, and only those that changed.

Textual writes a whole colour code and a reset for every span, paints a changed part of a line from the widget's left
edge, and after a change of layout the whole screen. Over ssh all of that counts. So the wire remembers what stands on
the terminal, cell by cell as curses does, and sends what differs. It forgets when the terminal may have changed by
itself: on a resize, after another program had it, on ctrl+l.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

# Rich's attributes: the code that switches each on and the one that switches it off.
_ATTRIBUTES = (
    ("bold", "1", "22"),
    ("dim", "2", "22"),
    ("italic", "3", "23"),
    ("underline", "4", "24"),
    ("blink", "5", "25"),
    ("reverse", "7", "27"),
    ("strike", "9", "29"),
)
# Those that show on a blank too.
_ON_BLANKS = frozenset({"underline", "reverse", "strike"})
# Equal cells that are sent again rather than jumped over: a jump costs about as many bytes.
_JUMP = 8
# Blanks at the end of a line that are erased rather than sent: the sequence has three bytes, a colour some more.
_LEAST_ERASED = 5
_ERASING = (
    "xterm", "tmux", "alacritty", "foot", "ghostty", "kitty", "konsole", "linux", "mintty", "putty", "rxvt", "wezterm",
)  # fmt: skip
# From here on terminals disagree about widths (emoji): such a line is sent as a whole.
_DOUBTFUL = "\U0001f000"


class Codes(NamedTuple):
    """What a terminal is told about a cell: attributes, text colour, ground colour."""

    attributes: frozenset[str]
    colour: str
    ground: str


Cell = tuple[str, Codes]
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
    """The sequence that leads the terminal from one state to another."""
    if before == after:
        return ""
    if after == NOTHING:
        return "\x1b[0m"
    gone = before.attributes - after.attributes
    offs = {off for name, _on, off in _ATTRIBUTES if name in gone}
    steps = sorted(offs)
    for name, on, off in _ATTRIBUTES:
        # Bold and dim are switched off together.
        if name in after.attributes and (name not in before.attributes or off in offs):
            steps.append(on)
    if before.colour != after.colour:
        steps.append(after.colour)
    if before.ground != after.ground:
        steps.append(after.ground)
    return f"\x1b[{';'.join(steps)}m"


def cells_of(segments: Iterable[Segment], system: ColorSystem, safe: Callable[[str], str]) -> list[Cell]:
    """Spans as cells, checked; a wide sign is followed by an empty cell. Links are not sent: nobody checked them."""
    found: list[Cell] = []
    for text, style, _control in segments:
        look = codes(style, system) if style else NOTHING
        blank = look if look.attributes & _ON_BLANKS else Codes(frozenset(), "39", look.ground)
        text = safe(text)
        if text.isascii():
            found.extend((sign, look if sign != " " else blank) for sign in text)
            continue
        for begin, end, size in split_graphemes(text)[0]:
            if size == 0:
                continue
            sign = text[begin:end]
            found.append((sign, look if sign != " " else blank))
            if size == 2:
                found.append(("", look))
    return found


def written(cells: Iterable[Cell], state: Codes) -> tuple[str, Codes]:
    """Cells as they are sent to a terminal in `state`, and the state they leave it in."""
    out: list[str] = []
    for sign, look in cells:
        if sign == "":
            continue
        if look is not state and look != state:
            if sign == " " and not (look.attributes | state.attributes) & _ON_BLANKS:
                # What colour a blank has does not show.
                look = Codes(state.attributes, state.colour, look.ground)
            out.append(change(state, look))
            state = look
        out.append(sign)
    return "".join(out), state


def ended(cells: Sequence[Cell], state: Codes) -> tuple[str, Codes]:
    """`written` for cells up to the edge of the terminal: the blanks at their end are erased instead of sent."""
    sign, look = cells[-1]
    begin = len(cells)
    while begin and cells[begin - 1] == (sign, look):
        begin -= 1
    if sign != " " or len(cells) - begin < _LEAST_ERASED or look.attributes & _ON_BLANKS:
        return written(cells, state)
    text, state = written(cells[:begin], state)
    # Whether reversed blanks stay reversed when they are erased, terminals do not agree upon.
    after = Codes(state.attributes - _ON_BLANKS, state.colour, look.ground)
    return f"{text}{change(state, after)}\x1b[K", after


def erases_in_colour(term: str) -> bool:
    """Whether a terminal of this name erases in the colour of the ground (`bce` of terminfo); `screen` does not."""
    return term.startswith(_ERASING)


class Wire:
    """What stands on the terminal, and the way to make it show something else."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}
        self._size: tuple[int, int] | None = None

    def forget(self) -> None:
        """Take nothing for granted any more: what comes next is sent in full."""
        self._rows.clear()

    def lay_out(self, size: tuple[int, int]) -> None:
        """A whole picture of this size comes next.

        Until the first of another size, the old one may have been painted on a terminal that was smaller already:
        there it was cut at the edge.
        """
        if size != self._size:
            self.forget()
        self._size = size

    def send(self, parts: Iterable[tuple[int, int, list[Cell]]], edge: int = 0) -> str:
        """The sequence that makes the terminal show these parts: column, row, cells.

        `edge` is the width of a terminal that erases in colour, 0 of another.
        """
        out: list[str] = []
        state = NOTHING
        for x, y, cells in parts:
            row = self._rows.setdefault(y, [])
            row.extend([None] * (x + len(cells) - len(row)))
            for start, end in differing(row[x : x + len(cells)], cells):
                text, state = (ended if x + end == edge else written)(cells[start:end], state)
                out.append(f"\x1b[{y + 1};{x + start + 1}H{text}")
            row[x : x + len(cells)] = cells
        out.append(change(state, NOTHING))
        return "".join(out)


def differing(old: Sequence[Cell | None], new: Sequence[Cell]) -> list[tuple[int, int]]:
    """The runs of `new` (from, to) that must be sent where `old` stands, never beginning in the middle of a sign."""
    runs: list[tuple[int, int]] = []
    for place, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if runs and place - runs[-1][1] < _JUMP:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    if runs and any(cell is not None and cell[0] >= _DOUBTFUL for cell in (*old, *new)):
        return [(0, len(new))]
    return [(start - 1 if start and not new[start][0] else start, end) for start, end in runs]


WIRE = Wire()


def put_up(safe: Callable[[str], str]) -> None:
    """Put the gate and the wire's memory into Textual: into its strips, its updates and its driver."""
    from textual.drivers.linux_driver import LinuxDriver

    def cells(strip: Strip, console: Any) -> list[Cell]:
        return cells_of(strip._segments, console._color_system or ColorSystem.STANDARD, safe)

    def render(self: Strip, console: Any) -> str:
        if self._render_cache is None:
            text, state = written(cells(self, console), NOTHING)
            self._render_cache = text + change(state, NOTHING)
        return self._render_cache

    erases = erases_in_colour(os.environ.get("TERM", ""))

    def send(parts: Iterable[tuple[int, int, Strip]], console: Any) -> str:
        shown = ((x, y, cells(strip, console)) for x, y, strip in parts)
        return WIRE.send(shown, console.width if erases else 0)

    def render_layout(self: LayoutUpdate, console: Any) -> str:
        WIRE.lay_out(self.region.size)
        return send(_whole_lines(self), console)

    def render_chops(self: ChopsUpdate, console: Any) -> str:
        return send(_changed_parts(self), console)

    Strip.render = render  # type: ignore[method-assign]
    LayoutUpdate.render_segments = render_layout  # type: ignore[method-assign]
    ChopsUpdate.render_segments = render_chops  # type: ignore[method-assign]
    start = getattr(LinuxDriver, "_start_as_textual_does", LinuxDriver.start_application_mode)

    def start_application_mode(self: LinuxDriver) -> None:
        WIRE.forget()
        start(self)

    LinuxDriver._start_as_textual_does = start  # type: ignore[attr-defined]
    LinuxDriver.start_application_mode = start_application_mode  # type: ignore[method-assign]


def _whole_lines(update: LayoutUpdate) -> Iterable[tuple[int, int, Strip]]:
    for y, line in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in line:
            yield x, y, strip
            x += strip.cell_length


def _changed_parts(update: ChopsUpdate) -> Iterable[tuple[int, int, Strip]]:
    for y, start, end in update.spans:
        for chop_end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x >= end or chop_end <= start:
                continue
            first, last = max(x, start), min(chop_end, end)
            yield first, y, strip if (first, last) == (x, chop_end) else strip.crop(first - x, last - x)
