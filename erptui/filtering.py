"""The filter that one types: words, and conditions on fields.

    role:key silent>14 zhao -"wang lei" due<fri mail:

A word is looked for anywhere in a row, in Chinese also by pinyin (`zm` finds 赵敏). `field:value` with `:` (contains,
is one of), `=` `!=` `>` `>=` `<` `<=`; `field:` is empty, `field:*` filled; `-` before a part turns it round. A part
that is not understood hides nothing and is listed under `problems`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from erptui import pinyin
from erptui.entry import NotUnderstood, fold
from erptui.filter_fields import FieldKind, FilterField, Test, condition, field_named

__all__ = ["FieldKind", "Filter", "FilterField", "NotFiltered", "SearchText", "compile_filter", "search_text"]

_PART = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
_CONDITION = re.compile(r'(?P<name>"[^"]+"|[^\W\d"][^\s:<>=!"/]*)(?P<sign>>=|<=|!=|[:=<>])(?P<value>.*)', re.DOTALL)
_SIGNS = str.maketrans(
    {"：": ":", "＞": ">", "＜": "<", "＝": "=", "！": "!", "≥": ">=", "≤": "<=", "≠": "!=", "“": '"', "”": '"'}
)


class SearchText(NamedTuple):
    """What of a row is searched: its words folded, and how its Chinese sounds (empty until that is known)."""

    folded: str
    sounds: str = ""


def search_text(parts: Iterable[str]) -> SearchText:
    """What is searched of a row with these texts. Loads the pinyin when there is Chinese among them."""
    kept = [part for part in parts if part]
    heard = " ".join(" ".join(pinyin.sounds(part).split()) for part in kept if not part.isascii())
    return SearchText("\n".join(map(fold, kept)), heard.strip())


def search_texts(rows: Iterable[Iterable[str]], size: int = 500) -> Iterator[list[SearchText]]:
    """`search_text` of many rows, `size` at a time, so that a worker can be cancelled in between."""
    every = iter(rows)
    while piece := list(islice(every, size)):
        yield [search_text(parts) for parts in piece]


class NotFiltered(NamedTuple):
    """A part of the filter from `start` to `end` that was not understood, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class _Word:
    """A word looked for, or with `without` one that must not be there."""

    text: str
    without: bool

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        return pinyin.sound_pattern(self.text)

    def stands_in(self, searched: SearchText) -> bool:
        """Whether the word is in the text, or heard in it."""
        folded, sounds = searched
        if self.text in folded:
            return True
        return bool(sounds) and self.pattern is not None and self.pattern.search(sounds) is not None

    def among(self, places: Iterable[int], searched: Sequence[SearchText]) -> list[int]:
        """Those of the places whose text fits."""
        text = self.text
        if self.without:
            return [place for place in places if not self.stands_in(searched[place])]
        find = self.pattern.search if any(sounds for _folded, sounds in searched) and self.pattern else None
        if find is None:
            return [place for place in places if text in searched[place][0]]
        return [
            place
            for place in places
            if text in searched[place][0] or ((sounds := searched[place][1]) and find(sounds) is not None)
        ]


@dataclass(frozen=True)
class _Condition:
    """A test of the value under `key`, or with `without` one that must fail."""

    key: str | int
    test: Test
    without: bool

    def holds(self, record: Any) -> bool:
        """Whether the record fits."""
        return self.test(record[self.key]) is not self.without


@dataclass(frozen=True)
class Filter:
    """What was typed, ready for many rows. `problems` are the parts that were left out."""

    words: tuple[_Word, ...] = ()
    conditions: tuple[_Condition, ...] = ()
    problems: tuple[NotFiltered, ...] = ()

    def matches(self, record: Any, searched: SearchText) -> bool:
        """Whether a row, a mapping or tuple of its values, is shown."""
        return all(word.stands_in(searched) is not word.without for word in self.words) and all(
            condition.holds(record) for condition in self.conditions
        )

    def chosen(self, records: Sequence[Any], searched: Sequence[SearchText]) -> list[int]:
        """The places of the rows that are shown, in their order; quicker than `matches` for each."""
        places: Iterable[int] = range(len(records))
        for word in self.words:
            places = word.among(places, searched)
        for one in self.conditions:
            places = [place for place in places if one.holds(records[place])]
        return list(places)


def compile_filter(text: str, fields: Sequence[FilterField], today: date) -> Filter:
    """The filter that `text` says. Never raises: what is not understood is in its `problems`."""
    words: list[_Word] = []
    conditions: list[_Condition] = []
    problems: list[NotFiltered] = []
    for found in _PART.finditer(text.translate(_ONE_FOR_ONE)):
        part = found[0].translate(_SIGNS)
        without = len(part) > 1 and part[0] in "-－"
        part = part[1:] if without else part
        said = _CONDITION.fullmatch(part)
        try:
            if said and not said["value"].startswith("//"):
                field = field_named(said["name"], fields)
                test = condition(field, said["sign"], said["value"], today)
                conditions.append(_Condition(field.id if field.key is None else field.key, test, without))
            elif word := fold(part.replace('"', "")):
                # A sign alone is the beginning of something.
                if not (word == "-" and part == "-"):
                    words.append(_Word(word, without))
        except NotUnderstood as error:
            problems.append(NotFiltered(found.start(), found.end(), str(error)))
    return Filter(tuple(words), tuple(conditions), tuple(problems))


# Typographic quotes part words like plain ones; one sign for one, so that places stay.
_ONE_FOR_ONE = str.maketrans({"“": '"', "”": '"'})
