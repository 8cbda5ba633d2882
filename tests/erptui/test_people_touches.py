"""Touches: the last and the next one of each person, and what one step of logging makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db import opening
from db.choices import BaseCalendar, ContentLanguage
from db.models import Person, Role
from erptui.method.opening import NewEngagement, open_engagement
from erptui.people import facts_of, trash_people
from erptui.registers import register_named
from erptui.registers.context import Context
from erptui.stores import open_store
from erptui.touches import Contact, NewPerson, engagement_of, last_and_next, log_touch
from erptui.trash import bring_back

TODAY = date(2026, 11, 24)


@pytest.fixture
def store(tmp_path: Path):
    opening.create(tmp_path / "s.db")
    with open_store(tmp_path / "s.db", who="Anna") as store:
        yield store


@pytest.fixture
def person(store):
    """Make a person of this name: the id."""

    def make(name: str, **more) -> str:
        with store.edit("Add") as edit:
            return edit.create(Person, name=name, **more).id

    return make


def test_the_newest_day_is_the_last_touch_and_says_what_is_next(store, person):
    lei = person("Wang Lei")
    log_touch(store, [lei], day=date(2026, 11, 20), channel="wechat", next_on=date(2026, 12, 4))
    log_touch(store, [lei], day=date(2026, 11, 3), channel="mail", next_on=date(2026, 11, 30))
    assert last_and_next(store) == {lei: Contact("2026-11-20", "wechat", "2026-12-04")}


def test_a_newer_touch_without_a_next_day_ends_the_wait(store, person):
    lei = person("Wang Lei")
    log_touch(store, [lei], day=date(2026, 11, 3), next_on=date(2026, 11, 30))
    log_touch(store, [lei], day=date(2026, 11, 20), channel="phone")
    assert last_and_next(store)[lei] == Contact("2026-11-20", "phone", None)


def test_of_two_touches_on_a_day_the_one_with_a_next_day_counts_then_the_later_one(store, person):
    lei = person("Wang Lei")
    log_touch(store, [lei], day=TODAY, channel="phone", next_on=date(2026, 12, 1))
    log_touch(store, [lei], day=TODAY, channel="mail")
    assert last_and_next(store)[lei].next_on == "2026-12-01"
    log_touch(store, [lei], day=TODAY, channel="visit", next_on=date(2026, 12, 8))
    assert last_and_next(store)[lei] == Contact("2026-11-24", "visit", "2026-12-08")


def test_the_touch_logged_last_on_a_day_is_the_last_also_after_the_trash(store, person):
    lei, hui = person("Wang Lei"), person("Chen Hui")
    for number in range(6):
        log_touch(store, [lei], day=TODAY, text=str(number), next_on=date(2026, 12, 1 + number))
    log_touch(store, [lei, hui], day=TODAY, text="6", next_on=date(2026, 12, 7))
    log_touch(store, [lei], day=TODAY, text="7", next_on=date(2026, 12, 8))
    for _ in range(2):
        trash_people(store, [lei])
        bring_back(store, [lei])
        assert last_and_next(store)[lei].next_on == last_and_next(store, [lei])[lei].next_on == "2026-12-08"
        assert [touch.text for touch in facts_of(store, lei, 9).touches] == [*"76543210"]


def test_a_few_people_are_answered_like_all_of_them(store, person):
    everybody = [person(f"Person {number}") for number in range(7)]
    for number, one in enumerate(everybody[:5]):
        log_touch(store, [one, everybody[0]], day=date(2026, 11, 1 + number), channel="talk")
    whole = last_and_next(store)
    assert last_and_next(store, everybody[2:6]) == {one: whole[one] for one in everybody[2:5]}
    assert last_and_next(store, []) == {}


def test_a_touch_with_somebody_new_is_one_step_that_undo_takes_back_whole(store, person):
    lei = person("Wang Lei")
    new = NewPerson("Chen Hui", organisation="Huaxin")
    everybody = log_touch(store, [lei, lei], day=TODAY, text="wants the list", new=[new])
    assert len(everybody) == 2
    assert store.rows("SELECT name, organisation FROM person WHERE id = ?", (everybody[1],)) == [("Chen Hui", "Huaxin")]
    assert store.undoable().step.about == "Wang Lei, Chen Hui"
    store.undo()
    assert store.rows("SELECT count(*) FROM touch") == [(0,)]
    assert store.rows("SELECT name FROM person") == [("Wang Lei",)]


def test_a_touch_that_is_refused_makes_nobody(store):
    with pytest.raises(ValueError, match="fax"):
        log_touch(store, [], day=TODAY, channel="fax", new=[NewPerson("Chen Hui")])
    assert store.rows("SELECT count(*) FROM person") == [(0,)]


def test_a_touch_belongs_to_the_engagement_in_which_the_person_has_a_role(store, person):
    ids = {
        code: open_engagement(store, NewEngagement(code, code, TODAY, BaseCalendar.WEEKDAYS, ContentLanguage.ENGLISH))
        for code in ("HX26", "DY25")
    }
    lei = person("Wang Lei")
    assert engagement_of(store, [lei], ids["HX26"]) is None
    role = next(role for role in store.select(Role) if role.engagement == ids["DY25"])
    with store.edit("Staff") as edit:
        edit.update(role, person=lei)
    assert engagement_of(store, [lei], ids["HX26"]) == ids["DY25"]
    assert engagement_of(store, [lei], ids["DY25"]) == ids["DY25"]


def test_the_people_show_last_and_next_touch_and_nothing_next_for_those_not_to_be_contacted(store, person):
    lei, min_ = person("Wang Lei"), person("Zhao Min", do_not_contact=True)
    log_touch(store, [lei, min_], day=date(2026, 11, 1), channel="meal", next_on=date(2026, 12, 1))
    records = register_named("people").read(Context(store, TODAY))
    shown = [[r["name"], r["last_touch"], r["last_channel"], r["silent"], r["next_touch"]] for r in records]
    assert shown == [
        ["Wang Lei", "2026-11-01", "meal", 23, "2026-12-01"],
        ["Zhao Min", "2026-11-01", "meal", 23, None],
    ]


def test_rows_as_tuples_say_what_records_say(store, person):
    for number in range(300):
        person(f"Person {number:03}", unit="Planning" if number % 2 else None)
    log_touch(store, [row for (row,) in store.rows("SELECT id FROM person")][:5], day=TODAY)
    people, context = register_named("people"), Context(store, TODAY)
    keys = ("id", "name", "unit", "do_not_contact", "silent", "roles")
    whole = people.tuples(context, keys)
    assert whole == [tuple(record[key] for key in keys) for record in people.read(Context(store, TODAY))]
    assert people.tuples(context, keys, first=20) == whole[:20]
    assert people.count(context) == 300


def test_touches_name_who_took_part(store, person):
    lei, min_ = person("Wang Lei"), person("Zhao Min")
    log_touch(store, [min_, lei], day=TODAY, channel="visit", text="Line 3")
    (record,) = register_named("touches").read(Context(store, TODAY))
    assert record["names"] == ["Zhao Min", "Wang Lei"]
    assert record["people"] == [min_, lei]
    assert (record["day"], record["channel"], record["by"], record["project"]) == ("2026-11-24", "visit", "Anna", None)
