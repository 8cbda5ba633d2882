"""The rows of a register as a screen holds them: in their order, searched, filtered and sorted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db import opening
from db.choices import ContactKind, Side
from db.models import ContactPoint, Person, Touch
from erptui.filtering import FieldKind, compile_filter
from erptui.registers import register_named
from erptui.registers.context import Context
from erptui.registers.listing import fields_of, first_rows, whole
from erptui.stores import open_store
from erptui.touches import log_touch

TODAY = date(2026, 11, 24)
KEYS = ("id", "name", "organisation", "side", "last_touch", "silent", "do_not_contact")
KINDS = {"last_touch": FieldKind.DAY, "silent": FieldKind.NUMBER}
PEOPLE = register_named("people")
FIELDS = fields_of(PEOPLE, KEYS, KINDS)


@pytest.fixture
def store(tmp_path: Path):
    opening.create(tmp_path / "s.db")
    with open_store(tmp_path / "s.db", who="test") as store:
        with store.edit("Fill") as edit:
            for name, organisation, side in (
                ("赵敏", "华信", Side.CLIENT),
                ("Wang Lei", None, Side.VENDOR),
                ("陈辉", "Dongyue", None),
                ("anna", "华信", Side.CLIENT),
            ):
                edit.create(Person, name=name, organisation=organisation, side=side)
        yield store


@pytest.fixture
def listing(store):
    return whole(PEOPLE, Context(store, TODAY), KEYS, FIELDS)


def named(listing, places) -> list[str]:
    return [listing.rows[place][1] for place in places]


def test_rows_come_as_they_are_said(listing):
    assert [row[1] for row in listing.rows] == ["anna", "陈辉", "Wang Lei", "赵敏"]
    assert [listing.place_of(row[0]) for row in listing.rows] == [0, 1, 2, 3]
    assert listing.place_of("nobody") is None


def test_the_command_line_lists_them_in_the_same_order(listing, store):
    assert [one["id"] for one in PEOPLE.read(Context(store, TODAY))] == [row[0] for row in listing.rows]


def test_touches_of_a_day_are_listed_as_they_were_logged_also_back_from_the_trash(store):
    ids = dict(store.rows("SELECT name, id FROM person"))
    for text in ("first", "second", "third"):
        log_touch(store, [ids["anna"]], day=TODAY, text=text)
    ((first,),) = store.rows("SELECT id FROM touch WHERE text = 'first'")
    with store.edit("Move to trash") as edit:
        edit.delete(store.get(Touch, first))
    store.undo()
    assert [one["text"] for one in register_named("touches").read(Context(store, TODAY))] == [
        "first",
        "second",
        "third",
    ]


def test_a_field_sorts_either_way_with_empty_values_last(listing):
    organisation = next(field for field in FIELDS if field.id == "organisation")
    assert named(listing, listing.order(organisation)) == ["陈辉", "anna", "赵敏", "Wang Lei"]
    assert named(listing, listing.order(organisation, reverse=True))[-1] == "Wang Lei"


def test_choices_sort_in_their_own_order(listing):
    side = next(field for field in FIELDS if field.id == "side")
    assert named(listing, listing.order(side)) == ["Wang Lei", "anna", "赵敏", "陈辉"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hx", ["anna", "赵敏"]),
        ("华信 zm", ["赵敏"]),
        ("side:", ["陈辉"]),
        ("side:client -anna", ["赵敏"]),
        ("client", ["anna", "赵敏"]),
        ("organisation:dong", ["陈辉"]),
    ],
)
def test_words_pinyin_and_conditions_choose_rows(listing, text, found):
    wanted = compile_filter(text, FIELDS, TODAY)
    assert not wanted.problems
    assert named(listing, listing.chosen(wanted)) == found


def test_silence_is_a_number_of_days_to_filter_by(store):
    ids = dict(store.rows("SELECT name, id FROM person"))
    log_touch(store, [ids["anna"]], day=date(2026, 11, 1))
    log_touch(store, [ids["赵敏"]], day=date(2026, 11, 20))
    listing = whole(PEOPLE, Context(store, TODAY), KEYS, FIELDS)
    assert named(listing, listing.chosen(compile_filter("silent>14", FIELDS, TODAY))) == ["anna"]
    assert named(listing, listing.chosen(compile_filter("silent:", FIELDS, TODAY))) == ["陈辉", "Wang Lei"]


def test_people_are_found_by_their_further_numbers_and_accounts(store):
    ids = dict(store.rows("SELECT name, id FROM person"))
    with store.edit("More") as edit:
        edit.create(ContactPoint, person=ids["anna"], kind=ContactKind.WECHAT, value="anna-66", rank="a")
        edit.create(ContactPoint, person=ids["赵敏"], kind=ContactKind.MOBILE, value="13800000001", rank="a")
    keys = (*KEYS, "ways")
    listing = whole(PEOPLE, Context(store, TODAY), keys, fields := fields_of(PEOPLE, keys, KINDS))
    assert named(listing, listing.chosen(compile_filter("0000001", fields, TODAY))) == ["赵敏"]
    assert named(listing, listing.chosen(compile_filter("ways:anna-", fields, TODAY))) == ["anna"]
    assert named(listing, listing.chosen(compile_filter("ways:", fields, TODAY))) == ["陈辉", "Wang Lei"]


def test_the_first_rows_know_how_many_there_are_and_what_is_empty_in_all(store):
    first = first_rows(PEOPLE, Context(store, TODAY), (*KEYS, "unit"), FIELDS, 2)
    assert (len(first.rows), first.total, first.whole) == (2, 4, False)
    assert "unit" not in first.filled
    assert {"organisation", "last_touch"} <= first.filled


def test_reading_all_rows_ends_when_nobody_wants_them(store):
    assert whole(PEOPLE, Context(store, TODAY), KEYS, FIELDS, cancelled=lambda: True) is None


def test_internal_columns_are_no_fields_for_a_client(store):
    fields = fields_of(PEOPLE, KEYS, KINDS, audience="client")
    assert [field.id for field in fields] == ["name", "organisation", "side", "do_not_contact"]
