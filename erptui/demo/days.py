"""Days of the demo, told from today: sensible on any weekday and around public holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from erptui import clock

if TYPE_CHECKING:
    from erptui.planning.working_time import WorkingCalendar

TODAY = "today"
SATURDAY = "saturday"
_SATURDAY = 5


class Days:
    """Turns what the content says of a day into the day, by the working calendar of an engagement."""

    def __init__(self, calendar: WorkingCalendar, today: date) -> None:
        self.calendar = calendar
        self.today = today

    def day(self, said: int | str) -> date:
        """A number counts working days from today; 0 is the next one where today is free.

        `today` is today also on a free day, `saturday` the Saturday ahead (on a Saturday itself today).
        """
        if said == TODAY:
            return self.today
        if said == SATURDAY:
            return self.today + timedelta(days=(_SATURDAY - self.today.weekday()) % 7)
        return self.calendar.add_working_days(self.today, int(said))

    def maybe(self, said: int | str | None) -> date | None:
        """`day`, or None where nothing is said."""
        return None if said is None else self.day(said)

    def moment(self, said: int | str, at: str) -> datetime:
        """A day with a time by the wall clock, `14:20`."""
        return datetime.combine(self.day(said), time.fromisoformat(at), clock.now().tzinfo)
