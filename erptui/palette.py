"""Finding anything by typing two or three letters of it: what is to be found, and which of it comes first.

What is called or coded exactly so stands first, then what begins so, what has a word that does, what sounds so in
pinyin, and what has it anywhere; within each what was found last, then in the order of the finds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from erptui.engagements import natural
from erptui.entry import fold
from erptui.filtering import SearchTexts, search_text

if TYPE_CHECKING:
    from erptui.registers.context import Context

EXACT, BEGINS, WORD, HEARD, ANYWHERE = range(5)
MOST = 200
"""Finds that are shown: nobody reads on, another letter is quicker."""
PIECE = 250
"""Rows that are made ready between two looks at whether somebody still wants them."""


class Find(NamedTuple):
    """One thing to be found: what kind it is and its id there, how it is coded and called.

    `about` is told beside it and searched last; what it is called `also` is searched and not told. `key` goes there at
    once; `why_not` is why it can't be done now.
    """

    kind: str
    id: str
    code: str
    name: str
    about: str = ""
    also: str = ""
    key: str = ""
    why_not: str = ""


class Finds:
    """Things ready to be found at every key, in the order in which they come where they fit alike."""

    def __init__(self, finds: Sequence[Find]) -> None:
        self.finds = finds
        self._codes = [fold(find.code) for find in finds]
        self._names = [fold(find.name) for find in finds]
        self._titles = [
            f" {code} {name} {fold(find.also)}"
            for find, code, name in zip(finds, self._codes, self._names, strict=True)
        ]
        self._texts = [f"{title} {fold(find.about)}" for find, title in zip(finds, self._titles, strict=True)]
        self._sounds: SearchTexts | None = None

    def listen(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Let pinyin find what is Chinese among them: the first time it costs a tenth of a second."""
        if self.heard:
            return
        sounds = SearchTexts()
        for start in range(0, len(self.finds), PIECE):
            if cancelled():
                return
            sounds.add(search_text((find.code, find.name, find.also)) for find in self.finds[start : start + PIECE])
        # What is made ready with the first search, a key must not wait for.
        sounds.heard("a")
        self._sounds = sounds

    @property
    def heard(self) -> bool:
        """Whether pinyin finds all there is to be heard."""
        return self._sounds is not None or all(text.isascii() for text in self._texts)

    def ranked(self, typed: str) -> list[list[Find]]:
        """What fits, by how well it does; what fits badly is left out where enough fits well."""
        words = fold(typed).split()
        whole = " ".join(words)
        heard = [self._sounds.heard(word) if self._sounds else set[int]() for word in words]
        fitting = self._fitting(self._texts, words, heard)
        codes, names, titles = self._codes, self._names, self._titles
        begin = [place for place in fitting if names[place].startswith(whole) or codes[place].startswith(whole)]
        ranks: list[list[int]] = [[], [], [], [], []]
        for place in begin:
            ranks[EXACT if whole in (codes[place], names[place]) else BEGINS].append(place)
        if len(begin) < MOST:
            told = set(begin)
            rest = [place for place in fitting if place not in told]
            starts = [f" {word}" for word in words]
            ranks[WORD] = self._fitting(titles, starts, [()] * len(words), rest)
            told.update(ranks[WORD])
            ranks[HEARD] = [place for place in self._fitting(titles, starts, heard, rest) if place not in told]
            told.update(ranks[HEARD])
            ranks[ANYWHERE] = [place for place in rest if place not in told]
        return [[self.finds[place] for place in places[:MOST]] for places in ranks]

    def _fitting(
        self,
        texts: Sequence[str],
        parts: Sequence[str],
        heard: Sequence[Collection[int]],
        among: Iterable[int] | None = None,
    ) -> list[int]:
        """The places, of all or among these, where each part stands in the text or is heard."""
        places = list(range(len(texts)) if among is None else among)
        for part, sounding in zip(parts, heard, strict=True):
            if sounding:
                places = [place for place in places if part in texts[place] or place in sounding]
            else:
                places = [place for place in places if part in texts[place]]
        return places


def best(groups: Sequence[Finds], typed: str, last: Sequence[tuple[str, str]]) -> list[Find]:
    """What fits best of all the groups; within a rank what was found `last` (kind and id) first, then by groups."""
    ranked = [group.ranked(typed) for group in groups]
    newest = {found: place for place, found in enumerate(last)}

    def in_order() -> Iterator[Find]:
        for rank in range(ANYWHERE + 1):
            fitting = list(chain.from_iterable(group[rank] for group in ranked))
            again = [find for find in fitting if find[:2] in newest] if newest else []
            yield from sorted(again, key=lambda find: newest[find[:2]])
            yield from (find for find in fitting if find[:2] not in newest)

    return list(islice(in_order(), MOST))


# The rows of the store.


def count_rows(context: Context) -> int:
    """How many rows there are to be found, about."""
    ((count,),) = context.reader.rows("SELECT (SELECT count(*) FROM work_package) + (SELECT count(*) FROM person)")
    return int(count)


def read_rows(context: Context, here: str, cancelled: Callable[[], bool] = lambda: False) -> Finds | None:
    """People, packages, promises and decisions that whoever looks on may see, those of the engagement `here` first.

    None when nobody wants them any more.
    """
    finds: list[Find] = []
    for read in (_people, _packages, _decisions, _promises):
        if cancelled():
            return None
        finds += read(context, here)
    return Finds(finds)


def _chosen(context: Context, register: str, columns: str) -> Sequence[tuple[str, ...]]:
    """The rows of a register that whoever looks on may see."""
    from erptui.registers import register_named

    found = register_named(register)
    condition, values = found.chosen(context)
    return context.reader.rows(f"SELECT {columns} FROM {found.model._meta.table_name} WHERE {condition}", values)


def _people(context: Context, here: str) -> Iterator[Find]:
    rows = _chosen(context, "people", "id, name, coalesce(organisation, ''), coalesce(post, ''), coalesce(mail, '')")
    for row, name, organisation, post, mail in sorted(rows, key=lambda row: (fold(row[1]), row[0])):
        first = "".join(word[0] for word in name.split()) if name.isascii() else ""
        yield Find("person", row, "", name, " ".join(filter(None, (post, organisation))), f"{first} {mail}")


def _packages(context: Context, here: str) -> Iterator[Find]:
    codes = context.codes
    rows = _chosen(context, "tasks", "id, engagement_id, code, name")
    for row, engagement, code, name in sorted(
        rows, key=lambda row: (row[1] != here, codes.get(row[1], ""), natural(row[2]), row[0])
    ):
        yield Find("package", row, code, name, codes.get(engagement, ""))


def _decisions(context: Context, here: str) -> Iterator[Find]:
    return _committed(context, here, "decision", "decisions", "decided_on IS NOT NULL")


def _promises(context: Context, here: str) -> Iterator[Find]:
    return _committed(context, here, "promise", "promises", "state NOT IN ('open', 'moved')")


def _committed(context: Context, here: str, kind: str, register: str, settled: str) -> Iterator[Find]:
    """What is open before what is settled."""
    codes = context.codes
    rows = _chosen(context, register, f"id, coalesce(engagement_id, ''), text, {settled}, coalesce(due, '9')")
    for row, engagement, text, _settled, _due in sorted(rows, key=lambda row: (row[1] != here, row[3], row[4], row[0])):
        yield Find(kind, row, "", " ".join(text.split()), codes.get(engagement, ""))
