"""Making a store and opening an engagement."""

from __future__ import annotations

import grp
import json
import os
import stat
from pathlib import Path

import pytest

NEW = ("--name", "Huaxin", "--code", "HX26", "--start", "2026-11-24")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_store_is_a_file_of_its_owner_in_a_folder_of_its_owner(run, surroundings):
    ended = run("init", "work/here/s.db")
    path = surroundings / "work" / "here" / "s.db"
    assert ended.code == 0
    assert ended.out == ""
    assert f"Made {path}." in ended.err
    assert f"erptui --store {path} new --name" in ended.err
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_a_store_for_a_group_can_be_written_by_the_group(run, surroundings):
    own = grp.getgrgid(os.getgid()).gr_name
    assert run("init", "shared/s.db", "--group", own).code == 0
    path = surroundings / "shared" / "s.db"
    assert (mode(path), mode(path.parent)) == (0o660, 0o2770)
    assert path.stat().st_gid == path.parent.stat().st_gid == os.getgid()


def test_a_folder_that_was_there_is_not_opened_to_a_group_but_it_is_said_how(run, surroundings):
    own = grp.getgrgid(os.getgid()).gr_name
    surroundings.chmod(0o700)
    ended = run("init", "s.db", "--group", own)
    assert ended.code == 0
    assert mode(surroundings) == 0o700
    assert f"chgrp {own} {surroundings} && chmod 2770 {surroundings}" in ended.err


def test_a_group_that_does_not_exist_makes_nothing(run, surroundings):
    ended = run("init", "x/s.db", "--group", "nobodies-here")
    assert ended.code == 2
    assert "there is no group “nobodies-here”" in ended.err
    assert not (surroundings / "x").exists()


def test_what_is_there_already_is_not_touched(run, surroundings):
    (surroundings / "notes.txt").write_text("mine")
    ended = run("init", "notes.txt")
    assert ended.code == 2
    assert "notes.txt is already there" in ended.err
    assert (surroundings / "notes.txt").read_text() == "mine"


def test_the_demo_store_holds_engagements_in_both_languages(run):
    assert run("init", "demo.db", "--demo").code == 0
    tasks = json.loads(run("list", "tasks", "--store", "demo.db", "--json").out)
    names = "".join(task["name"] for task in tasks)
    assert "主数据" in names
    assert "Go-live" in names
    assert run("check", "demo.db").code == 0


def test_a_demo_that_can_not_be_filled_leaves_no_store(run, surroundings, monkeypatch):
    import erptui.demo

    def fail(_store: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(erptui.demo, "fill_demo", fail)
    assert run("init", "x/demo.db", "--demo").code == 3
    assert not (surroundings / "x").exists()


def test_an_engagement_is_opened_from_the_template_and_the_next_step_is_named(run, surroundings):
    run("init", "s.db")
    ended = run("new", "--store", "s.db", *NEW)
    path = surroundings / "s.db"
    assert ended.code == 0
    assert ended.out == ""
    assert ended.err.splitlines()[0].startswith("Opened HX26 Huaxin from 2026-11-24: ")
    assert f"Look at it: erptui --store {path}" in ended.err
    assert f"Take it back: erptui undo --store {path}" in ended.err


def test_the_usual_store_is_made_when_it_is_used_first(run, surroundings):
    ended = run("new", *NEW)
    assert ended.code == 0
    path = surroundings / "data" / "erptui" / "erptui.db"
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert "Look at it: erptui\n" in ended.err


def test_calendar_and_language_come_from_the_settings_unless_they_are_given(run, store, surroundings):
    (surroundings / "config" / "erptui").mkdir(parents=True)
    (surroundings / "config" / "erptui" / "config.json").write_text('{"calendar": "cn"}')
    assert run("new", "--store", store, "--name", "n", "--code", "CN", "--start", "2026-09-28").code == 0
    assert run("new", "--store", store, "--name", "n", "--code", "WD", "--start", "2026-09-28",
               "--calendar", "weekdays", "--language", "zh").code == 0  # fmt: skip
    tasks = {(t["project"], t["code"]): t for t in json.loads(run("list", "tasks", "--store", store, "--json").out)}
    # The first week of October is free in China.
    assert tasks["CN", "A1.7"]["start"] > tasks["WD", "A1.7"]["start"]
    assert tasks["WD", "A1.1"]["name"] != tasks["CN", "A1.1"]["name"]


def test_a_code_that_is_taken_is_refused_with_the_name_of_who_has_it(run, store):
    before = Path(store).read_bytes()
    ended = run("new", "--store", store, "--name", "Other", "--code", "hx26", "--start", "fri")
    assert ended.code == 2
    assert "HX26" in ended.err
    assert "Huaxin Precision" in ended.err
    assert Path(store).read_bytes() == before


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--code", "two words"], "Code: “two words” can't be used."),
        (["--name", "  "], "Name: “” can't be used. It must be filled in."),
        (["--name", "x" * 201], "Name:"),
        (["--without", "Z9.9"], "Z9.9"),
        (["--lead", "--at", "C1"], "lead"),
        (["--from", "DY25"], "--from comes with a later version."),
        (["--template", "none.json"], "none.json"),
        (["--start", "1889-01-01"], "1990"),
    ],
)
def test_what_can_not_be_opened_is_refused_by_name_and_leaves_nothing(run, surroundings, more, said):
    run("init", "s.db")
    ended = run("new", "--store", "s.db", *NEW, *more)
    assert ended.code == 2
    assert said in ended.err
    assert run("history", "--store", "s.db", "--json").out == "[]\n"


def test_a_lead_has_the_pursuit_phase_only(run):
    run("init", "s.db")
    ended = run("new", "--store", "s.db", *NEW, "--lead")
    assert "HX26 is a lead" in ended.err
    tasks = json.loads(run("list", "tasks", "--store", "s.db", "--json").out)
    assert {task["phase"] for task in tasks} == {"A"}


def test_a_project_taken_up_at_c3_has_no_dates_for_earlier_work(run):
    run("init", "s.db")
    assert run("new", "--store", "s.db", *NEW, "--at", "C3").code == 0
    tasks = {task["code"]: task for task in json.loads(run("list", "tasks", "--store", "s.db", "--json").out)}
    assert tasks["A1.1"]["before_erptui"] is True
    assert tasks["A1.1"]["start"] is tasks["A1.1"]["finish"] is None
    assert tasks["C3.1"]["start"] is not None


def test_optional_packages_are_left_out_by_id(run, store):
    with_it = {task["code"] for task in json.loads(run("list", "tasks", "--store", store, "--json").out)}
    assert {"A1.5", "A3.6"} <= with_it
    run("new", "--store", store, "--name", "n", "--code", "B", "--start", "fri", "--without", "A1.5, A3.6")
    without = json.loads(run("list", "tasks", "--store", store, "--project", "B", "--json").out)
    assert with_it - {task["code"] for task in without} == {"A1.5", "A3.6"}
