"""The page of Today as lines of words, for the screen and for the command line: what needs somebody, what lies ahead.

Each line is a sequence of texts with the name of a style; the command line takes the texts alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from erptui import cells
from erptui.attention.lines import AgendaLine, Fold, Matter
from erptui.days import WEEKDAYS, short_day, weekday_and_day
from erptui.i18n import _, ngettext
from erptui.signs import UNICODE as SIGNS

Spans = list[tuple[str, str]]
_SEVERITIES = {
    "block": (SIGNS.late, "red"),
    "red": (SIGNS.late, "red"),
    "amber": (SIGNS.soon, "amber"),
    "note": (SIGNS.bullet, "dim"),
}
"""The sign of a severity and its style."""
_NARROW = 60
QUIET = "put-off"
"""In the place of a rule, for what was put off."""
_KINDS = {"milestone": SIGNS.milestone, "touch": " ", "promise": "!", "decision": "?", "engagement": " "}


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
    quiet: Sequence[Matter] = ()
    """What was put off; counted nowhere."""

    @property
    def everything(self) -> list[Matter]:
        """All matters, those in folds too."""
        return [*self.matters, *(matter for fold in self.folds for matter in fold.matters)]

    @property
    def total(self) -> int:
        """How many matters there are."""
        return len(self.everything)

    def count(self, *severities: str) -> int:
        """How many of them are of these severities."""
        return sum(matter.severity in severities for matter in self.everything)


def page(
    today: Today,
    width: int,
    day: date,
    opened: Collection[str] = (),
    *,
    wrap: bool = False,
    scope: str = "",
    nothing: str = "",
) -> list[PageLine]:
    """The lines of the page, `width` cells wide. `opened` are the rules whose fold is open.

    With `wrap` long texts go on in the next line, else they are cut. `scope` stands behind the number of matters,
    `nothing` where there are none.
    """
    codes = [*(matter.code for matter in today.everything), *(line.code for line in today.agenda)]
    room = max(map(cells.width, codes), default=0)
    lines = [PageLine("heading", _heading(_("NEEDS YOU NOW"), today.total, scope, width))]
    for matter in today.matters:
        lines += _matter(matter, room, width, wrap)
    for fold in today.folds:
        if len(fold.matters) == 1:
            # A fold would take the same line to say less.
            lines += _matter(fold.matters[0], room, width, wrap)
            continue
        lines.append(PageLine("fold", _fold(fold, fold.rule in opened, width), fold))
        if fold.rule in opened:
            for matter in fold.matters:
                lines += _matter(matter, room, width, wrap)
    if not today.total:
        said = nothing or _("Nothing needs you now.")
        lines += [PageLine("hint", [(f" {line}", "dim")]) for line in cells.wrap(said, max(8, width - 2))]
    if today.quiet:
        lines += _quiet(today.quiet, QUIET in opened, room, width, day, wrap)
    return lines + _agenda(today.agenda, room, width, day, wrap)


def _quiet(matters: Sequence[Matter], opened: bool, room: int, width: int, day: date, wrap: bool) -> list[PageLine]:
    """What was put off, folded: until when each, and why."""
    said = ngettext("{count} put off", "{count} put off", len(matters)).format(count=len(matters))
    fold = Fold(QUIET, said, "note", tuple(matters))
    lines = [PageLine("fold", [(f" {SIGNS.fold if opened else SIGNS.folded} ", "dim"), (said, "dim")], fold)]
    for matter in matters if opened else ():
        told = _("{day}: {reason} · {text}").format(
            day=short_day(matter.until, day), reason=matter.reason, text=matter.text
        )
        lines += [line._replace(about=matter) for line in _matter(replace(matter, text=told), room, width, wrap)]
    return lines


def _heading(title: str, total: int, scope: str, width: int) -> Spans:
    count = f" {SIGNS.bullet} ".join(filter(None, (str(total) if total else "", scope)))
    return [(cells.pad(f" {title}", max(0, width - cells.width(count) - 1)), "bold accent"), (f"{count} ", "dim")]


def _matter(matter: Matter, room: int, width: int, wrap: bool) -> list[PageLine]:
    sign, colour = _SEVERITIES[matter.severity]
    head: Spans = [
        (f" {sign} ", colour),
        (f"{cells.pad(matter.code, room)} ", "dim"),
        (cells.pad(matter.activity, 3), "accent"),
        (" ", "plain"),
    ]
    style = "bold" if matter.severity == "block" else "plain"
    return _told("matter", head, matter.text, style, matter, width, wrap)


def _told(
    kind: str, head: Spans, text: str, style: str, about: Matter | AgendaLine, width: int, wrap: bool
) -> list[PageLine]:
    """A text behind its head: in full over several lines, or cut."""
    indent = sum(cells.width(part) for part, _style in head)
    space = max(8, width - indent - 1)
    first, *rest = cells.wrap(text, space) if wrap else [cells.cut(text, space)]
    return [
        PageLine(kind, [*head, (first, style)], about),
        *(PageLine("more", [(" " * indent + more, style)], about) for more in rest),
    ]


def _fold(fold: Fold, opened: bool, width: int) -> Spans:
    count = len(fold.matters)
    said = ngettext("{count} more: {rule}", "{count} more: {rule}", count).format(count=count, rule=fold.text)
    return [
        (f" {SIGNS.fold if opened else SIGNS.folded} ", _SEVERITIES[fold.severity][1]),
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
    if line.day == day:
        when = ""
    elif width < _NARROW:
        # In a week the day of the week tells it, and each line can be read alone.
        near = (line.day - day).days < 7
        when = cells.pad(_(WEEKDAYS[line.day.weekday()]) if near else short_day(line.day, day), 6)
    else:
        when = cells.pad(weekday_and_day(line.day, day) if first else "", 11)
    head: Spans = [
        (f"   {when}", "dim"),
        (f"{cells.pad(line.code, room)} ", "dim"),
        (f"{_KINDS[line.kind]} ", "accent"),
    ]
    who = f"  {line.who}" if line.who else ""
    return _told("agenda", head, f"{line.text}{who}", "plain", line, width, wrap)
