"""What the further ways to reach a person are called: `Fax (work)`, in Chinese `传真（单位）`."""

from __future__ import annotations

from db.choices import ContactKind
from db.labels import NP_
from erptui.i18n import _
from erptui.pinyin import has_han

_WORDS = {
    "work": NP_("way", "work"),
    "home": NP_("way", "home"),
    "other": NP_("way", "other"),
    "company": NP_("way", "company"),
    "main": NP_("way", "main"),
    "primary": NP_("way", "primary"),
    "assistant": NP_("way", "assistant"),
    "mobile": NP_("way", "mobile"),
    "car": NP_("way", "car"),
    "radio": NP_("way", "radio"),
    "fax": NP_("way", "fax"),
    "pager": NP_("way", "pager"),
    "callback": NP_("way", "callback"),
    "extension": NP_("way", "extension"),
}
"""The words of `erptui.exchange.contact.KNOWN_WORDS` that are no names."""


def way_called(kind: str, label: str | None) -> str:
    """The kind of way and its label, in the language in use where it is made of known words."""
    called = _(ContactKind(kind).label)
    if not label:
        return called
    return _("{kind} ({label})").format(kind=called, label=label_words(label))


def label_words(label: str) -> str:
    """A label in the language in use where it is made of known words."""
    words = label.split()
    if not set(words) <= _WORDS.keys():
        return label
    words = [_(_WORDS[word]) for word in words]
    return ("" if all(map(has_han, words)) else " ").join(words)


def label_meant(text: str) -> str:
    """The label that a person typed, as it is kept: in known words where it is made of such in the language in use."""
    words = {_(said): word for word, said in _WORDS.items()}
    if text in words:
        return words[text]
    return " ".join(words.get(word, word) for word in text.split()) if set(text.split()) <= words.keys() else text
