"""What people type for a birthday."""

from __future__ import annotations

from datetime import date

import pytest

from erptui.entry import NotUnderstood, birthday_text, parse_birthday
from erptui.i18n import set_language

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1985-03-07", "1985-03-07"),
        ("1985-3-7", "1985-03-07"),
        ("1985/3/7", "1985-03-07"),
        ("19850307", "1985-03-07"),
        ("7.3.1985", "1985-03-07"),
        ("7.3.85", "1985-03-07"),
        ("7.3.26", "2026-03-07"),
        ("85年3月7日", "1985-03-07"),
        ("１９８５年３月７号", "1985-03-07"),
        ("03-07", "--03-07"),
        ("3/7", "--03-07"),
        ("7.3", "--03-07"),
        ("7.3.", "--03-07"),
        ("3月7日", "--03-07"),
        ("--03-07", "--03-07"),
        ("29.2", "--02-29"),
    ],
)
def test_a_birthday_is_read_with_and_without_its_year(typed, stored):
    assert parse_birthday(typed, TODAY) == stored
    assert parse_birthday(birthday_text(stored), TODAY) == stored


@pytest.mark.parametrize(
    "typed", ["abc", "fri", "+3d", "31.2", "29.2.1985", "2031-01-01", "1985", "13-45", "-", "25.11.2026"]
)
def test_what_is_no_birthday_is_refused(typed):
    with pytest.raises(NotUnderstood, match="is not a birthday"):
        parse_birthday(typed, TODAY)


def test_a_chinese_reader_types_the_month_first():
    set_language("zh")
    try:
        assert parse_birthday("3.7", TODAY) == "--03-07"
    finally:
        set_language("en")
