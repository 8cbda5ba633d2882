"""Marks text for translation where it is declared; `erptui.i18n` translates it where it is shown."""

from __future__ import annotations


class Label(str):
    """English text that has a translation, told apart from what a person typed."""

    __slots__ = ()


def N_(text: str) -> Label:  # the name gettext tools look for
    """`text` marked as translatable; Babel collects it for the catalogues."""
    return Label(text)
