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
    words = label.split()
    if set(words) <= _WORDS.keys():
        words = [_(_WORDS[word]) for word in words]
        label = ("" if all(map(has_han, words)) else " ").join(words)
    return _("{kind} ({label})").format(kind=called, label=label)
