"""Text on its way to the screen: what people typed as plain `Content`, and lines of spans that widgets paint.

A span is a text and its role; a line is spans side by side. Roles are words: `plain` `bold` `dim` `faint` `accent`
`red` `amber` `green` `violet`, with `bold` or `inverse` before a colour (`bold accent`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from erptui import cells

Span = tuple[str, str]
Line = Sequence[Span]


def plain(text: str) -> Content:
    """What a person typed, for a Textual widget: never markup, never a command to the terminal."""
    return Content("\n".join(cells.shown(line) for line in text.splitlines()))


def line_width(line: Line) -> int:
    """The cells that a line takes."""
    return sum(cells.width(text) for text, _role in line)


def line_text(line: Line) -> str:
    """A line without its roles."""
    return "".join(text for text, _role in line)


def cut_line(line: Line, width: int) -> list[Span]:
    """A line in at most `width` cells, cut with `…` at a whole character."""
    if line_width(line) <= width:
        return list(line)
    kept: list[Span] = []
    room = width
    for text, role in line:
        size = cells.width(text)
        # The sign for what is missing needs a cell of its own unless this span is the one that is cut.
        if size >= room:
            kept.append((cells.cut(f"{text}  ", room), role) if size == room else (cells.cut(text, room), role))
            break
        kept.append((text, role))
        room -= size
    return kept


def ends(left: Line, right: Line, width: int, gap: int = 1) -> list[Span]:
    """One line of exactly `width` cells: `right` at its right end, `left` before it, cut where they meet."""
    right = cut_line(right, width)
    room = width - line_width(right)
    left = cut_line(left, max(0, room - gap if right else room))
    return [*left, (" " * (room - line_width(left)), "plain"), *right]


def joined(parts: Iterable[Line], between: Span) -> list[Span]:
    """The lines behind each other with `between` in the gaps."""
    found: list[Span] = []
    for part in parts:
        if found:
            found.append(between)
        found.extend(part)
    return found
