"""Marks text for translation where it is declared; `erptui.i18n` translates it where it is shown."""

from __future__ import annotations


def N_(text: str) -> str:  # the name gettext tools look for
    """Give `text` back unchanged; Babel collects it for the catalogues."""
    return text
