"""What people type for times of day, moments and lengths of time."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erptui.entry import (
    NotUnderstood,
    parse_day,
    parse_duration,
    parse_moment,
    parse_time,
    parse_working_time,
)

TUESDAY = date(2026, 11, 24)
SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14", "14:00"),
        ("0", "00:00"),
        ("14:30", "14:30"),
        ("１４：３０", "14:30"),
        ("14.30", "14:30"),
        ("1430", "14:30"),
        ("14h30", "14:30"),
        ("14h", "14:00"),
        ("2pm", "14:00"),
        ("2:30 PM", "14:30"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("11 a.m.", "11:00"),
        ("14点", "14:00"),
        ("14点半", "14:30"),
        ("14点05", "14:05"),
        ("9点5分", "09:05"),
        ("三点一刻", "03:15"),
        ("十二点整", "12:00"),
        ("下午3点", "15:00"),
        ("下午三点半", "15:30"),
        ("下午15点", "15:00"),
        ("下午12点", "12:00"),
        ("上午9:30", "09:30"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("中午11点半", "11:30"),
        ("晚上8点", "20:00"),
        ("凌晨12点", "00:00"),
        ("凌晨两点", "02:00"),
        ("下午3點", "15:00"),
    ],
)
def test_a_time_of_day(typed, meant):
    assert f"{parse_time(typed):%H:%M}" == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "24",
        "24:00",
        "14:60",
        "99",
        "13pm",
        "0am",
        "上午13点",
        "晚上12点",
        "下午3pm",
        "上午12点",
        "soon",
        "14:3",
        "1400h",
    ],
)
def test_what_is_no_time_or_may_be_noon_and_midnight_is_refused_with_the_forms_that_are(typed):
    with pytest.raises(NotUnderstood, match=r"is not a time\. Type 14, 14:30, 2pm"):
        parse_time(typed)


@given(st.times())
def test_every_time_is_understood_as_it_is_written(moment):
    written = moment.replace(second=0, microsecond=0)
    assert parse_time(f"{written:%H:%M}") == written
    assert parse_time(f"{written:%I:%M%p}") == written
    assert parse_time(f"{written.hour}点{written.minute}分") == written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fri 14:00", "2026-11-27 14:00"),
        ("周五14:00", "2026-11-27 14:00"),
        ("明天下午3点", "2026-11-25 15:00"),
        ("24.11 9:30", "2026-11-24 09:30"),
        ("11-24 14", "2026-11-24 14:00"),
        ("2026-11-24 9:30", "2026-11-24 09:30"),
        ("2026-11-24T09:30", "2026-11-24 09:30"),
        ("2026-11-24T01:30Z", "2026-11-24 09:30"),
        ("2026-11-24T09:30:00+08:00", "2026-11-24 09:30"),
        ("+2w 14:00", "2026-12-08 14:00"),
        ("14:30", "2026-11-24 14:30"),
    ],
)
def test_a_moment_is_a_day_and_a_time(typed, meant):
    assert f"{parse_moment(typed, TUESDAY, SHANGHAI):%Y-%m-%d %H:%M %z}" == f"{meant} +0800"


def test_of_a_moment_that_stands_there_the_other_half_is_kept():
    stands = datetime(2026, 12, 1, 9, 30, tzinfo=SHANGHAI)
    assert parse_moment("14:00", TUESDAY, SHANGHAI, stands) == stands.replace(hour=14, minute=0)
    assert parse_moment("+3d", TUESDAY, SHANGHAI, stands) == stands + timedelta(days=3)
    assert parse_moment("fri", TUESDAY, SHANGHAI, stands) == stands.replace(month=11, day=27)


@pytest.mark.parametrize("typed", ["", "fri", "24.11", "fri 25:00", "2026-02-30T10:00", "soon 14", "14:00 14:00"])
def test_what_is_no_day_and_time_is_refused_with_the_forms_that_are(typed):
    with pytest.raises(NotUnderstood, match=r"is not a day and time\. Type fri 14:00"):
        parse_moment(typed, TUESDAY, SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("3d", 1440),
        ("3", 1440),
        ("0", 0),
        ("1.5d", 720),
        ("1,5 d", 720),
        ("0.5", 240),
        ("2h", 120),
        ("90m", 90),
        ("90 min", 90),
        ("1w", 2400),
        ("1d4h", 720),
        ("1d 4h 30m", 750),
        ("1h30", 90),
        ("3 days", 1440),
        ("3天", 1440),
        ("３天", 1440),
        ("三天", 1440),
        ("半天", 240),
        ("3个工作日", 1440),
        ("2小时", 120),
        ("两小时", 120),
        ("两个半小时", 150),
        ("一天半", 720),
        ("半小时", 30),
        ("30分钟", 30),
        ("2周", 4800),
        ("1 hour 15 minutes", 75),
    ],
)
def test_working_time_counts_days_of_eight_hours(typed, minutes):
    assert parse_working_time(typed) == minutes


def test_a_working_day_is_as_long_as_the_calendar_says():
    assert parse_working_time("2d", minutes_per_day=450) == 900
    assert parse_working_time("1w", minutes_per_day=450) == 2250


def test_a_duration_counts_by_the_clock():
    assert parse_duration("2h") == 120
    assert parse_duration("1d") == 1440
    assert parse_duration("1h30") == 90


@pytest.mark.parametrize(
    "typed", ["", "d", "-3d", "3x", "3d3d", "4h1d", "1.2.3d", "9" * 60 + "d", "99999999d", "d3", "h"]
)
def test_what_is_no_length_is_refused_with_the_forms_that_are(typed):
    with pytest.raises(NotUnderstood, match=r"is not a duration\. Type 3d, 2h"):
        parse_working_time(typed)


def test_a_bare_number_is_no_length_by_the_clock():
    with pytest.raises(NotUnderstood, match=r"“2” is not a duration\. Type 2h, 90m"):
        parse_duration("2")


@given(st.integers(0, 400), st.integers(0, 7), st.integers(0, 59))
def test_every_length_written_in_its_parts_is_understood(days, hours, minutes):
    assert parse_working_time(f"{days}d {hours}h {minutes}m") == days * 480 + hours * 60 + minutes
    assert parse_working_time(f"{days}天{hours}小时{minutes}分钟") == days * 480 + hours * 60 + minutes


@given(st.text(max_size=12), st.datetimes(timezones=st.just(SHANGHAI)))
def test_whatever_is_typed_is_of_the_kind_or_refused(typed, current):
    with suppress(NotUnderstood):
        assert isinstance(parse_time(typed), time)
    with suppress(NotUnderstood):
        assert isinstance(parse_moment(typed, TUESDAY, SHANGHAI, current), datetime)
    with suppress(NotUnderstood):
        assert parse_working_time(typed) >= 0
    with suppress(NotUnderstood):
        assert parse_duration(typed) >= 0


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("本周五", 3),
        ("这周一", -1),
        ("上周五", -4),
        ("下下周二", 14),
        ("礼拜五", 3),
        ("大后天", 3),
        ("3天后", 3),
        ("两周后", 14),
        ("两个星期之后", 14),
    ],
)
def test_days_as_they_are_said_in_chinese(typed, days):
    assert parse_day(typed, TUESDAY) == TUESDAY + timedelta(days=days)


@pytest.mark.parametrize("typed", ["一", "天", "下一", "周", "下周"])
def test_half_a_day_name_is_no_day(typed):
    with pytest.raises(NotUnderstood):
        parse_day(typed, TUESDAY)
