"""Writes contacts as vCard 3.0 (RFC 2426), which phones, mail programs and our own reader take.

UTF-8 without a mark, lines ended by CR LF and folded at 75 bytes between characters. A name in one piece goes whole
into the family name: a phone that shows `N` then shows it right, and no name is cut by guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from erptui.exchange.contact import Contact, service_and_use
from erptui.exchange.contact_values import APPLES_NO_YEAR

_LONGEST_LINE = 75
_TYPES = {"mobile": "CELL"}
# Words that phones know as a type; other labels are written as Apple's, which most programs show.
_WORDS = frozenset({"work", "home", "mobile", "fax", "pager", "main", "car", "isdn"})


def write_vcards(contacts: Iterable[Contact]) -> bytes:
    """One card for each contact, in their order; the same contacts always give the same bytes."""
    return b"".join(b"".join(map(folded, card_lines(contact))) for contact in contacts)


def card_lines(contact: Contact) -> Iterator[str]:
    """The unfolded lines of a card."""
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    family, given = contact.family, contact.given
    if not (family or given):
        family = contact.name
    yield f"N:{_parts(family, given, '', '', '')}"
    yield f"FN:{escaped(contact.name)}"
    yield from _texts("NICKNAME", contact.nickname)
    if contact.organisation or contact.departments:
        for path in contact.departments or ((),):
            yield f"ORG:{_parts(contact.organisation, *path)}"
    yield from _texts("TITLE", contact.post)
    yield from _labelled(contact)
    if contact.birthday.startswith("--"):
        yield f"BDAY;X-APPLE-OMIT-YEAR={APPLES_NO_YEAR}:{APPLES_NO_YEAR}{contact.birthday[1:]}"
    else:
        yield from _texts("BDAY", contact.birthday)
    for url in contact.urls:
        yield f"URL:{escaped(url)}"
    yield from _texts("NOTE", contact.note)
    if contact.labels:
        yield f"CATEGORIES:{','.join(map(escaped, contact.labels))}"
    yield from _texts("X-EMPLOYEE-ID", contact.employee_id)
    yield from _texts("X-ERPTUI-SIDE", contact.side)
    yield from _texts("UID", contact.uid)
    yield "END:VCARD"


def _texts(name: str, text: str) -> Iterator[str]:
    if text:
        yield f"{name}:{escaped(text)}"


def _labelled(contact: Contact) -> Iterator[str]:
    """Phones, mails, addresses and messengers, with their labels as types or as Apple's groups."""
    values = [("TEL", phone.label, escaped(phone.value)) for phone in contact.phones]
    values += [("EMAIL;TYPE=INTERNET", mail.label, escaped(mail.value)) for mail in contact.mails]
    for address in contact.addresses:
        where = (address.po_box, address.extended, address.street, address.city)
        whole = _parts(*where, address.region, address.postal_code, address.country)
        values.append(("ADR", address.label, whole))
    for messenger in contact.messengers:
        service, use = service_and_use(messenger.label)
        account = quote(messenger.value, safe="@.+-_")
        values.append((f'IMPP;X-SERVICE-TYPE="{service}"', use, f"x-apple:{account}"))
    groups = 0
    for name, label, value in values:
        words = label.split()
        if all(word in _WORDS for word in words):
            types = "".join(f";TYPE={_TYPES.get(word, word.upper())}" for word in words)
            yield f"{name}{types}:{value}"
        else:
            groups += 1
            yield f"item{groups}.{name}:{value}"
            yield f"item{groups}.X-ABLabel:{escaped(label)}"


def escaped(text: str) -> str:
    """`text` as a value may hold it (RFC 2426, 5)."""
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _parts(*parts: str) -> str:
    return ";".join(map(escaped, parts))


def folded(line: str) -> bytes:
    """`line` in UTF-8, folded before it is longer than 75 bytes, never within a character."""
    content = line.encode("utf-8", "replace")
    pieces = []
    most = _LONGEST_LINE
    while len(content) > most:
        end = most
        while content[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(content[:end])
        content = content[end:]
        most = _LONGEST_LINE - 1
    return b"\r\n ".join([*pieces, content]) + b"\r\n"
