from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.models import TABLES, Role, TouchPerson
from db.store import Store
from erptui.attention.matters import Matter, findings

Ask = Callable[..., list[Matter]]


@pytest.fixture
def matters(store: Store, today: date) -> Ask:
    """What needs attention: all of it, or what one rule says."""

    def ask(rule: str | None = None, *, day: date = today, engagement: str | None = None) -> list[Matter]:
        return [matter for matter in findings(store, day, engagement) if rule in (None, matter.rule)]

    return ask


@pytest.fixture
def make(store: Store) -> Callable[..., str]:
    """A row: `make("person", name="Wang Lei")`."""

    def create(table: str, **values: Any) -> str:
        with store.edit("Make") as edit:
            return str(edit.create(TABLES[table], **values).id)

    return create


@pytest.fixture
def change(store: Store) -> Callable[..., None]:
    """Change rows by a condition: `change("work_package", "code = 'A1.4'", status="done")`."""

    def write(table: str, where: str, **values: Any) -> None:
        with store.edit("Change") as edit:
            for (row,) in store.rows(f"SELECT id FROM {table} WHERE {where}"):
                edit.change(TABLES[table], row, None, **values)

    return write


@pytest.fixture
def seat(store: Store, make: Callable[..., str]) -> Callable[..., str]:
    """Somebody in a role of the engagement: `seat(hx26, "SPO", "Wang Lei")`."""

    def sit(engagement: str, role: str, name: str, **more: Any) -> str:
        person = make("person", name=name, **more)
        ((row,),) = store.rows("SELECT id FROM role WHERE engagement_id = ? AND code = ?", (engagement, role))
        with store.edit("Seat") as edit:
            edit.change(Role, row, None, person=person)
        return person

    return sit


@pytest.fixture
def touched(store: Store, make: Callable[..., str]) -> Callable[..., None]:
    """A touch with somebody: `touched(wang, date(2026, 3, 1), next_on=…)`."""

    def log(person: str, day: date, **more: Any) -> None:
        touch = make("touch", day=day, by="Anna", **more)
        with store.edit("Touch") as edit:
            edit.create(TouchPerson, touch=touch, person=person)

    return log
