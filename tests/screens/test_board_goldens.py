"""The main screens at 80x24 in both languages, beside pictures of them in `goldens/`.

After a change that is meant to show, write them again and look at the difference before you commit it:

    ERPTUI_WRITE_GOLDENS=1 pytest tests/screens/test_board_goldens.py -n0 && git diff tests/screens/goldens
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from erptui import i18n

GOLDENS = Path(__file__).with_name("goldens")
# The demo portfolio: NB26 in English, HX26 in Chinese.
SCREENS = {
    "board.en": ("en", ()),
    "board.zh": ("zh", ()),
    "card.en": ("en", ("enter", "j", "l")),
    "card.zh": ("zh", ("enter", "j", "l")),
    "gate.en": ("en", ("end", "up", "enter", "space", "j")),
    "gate.zh": ("zh", ("end", "up", "enter", "space", "j")),
    "history.en": ("en", ("enter", "j", "m", "i")),
    "help.zh": ("zh", ("?",)),
}


@pytest.fixture
def demo_store(monday, driver, _prepared, tmp_path):
    """Gives the demo as it is filled in a language, which is the one in use."""
    from erptui.demo import fill_demo

    def make(language):
        path = tmp_path / "erptui.db"
        path.write_bytes(_prepared(f"demo {language}", fill_demo).read_bytes())
        return path

    return make


@pytest.fixture
def speak():
    """Switch the language for one test."""
    yield i18n.set_language
    i18n.set_language("en")


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_looks_as_in_its_golden(board, demo_store, speak, name):
    language, keys = SCREENS[name]
    speak(language)
    async with board(demo_store(language)) as b:
        await b.ahead(":", *("hx" if language == "zh" else "nb"), "enter")
        await b.press(*keys)
        # What was done is said for some seconds; the keys stand there afterwards.
        b.app.screen.query_one("#footer").clear()
        await b.settled()
        shown = b.text + "\n"
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("ERPTUI_WRITE_GOLDENS"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8"), f"{name} looks different; see the head of {Path(__file__).name}"
