"""What every register keeps to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db import opening
from db.choices import BaseCalendar, ContentLanguage
from db.labels import Label
from db.models import Gate, Person
from db.store import Store
from erptui.engagements import find_engagement, natural
from erptui.method.opening import NewEngagement, open_engagement
from erptui.registers import REGISTERS, register_named
from erptui.registers.context import Context
from erptui.registers.register import Derived
from erptui.registers.table import key_of, table
from erptui.stores import open_store

TODAY = date(2026, 11, 24)


@pytest.fixture
def store(tmp_path: Path):
    opening.create(tmp_path / "s.db")
    with open_store(tmp_path / "s.db", who="test") as store:
        for code in ("HX26", "DY25"):
            open_engagement(
                store, NewEngagement(f"Name of {code}", code, TODAY, BaseCalendar.CHINA, ContentLanguage.ENGLISH)
            )
        with store.edit("Fill") as edit:
            edit.create(Person, name="Wang Lei", note="SECRET note")
            for gate in list(store.select(Gate)):
                edit.update(gate, passed_on=TODAY, reason="SECRET reason")
        yield store


@pytest.mark.parametrize("name", REGISTERS)
def test_nothing_internal_is_in_a_row_for_a_client(store: Store, name: str):
    register = register_named(name)
    engagement = find_engagement(store, "HX26")
    for_client = Context(store, TODAY, engagement, audience="client")
    records = register.read(for_client)
    internal = {field for field, kind in register.model._meta.fields.items() if kind.internal}
    internal |= {c.id for c in (*register.columns, *register.more) if isinstance(c, Derived) and c.internal}
    assert all(not internal & set(record) for record in records)
    assert "SECRET" not in repr(records)
    if records:
        lines = "\n".join(table(register, records, 500, for_client))
        assert "SECRET" not in lines
        assert "DY25" not in lines


def test_what_is_internal_is_there_for_ourselves(store: Store):
    assert "SECRET note" in repr(register_named("people").read(Context(store, TODAY)))
    assert "SECRET reason" in repr(register_named("gates").read(Context(store, TODAY)))


@pytest.mark.parametrize("name", REGISTERS)
def test_every_column_has_a_label_and_a_name_of_its_own(name: str):
    register = register_named(name)
    columns = (*register.columns, *register.more)
    assert all(isinstance(column.label, Label) for column in columns)
    derived = [column.id for column in columns if isinstance(column, Derived)]
    assert len(set(derived)) == len(derived)
    assert not set(derived) & set(register.model._meta.fields)
    assert set(register.sort) <= {key_of(column) for column in columns} | set(register.model._meta.fields)


@pytest.mark.parametrize(
    ("before", "after"),
    [("C1.2", "C1.10"), ("C1", "C1.1"), ("HX3", "HX26"), ("A9", "B1"), ("a2", "A10"), ("2", "10"), ("项2", "项10")],
)
def test_codes_sort_as_people_count(before: str, after: str):
    assert natural(before) < natural(after)


def test_an_empty_column_is_left_out_of_the_table(store: Store):
    register = register_named("people")
    context = Context(store, TODAY)
    header, line = table(register, register.read(context), 80, context)
    assert header == "Name"
    assert line == "Wang Lei"
