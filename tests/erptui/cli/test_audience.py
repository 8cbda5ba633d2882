"""Nothing internal and nothing of another engagement is in a file for a client, whatever register and format."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from db.choices import Side
from db.fields import NumberField, ReferenceField, TextField
from db.models import MODELS, Decision, Note, Person, Promise, Role, Touch, TouchPerson
from db.store import Store
from erptui import clock
from erptui.engagements import find_engagement
from erptui.registers import REGISTERS, register_named
from erptui.registers.context import Context
from erptui.stores import open_store

INTERNAL, OTHER, NUMBER = "INTERNAL-7f3a", "OTHER-9c1e", 918_273_645


def fields_of(model):
    return model._meta.fields.values()


def people_and_talk(store: Store, engagement: str, name: str) -> None:
    """Somebody with a role, a touch, a line of the notebook, a promise and a decision in an engagement."""
    with store.edit("Fill") as edit:
        person = edit.create(Person, name=name, organisation=f"{name} Ltd", post="Buyer", side=Side.CLIENT, note="x")
        role = store.select(Role).where(Role.engagement == engagement).first()
        edit.update(role, person=person.id)
        touch = edit.create(Touch, engagement=engagement, day=date(2026, 11, 20), text="met", by="test")
        edit.create(TouchPerson, touch=touch.id, person=person.id)
        at = clock.now()
        edit.create(Note, engagement=engagement, person=person.id, text="heard", at=at, rank="V")
        edit.create(Promise, engagement=engagement, text="promised", person=person.id, due=date(2026, 11, 27))
        edit.create(Decision, engagement=engagement, text="decide", decider=person.id, due=date(2026, 11, 27))


def plant(store_path: str, other: str) -> set[str]:
    """Mark every internal field of every row, and every text of another engagement; gives the tables marked."""
    import sqlite3

    marked: dict[str, set[str]] = {"engagement": {other}}
    planted = set()
    with sqlite3.connect(store_path) as connection:
        for _depth in range(4):
            for model in MODELS:
                table = model._meta.table_name
                for field in fields_of(model):
                    if isinstance(field, ReferenceField) and (ids := marked.get(field.rel_model._meta.table_name)):
                        found = connection.execute(f"SELECT id, {field.column_name} FROM {table}").fetchall()
                        marked.setdefault(table, set()).update(row for row, target in found if target in ids)
        marked["person"] = {row for (row,) in connection.execute("SELECT id FROM person WHERE name = 'Other person'")}
        marked["client"] = {
            row for (row,) in connection.execute("SELECT client_id FROM engagement WHERE id = ?", (other,))
        }
        for model in MODELS:
            table = model._meta.table_name
            for field in fields_of(model):
                if isinstance(field, TextField) and not field.name.endswith("_table"):
                    for row in marked.get(table, ()):
                        connection.execute(f"UPDATE {table} SET {field.column_name} = ? WHERE id = ?", (OTHER, row))
            for field in fields_of(model):
                if field.internal and isinstance(field, TextField | NumberField):
                    mark = INTERNAL if isinstance(field, TextField) else NUMBER
                    if connection.execute(f"UPDATE {table} SET {field.column_name} = ?", (mark,)).rowcount:
                        planted.add(table)
    connection.close()
    return planted


@pytest.fixture
def marked(run, store) -> str:
    """A store with HX26 and another engagement, both with people and talk, everything a client must not see marked."""
    assert run("new", "--store", store, "--name", "Other", "--code", "OT27", "--start", "2026-11-24").code == 0
    with open_store(store, who="test") as opened:
        ours, other = find_engagement(opened, "HX26").id, find_engagement(opened, "OT27").id
        people_and_talk(opened, ours, "Our person")
        people_and_talk(opened, other, "Other person")
        with opened.edit("Both") as edit:
            role = opened.select(Role).where((Role.engagement == other) & Role.person.is_null()).first()
            ((both,),) = opened.rows("SELECT id FROM person WHERE name = 'Our person'")
            edit.update(role, person=both)
    internal_tables = {model._meta.table_name for model in MODELS if any(field.internal for field in fields_of(model))}
    assert plant(store, other) == internal_tables
    return store


def files(run, store: str, audience: str) -> dict[str, str]:
    """Every file that can be written for the audience, by what it is."""
    found = {}
    wanted = [("ics", ()), ("vcf", ()), *(("csv", ("--register", register)) for register in REGISTERS)]
    for kind, more in wanted:
        name = "-".join((kind, *more[1:]))
        project = ("--project", "HX26") if audience == "client" else ()
        ended = run("export", kind, *more, *project, "--store", store, "-o", name, "--audience", audience)
        if ended.code == 0:
            found[name] = Path(name).read_text("utf-8")
        else:
            assert audience == "client"
            assert register_named(more[1]).internal, ended.err
            assert ended.code == 2
            assert not Path(name).exists()
    return found


def test_no_file_for_a_client_holds_anything_internal_or_of_another_engagement(run, marked):
    found = files(run, marked, "client")
    assert {"ics", "vcf", "csv-people", "csv-tasks"} <= set(found)
    assert "Our person" in found["csv-people"]
    assert "Our person" in found["vcf"]
    for name, text in found.items():
        assert INTERNAL not in text, name
        assert OTHER not in text, name
        assert str(NUMBER) not in text, name


def test_files_of_ones_own_hold_all_of_it(run, marked):
    found = files(run, marked, "internal")
    assert len(found) == len(REGISTERS) + 2
    assert INTERNAL in found["csv-people"]
    assert INTERNAL in found["vcf"]
    for name, text in found.items():
        assert OTHER in text, name


@pytest.mark.parametrize("name", REGISTERS)
def test_no_row_for_a_client_holds_anything_internal_or_of_another_engagement(marked, name):
    register = register_named(name)
    with open_store(marked, who="test", read_only=True) as store:
        context = Context(store, clock.today(), find_engagement(store, "HX26"), audience="client")
        records = register.read(context)
    assert records
    text = json.dumps(records)
    assert INTERNAL not in text
    assert OTHER not in text
    hidden = {field.name for field in fields_of(register.model) if field.internal}
    hidden |= {column.id for column in register.derived("internal") if column.internal}
    assert not hidden & set(records[0])


@pytest.mark.parametrize("name", ["touches", "notes"])
def test_what_was_said_is_internal_as_a_whole(run, marked, name):
    ended = run("export", "csv", "--register", name, "--project", "HX26", "--store", marked, "-o", "-")
    assert (ended.code, ended.out) == (2, "")
    assert "--audience internal" in ended.err
