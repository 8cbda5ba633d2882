"""What is typed into the fields of a form and how it reads there: moments, lags, recurrences; what references mean."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from db.models import Consent, Dependency, FormerPost, Note, Person, WorkPackage
from erptui.days import short_part_of_year
from erptui.entry import Ambiguous, NotUnderstood, People, Unknown
from erptui.field_text import hint_of, text_of, value_of
from erptui.i18n import set_language
from erptui.people import candidates
from erptui.references import References, known_texts

TODAY = date(2026, 3, 16)
SHANGHAI = timezone(timedelta(hours=8))


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    monkeypatch.setenv("ERPTUI_NOW", "2026-03-16T09:00:00+08:00")


def none(_table):
    return {}


def test_a_moment_reads_by_the_clock_on_the_wall():
    assert text_of(Note.at, "2026-03-16T06:30:00Z", none) == "2026-03-16 14:30"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fri 14:00", datetime(2026, 3, 20, 14, tzinfo=SHANGHAI)),
        ("24.4 9:30", datetime(2026, 4, 24, 9, 30, tzinfo=SHANGHAI)),
        ("2026-11-24 14:00", datetime(2026, 11, 24, 14, tzinfo=SHANGHAI)),
        ("明天下午3点", datetime(2026, 3, 17, 15, tzinfo=SHANGHAI)),
        ("2026-11-24T09:30+02:00", datetime(2026, 11, 24, 15, 30, tzinfo=SHANGHAI)),
    ],
)
def test_a_moment_is_typed_as_day_and_time(typed, meant):
    assert value_of(Note.at, typed, TODAY, None, none) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15", datetime(2026, 3, 18, 15, tzinfo=SHANGHAI)),
        ("+1w", datetime(2026, 3, 25, 14, 30, tzinfo=SHANGHAI)),
    ],
)
def test_of_a_moment_that_is_there_a_time_keeps_the_day_and_a_day_the_time(typed, meant):
    assert value_of(Note.at, typed, TODAY, "2026-03-18T06:30:00Z", none) == meant


def test_a_moment_in_its_own_words_is_the_same_moment():
    stored = "2026-03-16T17:30:00Z"
    text = text_of(Note.at, stored, none)
    assert text == "2026-03-17 01:30"
    assert Note.at.db_value(value_of(Note.at, text, TODAY, stored, none)) == stored


@pytest.mark.parametrize(("typed", "minutes"), [("-2d", -960), ("3d", 1440), ("+4h", 240), ("−1d", -480), ("0", 0)])
def test_a_lag_may_be_negative(typed, minutes):
    assert value_of(Dependency.lag, typed, TODAY, 0, none) == minutes


def test_a_lag_reads_as_it_is_typed():
    text = text_of(Dependency.lag, -960, none)
    assert text == "-2 d"
    assert value_of(Dependency.lag, text, TODAY, 0, none) == -960


def test_a_duration_may_not_be_negative():
    with pytest.raises(NotUnderstood):
        value_of(WorkPackage.duration, "-2d", TODAY, 0, none)


@pytest.mark.parametrize(("typed", "meant"), [("/w", "weekly"), ("每两周", "two_weekly"), ("mon", "monthly")])
def test_a_recurrence_is_typed_in_all_its_forms(typed, meant):
    assert value_of(WorkPackage.recurrence, typed, TODAY, None, none).id == meant


def test_an_empty_moment_says_what_can_be_typed():
    assert "14:00" in hint_of(Note.at)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2021", "2021"),
        ("1985年", "1985"),
        ("2021-3", "2021-03"),
        ("03.2021", "2021-03"),
        ("2021年3月", "2021-03"),
        ("1.3.2021", "2021-03-01"),
        ("3/1", "2026-03-01"),
    ],
)
def test_of_a_former_post_as_much_is_kept_as_is_known(typed, kept):
    assert value_of(FormerPost.since, typed, TODAY, None, none) == kept
    assert value_of(FormerPost.since, text_of(FormerPost.since, kept, none), TODAY, None, none) == kept


@pytest.mark.parametrize("typed", ["soon", "2021-13", "1021", "2021-02-30", "20.21"])
def test_what_is_no_part_of_a_year_says_what_can_be_typed(typed):
    with pytest.raises(NotUnderstood, match="Type a day, a month or a year"):
        value_of(FormerPost.since, typed, TODAY, None, none)


@pytest.mark.parametrize(("typed", "day"), [("2021", "2021-01-01"), ("3.2021", "2021-03-01")])
def test_where_a_day_is_needed_a_year_or_month_says_which_to_type(typed, day):
    with pytest.raises(NotUnderstood, match=f"more than a day. Type one day of it, such as {day}"):
        value_of(Consent.day, typed, TODAY, None, none)


def test_a_year_alone_is_shown_as_such():
    assert [short_part_of_year(day, TODAY) for day in ("2015", "2015-03", "2015-03-01")] == [
        "2015",
        "03.2015",
        "01.03.2015",
    ]


def test_what_an_empty_day_offers_is_understood_in_every_language():
    for spoken in ("en", "zh"):
        set_language(spoken)
        try:
            for field in (Consent.day, FormerPost.since, Note.at):
                for typed in hint_of(field).split("  "):
                    value_of(field, typed, TODAY, None, none)
        finally:
            set_language("en")


# References.


@pytest.fixture
def known(store):
    """A store with people, and what can be referred to in it."""
    with store.edit("Add") as edit:
        for name, organisation in (("Zhao Min", "Huaxin"), ("Zhao Lei", "Huaxin"), ("赵敏", "Other 50% Ltd")):
            edit.create(Person, name=name, organisation=organisation)
    return References(store, None, lambda: People(candidates(store)))


def test_a_person_is_found_by_what_was_typed_so_far(known):
    assert known.matching("person", "zhao") == ["Zhao Lei", "Zhao Min", "赵敏"]
    assert known.names("person")[known.read("person", "zhao l")] == "Zhao Lei"


def test_several_and_nobody_are_told_apart(known):
    with pytest.raises(Ambiguous):
        known.read("person", "zhao")
    with pytest.raises(Unknown):
        known.read("person", "Qian")


def test_known_organisations_are_those_that_begin_so(known, store):
    assert known_texts(store, "person", "organisation", "hua") == ["Huaxin"]
    assert known_texts(store, "former_post", "organisation", "other 50%") == ["Other 50% Ltd"]
    assert known_texts(store, "person", "organisation", "%") == []
    assert known_texts(store, "person", "organisation", "Huaxin") == []
    assert known_texts(store, "person", "name", "zh") == []
