"""Chinese by its pinyin: initials and spelling of names, and texts found by typing them.

A character may have several readings; all are found. The readings are those of the package pypinyin (MIT licence),
which is imported when the first Chinese character is met.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice, product

_HAN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(rf"{_HAN.pattern}|(?:(?!{_HAN.pattern})[^\W_])+")
_TONES = str.maketrans("āáǎàēéěèêếềōóǒòīíǐìūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeeeeooooiiiiuuuuvvvvvnnnm", "\u0300\u0304\u030c")
# As a surname a character may have a reading of its own, which then comes first.
_SURNAMES = {
    "单": "shan", "單": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "區": "ou", "盖": "ge,gai",
    "蓋": "ge,gai", "查": "zha", "朴": "piao", "种": "chong", "乐": "yue,le", "樂": "yue,le", "繁": "po", "折": "she",
    "员": "yun", "員": "yun", "缪": "miao", "繆": "miao", "覃": "qin,tan", "翟": "zhai", "召": "shao", "祭": "zhai",
    "洗": "xian", "句": "gou", "秘": "bi", "隗": "wei,kui", "粘": "nian", "黑": "he,hei", "都": "du", "牟": "mu,mou",
    "阚": "kan", "藏": "zang", "郇": "xun,huan", "长": "chang,zhang", "么": "yao", "六": "lu", "逄": "pang", "卜": "bu",
}  # fmt: skip
_TWO_CHARACTER_SURNAMES = {
    "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"), "單于": ("chan", "yu"),
    "单于": ("chan", "yu"), "鲜于": ("xian", "yu"), "令狐": ("ling", "hu"), "澹台": ("tan", "tai"),
    "宰父": ("zai", "fu"), "皇甫": ("huang", "fu"), "呼延": ("hu", "yan"),
}  # fmt: skip
_ALIASES = {"lv": ("lyu",), "nv": ("nyu",), "lve": ("lue", "lyue"), "nve": ("nue", "nyue")}
# Where the codes begin does not matter; `re` is quick with signs below 65536.
_FIRST_CODE = 0x3400
_MOST_READINGS = 24
_MOST_TRIED = 64
_MOST_WAYS = 32


class _Readings:
    """The readings of all characters; loaded once, a tenth of a second."""

    @cached_property
    def of(self) -> dict[str, tuple[str, ...]]:
        """The syllables of a character, the usual one first, without tones and with v for ü."""
        # Its dictionary of phrases, six times as large, answers nothing that is asked here.
        skipped = {"PYPINYIN_NO_PHRASES": "1", "PYPINYIN_NO_DICT_COPY": "1"}
        before = {name: os.environ.get(name) for name in skipped}
        os.environ.update(skipped)
        try:
            from pypinyin.pinyin_dict import pinyin_dict
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
        lines = "\n".join(pinyin_dict.values()).translate(_TONES).split("\n")
        unlike = {line: tuple(dict.fromkeys(line.split(","))) for line in set(lines)}
        found = {chr(sign): unlike[line] for sign, line in zip(pinyin_dict, lines, strict=True)}
        for sign, said in _SURNAMES.items():
            found[sign] = tuple(dict.fromkeys((*found.get(sign, ()), *said.split(","))))
        return found

    @cached_property
    def sets(self) -> list[tuple[str, ...]]:
        """The sets of readings there are, in the order of their codes."""
        return sorted(set(self.of.values()))

    @cached_property
    def codes(self) -> _Codes:
        """For each character one sign that stands for its set of readings, for `str.translate`."""
        code = {readings: chr(_FIRST_CODE + place) for place, readings in enumerate(self.sets)}
        return _Codes({ord(sign): code[readings] for sign, readings in self.of.items()})

    @cached_property
    def beginning(self) -> dict[str, list[int]]:
        """The codes of the characters with a reading that begins so."""
        return self._index(lambda said: [said[:end] for end in range(1, len(said) + 1)])

    @cached_property
    def being(self) -> dict[str, list[int]]:
        """The codes of the characters with this very reading; not the few that are a sound without a vowel, as 嗯."""
        return self._index(lambda said: [said] if set(said) & set("aeiouv") else [])

    def _index(self, keys: Callable[[str], list[str]]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, readings in enumerate(self.sets):
            for key in {key for reading in readings for said in _typed_as(reading) for key in keys(said)}:
                found.setdefault(key, []).append(_FIRST_CODE + place)
        return found


class _Alphabet:
    """The codes that occur in some texts. What never occurs may stand in a class or not, so classes can be short."""

    def __init__(self, signs: str) -> None:
        codes = sorted(map(ord, signs)) if signs else range(_FIRST_CODE, _FIRST_CODE + len(_READINGS.sets))
        self._place = {code: place for place, code in enumerate(codes)}
        self._known: dict[int, list[int]] = {}

    def of(self, codes: list[int]) -> list[int]:
        """Those of the codes that occur; for the same list always the same one."""
        found = self._known.get(id(codes))
        if found is None:
            found = self._known[id(codes)] = [code for code in codes if code in self._place]
        return found

    def signs(self, codes: list[int]) -> str:
        """These codes as a class of `re`."""
        ranges: list[list[int]] = []
        for code in codes:
            if ranges and self._place[ranges[-1][1]] == self._place[code] - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
        return "[" + "".join(chr(first) + (f"-{chr(last)}" if last > first else "") for first, last in ranges) + "]"


class _Codes(dict[int, str]):
    def __missing__(self, sign: int) -> str:
        return " "


_READINGS = _Readings()


def _typed_as(reading: str) -> tuple[str, ...]:
    return (reading, *_ALIASES.get(reading, ()))


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in `text`."""
    return not text.isascii() and _HAN.search(text) is not None


def syllables(name: str) -> list[tuple[str, ...]]:
    """The syllables and words of a name in each of its readings, the likeliest first; not more than two dozen.

    At the beginning of a Chinese name of up to four characters a surname is read as a surname only.
    """
    parts = [[part] for part in _words(name.lower())]
    if has_han(name):
        parts = [_alternatives(part[0]) for part in parts]
        surname = _TWO_CHARACTER_SURNAMES.get(name[:2]) or (_SURNAMES.get(name[0], ""),)
        if len(name) <= 4:
            for place, said in enumerate(surname):
                parts[place] = said.split(",") if said else parts[place]
        ways = 1
        for place, part in enumerate(parts):
            ways *= len(part)
            if ways > _MOST_READINGS:
                parts[place:] = [later[:1] for later in parts[place:]]
                break
    return [said for said in product(*parts) if said]


def initials(name: str) -> list[str]:
    """The initials of a name in every reading, the likeliest first: `zm` of 赵敏 and of Zhao Min."""
    return list(dict.fromkeys("".join([said[0] for said in way]) for way in syllables(name)))


def spellings(name: str) -> list[str]:
    """A name in pinyin without blanks, in every reading, the likeliest first: `zhaomin`; nothing without Chinese."""
    return ["".join(way) for way in syllables(name)] if has_han(name) else []


def spelling(name: str) -> str:
    """A name as it is most likely said, to sort by: pinyin, and what is not Chinese in lower case, without blanks."""
    return "".join(next(iter(syllables(name)), ()))


def _words(name: str) -> list[str]:
    """Chinese characters one by one, other letters in words."""
    return _WORD.findall(name)


@lru_cache(maxsize=4096)
def _alternatives(part: str) -> list[str]:
    return [said for reading in _READINGS.of.get(part, (part,)) for said in _typed_as(reading)]


def sounds(text: str) -> str:
    """How `text` sounds, one sign a character, for the patterns of `sound_pattern`; empty without Chinese."""
    return text.translate(_READINGS.codes).rstrip() if has_han(text) else ""


def sounds_in_pieces(texts: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """`sounds` of many texts, `size` at a time, so that a worker can be cancelled in between."""
    every = iter(texts)
    while piece := list(islice(every, size)):
        yield [sounds(text) for text in piece]


@lru_cache(maxsize=256)
def sound_pattern(typed: str, signs: str = "") -> re.Pattern[str] | None:
    """What finds, in `sounds`, the characters that `typed` may mean; None when it is no pinyin.

    Characters that follow each other are typed by initial (`z`, `zh`) or whole syllable, the last one by any start:
    `zm`, `zhaom`, `zmin` and `zhaomin` find 赵敏. `signs` are those that occur in the texts to be searched, where that
    is known: then the pattern is ready several times sooner, and None when nothing can be found.
    """
    letters = typed.lower().replace("ü", "v").replace("'", "")
    if not re.fullmatch("[a-z]{1,24}", letters):
        return None
    # Of many ways those with few, long syllables are the likely ones.
    spelled = sorted(islice(_as_syllables(letters), _MOST_TRIED), key=len)
    ways = [*spelled[:_MOST_WAYS], *islice(_with_initials(letters), _MOST_WAYS)]
    alphabet = _alphabet(signs)
    ways = [way for way in ([alphabet.of(codes) for codes in way] for way in ways) if all(way)]
    if not ways:
        return None
    # `re` looks for the first class quickly and tries the ways only where it stands.
    widest = alphabet.of(_READINGS.beginning[letters[0]])
    tries = []
    for first, rests in _by_first(ways):
        looked_back = "" if first == widest else f"(?<={alphabet.signs(first)})"
        tries.append(looked_back + _either(rests, alphabet))
    return re.compile(f"{alphabet.signs(widest)}(?:{'|'.join(tries)})")


@lru_cache(maxsize=8)
def _alphabet(signs: str) -> _Alphabet:
    return _Alphabet(signs)


Way = list[list[int]]
"""For each character the codes that it may have."""


def _by_first(ways: list[Way]) -> list[tuple[list[int], list[Way]]]:
    """The ways that begin alike together, with what follows."""
    groups: dict[int, tuple[list[int], list[Way]]] = {}
    for way in ways:
        # The lists of codes are those of the tables, one object each.
        groups.setdefault(id(way[0]), (way[0], []))[1].append(way[1:])
    return list(groups.values())


def _either(ways: list[Way], alphabet: _Alphabet) -> str:
    """One of the ways, as a pattern; nothing where one of them is at its end."""
    if not all(ways):
        return ""
    tries = [alphabet.signs(first) + _either(rests, alphabet) for first, rests in _by_first(ways)]
    return f"(?:{'|'.join(tries)})" if len(tries) > 1 else tries[0]


def _with_initials(letters: str) -> Iterator[Way]:
    """The ways to read `letters` as initials, or as initials and syllables; for each character its codes."""
    yield from _as_initials(letters)
    for end in range(len(letters) - 1, 0, -1):
        head, tail = letters[:end], letters[end:]
        for before in _as_syllables(head, last_whole=True):
            # A single letter is the start of a syllable, which was there already.
            yield from ([*before, *after] for after in _as_initials(tail) if len(tail) > 1)
        for before in _as_initials(head):
            yield from ([*before, *after] for after in _as_syllables(tail) if len(tail) > 1)


def _as_syllables(letters: str, last_whole: bool = False) -> Iterator[Way]:
    """Whole syllables; of the last one the start is enough unless `last_whole`."""
    known = _READINGS.being if last_whole else _READINGS.beginning
    if letters in known:
        yield [known[letters]]
    for end in range(min(6, len(letters) - 1), 0, -1):
        # Without looking ahead a long word with a slip at its end would be tried in thousands of ways.
        if letters[:end] in _READINGS.being and _is_syllables(letters[end:], last_whole):
            for rest in _as_syllables(letters[end:], last_whole):
                yield [_READINGS.being[letters[:end]], *rest]


@lru_cache(maxsize=1024)
def _is_syllables(letters: str, last_whole: bool) -> bool:
    return letters in (_READINGS.being if last_whole else _READINGS.beginning) or any(
        letters[:end] in _READINGS.being and _is_syllables(letters[end:], last_whole)
        for end in range(1, min(7, len(letters)))
    )


def _as_initials(letters: str) -> Iterator[Way]:
    """One character for each letter, or with zh, ch and sh for one."""
    for pieces in dict.fromkeys((tuple(letters), tuple(re.findall("[zcs]h|.", letters)))):
        if all(piece in _READINGS.beginning for piece in pieces):
            yield [_READINGS.beginning[piece] for piece in pieces]


def begins(text: str, typed: str) -> bool:
    """Whether Chinese `text` begins with what `typed` may mean in pinyin."""
    if not has_han(text):
        return False
    pattern = sound_pattern(typed)
    return pattern is not None and pattern.match(sounds(text)) is not None


def begins_as_usual(text: str, typed: str) -> bool:
    """Whether Chinese `text` in its likeliest reading begins with `typed`: initials, syllables, the last one cut."""
    return has_han(text) and typed.isascii() and _runs_along(typed.lower(), next(iter(syllables(text)), ()))


def _runs_along(letters: str, way: Sequence[str]) -> bool:
    if not way or way[0].startswith(letters):
        return bool(way)
    said = way[0]
    heads = {said, said[:1], said[:2] if said[:2] in ("zh", "ch", "sh") else said}
    return any(letters.startswith(head) and _runs_along(letters[len(head) :], way[1:]) for head in heads)
