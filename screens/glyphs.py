"""The signs of the program as a terminal can draw them.

Layout always speaks the Unicode signs; where the terminal cannot draw them, `plain_signs` exchanges them (and
other signs that an East Asian terminal may draw two cells wide) on the way out.
"""

from __future__ import annotations

import locale
import os
import unicodedata
from functools import lru_cache

from erptui.signs import ASCII, UNICODE, Glyphs

# Not ours but common in Chinese and in typed text, and of ambiguous width.
_MORE = {
    "‘": "'", "’": "'", "±": "+", "°": "o", "▓": "#", "░": ".", "▶": ">", "◀": "<", "△": "^", "□": "#", "★": "*",
    "☆": "*", "√": "v", "§": "S", "┌": ".", "┘": "'", "┤": "|", "┬": "+", "┴": "+", "═": "=", "║": "|",
}  # fmt: skip
TWINS = dict(zip(UNICODE, ASCII, strict=True)) | _MORE


def glyphs(ascii: bool = False) -> Glyphs:
    """The signs to draw with."""
    return ASCII if ascii else UNICODE


def ascii_by_locale() -> bool:
    """Whether the environment's locale cannot carry the Unicode signs: C, POSIX, none, or a charset that is not UTF-8.

    The environment is asked and not Python: that speaks UTF-8 in the locale C, whatever the terminal does.
    """
    named = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "C"
    if named == "C.UTF-8" and not os.environ.get("LC_ALL") and os.environ.get("LANG", "C") in ("", "C", "POSIX"):
        # What Python puts into LC_CTYPE by itself when the locale is C (PEP 538).
        named = "C"
    charset = named.partition(".")[2].partition("@")[0] or (
        "ascii" if named in ("C", "POSIX") else encoding_by_locale()
    )
    return not charset.lower().replace("-", "").startswith("utf8")


def encoding_by_locale() -> str:
    """The encoding in which the terminal is spoken to."""
    return locale.getpreferredencoding(False) or "utf-8"


@lru_cache(maxsize=4096)
def plain_sign(sign: str) -> str:
    """The sign in ASCII, or itself where its width is beyond doubt."""
    if sign.isascii():
        return sign
    if sign in TWINS:
        return TWINS[sign]
    if unicodedata.east_asian_width(sign) != "A" or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return sign
    base = unicodedata.normalize("NFKD", sign)[0]
    if base.isascii() or sign.isalpha():
        return base
    return "?"


def plain_signs(text: str) -> str:
    """`text` with every sign of doubtful width exchanged for one of ASCII; as wide as before."""
    return text if text.isascii() else "".join(map(plain_sign, text))
