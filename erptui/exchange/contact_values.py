"""Names, numbers, addresses and days of a contact, put right where a program is known to have bent them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from functools import lru_cache

from db.errors import Problem
from db.labels import N_, Label
from db.text import clean_line

LONGEST_MAIL = 254
"""Characters of a mail address (RFC 5321, 4.5.3.1.3, less the angle brackets)."""

_HAN = "〇々\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_NAME = re.compile(f"[{_HAN}·•‧・\\s]+")
_POWER_OF_TEN = re.compile(r"([+-]?\d+)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_EXCEL_ERROR = re.compile(r"#+|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)", re.IGNORECASE)
_PLAIN_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+")


class Unusable(Problem):
    """A value that says nothing that could be kept; its sentence says what to do."""


class ExchangeAddress(Unusable):
    """The inner address of an Exchange server in the place of a mail address."""

    sentence = N_("“{value}” is an address within an Exchange server, not a mail address. Ask for the mail address.")


# Names


def is_han(text: str) -> bool:
    """Whether `text` is a name written in Chinese characters only."""
    return bool(text) and _HAN_NAME.fullmatch(text) is not None


def tidy_name(text: str) -> str:
    """`text` as one line; a Chinese name without the blanks that lists pad it with."""
    if text.isalpha():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if not text:
        return ""
    text = " ".join(clean_line(text).split())
    return "".join(text.split()) if is_han(text) else text


def whole_name(name: str, family: str, given: str) -> tuple[str, str, str]:
    """How a person is shown, and the two parts of the name where the file has them apart.

    A Chinese name is family before given without a blank, whatever order a Western program showed it in. A name of
    one part is not a split one.
    """
    name, family, given = tidy_name(name), tidy_name(family), tidy_name(given)
    if not (family or given):
        return name, "", ""
    if is_han(family) and is_han(given):
        if not name or name in (given + family, family + given):
            name = family + given
    elif not name:
        name = " ".join(part for part in (given, family) if part)
    if not (family and given) and name in (family, given):
        family = given = ""
    return name, family, given


# Numbers and addresses


def clean_phone(text: str) -> str:
    """A phone number as it was written, without what Excel put around or behind it.

    Raises `Unusable` where Excel has thrown digits away (`1.38E+10`): they can't be had back from the file.
    """
    if text.isascii() and text.isdigit():
        return text
    text = _without_excel_marks(text)
    if _EXCEL_ERROR.fullmatch(text):
        raise Unusable(N_("“{value}” is what Excel shows in place of a number. Widen the column and save it as text."))
    found = _POWER_OF_TEN.fullmatch(text)
    if found:
        decimals, exponent = found[2] or "", int(found[3])
        if len(decimals) < exponent:
            raise Unusable(N_("Excel has cut “{value}”: digits are missing. Make the column text and export it again."))
        return found[1] + decimals[:exponent]
    if text[:4].casefold() == "tel:":
        text = text[4:].replace(";ext=", " ext ")
    return text


def clean_number(text: str) -> str:
    """A number that names something (of an employee, say), without what Excel put around or behind it."""
    return _without_excel_marks(text)


def _without_excel_marks(text: str) -> str:
    text = clean_line(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).strip()
    formula = re.fullmatch(r'="?([^"]*)"?', text)
    if formula:
        text = formula[1]
    text = text.lstrip("'‘’`").strip()
    return re.sub(r"(?<=\d)\.0+\Z", "", text) if re.fullmatch(r"\+?\d+\.0+", text) else text


def is_plain_mail(text: str) -> bool:
    """Whether `text` is one mail address and nothing else, told at a glance: most are."""
    return len(text) <= LONGEST_MAIL and _PLAIN_MAIL.fullmatch(text) is not None


def clean_mail(text: str) -> str:
    """A mail address without `mailto:`, a name before it or brackets around it. Raises `Unusable` when it is none."""
    if is_plain_mail(text):
        return text
    text = clean_line(text)
    if not text.isascii():
        text = text.replace("＠", "@").replace("．", ".")
    in_brackets = re.search(r"<([^<>]*)>\Z", text)
    text = (in_brackets[1] if in_brackets else text).strip("'‘’ ")
    if text[:7].casefold() == "mailto:":
        text = text[7:]
    if re.match(r"/(?:o|ou|cn)=", text, re.IGNORECASE):
        raise ExchangeAddress
    if len(text) > LONGEST_MAIL:
        raise Unusable(N_("“{value}” has more than {most} characters, which no mail address has."), most=LONGEST_MAIL)
    if not _MAIL.fullmatch(text):
        raise Unusable(N_("“{value}” is not a mail address. Correct it, or remove it from the file."))
    return text


# Birthdays

_NO_DAY = re.compile(r"0+[-/.]0+[-/.]0+|0{8}|-+")
_YEAR_FIRST = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"),
    re.compile(r"(\d{4})(\d\d)(\d\d)"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
)
_NO_YEAR = (re.compile(r"--(\d\d)-?(\d\d)"), re.compile(r"(\d{1,2})月(\d{1,2})[日号]?"))
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_CLOCK = re.compile(r"[T ]\d{1,2}:?\d\d.*\Z")
APPLES_NO_YEAR = 1604
"""The year that Apple's address book writes for a birthday without one; a leap year."""
_LONGEST_DAY = 40
_NO_CALENDAR_DAY = N_("“{value}” is not a day of the calendar. Correct it, or remove it from the file.")
UNCLEAR_DAY = N_("Day and month of “{value}” can't be told apart, so it is kept as it stands. Write 1985-03-07.")


@lru_cache(maxsize=4096)
def clean_birthday(text: str) -> tuple[str, Label | None]:
    """A birthday as `Contact` has it, with a sentence where it was not understood; empty for a day that is none.

    Raises `Unusable` for a day that no calendar has.
    """
    text = clean_line(text).lstrip("'").strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    bare = _CLOCK.sub("", text)
    if not bare or _NO_DAY.fullmatch(bare):
        return "", None
    for pattern in _YEAR_FIRST:
        found = pattern.fullmatch(bare)
        if found:
            return _day(int(found[1]), int(found[2]), int(found[3])), None
    for pattern in _NO_YEAR:
        found = pattern.fullmatch(bare)
        if found:
            return _day(APPLES_NO_YEAR, int(found[1]), int(found[2])), None
    found = _YEAR_LAST.fullmatch(bare)
    if found:
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first > 12 or ("." in bare and second <= 12):
            # Dots separate day, month, year everywhere; only slashes and dashes are used in both orders.
            return _day(year, second, first), None
        if second > 12 or first == second:
            return _day(year, first, second), None
    if len(text) > _LONGEST_DAY:
        raise Unusable(_NO_CALENDAR_DAY)
    return text, UNCLEAR_DAY


def _day(year: int, month: int, day: int) -> str:
    if not (1 <= month <= 12 and year >= 1 and 1 <= day <= monthrange(year, month)[1]):
        raise Unusable(_NO_CALENDAR_DAY)
    return f"--{month:02}-{day:02}" if year == APPLES_NO_YEAR else f"{year:04}-{month:02}-{day:02}"
