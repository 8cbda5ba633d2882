"""A dialog: opened only to ask, over the lower lines, closed in three ways."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from screens.widgets.dialog import Choice, Dialog

CHOICES = [Choice("y", "Open it", "open"), Choice("n", "Leave it", "leave")]


@pytest.fixture
def ask():
    answers = []

    async def opened(shown):
        details = ["2 of 6 criteria are open: 主数据 [BOM]", "x " * 60]
        shown.app.push_screen(Dialog("The Preparation gate is not signed.", CHOICES, details), answers.append)
        await shown.settled()
        return answers

    return opened


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)], ids=str)
async def test_a_dialog_lies_over_the_lower_lines_and_names_its_keys(frame, ask, size):
    async with frame(size=size) as shown:
        await ask(shown)
        assert {cell_len(line) for line in shown.lines} == {size[0]}
        assert "2 of 6 criteria are open: 主数据 [BOM]" in shown.text
        assert shown.bottom.startswith(" y Open it  n Leave it  esc Close")
        assert "HX26" in shown.lines[0]
        assert "Bills of material" in shown.lines[1]


async def test_an_answer_is_one_key(frame, ask):
    async with frame() as shown:
        answers = await ask(shown)
        await shown.press("n")
        assert answers == ["leave"]
        assert "? Help" in shown.bottom


@pytest.mark.parametrize("key", ["escape", "q", "f10"])
async def test_escape_q_and_f10_close_without_an_answer(frame, ask, key):
    async with frame() as shown:
        answers = await ask(shown)
        await shown.press(key)
        assert answers == [None]


async def test_the_keys_of_the_screen_below_do_nothing_meanwhile(frame, ask):
    async with frame() as shown:
        answers = await ask(shown)
        await shown.press("a", "j", "2")
        assert answers == []
        assert isinstance(shown.app.screen, Dialog)
