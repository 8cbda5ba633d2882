"""Where everything stands on the board of a phase: a column for each status, in each as many cards as are seen.

Pure: columns, facts and a place in, lines of spans and the cells of the cursor out. Only what is seen is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from db.choices import PackageStatus
from erptui import cells
from erptui.days import short_day
from erptui.i18n import _, listed, ngettext
from erptui.method.board import PackageLine
from erptui.method.standing import days_late
from erptui.method.status_board import DONE, StatusColumn
from erptui.package_dates import NO_DATES
from erptui.pinyin import initials
from screens.board_detail import Dates, package_sign
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, cut_line, ends, line_width

GAP = 1
"""Cells left of each column, where `*` stands beside a selected package."""
LEAST = 13
"""Cells below which a column moves out of sight."""
ROOMY = 40
"""Cells from which a card takes one line."""
HEAD = 2
"""Lines above the cards."""
HEADING = -1
"""The place of the cursor on the heading of a column."""
LONGEST_INITIALS = 4
_NO_MARK: Span = (" " * GAP, "plain")


@dataclass(frozen=True)
class Facts:
    """What the cards say besides what stands in the packages; `before` are the codes of what a package waits for."""

    today: date
    dates: Dates | None = None
    opened: bool = True
    before: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """What a column shows: those of its packages that fit the filter, from `top` on."""

    column: StatusColumn
    packages: Sequence[PackageLine]
    top: int = 0


@dataclass(frozen=True)
class Slot:
    """A column that is seen: which one it is, where it begins and how wide it is, in cells."""

    place: int
    x: int
    width: int


def slots(count: int, width: int, first: int, cursor: int) -> list[Slot]:
    """The columns that fit in `width` cells beside each other, from `first` on; the one of the cursor is among them."""
    # One cell at the right end, where an arrow says that there are more.
    seen = max(1, min(count, (width - 1) // (GAP + LEAST)))
    first = max(cursor - seen + 1, min(first, cursor, count - seen))
    room = width - 1 - GAP * seen
    found, x = [], GAP
    for place in range(seen):
        size = room // seen + (place < room % seen)
        found.append(Slot(first + place, x, size))
        x += size + GAP
    return found


def card_height(packages: Sequence[PackageLine], width: int, facts: Facts) -> int:
    """The lines that each card of a column takes: one where it is wide, one more where one says what it waits for."""
    if width >= ROOMY:
        return 1
    return 3 if any(waited_for(package, facts) for package in packages) else 2


def waited_for(package: PackageLine, facts: Facts) -> str:
    """What a waiting package waits for: the reason that was given, else the open packages it comes after."""
    if package.status != PackageStatus.WAITING.id:
        return ""
    return package.waits_for or listed(facts.before.get(package.id, ()))


def window(count: int, size: int, room: int, top: int, cursor: int) -> tuple[int, int]:
    """The first card that is seen and how many, in `room` lines of cards of `size` lines: the cursor's is among them.

    Where cards stand above or below, a line says how many.
    """

    def fit(top: int) -> int:
        left = room - (top > 0)
        if (count - top) * size <= left:
            return count - top
        return max(1, (left - 1) // size)

    top = max(0, min(top, cursor, count - 1))
    while top < cursor and cursor >= top + fit(top):
        top = max(top + 1, cursor - fit(top) + 1)
    while top and count - (top - 1) <= fit(top - 1):
        # What was taken away below makes room above.
        top -= 1
    return top, fit(top)


@dataclass(frozen=True)
class Picture:
    """The painted board: its lines, the tops of its columns, and the lines and cells under the cursor."""

    lines: tuple[Line, ...]
    tops: tuple[int, ...]
    counts: tuple[int, ...]
    """How many cards of each column are seen."""
    bar: tuple[int, int, int, int]
    """First line and the one behind the last, first cell and the one behind the last."""


CardLines = Callable[[PackageLine, int, int], Sequence[Line]]
"""The lines of a card in so many cells and lines."""


def lay_out(
    columns: Sequence[Shown],
    cursor: tuple[int, int],
    seen: Sequence[Slot],
    height: int,
    facts: Facts,
    card: CardLines,
    marked: frozenset[str] = frozenset(),
) -> Picture:
    """The columns in `height` lines; `cursor` is a column and a place in it, or `HEADING`."""
    parts: list[list[Line]] = []
    tops = [column.top for column in columns]
    counts = [0] * len(columns)
    bar = (0, 1, 0, 0)
    for slot in seen:
        column = columns[slot.place]
        here = cursor[1] if cursor[0] == slot.place else None
        size = card_height(column.packages, slot.width, facts)
        room = max(size, height - HEAD)
        top, count = window(len(column.packages), size, room, column.top, column.top if here is None else max(0, here))
        tops[slot.place], counts[slot.place] = top, count
        lines = [[_NO_MARK, *line] for line in head_lines(column.column, slot.width, here is not None)]
        if top:
            lines.append([_NO_MARK, (f"{SIGNS.up} {_more(top)}", "dim")])
        if here is not None:
            y = 0 if here == HEADING else len(lines) + (here - top) * size
            bar = (y, y + (1 if here == HEADING else size), slot.x, slot.x + slot.width)
        for package in column.packages[top : top + count]:
            mark = (SIGNS.chosen, "bold accent") if package.id in marked else _NO_MARK
            lines += [[mark if at == 0 else _NO_MARK, *line] for at, line in enumerate(card(package, slot.width, size))]
        left = len(column.packages) - top - count
        if left:
            lines.append([_NO_MARK, (f"{SIGNS.ellipsis} {_more(left)}", "dim")])
        parts.append(lines)
    lines = [_beside([part[y] if y < len(part) else () for part in parts], seen) for y in range(max(1, height))]
    lines[0] = _with_arrows(lines[0], columns, seen)
    return Picture(tuple(lines), tuple(tops), tuple(counts), bar)


def _more(count: int) -> str:
    return ngettext("{count} more", "{count} more", count).format(count=count)


def _beside(parts: Sequence[Line], seen: Sequence[Slot]) -> list[Span]:
    line: list[Span] = []
    for part, slot in zip(parts, seen, strict=True):
        line += cut_line(part, GAP + slot.width)
        line.append((" " * (GAP + slot.width - line_width(part)), "plain"))
    return line


def _with_arrows(line: Sequence[Span], columns: Sequence[Shown], seen: Sequence[Slot]) -> list[Span]:
    """The line of the headings, where columns are out of sight with an arrow on that side; amber when one is over."""
    first, last = seen[0].place, seen[-1].place
    before, behind = columns[:first], columns[last + 1 :]
    spans = list(line)
    if before:
        spans[0] = (SIGNS.left, _arrow(before))
    return [*spans, (SIGNS.right, _arrow(behind))] if behind else spans


def _arrow(columns: Sequence[Shown]) -> str:
    return "bold amber" if any(column.column.over for column in columns) else "dim"


def head_lines(column: StatusColumn, width: int, current: bool) -> list[Line]:
    """The heading of a column, with its limit where it has one and a warning where more stand in it; the rule below."""
    role = "bold amber" if column.over else "bold accent" if current else "bold"
    sign: Line = [(f"{SIGNS.soon} ", "bold amber")] if column.over else ()
    here = len(column.packages)
    count = str(here)
    if column.most is not None:
        count = f"{here}+{column.elsewhere}" if column.elsewhere else count
        count = f"{count}/{column.most}"
    name = _(PackageStatus(column.status).label)
    if column.most is not None and line_width(sign) + cells.width(name) + 1 + len(count) > width:
        count = f"{column.total}/{column.most}"
    room = width - line_width(sign) - len(count) - 1
    head = [*sign, (cells.cut(name, max(0, room)), role), (f" {count}", "bold amber" if column.over else "dim")]
    return [head, [((SIGNS.rule_done if current else SIGNS.rule) * width, "accent" if current else "faint")]]


def card_lines(package: PackageLine, width: int, size: int, facts: Facts) -> list[Line]:
    """A package in so many lines: sign, code, whose it is, late days or the day it is due; its name; what it awaits."""
    sign, sign_role = package_sign(package, facts.dates, facts.opened, facts.today)
    late = sign == SIGNS.late
    words = "dim" if package.status == DONE else "bold" if late else "plain"
    left: list[Span] = [(f"{sign} ", sign_role), (package.code, words)]
    if size == 1:
        left.append((f" {package.name}", words))
        waits = waited_for(package, facts)
        awaited: Line = [(f"{SIGNS.left} {cells.cut(waits, width // 4)} ", "dim")] if waits else ()
        return [ends(left, [*awaited, *_right(package, facts)], width)]
    right = _right(package, facts)
    # Nothing is cut here: the owner gives way before the day, and a day of another year is told by the lower part.
    fitting = (part for part in (right, right[-1:], right[:1]) if line_width(left) + 1 + line_width(part) <= width)
    right = next(fitting, [])
    lines: list[Line] = [
        ends(left, right, width),
        [("  ", "plain"), (cells.cut(package.name, width - 2), words)],
    ]
    if size > 2:
        waits = waited_for(package, facts)
        lines.append([("  ", "plain"), (cells.cut(f"{SIGNS.left} {waits}", width - 2), "dim")] if waits else ())
    return lines


def _right(package: PackageLine, facts: Facts) -> list[Span]:
    """The initials of the owner, or the role without one, and the late days or the day that counts."""
    names = initials(package.owner) if package.owner else []
    who = cells.cut(names[0].upper(), LONGEST_INITIALS, "") if names else package.role
    when, role = card_day(package, facts)
    spans: list[Span] = []
    if who:
        spans.append((who, "dim"))
    if when:
        spans.append((f" {when}" if who else when, role))
    return spans


def card_day(package: PackageLine, facts: Facts) -> tuple[str, str]:
    """The days a package is late, else the day on which it was done or is due, with its role."""
    if package.status == DONE:
        done = date.fromisoformat(package.finished_on) if package.finished_on else None
        return "" if package.before_erptui else short_day(done, facts.today), "dim"
    own = (facts.dates or {}).get(package.id, NO_DATES)
    late = days_late(own, package.status, facts.today) if facts.opened else 0
    if late:
        return _("{days}d").format(days=late), "bold red"
    return short_day(own.finish, facts.today), "dim"
