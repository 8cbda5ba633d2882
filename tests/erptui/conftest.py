"""Stores and engagements for what the program knows without a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import opening
from db.choices import ActivityId, BaseCalendar, ContentLanguage
from db.models import TABLES
from db.store import Store
from erptui import clock
from erptui.method.board import Card, PackageLine, columns_of, packages_of
from erptui.method.opening import NewEngagement, open_engagement

MONDAY = date(2026, 3, 16)


@pytest.fixture(scope="session")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    opening.create(path)
    return path.read_bytes()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """It is Monday, 16 March 2026."""
    monkeypatch.setenv("ERPTUI_NOW", f"{MONDAY.isoformat()}T09:00:00+08:00")
    return MONDAY


@pytest.fixture
def store(tmp_path: Path, today: date, _empty: bytes) -> Iterator[Store]:
    """An empty store of Anna's."""
    path = tmp_path / "erptui.db"
    path.write_bytes(_empty)
    with Store(path, who="Anna", now=clock.now) as opened:
        yield opened


@pytest.fixture
def open_new(store: Store) -> Callable[..., str]:
    """Open an engagement from the template: HX26, Monday to Friday from 2 March 2026, unless told otherwise."""

    def make(**wanted: Any) -> str:
        values: dict[str, Any] = {
            "name": "Huaxin Precision",
            "code": "HX26",
            "start": date(2026, 3, 2),
            "calendar": BaseCalendar.WEEKDAYS,
            "language": ContentLanguage.ENGLISH,
            **wanted,
        }
        if isinstance(values.get("at"), str):
            values["at"] = ActivityId(values["at"])
        return open_engagement(store, NewEngagement(**values))

    return make


@pytest.fixture
def hx26(open_new: Callable[..., str]) -> str:
    """The id of an engagement in which nothing has been done yet."""
    return open_new()


@pytest.fixture
def card(store: Store) -> Callable[[str, str], Card]:
    """The card of an activity, wherever most of it stands: `card(hx26, "A1")`."""

    def find(engagement: str, activity: str, phase: str | None = None) -> Card:
        return next(
            card
            for column in columns_of(store, engagement)
            for card in column.cards
            if card.activity == activity and phase in (None, column.phase)
        )

    return find


@pytest.fixture
def package(store: Store) -> Callable[[str, str], PackageLine]:
    """A package by its code: `package(hx26, "A1.4")`."""

    def find(engagement: str, code: str) -> PackageLine:
        return next(
            package
            for column in columns_of(store, engagement)
            for card in column.cards
            for package in packages_of(store, engagement, card)
            if package.code == code
        )

    return find


@pytest.fixture
def everything(store: Store) -> Callable[[], dict[str, list[Any]]]:
    """Every row of every table, the journal included."""

    def rows() -> dict[str, list[Any]]:
        return {table: store.rows(f"SELECT * FROM {table} ORDER BY 1") for table in (*TABLES, "step", "change")}

    return rows
