"""What people call a table and a row of it."""

from __future__ import annotations

import pytest

from db.models import TABLES
from erptui.row_names import RowNames, internal_tables, renamed, table_word


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_word(table):
    assert table_word(table) != table


@pytest.mark.parametrize("table", ["touch", "touch_person", "note", "snooze", "rule_setting", "published_event"])
def test_no_client_sees_a_row_of_what_is_internal_as_a_whole(table):
    assert table in internal_tables()


@pytest.mark.parametrize("table", ["person", "work_package", "promise", "gate", "wip_limit"])
def test_what_holds_more_than_internal_fields_is_not_hidden_as_a_whole(table):
    assert table not in internal_tables()


def test_a_setting_is_called_by_its_rule(store):
    with store.edit("Set") as edit:
        row = edit.create(TABLES["rule_setting"], rule="Q55", muted=True).id
    assert RowNames(store).short("rule_setting", row) == "Q55"


@pytest.mark.parametrize(
    ("called", "before", "after", "now"),
    [
        ("A1.1 Visit", {"code": "A1.1", "name": "Visit"}, {"name": "First visit"}, "A1.1 First visit"),
        ("A1.1", {"code": "A1.1", "name": "Visit"}, {"code": "A1.9"}, "A1.9"),
        ("Li Yan", {"name": "Li Yan", "organisation": "Li"}, {"organisation": "Wang"}, "Li Yan"),
        ("Send the list of…", {"text": "Send the list of parts"}, {"text": "Send all\nby Friday"}, "Send all"),
        ("Li Yan", {"name": "Li Yan"}, {"name": None}, "Li Yan"),
    ],
)
def test_a_row_whose_name_was_changed_is_called_by_the_new_one(called, before, after, now):
    assert renamed(called, before, after) == now
