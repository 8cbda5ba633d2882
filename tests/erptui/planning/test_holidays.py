"""The holidays the product ships."""

from __future__ import annotations

from datetime import date

import pytest

from erptui.planning.holidays import (
    UnknownCalendar,
    UnreadableHoliday,
    calendar_of,
    china,
    read_holidays,
)

HEADING = "date,kind,festival"


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2018, 250),
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ],
)
def test_chinas_working_days_of_a_year(year, days):
    assert calendar_of("cn").working_days_between(date(year, 1, 1), date(year, 12, 31)) == days


def test_the_make_up_days_of_2026_are_worked():
    worked = sorted(day for day, special in china().days.items() if day.year == 2026 and special.kind == "makeup")
    assert worked == [date(2026, *day) for day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]]
    assert all(day.weekday() >= 5 for day in worked)
    assert all(calendar_of("cn").minutes_on(day) == 480 for day in worked)


def test_spring_festival_2026_is_one_range_of_nine_days():
    festival = [
        day for day, special in china().days.items() if day.year == 2026 and special == ("holiday", "spring_festival")
    ]
    assert festival == [date(2026, 2, day) for day in range(15, 24)]
    assert not any(map(calendar_of("cn").is_working, festival))


def test_ten_working_days_over_spring_festival():
    assert calendar_of("cn").add_working_days(date(2026, 2, 9), 9) == date(2026, 2, 27)


def test_the_next_year_is_marked_as_not_announced():
    assert sorted(china().announced_years) == list(range(2018, 2027))
    assert china().is_announced(2026)
    assert not china().is_announced(2027)


def test_the_plain_calendar_knows_no_holiday():
    assert calendar_of("weekdays").is_working(date(2026, 10, 1))
    assert not calendar_of("weekdays").is_working(date(2026, 2, 14))


def test_an_unknown_calendar_names_the_ones_there_are():
    with pytest.raises(UnknownCalendar, match="cn or weekdays"):
        calendar_of("moon")


def test_a_table_of_ones_own_is_read():
    table = read_holidays([HEADING, "2027-02-05,holiday,spring_festival", "2027-02-20,makeup,spring_festival", ""])
    assert table.is_announced(2027)
    assert table.exceptions[date(2027, 2, 5)] == ()
    assert table.exceptions[date(2027, 2, 20)] != ()


@pytest.mark.parametrize("line", ["5.2.2027,holiday,x", "2027-02-05,feast,x", "2027-02-05"])
def test_a_bad_line_is_named_by_its_number(line):
    with pytest.raises(UnreadableHoliday, match="Line 3"):
        read_holidays([HEADING, "2027-02-06,holiday,x", line])
