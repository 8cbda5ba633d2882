"""The tables that the migrations make are those that the models declare."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from db.fields import ReferenceField
from db.migrations import MIGRATIONS, VERSION, expected_objects, migrate
from db.models import MODELS, TABLES, Row


@pytest.fixture(scope="module")
def schema() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    migrate(connection, 0)
    yield connection
    connection.close()


@pytest.mark.parametrize("model", MODELS)
def test_the_columns_of_a_table_are_the_fields_of_its_model(schema: sqlite3.Connection, model: type[Row]) -> None:
    table = model._meta.table_name
    found = {
        name: (kind, bool(required), bool(key))
        for _, name, kind, required, _, key in schema.execute(f"PRAGMA table_info({table})")
    }
    declared = {
        field.column_name: (field.field_type if not field.primary_key else "TEXT", not field.null, field.primary_key)
        for field in model._meta.sorted_fields
    }
    declared |= {
        field.column_name: ("TEXT", not field.null, False)
        for field in model._meta.sorted_fields
        if isinstance(field, ReferenceField)
    }
    assert found == declared
    # Rows are written by position.
    assert list(found) == [field.column_name for field in model._meta.sorted_fields]


@pytest.mark.parametrize("model", MODELS)
def test_the_references_of_a_table_are_those_of_its_model_and_never_cascade(
    schema: sqlite3.Connection, model: type[Row]
) -> None:
    table = model._meta.table_name
    found = {
        (column, parent, key, on_update, on_delete)
        for _, _, parent, column, key, on_update, on_delete, _ in schema.execute(f"PRAGMA foreign_key_list({table})")
    }
    declared = {
        (field.column_name, field.rel_model._meta.table_name, "id", "NO ACTION", "NO ACTION")
        for field in model._meta.sorted_fields
        if isinstance(field, ReferenceField)
    }
    assert found == declared


@pytest.mark.parametrize("model", MODELS)
def test_every_reference_has_an_index_so_that_a_delete_need_not_read_whole_tables(
    schema: sqlite3.Connection, model: type[Row]
) -> None:
    table = model._meta.table_name
    leading = {
        schema.execute(f"PRAGMA index_info({name})").fetchone()[2]
        for _, name, *_ in schema.execute(f"PRAGMA index_list({table})").fetchall()
    }
    references = {f.column_name for f in model._meta.sorted_fields if isinstance(f, ReferenceField)}
    assert references <= leading


def test_references_are_checked_at_the_end_of_a_step_and_nothing_but_ids_is_unique(schema: sqlite3.Connection) -> None:
    for kind, name, sql in expected_objects():
        assert "UNIQUE" not in sql, name
        assert sql.count("REFERENCES") == sql.count("DEFERRABLE INITIALLY DEFERRED"), name
        assert kind in ("table", "index")


def test_there_is_a_model_for_every_table_but_those_of_the_journal(schema: sqlite3.Connection) -> None:
    tables = {name for kind, name, _ in expected_objects() if kind == "table"}
    assert tables - {"meta", "step", "change"} == set(TABLES)


def test_models_stand_behind_those_they_refer_to() -> None:
    for number, model in enumerate(MODELS):
        for field in model._meta.sorted_fields:
            if isinstance(field, ReferenceField):
                assert field.rel_model in MODELS[: number + 1]


def test_the_version_is_the_number_of_migrations() -> None:
    assert len(MIGRATIONS) == VERSION
