"""The notebook on the screen: lines saved as typed, edited, deleted, turned into rows."""

from __future__ import annotations

import pytest
from textual.events import Paste

from db.models import Consent, Note, Person, Promise, Touch, WorkPackage


def notes(b):
    return [note.text for note in b.app.store.select(Note).order_by(Note.at, Note.rank)]


async def write(b, *lines):
    for line in lines:
        await b.type(line)
        await b.press("enter")


def with_people(opened, path):
    """赵敏 and Chen Hui in the store at `path`."""
    with opened(path) as store, store.edit("Make") as edit:
        edit.create(Person, name="赵敏")
        edit.create(Person, name="Chen Hui")
    return path


async def test_lines_are_saved_one_by_one_as_they_are_typed(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        assert "Notebook  ›  A1 Customer research" in b.title
        await write(b, '"we never use it"', "! send the list @zm fri")
        assert notes(b) == ['"we never use it"', "! send the list @zm fri"]
        await b.type("half a li")
        assert b.field == "half a li"
        b.shows('" 09:00  we never use it', "! 09:00  send the list @zm", "2 lines")
        await b.press("escape", "escape")
        assert len(notes(b)) == 2
        await b.press("u")
        assert notes(b) == ['"we never use it"']


async def test_an_empty_line_ends_the_writing_and_esc_the_notebook(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        await write(b, "one", "")
        assert b.field is None
        await b.press("n")
        assert b.field == ""
        await b.press("escape", "escape")
        b.shows("A1")
        assert "Notebook" not in b.title


async def test_keys_typed_ahead_go_into_the_line(board, store_with):
    async with board(store_with()) as b:
        await b.ahead("n", "q", "u", "enter", "d", "enter")
        assert notes(b) == ["qu", "d"]


@pytest.mark.parametrize(
    ("keys", "title", "table"),
    [
        (["n"], "A1 Customer research", "activity"),
        (["f6"], "A1 Customer research", "activity"),
        (["enter", "n"], "A1.1 ", "work_package"),
        (["4", "n"], "", None),
    ],
)
async def test_the_notebook_opens_on_what_the_cursor_stands_on(board, store_with, keys, title, table):
    async with board(store_with()) as b:
        await b.press(*keys)
        assert f"Notebook  ›  {title or 'HX26'}" in b.title
        await write(b, "one")
        assert [note.about_table for note in b.app.store.select(Note)] == [table]


async def test_a_gate_has_a_notebook(board, store_with):
    async with board(store_with()) as b:
        await b.press("end", "up", "n")
        await write(b, "one")
        assert [note.about_table for note in b.app.store.select(Note)] == ["gate"]
        await b.press("escape", "escape", "enter", "n")
        b.shows("one")
        await write(b, "two")
        assert notes(b) == ["one", "two"]


async def test_without_any_engagement_there_is_a_notebook_too(board, store_with):
    async with board(store_with(None)) as b:
        await b.press("n")
        await write(b, "first call")
        assert notes(b) == ["first call"]


async def test_a_person_who_was_never_asked_is_asked_for_consent_first(board, store_with, opened):
    path = with_people(opened, store_with())
    async with board(path) as b:
        await b.press("4", "G", "n")
        b.shows("Consent? y/n, what for:")
        await write(b, "perhaps")
        b.shows("neither y nor n")
        await b.press("home", "delete", "delete", "delete", "delete", "delete", "delete", "delete")
        await write(b, "y project contact", "first line")
        (consent,) = list(b.app.store.select(Consent))
        assert (consent.given, consent.purpose) == (True, "project contact")
        assert notes(b) == ["first line"]
        await b.press("escape", "escape", "n")
        b.hides("Consent?")


@pytest.mark.parametrize("skip", ["enter", "escape"])
async def test_the_question_for_consent_can_be_skipped(board, store_with, opened, skip):
    async with board(with_people(opened, store_with())) as b:
        await b.press("4", "n", skip)
        b.hides("Consent?")
        await write(b, "first line")
        assert notes(b) == ["first line"]
        assert list(b.app.store.select(Consent)) == []


async def test_who_and_which_day_a_line_names_stand_at_its_right(board, store_with, opened):
    async with board(with_people(opened, store_with())) as b:
        await b.press("n")
        await write(b, "! send the list @zm fri")
        b.shows("send the list", "@赵敏 >20.03", "! send the list @zm fri", "Promise · 16.03 09:00 · @赵敏 · >20.03")


async def test_what_is_not_understood_is_kept_and_said(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        await write(b, "! send the list @nobody")
        b.shows("▲ Nobody is called “nobody”")
        assert notes(b) == ["! send the list @nobody"]


async def test_a_line_is_written_anew_and_its_history_is_shown(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        await write(b, "clean the codes", "")
        await b.press("e", "home")
        await b.type("- ")
        await b.press("enter")
        assert notes(b) == ["- clean the codes"]
        b.shows("- 09:00  clean the codes")
        await b.press("i")
        await b.press("j")
        b.shows("Line: clean the codes → - clean the codes")
        await b.press("escape", "u")
        assert notes(b) == ["clean the codes"]


async def test_a_line_somebody_changed_meanwhile_is_shown_before_it_is_written_over(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await b.press("n")
        await write(b, "one", "")
        await b.press("e")
        await b.type(" and mine")
        with opened(path, who="Bob") as store, store.edit("Edit note") as edit:
            edit.update(store.select(Note).first(), text="theirs")
        await b.press("enter")
        b.shows("theirs", "Enter again saves yours")
        assert b.field == "one and mine"
        await b.press("enter")
        assert notes(b) == ["one and mine"]


async def test_selected_lines_are_deleted_and_come_back(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        await write(b, "one", "two", "three", "")
        await b.press("home", "space", "space", "d")
        assert notes(b) == ["three"]
        assert "2 lines" in b.said
        await b.press("u")
        assert notes(b) == ["one", "two", "three"]


async def test_lines_become_rows_after_a_look_at_what_each_becomes(board, store_with, opened):
    async with board(with_people(opened, store_with())) as b:
        await b.press("n")
        await write(b, "! send the list @zm fri", "- clean the codes", "? who owns them", "")
        await b.press("M")
        b.shows("2 of 3 become rows", "→ Our promise · 赵敏 · 20.03", "→ Work package", "stays as it is")
        await b.press("escape")
        assert list(b.app.store.select(Promise)) == []
        await b.press("M", "enter")
        assert "2 lines became rows" in b.said
        (promise,) = list(b.app.store.select(Promise))
        made = b.app.store.select(WorkPackage).where(WorkPackage.name == "clean the codes").first()
        b.shows("→ Promise", f"→ {made.code}")
        assert promise.note_id
        await b.press("home", "e")
        b.shows("This line became a row")
        await b.press("u")
        b.hides("→ Promise", "→ Work package")
        assert list(b.app.store.select(Promise)) == []
        await b.press("M")
        b.shows("2 of 3 become rows")


async def test_only_selected_lines_become_rows(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        await write(b, "! one", "! two", "")
        await b.press("home", "space", "M", "f2")
        assert [promise.text for promise in b.app.store.select(Promise)] == ["one"]


async def test_a_talk_with_a_person_becomes_one_touch(board, store_with, opened):
    async with board(with_people(opened, store_with())) as b:
        await b.press("4", "G", "n", "enter")
        await write(b, '"we never use it"', "* stock on the floor", "+ batches >2w", "calls again >2w", "")
        await b.press("M", "enter")
        (touch,) = list(b.app.store.select(Touch))
        assert touch.text == "“we never use it”\n* stock on the floor\ncalls again"
        await b.press("M")
        b.shows("0 of 1 become rows")
        await b.press("enter")
        b.shows("None of these lines becomes a row")


async def test_a_row_that_is_gone_is_said_where_its_line_stands(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        await write(b, "! one", "")
        await b.press("M", "enter")
        with b.app.store.edit("Trash") as edit:
            edit.delete(b.app.store.select(Promise).first())
        await b.look_again()
        b.shows("→ Promise, gone since")


async def test_a_line_is_kept_when_the_person_has_gone_meanwhile(board, store_with, opened):
    path = with_people(opened, store_with())
    async with board(path) as b:
        await b.press("4", "n", "enter")
        await b.type("still typing")
        with opened(path, who="Bob") as store, store.edit("Trash") as edit:
            for person in store.select(Person):
                edit.delete(person)
        await b.look_again()
        await b.press("enter")
        assert notes(b) == ["still typing"]
        b.shows("still typing")


async def test_a_store_for_reading_only_shows_its_lines(board, store_with):
    path = store_with()
    async with board(path) as b:
        await b.press("n")
        await write(b, "one", "")
    async with board(path, read_only=True) as b:
        await b.press("n")
        assert b.field is None
        b.shows("one", "read only")
        for key in ("n", "e", "d", "M"):
            await b.press(key)
            b.shows("read-only")


async def test_chinese_typed_on_the_list_begins_a_line(board, store_with):
    async with board(store_with()) as b:
        await b.press("n", "escape")
        await b.type("盘点")
        assert b.field == "盘点"


async def test_a_hundred_lines_scroll_and_the_newest_is_seen(board, store_with):
    async with board(store_with(), size=(60, 20)) as b:
        await b.press("n")
        for number in range(40):
            await write(b, f"line {number}")
        b.shows("line 39", "40 lines")
        b.hides("line 0 ")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12)])
async def test_a_long_line_is_cut_in_the_list_and_whole_below(board, store_with, size):
    async with board(store_with(), size=size) as b:
        await b.press("n")
        await write(b, "！" + "长" * 200 + " @nobody", "")
        assert all(len(line) <= size[0] for line in b.lines)
        b.shows("长长长", "…")


async def paste(b, text):
    b.app._driver.send_message(Paste(text))
    await b.settled()


@pytest.mark.parametrize("keys", [("n",), ("n", "escape")])
async def test_a_paste_of_several_lines_is_as_many_lines_in_one_step(board, store_with, keys):
    async with board(store_with()) as b:
        await b.press(*keys)
        await paste(b, "one\r\n\r\n! two\nq\n")
        assert notes(b) == ["one", "! two", "q"]
        assert b.field == ""
        await b.press("escape", "u")
        assert notes(b) == []


async def test_a_paste_goes_on_what_was_begun_and_one_line_waits_for_enter(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        await b.type("= ")
        await paste(b, "month end\ntwo")
        assert notes(b) == ["= month end", "two"]
        await paste(b, "three")
        assert (b.field, len(notes(b))) == ("three", 2)


async def test_a_paste_that_can_not_be_saved_leaves_what_was_begun(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        await b.type("begun")
        await paste(b, "one\n" + "x" * 4_001)
        assert b.field == "begun"
        b.shows("at most 4000 signs")
        assert notes(b) == []


async def test_a_paste_while_a_line_is_edited_stays_in_that_line(board, store_with):
    async with board(store_with()) as b:
        await b.press("n")
        await write(b, "one", "")
        await b.press("e")
        await paste(b, " and\nmore")
        await b.press("enter")
        assert notes(b) == ["one and more"]
