"""A contact as plain data, whichever file it came from or goes to, and what a reader has to say about a file.

Nothing here knows the store: what a reader returns is checked against it, and written to it, elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from db.errors import translated
from db.labels import N_
from db.text import clean_line

_LONGEST_SHOWN = 60


SERVICES = frozenset({"wechat", "wecom", "dingtalk", "feishu"})
"""Messengers that we know; of others the label is all of the name."""


def service_and_use(label: str) -> tuple[str, str]:
    """Of the label of a messenger the service, and what the account is for: `wechat work`."""
    service, _blank, use = label.partition(" ")
    return (service, use) if service in SERVICES else (label, "")


class Labelled(NamedTuple):
    """A phone, mail or messenger with what it is for.

    `label` is made of the words of `KNOWN_WORDS` ("work fax"), or is free text as a person named it, or is empty.
    """

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Address:
    """A postal address; `extended` is the room, floor or office within it, `street` may have lines."""

    label: str = ""
    po_box: str = ""
    extended: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


# Not frozen, although nothing changes one: a file has thousands, and each would take four times as long to make.
@dataclass(kw_only=True, slots=True)
class Contact:
    """What a file says about one person (or about an organisation, when it names no person).

    `name` is how the person is shown and never empty; `family` and `given` are both empty when the file has the name
    in one piece, which is never split by guessing. `departments` are paths from the top, the first one is the main
    one. `messengers` are labelled by service (`wechat`, `wecom`, `dingtalk`, `qq` …), and behind it what an account of
    one of `SERVICES` is for: `wechat work`. `birthday` is `1985-03-07`,
    `--03-07` without a year, or the file's own words where their order of day and month is not sure. `side` is whose
    person it is, in the file's own words. `line` is where the contact starts in the file, and is no part of what it is.
    """

    name: str
    family: str = ""
    given: str = ""
    nickname: str = ""
    organisation: str = ""
    departments: tuple[tuple[str, ...], ...] = ()
    post: str = ""
    phones: tuple[Labelled, ...] = ()
    mails: tuple[Labelled, ...] = ()
    messengers: tuple[Labelled, ...] = ()
    employee_id: str = ""
    addresses: tuple[Address, ...] = ()
    birthday: str = ""
    urls: tuple[str, ...] = ()
    note: str = ""
    uid: str = ""
    labels: tuple[str, ...] = ()
    side: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something a person should know about what was read: a sentence, the values for its gaps, and where it was.

    `line` counts from 1, and is 0 for what is true of the whole file; `column` is the column's or property's name.
    """

    sentence: str
    line: int = 0
    column: str = ""
    value: str = ""
    gaps: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str]) -> str:
        """The sentence with its place before it, in the language of `translate`."""
        shown = self.value if len(self.value) <= _LONGEST_SHOWN else self.value[: _LONGEST_SHOWN - 1] + "…"
        gaps = {**self.gaps, "value": shown, "line": self.line, "column": self.column}
        if not self.line:
            return translated(self.sentence, gaps, translate)
        place = N_("Line {line}, {column}: {sentence}") if self.column else N_("Line {line}: {sentence}")
        return translated(place, {**gaps, "sentence": N_(self.sentence)}, translate)


class Refusal(Remark):
    """A value, row or card that was not taken; everything else was."""


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """What a file holds: its contacts in their order, what is to be said about them, and what was refused.

    `encoding` is how its letters were read, to be shown with the first rows; `kind` names the program that wrote it
    where its columns tell (`vcard`, `outlook`, `google`, `wecom` …), else `list`.
    """

    contacts: tuple[Contact, ...]
    remarks: tuple[Remark, ...] = ()
    refused: tuple[Refusal, ...] = ()
    encoding: str
    kind: str


# Words of a label in the order in which they are said.
KNOWN_WORDS = (
    "work",
    "home",
    "other",
    "company",
    "main",
    "primary",
    "assistant",
    "mobile",
    "car",
    "radio",
    "fax",
    "pager",
    "callback",
    "extension",
    "isdn",
    "telex",
    "tty",
)
_SAID = {
    "cell": "mobile",
    "cellphone": "mobile",
    "iphone": "mobile",
    "handy": "mobile",
    "手机": "mobile",
    "移动电话": "mobile",
    "business": "work",
    "office": "work",
    "工作": "work",
    "单位": "work",
    "private": "home",
    "personal": "home",
    "家庭": "home",
    "住宅": "home",
    "其他": "other",
    "传真": "fax",
    "homefax": "home fax",
    "workfax": "work fax",
    "otherfax": "other fax",
    "assistantphone": "assistant",
}
_SILENT = frozenset(
    {
        "voice",
        "pref",
        "internet",
        "msg",
        "x400",
        "dom",
        "intl",
        "postal",
        "parcel",
        "text",
        "textphone",
        "uri",
        "phone",
        "smtp",
        "custom",
        "unspecified",
    }
)


@lru_cache(maxsize=1024)
def known_label(text: str) -> str:
    """`text` in the words of `KNOWN_WORDS` where it is made of nothing else, otherwise as it is.

    Apple's marks (`_$!<HomeFAX>!$_`) and Google's star before the preferred one are taken off.
    """
    bare = clean_line(text).removeprefix("* ").strip().removeprefix("_$!<").removesuffix(">!$_")
    words = [word for said in bare.casefold().split() for word in _SAID.get(said, said).split() if word not in _SILENT]
    if all(word in KNOWN_WORDS for word in words):
        return " ".join(sorted(set(words), key=KNOWN_WORDS.index))
    return bare
