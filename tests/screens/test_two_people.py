"""Two programs on one store: what one does shows in the other and disturbs nobody; who has to wait knows for whom."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from textual import events

from db.models import Engagement, Person, Promise, WorkPackage
from erptui.demo import fill_demo

ROOMS = {
    "today": ("1",),
    "board": ("2",),
    "status board": ("2", "v", "s"),
    "pipeline": ("2", "v", "e"),
    "people": ("4",),
    "promises": ("5",),
    "portfolio": ("0",),
}


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory, driver: Any) -> Path:
    path = tmp_path_factory.mktemp("two") / "demo.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ERPTUI_NOW", "2026-03-16T09:00:00+08:00")
        with driver.opened(path) as store:
            fill_demo(store)
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "demo.db"
    path.write_bytes(demo_file.read_bytes())
    return path


def much_from(who: str, path: Path, opened: Callable[..., Any]) -> None:
    """A colleague adds rows that stand before all others and renames what is there."""
    with opened(path, who) as store, store.edit("Much") as edit:
        for engagement in list(store.select(Engagement)):
            edit.update(engagement, name=f"{engagement.name} of {who}")
            if engagement.code == "NB26":
                edit.create(Promise, engagement=engagement, text=f"Call {who}", due="2026-01-05")
        for number in range(3):
            edit.create(Person, name=f"Aa {number}")
        for package in list(store.select(WorkPackage).limit(20)):
            edit.update(package, name=f"{package.name} of {who}")


@pytest.mark.parametrize("room", ROOMS)
async def test_what_a_colleague_writes_shows_and_moves_neither_the_cursor_nor_what_is_being_typed(
    board, demo, opened, room
):
    async with board(demo) as b:
        await b.press(*ROOMS[room], "j", "j", "j", "l")
        place = b.app.screen.place_now()
        before = b.text
        much_from("Bob", demo, opened)
        await b.look_again()
        assert b.text != before
        assert of_row(b.app.screen.place_now()) == of_row(place)
        await b.press("t")
        await b.type("wl tel")
        much_from("Cy", demo, opened)
        await b.look_again()
        assert b.field == "wl tel"


def of_row(place: Mapping[str, str]) -> dict[str, str]:
    """What a place names; above it there may be more lines than before."""
    return {name: what for name, what in place.items() if name != "line"}


@pytest.fixture
def bob(opened: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Bob makes a step that takes until he is done: `bob(path)`, then `done()`."""
    with contextlib.ExitStack() as open_steps:

        def begins(path: Path, *deletes: str) -> Callable[[], None]:
            stack = open_steps.enter_context(contextlib.ExitStack())
            store = stack.enter_context(opened(path, "Bob"))
            edit = stack.enter_context(store.edit("Import people"))
            edit.create(Person, name="Li Wei")
            for person in [store.get(Person, row) for row in deletes]:
                edit.delete(person)
            return stack.close

        yield begins


async def test_a_key_waits_for_the_colleague_by_name_and_acts_with_all_that_was_typed_behind_it(board, store_with, bob):
    path = store_with()
    async with board(path, wait=0.01) as b:
        await b.press("enter")
        steps = "SELECT count(*) FROM step WHERE who = 'Anna'"
        ((before,),) = b.app.store.rows(steps)
        done = bob(path)
        await b.press("c")
        await b.press("ctrl+u")
        await b.type("doing")
        await b.press("enter")
        assert "Waiting for Bob · esc gives up" in b.text
        await b.resize(100, 30)
        await b.press("j", "m")
        assert "Waiting for Bob · esc gives up" in b.text
        assert b.app.store.rows(steps) == [(before,)]
        done()
        await b.until(lambda: b.app.store.rows(steps) == [(before + 2,)])
        await b.settled()
        assert "Waiting for" not in b.text


async def test_esc_gives_up_waiting_and_what_was_typed_is_still_there(board, store_with, bob):
    path = store_with()
    async with board(path, wait=0.01) as b:
        await b.press("enter", "e")
        await b.type("Another name")
        done = bob(path)
        await b.press("f2")
        assert "Waiting for Bob · esc gives up" in b.said
        await b.press("q", "escape")
        assert "Given up. Nothing was changed." in b.said
        b.shows("Another name")
        done()
        await b.press("f2")
        assert "saved" in b.said
        assert b.app.store.rows("SELECT count(*) FROM work_package WHERE name LIKE '%Another name%'") == [(1,)]


async def test_what_follows_the_answer_of_another_screen_waits_too_and_is_done_once(board, store_with, bob):
    path = store_with()
    async with board(path, wait=0.01) as b:
        await b.press("n")
        await b.type("! send the list fri")
        await b.press("enter", "escape", "M")
        done = bob(path)
        await b.press("enter")
        assert "Waiting for Bob" in b.said
        done()
        await b.until(lambda: "Waiting for" not in b.text)
        await b.settled()
        assert b.app.store.rows("SELECT text FROM promise") == [("send the list",)]


async def test_a_key_that_waited_acts_on_the_row_it_was_pressed_on_or_on_none(board, demo, bob):
    async with board(demo, wait=0.01) as b:
        await b.press("4")
        here = b.app.screen.place_now()["row"]
        ((people,),) = b.app.store.rows("SELECT count(*) FROM person")
        done = bob(demo, here)
        await b.press("d")
        assert "Waiting for Bob" in b.said
        done()
        await b.look_again()
        await b.until(lambda: "Waiting for" not in b.text)
        await b.settled()
        # Bob has added one and taken one away; the one that stands there now is nobody's to delete.
        assert b.app.store.rows("SELECT count(*) FROM person") == [(people,)]


IMPORT = """
import sys
from erptui.cli import main
sys.argv = ["erptui", "--store", sys.argv[1], "--as", "Li Wei", "import", "csv", sys.argv[2]]
main()
"""


@pytest.mark.long
async def test_a_colleagues_import_of_twenty_thousand_people_freezes_no_screen(board, demo, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("name,mobile\n" + "".join(f"Person {n},+86 139 {n:08d}\n" for n in range(20_000)), "utf-8")
    async with board(demo) as b:
        await b.press("2")
        process = subprocess.Popen([sys.executable, "-c", IMPORT, str(demo), str(people)], stderr=subprocess.PIPE)
        waited, longest, last = False, 0.0, time.monotonic()
        while process.poll() is None:
            b.app._driver.send_message(events.Key("J", "J"))
            b.app._driver.send_message(events.Key("K", "K"))
            for _turn in range(20):
                await asyncio.sleep(0.005)
                longest, last = max(longest, time.monotonic() - last), time.monotonic()
            waited = waited or "Waiting for Li Wei" in b.text
        assert process.returncode == 0, process.stderr
        await b.until(lambda: "Waiting for" not in b.text)
        assert waited
        # A tenth of it is promised on a quiet machine.
        assert longest < 5
