"""Cleaning of text on its way into the store: the one place where what people type or import is made harmless."""

from __future__ import annotations

import re
import unicodedata

# Patterns are compiled when first used: a start seldom meets text that needs them.
# C0 without newline and tab, DEL, C1, lone surrogates and non-characters: none of them is text, and some of them are
# commands to a terminal.
_NOT_TEXT = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
# Invisible signs that turn the reading direction of what follows (Trojan source): shown as a mark instead.
_TURNS = "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
_NEEDS_CARE = f"{_NOT_TEXT}|{_TURNS}|[\r\u2028\u2029]"
TURN_MARK = "\ufffd"


def clean_text(text: str) -> str:
    """`text` in NFC, line ends as newlines, without control characters, direction turns replaced by U+FFFD."""
    if text.isprintable():
        # Nothing of what needs care is printable, as Python has it; it is told four times as fast as by the pattern.
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if re.search(_NEEDS_CARE, text) is None:
        return unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = re.sub(_NOT_TEXT, "", text)
    text = re.sub(_TURNS, TURN_MARK, text)
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """`clean_text` for a field of one line: newlines and tabs become blanks, none at the ends."""
    text = clean_text(text)
    if "\n" in text or "\t" in text:
        text = re.sub(r"[\n\t]+", " ", text)
    return text.strip()
