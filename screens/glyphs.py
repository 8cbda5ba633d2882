"""The signs that carry a meaning on the screen, once in Unicode and once in ASCII, each one cell wide.

Layout always speaks the Unicode signs; where the terminal cannot draw them, `plain_signs` exchanges them (and
other signs that an East Asian terminal may draw two cells wide) on the way out.
"""

from __future__ import annotations

import locale
import os
import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Glyphs(NamedTuple):
    """One set of signs; the names say what they mean, not how they look."""

    done: str = "✓"
    doing: str = "▸"
    todo: str = "○"
    waiting: str = "‖"
    review: str = "◐"
    late: str = "■"
    soon: str = "▲"
    fine: str = "●"
    milestone: str = "◆"
    milestone_open: str = "◇"
    gate: str = "▣"
    rule: str = "─"
    rule_done: str = "━"
    upright: str = "│"
    step: str = "›"
    ellipsis: str = "…"
    enter: str = "⏎"
    left: str = "←"
    right: str = "→"
    up: str = "↑"
    down: str = "↓"
    bullet: str = "·"
    dash: str = "—"
    range: str = "–"
    minus: str = "−"
    times: str = "×"
    quote: str = "“"
    unquote: str = "”"
    fold: str = "▾"
    buffer: str = "▒"
    bar: str = "█"
    today: str = "┊"
    corner: str = "└"
    corner_down: str = "┐"
    tee: str = "├"
    cross: str = "┼"
    chosen: str = "*"
    strange: str = "\ufffd"


UNICODE = Glyphs()
ASCII = Glyphs(
    done="v", doing=">", todo="o", waiting="|", review="%", late="#", soon="^", fine="+", milestone="@",
    milestone_open="O", gate="H", rule="-", rule_done="=", upright="|", step=">", ellipsis="~", enter="<",
    left="<", right=">", up="^", down="v", bullet=".", dash="-", range="-", minus="-", times="x", quote='"',
    unquote='"', fold="v", buffer=":", bar="#", today=":", corner="`", corner_down=".", tee="|", cross="+",
    chosen="*", strange="?",
)  # fmt: skip

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
