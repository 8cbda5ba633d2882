"""Milestones and gates as a calendar file."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import icalendar
import pytest

from db.choices import PackageStatus
from db.migrations import VERSION
from db.models import Gate, WorkPackage
from erptui.stores import open_store


def events(content: bytes) -> dict[str, icalendar.Event]:
    return {str(event["SUMMARY"]): event for event in icalendar.Calendar.from_ical(content).events}


def change(path: str, model, code: str, **values: object) -> None:
    with open_store(path, who="test") as store, store.edit("Change") as edit:
        column = model.code if model is WorkPackage else model.phase
        edit.update(
            next(row for row in store.select(model) if row.__data__[column.name] in (code, _choice(code))), **values
        )


def _choice(code: str):
    from db.choices import PhaseId

    return PhaseId(code) if code in "ABCDE" else None


def exported(run, store: str, name: str = "a.ics", *more: str) -> bytes:
    ended = run("export", "ics", "--store", store, "-o", name, "--force", *more)
    assert ended.code == 0, ended.err
    return Path(name).read_bytes()


def test_milestones_and_gates_are_whole_days_with_ids_of_their_rows(run, store):
    found = events(exported(run, store))
    go_live = next(
        r for r in json.loads(run("list", "milestones", "--store", store, "--json").out) if r["code"] == "C5.6"
    )
    event = found[f"HX26 ◆ {go_live['name']}"]
    assert event["UID"] == f"{go_live['id']}@erptui.local"
    assert event["DTSTART"].dt == date.fromisoformat(go_live["finish"])
    assert event["SEQUENCE"] == 0
    gates = json.loads(run("list", "gates", "--store", store, "--json").out)
    assert {f"HX26 ◇ {gate['name']}" for gate in gates} <= set(found)
    assert len(found) == len(gates) + len(json.loads(run("list", "milestones", "--store", store, "--json").out))


def test_the_description_says_project_phase_status_and_where_it_comes_from(run, store):
    event = events(exported(run, store))["HX26 ◇ Pursuit gate"]
    assert str(event["DESCRIPTION"]).splitlines() == [
        "Project: HX26 Huaxin Precision",
        "Gate: Pursuit gate",
        "Phase: Pursuit",
        "Status: Open",
        "Written by erptui from the plan.",
    ]


def test_the_file_names_the_calendar_and_says_which_versions_and_engagement(run, store):
    content = exported(run, store)
    calendar = icalendar.Calendar.from_ical(content)
    ((engagement,),) = open_store(store, who="test", read_only=True).rows("SELECT id FROM engagement")
    assert calendar["X-WR-CALNAME"] == "HX26 Huaxin Precision"
    assert (calendar["X-ERPTUI-FORMAT"], calendar["X-ERPTUI-STORE-VERSION"]) == ("1", str(VERSION))
    assert calendar["X-ERPTUI-ENGAGEMENT"] == engagement


def test_the_same_plan_gives_the_same_bytes_on_another_day_and_notes_nothing(run, store, monkeypatch):
    first = exported(run, store)
    steps = run("history", "--store", store, "--json").out
    monkeypatch.setenv("ERPTUI_NOW", "2026-12-31T12:00:00+08:00")
    assert exported(run, store, "b.ics") == first
    assert run("history", "--store", store, "--json").out == steps


def test_only_what_changed_gets_a_new_version(run, store, monkeypatch):
    before = events(exported(run, store))
    monkeypatch.setenv("ERPTUI_NOW", "2026-12-01T09:00:00+08:00")
    change(store, WorkPackage, "C5.6", name="Cut-over")
    after = events(exported(run, store))
    (renamed,) = set(after) - set(before)
    assert renamed == "HX26 ◆ Cut-over"
    (old,) = set(before) - set(after)
    assert after[renamed]["UID"] == before[old]["UID"]
    assert after[renamed]["SEQUENCE"] == 1
    assert after[renamed]["DTSTAMP"].dt.isoformat() == "2026-12-01T01:00:00+00:00"
    unchanged = set(after) & set(before)
    assert {name: after[name].to_ical() for name in unchanged} == {name: before[name].to_ical() for name in unchanged}
    # And the new version stays when nothing happens any more.
    assert events(exported(run, store))[renamed]["SEQUENCE"] == 1


def test_undo_passes_over_an_export(run, store):
    change(store, WorkPackage, "A1.1", name="Other")
    with open_store(store, who="root") as opened, opened.edit("Rename") as edit:
        edit.update(opened.select(WorkPackage).where(WorkPackage.code == "A1.2").first(), name="Mine")
    exported(run, store)
    assert "Rename" in run("undo", "--store", store, "--as", "root").err


def test_an_engagement_that_was_exported_can_still_be_taken_back_and_keeps_its_versions(run, store):
    first = run("export", "ics", "--store", store, "-o", "-").out
    taken_back = run("undo", "--store", store)
    assert (taken_back.code, run("list", "tasks", "--store", store, "--json").out.strip()) == (0, "[]"), taken_back.err
    assert run("redo", "--store", store).code == 0
    assert run("export", "ics", "--store", store, "-o", "-").out == first


def test_a_milestone_that_was_reached_keeps_the_day_it_happened(run, store):
    change(store, WorkPackage, "C5.6", status=PackageStatus.DONE, finished_on=date(2026, 11, 21))
    (event,) = (event for name, event in events(exported(run, store)).items() if "◆" in name and "Go-live" in name)
    # A Saturday: what happened is shown as recorded.
    assert event["DTSTART"].dt == date(2026, 11, 21)
    assert "Status: Done" in event["DESCRIPTION"]


def test_why_a_gate_was_passed_without_a_signature_stays_internal(run, store):
    change(store, Gate, "A", passed_on=date(2026, 11, 24), reason="They never sign anything")
    for audience in ("client", "internal"):
        assert b"never sign" not in exported(run, store, "a.ics", "--audience", audience).replace(b"\r\n ", b"")


def test_a_client_gets_one_engagement_and_nothing_of_another(run, store):
    run("new", "--store", store, "--name", "Dayang", "--code", "DY25", "--start", "fri", "--language", "zh")
    ended = run("export", "ics", "--store", store, "-o", "a.ics")
    assert (ended.code, Path("a.ics").exists()) == (2, False)
    assert "DY25, HX26" in ended.err
    assert "--project" in ended.err
    assert b"DY25" not in exported(run, store, "a.ics", "--project", "HX26")
    both = exported(run, store, "b.ics", "--audience", "internal")
    assert {name.split()[0] for name in events(both)} == {"HX26", "DY25"}
    assert "X-WR-CALNAME" not in icalendar.Calendar.from_ical(both)


def test_what_has_no_day_is_left_out_and_counted(run, surroundings):
    run("init", "s.db")
    run("new", "--store", "s.db", "--name", "n", "--code", "X", "--start", "fri", "--at", "C1")
    ended = run("export", "ics", "--store", "s.db", "-o", "a.ics")
    assert ended.code == 0
    assert re.search(r"Left out, because they have no day: [1-9]", ended.err)
    assert "X ◇ Pursuit gate" not in events(Path("a.ics").read_bytes())


def test_a_lead_exports_its_only_gate(run, surroundings):
    run("init", "s.db")
    run("new", "--store", "s.db", "--name", "n", "--code", "X", "--start", "fri", "--lead")
    gates = {name for name in events(exported(run, "s.db")) if "◇" in name}
    assert gates == {"X ◇ Pursuit gate"}


def test_a_store_that_may_not_be_written_is_exported_but_not_noted_in(run, store):
    before = Path(store).read_bytes()
    ended = run("export", "ics", "--store", store, "-o", "a.ics", "--read-only")
    assert ended.code == 0
    assert "not noted" in ended.err
    assert Path(store).read_bytes() == before
    assert exported(run, store, "b.ics") == Path("a.ics").read_bytes()


def test_a_file_that_is_there_stays_unless_force_is_given(run, store):
    Path("a.ics").write_text("mine")
    ended = run("export", "ics", "--store", store, "-o", "a.ics")
    assert (ended.code, ended.out) == (2, "")
    assert "a.ics is already there" in ended.err
    assert "--force" in ended.err
    assert Path("a.ics").read_text() == "mine"
    assert json.loads(run("history", "--store", store, "--json").out)[0]["label"] == "Open engagement"
    assert run("export", "ics", "--store", store, "-o", "a.ics", "--force").code == 0
    assert Path("a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert stat.S_IMODE(Path("a.ics").stat().st_mode) == 0o600
    assert not list(Path().glob(".*"))


@pytest.mark.parametrize(("target", "said"), [("none/a.ics", "no such folder"), (".", "not a file"), (" ", "-o needs")])
def test_a_place_where_no_file_can_be_is_refused(run, store, target, said):
    ended = run("export", "ics", "--store", store, "-o", target, "--force")
    assert ended.code == 2
    assert said in ended.err


def test_a_device_is_never_replaced(run, store):
    assert run("export", "ics", "--store", store, "-o", "/dev/null", "--force").code == 2
    assert Path("/dev/null").is_char_device()


def test_standard_output_gets_the_very_bytes_of_the_file(run, store):
    content = exported(run, store)
    program = "import sys; from erptui.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "export", "ics", "--store", store, "-o", "-"], capture_output=True, check=True
    )
    assert done.stdout == content
    assert done.stderr.endswith(b"written to standard output.\n")


def test_a_store_without_engagements_has_nothing_to_export(run, surroundings):
    run("init", "s.db")
    ended = run("export", "ics", "--store", "s.db", "-o", "a.ics")
    assert ended.code == 2
    assert "no event to export" in ended.err
    assert not Path("a.ics").exists()
