"""What every kind of entry shares: the refusal, and typed signs brought to one form before they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from erptui import cells, i18n

_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "。": ".", "、": ",", "’": "'", "\xa0": " ", "\u202f": " "})
_NUMERALS = {sign: number for number, signs in enumerate(("零〇", "一", "二两", *"三四五六七八九")) for sign in signs}
_NUMERAL = re.compile("[零〇一二两三四五六七八九十]+")
_WRITTEN = re.compile("([一二两三四五六七八九])?(十)?([零〇一二三四五六七八九])?")


class NotUnderstood(ValueError):
    """What was typed is no value of the kind asked for; the text says which forms are."""


class Ambiguous(NotUnderstood):
    """What was typed fits several; `candidates` are their ids, the text names them."""

    def __init__(self, sentence: str, candidates: Sequence[str]) -> None:
        super().__init__(sentence)
        self.candidates = tuple(candidates)


class Unknown(NotUnderstood):
    """What was typed names nobody and nothing known: it may be new."""


def plain(text: str) -> str:
    """`text` as the readers want it: full-width and Chinese signs as plain ones, lower case, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split()).lower()


def fold(text: str) -> str:
    """`text` for comparing with what is typed: without case, accents and full-width forms."""
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKD", text):
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return text.casefold()


def with_digits(text: str) -> str:
    """`text` with Chinese numerals below a hundred as digits: `十二点` becomes `12点`, `两天` `2天`."""
    return _NUMERAL.sub(_digits, text)


def _digits(found: re.Match[str]) -> str:
    written = _WRITTEN.fullmatch(found[0])
    if written is None:
        return found[0]
    tens, ten, ones = written.groups()
    if ten is None:
        return found[0] if tens and ones else str(_NUMERALS[tens or ones])
    return str(10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0))


def quoted(text: str) -> str:
    """What was typed, short enough to stand in a sentence."""
    return cells.cut(text.strip(), 40)


def listed(names: Sequence[str], most: int = 5) -> str:
    """The names in a sentence, not more than `most`."""
    return i18n.listed(names, most)
