"""Numbers as people type them: counts, money, percent, ratings."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from erptui.entry.typed import NotUnderstood, plain, quoted
from erptui.i18n import _

LARGEST = 10**15
"""No number is larger, in minor units too: a spreadsheet keeps it exactly."""

_GROUPED = re.compile(r"\d{1,3}(?:([,' ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_POINTS_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?: \d{3})+,\d+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_COMMA = re.compile(r"\d+,\d{1,2}")
_TIMES = {"k": 3, "千": 3, "万": 4, "m": 6, "mio": 6, "mn": 6, "百万": 6, "亿": 8, "bn": 9}
_MAGNITUDE = re.compile("(.+?)\\s*(k|千|万|百万|mio|mn|m|亿|bn)")

_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
_DOLLARS = "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD"
CURRENCIES = frozenset(_CODES.split())
"""ISO 4217, the currencies in use."""

_SIGNS = {
    "rmb": "CNY", "人民币": "CNY", "元": "CNY", "块": "CNY", "€": "EUR", "欧元": "EUR", "£": "GBP", "英镑": "GBP",
    "us$": "USD", "美元": "USD", "hk$": "HKD", "港币": "HKD", "港元": "HKD", "日元": "JPY",
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<minus>[+-]?)\s*(?P<before>[^\d.,+-]*?)\s*(?P<inner>[+-]?)\s*(?P<number>[\d.][\d.,' ]*)(?P<after>[^\d.,]*)"
)


class Money(NamedTuple):
    """An amount in minor units (cents, fen) of a currency (ISO 4217)."""

    minor: int
    currency: str


def minor_digits(currency: str) -> int:
    """How many decimals the currency has: 2, for the yen 0, for some dinars 3 (ISO 4217)."""
    return 0 if currency in _WITHOUT_DECIMALS else 3 if currency in _WITH_THREE else 2


def decimal_of(text: str) -> Decimal | None:
    """The number that `text` means, None where it is none or can be read in two ways, as `12.000`.

    `12000`, `12,000.50`, `12 000,50`, `12.000,50`, `1.2`, `1,2`; not negative.
    """
    typed = text.strip()
    if len(typed) > 40:
        return None
    if _GROUPED.fullmatch(typed):
        return Decimal(re.sub("[,' ]", "", typed))
    if _POINTS_GROUPED.fullmatch(typed):
        return Decimal(typed.replace(".", "").replace(" ", "").replace(",", "."))
    if _COMMA.fullmatch(typed):
        return Decimal(typed.replace(",", "."))
    if _PLAIN.fullmatch(typed) and not re.fullmatch(r"[1-9]\d{0,2}\.\d00", typed):
        return Decimal(typed)
    return None


def rounded(number: Decimal) -> int:
    """The nearest whole number, halves away from zero."""
    return int(number.to_integral_value(ROUND_HALF_UP))


def _magnified(text: str) -> Decimal | None:
    """The number with its 千, k, 万, 百万, 亿, if any."""
    found = _MAGNITUDE.fullmatch(text)
    if not found:
        return decimal_of(text)
    # 1.200万 has its decimals; there is nothing to mistake.
    number = Decimal(found[1]) if _PLAIN.fullmatch(found[1]) and len(found[1]) <= 40 else decimal_of(found[1])
    return None if number is None else number.scaleb(_TIMES[found[2]])


def parse_number(text: str) -> int:
    """The whole number that `text` means: `12000`, `12,000`, `12 000`, `3k`, `1.2万`, `-5`.

    Raises `NotUnderstood` naming what can be typed, also for `12.000`, which may be twelve.
    """
    typed = plain(text)
    sign = -1 if typed.startswith("-") else 1
    number = _magnified(typed[1:] if typed[:1] in ("+", "-") else typed)
    if number is not None and number == number.to_integral_value() and number <= LARGEST:
        return sign * int(number)
    raise NotUnderstood(_("“{text}” is not a whole number. Type 12000, 12,000, 3k or 1.2万.").format(text=quoted(text)))


def parse_percent(text: str) -> int:
    """The whole percent that `text` means, 0 to 100: `60`, `60%`, `百分之60`. Raises `NotUnderstood` saying so."""
    found = re.fullmatch(r"(?:百分之)?(\d{1,3})\s*%?", plain(text))
    if found and int(found[1]) <= 100:
        return int(found[1])
    raise NotUnderstood(_("“{text}” is not a percentage. Type a whole number from 0 to 100.").format(text=quoted(text)))


def parse_money(text: str, currency: str = "CNY") -> Money:
    """The amount that `text` means, in `currency` where none is typed.

    `12000`, `12,000.50 CNY`, `EUR 12.000,50`, `1.2万`, `¥3k`, `3.5亿元`, `-500`. `¥` is the yen and `$` another dollar
    where `currency` is that. Raises `NotUnderstood` naming what can be typed, also for decimals that the currency does
    not have and for what can be read in two ways.
    """
    found = _AMOUNT.fullmatch(plain(text))
    read = _amount(found, currency) if found else None
    if read is None:
        raise NotUnderstood(
            _("“{text}” is not an amount. Type 12000, 12,000.50 CNY, 1.2万 or ¥3k.").format(text=quoted(text))
        )
    number, used = read
    minor = number.scaleb(minor_digits(used))
    if minor != minor.to_integral_value():
        raise NotUnderstood(_("“{text}” has more decimals than {currency}.").format(text=quoted(text), currency=used))
    if abs(minor) > LARGEST:
        raise NotUnderstood(_("“{text}” is too large an amount.").format(text=quoted(text)))
    return Money(int(minor), used)


def _amount(found: re.Match[str], currency: str) -> tuple[Decimal, str] | None:
    """Number and currency of a typed amount."""
    after = re.fullmatch(r"((?:k|千|万|百万|mio|mn|m|亿|bn)(?![a-z]))?\s*(.*)", found["after"].strip())
    assert after is not None
    number = _magnified(found["number"].strip() + (after[1] or ""))
    named = [name for name in (found["before"].strip(), after[2].strip()) if name]
    used = {_currency_named(name, currency) for name in named} or {currency}
    signs = found["minus"] + found["inner"]
    if number is None or len(used) != 1 or None in used or len(signs) > 1:
        return None
    return -number if signs == "-" else number, str(used.pop())


def _currency_named(name: str, usual: str) -> str | None:
    """The currency of a code, sign or word, None where there is no such one."""
    if name in ("¥", "￥"):
        return "JPY" if usual == "JPY" else "CNY"
    if name == "$":
        return usual if usual in _DOLLARS else "USD"
    if name.upper() in CURRENCIES:
        return name.upper()
    return _SIGNS.get(name)


def parse_rating(text: str, most: int = 5) -> tuple[int, int]:
    """Two ratings from 1 to `most`, such as probability and impact or power and interest: `r45`, `45`, `4 5`, `4/5`.

    Raises `NotUnderstood` naming what can be typed.
    """
    found = re.fullmatch(r"r?\s*(\d)\s*[ /,x*×]?\s*(\d)", plain(text))
    if found and 1 <= int(found[1]) <= most and 1 <= int(found[2]) <= most:
        return int(found[1]), int(found[2])
    raise NotUnderstood(
        _("“{text}” is not a rating. Type two digits from 1 to {most}, such as r45.").format(
            text=quoted(text), most=most
        )
    )


def parse_attitude(text: str) -> int:
    """How somebody stands to the project, -1, 0 or 1: `r-`, `r=`, `r+`, or the sign alone.

    Raises `NotUnderstood` naming what can be typed.
    """
    found = re.fullmatch(r"r?([-=+])", plain(text))
    if found:
        return "-=+".index(found[1]) - 1
    raise NotUnderstood(
        _("“{text}” is not an attitude. Type r- against, r= neutral or r+ for.").format(text=quoted(text))
    )
