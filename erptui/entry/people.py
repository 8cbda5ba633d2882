"""People by typing: name, its start, pinyin, initials or mail address."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from erptui import pinyin
from erptui.entry.typed import Ambiguous, NotUnderstood, Unknown, fold, listed, quoted
from erptui.i18n import _


class Candidate(NamedTuple):
    """A person who can be meant. `also` are other names, such as the English one or a nickname."""

    id: str
    name: str
    mail: str = ""
    also: tuple[str, ...] = ()


MYSELF = ("me", "我")
"""What is typed for whoever types."""


class People:
    """Who can be meant, ready to be found at every key; added in pieces, a worker can be cancelled in between.

    `me` is the name of whoever types, whom `@me` means.
    """

    def __init__(self, candidates: Iterable[Candidate] = (), me: str = "") -> None:
        self.me = me
        self.candidates: dict[str, Candidate] = {}
        self._written: defaultdict[str, list[str]] = defaultdict(list)
        self._exact: defaultdict[str, list[str]] = defaultdict(list)
        self._initials: defaultdict[str, list[str]] = defaultdict(list)
        self._starts: list[tuple[str, str]] = []
        self.add(candidates)

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Let more people be found."""
        for candidate in candidates:
            self.candidates[candidate.id] = candidate
            self._add_key(_key(candidate.mail), candidate.id)
            for name in (candidate.name, *candidate.also):
                self._add_name(name, candidate.id)
        self._starts.sort()

    def _add_name(self, name: str, identifier: str) -> None:
        """Let a person be found by a name, its later words or given name, its pinyin and its initials."""
        self._written[_as_written(name)].append(identifier)
        self._add_key(_key(name), identifier)
        words = name.split()
        chinese = pinyin.has_han(name)
        later = [" ".join(words[place:]) for place in range(1, len(words))]
        if chinese and len(words) == 1:
            later.append(name[1:])
        self._starts.extend((_key(part), identifier) for part in later)
        readings = pinyin.syllables(name)
        for key in {"".join([said[0] for said in way]) for way in readings}:
            self._initials[key].append(identifier)
        if chinese:
            for way in readings:
                self._add_key("".join(way), identifier)
            self._starts.extend((key, identifier) for key in {"".join(way[1:]) for way in readings} if key)

    def _add_key(self, key: str, identifier: str) -> None:
        if key:
            self._exact[key].append(identifier)
            self._starts.append((key, identifier))

    def found(self, text: str) -> list[Candidate]:
        """Those who fit best: whose name it is, else whose starts so, else whose initials they are; sorted by name.

        A name as it is written comes before one in pinyin. A `@` before it is passed over.
        """
        ids = self.written(text) or self.exactly(text)
        if not ids:
            ids = self.exactly(self.me) if self.is_me(text) else self._starting(_key(text))
        return sorted((self.candidates[identifier] for identifier in ids), key=lambda person: (person.name, person.id))

    def is_me(self, text: str) -> bool:
        """Whether whoever types is meant, unless somebody is called so."""
        return bool(self.me) and _key(text) in MYSELF

    def written(self, text: str) -> set[str]:
        """The ids of those whose name is written so: `Wang Lei` is not 王磊."""
        return set(self._written.get(_as_written(text.strip().lstrip("@＠")), ()))

    def exactly(self, text: str) -> set[str]:
        """The ids of those whose whole name (also in pinyin), mail address or id this is."""
        key = _key(text)
        named = text.strip().lstrip("@＠")
        return {*self._exact.get(key, ()), *([named] if named in self.candidates else ())}

    def by_initials(self, text: str) -> set[str]:
        """The ids of those whose initials these are."""
        return set(self._initials.get(_key(text), ()))

    def _starting(self, key: str) -> set[str]:
        if not key:
            return set()
        found: set[str] = set()
        for place in range(bisect_left(self._starts, (key, "")), len(self._starts)):
            start, identifier = self._starts[place]
            if not start.startswith(key):
                break
            found.add(identifier)
        return found or self.by_initials(key)


def _as_written(name: str) -> str:
    return " ".join(fold(name).split())


def _key(text: str) -> str:
    """What is compared: folded and without blanks, so that `Zhao Min`, `zhaomin` and 赵敏 in pinyin are one."""
    return "".join(fold(text.strip().lstrip("@＠")).split()).replace("'", "")


def parse_person(text: str, people: People | Iterable[Candidate]) -> Candidate:
    """The person that `text` means: name, start of one, pinyin, initials (`zm`, `@zm`), mail address.

    Raises `Ambiguous` with the ids of those who fit alike, `Unknown` where nobody does, `NotUnderstood` for `@me` of
    whom nobody has the name.
    """
    known = people if isinstance(people, People) else People(people)
    found = known.found(text)
    if len(found) == 1:
        return found[0]
    typed = quoted(text.strip().lstrip("@＠"))
    if found:
        names = listed([f"{person.name} <{person.mail}>" if person.mail else person.name for person in found])
        raise Ambiguous(
            _("“{text}” can be: {names}. Type more of it.").format(text=typed, names=names),
            [person.id for person in found],
        )
    if known.is_me(text):
        raise NotUnderstood(
            _("“{text}” is you, but nobody here is called {name}. Add that person, or type another name.").format(
                text=typed, name=quoted(known.me)
            )
        )
    raise Unknown(
        _("Nobody is called “{text}”. Type a name, its start, initials or a mail address.").format(text=typed)
    )
