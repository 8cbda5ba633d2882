"""A store of an older version on the command line: what happened to it is said, and reading leaves it as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.migrations import VERSION


@pytest.fixture
def old(surroundings: Path, written_at_1: Callable[[Path], Path]) -> Path:
    return written_at_1(surroundings / "old.db")


def test_a_verb_that_writes_upgrades_the_store_and_says_where_it_is_kept_as_it_was(run, old):
    ended = run("note", "called", "--store", str(old))
    assert ended.code == 0
    kept = old.with_name("old-v1-2026-11-24.db")
    assert ended.err.splitlines()[0] == (
        f"Upgraded the store from version 1 to {VERSION}. As it was before, it is kept in {kept}"
    )
    assert kept.exists()
    assert "Upgraded" not in run("note", "called again", "--store", str(old)).err


def test_a_verb_that_reads_leaves_an_older_store_as_it_is(run, old):
    before = old.read_bytes()
    for verb in (("list", "tasks"), ("history",), ("check",), ("export", "csv", "--register", "people", "-o", "-")):
        ended = run(*verb, "--store", str(old))
        assert (ended.code, "Upgraded" in ended.err) == (0, False), ended
    assert "Clean the material master" in run("list", "tasks", "--store", str(old)).out
    assert old.read_bytes() == before
    assert [file.name for file in old.parent.glob("*.db")] == ["old.db"]


def test_a_copy_of_the_older_store_is_one_again(run, old):
    assert run("backup", str(old), "copy.db").code == 0
    assert run("undo", "--store", "copy.db", "--as", "Li").code == 0
    assert "NP27" in run("history", "--store", "copy.db").out
    assert run("check", "copy.db").code == 0
