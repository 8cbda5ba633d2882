"""The signs of the program as a terminal can draw them.

Layout always speaks the Unicode signs; where the terminal cannot draw them, `plain_signs` exchanges them (and
other signs that an East Asian terminal may draw two cells wide) on the way out.
"""

from __future__ import annotations

from erptui.signs import ASCII, UNICODE, Glyphs, plain_signs

__all__ = ["ASCII", "UNICODE", "glyphs", "plain_signs"]


def glyphs(ascii: bool = False) -> Glyphs:
    """The signs to draw with."""
    return ASCII if ascii else UNICODE
