"""`erptui today`: the morning's page for a mail, a phone, a script."""

from __future__ import annotations

import json

import pytest

from db.choices import LinkKind
from db.models import Dependency
from erptui import cells
from erptui.stores import open_store


@pytest.fixture
def promised(run, store) -> str:
    assert run("touch", "--store", store, "Wang Lei", "--new", "tel asked for the price list >fri").code == 0
    return store


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
def test_the_page_fits_any_width_and_ends_well(run, promised, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    ended = run("today", "--store", promised)
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0].startswith(" NEEDS YOU NOW")
    assert " THIS WEEK" in lines
    assert max(map(cells.width, lines)) <= int(columns)
    assert "asked for the price list" in " ".join(ended.out.split())
    (ahead,) = (line for line in lines if "Touch Wang Lei" in line)
    assert ("Fri 27.11" in ahead) is (int(columns) >= 60)
    assert "Fri" in ahead


def test_it_is_told_in_chinese_too(run, promised):
    assert "需要您处理" in run("today", "--store", promised, "--lang", "zh").out


def test_json_names_rule_row_and_threshold(run, promised):
    found = json.loads(run("today", "--store", promised, "--json").out)
    assert {"rule", "severity", "why", "rows", "code"} <= set(found["needs"][0])
    assert found["ahead"][0]["day"] == "2026-11-27"


def test_an_empty_store_says_that_nothing_is_needed(run, surroundings):
    path = str(surroundings / "empty.db")
    run("init", path)
    assert "Nothing needs you now." in run("today", "--store", path).out


def test_what_people_typed_commands_no_terminal(run, store):
    run("touch", "--store", store, "Wang Lei", "--new", "tel \x1b]52;c;aGk=\x07 hello >fri")
    assert "\x1b" not in run("today", "--store", store).out


def test_one_engagement_is_asked_for_by_its_code(run, promised):
    assert run("today", "--store", promised, "--project", "HX26").code == 0
    ended = run("today", "--store", promised, "--project", "NO")
    assert ended.code == 2
    assert "NO" in ended.err


def test_a_plan_that_goes_in_a_circle_is_told_and_not_taken_for_a_quiet_one(run, surroundings):
    path = str(surroundings / "circle.db")
    run("init", path)
    run("new", "--store", path, "--name", "Huaxin", "--code", "CR26", "--start", "2026-11-02")
    with open_store(path, who="Anna") as store:
        ids = dict(store.rows("SELECT code, id FROM work_package WHERE code IN ('A1.1', 'A1.2')"))
        with store.edit("Link") as edit:
            for before, after in (("A1.1", "A1.2"), ("A1.2", "A1.1")):
                edit.create(Dependency, predecessor=ids[before], successor=ids[after], kind=LinkKind.FS)
    ended = run("today", "--store", path)
    assert ended.code == 0
    assert "CR26: These packages wait for each other in a circle: A1." in ended.err
    assert "in a circle" in run("today", "--store", path, "--json").err
