"""People brought in from a file on the screen, and written into one."""

from __future__ import annotations

import os

import pytest

from db.models import Person
from screens.export import fetch_command

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Chen Hui
N:Chen;Hui;;;
TEL;TYPE=CELL:13800138001
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Wang Lei
TEL:13900139000
TITLE:Director
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:{long}
END:VCARD
"""


@pytest.fixture
def store_of(store_with, opened):
    """A store with HX26 and Wang Lei, of whom the phone is known."""

    def make(*others, **more):
        path = store_with()
        with opened(path) as store, store.edit("Fill", undoable=False) as edit:
            edit.create(Person, name="Wang Lei", phone="13900139000", **more)
            for name in others:
                edit.create(Person, name=name)
        return path

    return make


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A current folder and a home of one's own."""
    here = tmp_path / "here"
    for place in (here, tmp_path / "home" / "Downloads"):
        place.mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    return here


@pytest.fixture
def cards(folder):
    """A file of three cards: one new, one of somebody there, one that is refused."""
    file = folder / "phone.vcf"
    file.write_text(CARDS.format(long="x" * 200), encoding="utf-8")
    return file


async def test_what_a_file_would_bring_is_shown_and_enter_takes_it_as_one_step(board, store_of, cards):
    async with board(store_of()) as b:
        await b.press("4", "I")
        assert b.field == str(cards)
        b.shows("⏎ Open")
        await b.press("enter")
        b.shows(
            "Import people  ›  phone.vcf", "1 new · 0 already there · 1 probable duplicate (not changed) · 1 refused"
        )
        b.shows("Line 7: “Wang Lei” is probably there already.", "Post: — → Director", "Line 13", "Chen Hui")
        await b.press("enter")
        assert b.said.startswith("1 person imported from phone.vcf · u takes back")
        b.shows("People  2", "Chen Hui")
        await b.press("u")
        b.shows("People  1")


async def test_the_new_people_of_a_file_are_made_the_clients_by_one_key(board, store_of, cards):
    async with board(store_of()) as b:
        await b.press("4", "I", "enter")
        b.shows("New people: side as in the file. c: client of HX26.", "c Client's")
        await b.press("c")
        b.shows("New people: client of HX26. c: side as in the file.", "c As in file")
        await b.press("c", "c", "enter")
        rows = b.app.store.rows("SELECT name, side, organisation FROM person ORDER BY name")
        assert rows == [("Chen Hui", "client", "Huaxin Precision"), ("Wang Lei", None, None)]


async def test_those_who_are_different_are_changed_when_asked_for(board, store_of, cards):
    async with board(store_of()) as b:
        await b.press("4", "I", "enter", "M")
        b.shows("1 probable duplicate (will be changed)")
        await b.press("enter")
        assert b.said.startswith("1 person imported, 1 person updated from phone.vcf")
        assert b.app.store.rows("SELECT post FROM person WHERE name = 'Wang Lei'") == [("Director",)]


async def test_all_of_a_file_is_read_through_and_esc_takes_nothing(board, store_of, folder):
    names = [f"Nr {number:02}" for number in range(50)]
    (folder / "many.csv").write_text("\n".join(["Name,Phone", *(f"{name},0" for name in names)]), encoding="utf-8")
    async with board(store_of()) as b:
        await b.press("4", "I", "enter")
        b.shows("Nr 00")
        b.hides("Nr 49")
        await b.press("pagedown", "j")
        b.shows("Nr 20")
        await b.press("G")
        b.shows("Nr 49")
        await b.press("escape")
        b.shows("People  1")
        assert b.app.store.rows("SELECT count(*) FROM person") == [(1,)]


async def test_the_newest_file_of_the_downloads_is_preselected(board, store_of, cards, tmp_path):
    newer = tmp_path / "home" / "Downloads" / "staff.csv"
    newer.write_text("姓名,部门,手机\n李娜,计划科,13800138002\n", encoding="gb18030")
    os.utime(cards, (1_700_000_000, 1_700_000_000))
    async with board(store_of()) as b:
        await b.press("4", "I")
        assert b.field == str(newer)
        await b.press("enter")
        b.shows("1 new", "李娜 · 计划科 · 13800138002")


async def test_a_file_that_is_none_or_holds_nobody_says_so(board, store_of, folder):
    async with board(store_of()) as b:
        await b.press("4", "I")
        assert b.field == ""
        await b.type("nowhere.vcf")
        await b.press("enter")
        assert "nowhere.vcf is not a file" in b.said
        assert b.field == "nowhere.vcf"
        await b.press("escape")
        for name, content in (("book.csv", b"PK\x03\x04abc"), ("empty.vcf", b""), ("list.csv", b"a;b\n1;2\n")):
            (folder / name).write_bytes(content)
            await b.press("I", *["backspace"])
            await b.type(name)
            await b.press("enter")
            assert b.said.startswith("■"), b.text
            b.shows("People  1")


async def test_a_file_with_nobody_new_takes_nothing(board, store_of, folder):
    (folder / "same.csv").write_text("Name,Phone\nWang Lei,13900139000\n", encoding="utf-8")
    async with board(store_of()) as b:
        await b.press("4", "I", "enter")
        b.shows("0 new · 1 already there")
        await b.press("enter")
        assert b.said == "Nobody in it is new."


@pytest.mark.parametrize(
    ("keys", "name", "mark"), [("xc", "people.csv", "Wang Lei"), ("xv", "people.vcf", "FN:Wang Lei")]
)
async def test_who_is_shown_is_written_and_can_come_in_again(board, store_of, folder, keys, name, mark):
    async with board(store_of("Anna", do_not_contact=False)) as b:
        await b.press("4", *keys)
        assert b.field == str(folder / name)
        await b.press("enter")
        # A long path is broken where the line ends.
        assert f"2 people written to {folder / name}.".replace(" ", "") in b.said.replace(" ", "")
        text = (folder / name).read_text(encoding="utf-8-sig")
        assert mark in text
        assert "Anna" in text
        await b.press("I", "enter")
        b.shows("0 new · 2 already there")


async def test_of_those_selected_or_filtered_only_they_are_written(board, store_of, folder):
    async with board(store_of("Anna", "Bo")) as b:
        await b.press("4", "space", "x", "v", "enter")
        assert "1 person written" in b.said
        assert "Anna" in (folder / "people.vcf").read_text(encoding="utf-8")
        await b.press("escape", "/")
        await b.type("wang")
        await b.press("enter", "x", "c", "enter")
        assert "1 person written" in b.said
        assert "Anna" not in (folder / "people.csv").read_text(encoding="utf-8")


async def test_whoever_is_not_to_be_contacted_is_left_out_and_that_is_said(board, store_of, folder):
    async with board(store_of("Anna", do_not_contact=True)) as b:
        await b.press("4", "x", "v", "enter")
        assert "1 person written" in b.said
        assert "not to be contacted: 1." in b.said
        assert "Wang" not in (folder / "people.vcf").read_text(encoding="utf-8")


async def test_a_file_that_is_there_is_replaced_when_asked_twice(board, store_of, folder):
    (folder / "people.csv").write_text("mine", encoding="utf-8")
    async with board(store_of()) as b:
        await b.press("4", "x", "c", "enter")
        assert "is already there" in b.said
        assert (folder / "people.csv").read_text(encoding="utf-8") == "mine"
        await b.press("enter")
        assert "1 person written" in b.said


@pytest.mark.parametrize(
    ("connection", "command"),
    [
        ("10.0.0.9 51000 10.0.0.5 22", "@10.0.0.5:/tmp/a.csv ."),
        ("10.0.0.9 51000 10.0.0.5 2200", "scp -P 2200 "),
        ("fe80::1 51000 fe80::2 22", "@[fe80::2]:/tmp/a.csv' ."),
        ("", None),
    ],
)
def test_over_ssh_the_command_that_fetches_the_file_is_told(tmp_path, connection, command):
    from pathlib import Path

    told = fetch_command(Path("/tmp/a.csv"), {"SSH_CONNECTION": connection} if connection else {})
    assert told == "" if command is None else command in told
