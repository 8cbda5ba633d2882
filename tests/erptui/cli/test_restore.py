"""Restoring a backup on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def saved(run, store) -> str:
    """A backup of the store, which has got a note since."""
    assert run("backup", store, "backup.db").code == 0
    assert run("note", "said later", "--store", store).code == 0
    return "backup.db"


def test_a_restored_store_is_the_backup_and_it_is_said_where_the_other_is_kept(run, store, saved):
    ended = run("restore", saved, store)
    assert (ended.code, ended.out) == (0, "")
    said, kept = ended.err.splitlines()
    assert said.startswith(f"Restored {store} from ")
    assert said.endswith(("2 steps.", "1 step."))
    assert kept.startswith("As it was before, it is kept in ")
    assert "said later" not in run("list", "notes", "--store", store).out
    assert "said later" in run("list", "notes", "--store", kept.split(" in ")[1]).out
    assert run("check", store).code == 0


def test_the_store_can_be_named_by_the_option_too(run, store, saved):
    assert run("restore", saved, "none.db").code == 0
    assert run("check", "none.db").code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("restore", "backup.db", "s.db", "--read-only"), 2),
        (("restore", "none.db", "s.db"), 2),
        (("restore", "s.db", "s.db"), 2),
        (("restore", "-", "s.db"), 2),
        (("restore", "backup.db"), 2),
        (("restore", "backup.db", "no/s.db"), 3),
        (("restore", "backup.db", "postgresql://server/erp"), 2),
    ],
)
def test_what_is_not_possible_changes_nothing(run, store, saved, arguments, code):
    before = {file: file.read_bytes() for file in Path().glob("*.db")}
    ended = run(*arguments)
    assert (ended.code, ended.out) == (code, "")
    assert ended.err
    assert {file: file.read_bytes() for file in Path().glob("*.db")} == before
