"""The file of a store that is another, damaged or full while a form is open: it is said, and nothing typed is lost."""

from __future__ import annotations

import os
import resource
import shutil
from pathlib import Path

import pytest

from db.checks import check
from db.models import WorkPackage


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    os.replace(shutil.copy(path, path.with_name("backup.db")), path)


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def header_lost(path: Path) -> None:
    with open(path, "r+b") as file:
        file.write(b"Dear customer, " * 7)


LOST = [
    (deleted, "was moved or deleted while it was open. Nothing was changed. Put it back, or restore a backup"),
    (replaced, "was replaced while it was open. Nothing was changed; start erptui again."),
    (cut_off, "is damaged: database disk image is malformed. Run: erptui check"),
    (header_lost, "is damaged: file is not a database. Run: erptui check"),
]


def joined(b) -> str:
    """What is said, whose path is cut wherever a line ends."""
    return "".join(b.said.split())


@pytest.mark.parametrize(("lose", "said"), LOST)
async def test_a_store_lost_under_an_open_form_is_said_and_what_was_typed_comes_back(board, store_with, lose, said):
    path = store_with()
    whole = path.read_bytes()
    wanted = "".join(said.split())
    async with board(path) as b:
        await b.press("enter", "e")
        await b.type(" of Huaxin")
        lose(path)
        left = path.read_bytes() if path.exists() else None
        await b.press("f2")
        assert wanted in joined(b)
        # The second look at the file does not end the program, nor does keeping the draft.
        await b.look_again()
        b.app.screen.keep_draft()
        await b.press("escape")
        b.shows("esc again leaves it as a draft")
        await b.press("escape")
        b.hides("F2 Save")
    assert left is None or path.read_bytes() == left
    path.write_bytes(whole)
    async with board(path) as b:
        await b.press("enter", "e")
        b.shows("Back again: what you typed", " of Huaxin")
        await b.press("f2")
        assert b.app.store.select(WorkPackage).where(WorkPackage.code == "A1.1").first().name.endswith(" of Huaxin")
    assert check(path) == []


@pytest.mark.parametrize(("lose", "said"), LOST[:3])
async def test_a_lost_store_is_seen_at_the_next_look_and_told_of_once(board, store_with, lose, said):
    path = store_with()
    async with board(path) as b:
        lose(path)
        await b.look_again()
        assert "".join(said.split()) in joined(b)
        b.app.screen.footer.clear()
        await b.look_again()
        b.hides("while it was open", "is damaged")
        b.shows("A1 ")


async def test_a_full_disk_refuses_the_form_and_it_can_be_saved_when_there_is_room(board, store_with):
    path = store_with()
    async with board(path) as b:
        await b.press("enter", "e")
        await b.type(" of Huaxin")
        before, limits = path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, limits[1]))
        try:
            await b.press("f2")
            b.shows("Make room and try again.", "of Huaxin")
            assert path.read_bytes() == before
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        await b.press("f2")
        b.shows("saved")
    assert check(path) == []
