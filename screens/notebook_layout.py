"""Lines of the notebook in cells: in the list, in full below it, and with what each becomes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from db.choices import NoteMark
from erptui import cells
from erptui.days import short_day
from erptui.i18n import _
from erptui.note_line import SIGNS as MARKS
from erptui.note_line import Note
from erptui.note_rows import Turn
from erptui.notebook import NoteLine
from erptui.registers.notes import BECAME
from screens.board_detail import rule, wrapped
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, cut_line, ends

_ROLES = {"risk": "amber", "question": "amber", "promise": "bold accent", "action": "bold accent"}


class Shown(NamedTuple):
    """A line with what it says: the names of who it names, and how the row is called that it became.

    `row` is empty for an open line, None when the row is gone.
    """

    line: NoteLine
    note: Note
    who: tuple[str, ...] = ()
    row: str | None = ""


def note_spans(shown: Shown, width: int, today: date) -> Line:
    """A line in the list: sign, when, text; at the right whom and which day it names, or what it became."""
    line, note = shown.line, shown.note
    if not line.open:
        left = [*_head(line, note, today, "dim"), (note.text, "dim")]
        right: Line = [(f"{SIGNS.right} {became(line, shown.row)}", "dim")]
    else:
        left = [*_head(line, note, today, _ROLES.get(note.mark, "accent")), *_text_spans(line, note)]
        right = [(word, "dim") for word in [" ".join(_named(shown, today))] if word]
    return ends(left, cut_line(right, max(8, width // 3)), width, 2)


def _head(line: NoteLine, note: Note, today: date, role: str) -> list[Span]:
    sign = MARKS.get(note.mark, " ")[0]
    moment = line.moment
    when = f"{moment:%H:%M}" if moment.date() == today else short_day(moment.date(), today)
    return [(sign, role), (" ", "plain"), (cells.pad(when, 5), "dim"), ("  ", "plain")]


def _text_spans(line: NoteLine, note: Note) -> list[Span]:
    """The text, with what was not understood in amber."""
    spans: list[Span] = []
    rest = note.text
    typed = line.text[1:].strip() if note.mark in MARKS else line.text
    for part in note.unclear:
        before, found, after = rest.partition(typed[part.start : part.end])
        if found and before != rest:
            spans += [(before, "plain"), (found, "amber")]
            rest = after
    return [*spans, (rest, "plain")]


def _named(shown: Shown, today: date) -> list[str]:
    day = short_day(shown.note.day, today)
    return [*(f"@{name}" for name in shown.who), *([f">{day}"] if day else [])]


def became(line: NoteLine, row: str | None) -> str:
    """What a line became: the code of a package, else the kind of row."""
    word = _(BECAME.get(line.became_table or "", line.became_table or ""))
    if row is None:
        return _("{what}, gone since").format(what=word)
    return row.split(" ", 1)[0] if line.became_table == "work_package" and row else word


def note_detail(shown: Shown, width: int, today: date) -> list[Line]:
    """A line in full, as it was typed, and how it is understood."""
    line, note = shown.line, shown.note
    moment = line.moment
    lines: list[Line] = [rule(width), *wrapped(line.text, width, "bold", lines=6)]
    words = [_(NoteMark(note.mark).label), f"{short_day(moment.date(), today)} {moment:%H:%M}", *_named(shown, today)]
    lines += wrapped(f" {SIGNS.bullet} ".join(words), width, "dim")
    if not line.open:
        row = " ".join(filter(None, (_(BECAME.get(line.became_table or "", "")), shown.row or "")))
        text = became(line, None) if shown.row is None else row
        lines += wrapped(text, width, "plain", (f"{SIGNS.right} ", "accent"), lines=3)
        return lines
    for part in note.unclear:
        lines += wrapped(part.reason, width, "plain", (f"{SIGNS.soon} ", "amber"))
    return lines


def turn_spans(turn: Turn, note: Note, names: Mapping[str, str], width: int, today: date) -> Line:
    """A line with what it becomes, or why it stays."""
    role = _ROLES.get(note.mark, "accent") if turn.table else "dim"
    left = [(MARKS.get(note.mark, " ")[0], role), ("  ", "plain"), (note.text, "plain" if turn.table else "dim")]
    if turn.table:
        left_out = f"{SIGNS.times} " if turn.why else ""
        right: Line = [(left_out, "bold amber"), (f"{SIGNS.right} {turn_words(turn, names, today)}", "bold accent")]
    else:
        right = [(turn.why, "dim")]
    return ends(left, cut_line(right, width * 3 // 5), width, 2)


def turn_words(turn: Turn, names: Mapping[str, str], today: date) -> str:
    """What a line becomes, with who and when."""
    word = _(BECAME[turn.table])
    if turn.table == "promise":
        word = _("Our promise") if turn.ours else _("Their promise")
    return f" {SIGNS.bullet} ".join(filter(None, (word, names.get(turn.who or "", ""), short_day(turn.day, today))))


def turn_detail(turn: Turn, names: Mapping[str, str], width: int, today: date) -> list[Line]:
    """A line in full and what becomes of it."""
    lines: list[Line] = [rule(width), *wrapped(turn.line.text, width, "bold", lines=4)]
    if not turn.table:
        return [*lines, *wrapped(turn.why, width, "plain", (f"{SIGNS.bullet} ", "dim"))]
    lines += wrapped(turn_words(turn, names, today), width, "accent", (f"{SIGNS.right} ", "accent"))
    if turn.why:
        lines += wrapped(turn.why, width, "amber", (f"{SIGNS.times} ", "bold amber"), lines=2)
    return [*lines, *wrapped(turn.text, width, "plain", ("  ", "plain"), lines=4)]
