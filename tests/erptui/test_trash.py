"""The trash: what lies in it, and how it comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from db.checks import check
from db.choices import ContactKind
from db.models import (
    ContactPoint,
    Decision,
    DecisionWait,
    Deliverable,
    Dependency,
    Engagement,
    Note,
    Person,
    Touch,
    TouchPerson,
    WorkPackage,
)
from db.store import Store
from erptui.history import events_of, made_word
from erptui.people import trash_people
from erptui.trash import HangsOnTrash, NotInTrash, bring_back, deleted_rows

Rows = Callable[[], dict[str, list[Any]]]


@pytest.fixture
def people(store: Store) -> dict[str, str]:
    """Wang Lei with two phones, Chen Hui; a touch of Wang Lei alone, one of both."""
    with store.edit("Fill") as edit:
        wang, chen = edit.create(Person, name="Wang Lei", organisation="华信"), edit.create(Person, name="Chen Hui")
        for value in ("138 0013 8000", "0512 1234"):
            edit.create(ContactPoint, person=wang, kind=ContactKind.PHONE, value=value, rank="V")
        alone = edit.create(Touch, day="2026-03-10", text="Alone", by="Anna")
        both = edit.create(Touch, day="2026-03-11", text="Both", by="Anna")
        for touch, person in ((alone, wang), (both, wang), (both, chen)):
            edit.create(TouchPerson, touch=touch, person=person)
    return {"wang": wang.id, "chen": chen.id, "alone": alone.id, "both": both.id}


@pytest.fixture
def tables(everything: Rows) -> Rows:
    """Every row of every table but those of the journal, in no order."""

    def rows() -> dict[str, list[Any]]:
        return {table: found for table, found in everything().items() if table not in ("step", "change")}

    return rows


def delete(store: Store, model: type[Any], *rows: str) -> None:
    with store.edit("Move to trash") as edit:
        for row in rows:
            edit.delete(store.get(model, row))


def in_trash(store: Store, **options: Any) -> list[tuple[str, str]]:
    return [(row.table, row.name) for row in deleted_rows(store, **options)]


def test_a_deleted_row_lies_in_the_trash_with_who_when_and_what_went_with_it(
    store: Store, people: dict[str, str]
) -> None:
    trash_people(store, [people["wang"]])
    (row,) = deleted_rows(store)
    assert (row.table, row.name, row.part_of, row.who) == ("person", "Wang Lei", "", "Anna")
    assert row.moment.isoformat() == "2026-03-16T01:00:00+00:00"
    assert row.parts == {"contact_point": 2, "touch_person": 2}
    assert row.whole["organisation"] == "华信"


def test_what_comes_back_from_the_trash_is_as_it_was_with_its_parts_and_touches(
    store: Store, people: dict[str, str], tables: Rows
) -> None:
    before = tables()
    trash_people(store, [people["wang"]])
    assert bring_back(store, [people["wang"]]) == [("person", people["wang"])]
    assert tables() == before
    assert deleted_rows(store) == []
    step, _changes = store.history(limit=1)[0]
    assert (step.label, step.about, step.undoes) == ("Bring back", "Wang Lei", None)
    assert check(store.path) == []


def test_bringing_back_is_undone_into_the_trash_and_done_again(
    store: Store, people: dict[str, str], tables: Rows
) -> None:
    before = tables()
    trash_people(store, [people["wang"]])
    bring_back(store, [people["wang"]])
    store.undo()
    assert in_trash(store) == [("person", "Wang Lei")]
    store.redo()
    assert tables() == before
    store.undo()
    bring_back(store, [people["wang"]])
    assert tables() == before


def test_the_history_says_of_what_was_made_before_that_it_came_back(store: Store, people: dict[str, str]) -> None:
    for bring in (lambda: bring_back(store, [people["chen"]]), store.undo):
        delete(store, Person, people["chen"])
        bring()
    said = [made_word(event.back) if event.new else "deleted" for event in events_of(store, [people["chen"]])]
    assert said == ["brought back", "deleted", "brought back", "deleted", "made"]


def test_one_of_several_deleted_at_once_comes_back_alone(store: Store, people: dict[str, str]) -> None:
    trash_people(store, [people["wang"], people["chen"]])
    assert sorted(in_trash(store)) == [("person", "Chen Hui"), ("person", "Wang Lei")]
    bring_back(store, [people["chen"]])
    assert in_trash(store) == [("person", "Wang Lei")]
    assert store.rows("SELECT text FROM touch") == [("Both",)]
    bring_back(store, [people["wang"]])
    assert store.rows("SELECT count(*) FROM touch_person") == [(3,)]


def test_what_was_undone_or_is_there_again_is_not_in_the_trash(store: Store, people: dict[str, str]) -> None:
    with store.edit("Add person") as edit:
        edit.create(Person, name="By mistake")
    store.undo()
    assert deleted_rows(store) == []
    trash_people(store, [people["wang"]])
    store.undo()
    assert deleted_rows(store) == []
    store.redo()
    assert in_trash(store) == [("person", "Wang Lei")]


def test_references_that_the_deletion_emptied_are_set_again_unless_somebody_set_them(
    store: Store, hx26: str, people: dict[str, str], package: Callable[..., Any]
) -> None:
    packages = [package(hx26, code).id for code in ("A1.1", "A1.2", "A1.3")]
    with store.edit("Set owner") as edit:
        for one in packages:
            edit.change(WorkPackage, one, None, owner=people["wang"])
    trash_people(store, [people["wang"]])
    with store.edit("Set owner") as edit:
        edit.change(WorkPackage, packages[1], None, owner=people["chen"])
    with store.edit("Set owner") as edit:
        edit.change(WorkPackage, packages[2], None, owner=people["chen"])
    with store.edit("Set owner") as edit:
        edit.change(WorkPackage, packages[2], None, owner=None)
    bring_back(store, [people["wang"]])
    owners = [store.get(WorkPackage, one).owner_id for one in packages]
    assert owners == [people["wang"], people["chen"], None]


def test_a_reference_to_a_row_that_is_gone_comes_back_empty(
    store: Store, hx26: str, people: dict[str, str], package: Callable[..., Any]
) -> None:
    one = package(hx26, "A1.1").id
    with store.edit("Set owner") as edit:
        edit.change(WorkPackage, one, None, owner=people["wang"])
    delete(store, WorkPackage, one)
    trash_people(store, [people["wang"]])
    bring_back(store, [one])
    assert store.get(WorkPackage, one).owner_id is None
    assert check(store.path) == []


def test_a_row_whose_whole_is_in_the_trash_too_is_refused_naming_that_or_comes_with_it(
    store: Store, hx26: str, package: Callable[..., Any], tables: Rows
) -> None:
    before, one = tables(), package(hx26, "A1.1").id
    delete(store, WorkPackage, one)
    delete(store, Engagement, hx26)
    assert sorted(in_trash(store))[0] == ("engagement", "HX26 Huaxin Precision")
    steps = store.rows("SELECT count(*) FROM step")
    with pytest.raises(HangsOnTrash, match=r"Engagement “HX26 Huaxin Precision” is in the trash too: bring that back"):
        bring_back(store, [one])
    assert store.rows("SELECT count(*) FROM step") == steps
    bring_back(store, [one, hx26])
    assert {table: sorted(rows, key=repr) for table, rows in tables().items()} == {
        table: sorted(rows, key=repr) for table, rows in before.items()
    }
    assert check(store.path) == []


def test_a_part_that_hangs_on_another_deleted_row_stays_in_the_trash_until_that_is_back(
    store: Store, hx26: str, package: Callable[..., Any]
) -> None:
    one, two = package(hx26, "A1.1").id, package(hx26, "A1.2").id
    with store.edit("Link") as edit:
        made = edit.create(Decision, engagement=hx26, text="Which warehouse?")
        edit.create(DecisionWait, decision=made, package=one)
        link = edit.create(Dependency, predecessor=one, successor=two, kind="FF")
    delete(store, WorkPackage, one)
    delete(store, WorkPackage, two)
    bring_back(store, [one])
    assert [row.table for row in deleted_rows(store)].count("work_package") == 1
    assert ("dependency", "A1.1 → A1.2") in in_trash(store)
    bring_back(store, [two])
    bring_back(store, [link.id])
    assert store.get(Dependency, link.id).kind.id == "FF"
    assert store.rows("SELECT package_id FROM decision_wait") == [(one,)]
    assert check(store.path) == []


def test_what_somebody_else_brought_back_meanwhile_is_refused(store: Store, people: dict[str, str]) -> None:
    trash_people(store, [people["wang"]])
    bring_back(store, [people["wang"]])
    with pytest.raises(NotInTrash):
        bring_back(store, [people["wang"]])


def test_a_client_sees_of_the_trash_what_belonged_to_the_engagement_and_nothing_internal(
    store: Store, hx26: str, open_new: Callable[..., str], people: dict[str, str], package: Callable[..., Any]
) -> None:
    other = open_new(code="DY25", name="Other")
    with store.edit("Write") as edit:
        note = edit.create(Note, engagement=hx26, text="He is afraid", at="2026-03-16T01:00:00Z", rank="V")
    delete(store, Note, note.id)
    trash_people(store, [people["wang"]])
    delete(store, WorkPackage, package(other, "A1.1").id)
    assert in_trash(store, audience="client", engagement=hx26) == []
    delete(store, WorkPackage, package(hx26, "A1.2").id)
    ((table, name),) = in_trash(store, audience="client", engagement=hx26)
    assert (table, name[:5]) == ("work_package", "A1.2 ")
    assert len(in_trash(store)) == 4


def test_a_row_that_only_links_others_is_called_by_them_also_when_they_are_gone(
    store: Store, hx26: str, people: dict[str, str], package: Callable[..., Any]
) -> None:
    ((link,),) = store.rows("SELECT id FROM touch_person WHERE touch_id = ? LIMIT 1", (people["alone"],))
    delete(store, TouchPerson, link)
    trash_people(store, [people["wang"]])
    assert ("touch_person", "Wang Lei") in in_trash(store)


def test_a_part_is_told_to_hang_on_what_lies_in_the_trash_as_one(
    store: Store, hx26: str, package: Callable[..., Any]
) -> None:
    one = package(hx26, "A1.1").id
    with store.edit("Add") as edit:
        minutes = edit.create(Deliverable, package=one, name="Minutes").id
    delete(store, Deliverable, minutes)
    delete(store, Engagement, hx26)
    with pytest.raises(HangsOnTrash, match=r"Engagement “HX26 Huaxin Precision” is in the trash too"):
        bring_back(store, [minutes])
