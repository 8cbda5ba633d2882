"""What people type for a day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erptui.entry import NotUnderstood, parse_day
from erptui.i18n import set_language

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        ("2026/11/27", date(2026, 11, 27)),
        ("2026年11月27日", date(2026, 11, 27)),
        ("20261127", date(2026, 11, 27)),
        ("27.11.2026", date(2026, 11, 27)),
        ("27.11.26", date(2026, 11, 27)),
        ("27.11.", date(2026, 11, 27)),
        ("27.11", date(2026, 11, 27)),
        ("11-27", date(2026, 11, 27)),
        ("11/27", date(2026, 11, 27)),
        ("11月27日", date(2026, 11, 27)),
        ("  3.12  ", date(2026, 12, 3)),
        ("２７．１１", date(2026, 11, 27)),
        ("２０２６－１１－２７", date(2026, 11, 27)),
        ("１１／２７", date(2026, 11, 27)),
        ("11月27号", date(2026, 11, 27)),
        ("2026年11月27号", date(2026, 11, 27)),
    ],
)
def test_a_written_day(typed, day):
    assert parse_day(typed, TUESDAY) == day


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("today", 0),
        ("Tomorrow", 1),
        ("yesterday", -1),
        ("今天", 0),
        ("明天", 1),
        ("后天", 2),
        ("fri", 3),
        ("Friday", 3),
        ("tue", 7),
        ("mon", 6),
        ("周五", 3),
        ("星期日", 5),
        ("周天", 5),
        ("下周一", 6),
        ("下周五", 10),
        ("月底", 6),
        ("下个月底", 37),
        ("年底", 37),
        ("+3d", 3),
        ("+3", 3),
        ("+ 3 d", 3),
        ("＋３ｄ", 3),
        ("＋２周", 14),
        ("ＦＲＩ", 3),
        ("+2w", 14),
        ("+2周", 14),
        ("-1d", -1),
        ("+++", 3),
        ("--", -2),
        ("＋3天", 3),
    ],
)
def test_a_day_counted_from_today(typed, days):
    assert parse_day(typed, TUESDAY) == TUESDAY + timedelta(days=days)


def test_steps_count_from_the_day_that_stands_there():
    assert parse_day("+3d", TUESDAY, date(2027, 1, 4)) == date(2027, 1, 7)
    assert parse_day("+++", TUESDAY, date(2027, 1, 4)) == date(2027, 1, 7)
    assert parse_day("fri", TUESDAY, date(2027, 1, 4)) == date(2026, 11, 27)


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert parse_day("+1m", TUESDAY, date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_day("+13m", TUESDAY, date(2027, 1, 31)) == date(2028, 2, 29)
    assert parse_day("-1m", TUESDAY, date(2027, 1, 31)) == date(2026, 12, 31)
    assert parse_day("+1个月", TUESDAY, date(2027, 1, 31)) == date(2027, 2, 28)


def test_a_day_without_year_is_the_next_unless_it_was_within_half_a_year():
    assert parse_day("1.3", TUESDAY) == date(2027, 3, 1)
    assert parse_day("1.10", TUESDAY) == date(2026, 10, 1)
    assert parse_day("31.12", date(2027, 1, 4)) == date(2026, 12, 31)


def test_the_last_of_february_waits_for_a_leap_year():
    assert parse_day("29.2", TUESDAY) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "31.11",
        "2026-02-30",
        "2026-13-01",
        "0.0",
        "+-",
        "+3x",
        "24",
        "0000-01-01",
        "[/x]",
        "9" * 400,
        "+" * 0,
    ],
)
def test_what_is_no_day_is_refused_with_the_forms_that_are(typed):
    with pytest.raises(NotUnderstood, match=r"is not a day\. Type 2026-11-24, 24\.11"):
        parse_day(typed, TUESDAY)


@pytest.mark.parametrize("typed", ["+9999m", "+9999w", "+9999d", "-9999m"])
def test_no_calendar_reaches_that_far(typed):
    edge = date(9990, 1, 1) if typed[0] == "+" else date(5, 1, 1)
    with pytest.raises(NotUnderstood):
        parse_day(typed, TUESDAY, edge)


@given(st.text(max_size=12), st.dates())
def test_whatever_is_typed_is_a_day_or_refused(typed, current):
    with suppress(NotUnderstood):
        assert isinstance(parse_day(typed, TUESDAY, current), date)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_written_in_full_is_understood(day):
    assert parse_day(day.isoformat(), TUESDAY) == day
    assert parse_day(f"{day:%d.%m.%Y}", TUESDAY) == day


def test_a_day_with_a_point_is_read_as_the_reader_writes_it():
    try:
        set_language("zh")
        assert parse_day("12.1", date(2026, 11, 25)) == date(2026, 12, 1)
        assert parse_day("24.11", date(2026, 11, 25)) == date(2026, 11, 24)
        set_language("en")
        assert parse_day("12.1", date(2026, 11, 25)) == date(2027, 1, 12)
    finally:
        set_language("en")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/1", date(2026, 3, 1)),
        ("3月1日", date(2026, 3, 1)),
        ("25.11", date(2025, 11, 25)),
        ("24.11", TUESDAY),
        ("29.2", date(2024, 2, 29)),
        ("7.3.85", date(1985, 3, 7)),
        ("7.3.2085", date(2085, 3, 7)),
        ("fri", date(2026, 11, 20)),
        ("周五", date(2026, 11, 20)),
        ("tue", TUESDAY),
        ("tomorrow", date(2026, 11, 25)),
        ("+3d", date(2026, 11, 27)),
        ("下周一", date(2026, 11, 30)),
    ],
)
def test_of_what_lies_behind_us_a_day_that_leaves_it_open_is_the_last_one(typed, day):
    assert parse_day(typed, TUESDAY, past=True) == day
