"""People and other registers as CSV and vCards, and back without change."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.choices import ContactKind, PackageStatus, Side
from db.models import ContactPoint, Decision, Note, Person, Promise, Touch, TouchPerson, WorkPackage
from db.rank import spread
from erptui import clock
from erptui.registers import REGISTERS, register_named
from erptui.stores import open_store

WANG = {
    "name": "王磊",
    "family": "王",
    "given": "磊",
    "organisation": "=Huaxin; Precision, “Ltd”",
    "unit": "生产部 / R&D-IT; Quality",
    "post": "-Head of\u3000things",
    "side": Side.CLIENT,
    "mail": "wang.lei@example.com",
    "phone": "+86 138 0000 0001",
    "birthday": "--03-07",
    "note": 'Likes tea\n=1+1\n\'quoted, "twice"',
    "card_uid": "card-1",
}
WAYS = [
    (ContactKind.MOBILE, "work", "13900000002"),
    (ContactKind.FAX, "work", "010-5555 0101"),
    (ContactKind.PHONE, "Gate house", "010-5555 0102 ext 7"),
    (ContactKind.MAIL, "home", "lei@example.org"),
    (ContactKind.WECHAT, "work", "wl_1985"),
    (ContactKind.FEISHU, None, "wang-lei"),
    (ContactKind.MESSENGER, "qq", "12345"),
    (ContactKind.MESSENGER, None, "somewhere"),
    (ContactKind.ADDRESS, "work", "上海市样例路2号 200000"),
    (ContactKind.WEB, None, "https://example.com/?a=1;b=2"),
]


def edit(path: str):
    store = open_store(path, who="test")
    return store, store.edit("Change")


@pytest.fixture
def filled(store: str) -> str:
    """A store with 王磊, who has everything, and with two people of one name who have nothing else."""
    opened, step = edit(store)
    with opened, step as editing:
        wang = editing.create(Person, **WANG)
        editing.create_many(
            ContactPoint,
            [
                {"person": wang.id, "kind": kind, "label": label, "value": value, "rank": rank}
                for (kind, label, value), rank in zip(WAYS, spread(len(WAYS)), strict=True)
            ],
        )
        editing.create(Person, name="Anna Smith")
        editing.create(Person, name="Anna Smith")
        editing.create(Person, name="René Müster", family="Müster", given="René", phone="4711", side=Side.VENDOR)
    return store


def rows_of(path: str) -> tuple[list[Any], list[Any]]:
    """Everything known of the people, without their ids."""
    with open_store(path, who="test", read_only=True) as store:
        people = store.rows(
            "SELECT name, family, given, organisation, unit, post, side, mail, phone, birthday, note FROM person"
            " ORDER BY name, phone"
        )
        ways = store.rows(
            "SELECT p.name, c.kind, c.label, c.value FROM contact_point c JOIN person p ON p.id = c.person_id"
            " ORDER BY c.kind, c.value"
        )
    return people, ways


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def export(run):
    def write(store: str, kind: str, *more: str) -> bytes:
        ended = run("export", kind, "--store", store, "-o", f"out.{kind}", "--force", *more)
        assert ended.code == 0, ended.err
        return Path(f"out.{kind}").read_bytes()

    return write


FORMATS = [("csv", ("--register", "people")), ("vcf", ())]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("kind", "more"), FORMATS)
def test_what_went_out_changes_nothing_when_it_comes_in_again(run, export, filled, kind, more, language):
    before = rows_of(filled)
    export(filled, kind, *more, "--audience", "internal", "--lang", language)
    ended = run("import", kind, f"out.{kind}", "--store", filled, "--json", "--update", "--lang", language)
    assert ended.code == 0, ended.out
    assert json.loads(ended.out) == {"taken": 0, "same": 4, "remarks": [], "refused": [], "changes": []}
    assert rows_of(filled) == before


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("kind", "more"), FORMATS)
def test_what_went_out_comes_into_another_store_equal(run, export, filled, surroundings, kind, more, language):
    export(filled, kind, *more, "--audience", "internal", "--lang", language)
    other = str(surroundings / "other.db")
    run("init", other)
    said = json.loads(run("import", kind, f"out.{kind}", "--store", other, "--json").out)
    assert (said["taken"], said["refused"], said["changes"]) == (4, [], [])
    assert rows_of(other) == rows_of(filled)


def test_a_client_file_of_people_changes_nothing_either(run, export, filled):
    export(filled, "csv", "--register", "people")
    said = json.loads(run("import", "csv", "out.csv", "--store", filled, "--json").out)
    assert (said["taken"], said["same"], said["remarks"]) == (0, 4, [])


def test_a_file_for_excel_has_a_mark_and_no_formulas(export, filled):
    content = export(filled, "csv", "--register", "people", "--audience", "internal")
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    wang = next(row for row in table(content) if row["Name"] == "王磊")
    assert wang["Organisation"].startswith("'=")
    assert wang["Post"].startswith("'-")
    assert wang["Phone"] == "+86 138 0000 0001"
    assert (wang["Side"], wang["Phone 1 - Label"], wang["IM 1 - Service"]) == ("Client", "work mobile", "wechat work")


def test_the_private_note_is_only_in_internal_files(export, filled):
    for kind, more in FORMATS:
        assert b"Likes tea" in export(filled, kind, *more, "--audience", "internal")
        assert b"Likes tea" not in export(filled, kind, *more)
        assert b"Likes tea" not in export(filled, kind, *more, "--audience", "client")


def test_a_vcard_shows_the_id_of_the_card_and_a_mobile_phone_as_one(export, filled):
    lines = export(filled, "vcf").decode().splitlines()
    assert {"FN:王磊", "UID:card-1", "TEL;TYPE=CELL:+86 138 0000 0001", "VERSION:3.0"} <= set(lines)
    assert sum(line.startswith("UID:") for line in lines) == 4


@pytest.mark.parametrize("register", ["tasks", "milestones", "gates"])
def test_the_columns_of_a_file_are_those_of_the_list(run, export, store, register):
    found = table(export(store, "csv", "--register", register))
    listed = json.loads(run("list", register, "--store", store, "--json").out)
    assert len(found) == len(listed) > 0
    assert [row["Project"] for row in found] == [row["project"] for row in listed]
    if register != "gates":
        assert [(row["Code"], row["Work package"], row["Finish"]) for row in found] == [
            (row["code"], row["name"], row["finish"]) for row in listed
        ]
        assert {row["Status"] for row in found} == {PackageStatus.TODO.label}


def test_words_and_headers_are_in_the_language_in_use(export, store):
    first = table(export(store, "csv", "--register", "gates", "--lang", "zh"))[0]
    assert "状态" in first
    assert "Status" not in first


def test_touches_are_not_for_clients(run, export, filled):
    ended = run("export", "csv", "--register", "touches", "--store", filled, "-o", "-")
    assert ended.code == 2
    assert "internal" in ended.err
    assert ended.out == ""
    assert table(export(filled, "csv", "--register", "touches", "--audience", "internal")) == []


def test_a_client_sees_the_people_of_one_engagement(run, export, filled):
    run("new", "--store", filled, "--name", "Other", "--code", "OT27", "--start", "2026-11-24")
    opened, step = edit(filled)
    with opened, step as editing:
        editing.create(Person, name="Bert", organisation="Other")
        editing.create(Person, name="Carl", organisation="Huaxin Precision")
    for kind, more in FORMATS:
        ended = run("export", kind, *more, "--store", filled, "-o", "-")
        assert ended.code == 2
        assert "--project" in ended.err
        content = export(filled, kind, *more, "--project", "HX26").decode()
        assert "Carl" in content
        assert "Bert" not in content
        assert "王磊" not in content
        assert "Bert" in export(filled, kind, *more, "--audience", "internal").decode()


def test_whoever_is_not_to_be_contacted_stands_in_no_file(run, export, filled):
    opened, step = edit(filled)
    with opened, step as editing:
        silent = editing.create(Person, name="Silent Sam", do_not_contact=True, mail="sam@example.com")
        loud = editing.create(Person, name="Loud Lou")
        package = next(row for row in opened.select(WorkPackage) if row.milestone)
        editing.update(package, owner=silent.id)
        touch = editing.create(Touch, day="2026-11-20", by="test", text="met")
        for person in (silent, loud):
            editing.create(TouchPerson, touch=touch.id, person=person.id)
        about = {"about_table": "person", "about_row": silent.id}
        editing.create(Note, person=silent.id, text="heard", at=clock.now(), rank="V", **about)
        editing.create(Promise, text="promised", person=silent.id, owner=silent.id)
        editing.create(Decision, text="decide", decider=silent.id)
    for audience in ("client", "internal"):
        for kind, more in FORMATS:
            content = export(filled, kind, *more, "--audience", audience)
            assert b"Loud Lou" in content
            assert b"Sam" not in content
            assert b"sam@" not in content
        for register in REGISTERS:
            if audience == "internal" or not register_named(register).internal:
                assert b"Sam" not in export(filled, "csv", "--register", register, "--audience", audience)
        assert b"Silent Sam" not in export(filled, "ics", "--audience", audience)
    (touched,) = table(export(filled, "csv", "--register", "touches", "--audience", "internal"))
    assert touched["Who"] == "Loud Lou"
    ended = run("export", "vcf", "--store", filled, "-o", "-")
    assert "not to be contacted: 1" in ended.err


def test_a_file_is_private_and_never_replaced_without_force(run, filled):
    arguments = ("export", "csv", "--register", "people", "--store", filled, "-o", "p.csv")
    assert run(*arguments).code == 0
    assert stat.S_IMODE(Path("p.csv").stat().st_mode) == 0o600
    Path("p.csv").write_text("mine")
    assert run(*arguments).code == 2
    assert Path("p.csv").read_text() == "mine"
    assert run(*arguments, "--force").code == 0
    assert Path("p.csv").read_text() != "mine"


@pytest.mark.parametrize(("kind", "more"), FORMATS)
def test_standard_output_has_the_same_bytes(export, filled, kind, more):
    arguments = [
        sys.executable,
        "-c",
        "from erptui.cli import main; raise SystemExit(main())",
        "export",
        kind,
        *more,
        "--store",
        filled,
        "-o",
        "-",
    ]
    done = subprocess.run(arguments, capture_output=True, check=True)
    assert done.stdout == export(filled, kind, *more)


def test_an_export_writes_nothing_into_the_store(export, filled):
    before = Path(filled).read_bytes()
    for kind, more in FORMATS:
        export(filled, kind, *more)
    assert Path(filled).read_bytes() == before


def test_a_register_that_is_not_there_is_refused(run, store):
    assert run("export", "csv", "--store", store, "-o", "-").code == 2
    assert run("export", "csv", "--store", store, "-o", "-", "--register", "moons").code == 2
    assert run("export", "csv", "--store", store, "-o", "-", "--register", "people", "--project", "NO").code == 2
