"""The lower part of Today in lines of cells: what a matter is made of, why it stands there, what settles it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from erptui.attention.lines import AgendaLine, Fold, Matter
from erptui.attention.page import QUIET
from erptui.days import short_day, weekday_and_day
from erptui.i18n import _, labelled, ngettext
from screens.board_detail import rule, wrapped
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line

LOW = 12
"""Lines of a lower part that has no room to spare."""
SIGNS_OF = {"block": (SIGNS.late, "red"), "red": (SIGNS.late, "red"), "amber": (SIGNS.soon, "amber")}


def matter_detail(
    matter: Matter, names: Sequence[str], settles: str, width: int, height: int, today: date
) -> list[Line]:
    """A matter in at most `height` lines: in full, why, since when, the hint, what `m` does, then its rows by name."""
    sign, colour = SIGNS_OF.get(matter.severity, (SIGNS.bullet, "dim"))
    one, two = (None, None) if height > LOW else (1, 2)
    head: list[Line] = [rule(width), *wrapped(matter.text, width, "bold", (f"{sign} ", colour), lines=two)]
    why = wrapped(matter.why, width, "plain", (labelled(_("Why"), ""), "dim"), lines=two)
    if matter.until:
        said = _("{day}, {reason}").format(day=weekday_and_day(matter.until, today), reason=matter.reason)
        why += wrapped(said, width, "plain", (labelled(_("Quiet until"), ""), "dim"), lines=one)
    parts = [part for part in (matter.rule, _since(matter, today), matter.hint) if part]
    hint = wrapped(f" {SIGNS.bullet} ".join(parts), width, "dim", lines=two)
    key = wrapped(settles, width, "plain", ("m ", "bold accent"), lines=one) if settles else []
    lines = [*head, *why, *key, *hint]
    if len(lines) > height:
        # The hint gives way, then the second line of what is so.
        lines = [*head[: max(2, height - len(why) - len(key))], *why, *key][:height]
    listed: list[Line] = [[(f"   {SIGNS.todo} ", "dim"), (name, "plain")] for name in names]
    room = height - len(lines)
    if len(names) > 1 and room > 1:
        lines += listed if len(listed) <= room else [*listed[: room - 1], [(f"   {SIGNS.ellipsis}", "dim")]]
    return lines


def _since(matter: Matter, today: date) -> str:
    return _("since {day}").format(day=weekday_and_day(matter.when, today)) if matter.when and matter.days else ""


def fold_detail(fold: Fold, hint: str, width: int, height: int, today: date) -> list[Line]:
    """What is folded: the rule, and the first of its matters."""
    sign, colour = SIGNS_OF.get(fold.severity, (SIGNS.bullet, "dim"))
    count = ngettext("{count} matter", "{count} matters", len(fold.matters)).format(count=len(fold.matters))
    head: list[Line] = [rule(width), *wrapped(fold.text, width, "bold", (f"{sign} ", colour), lines=2)]
    parts = (hint,) if fold.rule == QUIET else (fold.rule, count, hint)
    lines = [*head, *wrapped(f" {SIGNS.bullet} ".join(parts), width, "dim", lines=2)]
    inside: list[Line] = [
        [
            (f"   {short_day(matter.until, today)}", "dim"),
            (f" {matter.code} " if matter.until else f"{matter.code} ", "dim"),
            (f"{matter.activity}  ", "accent"),
            (matter.text, "plain"),
        ]
        for matter in fold.matters
    ]
    room = height - len(lines)
    return [*lines, *inside[: max(0, room)]][:height]


def ahead_detail(line: AgendaLine, settles: str, width: int, height: int, today: date) -> list[Line]:
    """Something that lies ahead, in full, and what `m` does."""
    about = f" {SIGNS.bullet} ".join(filter(None, (weekday_and_day(line.day, today), line.code, line.who)))
    one = None if height > LOW else 1
    key = wrapped(settles, width, "plain", ("m ", "bold accent"), lines=one) if settles else []
    text = wrapped(line.text, width, "bold", lines=max(1, height - 3))
    return [rule(width), *text, *wrapped(about, width, "dim", lines=one), *key][:height]
