"""Marks text for translation where it is declared; `erptui.i18n` translates it where it is shown."""

from __future__ import annotations


class Label(str):
    """English text that has a translation, told apart from what a person typed.

    `context` names the sense of a word that has several; a label made from a label keeps its sense.
    """

    __slots__ = ("context",)
    context: str

    def __new__(cls, text: str, context: str = "") -> Label:
        made = super().__new__(cls, text)
        made.context = context or (text.context if isinstance(text, Label) else "")
        return made


def N_(text: str) -> Label:  # the name gettext tools look for
    """`text` marked as translatable; Babel collects it for the catalogues."""
    return Label(text)


def NP_(context: str, text: str) -> Label:
    """`text` marked as translatable where one English word has two senses, told apart by `context`."""
    return Label(text, context)
