"""Conditions on the fields of a register as they are typed: `silent>14`, `role:key`, `due<fri`."""

from __future__ import annotations

import enum
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as declared
from datetime import date
from functools import lru_cache
from typing import Any

from db.labels import Label
from erptui import pinyin
from erptui.entry import (
    Ambiguous,
    NotUnderstood,
    fold,
    parse_day,
    parse_money,
    parse_working_time,
    parse_yes_no,
)
from erptui.entry.choices import matching
from erptui.entry.numbers import decimal_of, parse_number
from erptui.entry.typed import listed, plain, quoted
from erptui.i18n import _
from erptui.planning.working_time import MINUTES_PER_DAY

Test = Callable[[Any], bool]
"""Whether the value of a field fits."""

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_EMPTY: tuple[object, ...] = (None, "", [], ())


class FieldKind(enum.Enum):
    """How values of a field are typed and compared."""

    TEXT = "text"
    CHOICE = "choice"
    """Stored by id; `words` are the labels in order."""
    DAY = "day"
    """ISO text, a date, or a moment of which the day counts."""
    NUMBER = "number"
    MONEY = "money"
    """Minor units of the field's currency."""
    WORKING_TIME = "working_time"
    """Working minutes."""
    FLAG = "flag"


@dataclass(frozen=True)
class FilterField:
    """A field that can be filtered by: `key` is where its value stands in a record, else its id.

    `words` are the labels of the options by id, `signs` other words for them: `-` for against.
    """

    id: str
    label: Label
    kind: FieldKind = FieldKind.TEXT
    key: str | int | None = None
    words: Mapping[str, str] = declared(default_factory=dict)
    signs: Mapping[str, tuple[str, ...]] = declared(default_factory=dict)
    currency: str = "CNY"
    minutes_per_day: int = MINUTES_PER_DAY


def field_named(name: str, fields: Sequence[FilterField]) -> FilterField:
    """The field whose id or label in either language this is or alone begins so, or in pinyin.

    Raises `Ambiguous` or `NotUnderstood` naming the fields.
    """
    words = {
        str(place): tuple("".join(word.split()) for word in (_(field.label), field.label, field.id))
        for place, field in enumerate(fields)
    }
    found = matching("".join(name.replace('"', "").split()), words)
    if len(found) == 1:
        return fields[int(found[0])]
    if found:
        names = listed([_(fields[int(place)].label) for place in found])
        raise Ambiguous(
            _("The field “{text}” can be: {names}. Type more of it.").format(text=quoted(name), names=names), found
        )
    names = listed([_(field.label) for field in fields], 12)
    raise NotUnderstood(
        _("There is no field “{text}”. The fields are: {names}.").format(text=quoted(name), names=names)
    )


def condition(field: FilterField, sign: str, typed: str, today: date) -> Test:
    """The test of `field:typed`, `field>typed` and so on.

    `:` alone is empty, `:*` filled; `:` and `=` take several values parted by commas. A value that is a list fits when
    one of it does. Raises `NotUnderstood` naming what can be typed.
    """
    if sign in (":", "=") and typed in ("", "*"):
        return _filled if typed else _empty
    if sign == "!=" and not typed:
        return _filled
    if not typed:
        raise NotUnderstood(_("A value is missing after “{text}”.").format(text=f"{field.id}{sign}"))
    values = [value for value in _values(typed) if value] if sign in (":", "=", "!=") else [typed.replace('"', "")]
    if not values:
        raise NotUnderstood(_("A value is missing after “{text}”.").format(text=f"{field.id}{sign}"))
    tests = [_TESTS[field.kind](field, ":" if sign == "!=" else sign, value, today) for value in values]
    one = tests[0] if len(tests) == 1 else lambda value: any(test(value) for test in tests)
    fits = _each(one)
    return (lambda value: not fits(value)) if sign == "!=" else fits


def _values(typed: str) -> list[str]:
    """The values parted by commas; a quoted one may have commas, and `12,000` is one number."""
    parts = re.findall(r'"[^"]*"?|(?:\d,(?=\d{3}(?!\d))|[^,，、"])+', typed)
    return [part.replace('"', "").strip() for part in parts]


def _empty(value: Any) -> bool:
    return value in _EMPTY


def _filled(value: Any) -> bool:
    return value not in _EMPTY


def _each(test: Test) -> Test:
    def fits(value: Any) -> bool:
        if isinstance(value, list | tuple | set | frozenset):
            return any(test(one) for one in value)
        return value is not None and test(value)

    return fits


@lru_cache(maxsize=1 << 16)
def _heard(text: str) -> tuple[str, str]:
    """A text folded, and how it sounds; kept, because the same ten thousand are asked at every key."""
    return fold(text), pinyin.sounds(text)


def _of_text(_field: FilterField, sign: str, typed: str, _today: date) -> Test:
    wanted = fold(typed)
    if sign == "=":
        return lambda value: _heard(str(value))[0] == wanted
    if sign != ":":
        compare, limit = _COMPARE[sign], _natural(wanted)
        return lambda value: compare(_natural(_heard(str(value))[0]), limit)

    def contains(value: Any) -> bool:
        folded, sounds = _heard(value if isinstance(value, str) else str(value))
        if wanted in folded:
            return True
        if not sounds:
            return False
        pattern = pinyin.sound_pattern(wanted)
        return pattern is not None and pattern.search(sounds) is not None

    return contains


def _natural(text: str) -> str:
    """C10 behind C2."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(12), text)


def _of_choice(field: FilterField, sign: str, typed: str, _today: date) -> Test:
    ids = [*field.words]
    said = {one: (_(field.words[one]), field.words[one], one, *field.signs.get(one, ())) for one in ids}
    found = matching(typed, said)
    if not found:
        names = listed([_(field.words[one]) for one in ids], 12)
        raise NotUnderstood(_("“{text}” is none of these: {names}.").format(text=quoted(typed), names=names))
    if sign in (":", "="):
        wanted = frozenset(found)
        return lambda value: str(value) in wanted
    compare, places = _COMPARE[sign], {one: place for place, one in enumerate(ids)}
    limits = [places[one] for one in found]
    limit = max(limits) if sign in (">", "<=") else min(limits)
    return lambda value: str(value) in places and compare(places[str(value)], limit)


def _of_day(_field: FilterField, sign: str, typed: str, today: date) -> Test:
    written = plain(typed)
    # A month or a year as a whole.
    if re.fullmatch(r"(19|20|21)\d\d(-(0[1-9]|1[0-2]))?", written):
        limit = written
    else:
        limit = parse_day(written, today).isoformat()
    length = len(limit)
    if sign in (":", "="):
        return lambda value: str(value)[:length] == limit
    compare = _COMPARE[sign]
    return lambda value: value != "" and compare(str(value)[:length], limit)


def _of_numbers(parse: Callable[[FilterField, str], float]) -> Callable[[FilterField, str, str, date], Test]:
    """The tests of a kind whose values are numbers in a record and typed as `parse` reads them."""

    def of_number(field: FilterField, sign: str, typed: str, _today: date) -> Test:
        limit = parse(field, typed)
        compare = operator.eq if sign in (":", "=") else _COMPARE[sign]

        def fits(value: Any) -> bool:
            try:
                return bool(compare(float(value), limit))
            except (TypeError, ValueError):
                return False

        return fits

    return of_number


def _number(_field: FilterField, typed: str) -> float:
    # A share with decimals is no count, but can be compared.
    number = decimal_of(plain(typed).removesuffix("%"))
    return float(number) if number is not None else parse_number(plain(typed).removesuffix("%"))


def _money(field: FilterField, typed: str) -> float:
    amount = parse_money(typed, field.currency)
    if amount.currency != field.currency:
        raise NotUnderstood(
            _("The amounts are in {currency}. Type “{text}” in it.").format(currency=field.currency, text=quoted(typed))
        )
    return amount.minor


def _working_time(field: FilterField, typed: str) -> float:
    return parse_working_time(typed, field.minutes_per_day)


def _of_flag(_field: FilterField, sign: str, typed: str, _today: date) -> Test:
    wanted = parse_yes_no(typed)
    if sign not in (":", "="):
        raise NotUnderstood(_("Yes and no have no order. Type : instead of {sign}.").format(sign=sign))
    return lambda value: bool(value) is wanted


_TESTS: Mapping[FieldKind, Callable[[FilterField, str, str, date], Test]] = {
    FieldKind.TEXT: _of_text,
    FieldKind.CHOICE: _of_choice,
    FieldKind.DAY: _of_day,
    FieldKind.NUMBER: _of_numbers(_number),
    FieldKind.MONEY: _of_numbers(_money),
    FieldKind.WORKING_TIME: _of_numbers(_working_time),
    FieldKind.FLAG: _of_flag,
}
