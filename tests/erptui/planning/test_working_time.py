"""Working calendars and the axis of working minutes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erptui.planning.working_time import (
    FREE_DAY,
    OFFICE_DAY,
    OFFICE_WEEK,
    OutsideCalendar,
    UnusableCalendar,
    WorkingCalendar,
)

WEEKDAYS = WorkingCalendar()
wall = datetime.fromisoformat
MONDAY, FRIDAY, SATURDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 8)
NEXT_MONDAY = date(2026, 3, 9)


def test_an_office_day_has_eight_hours_and_a_weekend_none():
    assert WEEKDAYS.minutes_on(MONDAY) == 480
    assert WEEKDAYS.minutes_on(SATURDAY) == 0
    assert WEEKDAYS.is_working(FRIDAY)
    assert not WEEKDAYS.is_working(SUNDAY)


def test_exceptions_win_over_the_week():
    calendar = WorkingCalendar(exceptions={MONDAY: FREE_DAY, SATURDAY: OFFICE_DAY})
    assert not calendar.is_working(MONDAY)
    assert calendar.minutes_on(SATURDAY) == 480


def test_the_working_day_after_a_friday_is_monday_and_back():
    assert WEEKDAYS.next_working_day(FRIDAY) == NEXT_MONDAY
    assert WEEKDAYS.previous_working_day(NEXT_MONDAY) == FRIDAY


def test_a_working_day_stays_and_a_free_day_moves():
    assert WEEKDAYS.working_day_on_or_after(FRIDAY) == FRIDAY
    assert WEEKDAYS.working_day_on_or_after(SUNDAY) == NEXT_MONDAY
    assert WEEKDAYS.working_day_on_or_before(SUNDAY) == FRIDAY


@pytest.mark.parametrize(
    ("day", "count", "reached"),
    [
        (FRIDAY, 1, NEXT_MONDAY),
        (FRIDAY, 0, FRIDAY),
        (SATURDAY, 0, NEXT_MONDAY),
        (SATURDAY, 1, NEXT_MONDAY),
        (NEXT_MONDAY, -1, FRIDAY),
        (SATURDAY, -1, FRIDAY),
        (MONDAY, 10, date(2026, 3, 16)),
    ],
)
def test_working_days_are_added(day, count, reached):
    assert WEEKDAYS.add_working_days(day, count) == reached


def test_working_days_between_count_both_ends():
    assert WEEKDAYS.working_days_between(MONDAY, MONDAY) == 1
    assert WEEKDAYS.working_days_between(FRIDAY, NEXT_MONDAY) == 2
    assert WEEKDAYS.working_days_between(SATURDAY, SUNDAY) == 0
    assert WEEKDAYS.working_days_between(NEXT_MONDAY, MONDAY) == 0


def test_two_equal_calendars_are_equal_and_hash_alike():
    one, other = WorkingCalendar(exceptions={MONDAY: FREE_DAY}), WorkingCalendar(exceptions={MONDAY: FREE_DAY})
    assert one == other
    assert hash(one) == hash(other)
    assert one != WEEKDAYS


@pytest.mark.parametrize(
    "week",
    [
        (FREE_DAY,) * 7,
        OFFICE_WEEK[:6],
        (((600, 480),), *OFFICE_WEEK[1:]),
        (((480, 720), (700, 800)), *OFFICE_WEEK[1:]),
        (((480, 1441),), *OFFICE_WEEK[1:]),
    ],
    ids=["never worked", "six days", "backwards", "overlapping", "past midnight"],
)
def test_a_week_nobody_can_work_is_refused(week):
    with pytest.raises(UnusableCalendar):
        WorkingCalendar(week=week)


def test_the_end_of_a_day_is_the_start_of_the_next():
    axis = WEEKDAYS.axis(MONDAY)
    assert axis.start_moment(0) == wall("2026-03-02 08:00")
    assert axis.finish_moment(480) == wall("2026-03-02 17:00")
    assert axis.start_moment(480) == wall("2026-03-03 08:00")
    assert axis.finish_date(5 * 480) == FRIDAY
    assert axis.start_date(5 * 480) == NEXT_MONDAY


def test_the_lunch_break_lies_between_a_finish_and_a_start():
    axis = WEEKDAYS.axis(MONDAY)
    assert axis.finish_moment(240) == wall("2026-03-02 12:00")
    assert axis.start_moment(240) == wall("2026-03-02 13:00")


def test_the_axis_starts_on_the_first_working_day_after_its_origin():
    axis = WEEKDAYS.axis(SATURDAY)
    assert axis.start_date(0) == NEXT_MONDAY
    assert axis.offset_of_start(SATURDAY) == 0
    assert axis.offset_of_start(FRIDAY) == -480


def test_offsets_before_the_origin_are_negative():
    axis = WEEKDAYS.axis(NEXT_MONDAY)
    assert axis.start_moment(-480) == wall("2026-03-06 08:00")
    assert axis.finish_moment(0) == wall("2026-03-06 17:00")
    assert axis.offset_of_finish(SUNDAY) == 0
    assert axis.offset_of_finish(MONDAY) == -4 * 480
    assert axis.start_date(-52 * 2400) == NEXT_MONDAY - timedelta(weeks=52)


def test_a_day_off_in_the_middle_moves_the_finish():
    axis = WorkingCalendar(exceptions={date(2026, 3, 4): FREE_DAY, SATURDAY: ((480, 720),)}).axis(MONDAY)
    assert axis.finish_moment(3 * 480) == wall("2026-03-05 17:00")
    assert axis.finish_moment(4 * 480 + 240) == wall("2026-03-07 12:00")
    assert axis.start_date(4 * 480 + 240) == NEXT_MONDAY


def test_a_shift_may_end_at_midnight():
    axis = WorkingCalendar(week=(((22 * 60, 24 * 60),),) * 7).axis(MONDAY)
    assert axis.finish_date(120) == MONDAY
    assert axis.finish_moment(120) == wall("2026-03-03 00:00")


def test_moments_are_read_as_working_minutes():
    axis = WEEKDAYS.axis(MONDAY)
    assert axis.offset_of_moment(wall("2026-03-03 08:00")) == 480
    assert axis.offset_of_moment(wall("2026-03-02 17:00")) == 480
    assert axis.offset_of_moment(wall("2026-03-02 12:30")) == 240
    assert axis.offset_of_moment(wall("2026-03-07 10:00")) == 5 * 480


def test_a_span_is_first_and_last_day_of_the_work():
    axis = WEEKDAYS.axis(MONDAY)
    assert axis.span(0, 5 * 480) == (MONDAY, FRIDAY)
    assert axis.span(5 * 480, 6 * 480) == (NEXT_MONDAY, NEXT_MONDAY)


def test_a_milestone_stands_at_the_end_of_a_day_or_opens_the_next():
    axis = WEEKDAYS.axis(MONDAY)
    assert axis.span(5 * 480, 5 * 480) == (FRIDAY, FRIDAY)
    assert axis.span(5 * 480, 5 * 480, opens_day=True) == (NEXT_MONDAY, NEXT_MONDAY)


def test_a_plan_past_the_year_9999_is_refused_in_words():
    with pytest.raises(OutsideCalendar, match="check durations"):
        WEEKDAYS.axis(date(9998, 1, 1)).start_date(10**6)
    with pytest.raises(OutsideCalendar):
        WEEKDAYS.axis(date(1, 6, 1)).start_date(-(10**6))
    with pytest.raises(OutsideCalendar):
        WEEKDAYS.next_working_day(date.max)


shifts = st.lists(st.integers(0, 24), min_size=0, max_size=4, unique=True).map(
    lambda hours: tuple((start * 60, end * 60) for start, end in zip(*[iter(sorted(hours))] * 2, strict=False))
)
calendars = st.builds(
    WorkingCalendar,
    id=st.just("drawn"),
    week=st.lists(shifts, min_size=7, max_size=7).map(tuple).filter(any),
    exceptions=st.dictionaries(st.dates(date(2026, 2, 1), date(2026, 4, 10)), shifts, max_size=25),
)


def minutes_worked(calendar: WorkingCalendar, first: date, last: date) -> list[datetime]:
    """Every working minute from one day to another, one by one."""
    midnight = datetime.combine(first, time())
    return [
        midnight + timedelta(days=day, minutes=minute)
        for day in range((last - first).days + 1)
        for start, end in calendar.shifts_on(first + timedelta(days=day))
        for minute in range(start, end)
    ]


@given(calendars, st.dates(date(2026, 2, 20), date(2026, 3, 20)), st.data())
def test_the_axis_agrees_with_counting_minute_by_minute(calendar, origin, data):
    first, last = origin - timedelta(days=30), origin + timedelta(days=30)
    before = minutes_worked(calendar, first, origin - timedelta(days=1))
    minutes = before + minutes_worked(calendar, origin, last)
    if len(minutes) < 2:
        return
    place = data.draw(st.integers(1, len(minutes) - 1))
    offset = place - len(before)
    axis = calendar.axis(origin)
    assert axis.start_moment(offset) == minutes[place]
    assert axis.start_date(offset) == minutes[place].date()
    assert axis.finish_moment(offset) == minutes[place - 1] + timedelta(minutes=1)
    assert axis.finish_date(offset) == minutes[place - 1].date()
    assert axis.offset_of_moment(minutes[place]) == offset


@given(calendars, st.dates(date(2026, 2, 20), date(2026, 3, 20)), st.dates(date(2026, 2, 1), date(2026, 4, 10)))
def test_the_offsets_of_a_day_hold_exactly_its_minutes(calendar, origin, day):
    axis = calendar.axis(origin)
    start, finish = axis.offset_of_start(day), axis.offset_of_finish(day)
    assert finish - start == calendar.minutes_on(day)
    if calendar.is_working(day):
        assert axis.start_date(start) == day == axis.finish_date(finish)


@given(calendars, st.dates(date(2026, 2, 1), date(2026, 4, 10)), st.integers(0, 80))
def test_working_days_between_agree_with_counting_them(calendar, first, length):
    days = [first + timedelta(days=day) for day in range(length + 1)]
    assert calendar.working_days_between(first, days[-1]) == sum(map(calendar.is_working, days))


@given(calendars, st.dates(date(2026, 2, 1), date(2026, 4, 10)), st.integers(-20, 20))
def test_adding_working_days_and_taking_them_back_returns(calendar, day, count):
    day = calendar.working_day_on_or_after(day)
    assert calendar.add_working_days(calendar.add_working_days(day, count), -count) == day
