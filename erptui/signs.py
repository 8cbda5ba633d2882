"""The signs that carry a meaning, once in Unicode and once in ASCII, each one cell wide."""

from __future__ import annotations

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
    folded: str = "▸"
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
    unquote='"', fold="v", folded=">", buffer=":", bar="#", today=":", corner="`", corner_down=".", tee="|", cross="+",
    chosen="*", strange="?",
)  # fmt: skip
# Not ours but common in Chinese and in typed text, and of ambiguous width.
_MORE = {
    "‘": "'", "’": "'", "±": "+", "°": "o", "▓": "#", "░": ".", "▶": ">", "◀": "<", "△": "^", "□": "#", "★": "*",
    "☆": "*", "≥": ">", "≤": "<", "÷": "/", "•": ".", "‧": ".", "€": "E", "√": "v", "§": "S", "┌": ".", "┘": "'",
    "┤": "|", "┬": "+", "┴": "+", "═": "=", "║": "|",
}  # fmt: skip
TWINS = dict(zip(UNICODE, ASCII, strict=True)) | _MORE


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
    if text.isascii():
        return text
    # Told apart from > and < where a blank beside it gives the room.
    return "".join(map(plain_sign, text.replace("≥ ", ">=").replace("≤ ", "<=")))
