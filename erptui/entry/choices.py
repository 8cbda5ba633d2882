"""Choices by typing: the start of a label in the language in use or in English, or the id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from db.choices import Choice, Recurrence
from erptui import pinyin
from erptui.entry.typed import Ambiguous, NotUnderstood, fold, listed, plain, quoted
from erptui.i18n import _

C = TypeVar("C", bound=Choice)

_YES = {"yes", "y", "1", "true", "on", "x", "是", "有", "对", "√", "✓"}
_NO = {"no", "n", "0", "false", "off", "否", "不", "无", "没有", "不是"}
_RECURRENCES = {
    Recurrence.DAILY: ("d", "1d", "day", "every day", "每天", "每日", "天天"),
    Recurrence.TWICE_WEEKLY: ("2/w", "2xw", "twice weekly", "每周两次", "每周2次", "一周两次"),
    Recurrence.WEEKLY: ("w", "1w", "week", "every week", "每周", "每星期", "每礼拜"),
    Recurrence.TWO_WEEKLY: ("2w", "fortnightly", "every 2 weeks", "两周", "双周", "隔周", "每两周", "每2周"),
    Recurrence.MONTHLY: ("m", "1m", "month", "every month", "每月", "每个月"),
    Recurrence.QUARTERLY: ("q", "3m", "quarter", "every quarter", "每季", "每季度"),
    Recurrence.HALF_YEARLY: ("h", "6m", "half-yearly", "half yearly", "每半年", "半年"),
    Recurrence.YEARLY: ("y", "12m", "year", "annually", "every year", "每年"),
}
# Biweekly is said of both.
_SAID_OF_SEVERAL = {"biweekly": (Recurrence.TWICE_WEEKLY, Recurrence.TWO_WEEKLY)}


def matching(text: str, words: Mapping[str, Sequence[str]]) -> list[str]:
    """The ids whose words fit what was typed: those that are it, else those that start so, else by pinyin.

    Of those that start so the earlier word of each counts first: a label before an id that nobody sees.
    By pinyin a word said so as a rule comes before one with a character that is seldom said so: 乙 is yi, seldom jue.
    """
    typed = fold(text.strip())
    if not typed:
        return []
    folded = {identifier: [fold(word) for word in said] for identifier, said in words.items()}
    exact = [identifier for identifier, said in folded.items() if typed in said]
    if exact:
        return exact
    for place in range(max(map(len, folded.values()), default=0)):
        starts = [identifier for identifier, said in folded.items() if said[place:] and said[place].startswith(typed)]
        if starts:
            return starts
    for begins in (pinyin.begins_as_usual, pinyin.begins):
        sounds = [identifier for identifier, said in words.items() if any(begins(word, typed) for word in said)]
        if sounds:
            return sounds
    return []


def parse_choice(text: str, options: Iterable[C]) -> C:
    """The one of `options` that `text` means: its label in the language in use or in English, or its id.

    The start of one is enough, a Chinese label also goes by pinyin; what is one in full comes before what starts so.
    Raises `Ambiguous` naming those that fit, `NotUnderstood` naming what can be typed.
    """
    members = {member.id: member for member in options}
    labels = {identifier: _(member.label) for identifier, member in members.items()}
    return members[one_of(text, matching(text, _said(members.values())), labels)]


def could_be(text: str, options: Iterable[C]) -> list[str]:
    """The labels of those of `options` that what was typed so far can still mean; of all for an empty text."""
    members = {member.id: member for member in options}
    found = matching(text, _said(members.values())) if text.strip() else members
    return [_(members[identifier].label) for identifier in found]


def _said(members: Iterable[Choice]) -> dict[str, tuple[str, ...]]:
    return {member.id: (_(member.label), str(member.label), member.id) for member in members}


def one_of(text: str, found: Sequence[str], labels: Mapping[str, str]) -> str:
    """The id that alone was found. Raises `Ambiguous` where there are several, `NotUnderstood` where there is none."""
    if len(found) == 1:
        return found[0]
    if found:
        names = listed([labels[identifier] for identifier in found])
        raise Ambiguous(_("“{text}” can be: {names}. Type more of it.").format(text=quoted(text), names=names), found)
    raise NotUnderstood(
        _("“{text}” is none of these: {names}.").format(text=quoted(text), names=listed([*labels.values()], 12))
    )


def parse_yes_no(text: str) -> bool:
    """Yes or no in either language, by pinyin too, also `y`, `n`, `1`, `0`, `√`. Raises `NotUnderstood` saying so."""
    typed = plain(text)
    if typed in _YES:
        return True
    if typed in _NO:
        return False
    found = matching(typed, {"yes": (_("yes"),), "no": (_("no"),)})
    if len(found) == 1:
        return found == ["yes"]
    raise NotUnderstood(_("“{text}” is neither yes nor no. Type y or n.").format(text=quoted(text)))


def parse_recurrence(text: str) -> Recurrence:
    """How often something comes again: `weekly`, `/w`, `w`, `/2w`, `每周`, `隔周`, and so on to years.

    Raises `Ambiguous` or `NotUnderstood` naming what can be typed.
    """
    typed = re.sub(r"\s+", " ", plain(text).removeprefix("/").strip())
    several = _SAID_OF_SEVERAL.get(typed)
    for recurrence, said in _RECURRENCES.items():
        if typed in said:
            return recurrence
    labels = {member.id: _(member.label) for member in Recurrence}
    if several:
        one_of(text, [member.id for member in several], labels)
    found = matching(typed, _said(Recurrence))
    if len(found) == 1:
        return Recurrence(found[0])
    if found:
        one_of(text, found, labels)
    raise NotUnderstood(
        _("“{text}” is not a recurrence. Type daily, weekly, /w, /2w, /m, /q, /y or 每周.").format(text=quoted(text))
    )
