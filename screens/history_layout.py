"""The history in lines of cells: one change in a line, and in full below. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from erptui import cells
from erptui.history import Event, made_word, short_moment
from erptui.i18n import _, labelled
from erptui.row_names import table_word
from screens.board_detail import rule, wrapped
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, line_width

LONG = 160
"""Characters from which on only the part of a text is shown that was changed."""
AROUND = 30
"""Characters shown on either side of it."""


def what_of(event: Event) -> str:
    """What changed, from what to what."""
    if event.moved:
        return _("moved")
    if event.field:
        return labelled(event.field, f"{event.old or SIGNS.dash} {SIGNS.right} {event.new or SIGNS.dash}")
    return made_word(event.back) if event.new else _("deleted")


def texts_of(event: Event) -> dict[str, str]:
    """What stands in the columns."""
    return {
        "sign": "" if event.stands else SIGNS.times,
        "when": short_moment(event.step),
        "who": event.step.who,
        "step": event.what,
        "row": event.row,
        "what": what_of(event),
    }


def columns_for(events: Sequence[Event]) -> list[cells.Column]:
    """The columns as wide as what stands in them; those that say nothing are left out."""
    texts = [texts_of(event) for event in events]

    def widest(column: str, most: int) -> int:
        # What is cut in any case takes no room from the others: it stands in full below.
        widths = [cells.width(text[column][: most + 1]) for text in texts]
        return max((width for width in widths if width <= most), default=most)

    def asks(column: str, least: int, most: int, rank: int, *, grows: bool = False) -> cells.Column:
        ideal = max(1, widest(column, most))
        return cells.Column(column, min(least, ideal), ideal, rank, grows=grows)

    found = [
        cells.Column("when", *[widest("when", 16)] * 2, rank=1),
        asks("who", 5, 14, 2),
        asks("step", 16, 40, 4),
        asks("row", 6, 20, 3),
        asks("what", 22, 40, 1, grows=True),
    ]
    if len({(event.table, event.row) for event in events}) < 2:
        found = [column for column in found if column.id != "row"]
    if not all(event.stands for event in events):
        found.insert(0, cells.Column("sign", 1, 1, rank=1))
    return found


def event_line(event: Event, columns: Sequence[cells.Column], width: int) -> Line:
    """One change in a line; what was taken back since is marked and pale."""
    texts = texts_of(event)
    line: list[Span] = []
    for place in cells.fit_columns(columns, width):
        column = place.column.id
        if place.x:
            line.append((" ", "plain"))
        role = "plain" if column in ("who", "what") else "dim"
        line.append((cells.place(texts[column], place.width), role if event.stands else "faint"))
    return line


def event_detail(event: Event, width: int) -> list[Line]:
    """One change in full: what the list may have had to cut, and whether it was taken back."""
    head = f" {SIGNS.bullet} ".join((event.what, event.step.who, short_moment(event.step)))
    lines: list[Line] = [rule(width), *wrapped(head, width, "bold", lines=3)]
    if not event.stands:
        lines += wrapped(_reversed(event), width, "dim")
    whole = labelled(f"{table_word(event.table)} {event.row}", what_of(event))
    short: Line = [(" ", "plain"), (whole, "plain")]
    if line_width(short) < width and "\n" not in whole:
        return [*lines, short]
    lines += wrapped(labelled(f"{table_word(event.table)} {event.row}", event.field or what_of(event)), width, "dim")
    if event.field:
        old, new = changed_part(event.old, event.new)
        lines += _in_full(old, width, (f"{SIGNS.minus} ", "dim"), "dim")
        lines += _in_full(new, width, ("+ ", "dim"), "plain")
    return lines


def _reversed(event: Event) -> str:
    """By which step the one of this change was taken back, or done again."""
    place = event.way.chain.index(event.step)
    after = event.way.chain[place + 1]
    said = _("taken back by {who}, {moment}") if place % 2 == 0 else _("done again by {who}, {moment}")
    return said.format(who=after.who, moment=short_moment(after))


def _in_full(text: str, width: int, sign: Span, role: str) -> list[Line]:
    """A text with its own lines, behind its sign."""
    lines: list[Line] = []
    for part in (text or SIGNS.dash).split("\n"):
        if part.strip():
            lines += wrapped(part, width, role, sign if not lines else (" " * cells.width(sign[0]), "plain"))
    return lines


def changed_part(old: str, new: str) -> tuple[str, str]:
    """Two long texts without what they have in common at the beginning and at the end."""
    if max(len(old), len(new)) <= LONG or not old or not new:
        return old, new
    shorter = min(len(old), len(new))
    same = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    end = next((place for place in range(shorter - same) if old[-1 - place] != new[-1 - place]), shorter - same)
    start, rest = max(0, same - AROUND), max(0, end - AROUND)
    before, after = SIGNS.ellipsis if start else "", SIGNS.ellipsis if rest else ""
    return tuple(f"{before}{text[start : len(text) - rest]}{after}" for text in (old, new))  # type: ignore[return-value]
