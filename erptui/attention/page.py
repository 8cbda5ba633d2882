"""The page of Today as lines of words, for the screen and for the command line: what needs somebody, what lies ahead.

Each line is a sequence of texts with the name of a style; the command line takes the texts alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from erptui import cells
from erptui.attention.agenda import AgendaLine
from erptui.attention.matters import Fold, Matter
from erptui.days import weekday_and_day
from erptui.i18n import _, ngettext
from erptui.signs import UNICODE as SIGNS

Spans = list[tuple[str, str]]
_SEVERITIES = {"block": SIGNS.late, "red": SIGNS.late, "amber": SIGNS.soon, "note": SIGNS.bullet}
STYLES = {"block": "red", "red": "red", "amber": "amber", "note": "dim"}
_NARROW = 60
_KINDS = {"milestone": SIGNS.milestone, "touch": " ", "promise": "!", "decision": "?"}


class PageLine(NamedTuple):
    """A line: what it is (`heading`, `matter`, `fold`, `agenda`, `blank`, `hint`), its words, what it stands for."""

    kind: str
    spans: Spans
    about: Matter | Fold | AgendaLine | None = None


@dataclass(frozen=True)
class Today:
    """What the page shows: the first matters, the rest by rule, and what lies ahead."""

    matters: Sequence[Matter]
    folds: Sequence[Fold]
    agenda: Sequence[AgendaLine]

    @property
    def total(self) -> int:
        """How many matters there are."""
        return len(self.matters) + sum(len(fold.matters) for fold in self.folds)

    def count(self, *severities: str) -> int:
        """How many of them are of these severities."""
        everything = [*self.matters, *(matter for fold in self.folds for matter in fold.matters)]
        return sum(matter.severity in severities for matter in everything)


def page(today: Today, width: int, day: date, opened: Collection[str] = (), *, wrap: bool = False) -> list[PageLine]:
    """The lines of the page, `width` cells wide. `opened` are the rules whose fold is open.

    With `wrap` long texts go on in the next line, else they are cut.
    """
    room = max((cells.width(matter.code) for matter in _all(today)), default=0)
    room = max(room, *(cells.width(line.code) for line in today.agenda), 0) if today.agenda else room
    lines = [PageLine("heading", _heading(_("NEEDS YOU NOW"), today.total, width))]
    for matter in today.matters:
        lines += _matter(matter, room, width, wrap)
    for fold in today.folds:
        lines.append(PageLine("fold", _fold(fold, fold.rule in opened, width), fold))
        if fold.rule in opened:
            for matter in fold.matters:
                lines += _matter(matter, room, width, wrap)
    if not today.total:
        lines.append(PageLine("hint", [(" " + _("Nothing needs you now."), "dim")]))
    return lines + _agenda(today.agenda, room, width, day, wrap)


def _all(today: Today) -> list[Matter]:
    return [*today.matters, *(matter for fold in today.folds for matter in fold.matters)]


def _heading(title: str, total: int, width: int) -> Spans:
    count = str(total) if total else ""
    return [(cells.pad(f" {title}", max(0, width - cells.width(count) - 1)), "bold accent"), (f"{count} ", "dim")]


def _matter(matter: Matter, room: int, width: int, wrap: bool) -> list[PageLine]:
    sign: Spans = [(f" {_SEVERITIES[matter.severity]} ", STYLES[matter.severity])]
    activity = cells.pad(matter.activity, 3)
    head: Spans = [*sign, (f"{cells.pad(matter.code, room)} ", "dim"), (activity, "accent"), (" ", "plain")]
    indent = sum(cells.width(text) for text, _style in head)
    space = max(8, width - indent - 1)
    first, *rest = cells.wrap(matter.text, space) if wrap else [cells.cut(matter.text, space)]
    style = "plain" if matter.severity == "note" else "bold" if matter.severity == "block" else "plain"
    return [
        PageLine("matter", [*head, (first, style)], matter),
        *(PageLine("more", [(" " * indent + text, style)], matter) for text in rest),
    ]


def _fold(fold: Fold, opened: bool, width: int) -> Spans:
    count = len(fold.matters)
    said = ngettext("{count} more: {rule}", "{count} more: {rule}", count).format(count=count, rule=fold.text)
    return [
        (f" {SIGNS.fold if opened else SIGNS.folded} ", STYLES[fold.severity]),
        (cells.cut(said, max(8, width - 4)), "dim"),
    ]


def _agenda(lines: Sequence[AgendaLine], room: int, width: int, day: date, wrap: bool) -> list[PageLine]:
    found: list[PageLine] = []
    for title, of_these in (
        (_("TODAY"), [line for line in lines if line.day == day]),
        (_("THIS WEEK") if day.weekday() < 5 else _("NEXT WEEK"), [line for line in lines if line.day > day]),
    ):
        if not of_these:
            continue
        found += [PageLine("blank", []), PageLine("heading", [(f" {title}", "bold accent")])]
        before: date | None = None
        for line in of_these:
            found += _line(line, room, width, day, line.day != before, wrap)
            before = line.day
    return found


def _line(line: AgendaLine, room: int, width: int, day: date, first: bool, wrap: bool) -> list[PageLine]:
    when = "" if line.day == day else weekday_and_day(line.day, day)
    shown = when if first or width < _NARROW else ""
    head: Spans = [
        (f"   {cells.pad(shown, 0 if line.day == day else 11)}", "dim"),
        (f"{cells.pad(line.code, room)} ", "dim"),
        (f"{_KINDS[line.kind]} ", "accent"),
    ]
    indent = sum(cells.width(text) for text, _style in head)
    space = max(8, width - indent - 1)
    who = f"  {line.who}" if line.who else ""
    text = f"{line.text}{who}"
    lines = cells.wrap(text, space) if wrap else [cells.cut(text, space)]
    return [
        PageLine("agenda", [*head, (lines[0], "plain")], line),
        *(PageLine("more", [(" " * indent + more, "plain")], line) for more in lines[1:]),
    ]
