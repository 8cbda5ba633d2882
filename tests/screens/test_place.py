"""Back to where one was, also on the next day and after the program ended."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from db.models import Person
from erptui import place
from erptui.place import Kept

TWO = ({"code": "HX26", "name": "Huaxin Precision", "at": "C3"}, {"code": "NB26", "name": "Northbridge"})


@pytest.fixture
def start(driver, monday, tmp_path, monkeypatch):
    """Start the program as the command line does: `async with start(path) as b`."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    @asynccontextmanager
    async def run(path: Path, **options):
        with driver.opened(path, **options) as store:
            app = driver.PaintedApp(store, kept=place.kept(str(store.path)) or Kept(), keeps_place=True)
            async with app.run_test(size=(80, 24)) as pilot:
                walked = driver.Walk(app, pilot)
                await walked.settled()
                yield walked

    return run


def files(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "state").rglob("places/*.json"))


async def test_the_quote_leads_back_and_forth_between_two_places(board, store_with):
    async with board(store_with(*TWO)) as b:
        await b.press("'")
        assert b.bottom == "You have not been anywhere else yet."
        await b.press("h", "j", "enter", "j", "4", "'")
        assert b.title.startswith("HX26  ›  B4")
        assert "B4.2" in b.here
        await b.press("'")
        assert b.title.startswith("People")
        await b.press("'", "escape", "j", "'", "'")
        assert "B5" in b.here


async def test_the_quote_leads_back_into_the_engagement_one_came_from(board, store_with):
    async with board(store_with(*TWO)) as b:
        await b.press("j", ":")
        await b.type("nb")
        await b.press("enter")
        assert "A1" in b.here
        await b.press("'")
        assert "HX26" in b.title
        assert "C4" in b.here
        await b.press("'")
        assert "NB26" in b.title
        assert "A1" in b.here


async def test_esc_where_no_screen_lies_below_says_what_leads_on(board, store_with):
    async with board(store_with()) as b:
        await b.press("escape")
        assert b.said == "No screen lies behind this one. : finds everything, q q leaves."
        await b.press("4", "escape", "escape")
        assert b.said == "No screen lies behind this one. ' goes to where you were before, q q leaves."


async def test_the_next_start_finds_the_same_place_and_a_new_day_what_needs_one_now(
    start, store_with, monkeypatch, tmp_path
):
    path = store_with(*TWO)
    async with start(path) as b:
        assert "Today" in b.title
        await b.press(":")
        await b.type("nb")
        await b.press("enter", "2", "enter", "j", "j")
        card, row = b.title, b.here
        await b.press("q", "q")
    async with start(path, read_only=True) as b:
        assert card in b.title
        assert b.here == row
        await b.press("escape", "4", "'", "q", "q")
    monkeypatch.setenv("ERPTUI_NOW", "2026-03-17T09:00:00+08:00")
    async with start(path) as b:
        assert "Today" in b.title
        await b.press("'")
        assert "NB26" in b.title
        b.shows("A1 Customer")
        # In the pipeline the cursor may stand on another engagement than the current one.
        await b.press("v", "e", "l")
        assert "HX26" in b.here
        await b.press("4", "'")
        assert "HX26" in b.here
        await b.press("q", "q")
    async with start(path) as b:
        assert "Pipeline" in b.title
        assert "HX26" in b.here
        await b.press("q", "q")
    assert files(tmp_path)[0].stat().st_mode & 0o077 == 0


async def test_filter_and_order_of_a_register_come_back_and_a_row_that_is_gone_leaves_its_neighbour(
    start, store_with, opened
):
    path = store_with()
    with opened(path) as store, store.edit("People") as edit:
        people = [edit.create(Person, name=name, organisation="Huaxin") for name in ("Ada", "Bo", "Cem", "Dina")]
        edit.create(Person, name="Zoe", organisation="Other")
    async with start(path) as b:
        await b.press("4", "s")
        await b.type("name")
        await b.press("enter", "/")
        await b.type("huaxin")
        await b.press("enter", "g", "g", "j")
        assert b.here.startswith("Cem")
        # What the program does every few seconds; then it is killed.
        await b.app.keep_place_soon().wait()
        b.app._keeps = False
    async with start(path) as b:
        assert "4 of 5  ›  huaxin" in b.title
        assert b.here.startswith("Cem")
        await b.press("q", "q")
    with opened(path) as store, store.edit("Gone") as edit:
        edit.delete(store.get(Person, people[2].id))
    async with start(path) as b:
        assert b.here.startswith("Bo")
        await b.press("q", "q")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"version": 2}',
        b'{"version": 1, "store": "another"}',
        b'{"version": 1, "store": "STORE", "day": "2026-03-16", "views": {}, "found": [], "places": [1]}',
        b'{"version": 1, "store": "STORE", "day": "2026-03-16", "views": {"board": "x"}, "found": [["a", "b"]],'
        b' "places": [{"engagement": "x", "room": "attic", "view": "y", "at": {},'
        b' "opened": {"screen": "card", "of": "A"}}]}',
    ],
)
async def test_a_broken_or_foreign_file_begins_at_the_beginning(start, store_with, content, tmp_path):
    path = store_with()
    place.keep(str(path), Kept())
    (file,) = files(tmp_path)
    file.write_bytes(content.replace(b"STORE", bytes(path)))
    async with start(path) as b:
        assert "Today" in b.title or "HX26" in b.title
        await b.press("2", "l", "4", "'")
        assert "B1" in b.here
        await b.press("q", "q")
    assert place.kept(str(path)).places[0].room == "board"
