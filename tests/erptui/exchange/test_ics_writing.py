"""All-day events as a calendar file: its bytes, and what a reader finds in them."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erptui.exchange.ics import PRODID, AllDayEvent, ImpossibleEvent, NothingToExport, write_calendar

CREATED = datetime(2026, 1, 5, 9, 0, tzinfo=timezone(timedelta(hours=8)))
CHANGED = datetime(2026, 2, 1, 2, 0, 30, 999_999, tzinfo=timezone.utc)

# What is typed in a title or a note, and what only a broken paste brings.
TYPED = [
    "签字",
    "sign-off",
    "🚀👩‍👩‍👧",
    "مرحلة",
    "בדיקה",
    ";",
    ",",
    "\\",
    "\\N",
    "\\n",
    "\\;",
    "\n",
    ":",
    '"',
    "%2C",
    "^n",
    " ",
    "é",
]
BROKEN = ["\x00", "\x07", "\x0b", "\x1b[2J", "\x85", "\r", "\t", "\u2028", "\ufffe", "\uffff", "\U0001fffe", "\ud800"]
written_by_people = st.lists(st.sampled_from(TYPED + BROKEN) | st.text(max_size=5), max_size=40).map("".join)


def event(uid: str = "ms-1@erptui.local", **changes: object) -> AllDayEvent:
    first = AllDayEvent(
        uid=uid,
        day=date(2026, 3, 31),
        last_day=date(2026, 3, 31),
        summary="Sign-off",
        created=CREATED,
        changed=CHANGED,
    )
    return replace(first, **changes)


def golden(*lines: str) -> bytes:
    return "".join(line + "\r\n" for line in lines).format(PRODID=PRODID).encode()


def read(calendar: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(calendar).events


def test_a_milestone_is_written_to_the_byte():
    milestone = event(
        uid="ms-7f3c@erptui.local",
        summary="里程碑:UAT 签字 / UAT sign-off",
        description="项目 A; 阶段 3, 负责人:王\nC:\\New",
        categories=("ERP", "Go, live"),
        sequence=2,
        reminder=True,
    )
    extra = {"X-ERPTUI-STORE": "7", "X-ERPTUI-ENGAGEMENT": "a;b", "X-ERPTUI-FORMAT": "1"}
    assert write_calendar([milestone], extra=extra) == golden(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        r"X-ERPTUI-ENGAGEMENT:a\;b",
        "X-ERPTUI-FORMAT:1",
        "X-ERPTUI-STORE:7",
        "BEGIN:VEVENT",
        "SUMMARY:里程碑:UAT 签字 / UAT sign-off",
        "DTSTART;VALUE=DATE:20260331",
        "DTEND;VALUE=DATE:20260401",
        "DTSTAMP:20260201T020030Z",
        "UID:ms-7f3c@erptui.local",
        "SEQUENCE:2",
        r"CATEGORIES:ERP,Go\, live",
        "CLASS:PUBLIC",
        "CREATED:20260105T010000Z",
        r"DESCRIPTION:项目 A\; 阶段 3\, 负责人:王\nC:\\New",
        "LAST-MODIFIED:20260201T020030Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:里程碑:UAT 签字 / UAT sign-off",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )


def test_several_events_are_a_named_calendar_to_the_byte():
    later = event(uid="b", day=date(2026, 12, 30), last_day=date(2027, 1, 2), summary="Cutover 切换")
    assert write_calendar([later, event(uid="a")], name="ERP 项目, A") == golden(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        r"X-WR-CALNAME:ERP 项目\, A",
        "BEGIN:VEVENT",
        "SUMMARY:Sign-off",
        "DTSTART;VALUE=DATE:20260331",
        "DTEND;VALUE=DATE:20260401",
        "DTSTAMP:20260201T020030Z",
        "UID:a",
        "SEQUENCE:0",
        "CLASS:PUBLIC",
        "CREATED:20260105T010000Z",
        "LAST-MODIFIED:20260201T020030Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "SUMMARY:Cutover 切换",
        "DTSTART;VALUE=DATE:20261230",
        "DTEND;VALUE=DATE:20270103",
        "DTSTAMP:20260201T020030Z",
        "UID:b",
        "SEQUENCE:0",
        "CLASS:PUBLIC",
        "CREATED:20260105T010000Z",
        "LAST-MODIFIED:20260201T020030Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "END:VEVENT",
        "END:VCALENDAR",
    )


def test_a_single_event_goes_out_without_the_name_of_a_calendar():
    assert b"X-WR-CALNAME" not in write_calendar([event()], name="ERP")


def test_several_events_without_a_name_stay_without_one():
    assert b"X-WR-CALNAME" not in write_calendar([event("a"), event("b")], name=" ")


def test_the_same_events_give_the_same_bytes_in_whatever_order_they_come():
    events = [event(f"ms-{n}", day=date(2026, 3, 1 + n % 3)) for n in range(20)]
    shuffled = random.Random(4).sample(events, len(events))
    extra = {"X-A": "1", "X-B": "2"}
    first = write_calendar(events, name="ERP", extra=extra)
    assert write_calendar(iter(shuffled), name="ERP", extra=dict(reversed(extra.items()))) == first
    assert [e.start for e in read(first)] == sorted(e.day for e in events)


def test_a_moment_is_written_in_utc_whatever_zone_it_was_given_in():
    shanghai, berlin = (timezone(timedelta(hours=h)) for h in (8, 1))
    there = event(created=CREATED.astimezone(shanghai), changed=CHANGED.astimezone(shanghai))
    here = event(created=CREATED.astimezone(berlin), changed=CHANGED.astimezone(berlin))
    assert write_calendar([there]) == write_calendar([here])


@given(st.lists(written_by_people, min_size=1, max_size=4))
def test_every_line_has_at_most_75_octets_and_whole_characters(texts):
    events = [event(f"u{n}", summary=t, description=t * 3, categories=(t,)) for n, t in enumerate(texts)]
    calendar = write_calendar(events, name=texts[0])
    assert calendar.endswith(b"\r\n")
    lines = calendar.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        text = line.decode("utf-8")
        assert not [c for c in text if ord(c) < 32 or 127 <= ord(c) < 160 or ord(c) & 0xFFFE == 0xFFFE]


def test_a_summary_of_ten_thousand_characters_is_folded_and_comes_back_whole():
    summary = "物料主数据清洗🚀" * 1250
    calendar = write_calendar([event(summary=summary)])
    assert max(map(len, calendar.split(b"\r\n"))) <= 75
    assert read(calendar)[0]["SUMMARY"] == summary


@given(st.lists(st.sampled_from(TYPED), max_size=40).map("".join))
def test_a_reader_finds_what_was_written(text):
    line = " ".join(text.replace("\n", " \n ").split())
    (back,) = read(write_calendar([event(summary=line, description=text, categories=("ERP", "x" + line))]))
    assert back["SUMMARY"] == line
    assert back.get("DESCRIPTION", "") == text.strip()
    assert [str(c) for c in back["CATEGORIES"].cats] == ["ERP", "x" + line]
    assert (back.start, back.end) == (date(2026, 3, 31), date(2026, 4, 1))


def test_control_characters_and_non_characters_are_left_out_and_line_ends_kept():
    note = "\x1b[31mone\x00\r\ntwo\ufffe\u2028\U0001ffffthree\tfour\x85\udcff"
    (back,) = read(
        write_calendar([event(summary="a\x07\nb\ufdd0", description=note, categories=("\x00", "x\ty", "x y"))])
    )
    assert back["DESCRIPTION"] == "[31mone\ntwo\nthree four"
    assert back["SUMMARY"] == "a b"
    assert [str(c) for c in back["CATEGORIES"].cats] == ["x y"]


def test_what_an_event_does_not_have_is_not_written():
    calendar = write_calendar([event(description=" \n", categories=("",))])
    for absent in (b"DESCRIPTION", b"CATEGORIES", b"VALARM", b"ORGANIZER", b"TZID", b"\xef\xbb\xbf"):
        assert absent not in calendar


def test_a_calendar_without_events_is_refused_in_words():
    with pytest.raises(NothingToExport, match="no event to export"):
        write_calendar([], name="ERP")


def test_two_events_with_one_uid_are_refused():
    with pytest.raises(ValueError, match="one uid"):
        write_calendar([event("a"), event("a", summary="Other")])


def test_an_event_that_ends_before_it_starts_is_refused_naming_it_and_both_days():
    with pytest.raises(ImpossibleEvent, match=r"“UAT” ends on 2026-03-30, before its first day 2026-03-31"):
        event(summary="UAT", last_day=date(2026, 3, 30))


def test_an_event_at_the_end_of_time_is_refused_because_a_file_names_the_day_after():
    with pytest.raises(ImpossibleEvent, match="too late"):
        event(last_day=date.max)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="has no zone"):
        write_calendar([event(changed=datetime(2026, 1, 1))])  # noqa: DTZ001


@pytest.mark.parametrize("name", ["ERPTUI", "X-a:b", "X-\r\nMETHOD", "X-"])
def test_a_property_of_the_file_is_an_extension(name):
    with pytest.raises(ValueError, match="no name of an extension"):
        write_calendar([event()], extra={name: "1"})


def test_the_library_is_loaded_only_when_a_file_is_written():
    code = "import sys, erptui.exchange.ics; sys.exit('icalendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
