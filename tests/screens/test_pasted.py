"""A paste or Chinese text where no field is open: never keys, never lost without a word."""

from __future__ import annotations

from textual.events import Paste


async def paste(b, text):
    b.app._driver.send_message(Paste(text))
    await b.settled()


async def test_pasted_lines_are_shown_and_enter_puts_them_in_the_notebook_of_the_row(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "j")
        await paste(b, "mqq\r\n\r\n! send the list fri\n\x1b[31mred\x07\n")
        b.shows("Pasted", "A1.2 Desk research", "3 lines pasted. Enter puts them in the notebook, esc drops them.")
        assert [line.strip() for line in b.lines[1:4]] == ["mqq", "! send the list fri", "[31mred"]
        assert b.bottom.startswith("⏎ Into the notebook")
        await b.press("enter")
        b.shows("Notebook  ›  A1.2 Desk research", "mqq", "send the list")
        assert b.said == "3 lines noted · u takes back"
        await b.press("u")
        b.hides("mqq", "send the list")
        await b.press("escape")
        b.shows("A1 Customer research")
        assert "0 of 7 done" in b.title


async def test_escape_drops_what_was_pasted(board, store_with):
    async with board(store_with()) as b:
        await paste(b, "LLq\nq")
        b.shows("2 lines pasted.")
        await b.press("escape")
        b.shows("Pursuit 0/29")
        await b.press("n")
        b.shows("No lines yet.")


async def test_a_line_of_a_paste_can_be_left_out(board, store_with):
    async with board(store_with()) as b:
        await paste(b, "one\ntwo")
        await b.press("j", "d")
        b.shows("1 line pasted. Enter puts it in the notebook, esc drops it.")
        await b.press("d")
        b.shows("Pursuit 0/29")


async def test_keys_after_a_paste_act_on_it_however_fast_they_come(board, store_with):
    async with board(store_with()) as b:
        b.app._driver.send_message(Paste("one\ntwo"))
        await b.ahead("enter", "escape", "?")
        assert b.title.startswith("Keys › ")
        await b.press("escape", "n", "escape")
        b.shows("one", "two")


async def test_a_paste_before_a_client_is_refused(board, store_with):
    async with board(store_with()) as b:
        await b.press("P")
        await paste(b, "kilo\ntwo")
        assert b.said.startswith("The paste was not taken. Notes and touches are internal.")
        b.hides("kilo")


async def test_a_paste_into_a_store_for_reading_only_is_refused(board, store_with):
    async with board(store_with(), read_only=True) as b:
        await paste(b, "one")
        assert b.said.startswith("The paste was not taken. This store is open read-only")


async def test_a_paste_of_nothing_and_one_of_a_whole_file_say_so(board, store_with):
    async with board(store_with()) as b:
        await paste(b, " \n\x1b\n")
        assert b.said == "There is no text in what was pasted."
        await paste(b, "line\n" * 1001)
        assert b.said.startswith("1001 lines were pasted, 1000 are possible: nothing was taken.")


async def test_a_line_that_is_too_long_is_refused_and_nothing_is_lost(board, store_with):
    async with board(store_with()) as b:
        await paste(b, "one\n" + "x" * 4_001)
        await b.press("enter")
        assert "A line has at most 4000 signs" in b.said
        b.shows("2 lines pasted.")


async def test_a_paste_where_no_notebook_opens_is_no_keys_either(board, store_with):
    async with board(store_with()) as b:
        await b.press("?")
        await paste(b, "qq")
        assert b.said.startswith("A paste of 1 line was not taken as keys.")


async def test_a_line_that_asks_takes_all_lines_of_a_paste(board, store_with):
    async with board(store_with()) as b:
        await b.press("4", "a")
        await paste(b, "Li Na, Huaxin,\r\nBuyer\x1b[31m\n")
        assert b.field == "Li Na, Huaxin, Buyer[31m"
        await b.press("escape", "escape", "a")
        await b.type("Li Na")
        await paste(b, " Ping")
        assert b.field == "Li Na Ping"


async def test_a_prompt_without_room_for_its_label_shows_it_whole_above(board, store_with):
    async with board(store_with(), size=(60, 20)) as b:
        await b.press("4", "a")
        await b.type("Maximilian von Hohenzollern-Sigmaringen")
        await b.press("enter", "t")
        assert b.lines[-1].startswith(" Touch Maximilian von Hohenzol…")
        b.shows("Touch Maximilian von Hohenzollern-Sigmaringen:")
        await b.type("t")
        b.hides("Touch Maximilian von Hohenzollern-Sigmaringen:")


async def test_chinese_typed_on_the_board_is_looked_for(board, store_with):
    async with board(store_with({"code": "HX26", "name": "华信精密"}, {"code": "DY25", "name": "大洋电机"})) as b:
        await b.ahead("大", "洋", "enter")
        assert b.title.startswith("DY25")
        await b.press("enter")
        await b.ahead("华")
        assert b.field == "华"
        b.shows("HX26")
        b.hides("DY25 ")
        await b.press("escape")
        b.shows("A1 Customer research")
