"""Checking and copying stores on the command line."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from db.choices import LinkKind
from db.models import Dependency, WorkPackage
from erptui.stores import open_store


def test_a_sound_store_is_in_order(run, store):
    assert run("check", store) == (0, "", f"{store} is in order.\n")
    assert run("check", "--store", store).code == 0


def test_findings_stand_on_standard_output_and_end_with_1(run, store):
    other = sqlite3.connect(store)
    other.execute("UPDATE work_package SET status = 'lost' WHERE code = 'A1.1'")
    other.commit()
    other.close()
    ended = run("check", store)
    assert ended.code == 1
    assert "work_package" in ended.out
    assert "finding" in ended.err


def test_a_circle_in_the_plan_is_a_finding(run, store):
    with open_store(store, who="test") as opened, opened.edit("Link") as edit:
        first = opened.select(WorkPackage).where(WorkPackage.code == "A1.1").first()
        second = opened.select(WorkPackage).where(WorkPackage.code == "A1.2").first()
        edit.create(Dependency, predecessor=second, successor=first, kind=LinkKind.FS)
    ended = run("check", store)
    assert ended.code == 1
    assert "HX26" in ended.out
    assert "circle" in ended.out


def test_a_file_that_is_no_store_is_a_finding_and_none_at_all_is_wrong_usage(run, surroundings):
    Path("notes.txt").write_text("mine")
    assert run("check", "notes.txt").code == 1
    ended = run("check", "none.db")
    assert (ended.code, ended.out) == (2, "")
    assert "There is no store at" in ended.err


def test_check_changes_nothing(run, store):
    before = Path(store).read_bytes()
    run("check", store)
    assert Path(store).read_bytes() == before


def test_a_backup_is_a_store_of_its_own_that_only_its_owner_reads(run, store):
    ended = run("backup", store, "copy.db")
    assert ended.code == 0
    assert ended.out == ""
    assert "rows" in ended.err
    assert stat.S_IMODE(Path("copy.db").stat().st_mode) == 0o600
    assert run("list", "tasks", "--store", "copy.db", "--json") == run("list", "tasks", "--store", store, "--json")
    assert run("check", "copy.db").code == 0


@pytest.mark.parametrize("options", [[], ["--force"]])
def test_a_backup_replaces_only_when_it_is_told_to(run, store, options):
    Path("copy.db").write_text("mine")
    ended = run("backup", store, "copy.db", *options)
    assert ended.code == (0 if options else 2)
    assert (Path("copy.db").read_bytes() == b"mine") is not bool(options)


@pytest.mark.parametrize(
    ("source", "target"), [("s.db", "s.db"), ("s.db", "-"), ("none.db", "c.db"), ("s.db", "no/c.db")]
)
def test_a_backup_that_is_not_possible_leaves_no_file(run, store, source, target):
    before = sorted(Path().iterdir())
    assert run("backup", source, target, "--force").code in (2, 3)
    assert sorted(Path().iterdir()) == before
