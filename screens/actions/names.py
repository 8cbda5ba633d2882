"""Names of keys: what a pressed key is called in the tables, and how a key of the tables is written on the screen."""

from __future__ import annotations

from db.labels import N_
from erptui.i18n import _
from screens import terminal

_CHINESE = {
    "、": "/", "。": ".", "，": ",", "；": ";", "：": ":", "？": "?", "！": "!", "【": "[", "】": "]",
    "《": "<", "》": ">", "（": "(", "）": ")", "「": "{", "」": "}", "『": "{", "』": "}",
    "‘": "'", "’": "'", "“": '"', "”": '"', "—": "_", "￥": "$", "…": "^", "·": "`", "\u3000": " ",
}  # fmt: skip
_WRITTEN = {
    "enter": "⏎", "escape": "esc", "space": N_("space"), "up": "↑", "down": "↓", "left": "←", "right": "→",
    "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End", "insert": "Ins", "delete": "Del",
    "tab": "tab", "backspace": "BkSp",
}  # fmt: skip


def plain_key(sign: str) -> str:
    """The sign that a Chinese input method or a full-width letter stands for, outside text fields."""
    if sign in _CHINESE:
        return _CHINESE[sign]
    code = ord(sign)
    return chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else sign


def pressed(key: str, character: str | None) -> str:
    """The name in our tables of a key that Textual reports as `key` with `character`."""
    if not character or len(character) != 1 or ("+" in key and key != "+"):
        return key
    sign = plain_key(character)
    if not sign.isprintable():
        return key
    return "space" if sign == " " else sign


def is_typed(key: str) -> bool:
    """Whether a key of the tables puts a sign into a text field."""
    return len(key) == 1 or key == "space"


def written(key: str) -> str:
    """How a key is written for people: `enter` as `⏎`, `shift+left` as `shift+←`, `g b` as `g b`."""
    # One cell of ASCII can't say enter.
    if key == "enter" and terminal.ascii_signs():
        return "Enter"
    parts = []
    for part in key.split(" "):
        modifiers, plus, last = part.rpartition("+") if len(part) > 1 else ("", "", part)
        name = _(_WRITTEN.get(last, "")) or (last.upper() if last[:1] == "f" and last[1:].isdigit() else last)
        parts.append(f"{modifiers}{plus}{name}")
    return " ".join(parts)
