"""Lines of the notebook: the first sign says what a line is."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from db.labels import N_
from erptui.line_marks import LineContext, LineSpec, Mark, MarkKind, Unclear
from erptui.quick_line import read_line

NOTE = "note"
SIGNS = {
    "heard": '"＂“”',
    "seen": "*＊",
    "agreed": "=＝",
    "need": "+＋",
    "promise": "!！",
    "question": "?？",
    "risk": "#＃",
    "action": "-－",
}
"""The signs of each kind of line, plain, full-width and Chinese."""

_KINDS = {sign: kind for kind, signs in SIGNS.items() for sign in signs}
_WHO = Mark("who", MarkKind.PERSON, N_("Who"), many=True)
_NEXT = Mark("day", MarkKind.NEXT, N_("Day"))
_NAMED = LineSpec((_WHO, _NEXT))
_DATED = LineSpec((_WHO, _NEXT, Mark("day", MarkKind.DAY, N_("Day"))))


class Note(NamedTuple):
    """A line of the notebook: its kind (an id of `SIGNS`, or `note`), text, the ids of people named, the day.

    `unclear` are the marks in the line that were not understood; their places count in the text behind the sign.
    """

    mark: str
    text: str
    who: tuple[str, ...] = ()
    day: date | None = None
    unclear: tuple[Unclear, ...] = ()


def read_note(text: str, context: LineContext | None = None) -> Note:
    """What a line of the notebook is, whom and which day it names: `! send the BOM list @zm fri`.

    A day without `>` counts at the end of promises and actions only. Without `context` people and days stay in the
    text.
    """
    line = text.strip()
    mark = _KINDS.get(line[:1], NOTE)
    rest = line[1:].strip() if mark != NOTE else line
    if mark == "heard":
        rest = _unquoted(rest)
    if context is None:
        return Note(mark, rest)
    read = read_line(rest, _DATED if mark in ("promise", "action") else _NAMED, context)
    said = _unquoted(read.text) if mark == "heard" else read.text
    return Note(mark, said, read.values.get("who", ()), read.values.get("day"), read.unclear)


def _unquoted(rest: str) -> str:
    """What was heard without the quotes that closed it; a quote within stays."""
    signs = SIGNS["heard"]
    if rest[-1:] and rest[-1] in signs and not any(sign in signs for sign in rest[:-1]):
        return rest[:-1].rstrip()
    return rest
