"""People into the store and out again, whatever was typed: what `erptui.contacts` promises without a command line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import opening
from db.choices import ContactKind, Side
from db.models import ContactPoint, Person
from db.rank import spread
from db.store import Store
from erptui import clock
from erptui.contacts.bring_in import Wishes, bring_in
from erptui.contacts.reading import ExcelFile, read_people
from erptui.contacts.stated import Way, address_line, as_labelled, number_key, paths, unit_key
from erptui.exchange.contact import Address, Contact, Contacts
from erptui.exchange.csv_contacts import read_contacts
from erptui.exchange.vcard import read_vcards
from erptui.export_register import export_csv, export_vcards

# Letters, signs that CSV, vCard and spreadsheets have a use for, and Chinese.
LETTERS = st.sampled_from([*"abzABZ09=+-@,;:\"'\\/.|#()[]{}<>&%!?*_", "王", "磊", "é", "ß", "😀", " "])
TEXT = st.text(LETTERS, min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
PHONE = st.sampled_from(["+86 138 0000 0001", "13800000002", "010-5555 0101 ext 7", "(010) 55550103", "4711"])
MAIL = st.sampled_from(["a@example.com", "B.C@example.org", "=x@example.net", "+y@example.net"])
SIMPLE = st.fixed_dictionaries(
    {"name": TEXT.map(lambda text: f"N{text}".rstrip())},
    optional={
        "organisation": TEXT,
        "unit": st.lists(st.sampled_from(["Production", "计划科", "R&D-IT", "=Sales"]), min_size=1, max_size=3).map(
            " / ".join
        ),
        "post": TEXT,
        "side": st.sampled_from([Side.CLIENT, Side.VENDOR]),
        "mail": MAIL,
        "phone": PHONE,
        "birthday": st.sampled_from(["1985-03-07", "--02-29"]),
        "note": st.lists(TEXT, min_size=1, max_size=3, unique=True).map("\n".join),
    },
)
WAYS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([ContactKind.PHONE, ContactKind.MOBILE, ContactKind.FAX]), st.none(), PHONE),
        st.tuples(st.just(ContactKind.MAIL), st.sampled_from([None, "work", "Holiday home"]), MAIL),
        st.tuples(st.sampled_from([ContactKind.WECHAT, ContactKind.WECOM]), st.none(), st.just("wl_1985")),
        st.tuples(st.just(ContactKind.MESSENGER), st.sampled_from([None, "qq", "signal"]), st.just("12345")),
        st.tuples(
            st.just(ContactKind.ADDRESS), st.sampled_from([None, "work"]), TEXT.filter(lambda t: t[0] not in ",'")
        ),
    ),
    max_size=4,
)


@contextmanager
def new_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.db"
        opening.create(path)
        with Store(path, who="Anna", now=clock.now) as store:
            yield store


def make(store: Store, people: list[tuple[dict[str, Any], list[tuple[Any, ...]]]]) -> None:
    with store.edit("Make") as edit:
        for values, ways in people:
            # The first mail and phone stand with the person.
            kinds = {kind for kind, _label, _value in ways}
            if kinds & {ContactKind.PHONE, ContactKind.MOBILE, ContactKind.FAX}:
                values.setdefault("phone", "13800000009")
            if ContactKind.MAIL in kinds:
                values.setdefault("mail", "z@example.com")
            person = edit.create(Person, **values)
            for (kind, label, value), rank in zip(ways, spread(len(ways)), strict=True):
                edit.create(ContactPoint, person=person.id, kind=kind, label=label, value=value, rank=rank)


def everybody(store: Store) -> list[tuple[Any, ...]]:
    fields = "name, family, given, organisation, unit, post, side, mail, phone, birthday, note"
    ways: dict[str, set[tuple[Any, ...]]] = {}
    for person, *way in store.rows("SELECT person_id, kind, label, value FROM contact_point"):
        ways.setdefault(person, set()).add(tuple(way))
    rows = store.rows(f"SELECT id, {fields} FROM person")
    return sorted((repr(values), sorted(map(repr, ways.get(person, ())))) for person, *values in rows)


def out_and_in(store: Store, kind: str) -> Contacts:
    if kind == "csv":
        return read_contacts(export_csv(store, "people", None, "internal").content)
    return read_vcards(export_vcards(store, None, "internal").content)


@pytest.mark.parametrize("kind", ["csv", "vcf"])
@given(
    people=st.lists(st.tuples(SIMPLE, WAYS), min_size=1, max_size=4, unique_by=lambda one: one[0]["name"].casefold())
)
@settings(max_examples=30)
def test_whoever_goes_out_comes_in_again_unchanged(kind, people):
    with new_store() as store, new_store() as other:
        make(store, people)
        before = everybody(store)
        contacts = out_and_in(store, kind)
        again = bring_in(store, contacts, Wishes(update=True))
        assert (again.taken, again.same, again.refused, again.changes) == (0, len(people), [], [])
        assert everybody(store) == before
        bring_in(other, contacts, Wishes())
        assert len(everybody(other)) == len(people)
        assert [person for person, _ in everybody(other)] == [person for person, _ in before]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("+86 138-0000-0001", "13800000001"),
        ("0086 13800000001", "13800000001"),
        ("13800000001", "13800000001"),
        ("010-5555 0101", "01055550101"),
        ("8001", "8001"),
        ("ask the gate", "ask the gate"),
    ],
)
def test_numbers_are_compared_by_their_last_eleven_digits(number, key):
    assert number_key(number) == key


def test_the_first_number_to_call_is_the_phone_and_a_fax_never_is():
    assert not Way("fax", "work", "1").is_called
    assert not Way("phone", "assistant", "1").is_called
    assert Way("mobile", "", "1").is_called
    assert Way("phone", "Gate house", "1").is_called


def test_the_kind_of_a_number_stands_in_its_label_outside():
    assert as_labelled(Way("mobile", "work", "1")).label == "work mobile"
    assert as_labelled(Way("fax", "", "1")).label == "fax"
    assert as_labelled(Way("mobile", "Jane", "1")).label == "Jane mobile"
    assert as_labelled(Way("phone", "Gate house", "1")).label == "Gate house"


def test_departments_are_compared_however_their_levels_are_parted():
    assert unit_key("Production/Planning") == unit_key("production / Planning ") == unit_key("Production＞Planning")
    assert paths("Production / Planning; Quality") == (("Production", "Planning"), ("Quality",))
    assert paths("R&D/IT") == (("R&D/IT",),)


def test_an_address_is_one_line_in_the_order_of_its_country():
    german = Address(street="Weg 1\n2. Stock", city="Köln", postal_code="50667", country="Germany")
    assert address_line(german) == "Weg 1, 2. Stock, Köln, 50667, Germany"
    chinese = Address(street="样例路2号", city="上海市", postal_code="200000", country="中国")
    assert address_line(chinese) == "中国上海市样例路2号 200000"
    assert address_line(Address(street=address_line(chinese))) == address_line(chinese)


def test_what_somebody_else_wrote_meanwhile_is_compared_not_overwritten(store):
    """The people are looked up within the step: another window can't come in between."""
    contacts = Contacts(contacts=(Contact(name="Anna", post="Buyer", uid="1"),), encoding="utf-8", kind="vcard")
    bring_in(store, contacts, Wishes())
    with Store(store.path, who="Bert", now=clock.now) as other, other.edit("Change") as edit:
        edit.update(other.select(Person).first(), post="Head")
    outcome = bring_in(store, contacts, Wishes())
    assert outcome.changes[0].differs.fields == {"post": ("Head", "Buyer")}
    assert store.rows("SELECT post FROM person") == [("Head",)]


def test_five_thousand_of_one_name_come_in(store):
    people = tuple(Contact(name="张三", post=f"{number}", line=number) for number in range(5000))
    contacts = Contacts(contacts=people, encoding="utf-8", kind="list")
    outcome = bring_in(store, contacts, Wishes())
    assert (outcome.taken, outcome.same) == (5000, 0)
    assert bring_in(store, contacts, Wishes()).same == 5000


def test_a_workbook_is_told_from_a_list_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(ExcelFile, match=r"staff\.csv is an Excel workbook, not a list\."):
        read_people(path)
