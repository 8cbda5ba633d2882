"""Which version of an event goes out: a changed one gets the next number, an unchanged one keeps its bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erptui.exchange.ics import AllDayEvent, Published, as_published, fingerprint, publish, write_calendar

MADE = datetime(2026, 1, 5, 1, 0, tzinfo=timezone.utc)
GO_LIVE = AllDayEvent(
    uid="ms-1@erptui.local",
    day=date(2026, 10, 1),
    last_day=date(2026, 10, 2),
    summary="上线 Go-live",
    description="切换",
    categories=("ERP", "Milestone"),
    created=MADE,
    changed=MADE,
)
CHANGES = {
    "day": date(2026, 9, 30),
    "last_day": date(2026, 10, 3),
    "summary": "Go-live",
    "description": "",
    "categories": ("ERP",),
    "reminder": True,
}

few_words = st.sampled_from(["", "Go-live", "上线", "a\nb"])
versions = st.builds(
    replace,
    st.just(GO_LIVE),
    day=st.dates(date(2026, 9, 29), date(2026, 10, 1)),
    last_day=st.dates(date(2026, 10, 1), date(2026, 10, 2)),
    summary=few_words,
    description=few_words,
    categories=st.lists(few_words, max_size=2).map(tuple),
    reminder=st.booleans(),
    changed=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(timezone.utc)),  # noqa: DTZ001
    sequence=st.integers(0, 5),
)
# A few versions that come and go, so that content also stays as it is and returns to what it was.
histories = st.lists(versions, min_size=1, max_size=3).flatmap(
    lambda few: st.lists(st.sampled_from(few), min_size=2, max_size=12)
)


def test_an_event_goes_out_first_with_the_number_and_the_moment_it_has():
    now = MADE + timedelta(days=9)
    assert publish(GO_LIVE, None, now) == Published(GO_LIVE.uid, fingerprint(GO_LIVE), 0, MADE)


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_what_the_reader_sees_gets_the_next_number_and_the_present_moment(field):
    first = publish(GO_LIVE, None, MADE)
    now = MADE + timedelta(days=9, microseconds=7)
    second = publish(replace(GO_LIVE, **{field: CHANGES[field]}), first, now)
    assert (second.sequence, second.changed) == (1, MADE + timedelta(days=9))


def test_a_change_of_what_the_reader_does_not_see_keeps_the_bytes():
    first = publish(GO_LIVE, None, MADE)
    touched = replace(GO_LIVE, changed=MADE + timedelta(days=3), summary=GO_LIVE.summary + " \x00", sequence=4)
    again = publish(touched, first, MADE + timedelta(days=9))
    assert again == first
    assert write_calendar([as_published(touched, again)]) == write_calendar([as_published(GO_LIVE, first)])


@given(histories)
def test_the_number_rises_exactly_when_the_content_changed_and_never_falls(history):
    last = publish(history[0], None, MADE)
    for days, version in enumerate(history[1:], start=1):
        now = MADE + timedelta(days=days)
        following = publish(version, last, now)
        if fingerprint(version) == last.fingerprint:
            assert following == last
        else:
            assert (following.sequence, following.changed) == (last.sequence + 1, now)
        last = following


@given(histories)
def test_two_versions_have_one_fingerprint_exactly_when_they_read_alike(history):
    one, other = history[:2]

    def shown(event: AllDayEvent) -> bytes:
        return write_calendar([replace(event, sequence=0, changed=MADE)])

    assert (fingerprint(one) == fingerprint(other)) == (shown(one) == shown(other))


def test_a_fingerprint_is_the_same_on_every_python_and_in_every_later_release():
    # Another value would send every event out once more as changed.
    assert fingerprint(GO_LIVE) == "86e1e57b5ab2e594800afbada7a1f895afa53b2879ca201a8c6487817d9cd0f0"


def test_the_version_of_another_event_is_refused():
    first = publish(GO_LIVE, None, MADE)
    other = replace(GO_LIVE, uid="ms-2@erptui.local")
    with pytest.raises(ValueError, match=r"ms-1@erptui\.local was published"):
        publish(other, first, MADE)
    with pytest.raises(ValueError, match=r"ms-1@erptui\.local was published"):
        as_published(other, first)
