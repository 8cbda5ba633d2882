"""Writes all-day events (milestones, gates, due dates, absences) as an iCalendar file that Outlook opens.

Plain events in, bytes out: the same events give the same bytes, in whatever order they come and whenever they are
written. What is written follows RFC 5545 and, where Outlook reads less than that, Outlook ([MS-OXCICAL]).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from db.errors import Problem
from db.labels import N_
from db.text import clean_line, clean_text
from erptui import __version__

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event
    from icalendar.prop import vUnknown

PRODID = "-//erptui//erptui {}//EN".format(".".join(__version__.split(".")[:2]))
# Nine in the morning of the day before: an all-day event starts at midnight.
REMINDER = timedelta(hours=-15)

_EXTENSION = re.compile(r"X-[A-Z0-9-]+")
# Code points beyond the first plane that are never characters; `clean_text` takes those of the first.
_NEVER_CHARACTERS = re.compile("|".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)))


class NothingToExport(Problem):
    """A calendar without an event is no valid file (RFC 5545, 3.4): calendars refuse it or show nothing."""

    sentence = N_("There is no event to export, so no calendar file was written.")


class ImpossibleEvent(Problem):
    """The days of an event can't be written."""

    sentence = N_("“{summary}” ends on {last_day}, before its first day {day}. Correct one of the two dates.")


@dataclass(frozen=True, kw_only=True)
class AllDayEvent:
    """What happens on whole days, `day` to `last_day` inclusive, and takes nobody's time.

    `uid` is fixed when the event is made and never given to another. `created` and `changed` are aware moments;
    `changed` is when the exported content last changed. `reminder` asks for one at nine in the morning of the day
    before.
    """

    uid: str
    day: date
    last_day: date
    summary: str
    created: datetime
    changed: datetime
    description: str = ""
    categories: tuple[str, ...] = ()
    sequence: int = 0
    reminder: bool = False

    def __post_init__(self) -> None:
        if self.last_day < self.day:
            raise ImpossibleEvent(summary=_line(self.summary), day=self.day, last_day=self.last_day)
        if self.last_day == date.max:
            too_late = N_("“{summary}” ends on {last_day}, too late for a calendar. Set an earlier date.")
            raise ImpossibleEvent(too_late, summary=_line(self.summary), last_day=self.last_day)


@dataclass(frozen=True)
class Published:
    """What of an event was last given away: enough to tell whether it differs now and to number the next version."""

    uid: str
    fingerprint: str
    sequence: int
    changed: datetime


def fingerprint(event: AllDayEvent) -> str:
    """SHA-256, in hexadecimal, of what a reader of the file sees of `event`: the same on every machine and Python."""
    content = {
        "day": event.day.isoformat(),
        "last_day": event.last_day.isoformat(),
        "summary": _line(event.summary),
        "description": _paragraphs(event.description),
        "categories": _categories(event),
        "reminder": event.reminder,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def publish(event: AllDayEvent, last: Published | None, now: datetime) -> Published:
    """The version of `event` to write, given what was last published of it.

    Unchanged content keeps its sequence and moment, so the file keeps its bytes; changed content gets the next sequence
    and `now`. An event never published before goes out with the sequence and the moment that it has.
    """
    current = fingerprint(event)
    if last is None:
        return Published(event.uid, current, event.sequence, _utc(event.changed))
    if last.uid != event.uid:
        raise ValueError(f"{last.uid} was published, not {event.uid}")
    if last.fingerprint == current:
        return last
    return Published(event.uid, current, last.sequence + 1, _utc(now))


def as_published(event: AllDayEvent, version: Published) -> AllDayEvent:
    """`event` with the sequence and the moment of `version`, ready to be written."""
    if version.uid != event.uid:
        raise ValueError(f"{version.uid} was published, not {event.uid}")
    return replace(event, sequence=version.sequence, changed=version.changed)


def write_calendar(
    events: Iterable[AllDayEvent], *, name: str | None = None, extra: Mapping[str, str] | None = None
) -> bytes:
    """The calendar file (UTF-8, CRLF, lines of at most 75 octets) with `events`, by day and then by uid.

    `name` is what Outlook calls the new calendar as which it opens a file of several events. A single event opens as an
    appointment of the reader's own calendar and goes out without a name ([MS-OXCICAL], X-WR-CALNAME). `extra` holds
    properties of the whole file, all with names in `X-`.

    Raises `NothingToExport` without events, `ValueError` when two have one uid.
    """
    ordered = sorted(events, key=lambda event: (event.day, event.uid))
    if not ordered:
        raise NothingToExport()
    if len({event.uid for event in ordered}) < len(ordered):
        raise ValueError("two events have one uid")
    calendar = _frame(name if len(ordered) > 1 else None, extra or {})
    for event in ordered:
        calendar.add_component(_component(event))
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _frame(name: str | None, extra: Mapping[str, str]) -> Calendar:
    """A calendar without events; not by `Calendar.new`, which adds a random UID."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    if name and _line(name):
        calendar.add("X-WR-CALNAME", _text(_line(name)))
    for property_name, value in sorted(extra.items()):
        if not _EXTENSION.fullmatch(property_name):
            raise ValueError(f"{property_name} is no name of an extension")
        calendar.add(property_name, _text(_line(value)))
    return calendar


def _component(event: AllDayEvent) -> Event:
    from icalendar import Event

    component = Event()
    component.add("SUMMARY", _text(_line(event.summary)))
    component.add("DTSTART", event.day)
    component.add("DTEND", event.last_day + timedelta(days=1))
    component.add("DTSTAMP", _utc(event.changed))
    component.add("UID", _text(_line(event.uid)))
    component.add("SEQUENCE", event.sequence)
    if categories := _categories(event):
        component.add("CATEGORIES", _text(*categories))
    component.add("CLASS", "PUBLIC")
    component.add("CREATED", _utc(event.created))
    if description := _paragraphs(event.description):
        component.add("DESCRIPTION", _text(description))
    component.add("LAST-MODIFIED", _utc(event.changed))
    component.add("STATUS", "CONFIRMED")
    # Both, or the whole day shows as busy: Outlook reads the second.
    component.add("TRANSP", "TRANSPARENT")
    component.add("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE")
    component.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    if event.reminder:
        component.add_component(_alarm(event))
    return component


def _alarm(event: AllDayEvent) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", _text(_line(event.summary)))
    alarm.add("TRIGGER", REMINDER)
    return alarm


def _text(*texts: str) -> vUnknown:
    r"""One or several texts escaped by RFC 5545, 3.3.11, as a value that icalendar writes as it stands.

    icalendar's own escaping makes a line end of the `\N` in `D:\New`.
    """
    from icalendar.prop import vUnknown

    escaped = (re.sub(r"([\\;,])", r"\\\1", text).replace("\n", r"\n") for text in texts)
    value: vUnknown = vUnknown(",".join(escaped))
    return value


def _line(text: str) -> str:
    return clean_line(_NEVER_CHARACTERS.sub("", text))


def _paragraphs(text: str) -> str:
    return clean_text(_NEVER_CHARACTERS.sub("", text)).replace("\t", " ").strip()


def _categories(event: AllDayEvent) -> list[str]:
    return [category for category in dict.fromkeys(map(_line, event.categories)) if category]


def _utc(moment: datetime) -> datetime:
    """`moment` as the file holds it: in UTC, to the second."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone")
    return moment.astimezone(timezone.utc).replace(microsecond=0)
