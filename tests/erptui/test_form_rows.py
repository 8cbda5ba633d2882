"""A form saved while somebody else is at work."""

from __future__ import annotations

import pytest

from db.choices import ContactKind, LinkKind
from db.errors import Conflict
from db.models import ContactPoint, Person, WorkPackage
from erptui.form_rows import TypedLine, TypedRow, save_form
from erptui.forms import PACKAGE, PERSON


@pytest.mark.parametrize("line", ["predecessor", "deliverable"])
def test_a_line_of_a_row_that_somebody_deleted_meanwhile_is_refused_in_words(store, hx26, everything, line):
    ((package, other),) = store.rows(
        "SELECT a.id, b.id FROM work_package a, work_package b WHERE a.code = 'A1.1' AND b.code = 'A1.2'"
    )
    values = {"predecessor": {"predecessor": other, "kind": LinkKind.FS}, "deliverable": {"name": "Minutes"}}[line]
    spec = next(child for child in PACKAGE.children if set(values) & set(child.names))
    with store.edit("Delete") as edit:
        edit.delete(store.get(WorkPackage, package))
    before = everything()
    with pytest.raises(Conflict, match="This row was deleted meanwhile"):
        save_form(store, PACKAGE, TypedRow(package), [TypedLine(spec, TypedRow(None, values))], "A1.1")
    assert everything() == before


def test_a_line_that_is_gone_already_is_taken_away_without_a_word(store):
    with store.edit("Fill") as edit:
        person = edit.create(Person, name="Wang Lei").id
        phone = edit.create(ContactPoint, person=person, kind=ContactKind.MOBILE, value="138", rank="V")
    with store.edit("Delete") as edit:
        edit.delete(phone)
    spec = next(child for child in PERSON.children if child.model is ContactPoint)
    gone = TypedLine(spec, TypedRow(phone.id, {}, {"value": "138"}), removed=True)
    save_form(store, PERSON, TypedRow(person, {"name": "Wang Lei 2"}, {"name": "Wang Lei"}), [gone], "Wang Lei")
    assert store.rows("SELECT name FROM person") == [("Wang Lei 2",)]
