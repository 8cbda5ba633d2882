"""A store of an older version is upgraded when it is opened: nothing is lost, and whatever happens it is whole."""

from __future__ import annotations

import random
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from db import migrations, opening, upgrade
from db import store as store_module
from db.backup import backup
from db.checks import check
from db.errors import Refused
from db.migrations import VERSION
from db.models import TABLES, Engagement, Person, RuleSetting, WipLimit, WorkPackage
from db.opening import NewerStore, NotAStore
from db.store import Store
from db.upgrade import NotUpgraded

STORES = Path(__file__).with_name("stores")
OLDER = range(1, VERSION)
Rows = dict[str, list[dict[str, Any]]]


def store_of(version: int, path: Path) -> Path:
    """A file as the program wrote it at that store version, with rows in every table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((STORES / f"v{version}.sql").read_text("utf-8"))
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of version 1."""
    return store_of(1, tmp_path / "erptui.db")


def rows_of(path: Path) -> Rows:
    """Every row of every table of a file, read past the program."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")] for table in tables
        }


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_contained(before: Rows, after: Rows) -> bool:
    """Whether every row of `before` stands in `after`, and what is new in it is empty."""
    return all(
        len(rows) == len(after[table])
        and all(
            {name: now.get(name) for name in now if now[name] is not None or name in row} == row
            for row, now in zip(rows, after[table], strict=True)
        )
        for table, rows in before.items()
        if table not in ("meta", "sqlite_sequence")
    )


def kept(path: Path) -> list[Path]:
    """The copies beside a store."""
    return sorted(file for file in path.parent.iterdir() if file != path)


@pytest.fixture
def open_old(old: Path, clock: Callable[[], datetime]) -> Iterator[Callable[..., Store]]:
    opened: list[Store] = []

    def open_it(**options: Any) -> Store:
        opened.append(Store(old, who="Anna", now=clock, **{"wait": 0.2, **options}))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


def test_there_is_a_store_of_every_older_version_to_be_upgraded() -> None:
    assert {file.name for file in STORES.iterdir()} == {f"v{version}.sql" for version in OLDER}


@pytest.mark.parametrize("version", OLDER)
def test_every_row_of_an_older_store_is_there_after_it_was_opened(
    tmp_path: Path, clock: Callable[[], datetime], version: int
) -> None:
    path = store_of(version, tmp_path / "erptui.db")
    before = rows_of(path)
    assert all(before.values())
    with Store(path, who="Anna", now=clock) as store:
        assert store.upgraded is not None
        assert (store.upgraded.before, store.upgraded.after) == (version, VERSION)
        for model in TABLES.values():
            read = list(store.select(model))
            assert len(read) == len(before.get(model._meta.table_name, []))
    assert version_of(path) == VERSION
    after = rows_of(path)
    assert is_contained(before, after)
    assert after["step"] == before["step"]
    assert after["change"] == before["change"]
    assert check(path) == []


def test_the_store_notes_which_program_upgraded_it_and_when(open_old: Callable[..., Store]) -> None:
    assert re.fullmatch(r"2026-11-24T09:\d\d:00Z erptui \d\S*", open_old().meta(f"upgraded_to_{VERSION}"))


def test_the_store_as_it_was_is_kept_beside_it_for_its_owner_only(open_old: Callable[..., Store], old: Path) -> None:
    before = rows_of(old)
    store = open_old()
    copy = old.with_name("erptui-v1-2026-11-24.db")
    assert store.upgraded is not None
    assert store.upgraded.kept == copy
    assert kept(old) == [copy]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert version_of(copy) == 1
    assert rows_of(copy) == before


def test_a_copy_that_is_there_already_is_not_overwritten(open_old: Callable[..., Store], old: Path) -> None:
    for name in ("erptui-v1-2026-11-24.db", "erptui-v1-2026-11-24-2.db"):
        old.with_name(name).write_text("mine")
    store = open_old()
    assert store.upgraded is not None
    assert store.upgraded.kept.name == "erptui-v1-2026-11-24-3.db"
    assert [file.read_text() for file in kept(old) if file != store.upgraded.kept] == ["mine", "mine"]


def test_a_store_is_upgraded_once(open_old: Callable[..., Store], old: Path) -> None:
    open_old().close()
    again = open_old()
    assert again.upgraded is None
    assert len(kept(old)) == 1


def test_what_was_deleted_before_the_upgrade_comes_back_after_it(
    old: Path, clock: Callable[[], datetime], new_id: Callable[[], str]
) -> None:
    with Store(old, who="Li", now=clock) as store:
        assert store.rows("SELECT code FROM engagement") == [("HX26",)]
        assert store.undo().label == "Delete lead"
        lead = store.select(Engagement).where(Engagement.code == "NP27").get()
        assert (lead.status_on, lead.parent_id) == (None, None)
        with store.edit("Grow") as edit:
            edit.update(lead, parent=store.select(Engagement).where(Engagement.code == "HX26").get())
        store.undo()
    assert check(old) == []


def test_what_version_2_brings_can_be_written(open_old: Callable[..., Store], old: Path) -> None:
    store = open_old()
    package = store.select(WorkPackage).where(WorkPackage.code == "C1.1").get()
    engagement = store.get(Engagement, package.engagement_id)
    with store.edit("Set") as edit:
        edit.update(package, remaining=960, waits_for="waits for IT")
        edit.update(engagement, status_on="2026-11-20", status_cause="service", ask_again_on="2027-01-04")
        edit.create(WipLimit, engagement=engagement, status="doing", most=3)
        edit.create(RuleSetting, engagement=engagement.id, rule="Q01", threshold=10, threshold_class="high_power")
        edit.create(RuleSetting, rule="Q09", muted=True)
    assert check(old) == []
    with store.edit("Delete engagement") as edit:
        edit.delete(store.get(Engagement, engagement.id))
    # What was set for one engagement must not hold for all when that is gone.
    assert store.rows("SELECT rule FROM rule_setting WHERE engagement IS NULL") == [("Q09",)]
    assert store.rows("SELECT count(*) FROM wip_limit") == [(0,)]


# Somebody else is there


def test_an_older_store_that_is_being_written_is_refused_and_stays(open_old: Callable[..., Store], old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as colleague:
        colleague.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match=r"Nothing was changed; try again"):
            open_old()
        colleague.execute("ROLLBACK")
    assert version_of(old) == 1
    assert kept(old) == []
    assert open_old().upgraded is not None


def test_a_reader_who_does_not_let_go_refuses_the_upgrade_and_the_store_stays(
    open_old: Callable[..., Store], old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "_PATIENCE", 0.1)
    before = rows_of(old)
    with closing(sqlite3.connect(old, isolation_level=None)) as colleague:
        colleague.execute("BEGIN")
        colleague.execute("SELECT * FROM person").fetchall()
        with pytest.raises(Refused, match="Nothing was changed; try again"):
            open_old()
        colleague.execute("ROLLBACK")
    assert version_of(old) == 1
    assert rows_of(old) == before
    assert kept(old) == []
    assert open_old().upgraded is not None


OPENS = """
import sys
from datetime import datetime, timezone
from db.store import Store
with Store(sys.argv[1], who="Li", now=lambda: datetime(2026, 11, 24, tzinfo=timezone.utc), wait=20) as store:
    print(store.upgraded is not None, store.rows("SELECT count(*) FROM wip_limit"))
"""


def test_of_several_who_open_it_at_once_one_upgrades_and_all_go_on(old: Path) -> None:
    opening_it = [
        subprocess.Popen([sys.executable, "-c", OPENS, old], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    answers = sorted(process.communicate()[0] for process in opening_it)
    assert answers == ["False [(0,)]\n"] * 3 + ["True [(0,)]\n"]
    assert len(kept(old)) == 1
    assert check(old) == []


def test_a_file_replaced_while_its_lock_is_waited_for_is_not_upgraded(
    open_old: Callable[..., Store], old: Path, tmp_path: Path
) -> None:
    colleague = sqlite3.connect(old, isolation_level=None, check_same_thread=False)
    colleague.execute("BEGIN IMMEDIATE")
    other = store_of(1, tmp_path / "other.db")
    before = other.read_bytes()

    def swaps() -> None:
        other.replace(old)
        colleague.execute("ROLLBACK")

    swapping = threading.Timer(0.2, swaps)
    swapping.start()
    with pytest.raises(Refused, match="replaced"):
        open_old(wait=10)
    swapping.join()
    colleague.close()
    assert old.read_bytes() == before
    assert kept(old) == []


# It goes wrong

KILLED_BY_THE_KERNEL = """
import resource, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from db.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
size = Path(sys.argv[1]).stat().st_size
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
Store(sys.argv[1], who="Li", now=lambda: datetime(2026, 11, 24, tzinfo=timezone.utc))
"""


def test_a_program_killed_in_the_middle_of_saving_the_upgrade_leaves_the_store_as_it_was(
    old: Path, clock: Callable[[], datetime]
) -> None:
    before = rows_of(old)
    # The kernel kills it at the first page that makes the file longer: others have been overwritten by then.
    ended = subprocess.run([sys.executable, "-c", KILLED_BY_THE_KERNEL, old], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGXFSZ
    assert old.with_name("erptui.db-journal").stat().st_size > 0
    checked = shutil.copytree(old.parent, old.parent / "checked") / "erptui.db"
    assert check(checked) == []
    assert version_of(checked) == 1
    assert rows_of(checked) == before
    with Store(old, who="Anna", now=clock) as store:
        assert store.upgraded is not None
    assert is_contained(before, rows_of(old))
    assert check(old) == []


@pytest.mark.parametrize("rounds", [range(6), pytest.param(range(6, 100), marks=pytest.mark.long)])
def test_a_program_killed_at_any_moment_leaves_an_old_store_or_a_new_one(
    tmp_path: Path, clock: Callable[[], datetime], rounds: range
) -> None:
    for number in rounds:
        folder = tmp_path / str(number)
        folder.mkdir()
        path = store_of(1, folder / "erptui.db")
        before = rows_of(path)
        process = subprocess.Popen([sys.executable, "-c", OPENS, path], stdout=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(random.Random(number).uniform(0.05, 0.3))
        process.kill()
        process.communicate()
        with Store(path, who="Anna", now=clock):
            assert version_of(path) == VERSION
        assert is_contained(before, rows_of(path))
        assert check(path) == []


FULL_DISK = """
import resource, sys
from datetime import datetime, timezone
from pathlib import Path
from db.errors import Problem
from db.store import Store
size = Path(sys.argv[1]).stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    Store(sys.argv[1], who="Li", now=lambda: datetime(2026, 11, 24, tzinfo=timezone.utc))
except Problem as refusal:
    print(refusal.exit_code, type(refusal).__name__, refusal)
"""


@pytest.mark.parametrize(("more", "said"), [(0, r"3 Refused The disk .*Nothing was changed"), (-4096, "3 NotUpgraded")])
def test_a_full_disk_is_said_and_leaves_the_store_as_it_was(old: Path, more: int, said: str) -> None:
    before = rows_of(old)
    ended = subprocess.run(
        [sys.executable, "-c", FULL_DISK, old, str(more)], capture_output=True, text=True, check=True
    )
    assert re.match(said, ended.stdout), ended
    assert version_of(old) == 1
    assert rows_of(old) == before
    assert kept(old) == []


def test_no_copy_says_which_store_why_and_how_it_can_be_read(open_old: Callable[..., Store], old: Path) -> None:
    old.with_name("erptui-v1-2026-11-24.db-journal").write_bytes(b"half a step")
    with pytest.raises(NotUpgraded) as refusal:
        open_old()
    assert str(refusal.value) == (
        f"{old} was written by an older erptui and is copied before it is upgraded."
        f" {old.with_name('erptui-v1-2026-11-24.db-journal')} belongs to an unfinished step of another file."
        " Move it away first. With --read-only it can be read as it is."
    )
    assert version_of(old) == 1


def by_hand(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM person; END",
        "ALTER TABLE client ADD COLUMN phone TEXT",
        "PRAGMA user_version=0",
    ],
)
def test_an_older_store_that_somebody_changed_is_not_upgraded(
    open_old: Callable[..., Store], old: Path, statement: str, read_only: bool
) -> None:
    by_hand(old, statement)
    before = old.read_bytes()
    with pytest.raises(NotAStore, match="not those of erptui"):
        open_old(read_only=read_only)
    assert old.read_bytes() == before
    assert kept(old) == []


def test_a_store_that_has_lost_a_row_is_not_upgraded_but_checked(open_old: Callable[..., Store], old: Path) -> None:
    by_hand(old, "DELETE FROM client")
    before = rows_of(old)
    with pytest.raises(Refused, match=r"engagement .* not there. Nothing was changed. Run: erptui check"):
        open_old()
    assert rows_of(old) == before
    assert kept(old) == []
    assert any("not there" in finding.text(str) for finding in check(old))


def test_a_damaged_older_store_is_not_upgraded(open_old: Callable[..., Store], old: Path) -> None:
    whole = bytearray(old.read_bytes())
    whole[-20_000:] = b"\xff" * 20_000
    old.write_bytes(whole)
    with pytest.raises(Refused, match="damaged"):
        open_old()
    assert old.read_bytes() == bytes(whole)
    assert kept(old) == []


def test_a_migration_that_rebuilds_a_table_keeps_what_refers_to_it(
    open_old: Callable[..., Store], old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = "id, name, family, given, organisation, unit, post, side, mail, phone, birthday, do_not_contact, note"
    later = ModuleType("m_later")
    later.STATEMENTS = f"""
        CREATE TABLE new_person ({columns}, card_uid, PRIMARY KEY (id));
        INSERT INTO new_person SELECT * FROM person;
        DROP TABLE person;
        ALTER TABLE new_person RENAME TO person"""
    before = rows_of(old)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, later))
    for module in (migrations, opening, upgrade, store_module):
        monkeypatch.setattr(module, "VERSION", VERSION + 1)
    store = open_old()
    assert store.upgraded is not None
    assert store.upgraded.after == VERSION + 1
    assert is_contained(before, rows_of(old))
    assert store.rows("PRAGMA foreign_key_check") == []
    with store.edit("Rename") as edit:
        edit.update(store.select(Person).where(Person.name == "Li Na").get(), name="Li Na 李娜")


def test_a_store_that_a_newer_program_upgraded_meanwhile_is_refused(open_old: Callable[..., Store], old: Path) -> None:
    colleague = sqlite3.connect(old, isolation_level=None, check_same_thread=False)
    colleague.execute("BEGIN IMMEDIATE")
    colleague.execute(f"PRAGMA user_version={VERSION + 1}")
    finishing = threading.Timer(0.2, lambda: colleague.execute("COMMIT"))
    finishing.start()
    with pytest.raises(NewerStore):
        open_old(wait=10)
    finishing.join()
    colleague.close()
    assert kept(old) == []


# Read as it is


def test_an_older_store_opened_for_reading_is_read_and_stays_as_it_is(
    open_old: Callable[..., Store], old: Path
) -> None:
    before = old.read_bytes()
    store = open_old(read_only=True)
    assert store.upgraded is None
    assert store.path == old
    assert {person.name for person in store.select(Person)} == {"陈伟", "Li Na"}
    assert store.rows("SELECT code, waits_for FROM work_package ORDER BY code") == [("C1.1", None), ("C1.2", None)]
    counted: list[Any] = []

    def counts() -> None:
        snapshot = store.snapshot()
        counted.extend(snapshot.rows("SELECT count(*) FROM snooze"))
        snapshot.close()

    worker = threading.Thread(target=counts)
    worker.start()
    worker.join()
    assert counted == [(0,)]
    assert store.history()[0][0].label == "Delete lead"
    with pytest.raises(Refused, match="read-only"), store.edit("Add"):
        pass
    store.poll()
    store.close()
    assert old.read_bytes() == before
    assert kept(old) == []


def test_two_older_stores_read_at_once_are_not_mixed_up(
    open_old: Callable[..., Store], tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    store = open_old(read_only=True)
    other = store_of(1, tmp_path / "other.db")
    by_hand(other, "DELETE FROM consent")
    with Store(other, who="Anna", now=clock, read_only=True) as beside:
        for reader, consents in ((store, 1), (beside, 0), (store.snapshot(), 1), (beside.snapshot(), 0)):
            assert reader.rows("SELECT count(*) FROM consent") == [(consents,)]


def test_an_older_store_is_checked_and_copied_without_being_changed(old: Path, tmp_path: Path) -> None:
    before = old.read_bytes()
    assert check(old) == []
    copy = tmp_path / "copy.db"
    assert backup(old, copy).steps == len(rows_of(old)["step"])
    assert version_of(copy) == 1
    assert old.read_bytes() == before
