"""Listing registers: for people in cells, for programs as JSON."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from db.choices import PackageStatus, Side
from db.models import Engagement, Person, Role, WorkPackage
from db.store import Store
from erptui.cells import width
from erptui.clock import now
from erptui.stores import open_store

EVIL = "[/x] \x1b[2J\x1b]52;c;aGk=\x07 ab\u202egnp\u2066 👩\u200d💻 שלום \x9b31m " + "长" * 10_000


def rename(path: str, code: str, **values: object) -> None:
    with open_store(path, who="test") as store, store.edit("Change") as edit:
        package = store.select(WorkPackage).where(WorkPackage.code == code).first()
        edit.update(package, **values)


def listed(run, store: str, register: str, *more: str) -> list[dict[str, object]]:
    ended = run("list", register, "--store", store, "--json", *more)
    assert ended.code == 0
    rows: list[dict[str, object]] = json.loads(ended.out)
    return rows


def test_json_has_field_names_ids_and_iso_dates(run, store):
    task = next(row for row in listed(run, store, "tasks") if row["code"] == "A1.2")
    assert task["project"] == "HX26"
    assert (task["phase"], task["activity"], task["status"]) == ("A", "A1", "todo")
    assert date.fromisoformat(str(task["start"])) <= date.fromisoformat(str(task["finish"]))
    assert task["milestone"] is False
    assert task["duration"] == 2 * 480
    assert task["role_code"] == "PRE"
    assert len(str(task["role"])) == 36
    assert task["predecessors"][0]["code"] == "A1.1"
    assert task["late"] is False


def test_rows_stand_by_code_and_c1_2_before_c1_10(run, store):
    codes = [str(row["code"]) for row in listed(run, store, "tasks") if row["activity"] == "C1"]
    assert codes.index("C1.2") < codes.index("C1.10")
    assert codes[0] == "C1.1"


def test_engagements_stand_one_after_the_other_and_project_chooses_one(run, store):
    run("new", "--store", store, "--name", "n", "--code", "HX3", "--start", "fri")
    projects = [row["project"] for row in listed(run, store, "tasks")]
    assert list(dict.fromkeys(projects)) == ["HX3", "HX26"]
    assert {row["project"] for row in listed(run, store, "tasks", "--project", "hx26")} == {"HX26"}


def test_an_unknown_engagement_is_refused_with_those_that_there_are(run, store):
    ended = run("list", "tasks", "--store", store, "--project", "DY25")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "There is no engagement “DY25”. There are: HX26.\n"


def test_two_engagements_with_one_code_are_told_apart_by_id(run, store):
    run("new", "--store", store, "--name", "Other", "--code", "X", "--start", "fri")
    with open_store(store, who="test") as opened, opened.edit("Merge") as edit:
        other = opened.select(Engagement).where(Engagement.code == "X").first()
        edit.update(other, code="HX26")
    ended = run("list", "tasks", "--store", store, "--project", "HX26")
    assert ended.code == 2
    assert other.id[:8] in ended.err
    assert len(listed(run, store, "tasks", "--project", other.id[:13])) > 100


def test_from_and_to_choose_the_rows_that_are_going_on(run, store):
    rows = listed(run, store, "tasks", "--from", "2026-12-01", "--to", "2026-12-04")
    assert rows
    assert all(row["start"] <= "2026-12-04" and row["finish"] >= "2026-12-01" for row in rows)
    assert listed(run, store, "tasks", "--to", "2026-11-23") == []


def test_a_period_the_wrong_way_round_and_one_for_people_are_refused(run, store):
    ended = run("list", "tasks", "--store", store, "--from", "2026-12-02", "--to", "2026-12-01")
    assert (ended.code, ended.out) == (2, "")
    assert "2026-12-02 lies after" in ended.err
    assert run("list", "people", "--store", store, "--from", "fri").code == 2


def test_an_open_package_is_late_after_its_last_day_but_not_in_a_phase_that_is_not_open(run, store, monkeypatch):
    monkeypatch.setenv("ERPTUI_NOW", "2029-01-01")
    late = {row["code"]: row["late"] for row in listed(run, store, "tasks")}
    assert late["A1.1"] is True
    assert late["C1.1"] is False
    rename(store, "A1.1", status=PackageStatus.DONE, finished_on=date(2026, 11, 25))
    assert not next(row for row in listed(run, store, "tasks") if row["code"] == "A1.1")["late"]


def test_milestones_are_the_packages_that_mark_a_day(run, store):
    milestones = listed(run, store, "milestones")
    assert milestones
    assert [row["id"] for row in milestones] == [r["id"] for r in listed(run, store, "tasks") if r["milestone"]]


def test_gates_show_their_day_and_how_far_the_checklist_is(run, store):
    gates = listed(run, store, "gates")
    assert [gate["phase"] for gate in gates] == ["A", "B", "C", "D"]
    assert gates[0]["status"] == "open"
    assert str(gates[0]["checklist"]).startswith("0/")
    assert gates[0]["day"] == max(str(row["finish"]) for row in listed(run, store, "tasks") if row["phase"] == "A")


def test_people_show_their_roles_and_project_chooses_those_who_have_one(run, store):
    with open_store(store, who="test") as opened, opened.edit("Add people") as edit:
        wang = edit.create(Person, name="Wang Lei", side=Side.CLIENT, note="likes tea")
        edit.create(Person, name="Chen Hui")
        edit.update(opened.select(Role).where(Role.code == "SPO").first(), person=wang)
    assert [(row["name"], row["roles"]) for row in listed(run, store, "people")] == [
        ("Chen Hui", []),
        ("Wang Lei", ["HX26:SPO"]),
    ]
    assert [row["name"] for row in listed(run, store, "people", "--project", "HX26")] == ["Wang Lei"]


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 110, 200])
def test_the_table_fits_the_columns_it_is_given(run, store, monkeypatch, columns):
    rename(store, "A1.1", name="物料主数据清洗（BOM）" * 20)
    monkeypatch.setenv("COLUMNS", str(columns))
    for register in ("tasks", "milestones", "gates"):
        lines = run("list", register, "--store", store).out.splitlines()
        assert len(lines) > 1
        assert max(map(width, lines)) <= columns


def test_a_chinese_name_is_cut_at_a_whole_character_and_the_next_column_stays_in_line(run, store):
    rename(store, "A1.1", name="物料主数据清洗并核对全部编码规则与计量单位换算")
    lines = run("list", "tasks", "--store", store).out.splitlines()
    places = {width(line[: line.index("2026-")]) for line in lines[1:10]}
    assert len(places) == 1
    assert "…" in lines[1]


def test_what_a_person_typed_is_shown_as_typed_but_commands_nothing(run, store):
    # As a store of somebody else may hold it: past our own cleaning.
    import sqlite3

    other = sqlite3.connect(store)
    other.execute("UPDATE work_package SET name = ? WHERE code = 'A1.1'", (EVIL,))
    other.commit()
    other.close()
    table = run("list", "tasks", "--store", store).out
    assert "[/x]" in table
    assert not any(
        (ord(sign) < 32 and sign != "\n") or 0x7F <= ord(sign) < 0xA0 or sign in "\u202e\u2066" for sign in table
    )
    answer = run("list", "tasks", "--store", store, "--json").out
    assert not any(
        (ord(sign) < 32 and sign != "\n") or 0x7F <= ord(sign) < 0xA0 or sign in "\u202e\u2066" for sign in answer
    )
    assert next(row for row in json.loads(answer) if row["code"] == "A1.1")["name"] == EVIL


def test_a_circle_in_one_plan_leaves_its_rows_without_days_and_says_so(run, store):
    from db.choices import LinkKind
    from db.models import Dependency

    with open_store(store, who="test") as opened, opened.edit("Link") as edit:
        first = opened.select(WorkPackage).where(WorkPackage.code == "A1.1").first()
        second = opened.select(WorkPackage).where(WorkPackage.code == "A1.2").first()
        edit.create(Dependency, predecessor=second, successor=first, kind=LinkKind.FS)
    ended = run("list", "tasks", "--store", store, "--json")
    assert ended.code == 0
    assert "A1.1" in ended.err
    assert json.loads(ended.out)[0]["start"] is None


def test_listing_changes_nothing_in_the_file(run, store):
    def digest() -> str:
        return hashlib.sha256(Path(store).read_bytes()).hexdigest()

    before = digest()
    for register in ("tasks", "milestones", "gates", "people"):
        run("list", register, "--store", store)
    assert digest() == before


def test_an_empty_register_says_so_on_standard_error(run, surroundings):
    run("init", "s.db")
    assert run("list", "people", "--store", "s.db") == (0, "", "People: nothing to list.\n")
    assert run("list", "people", "--store", "s.db", "--json").out == "[]\n"


def test_the_order_is_the_same_whatever_the_order_in_the_file(run, store):
    with Store(store, who="test", now=now) as opened:
        ids = [row for (row,) in opened.rows("SELECT id FROM work_package ORDER BY random()")]
    listed_ids = [row["id"] for row in listed(run, store, "tasks")]
    assert sorted(ids) == sorted(map(str, listed_ids))
    assert listed_ids == [row["id"] for row in listed(run, store, "tasks")]


def test_a_list_for_a_client_leaves_out_what_is_internal(run, store):
    assert run("touch", "--new", "--store", store, "Chen Hui, Huaxin Precision", "tel wants the list >2w").code == 0
    ours = json.loads(run("list", "people", "--store", store, "--json").out)
    theirs = json.loads(run("list", "people", "--store", store, "--json", "--audience", "client").out)
    assert {"note", "last_touch", "next_touch", "silent"} <= set(ours[0])
    assert not {"note", "last_touch", "next_touch", "last_channel", "silent"} & set(theirs[0])
    assert "Last touch" in run("list", "people", "--store", store).out
    assert "Last touch" not in run("list", "people", "--store", store, "--audience", "client").out


@pytest.mark.parametrize("register", ["touches", "notes"])
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_an_internal_register_is_refused_for_a_client(run, store, register, more):
    ended = run("list", register, "--store", store, "--audience", "client", *more)
    assert (ended.code, ended.out) == (2, "")
    assert "internal" in ended.err
    assert run("list", register, "--store", store, "--audience", "internal", *more).code == 0


def test_a_list_for_a_client_is_of_one_engagement(run, store):
    assert run("new", "--store", store, "--name", "Other", "--code", "OT27", "--start", "2026-11-24").code == 0
    ended = run("list", "gates", "--store", store, "--audience", "client")
    assert (ended.code, ended.out) == (2, "")
    assert "--project" in ended.err
    listed = run("list", "gates", "--store", store, "--audience", "client", "--project", "HX26", "--json")
    assert {row["project"] for row in json.loads(listed.out)} == {"HX26"}
