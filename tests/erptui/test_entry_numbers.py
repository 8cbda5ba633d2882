"""What people type for counts, money, percent and ratings."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erptui.entry import (
    Money,
    NotUnderstood,
    parse_attitude,
    parse_money,
    parse_number,
    parse_percent,
    parse_rating,
)
from erptui.entry.numbers import CURRENCIES, minor_digits


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12000", 1_200_000),
        ("12,000", 1_200_000),
        ("12 000", 1_200_000),
        ("12'000", 1_200_000),
        ("12,000.50", 1_200_050),
        ("12.000,50", 1_200_050),
        ("12 000,5", 1_200_050),
        ("1.234.567", 123_456_700),
        ("12.5", 1250),
        ("12,5", 1250),
        (".5", 50),
        ("1.2万", 1_200_000),
        ("1.200万", 1_200_000),
        ("1,2万", 1_200_000),
        ("1.2万元", 1_200_000),
        ("3.5亿", 35_000_000_000),
        ("¥3k", 300_000),
        ("￥３ｋ", 300_000),
        ("3 k", 300_000),
        ("1.5m", 150_000_000),
        ("12000元", 1_200_000),
        ("人民币 12000", 1_200_000),
        ("RMB 12000", 1_200_000),
        ("-500", -50_000),
        ("-¥500", -50_000),
        ("¥ -500", -50_000),
        ("+500", 50_000),
        ("0", 0),
    ],
)
def test_an_amount_in_the_usual_currency(typed, fen):
    assert parse_money(typed, "CNY") == Money(fen, "CNY")


@pytest.mark.parametrize(
    ("typed", "usual", "money"),
    [
        ("12,000.50 CNY", "EUR", Money(1_200_050, "CNY")),
        ("EUR 12.000,50", "CNY", Money(1_200_050, "EUR")),
        ("12 eur", "CNY", Money(1200, "EUR")),
        ("€12", "CNY", Money(1200, "EUR")),
        ("$5", "CNY", Money(500, "USD")),
        ("$5", "SGD", Money(500, "SGD")),
        ("¥500", "EUR", Money(50_000, "CNY")),
        ("¥500", "JPY", Money(500, "JPY")),
        ("500 JPY", "CNY", Money(500, "JPY")),
        ("1.5 KWD", "CNY", Money(1500, "KWD")),
        ("3k USD", "CNY", Money(300_000, "USD")),
        ("¥3万元", "EUR", Money(3_000_000, "CNY")),
    ],
)
def test_a_currency_that_is_typed_counts(typed, usual, money):
    assert parse_money(typed, usual) == money


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "k",
        "¥",
        "soon",
        "12.000",
        "12,00,000",
        "1,2345",
        "1.2.3",
        "12 XYZ",
        "€5 USD",
        "--5",
        "5-",
        "1e5",
        "5 5 5",
    ],
)
def test_what_is_no_amount_or_can_be_two_is_refused_with_the_forms_that_are(typed):
    with pytest.raises(NotUnderstood, match=r"is not an amount\. Type 12000, 12,000\.50 CNY"):
        parse_money(typed)


def test_decimals_that_the_currency_does_not_have_are_refused():
    with pytest.raises(NotUnderstood, match="more decimals than JPY"):
        parse_money("500.5 JPY")
    with pytest.raises(NotUnderstood, match="more decimals than CNY"):
        parse_money("1.2345678万")
    with pytest.raises(NotUnderstood, match="too large"):
        parse_money("9" * 20)


@given(st.integers(0, 10**15), st.sampled_from(sorted(CURRENCIES)))
def test_every_amount_is_understood_as_it_is_written(minor, currency):
    digits = minor_digits(currency)
    whole, rest = divmod(minor, 10**digits)
    decimals = f".{rest:0{digits}}" if digits else ""
    assert parse_money(f"{whole:,}{decimals} {currency}") == Money(minor, currency)
    assert parse_money(f"{currency} {whole:,}{decimals}".replace(",", " ")) == Money(minor, currency)


@pytest.mark.parametrize(
    ("typed", "number"), [("12000", 12000), ("12,000", 12000), ("3k", 3000), ("1.2万", 12000), ("-5", -5), ("５", 5)]
)
def test_a_whole_number(typed, number):
    assert parse_number(typed) == number


@pytest.mark.parametrize("typed", ["", "12.5", "12.000", "1.23456万", "-", "--5", "ten", "1e3", "9" * 17])
def test_what_is_no_whole_number_is_refused(typed):
    with pytest.raises(NotUnderstood, match=r"is not a whole number\. Type 12000"):
        parse_number(typed)


def test_a_percentage_is_a_whole_number_to_a_hundred():
    assert [parse_percent(typed) for typed in ("0", "60", "60%", "60 %", "６０％", "百分之60", "100")] == [
        0, 60, 60, 60, 60, 60, 100,
    ]  # fmt: skip
    for typed in ("", "101", "-1", "60.5", "%", "half"):
        with pytest.raises(NotUnderstood, match="from 0 to 100"):
            parse_percent(typed)


@pytest.mark.parametrize("typed", ["r45", "R45", "45", "4 5", "4/5", "4x5", "r 4,5", "ｒ４５"])
def test_a_rating_is_two_digits(typed):
    assert parse_rating(typed) == (4, 5)


@pytest.mark.parametrize("typed", ["", "r", "r4", "r456", "r06", "r60", "45%", "four five"])
def test_what_is_no_rating_is_refused(typed):
    with pytest.raises(NotUnderstood, match=r"Type two digits from 1 to 5, such as r45"):
        parse_rating(typed)


def test_an_attitude_is_a_sign():
    assert [parse_attitude(typed) for typed in ("r-", "r=", "r+", "-", "＝", "＋")] == [-1, 0, 1, -1, 0, 1]
    with pytest.raises(NotUnderstood, match="r- against"):
        parse_attitude("r")


@given(st.text(max_size=14))
def test_whatever_is_typed_is_of_the_kind_or_refused(typed):
    kinds = {parse_money: Money, parse_number: int, parse_percent: int, parse_rating: tuple, parse_attitude: int}
    for parse, kind in kinds.items():
        with suppress(NotUnderstood):
            assert isinstance(parse(typed), kind)
