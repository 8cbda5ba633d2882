"""Where everything stands on the board: phases as columns, activities as cards, gates in one row, the band below.

Pure: columns and facts in, lines of spans and places of cards out, all in cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.choices import ActivityId, PhaseId
from erptui import cells
from erptui.days import short_day
from erptui.i18n import _
from erptui.method.board import Card, Column
from erptui.method.gates import GateState
from erptui.method.standing import Standing
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, cut_line, ends, line_width

MARGIN = 1
GAP = 1
ROOMY = 26
"""Cells from which a card has room to say in words what its sign says."""
SPACIOUS = 36
"""Cells from which a card has room for a day beside what it says."""
LEAST_NAME = 4
"""Cells below which the name of a phase or gate gives way."""
SOON = 14
"""Days before a start that a card begins to say when."""


@dataclass(frozen=True)
class Place:
    """A card or a gate on the board: the line it stands in and its cells."""

    column: Column
    card: Card | None
    gate: GateState | None
    y: int
    x: int
    width: int

    @property
    def key(self) -> tuple[str, str]:
        """What it is, wherever it stands: phase and activity, or phase and `gate`."""
        return self.column.phase, self.card.activity if self.card else "gate"


@dataclass(frozen=True)
class BoardLayout:
    """The painted board: its lines, and its places column by column from top to bottom."""

    lines: tuple[Line, ...]
    columns: tuple[tuple[Place, ...], ...]

    def find(self, key: tuple[str, str]) -> Place | None:
        """The place of a card or gate."""
        return next((place for column in self.columns for place in column if place.key == key), None)


def lay_out_board(
    columns: Sequence[Column], standings: Mapping[tuple[str, str], Standing], width: int, today: date
) -> BoardLayout:
    """The board of an engagement in `width` cells; `standings` may be empty while the plan is being computed."""
    phases, band = columns[:-1], columns[-1]
    current = current_phase(columns)
    heads = [_head(column, column.phase == current) for column in phases]
    widths = column_widths([line_width(head) for head in heads], width - 2 * MARGIN - GAP * (len(phases) - 1))
    starts = [MARGIN + sum(widths[:i]) + GAP * i for i in range(len(phases))]
    tallest = max(len(column.cards) for column in phases)
    rows: list[list[Line]] = [
        [cut_head(head, c.phase, size) for head, c, size in zip(heads, phases, widths, strict=True)]
    ]
    rows.append([_progress(c, size, c.phase == current) for c, size in zip(phases, widths, strict=True)])
    for index in range(tallest):
        rows.append(
            [
                _card(c.cards[index], c, standings, size, today) if index < len(c.cards) else ()
                for c, size in zip(phases, widths, strict=True)
            ]
        )
    rows.append([_gate(c.gate, size, today) if c.gate else () for c, size in zip(phases, widths, strict=True)])
    places = [
        [Place(c, card, None, 2 + i, x, size) for i, card in enumerate(c.cards)]
        + ([Place(c, None, c.gate, 2 + tallest, x, size)] if c.gate else [])
        for c, x, size in zip(phases, starts, widths, strict=True)
    ]
    lines = [_beside(row, widths) for row in rows]
    if band.cards:
        _add_band(lines, places, band, standings, starts, widths, today)
    return BoardLayout(tuple(lines), tuple(tuple(column) for column in places))


def current_phase(columns: Sequence[Column]) -> str | None:
    """The phase the engagement stands in: the first open one with work left, else the last open one."""
    opened = [column for column in columns[:-1] if column.opened]
    unfinished = (column.phase for column in opened if column.done < column.total)
    return next(unfinished, opened[-1].phase if opened else None)


def column_widths(needs: Sequence[int], room: int) -> list[int]:
    """Widths that add up to `room`: each what its head needs, the rest to the narrowest; equal if too little."""
    widths = list(needs) if sum(needs) <= room else [0] * len(needs)
    for _cell in range(room - sum(widths)):
        widths[widths.index(min(widths))] += 1
    return widths


def cut_head(head: Line, letter: str, width: int) -> Line:
    """A column's head in `width` cells: the name is cut, the count stays whole; a passed phase needs none."""
    if line_width(head) <= width:
        return head
    (name, role), *count = head
    if len(count) > 1 and cells.width(name) + line_width(count[1:]) <= width:
        return [(name, role), *count[1:]]
    room = width - line_width(count)
    # A few letters of a name say less than the letter of the phase, which stands on every card.
    return [(cells.cut(name, room) if room >= LEAST_NAME else letter, role), *count]


def _beside(parts: Sequence[Line], widths: Sequence[int]) -> list[Span]:
    line: list[Span] = [(" " * MARGIN, "plain")]
    for i, (part, width) in enumerate(zip(parts, widths, strict=True)):
        if i:
            line.append((" " * GAP, "plain"))
        line.extend(part)
        line.append((" " * (width - line_width(part)), "plain"))
    return line


def _head(column: Column, current: bool) -> list[Span]:
    role = "bold accent" if current else "bold" if column.opened else "dim"
    head = [(_(PhaseId(column.phase).label), role), (f" {column.done}/{column.total}", "dim")]
    if column.gate and column.gate.passed:
        head.append((f" {SIGNS.done}", "green"))
    return head


def _progress(column: Column, width: int, current: bool) -> list[Span]:
    heavy = width * column.done // column.total if column.total else 0
    return [(SIGNS.rule_done * heavy, "accent" if current else "green"), (SIGNS.rule * (width - heavy), "faint")]


def _card(
    card: Card, column: Column, standings: Mapping[tuple[str, str], Standing], width: int, today: date
) -> list[Span]:
    standing = standings.get((card.phase, card.activity), Standing())
    sign, sign_role, text_role = card_sign(card, standing)
    suffix = _suffix(card, column, standing, width, today)
    name = [(f"{sign} ", sign_role), (f"{card.activity} {_(ActivityId(card.activity).label)}", text_role)]
    return ends(name, suffix, width)


def card_sign(card: Card, standing: Standing) -> tuple[str, str, str]:
    """The sign of a card with its role, and the role of its words."""
    if card.finished:
        return SIGNS.done, "green", "dim"
    if standing.late:
        return SIGNS.late, "red", "bold"
    if card.waiting and not card.doing:
        return SIGNS.waiting, "dim", "dim"
    if card.begun:
        return SIGNS.doing, "accent", "plain"
    return SIGNS.todo, "dim", "dim"


def _suffix(card: Card, column: Column, standing: Standing, width: int, today: date) -> Line:
    spacious = width >= SPACIOUS
    if card.finished:
        return [(short_day(standing.finish, today), "dim")] if spacious and standing.finish else ()
    if standing.late:
        # The sign says late already where the name needs the room.
        text = _("{days} d late") if width >= ROOMY else _("{days}d")
        return [(text.format(days=standing.late), "bold red")]
    if card.begun:
        done = f"{100 * card.done // card.total}%"
        if spacious and standing.finish:
            due = _("due {day}").format(day=short_day(standing.finish, today))
            done = f"{done} {SIGNS.bullet} {due}"
        return [(done, "dim")]
    soon = standing.next_start and 0 <= (standing.next_start - today).days <= SOON
    if standing.next_start and (spacious or (column.opened and soon)):
        return [(short_day(standing.next_start, today), "dim")]
    return ()


def _gate(gate: GateState, width: int, today: date) -> list[Span]:
    if gate.passed_on and gate.reason:
        return ends([(f"{SIGNS.milestone} ", "amber"), (_("Gate, without"), "dim")], (), width)
    if gate.passed:
        return ends(
            [(f"{SIGNS.milestone} ", "green"), (_("Gate"), "dim")], [(short_day(gate.passed_on, today), "dim")], width
        )
    count = f"{gate.ticked}/{len(gate.criteria)}"
    return ends([(f"{SIGNS.milestone_open} ", "violet"), (_("Gate"), "plain")], [(count, "dim")], width)


def _add_band(
    lines: list[list[Span]],
    places: list[list[Place]],
    band: Column,
    standings: Mapping[tuple[str, str], Standing],
    starts: Sequence[int],
    widths: Sequence[int],
    today: date,
) -> None:
    """The band under the phases: one rule with its name, its cards side by side in the columns above."""
    total = sum(widths) + GAP * (len(widths) - 1)
    title: list[Span] = [(f"{SIGNS.rule} ", "faint"), *_head(band, False), (" ", "plain")]
    lines.append([(" " * MARGIN, "plain"), *cut_line([*title, (SIGNS.rule * total, "faint")], total)])
    # The rule is cut with a sign for what is missing; nothing is missing from a rule.
    lines[-1][-1] = (lines[-1][-1][0].replace(SIGNS.ellipsis, SIGNS.rule), "faint")
    for first in range(0, len(band.cards), len(widths)):
        row = band.cards[first : first + len(widths)]
        y = len(lines)
        lines.append(
            _beside(
                [_card(c, band, standings, size, today) for c, size in zip(row, widths, strict=False)],
                widths[: len(row)],
            )
        )
        for column, (card, x, size) in enumerate(zip(row, starts, widths, strict=False)):
            places[column].append(Place(band, card, None, y, x, size))
