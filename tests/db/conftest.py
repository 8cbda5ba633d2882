"""Stores to try things on: real files, a clock that ticks by the minute, ids that count up."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from db import opening
from db.models import TABLES, Client, Engagement, Person, WorkingCalendar, WorkPackage
from db.store import Store

Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which nothing has happened, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    opening.create(path)
    return path


@pytest.fixture
def path(tmp_path: Path, empty_store: Path) -> Path:
    """Where a fresh store lies."""
    return shutil.copy(empty_store, tmp_path / "erptui.db")


@pytest.fixture
def clock() -> Callable[[], datetime]:
    minutes = itertools.count()
    start = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
    return lambda: start + timedelta(minutes=next(minutes))


@pytest.fixture
def new_id() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012d}"


@pytest.fixture
def open_as(path: Path, clock: Callable[[], datetime], new_id: Callable[[], str]) -> Iterator[Callable[..., Store]]:
    """Opens the fresh store once more, as somebody."""
    opened: list[Store] = []

    def open_it(who: str = "Anna", **options: Any) -> Store:
        options.setdefault("wait", 0.2)
        opened.append(Store(path, who=who, now=clock, new_id=new_id, **options))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_as: Callable[..., Store]) -> Store:
    return open_as("Anna")


@pytest.fixture
def engagement(store: Store, add_engagement: Callable[..., Engagement]) -> Engagement:
    return add_engagement(store)


@pytest.fixture
def package(store: Store, add_package: Callable[..., WorkPackage], engagement: Engagement) -> WorkPackage:
    return add_package(store, engagement.id)


@pytest.fixture(scope="session")
def add_engagement() -> Callable[..., Engagement]:
    """Adds an engagement with its client and calendar in one step."""

    def add(store: Store, code: str = "HX26") -> Engagement:
        with store.edit("Open engagement", about=code) as edit:
            client = edit.create(Client, name="华信纺织")
            calendar = edit.create(WorkingCalendar, name="China", base="cn")
            return edit.create(
                Engagement,
                code=code,
                name="华信 ERP",
                client=client,
                status="won",
                start="2026-11-24",
                calendar=calendar,
                language="zh",
                template="standard 1",
            )

    return add


@pytest.fixture(scope="session")
def package_values() -> Callable[..., dict[str, Any]]:
    """The required values of a work package."""

    def values(engagement: str, **more: Any) -> dict[str, Any]:
        required = {"name": "Clean the material master", "phase": "C", "activity": "C1", "rank": "V", "duration": 960}
        return {"engagement": engagement, "code": "3.1", **required, **more}

    return values


@pytest.fixture(scope="session")
def add_package(package_values: Callable[..., dict[str, Any]]) -> Callable[..., WorkPackage]:
    def add(store: Store, engagement: str, **more: Any) -> WorkPackage:
        with store.edit("Add package") as edit:
            return edit.create(WorkPackage, **package_values(engagement, **more))

    return add


@pytest.fixture(scope="session")
def add_person() -> Callable[..., Person]:
    def add(store: Store, name: str = "Chen Wei") -> Person:
        with store.edit("Add person", about=name) as edit:
            return edit.create(Person, name=name)

    return add


@pytest.fixture(scope="session")
def tables_of() -> Callable[[Store], Tables]:
    """Gives every row of every register."""

    def tables(store: Store) -> Tables:
        return {table: store.rows(f"SELECT * FROM {table} ORDER BY id") for table in TABLES}

    return tables


class Colleague:
    """Another process with the same store open, which does what it is told and answers when it is done."""

    _LISTENS = """
import sys
from datetime import datetime, timezone
from db.models import *
from db.store import Store
store = Store(sys.argv[1], who="Li", now=lambda: datetime.now(timezone.utc), wait=5)
print(flush=True)
for line in sys.stdin:
    exec(line.replace("; ", "\\n"))
    print(flush=True)
"""

    def __init__(self, path: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", self._LISTENS, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._done()

    def do(self, statements: str) -> None:
        """Run Python statements, `; ` between them; the store is called `store`."""
        assert self._process.stdin is not None
        self._process.stdin.write(statements + "\n")
        self._process.stdin.flush()
        self._done()

    def _done(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "\n", "the other process has failed"

    def leave(self) -> None:
        self._process.communicate()


@pytest.fixture
def colleague(path: Path) -> Iterator[Colleague]:
    colleague = Colleague(path)
    yield colleague
    colleague.leave()
