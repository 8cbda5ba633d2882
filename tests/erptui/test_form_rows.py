"""A form saved while somebody else is at work."""

from __future__ import annotations

import pytest

from db.choices import LinkKind
from db.errors import Conflict
from db.models import WorkPackage
from erptui.form_rows import TypedLine, TypedRow, save_form
from erptui.forms import PACKAGE


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
