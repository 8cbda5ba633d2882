"""The words of a quick line with their places, and which of them were put in quotes or behind a backslash."""

from __future__ import annotations

import re
from dataclasses import dataclass

from erptui.pinyin import has_han

_CLOSES = {'"': '"', "“": "”", "「": "」", "『": "』"}
AT = "@＠"


@dataclass(frozen=True)
class Word:
    """A word of a line from `start` to `end`. One that is `kept` is text, whatever it looks like.

    `drops` are the places of the signs that only kept it: a backslash, plain quotes.
    """

    start: int
    end: int
    raw: str
    kept: bool = False
    drops: tuple[int, ...] = ()

    @property
    def inside(self) -> str:
        """The word without the signs that kept it."""
        return "".join(sign for place, sign in enumerate(self.raw, self.start) if place not in self.drops)


def words_of(line: str) -> list[Word]:
    """The words of `line` in order.

    Blanks part them, and a `@` or a quote behind a Chinese character begins a new one. A quoted part is one word.
    """
    words: list[Word] = []
    place = 0
    while place < len(line):
        if line[place].isspace():
            place += 1
            continue
        word = _quoted(line, place) or _plain(line, place)
        words.append(word)
        place = word.end
    return words


def _quoted(line: str, start: int) -> Word | None:
    """The quoted part that begins at `start`; None without an end that blank, sign or line end follows."""
    closes = _CLOSES.get(line[start])
    end = line.find(closes, start + 1) if closes else -1
    while end >= 0 and end + 1 < len(line) and re.match(r"[^\W_]", line[end + 1]) and line[start] == '"':
        end = line.find('"', end + 1)
    if end < 0:
        return None
    # Typographic quotes are part of the text.
    drops = (start, end) if line[start] == '"' else ()
    return Word(start, end + 1, line[start : end + 1], kept=True, drops=drops)


def _plain(line: str, start: int) -> Word:
    if line[start] in AT and line[start + 1 : start + 2] == '"':
        named = _quoted(line, start + 1)
        if named is not None:
            return Word(start, named.end, line[start : named.end])
    end = start + 1
    while end < len(line) and not line[end].isspace():
        behind = line[end - 1]
        if line[end] in AT + "\\" and (has_han(behind) or behind in "，。、；：！？）,;") and _begins_at(line, end):
            break
        if line[end] in _CLOSES and (line[end] != '"' or has_han(behind)) and _quoted(line, end):
            break
        end += 1
    raw = line[start:end]
    if raw[0] == "\\" and len(raw) > 1:
        return Word(start, end, raw, kept=True, drops=(start,))
    return Word(start, end, raw)


def _begins_at(line: str, place: int) -> bool:
    """Whether a name begins at `place`: a `@`, or a backslash before one."""
    return line[place] in AT or line[place + 1 : place + 2] in tuple(AT)
