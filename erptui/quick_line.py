"""One line of plain words into fields: `key user leaves r45 @zm fri`.

What stands where:

- A word with a sign is a mark anywhere: `@zm`, `>2w`, `r45`, `/w`, `#C1.2`, `HX26:C1.2`. A `@` may follow Chinese
  without a blank, the others begin a word.
- Words without sign (`fri`, `14:00`, `2h`, `weekly`) are marks at the end of the line only, and where the spec
  `opens_with_time` at its beginning (not `weekly`, which begins titles), up to the first word of the text. So
  `takes 2h to load` is text.
- A number alone is a time only directly behind a day or, at the beginning, directly before a duration: `fri 14 2h`,
  `14 2h`. Where text follows (`fri 14 users`) it may be either, and is unclear.
- Each field is given once, or several times where its mark says `many`.
- `\\@zm` and `"14 2h"` are text; the backslash and the quotes go where they kept something from being a mark.

Whatever looks like a mark and can't be understood stays in the text and is listed as unclear. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from erptui.entry import NotUnderstood, parse_time
from erptui.entry.typed import quoted
from erptui.i18n import _
from erptui.line_marks import LineContext, LineSpec, Mark, MarkKind, ReadLine, Taken, Unclear
from erptui.line_meaning import describe
from erptui.line_readers import NUMBER, Read, bare, is_repeat, leading, signed
from erptui.line_words import Word, words_of

__all__ = ["LineContext", "LineSpec", "Mark", "MarkKind", "ReadLine", "Taken", "Unclear", "describe", "read_line"]

_COMMAS = ",，、;；"
_JOINS_LEFT = ",，、;；.。!！?？:：)）”」』"


def read_line(text: str, spec: LineSpec, context: LineContext) -> ReadLine:
    """What `text` says by `spec`: the marks as values by field, the rest as text, and what is unclear.

    Never raises: everything that is not understood is in `unclear`, with its place and why.
    """
    reading = _Reading(text, spec, context)
    first = reading.read_leading()
    reading.read_signed(first)
    if spec.opens_with_time:
        first = reading.read_head(first)
    reading.read_tail(first)
    return reading.result(text)


class _Reading:
    """A line while it is read: what was found for each word, by the word's place."""

    def __init__(self, line: str, spec: LineSpec, context: LineContext) -> None:
        self.words = words_of(line)
        self.spec, self.context = spec, context
        self.found: dict[int, list[tuple[int, Read]]] = {}
        """For each word where each part of it begins and what it says."""
        self.covered: set[int] = set()
        """Words that belong to the mark of the word before."""
        self.leading_words = 0

    def read_leading(self) -> int:
        """Take the leading words; the place of the first word behind them."""
        place = 0
        for position, mark in enumerate(self.spec.leading):
            if place == len(self.words) or self.words[place].kept:
                break
            read = leading(self.words, place, mark, self.spec, self.context)
            if read is None or (isinstance(read.value, NotUnderstood) and self._is_for_another(place, position)):
                continue
            self._take(place, read)
            place += 1
            while place in self.covered:
                place += 1
        self.leading_words = place
        return place

    def _is_for_another(self, place: int, position: int) -> bool:
        """Whether a later leading mark understands the word: `tel` is a channel and no person."""
        others = self.spec.leading[position + 1 :]
        reads = [leading(self.words, place, mark, self.spec, self.context) for mark in others]
        return any(read is not None and not isinstance(read.value, NotUnderstood) for read in reads)

    def read_signed(self, first: int) -> None:
        """Take all marks with a sign."""
        for place in range(first, len(self.words)):
            if place in self.covered or self.words[place].kept:
                continue
            read = signed(self.words, place, self.spec, self.context)
            if read is not None:
                self._take(place, read)

    def read_head(self, first: int) -> int:
        """Take the bare words before the text; the place of the first word of the text."""
        place = first
        while place < len(self.words):
            if place not in self.found and place not in self.covered:
                reads = self._bare(place) or self._number_in_head(place, first)
                if reads is None or any(is_repeat(read.value) for read in reads):
                    break
                for read in reads:
                    self._take(place, read)
            place += 1
        return place

    def read_tail(self, first: int) -> None:
        """Take the bare words behind the text."""
        place = len(self.words) - 1
        taken: list[tuple[int, Read]] = []
        while place >= first:
            if place not in self.found and place not in self.covered:
                reads = self._bare(place)
                if reads is None and place > first and self._is_day(self._bare(place - 1)):
                    reads = self._number(place)
                if reads is None:
                    break
                taken.extend((place, read) for read in reads)
            place -= 1
        for place, read in sorted(taken, key=lambda entry: entry[0]):
            self._take(place, read)

    def _bare(self, place: int) -> list[Read] | None:
        return bare(self.words[place], self.spec, self.context)

    def _number_in_head(self, place: int, first: int) -> list[Read] | None:
        """A number before the text as a time: beside a day or a duration, unclear where text follows it."""
        reads = self._number(place)
        if reads is None:
            return None
        following = self._bare(place + 1) if place + 1 < len(self.words) else None
        if following and following[0].mark.kind in (MarkKind.DURATION, MarkKind.WORKING_TIME):
            return reads
        if place == first or not self._is_day([read for _start, read in self.found.get(place - 1, ())]):
            return None
        if following or place + 1 == len(self.words) or place + 1 in self.found:
            return reads
        number = self.words[place].raw
        error = NotUnderstood(
            _("“{text}” may be a time or text. Type {text}:00 or \\{text}.").format(text=quoted(number))
        )
        return [Read(reads[0].mark, error, "", self.words[place].end)]

    def _number(self, place: int) -> list[Read] | None:
        """A number alone as a time, where the line takes one."""
        word, mark = self.words[place], self.spec.mark(MarkKind.TIME)
        if mark is None or word.kept or not NUMBER.fullmatch(word.raw):
            return None
        try:
            return [Read(mark, parse_time(word.raw), word.raw, word.end)]
        except NotUnderstood:
            return None

    @staticmethod
    def _is_day(reads: Sequence[Read] | None) -> bool:
        return bool(reads) and [read.mark.kind for read in reads or ()] == [MarkKind.DAY]

    def _take(self, place: int, read: Read) -> None:
        self.found.setdefault(place, []).append((self.words[place].start, read))
        self.covered.update(later for later in range(place + 1, len(self.words)) if self.words[later].start < read.end)

    def result(self, line: str) -> ReadLine:
        """The line as it was read."""
        values: dict[str, Any] = {}
        taken: list[Taken] = []
        unclear: list[Unclear] = []
        for _place, reads in sorted(self.found.items()):
            refused = [
                Unclear(start, read.end, read.mark, error)
                for start, read in reads
                if (error := self._why_unclear(read, values)) is not None
            ]
            if refused:
                # A word that says two things (`周五14:00`) is taken whole or stays whole.
                unclear += refused
                continue
            for start, read in reads:
                if read.mark.many:
                    given = values.get(read.mark.field, ())
                    values[read.mark.field] = given if read.value in given else (*given, read.value)
                else:
                    values[read.mark.field] = read.value
                taken.append(Taken(start, read.end, read.mark, read.value, read.shown))
        text = remaining(line, taken, self._drops())
        return ReadLine(line, text, values, tuple(unclear), tuple(taken))

    @staticmethod
    def _why_unclear(read: Read, values: dict[str, Any]) -> NotUnderstood | None:
        if isinstance(read.value, NotUnderstood):
            return read.value
        mark = read.mark
        if mark.many or mark.field not in values:
            return None
        return NotUnderstood(
            _("{label} is given twice. Take one away, or put \\ before what is text.").format(label=_(mark.label))
        )

    def _drops(self) -> set[int]:
        """The places of backslashes and quotes that kept something from being a mark."""
        drops: set[int] = set()
        for place, word in enumerate(self.words):
            if word.drops and (self._would_be_read(word) or (place == self.leading_words and self.spec.leading)):
                drops |= set(word.drops)
        return drops

    def _would_be_read(self, word: Word) -> bool:
        inside = words_of(word.inside)
        return any(
            signed(inside, place, self.spec, self.context) is not None
            or bare(inner, self.spec, self.context) is not None
            or (NUMBER.fullmatch(inner.raw) is not None and self.spec.mark(MarkKind.TIME) is not None)
            for place, inner in enumerate(inside)
            if not inner.kept
        )


def remaining(line: str, taken: Sequence[Taken], drops: set[int]) -> str:
    """The line without what was taken, in its order and with its blanks; a comma behind a mark goes with it."""
    text, place = "", 0
    for start, end in sorted({(part.start, part.end) for part in taken}):
        text = _joined(text, _kept(line, place, start, drops))
        place = end
        while place < len(line) and line[place] in _COMMAS:
            place += 1
        if place < len(line) and line[place].isspace() and (not text or text[-1].isspace()):
            while place < len(line) and line[place].isspace():
                place += 1
    return _joined(text, _kept(line, place, len(line), drops)).strip()


def _kept(line: str, start: int, end: int, drops: set[int]) -> str:
    return "".join(sign for place, sign in enumerate(line[start:end], start) if place not in drops)


def _joined(left: str, right: str) -> str:
    """Two parts between which something went: a sign that ends a sentence stands at the word before."""
    return left.rstrip() + right if right[:1] and right[0] in _JOINS_LEFT else left + right
