"""The screens on a store of an older version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.migrations import VERSION


@pytest.fixture
def old(tmp_path: Path, written_at_1: Callable[[Path], Path]) -> Path:
    return written_at_1(tmp_path / "old.db")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_line_24_says_that_the_store_was_upgraded_and_where_it_is_kept(board, old, size):
    async with board(old, size=size) as b:
        await b.until(lambda: f"Upgraded the store from version 1 to {VERSION}." in b.said)
        assert "old-v1-" in b.said.replace(" ", "")
        b.shows("HX26")


async def test_an_older_store_can_be_looked_at_without_being_changed(board, old):
    before = old.read_bytes()
    async with board(old, read_only=True) as b:
        b.shows("HX26")
        await b.press("4")
        await b.until("Li Na")
        assert "Upgraded" not in b.text
    assert old.read_bytes() == before
