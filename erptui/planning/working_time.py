"""Working calendars, and the axis of working minutes that the network counts on.

Days are dates, moments are naive wall-clock datetimes, durations are whole working minutes. A calendar is a weekly
pattern of shifts with exceptions by date: a holiday has no shifts, a make-up day has some.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate

Shift = tuple[int, int]
"""Start and end in minutes of the day: 08:00–12:00 is (480, 720)."""

DayPattern = tuple[Shift, ...]

OFFICE_DAY: DayPattern = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
FREE_DAY: DayPattern = ()
OFFICE_WEEK: tuple[DayPattern, ...] = (OFFICE_DAY,) * 5 + (FREE_DAY,) * 2

MINUTES_PER_DAY = 480
"""What a person means by one day of work, whatever the shifts of a single day."""

ONE_DAY = timedelta(days=1)
FIRST_STRETCH = 512
"""Days an axis maps at once; each further stretch is as long as all before it."""


class UnusableCalendar(ValueError):
    """A weekly pattern or an exception that no plan can be counted on."""


class OutsideCalendar(OverflowError):
    """A plan runs out of the years 1 to 9999: a duration, a lag or a start date is far too large."""

    def __init__(self) -> None:
        super().__init__("The plan runs out of the calendar (years 1 to 9999): check durations, lags and start dates.")


def minutes_in(shifts: DayPattern) -> int:
    """Working minutes of a day with these shifts."""
    return sum(end - start for start, end in shifts)


def _check_day(name: object, shifts: DayPattern) -> None:
    before = 0
    for start, end in shifts:
        if not before <= start < end <= 24 * 60:
            raise UnusableCalendar(f"{name}: shifts must follow each other within one day, not {shifts}.")
        before = end


@dataclass(frozen=True)
class WorkingCalendar:
    """When people work: seven day patterns, Monday first, and the dates that differ from them."""

    id: str = "weekdays"
    week: tuple[DayPattern, ...] = OFFICE_WEEK
    exceptions: Mapping[date, DayPattern] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise UnusableCalendar("A working week has seven days, at least one of them with a shift.")
        for weekday, shifts in enumerate(self.week):
            _check_day(f"Day {weekday + 1} of the week", shifts)
        for day, shifts in self.exceptions.items():
            _check_day(day.isoformat(), shifts)
        object.__setattr__(self, "exceptions", dict(self.exceptions))

    def shifts_on(self, day: date) -> DayPattern:
        """The shifts worked on a day, none on a free one."""
        shifts = self.exceptions.get(day)
        return self.week[day.weekday()] if shifts is None else shifts

    def minutes_on(self, day: date) -> int:
        """Working minutes of a day."""
        return minutes_in(self.shifts_on(day))

    def is_working(self, day: date) -> bool:
        """Whether anybody works on a day."""
        return bool(self.shifts_on(day))

    def next_working_day(self, day: date) -> date:
        """The first working day after a day."""
        return self._seek(day, ONE_DAY)

    def previous_working_day(self, day: date) -> date:
        """The last working day before a day."""
        return self._seek(day, -ONE_DAY)

    def working_day_on_or_after(self, day: date) -> date:
        """The day itself when it is worked, else the next working day."""
        return day if self.is_working(day) else self.next_working_day(day)

    def working_day_on_or_before(self, day: date) -> date:
        """The day itself when it is worked, else the previous working day."""
        return day if self.is_working(day) else self.previous_working_day(day)

    def working_days_between(self, first: date, last: date) -> int:
        """Working days from one day to another, both included; 0 when the last lies before the first."""
        if last < first:
            return 0
        weeks, rest = divmod((last - first).days + 1, 7)
        by_pattern = weeks * sum(map(bool, self.week))
        by_pattern += sum(bool(self.week[(first.weekday() + day) % 7]) for day in range(rest))
        dates, gained = self._changed_days
        return by_pattern + gained[bisect_right(dates, last)] - gained[bisect_left(dates, first)]

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that lies `count` working days after a day, before it when `count` is negative.

        One from a Friday is Monday. None from a free day is the next working day.
        """
        if count == 0:
            return self.working_day_on_or_after(day)
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _ in range(abs(count)):
            day = self._seek(day, step)
        return day

    def axis(self, origin: date) -> WorkingAxis:
        """The axis whose offset 0 is the first working minute on or after a day."""
        return WorkingAxis(self, origin)

    def _seek(self, day: date, step: timedelta) -> date:
        try:
            day += step
            while not self.is_working(day):
                day += step
        except OverflowError:
            raise OutsideCalendar from None
        return day

    @cached_property
    def _changed_days(self) -> tuple[list[date], list[int]]:
        """Exception dates in order, and how many working days they add up to each of them."""
        dates = sorted(self.exceptions)
        gains = (bool(self.exceptions[day]) - bool(self.week[day.weekday()]) for day in dates)
        return dates, list(accumulate(gains, initial=0))


class WorkingAxis:
    """Working minutes in a row, mapped to days and moments and back.

    Offset 0 is the first working minute on or after the origin, negative offsets lie before it. The end of one working
    day and the beginning of the next are the same offset: as a start it is the later day, as a finish the earlier one.
    The mapped stretch grows when asked for more; an axis belongs to one thread.
    """

    def __init__(self, calendar: WorkingCalendar, origin: date) -> None:
        self.calendar = calendar
        self.origin = origin
        first = calendar.working_day_on_or_after(origin)
        self._days = [first]
        self._opens = [0]
        self._end = calendar.minutes_on(first)
        self._from = self._to = first
        """First and last day looked at, free ones included."""

    def start_date(self, offset: int) -> date:
        """The day on which work that starts at an offset begins."""
        if not self._opens[0] <= offset < self._end:
            self._reach(offset)
        return self._days[bisect_right(self._opens, offset) - 1]

    def finish_date(self, offset: int) -> date:
        """The day on which work that finishes at an offset ends; the end of a day belongs to that day."""
        return self.start_date(offset - 1)

    def start_moment(self, offset: int) -> datetime:
        """The moment work at an offset begins: 08:00 of a day, 13:00 after the break."""
        day = self.start_date(offset)
        left = offset - self._opens[bisect_right(self._opens, offset) - 1]
        for start, end in self.calendar.shifts_on(day):
            if left < end - start:
                return datetime.combine(day, time()) + timedelta(minutes=start + left)
            left -= end - start
        raise AssertionError("an offset within a day lies within its shifts")

    def finish_moment(self, offset: int) -> datetime:
        """The moment work that finishes at an offset ends: 12:00 before the break, 17:00 of a day."""
        return self.start_moment(offset - 1) + timedelta(minutes=1)

    def span(self, start: int, finish: int, *, opens_day: bool = False) -> tuple[date, date]:
        """First and last day of work between two offsets.

        Without length it is one day: the one that ends at the offset, or with `opens_day` the one that begins there
        (`Schedule.opens_day` knows which).
        """
        if finish > start:
            return self.start_date(start), self.finish_date(finish)
        day = self.start_date(start) if opens_day else self.finish_date(finish)
        return day, day

    def offset_of_start(self, day: date) -> int:
        """The offset of the first working minute on or after a day."""
        self._cover(self.calendar.working_day_on_or_after(day))
        return self._opens[bisect_left(self._days, day)]

    def offset_of_finish(self, day: date) -> int:
        """The offset at the end of the last working minute on or before a day."""
        return self.offset_of_start(day + ONE_DAY)

    def offset_of_moment(self, moment: datetime) -> int:
        """Working minutes from the origin to a moment; a moment within a break counts as the break's beginning."""
        day = moment.date()
        minute = moment.hour * 60 + moment.minute
        done = sum(max(0, min(end, minute) - start) for start, end in self.calendar.shifts_on(day))
        return self.offset_of_start(day) + done

    def _reach(self, offset: int) -> None:
        while offset >= self._end:
            self._grow_forward()
        while offset < self._opens[0]:
            self._grow_back()

    def _cover(self, day: date) -> None:
        while self._to < day:
            self._grow_forward()
        while day < self._from:
            self._grow_back()

    def _stretch(self) -> int:
        return max(FIRST_STRETCH, (self._to - self._from).days)

    def _worked(self, first: int, last: int) -> tuple[list[date], list[int]]:
        """Working days between two day numbers, both included, and their minutes."""
        week = [minutes_in(shifts) for shifts in self.calendar.week]
        changed = {day.toordinal(): minutes_in(shifts) for day, shifts in self.calendar.exceptions.items()}
        minutes = [changed.get(number, week[(number - 1) % 7]) for number in range(first, last + 1)]
        days = [date.fromordinal(number) for number, worked in enumerate(minutes, first) if worked]
        return days, [worked for worked in minutes if worked]

    def _grow_forward(self) -> None:
        if self._to == date.max:
            raise OutsideCalendar
        last = min(self._to.toordinal() + self._stretch(), date.max.toordinal())
        days, minutes = self._worked(self._to.toordinal() + 1, last)
        opens = list(accumulate(minutes, initial=self._end))
        self._end = opens.pop()
        self._days += days
        self._opens += opens
        self._to = date.fromordinal(last)

    def _grow_back(self) -> None:
        if self._from == date.min:
            raise OutsideCalendar
        first = max(self._from.toordinal() - self._stretch(), date.min.toordinal())
        days, minutes = self._worked(first, self._from.toordinal() - 1)
        opens = list(accumulate(minutes, initial=self._opens[0] - sum(minutes)))
        self._days[:0] = days
        self._opens[:0] = opens[:-1]
        self._from = date.fromordinal(first)
