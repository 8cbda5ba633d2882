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


_SAID = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "ins": "insert", "del": "delete"}
_NAMES = frozenset(
    {
        *("enter", "escape", "tab", "backspace", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *("insert", "delete", *(f"f{number}" for number in range(1, 25))),
    }
)
# A terminal sends these as tab, enter, backspace and escape.
_NEVER_SENT = frozenset(("ctrl+i", "ctrl+m", "ctrl+h", "ctrl+["))


def read_key(text: str) -> str | None:
    """The key that a person names, as the tables call it; None when no terminal sends such a key.

    It may be written as the help writes it (`esc`, `PgDn`); two with a blank between are pressed one after the other.
    """
    if text in (" ", "\u3000"):
        return "space"
    parts = [_read_one(part) for part in text.split()]
    if not 1 <= len(parts) <= 2 or None in parts:
        return None
    return " ".join(filter(None, parts))


def _read_one(text: str) -> str | None:
    if len(text) == 1:
        return {"⏎": "enter", "←": "left", "→": "right", "↑": "up", "↓": "down"}.get(text) or plain_key(text)
    *modifiers, last = text.lower().split("+")
    last = _SAID.get(last, last)
    if last == "space":
        return None if modifiers else last
    letter = len(last) == 1 and last.isascii() and last.isalpha() and modifiers and "shift" not in modifiers
    if not (letter or last in _NAMES) or not {*modifiers} <= {"alt", "ctrl", "shift"}:
        return None
    key = "+".join((*sorted({*modifiers}), last))
    return None if key in _NEVER_SENT else key


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
