"""Whatever is wrong with a store is told row by row, and a file that is no store is told as that."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.checks import Severity, check
from db.errors import Refused
from db.migrations import VERSION
from db.models import Client, Deliverable, Engagement, Person, WorkPackage
from db.store import Store


@pytest.fixture
def filled(
    store: Store, engagement: Engagement, package: WorkPackage, add_person: Callable[..., Person]
) -> WorkPackage:
    """A package with an owner and a deliverable in a store that is closed."""
    person = add_person(store)
    with store.edit("Fill") as edit:
        edit.update(package, owner=person, note="字" * 5000)
        edit.create(Deliverable, package=package, name="List")
    with store.edit("Delete") as edit:
        edit.delete(person)
    store.undo()
    store.close()
    return package


def by_hand(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def found(path: Path) -> list[str]:
    return [f"{finding.where}: {finding.text(str)}" for finding in check(path)]


def test_a_good_store_has_no_findings(filled: WorkPackage, path: Path) -> None:
    assert check(path) == []


def test_an_open_store_can_be_checked(store: Store, engagement: Engagement, path: Path) -> None:
    assert check(path) == []


SPOILT = [
    ("UPDATE work_package SET status = 'lost'", "Status: “lost” can't be used"),
    ("UPDATE work_package SET not_before = '2026-02-30'", "Not before: “2026-02-30” can't be used"),
    ("UPDATE engagement SET start = '24.11.2026'", "Start: “24.11.2026” can't be used"),
    ("UPDATE engagement SET start = '1066-10-14'", "The year must lie between"),
    ("UPDATE work_package SET progress = 300", "Progress: “300” can't be used"),
    ("UPDATE work_package SET progress = 'half'", "Progress: “half” can't be used"),
    ("UPDATE work_package SET progress = 1.5", "Progress: “1.5” can't be used"),
    ("UPDATE work_package SET milestone = 2", "Milestone: “2” can't be used"),
    ("UPDATE work_package SET code = 'C 1'", "Code: “C 1” can't be used"),
    ("UPDATE work_package SET rank = ''", "Rank: “” can't be used. It must be filled in"),
    ("UPDATE work_package SET name = x'00ff'", "stored as something other than text"),
    ("UPDATE work_package SET name = CAST(x'fffe41' AS TEXT)", "would have stored"),
    ("UPDATE work_package SET name = 'a' || char(27) || ']52;c;x'", "would have stored “a]52;c;x”"),
    ("UPDATE work_package SET name = 'e' || char(769)", "would have stored “é”"),
    ("UPDATE work_package SET note = ''", "Note: “” can't be used"),
    ("UPDATE person SET name = ' Chen Wei'", "would have stored “Chen Wei”"),
    ("UPDATE work_package SET owner_id = 'nobody'", "refers to a row of person that is not there"),
    ("DELETE FROM engagement", "refers to a row of engagement that is not there"),
    ("DELETE FROM deliverable", "By its history this row exists"),
    ("UPDATE client SET name = 'Other'", "Its history and the table disagree about: name"),
    ("INSERT INTO client VALUES ('0b9a5a34-7c1f-4a4e-9d0f-3f6a4f4c9a10', 'X')", "not in the history"),
    ("INSERT INTO client VALUES ('1', 'X')", "It must be a row id"),
    ("UPDATE change SET old = 'Never' WHERE field = 'owner_id' AND old IS NOT NULL", "is broken at step"),
    ("DELETE FROM change WHERE tbl = 'person' AND new IS NULL", "is broken at step"),
    ("UPDATE change SET new = '{broken' WHERE tbl = 'client'", "The file is damaged"),
    ("UPDATE step SET number = 1", "Two steps have the same number"),
    ("UPDATE step SET undoes = 5 WHERE id = 6", None),
    ("UPDATE step SET undoes = 2 WHERE id IN (3, 4)", "Two steps take back the same step"),
    ("UPDATE step SET undoes = 4 WHERE id = 2", "A step takes back a later one"),
    ("DELETE FROM change WHERE step = 5", "A step has changed nothing"),
    ("DELETE FROM meta", "The store has lost its replica"),
    ("CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM person; END", "spy: This trigger is not part"),
    ("CREATE VIEW leak AS SELECT * FROM person", "leak: This view is not part"),
    ("DROP INDEX change_row", "change_row: This index is missing"),
    ("DROP TABLE deliverable", "deliverable: This table is missing"),
    ("ALTER TABLE client ADD COLUMN phone TEXT", "client: This table is missing or not as erptui made it"),
]


@pytest.mark.parametrize(("statement", "said"), SPOILT)
def test_what_was_done_past_the_program_is_told(
    filled: WorkPackage, path: Path, statement: str, said: str | None
) -> None:
    by_hand(path, statement)
    findings = found(path)
    if said is None:
        assert findings == []
    else:
        assert [finding for finding in findings if said in finding], findings
    assert all("{" not in finding and "\x1b" not in finding for finding in findings if "broken" not in finding)
    assert {finding.severity for finding in check(path)} <= {Severity.ERROR}


def test_a_finding_names_the_row(filled: WorkPackage, path: Path) -> None:
    by_hand(path, "UPDATE work_package SET progress = 300")
    assert found(path)[0] == (
        f"work_package {filled.id}: Progress: “300” can't be used. It must lie between 0 and 100."
    )


def test_codes_that_are_there_twice_are_warned_of(
    store: Store,
    engagement: Engagement,
    package: WorkPackage,
    add_engagement: Callable[..., Engagement],
    add_package: Callable[..., WorkPackage],
    path: Path,
) -> None:
    other = add_engagement(store, "QD27")
    add_package(store, other.id)
    assert check(path) == []
    add_package(store, engagement.id)
    add_engagement(store, "HX26")
    assert found(path) == [
        "engagement HX26: 2 engagements have this code. Give each its own.",
        "HX26:3.1: 2 work packages of HX26 have this code. Give each its own.",
    ]
    assert {finding.severity for finding in check(path)} == {Severity.WARNING}


def test_a_hundred_faults_of_a_kind_are_enough(store: Store, path: Path) -> None:
    with store.edit("Import") as edit:
        edit.create_many(Client, [{"name": "华信"}] * 500)
    store.close()
    by_hand(path, "UPDATE client SET name = ' '")
    assert 100 <= len(check(path)) <= 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "There is no store"),
        (b"", "It is empty"),
        (b"Dear customer, " * 20, "not a SQLite file"),
    ],
)
def test_what_is_not_a_store_is_one_finding(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "other"
    if content is not None:
        path.write_bytes(content)
    (finding,) = found(path)
    assert said in finding
    assert len(check(tmp_path)) == 1


def test_a_newer_store_and_one_of_another_program_are_one_finding(path: Path, tmp_path: Path) -> None:
    by_hand(path, f"PRAGMA user_version={VERSION + 1}")
    (finding,) = found(path)
    assert "newer erptui" in finding
    by_hand(tmp_path / "other.db", "CREATE TABLE t (a)")
    (finding,) = found(tmp_path / "other.db")
    assert "another program" in finding


def test_a_store_somebody_keeps_locked_is_refused_and_not_called_damaged(
    store: Store, path: Path, colleague: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import checks

    monkeypatch.setattr(checks, "_PATIENCE", 0.1)
    colleague.do("store._connection.execute('BEGIN EXCLUSIVE')")
    with pytest.raises(Refused, match="Nothing was changed; try again"):
        check(path)


def test_a_check_changes_nothing(filled: WorkPackage, path: Path) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    check(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_is_told_as_that_and_is_no_crash(filled: WorkPackage, path: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = bytearray(path.read_bytes())
    if seed % 3 == 0:
        del whole[chance.randrange(100, len(whole)) :]
    else:
        # Whole pages, so that something that is used is hit.
        for page in chance.sample(range(1, len(whole) // 4096), 25):
            whole[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
    path.write_bytes(whole)
    assert found(path)


def test_a_few_flipped_bytes_in_a_row_are_found(filled: WorkPackage, path: Path) -> None:
    whole = bytearray(path.read_bytes())
    at = whole.index(b"Clean the material")
    whole[at : at + 5] = b"Clear"
    path.write_bytes(whole)
    assert [finding for finding in found(path) if "history" in finding]
