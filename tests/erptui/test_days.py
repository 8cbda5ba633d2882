"""How a day is written."""

from __future__ import annotations

from datetime import date

import pytest

from erptui import days, i18n
from erptui.days import short_day, weekday_and_day

TODAY = date(2026, 11, 24)


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setattr(days, "language", lambda: "zh")


def test_a_day_of_this_year_has_no_year():
    assert i18n.language() == "en"
    assert short_day(date(2026, 3, 2), TODAY) == "02.03"


def test_a_day_of_another_year_has_it():
    assert short_day(date(2027, 3, 2), TODAY) == "02.03.2027"
    assert short_day(date(2025, 12, 31), TODAY) == "31.12.2025"


def test_in_chinese_the_month_comes_first(chinese):
    assert short_day(date(2026, 3, 2), TODAY) == "03-02"
    assert short_day(date(2027, 3, 2), TODAY) == "2027-03-02"


def test_no_day_is_nothing():
    assert short_day(None, TODAY) == ""


def test_the_day_of_the_week_stands_before_the_day():
    assert weekday_and_day(date(2026, 11, 30), TODAY) == "Mon 30.11"
    assert weekday_and_day(date(2027, 1, 3), TODAY) == "Sun 03.01.2027"
