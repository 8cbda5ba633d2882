"""Going through the lines of Today one by one, and what a line that puts one off says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from db.models import Decision, Promise
from erptui.attention.lines import AgendaLine, Matter
from erptui.attention.settings import snooze
from erptui.commitment_lines import put_off_said, read_put_off
from erptui.commitments import dues_of, put_off
from erptui.days import short_day, weekday_and_day
from erptui.entry import NotUnderstood
from erptui.i18n import _, labelled
from erptui.notebook import cut_name
from screens.commitments_changing import puts_off
from screens.round import begin_round
from screens.today_changing import PUT_OFF_EXAMPLE

if TYPE_CHECKING:
    from screens.store_screen import StoreScreen
    from screens.today_changing import AttendingScreen
    from screens.today_settling import Settling


def go_through(screen: AttendingScreen, asked: Sequence[Settling]) -> None:
    """Ask for one after the other."""
    with screen.reading():
        screen.erp.known_people.prepare(screen)
        begin_round(screen, MatterRound(screen, asked))


class MatterRound:
    """What became of one matter after the other: `+2d waits for IT` puts it off, anything else settles it."""

    def __init__(self, screen: AttendingScreen, asked: Sequence[Settling]) -> None:
        self._screen = screen
        self._asked = {str(place): one for place, one in enumerate(asked)}
        self._now = "0"

    @property
    def rows(self) -> Sequence[str]:
        """Their places."""
        return list(self._asked)

    @property
    def example(self) -> str:
        """What can be typed about the one whose turn it is."""
        now = self._asked[self._now]
        parts = (_(now.IN_ROUND or now.EXAMPLE), _(PUT_OFF_EXAMPLE), _("enter alone goes on"))
        # Two blanks between them: those that fit whole are shown.
        return "  ".join(filter(None, parts))

    def go_to(self, row: str) -> bool:
        """Put the cursor on it; one that is settled meanwhile is passed over."""
        matter = self._asked[row].matter
        there = {one for known in self._screen.known_matters if known.key == matter.key for one in known.rows}
        if there.isdisjoint(matter.rows):
            return False
        self._now = row
        self._screen.view.go_to(("matter", *matter.key))
        return True

    def name_of(self, row: str) -> str:
        """What the row is called, or all of the matter."""
        return cut_name(self._asked[row].matter.text if len(self._asked[row].matter.rows) > 1 else self._named(row))

    def _named(self, row: str) -> str:
        asked = self._asked[row]
        return asked.name if asked.EACH else asked.matter.text

    def meaning(self, row: str, text: str) -> str:
        """The new day, or what the line says."""
        if puts_off(text):
            return put_off_meaning(text, self._screen.today)
        return self._asked[row].meaning(text)

    def take(self, row: str, text: str) -> str:
        """Put it off, or settle it."""
        asked = self._asked[row]
        if puts_off(text):
            return put_off_matters(self._screen, [asked.matter], text)
        return asked.take(text)


def read_day_off(text: str, today: date) -> tuple[date, str]:
    """Until when and why something is put off. Raises `NotUnderstood`, also for a day that is no later one."""
    read = read_put_off(text, today, None)
    if read.day <= today:
        raise NotUnderstood(_("That is today. Type a day to come."))
    return read.day, read.reason


def put_off_meaning(text: str, today: date) -> str:
    """How the line reads so far; why not, where it does not."""
    if not text.strip():
        return ""
    try:
        return labelled(_("Quiet until"), weekday_and_day(read_day_off(text, today)[0], today))
    except NotUnderstood as refused:
        return str(refused)


def put_off_matters(screen: StoreScreen, matters: Sequence[Matter], text: str) -> str:
    """Keep matters quiet until the day of a line, and say until when. Raises `NotUnderstood`."""
    until, reason = read_day_off(text, screen.today)
    snooze(screen.store, matters, until, reason)
    return _("put off to {day}").format(day=short_day(until, screen.today))


class LaterAsked:
    """What only lies ahead, a promise or a decision, while a later day of its own is asked for, as on its screen."""

    def __init__(self, screen: StoreScreen, line: AgendaLine) -> None:
        self._screen, (self._table, self._row) = screen, line.row
        self._dues = dues_of(screen.store, self._table, [self._row])

    def meaning(self, text: str) -> str:
        """How the line reads so far."""
        return put_off_said(text, self._screen.today, self._dues) if text.strip() else ""

    def take(self, text: str) -> str:
        """Give it the day, and say which. Raises `NotUnderstood` or `Problem`."""
        model = Promise if self._table == "promise" else Decision
        days = put_off(self._screen.store, model, [self._row], text, self._screen.today)
        return _("put off to {day}").format(day=short_day(days[0], self._screen.today)) if days else ""
