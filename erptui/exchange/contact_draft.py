"""A contact while its file is being read: takes values as they come, and tells what it could not take."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from db.labels import N_, Label
from db.text import clean_line, clean_text
from erptui.exchange.contact import SERVICES, Address, Contact, Labelled, Refusal, Remark, known_label
from erptui.exchange.contact_values import (
    ExchangeAddress,
    Unusable,
    clean_birthday,
    clean_mail,
    clean_number,
    clean_phone,
    is_plain_mail,
    whole_name,
)

_Value = TypeVar("_Value")
# Names of columns that one sentence can hold.
_MOST_NAMES = 8
# Groups that every account of Google has.
_SYSTEM_GROUPS = frozenset({"mycontacts", "starred", "starredinandroid"})


@dataclass
class Findings:
    """What a reader has to say about its file, in the order in which it was found."""

    remarks: list[Remark] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def remark(self, sentence: str, line: int = 0, column: str = "", value: str = "", **gaps: object) -> None:
        self.remarks.append(Remark(sentence=sentence, line=line, column=column, value=value, gaps=gaps))

    def refuse(self, sentence: str, line: int = 0, column: str = "", value: str = "", **gaps: object) -> None:
        self.refused.append(Refusal(sentence=sentence, line=line, column=column, value=value, gaps=gaps))

    def left_out(self, names: Collection[str]) -> None:
        """Say once which columns or properties of the file a contact has no place for."""
        shown = tuple(names)[:_MOST_NAMES]
        if len(names) > _MOST_NAMES:
            self.remark(
                N_("There is no place for {names} and {more} more; these were left out."),
                names=shown,
                more=len(names) - _MOST_NAMES,
            )
        elif names:
            self.remark(N_("There is no place for {names}; what it holds was left out."), names=shown)

    def taken(self, clean: Callable[[str], str], text: str, line: int, column: str) -> str:
        """`text` through `clean`, empty when it can't be used and that has been noted."""
        try:
            return clean(text)
        except ExchangeAddress as problem:
            self.remark(problem.sentence, line, column, text, **problem.gaps)
        except Unusable as problem:
            self.refuse(problem.sentence, line, column, text, **problem.gaps)
        return ""


@dataclass(slots=True)
class Draft:
    """The values of one contact; `line` is where it starts, `column` and `line` of a value where that stood."""

    line: int
    findings: Findings
    name: str = ""
    family: str = ""
    given: str = ""
    nickname: str = ""
    organisation: str = ""
    post: str = ""
    employee_id: str = ""
    uid: str = ""
    birthday: str = ""
    side: str = ""
    departments: list[tuple[str, ...]] = field(default_factory=list)
    phones: list[Labelled] = field(default_factory=list)
    mails: list[Labelled] = field(default_factory=list)
    messengers: list[Labelled] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def add_phone(self, label: str, text: str, line: int, column: str) -> None:
        """Take a phone number as it was written."""
        digits_only = text.isascii() and text.isdigit()
        number = text if digits_only else self.findings.taken(clean_phone, text, line, column)
        if number:
            self.phones.append(Labelled(known_label(label), number))

    def add_mail(self, label: str, text: str, line: int, column: str) -> None:
        """Take a mail address."""
        if is_plain_mail(text):
            self.mails.append(Labelled(known_label(label), text))
        elif text.strip():
            address = self.findings.taken(clean_mail, text, line, column)
            if address:
                self.mails.append(Labelled(known_label(label), address))

    def add_messenger(self, service: str, text: str, use: str = "") -> None:
        """Take the account of a messenger service; what it is for may stand behind the service too: `WeChat work`."""
        account = clean_number(text)
        if account:
            service = clean_line(service).replace('"', "'")
            first, _blank, rest = service.partition(" ")
            label = service.casefold()
            if first.casefold() in SERVICES:
                label = " ".join(filter(None, (first.casefold(), known_label(rest or use))))
            self.messengers.append(Labelled(label, account))

    def add_address(self, label: str, **parts: str) -> None:
        """Take a postal address unless all of its `parts` are empty."""
        cleaned = {
            part: (clean_text(text) if part == "street" else clean_line(text)).strip(" ,\n")
            for part, text in parts.items()
        }
        if any(cleaned.values()):
            self.addresses.append(Address(label=known_label(label), **cleaned))

    def add_department(self, levels: Iterable[str]) -> None:
        """Take a department by its path from the top."""
        path = tuple(filter(None, map(_line, levels)))
        if path:
            self.departments.append(path)

    def add_url(self, text: str) -> None:
        """Take the address of a web page."""
        url = clean_line(text)
        if url:
            self.urls.append(url)

    def add_note(self, text: str) -> None:
        """Take a note of any number of lines."""
        note = clean_text(text).strip()
        if note:
            self.notes.append(note)

    def add_label(self, text: str) -> None:
        """Take a group, unless it is one that every account has."""
        label = clean_line(text).removeprefix("* ").strip()
        if label.replace(" ", "").casefold() not in _SYSTEM_GROUPS and label:
            self.labels.append(label)

    def take_birthday(self, text: str, line: int, column: str) -> None:
        """Take a birthday, unless there is one already."""
        unclear: list[Label] = []

        def clean(text: str) -> str:
            day, why = clean_birthday(text)
            if why is not None:
                unclear.append(why)
            return day

        day = self.findings.taken(clean, text, line, column)
        if not day or self.birthday:
            return
        self.birthday = day
        if unclear:
            self.findings.remark(unclear[0], line, column, text)

    def contact(self) -> Contact | None:
        """The contact, or None when nothing says who it is."""
        name, family, given = whole_name(self.name, self.family, self.given)
        if not name:
            values = (*self.mails, *self.phones)
            others = (self.nickname, self.organisation, *(labelled.value for labelled in values))
            name = next(filter(None, map(clean_line, others)), "")
        if not name:
            return None
        return Contact(
            name=name,
            family=family,
            given=given,
            nickname=_line(self.nickname),
            organisation=_line(self.organisation),
            departments=_once(self.departments),
            post=_line(self.post),
            phones=_once(self.phones),
            mails=_once(self.mails),
            messengers=_once(self.messengers),
            employee_id=clean_number(self.employee_id) if self.employee_id else "",
            addresses=_once(self.addresses),
            birthday=self.birthday,
            urls=_once(self.urls),
            note="\n".join(self.notes),
            uid=_line(self.uid),
            labels=_once(self.labels),
            side=_line(self.side),
            line=self.line,
        )


# Posts and organisations repeat from person to person.
@lru_cache(maxsize=4096)
def _line(text: str) -> str:
    return clean_line(text) if text else ""


def _once(values: list[_Value]) -> tuple[_Value, ...]:
    return tuple(values) if len(values) < 2 else tuple(dict.fromkeys(values))


NOBODY = N_("There is no name, phone or mail, so no person could be made of it.")
