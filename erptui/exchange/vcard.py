"""Reads vCards of version 2.1, 3.0 and 4.0 as contacts: one bad card costs only itself, and is named by its line."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable
from urllib.parse import unquote

from db.errors import Problem
from db.labels import N_
from db.text import clean_line
from erptui.exchange.contact import Contact, Contacts
from erptui.exchange.contact_draft import NOBODY, Draft, Findings
from erptui.exchange.contact_values import APPLES_NO_YEAR
from erptui.exchange.encoding import decode
from erptui.exchange.vcard_lines import Card, Charset, Property, read_cards

LONGEST_VALUE = 100_000
"""Bytes of one property; more is a mistake, or no text."""

# Properties that only programs have a use for, or that repeat what others say.
_SILENT = frozenset(
    {
        "PRODID",
        "REV",
        "SORT-STRING",
        "LABEL",
        "KEY",
        "SOUND",
        "AGENT",
        "X-ABLABEL",
        "X-ABADR",
        "X-ABSHOWAS",
        "CLIENTPIDMAP",
        "MAILER",
        "CLASS",
        "PROFILE",
        "NAME",
        "SOURCE",
        "XML",
        "X-ABUID",
        "X-IMAGEHASH",
        "X-IMAGETYPE",
        "X-PHONETIC-FIRST-NAME",
        "X-PHONETIC-LAST-NAME",
        "X-MS-OL-DESIGN",
        "KIND",
    }
)
_SERVICES = {
    "X-QQ": "qq",
    "X-TENCENT-QQ": "qq",
    "X-WECHAT": "wechat",
    "X-WEIXIN": "wechat",
    "X-DINGTALK": "dingtalk",
    "X-SKYPE": "skype",
    "X-SKYPE-USERNAME": "skype",
    "X-AIM": "aim",
    "X-MSN": "msn",
    "X-ICQ": "icq",
    "X-YAHOO": "yahoo",
    "X-JABBER": "jabber",
    "X-GTALK": "gtalk",
    "X-GOOGLE-TALK": "gtalk",
}
_REPLACEMENT = "\ufffd"


class NoCards(Problem):
    """The file is no vCard."""

    sentence = N_("There is no BEGIN:VCARD in the file, so it is no vCard. Export the contacts as vCard (.vcf) again.")


def read_vcards(content: bytes, encoding: str | None = None) -> Contacts:
    """The contacts of a vCard file.

    `encoding` is used for properties that name none, instead of a guess. Raises `NoCards` when there is not one card,
    `FileTooLarge` and `UnknownEncoding`.
    """
    decoded = decode(content, encoding)
    findings = Findings()
    charset = Charset(decoded.encoding, sure=encoding is not None or decoded.remark is None)
    if decoded.encoding == "utf-8":
        content = content.removeprefix(BOM_UTF8)
    elif decoded.encoding.startswith("utf-"):
        content, charset = decoded.text.encode("utf-8", "replace"), Charset("utf-8", sure=True)
    if not charset.sure and decoded.remark is not None:
        findings.remarks.append(decoded.remark)
    contacts, pictures, left_out, cards = [], 0, dict[str, None](), 0
    for card in read_cards(content, charset):
        cards += 1
        pictures += card.pictures
        contact = _read_card(card, findings, left_out)
        if contact is not None:
            contacts.append(contact)
    if not cards:
        raise NoCards
    if pictures:
        findings.remark(N_("Pictures are not kept; left out: {count}."), count=pictures)
    if left_out:
        findings.left_out(left_out)
    return Contacts(
        contacts=tuple(contacts),
        remarks=tuple(findings.remarks),
        refused=tuple(findings.refused),
        encoding=decoded.encoding,
        kind="vcard",
    )


def _read_card(card: Card, findings: Findings, left_out: dict[str, None]) -> Contact | None:
    names = {found.name: found for found in reversed(card.properties)}
    if card.cut:
        shown = names.get("FN") or names.get("N") or names.get("EMAIL") or names.get("TEL")
        text = clean_line(shown.text().replace(";", " ")) if shown else "?"
        findings.refuse(
            N_("The card of “{value}” has no end, so it was left out. Export it again."), card.line, value=text
        )
        return None
    kind = names.get("KIND") or names.get("X-ADDRESSBOOKSERVER-KIND")
    if kind is not None and kind.value.strip().lower() == b"group":
        findings.remark(N_("A list of other cards is not a person and was left out."), card.line)
        return None
    for line in card.odd_lines[:1]:
        findings.remark(N_("This line is not a property of a vCard and was left out."), line)
    reading = _Reading(Draft(card.line, findings), card)
    for found in card.properties:
        if not reading.take(found):
            left_out[found.name] = None
    contact = reading.draft.contact()
    if contact is None:
        findings.refuse(NOBODY, card.line)
    return contact


class _Reading:
    """Puts the properties of one card where a contact has them."""

    def __init__(self, draft: Draft, card: Card) -> None:
        self.draft = draft
        self.findings = draft.findings
        self.labels = {
            found.group: found.text() for found in card.properties if found.name == "X-ABLABEL" and found.group
        }
        self.named_in_parts = False

    def take(self, found: Property) -> bool:
        """Read a property; False when contacts have no place for such a one."""
        if found.name in _SILENT:
            return True
        reader = _READERS.get(found.name)
        if reader is None and found.name not in _SERVICES:
            return False
        if len(found.value) > LONGEST_VALUE:
            self.findings.refuse(
                N_("A value of more than {most} bytes was left out."), found.line, found.name, most=LONGEST_VALUE
            )
        elif reader is not None:
            reader(self, found)
        else:
            self.draft.add_messenger(_SERVICES[found.name], self.checked(found, found.text()))
        return True

    def label(self, found: Property) -> str:
        """What a value is for: the label that its group has, else its types."""
        own = self.labels.get(found.group) if found.group else None
        if own:
            return own
        return " ".join(kind.removeprefix("x-") for kind in found.head.types) if found.head.types else ""

    def checked(self, found: Property, text: str) -> str:
        """`text`, after a remark when some of its letters could not be read."""
        if _REPLACEMENT in text:
            self.findings.remark(
                N_("Some letters of “{value}” could not be read. Check them."), found.line, found.name, text
            )
        return text

    def full_name(self, found: Property) -> None:
        self.draft.name = self.draft.name or self.checked(found, found.text())

    def name_in_parts(self, found: Property) -> None:
        if self.named_in_parts:
            return
        self.named_in_parts = True
        parts = [*found.components(within=","), "", "", ""]
        self.draft.family = self.checked(found, parts[0])
        self.draft.given = self.checked(found, " ".join(filter(None, map(clean_line, parts[1:3]))))

    def nickname(self, found: Property) -> None:
        self.draft.nickname = self.draft.nickname or ", ".join(filter(None, map(clean_line, found.listed())))

    def organisation(self, found: Property) -> None:
        company, *levels = (self.checked(found, part) for part in found.components())
        company = clean_line(company)
        if company != self.draft.organisation:
            if self.draft.organisation or self.draft.departments:
                self.one_only(found, company)
                return
            self.draft.organisation = company
        self.draft.add_department(levels)

    def post(self, found: Property) -> None:
        text = clean_line(self.checked(found, found.text()))
        if self.draft.post and text != self.draft.post:
            self.one_only(found, text)
        self.draft.post = self.draft.post or text

    def one_only(self, found: Property, text: str) -> None:
        """Say that a second value of what a contact has once is not taken."""
        if text:
            self.findings.remark(N_("“{value}” is a second one and was left out."), found.line, found.name, text)

    def phone(self, found: Property) -> None:
        self.draft.add_phone(self.label(found), found.text(), found.line, found.name)

    def mail(self, found: Property) -> None:
        self.draft.add_mail(self.label(found), found.text(), found.line, found.name)

    def messenger(self, found: Property) -> None:
        scheme, colon, account = found.text().partition(":")
        if not colon:
            scheme, account = "", scheme
        service = found.head.parameters.get("X-SERVICE-TYPE") or {"xmpp": "jabber", "ymsgr": "yahoo"}.get(
            scheme, scheme
        )
        self.draft.add_messenger(service, unquote(account), self.label(found))

    def social_profile(self, found: Property) -> None:
        account = found.head.parameters.get("X-USER") or found.text().removeprefix("x-apple:")
        self.draft.add_messenger(self.label(found), unquote(account))

    def address(self, found: Property) -> None:
        po_box, extended, street, city, region, code, country = [*found.components(), *[""] * 7][:7]
        self.draft.add_address(
            self.label(found),
            po_box=po_box,
            extended=extended,
            street=self.checked(found, street),
            city=city,
            region=region,
            postal_code=code,
            country=country,
        )

    def birthday(self, found: Property) -> None:
        text = found.text().strip()
        omitted = found.head.parameters.get("X-APPLE-OMIT-YEAR", "")
        if omitted and text.startswith(omitted):
            text = f"{APPLES_NO_YEAR}{text[len(omitted) :]}"
        self.draft.take_birthday(text, found.line, found.name)

    def url(self, found: Property) -> None:
        self.draft.add_url(found.text())

    def note(self, found: Property) -> None:
        self.draft.add_note(self.checked(found, found.text()))

    def uid(self, found: Property) -> None:
        self.draft.uid = self.draft.uid or found.text()

    def employee_id(self, found: Property) -> None:
        self.draft.employee_id = self.draft.employee_id or found.text()

    def side(self, found: Property) -> None:
        self.draft.side = self.draft.side or found.text()

    def categories(self, found: Property) -> None:
        for label in found.listed():
            self.draft.add_label(label)


_READERS: dict[str, Callable[[_Reading, Property], None]] = {
    "FN": _Reading.full_name,
    "N": _Reading.name_in_parts,
    "NICKNAME": _Reading.nickname,
    "ORG": _Reading.organisation,
    "TITLE": _Reading.post,
    "TEL": _Reading.phone,
    "EMAIL": _Reading.mail,
    "IMPP": _Reading.messenger,
    "X-SOCIALPROFILE": _Reading.social_profile,
    "ADR": _Reading.address,
    "BDAY": _Reading.birthday,
    "URL": _Reading.url,
    "NOTE": _Reading.note,
    "UID": _Reading.uid,
    "X-EMPLOYEE-ID": _Reading.employee_id,
    "CATEGORIES": _Reading.categories,
    "X-ERPTUI-SIDE": _Reading.side,
}
