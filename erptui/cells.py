"""Widths in terminal cells: what a text takes on the screen, cut and padded to columns, never counted with `len`.

A Chinese character takes two cells, a combining mark none. Terminals disagree about joined emoji, variation selectors
and flags, so `shown` takes them apart first: what is measured here is what every terminal draws.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, split_graphemes

Align = Literal["left", "right"]

ELLIPSIS = "…"
STRANGE = "\ufffd"

# No text, or a command to the terminal, or drawn differently from terminal to terminal.
_ODD = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
# Invisible signs that turn the reading direction of what follows, and halves of characters: worth a visible mark.
_MARKED = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_VISIBLE = re.compile(f"[{_MARKED}]")
_FLAG_A = 0x1F1E6


def shown(text: str) -> str:
    """`text` as one line that every terminal draws alike and that commands none.

    Line ends and tabs become blanks, flags their letters; direction turns and lone surrogates become U+FFFD; other
    control and joining characters go.
    """
    if text.isascii() and text.isprintable():
        return text
    if _ODD.search(text):
        text = _ODD.sub(_shown_sign, text)
    # A combining mark without a base would sit on the sign left of the column.
    while text and cell_len(text[0]) == 0:
        text = text[1:]
    return text


def _shown_sign(found: re.Match[str]) -> str:
    sign = found.group()
    if sign in _BLANKS:
        return " "
    if _VISIBLE.match(sign):
        return STRANGE
    if _FLAG_A <= ord(sign) < _FLAG_A + 26:
        return chr(ord("A") + ord(sign) - _FLAG_A)
    return ""


def width(text: str) -> int:
    """The cells that `text` takes once `shown`."""
    return cell_len(shown(text))


def cut(text: str, cells: int, ellipsis: str = ELLIPSIS) -> str:
    """`text` in at most `cells` cells, cut at a whole character with `ellipsis` for what is missing."""
    text = _enough(text, cells)
    if cell_len(text) <= cells:
        return text
    room = cells - cell_len(ellipsis)
    if room < 0:
        return ""
    return _start(text, room) + ellipsis


def _enough(text: str, cells: int) -> str:
    """`text` as `shown`, of a long one only a beginning that takes more than `cells`: the rest need not be measured."""
    if len(text) > (size := 4 * cells + 64):
        beginning = shown(text[:size])
        if cell_len(beginning) > cells:
            return beginning
    return shown(text)


def _start(text: str, cells: int) -> str:
    """The whole characters of `text` that fit in `cells`, without blanks at the end."""
    taken = 0
    for _begin, end, size in split_graphemes(text)[0]:
        if size > cells:
            break
        cells -= size
        taken = end
    return text[:taken].rstrip()


def pad(text: str, cells: int) -> str:
    """`text` at the left of exactly `cells` cells, cut when it is longer."""
    text = cut(text, cells)
    return text + " " * (cells - cell_len(text))


def right(text: str, cells: int) -> str:
    """`text` at the right of exactly `cells` cells, cut when it is longer."""
    text = cut(text, cells)
    return " " * (cells - cell_len(text)) + text


def place(text: str, cells: int, align: Align = "left") -> str:
    """`text` in exactly `cells` cells: words left, numbers right."""
    return right(text, cells) if align == "right" else pad(text, cells)


def wrap(text: str, cells: int, lines: int | None = None) -> list[str]:
    """`text` in lines of at most `cells`, broken at blanks or beside Chinese signs; the last of `lines` is cut."""
    left = shown(text).strip()
    found: list[str] = []
    while left:
        beginning = _enough(left, cells)
        if cell_len(beginning) <= cells or (lines is not None and len(found) == lines - 1):
            found.append(cut(left, cells))
            break
        head = _fitting(beginning, cells)
        found.append(head.rstrip())
        left = left[len(head) :].lstrip()
    return found


def _fitting(text: str, cells: int) -> str:
    """What of `text` goes on a line of `cells`: up to the last place where it may be broken, else as much as fits."""
    end = broken = 0
    for begin, stop, size in split_graphemes(text)[0]:
        if size > cells:
            break
        cells -= size
        if text[begin] == " ":
            broken = stop
        elif size == 2 and text[begin] not in "，。、；：？！）》】”’":
            broken = max(broken, begin)
        end = stop
    else:
        return text
    if text[end] == " ":
        return text[:end]
    if cell_len(text[end]) == 2 and text[end] not in "，。、；：？！）》】”’":
        return text[:end]
    return text[: broken or end or 1]


@dataclass(frozen=True)
class Column:
    """What a column of a table asks for: at least `least` cells, better `ideal`; rank 1 is the last to drop out."""

    id: str
    least: int
    ideal: int
    rank: int = 1
    align: Align = "left"
    grows: bool = False


@dataclass(frozen=True)
class Placed:
    """A column that is shown: where it begins and how wide it is, in cells."""

    column: Column
    x: int
    width: int


def fit_columns(columns: Sequence[Column], cells: int, gap: int = 1) -> list[Placed]:
    """The columns that fit in `cells` with `gap` between them, in their order.

    Columns of the highest rank drop out first, the right one of two alike; what is left over goes to the ideal widths
    by rank, then to the columns that grow. One column always stays.
    """
    kept = list(columns)
    while len(kept) > 1 and sum(column.least for column in kept) + gap * (len(kept) - 1) > cells:
        worst = max(range(len(kept)), key=lambda place: (kept[place].rank, place))
        del kept[worst]
    widths = {column.id: column.least for column in kept}
    spare = cells - sum(widths.values()) - gap * (len(kept) - 1)
    for column in sorted(kept, key=lambda column: column.rank):
        more = max(0, min(spare, column.ideal - column.least))
        widths[column.id] += more
        spare -= more
    growing = [column for column in kept if column.grows]
    for place, column in enumerate(growing):
        share = max(0, spare) // (len(growing) - place)
        widths[column.id] += share
        spare -= share
    if len(kept) == 1:
        widths[kept[0].id] = min(widths[kept[0].id], cells)
    placed: list[Placed] = []
    x = 0
    for column in kept:
        placed.append(Placed(column, x, widths[column.id]))
        x += widths[column.id] + gap
    return placed


def row(texts: Sequence[str], placed: Sequence[Placed], gap: int = 1) -> str:
    """One line of a table: each text cut and aligned in its place."""
    parts = [place(text, spot.width, spot.column.align) for text, spot in zip(texts, placed, strict=True)]
    return (" " * gap).join(parts)
