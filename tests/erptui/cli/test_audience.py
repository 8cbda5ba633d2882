"""Nothing internal and nothing of another engagement is in a file or a list for a client, whatever the register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from erptui import clock
from erptui.cli.export import FORMATS
from erptui.engagements import find_engagement
from erptui.registers import REGISTERS, register_named
from erptui.registers.context import Context
from erptui.stores import open_store

KINDS = {
    "ics": [()],
    "vcf": [()],
    "csv": [("--register", register) for register in REGISTERS],
}
"""Every format of `export`, with what is asked for of it."""
INTERNAL_REGISTERS = [name for name in REGISTERS if register_named(name).internal]


@pytest.fixture
def marked(run, surroundings, marks) -> str:
    """A store with HX26 and another engagement, everything marked that a client must not see."""
    path = str(surroundings / "marked.db")
    assert run("init", path).code == 0
    with open_store(path, who="Anna") as store:
        marks.fill(store)
    return path


def files(run, store: str, audience: str) -> dict[str, bytes]:
    """Every file that can be written for the audience, by what it is."""
    found = {}
    for kind, more in ((kind, more) for kind, several in KINDS.items() for more in several):
        name = "-".join((kind, *more[1:]))
        project = ("--project", "HX26") if audience == "client" else ()
        ended = run("export", kind, *more, *project, "--store", store, "-o", name, "--audience", audience)
        if ended.code == 0:
            found[name] = Path(name).read_bytes()
        else:
            assert audience == "client"
            assert more[1] in INTERNAL_REGISTERS, ended.err
            assert ended.code == 2
            assert not Path(name).exists()
    return found


def assert_clean(text: str | bytes, marks, name: str) -> None:
    written = text if isinstance(text, bytes) else text.encode()
    for mark in marks.MARKS:
        assert mark.encode() not in written, name


def test_every_format_there_is_is_looked_at():
    assert set(KINDS) == set(FORMATS)


def test_every_internal_field_is_marked(marked, marks):
    with open_store(marked, who="Anna", read_only=True) as store:
        for model, name, kind in marks.internal_fields():
            sql = f"SELECT count(*) FROM {model._meta.table_name} WHERE {kind.column_name} IS NOT NULL"
            assert store.rows(sql)[0][0], f"{model.__name__}.{name} is empty in every row of the marked store"


def test_no_file_for_a_client_holds_anything_internal_or_of_another_engagement(run, marked, marks):
    found = files(run, marked, "client")
    assert {f"csv-{name}" for name in set(REGISTERS) - set(INTERNAL_REGISTERS)} | {"ics", "vcf"} == set(found)
    assert marks.OURS.encode() in found["csv-people"]
    assert marks.OURS.encode() in found["vcf"]
    for name, content in found.items():
        assert_clean(content, marks, name)


def test_files_of_ones_own_hold_all_of_it(run, marked, marks):
    found = files(run, marked, "internal")
    assert len(found) == len(REGISTERS) + 2
    for name in ("csv-people", "vcf", "csv-gates", "csv-touches", "csv-notes"):
        assert marks.INTERNAL.encode() in found[name], name
    for name, content in found.items():
        # The lines of the notebook are marked as internal, whosever they are.
        assert (marks.OTHER if name != "csv-notes" else marks.INTERNAL).encode() in content, name


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_no_list_for_a_client_holds_anything_internal_or_of_another_engagement(run, marked, marks, name, more):
    asked = ("list", name, "--store", marked, "--project", "HX26", *more)
    ended = run(*asked, "--audience", "client")
    assert (ended.code == 2) == (name in INTERNAL_REGISTERS)
    assert bool(ended.out) == (name not in INTERNAL_REGISTERS)
    assert_clean(ended.out, marks, name)
    everything = run("list", name, "--store", marked, "--json").out
    assert marks.OTHER in everything or name == "notes"


@pytest.mark.parametrize("name", REGISTERS)
def test_no_row_for_a_client_holds_anything_internal_or_of_another_engagement(marked, marks, name):
    register = register_named(name)
    with open_store(marked, who="Anna", read_only=True) as store:
        context = Context(store, clock.today(), find_engagement(store, "HX26"), audience="client")
        records = register.read(context)
    assert bool(records) == (name not in INTERNAL_REGISTERS)
    assert_clean(json.dumps(records), marks, name)
    hidden = {field for field, kind in marks.fields_of(register.model).items() if kind.internal}
    hidden |= {column.id for column in register.derived("internal") if column.internal}
    assert not hidden & set(next(iter(records), ()))


@pytest.mark.parametrize("name", INTERNAL_REGISTERS)
def test_what_was_said_is_internal_as_a_whole(run, marked, name):
    ended = run("export", "csv", "--register", name, "--project", "HX26", "--store", marked, "-o", "-")
    assert (ended.code, ended.out) == (2, "")
    assert "--audience internal" in ended.err


def test_touches_and_notes_are_what_is_internal_as_a_whole():
    assert INTERNAL_REGISTERS == ["touches", "notes"]
