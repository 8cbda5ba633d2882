"""The frame: title, line 24, one line to type, and keys that always act where one is."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual import events
from textual.widgets import TextArea

from screens.actions import common
from screens.frame import FrameScreen
from screens.text import line_text
from screens.widgets.bars import Key, Part, footer_line, message_lines, title_line

SIZES = [(80, 24), (60, 20), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_frame_fills_every_size(frame, size):
    async with frame(size=size) as shown:
        assert len(shown.lines) == size[1]
        assert {cell_len(line) for line in shown.lines} == {size[0]}
        assert "HX26" in shown.lines[0]
        assert "■7" in shown.lines[0]
        assert "? Help" in shown.bottom


async def test_a_terminal_too_small_is_told_which_size_is_needed(frame):
    async with frame(size=(38, 12)) as shown:
        assert "Needs 40x12, is 38x12" in shown.text
        assert "HX26" not in shown.text


# Line 1 and line 24.


def test_the_title_drops_what_matters_least_first():
    parts = [Part([("chain 62%", "dim")], 3), Part([("■7", "red")], 1), Part([("24 Nov", "dim")], 2)]
    kept = []
    for width in (60, 45, 26):
        text = line_text(title_line([("HX26 Huaxin Precision", "bold")], parts, width))
        assert cell_len(text) == width
        kept.append([name for name in ("chain", "■7", "Nov") if name in text])
    assert kept == [["chain", "■7", "Nov"], ["■7", "Nov"], ["■7"]]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_help_and_undo_are_always_in_the_footer(width):
    keys = [Key(sign, "Word", rank) for rank, sign in enumerate("abcdefghijkl", 1)]
    keys += [Key("u", "Undo “移动卡片”", 13, True, "Undo"), Key("?", "Help", 99, True)]
    text = line_text(footer_line(keys, width))
    assert cell_len(text) <= width
    assert ("Undo" in text.split()) or width < 40
    assert "u" in text.split()
    assert text.rstrip().removesuffix("Help").rstrip().endswith("?")


def test_the_footer_keeps_the_most_useful_keys():
    keys = [Key("a", "Add", 1), Key("z", "Put off", 30), Key("c", "Change", 2), Key("?", "Help", 99, True)]
    assert line_text(footer_line(keys, 25)).split() == ["a", "Add", "c", "Change", "?", "Help"]


def test_the_name_of_a_long_step_leaves_the_keys_of_the_row_their_room():
    keys = [Key("n", "Write", 1), Key("M", "Into rows", 2), Key("e", "Edit", 3), Key("d", "Trash", 4)]
    keys += [Key("u", "Undo “Write in notebook A1 Customer…”", 13, True), Key("esc", "Close", 90, True)]
    keys += [Key("?", "Help", 99, True)]
    text = line_text(footer_line(keys, 80))
    assert text.startswith(" n Write  M Into rows  e Edit  u Undo “Write in notebook")
    assert text.rstrip().endswith("esc Close  ? Help")
    assert cell_len(text) <= 80


def test_a_long_message_takes_three_lines_at_most():
    lines = message_lines("word " * 100, "error", 40)
    assert len(lines) == 3
    assert line_text(lines[-1]).endswith("…")


async def test_keys_with_one_word_share_it(frame):
    async with frame() as shown:
        assert "H L Move" in shown.bottom


async def test_the_footer_names_the_step_that_undo_takes_back(frame):
    async with frame() as shown:
        assert "Undo" not in shown.bottom
        await shown.press("a", *"Tests", "enter")
        shown.app.screen.footer.clear()
        await shown.press("down")
        assert "u Undo “Tests”" in shown.bottom


async def test_a_refused_action_says_why(frame):
    async with frame() as shown:
        await shown.press("u")
        assert "Nothing to undo." in shown.bottom


async def test_an_action_that_no_screen_has_yet_says_that_it_comes_later(frame):
    async with frame() as shown:
        await shown.press("3")
        assert "Plan comes with a later version." in shown.bottom
        await shown.press("g", "c")
        assert "Calendar comes with a later version." in shown.bottom


async def test_an_error_stays_until_a_key(frame):
    async with frame() as shown:
        await shown.press("m")
        assert "rejected 214 rows" in shown.text
        assert "Correct the file" in shown.bottom
        await shown.press("j")
        assert "rejected" not in shown.text
        assert "? Help" in shown.bottom


async def test_a_note_gives_way_to_the_keys_by_itself(frame):
    async with frame() as shown:
        footer = shown.app.screen.footer
        footer.say("for a moment", seconds=0.01)
        assert footer.message == "for a moment"
        while footer.message:
            await shown.pilot.pause(0.01)
        await shown.settled()
        assert "? Help" in shown.bottom


# Two keys, one after the other.


async def test_a_prefix_shows_its_letters_and_escape_leaves(frame):
    async with frame() as shown:
        await shown.press("v")
        assert "v View" in shown.bottom
        assert "g Grid" in shown.bottom
        assert "Matrix" not in shown.bottom
        assert "more on other screens" in shown.bottom
        await shown.press("escape")
        assert "? Help" in shown.bottom
        await shown.press("v", "g")
        assert "the grid" in shown.bottom


async def test_a_letter_that_leads_nowhere_is_told(frame):
    async with frame() as shown:
        await shown.press("v", "w")
        assert "The keys v w do nothing here." in shown.bottom
        await shown.press("j")
        assert shown.app.screen.packages.cursor == 1


async def test_leaving_takes_two_presses(frame):
    async with frame() as shown:
        await shown.press("q", "j", "q")
        assert shown.app._exit is False
        assert "Press q again" in shown.bottom
        await shown.press("q")
        assert shown.app._exit is True


# Chinese input method and pastes.


async def test_chinese_signs_act_as_their_keys_outside_text_fields(frame):
    async with frame() as shown:
        await shown.type_ahead(events.Key("ideographic_comma", "、"))
        assert shown.app.screen.asking
        await shown.press("escape")
        await shown.type_ahead(events.Key("fullwidth_latin_small_letter_j", "ｊ"))
        assert shown.app.screen.packages.cursor == 1


async def test_chinese_text_opens_the_filter_whole(frame):
    async with frame() as shown:
        await shown.type_ahead(events.Key("王", "王"), events.Key("磊", "磊"))
        assert shown.app.focused.value == "王磊"


async def test_a_paste_outside_a_text_field_never_acts_as_keys(frame):
    async with frame(["only"]) as shown:
        await shown.type_ahead(events.Paste("ad\njjq\nq"))
        assert shown.app._exit is False
        assert not shown.app.screen.asking
        assert "A paste of 3 lines was not taken as keys." in shown.bottom


async def test_a_paste_into_a_text_field_is_text(frame):
    async with frame() as shown:
        await shown.press("a")
        await shown.type_ahead(events.Paste("周五 BOM"))
        assert shown.app.focused.value == "周五 BOM"


# One line to type.


async def test_what_is_typed_ahead_goes_into_the_line_and_is_saved(frame):
    async with frame(["only"]) as shown:
        keys = [events.Key(sign, sign) for sign in "aundo q"] + [events.Key("enter", "\r"), events.Key("j", "j")]
        await shown.type_ahead(*keys)
        packages = shown.app.screen.packages
        assert packages.titles == ["only", "undo q"]
        assert packages.cursor == 1


async def test_the_line_asks_in_the_place_of_line_24_and_gives_the_focus_back(frame):
    async with frame() as shown:
        await shown.press("c")
        assert shown.bottom.startswith(" Title Bills of material")
        assert "⏎ Save  esc Back" in shown.bottom
        await shown.press("escape")
        assert shown.app.focused is shown.app.screen.packages
        assert "? Help" in shown.bottom


@pytest.mark.parametrize("key", ["enter", "f2"])
async def test_a_refused_text_stays_with_the_reason_above_it(frame, key):
    async with frame(["only"]) as shown:
        await shown.press("a", "space", key)
        assert "A package needs a title." in shown.lines[-2]
        assert shown.app.screen.asking
        await shown.press(*"ok", key)
        assert shown.app.screen.packages.titles == ["only", " ok"]
        assert not shown.app.screen.asking


@pytest.mark.parametrize("key", ["escape", "f10"])
async def test_leaving_with_text_typed_asks_once(frame, key):
    async with frame(["only"]) as shown:
        await shown.press("a", "x", key)
        assert "Not saved yet." in shown.lines[-2]
        assert shown.app.focused.value == "x"
        await shown.press(key)
        assert not shown.app.screen.asking
        assert shown.app.screen.packages.titles == ["only"]


async def test_q_is_a_letter_in_a_text_field(frame):
    async with frame() as shown:
        await shown.press("a", "q", "q")
        assert shown.app.focused.value == "qq"


# Help.


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("key", ["?", "f1"])
async def test_the_help_lists_every_action_and_closes(frame, size, key):
    async with frame(size=size) as shown:
        await shown.press(key)
        seen = set(shown.lines)
        assert {cell_len(line) for line in shown.lines} == {size[0]}
        for _page in range(10):
            await shown.press("pagedown")
            seen |= set(shown.lines)
        text = "\n".join(seen)
        assert all((f" {action.label}" in text) or action.id in common.LATER for action in common.COMMON)
        assert "Matrix" in text
        await shown.press("q")
        assert "HX26" in shown.lines[0]


async def test_help_works_while_typing(frame):
    async with frame() as shown:
        await shown.press("a", "x", "f1")
        assert "Keys" in shown.lines[0]
        await shown.press("escape")
        assert shown.app.focused.value == "x"


# Themes.


async def test_the_theme_changes_at_once(frame):
    async with frame() as shown:
        await shown.press("+")
        assert shown.app.palette.name == "paper"
        strip = shown.app.screen._compositor.render_strips()[5]
        assert {segment.style.bgcolor.name for segment in strip if segment.style} == {"#fbfaf6"}


async def test_every_sign_is_a_letter_in_a_larger_text_field_too(frame, demo):
    class Notebook(FrameScreen):
        def body(self):
            yield TextArea()

    async with frame() as shown:
        await shown.app.push_screen(Notebook())
        await shown.press("tab", *"quit2", "?")
        assert shown.app.focused.text == "quit2?"
        await shown.press("f1")
        assert "Keys" in shown.lines[0]
