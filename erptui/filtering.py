"""The filter that one types: words, and conditions on fields.

    role:key silent>14 zhao -"wang lei" due<fri mail:

A word is looked for anywhere in a row, in Chinese also by pinyin (`zm` finds 赵敏). `field:value` with `:` (contains,
is one of), `=` `!=` `>` `>=` `<` `<=`; `field:` is empty, `field:*` filled; `-` before a part turns it round. A part
that is not understood hides nothing and is listed under `problems`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from erptui import pinyin
from erptui.entry import NotUnderstood, fold
from erptui.filter_fields import FieldKind, FilterField, Test, condition, field_named

__all__ = [
    "FieldKind",
    "Filter",
    "FilterField",
    "NotFiltered",
    "SearchText",
    "SearchTexts",
    "compile_filter",
    "search_text",
]

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


class SearchTexts:
    """What is searched of all rows of a register, in their order, ready to be searched at every key.

    Added in pieces of some hundred rows, so that a worker can be cancelled in between.
    """

    def __init__(self, texts: Iterable[SearchText] = ()) -> None:
        self.folded: list[str] = []
        self._sounds: list[str] = []
        self._runs: _Runs | None = None
        self.add(texts)

    def __len__(self) -> int:
        return len(self.folded)

    def __getitem__(self, place: int) -> SearchText:
        return SearchText(self.folded[place], self._sounds[place])

    def __setitem__(self, place: int, text: SearchText) -> None:
        self.folded[place], self._sounds[place] = text
        self._runs = None

    def add(self, texts: Iterable[SearchText]) -> None:
        """Search these rows too, behind those before."""
        for folded, sounds in texts:
            self.folded.append(folded)
            self._sounds.append(sounds)
        self._runs = None

    def heard(self, typed: str) -> set[int]:
        """The places of the rows in which `typed` is heard as pinyin."""
        if self._runs is None:
            self._runs = _Runs(self._sounds)
        return self._runs.heard(typed)


class _Runs:
    """The runs of Chinese in all rows, each with the rows it stands in: most people share unit, post and organisation.

    They are searched as one long text, several times faster than many short ones.
    """

    def __init__(self, sounds: Iterable[str]) -> None:
        places: dict[str, list[int]] = {}
        for place, heard in enumerate(sounds):
            for run in heard.split():
                places.setdefault(run, []).append(place)
        self._places = list(places.values())
        self._text = "\n".join(places)
        self._signs = "".join(sorted({*self._text} - {"\n"}))
        self._starts = [0, *accumulate(len(run) + 1 for run in places)]

    def heard(self, typed: str) -> set[int]:
        # Without Chinese the pinyin is never loaded.
        pattern = pinyin.sound_pattern(typed, self._signs) if self._text else None
        found: set[int] = set()
        match = pattern.search(self._text) if pattern else None
        while pattern and match:
            run = bisect_right(self._starts, match.start()) - 1
            found.update(self._places[run])
            match = pattern.search(self._text, self._starts[run + 1])
        return found


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
        pattern = self.pattern if sounds else None
        return pattern is not None and pattern.search(sounds) is not None

    def among(self, places: Iterable[int], searched: SearchTexts) -> list[int]:
        """Those of the places whose text fits."""
        text, folded, without = self.text, searched.folded, self.without
        if heard := searched.heard(text):
            return [place for place in places if (place in heard or text in folded[place]) is not without]
        return [place for place in places if (text in folded[place]) is not without]


@dataclass(frozen=True)
class _Condition:
    """A test of the value under `key`, or with `without` one that must fail."""

    key: str | int
    test: Test
    without: bool

    def holds(self, record: Any) -> bool:
        """Whether the record fits."""
        return self.test(record[self.key]) is not self.without

    def among(self, places: Iterable[int], records: Sequence[Any]) -> list[int]:
        """Those of the places whose record fits. A value is tested once: days and choices repeat in a column."""
        key, test, without = self.key, self.test, self.without
        known: dict[Any, bool] = {}
        fitting = []
        for place in places:
            value = records[place][key]
            try:
                holds = known[value]
            except KeyError:
                holds = known[value] = test(value) is not without
            except TypeError:
                # A list, which is no key.
                holds = test(value) is not without
            if holds:
                fitting.append(place)
        return fitting


@dataclass(frozen=True)
class Filter:
    """What was typed, ready for many rows. `problems` are the parts that were left out."""

    words: tuple[_Word, ...] = ()
    conditions: tuple[_Condition, ...] = ()
    problems: tuple[NotFiltered, ...] = ()

    def matches(self, record: Any, searched: SearchText) -> bool:
        """Whether a row, a mapping or tuple of its values, is shown."""
        for word in self.words:
            if word.stands_in(searched) is word.without:
                return False
        return all(one.holds(record) for one in self.conditions)

    def chosen(self, records: Sequence[Any], searched: SearchTexts) -> list[int]:
        """The places of the rows that are shown, in their order; quicker than `matches` for each."""
        places: Iterable[int] = range(len(records))
        for word in self.words:
            places = word.among(places, searched)
        for one in self.conditions:
            places = one.among(places, records)
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
            # A minus alone is the beginning of something.
            elif part != "-" and (word := fold(part.replace('"', ""))):
                words.append(_Word(word, without))
        except NotUnderstood as error:
            problems.append(NotFiltered(found.start(), found.end(), str(error)))
    return Filter(tuple(words), tuple(conditions), tuple(problems))


# Typographic quotes part words like plain ones; one sign for one, so that places stay.
_ONE_FOR_ONE = str.maketrans({"“": '"', "”": '"'})
