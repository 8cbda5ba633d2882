"""`erptui touch`: one line logs a touch; who it is, is understood or refused."""

from __future__ import annotations

import json

import pytest

from db.models import Person
from erptui.stores import open_store


@pytest.fixture
def people(store):
    """The store with Wang Lei, 赵敏 and 张明; 张明 asked not to be contacted."""
    with open_store(store, who="test") as opened, opened.edit("Fill", undoable=False) as edit:
        for name in ("Wang Lei", "赵敏", "张明"):
            edit.create(Person, name=name, do_not_contact=name == "张明")
    return store


def touches(run, store) -> list[dict]:
    return json.loads(run("list", "touches", "--store", store, "--json").out)


def test_a_touch_is_logged_for_a_name_by_its_initials(run, people):
    done = run("touch", "--store", people, "--as", "Anna", "wl", "tel wants to replace U8 >2w")
    assert (done.code, done.out, done.err) == (0, "", "Touch with Wang Lei logged, next 08.12\n")
    (touch,) = touches(run, people)
    assert (touch["names"], touch["channel"], touch["text"]) == (["Wang Lei"], "phone", "wants to replace U8")
    assert (touch["day"], touch["next_on"], touch["by"]) == ("2026-11-24", "2026-12-08", "Anna")
    rows = json.loads(run("list", "people", "--store", people, "--json").out)
    assert [rows[0][key] for key in ("name", "last_touch", "next_touch")] == ["Wang Lei", "2026-11-24", "2026-12-08"]


def test_the_engagement_may_be_named(run, people):
    assert run("touch", "--store", people, "@赵敏", "wx 周五给BOM", "--project", "HX26").code == 0
    assert touches(run, people)[0]["project"] == "HX26"
    assert run("touch", "--store", people, "赵敏", "wx x", "--project", "XX").code == 2


def test_who_fits_several_or_nobody_is_refused_naming_them(run, people):
    several = run("touch", "--store", people, "zm", "tel x")
    assert (several.code, several.err) == (2, "“zm” can be: 张明, 赵敏. Type more of it.\n")
    assert "Nobody is called “bob”" in run("touch", "--store", people, "bob", "tel x").err
    assert touches(run, people) == []


def test_somebody_new_is_made_when_asked_and_undo_takes_both_back(run, people):
    assert run("touch", "--store", people, "Chen Hui, Huaxin", "visit line 3", "--new").code == 0
    rows = json.loads(run("list", "people", "--store", people, "--json").out)
    assert [row["organisation"] for row in rows if row["name"] == "Chen Hui"] == ["Huaxin"]
    assert run("undo", "--store", people).code == 0
    assert touches(run, people) == []


@pytest.mark.parametrize("text", ["", "tel x >xx", "x @nobody"])
def test_a_text_that_is_empty_or_unclear_is_refused(run, people, text):
    assert run("touch", "--store", people, "wl", text).code == 2
    assert touches(run, people) == []


def test_no_next_contact_is_planned_with_somebody_who_asked_for_none(run, people):
    refused = run("touch", "--store", people, "张明", "tel asked for the bill >2w")
    assert (refused.code, touches(run, people)) == (2, [])
    assert "张明 asked not to be contacted" in refused.err
    assert run("touch", "--store", people, "张明", "tel asked for the bill").code == 0
