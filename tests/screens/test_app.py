"""The program as a whole: help, effect, export, name, people's text, more than one program on a store."""

from __future__ import annotations

import pytest

from screens.app import ErpApp

# Help and leaving.


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ((), ["Move the row or card right", "Open the row"]),
        (("enter",), ["Change just this cell", "Mark as done"]),
        (("L",), ["Tick the criterion", "Sign the gate", "Open the next phase unsigned"]),
        (("i",), ["One page down", "Take back my last step"]),
    ],
    ids=["board", "card", "gate", "history"],
)
async def test_help_lists_the_keys_of_the_screen_one_is_on(board, store_with, keys, named):
    async with board(store_with(), size=(120, 60)) as b:
        await b.press(*keys)
        before = b.title
        await b.press("?")
        assert b.title.startswith("Keys › ")
        shown = b.text
        await b.press("pagedown")
        shown += b.text
        for name in named:
            assert name in shown, shown
        await b.press("escape")
        assert b.title == before


async def test_q_twice_leaves_and_once_says_so(board, store_with):
    async with board(store_with()) as b:
        await b.press("q")
        assert b.said == "Press q again to leave."
        await b.press("j", "q")
        assert b.said == "Press q again to leave."
        assert b.app.is_running
        await b.press("q")
        assert b.app._exit


async def test_a_screen_that_is_not_built_yet_says_so(board, store_with):
    async with board(store_with()) as b:
        for key in ("3", "6", "7", "8", "9"):
            await b.press(key)
            assert b.said.endswith("comes with a later version."), key
            b.shows("Pursuit 0/29")


async def test_a_key_of_other_screens_names_them(board, store_with):
    async with board(store_with()) as b:
        await b.press("s")
        assert b.said == "Sort does nothing here. It works on: Decisions, People, Portfolio, Promises."
        await b.press("z", "x", "v")
        assert b.said == "vCard does nothing here. It works on: People."
        # On what is opened above a screen no key is silent either.
        await b.press("i")
        for key, text in (("1", "1"), ("'", "'"), ("f", "f"), ("space", "space")):
            await b.press(key)
            assert b.said == f"“{text}” does nothing here. ? lists the keys."


async def test_the_letters_of_a_first_key_are_those_that_do_something_here(board, store_with):
    async with board(store_with()) as b:
        await b.press("x")
        assert b.bottom == "x Export  i iCalendar  … more on other screens  esc"
        await b.press("escape", "g")
        assert b.bottom.split("  ") == [
            "g Go to",
            "g First",
            "t Today",
            "b Board",
            "s People",
            "r Risks",
            "o Portfolio",
            "esc",
        ]


async def test_a_first_key_without_letters_here_keeps_the_second_from_acting_alone(board, store_with):
    async with board(store_with()) as b:
        await b.press("4", "a", *"Li", "enter", "R")
        assert b.bottom == "R Report comes with a later version.  esc"
        await b.press("d")
        assert b.said == "Daily comes with a later version."
        b.shows("Li")
        await b.press("escape", "enter", "v")
        assert b.bottom == "v View does nothing here.  esc"


async def test_help_leaves_out_what_comes_later_and_puts_the_keys_of_other_screens_last(board, store_with):
    async with board(store_with(), size=(80, 100)) as b:
        await b.press("?")
        b.hides("Gantt", "weekly report", "Excel", "Person-days")
        assert b.text.index("Open the row") < b.text.index("On other screens") < b.text.index("Sort by another column")


async def test_two_and_g_b_go_back_to_the_board_from_wherever_one_is(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "2")
        b.shows("Pursuit 0/29")
        await b.press("enter", "g", "b")
        b.shows("Pursuit 0/29")


# The effect of an edit.


async def test_an_edit_says_how_it_moves_the_finish_and_that_u_takes_it_back(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "l", "c")
        await b.type("16.3")
        await b.press("enter")
        assert (
            b.said
            == "A1.1: starts 16.03 (was 02.03), takes 1 d as before · finish 30.06.2027 → 14.07.2027 · u takes back"
        )
        await b.press("escape")
        assert "finish 14.07.2027" in b.title
        await b.press("u")
        assert "finish 30.06.2027" in b.title


async def test_an_edit_that_moves_nothing_says_only_what_was_done(board, store_with):
    async with board(store_with()) as b:
        await b.press("l", "l", "l", "end", "enter", "m")
        assert b.said.startswith("E4.1 done · ")
        await b.press("escape", "g", "g", "J")
        await b.press("u")
        assert b.said == "Taken back: Rank card D1 · U does it again"


async def test_undo_refuses_what_somebody_else_has_changed_since(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await b.press("enter", "m")
        with opened(path, who="Bob") as store:
            from db.choices import PackageStatus
            from db.models import WorkPackage

            ((package,),) = store.rows("SELECT id FROM work_package WHERE code = 'A1.1'")
            with store.edit("Change status", about="A1.1") as edit:
                edit.change(WorkPackage, package, None, status=PackageStatus.REVIEW)
        await b.look_again()
        await b.press("u")
        assert "Bob" in b.said
        b.shows("Review")


async def test_undo_takes_back_my_step_and_not_that_of_somebody_else(board, store_with, opened):
    path = store_with()
    async with board(path, who="Anna") as b:
        await b.press("J")
        with opened(path, who="Bob") as store:
            from db.models import Engagement

            (engagement,) = list(store.select(Engagement))
            with store.edit("Rename") as edit:
                edit.update(engagement, name="Renamed by Bob")
        await b.look_again()
        await b.press("u")
        assert b.said == "Taken back: Rank card A1 · U does it again"
        assert "Renamed by Bob" in b.title


# Export.


async def export(b, path) -> None:
    await b.press("x", "i")
    await b.press("end", "ctrl+u")
    await b.type(str(path))
    await b.press("enter")


async def test_export_asks_for_a_file_and_writes_milestones_and_gates(board, store_with, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with board(store_with()) as b:
        await b.press("x")
        assert "iCalendar" in b.bottom
        await b.press("i")
        assert b.field.endswith("/HX26.ics")
        await b.press("escape")
        await export(b, "milestones.ics")
        assert b.said == "14 events written to milestones.ics."
    text = (tmp_path / "milestones.ics").read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == 14
    assert "DTSTART;VALUE=DATE:20270113" in text


async def test_export_never_writes_over_a_file_and_keeps_the_name_to_be_mended(
    board, store_with, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "there.ics"
    there.write_text("mine")
    async with board(store_with()) as b:
        await export(b, "there.ics")
        assert b.said.startswith("■ there.ics is already there. Type another name, or ⏎ again to replace it.")
        await b.press("backspace", "backspace", "backspace", "backspace")
        await b.type("2.ics")
        await b.press("enter")
        assert "written to there2.ics" in b.said
    assert there.read_text() == "mine"


async def test_a_calendar_is_replaced_when_enter_says_so_again(board, store_with, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "there.ics"
    there.write_text("old")
    async with board(store_with()) as b:
        await export(b, "there.ics")
        await b.press("enter")
        assert "written to there.ics" in b.said
    assert there.read_text().startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("name", "words"),
    [("no/such/folder.ics", "There is no such folder"), (".", "It is not a file"), ("", "Type the name of a file")],
)
async def test_export_to_where_no_file_can_be_is_refused(board, store_with, tmp_path, monkeypatch, name, words):
    monkeypatch.chdir(tmp_path)
    async with board(store_with()) as b:
        await export(b, name)
        assert words in b.said
        assert b.field is not None


async def test_a_code_with_a_slash_makes_a_file_name_without(board, store_with):
    async with board(store_with(code="HX/26")) as b:
        await b.press("x", "i")
        assert b.field.endswith("/HX-26.ics")


async def test_a_store_open_for_reading_exports_too(board, store_with, tmp_path):
    async with board(store_with(), read_only=True) as b:
        await export(b, tmp_path / "milestones.ics")
        assert "14 events written" in b.said
    assert (tmp_path / "milestones.ics").exists()


# Text from people.

EVIL = (
    "[/x] [SD] [b]",
    "\x1b]52;c;aGVsbG8=\x07",
    "\u202eevil\u202c",
    "👩‍👩‍👧 🇨🇳 ✈️",
    "x" * 10_000,
    "，。、；：？！《》（）“”",
    "中文" * 2_000,
)


@pytest.fixture
def evil(store_with, opened):
    """A store in which every text that people type is of the worst kind."""
    path = store_with(name="[/x] {code} \u202e" + "名" * 90)
    with opened(path) as store, store.edit("[/x] {step}", about="[b]") as edit:
        from db.models import Gate, GateCriterion, Person, Role, WorkPackage

        for (row,), text in zip(
            store.rows("SELECT id FROM work_package WHERE activity = 'A1' ORDER BY rank"), EVIL, strict=True
        ):
            edit.change(WorkPackage, row, None, name=text, done_when=text[:900])
        person = edit.create(Person, name="[/b] 王" + "长" * 100)
        for (row,) in store.rows("SELECT id FROM role"):
            edit.change(Role, row, None, person=person.id)
        ((gate,),) = store.rows("SELECT id FROM gate WHERE phase = 'A'")
        edit.change(Gate, gate, None, name="[/x]" + "门" * 80)
        for (row,), text in zip(
            store.rows("SELECT id FROM gate_criterion WHERE gate_id = ? ORDER BY rank", (gate,)), EVIL, strict=False
        ):
            edit.change(GateCriterion, row, None, text=text[:500])
    return path


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)], ids=str)
async def test_text_from_people_shows_as_typed_and_never_leaves_its_place(board, evil, size):
    from rich.cells import cell_len

    def check(b) -> None:
        assert {cell_len(line) <= size[0] for line in b.lines} == {True}
        assert not {"\x1b", "\x07", "\u202e", "\u200d"} & set(b.text)

    async with board(evil, size=size) as b:
        check(b)
        await b.press("enter")
        b.shows("[/x]")
        for _ in EVIL:
            check(b)
            await b.press("j")
        await b.press("i")
        check(b)
        for key in ("j", "j", "j"):
            await b.press(key)
            check(b)
        await b.press("escape", "escape", "home", "end", "up", "enter")
        b.shows("[/x]")
        for _ in EVIL:
            check(b)
            await b.press("j")
        await b.press("escape", ":")
        check(b)
        b.shows("HX26", "[/x]")


async def test_a_code_that_another_program_wrote_with_brackets_is_only_text(board, store_with, opened):
    path = store_with()
    with opened(path) as store:
        store._connection.execute("UPDATE work_package SET code = '[/C]' WHERE code = 'A1.1'")
    async with board(path) as b:
        await b.press("enter", "m")
        b.shows("[/C]")
        assert b.said.startswith("[/C] done")


# Chinese content.


async def test_chinese_content_lines_up_in_the_list(board, store_with):
    from rich.cells import cell_len

    from db.choices import ContentLanguage

    async with board(store_with(language=ContentLanguage.CHINESE)) as b:
        await b.press("enter")
        # Every row's date of finish ends in the cell in which its head ends.
        end = cell_len(b.lines[1][: b.lines[1].index("Finish")]) + len("Finish")
        for line in b.lines[2:9]:
            cells = ""
            while cell_len(cells) < end:
                cells = line[: len(cells) + 1]
            assert cells[-3] == ".", line


# Who works.


async def test_the_name_is_asked_for_once_and_stands_in_the_history(store_with, opened, driver, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with opened(store_with(), who="root") as store:
        app = ErpApp(store, ask_me=True)
        async with app.run_test(size=(80, 24)) as pilot:
            b = driver.Walk(app, pilot)
            await b.settled()
            b.shows("Your name: root")
            assert b.field == ""
            await b.type("x" * 121)
            await b.press("enter")
            b.shows("Type a name of at most 120 characters.")
            await b.press("ctrl+u")
            await b.type("王磊")
            await b.press("enter", "J", "i")
            b.shows("王磊", "Rank card")
