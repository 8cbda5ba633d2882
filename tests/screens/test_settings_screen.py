"""The settings: each change counts at once on every screen, stays for next time, and a wrong file costs little."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erptui import i18n
from erptui.config import load_settings
from screens import terminal
from screens.actions import Keymap
from screens.actions.names import read_key
from screens.actions.own_keys import usable
from screens.actions.where import all_tables
from screens.wire import WIRE

SCREENS = (
    "enter", "v s", "v e", "1", "4", "5 v p", "5 v d", "D", "0",
)  # fmt: skip
"""Every screen from which the settings are reached besides the board, by the keys that open it there."""


@pytest.fixture
def file(monkeypatch, tmp_path) -> Path:
    """The file of the settings, which is not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path / "config" / "erptui" / "config.json"


@pytest.fixture
def started(monday, driver, file):
    """Start the program on the store at a path, with the settings in the file, which may be given."""

    @asynccontextmanager
    async def run(path: Path, kept: object = None, size=(80, 24), language="en"):
        if kept is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(kept if isinstance(kept, str) else json.dumps(kept))
        i18n.set_language(language)
        try:
            with driver.opened(path) as store:
                app = driver.PaintedApp(store, settings=load_settings())
                async with app.run_test(size=size) as pilot:
                    walked = driver.Walk(app, pilot)
                    await walked.settled()
                    yield walked
                    if app.crash is not None:
                        raise app.crash
        finally:
            i18n.set_language("en")
            terminal.draw_ascii(False)

    return run


@pytest.fixture
def marked(monday, marks, _prepared, tmp_path):
    """A store with rows in every table."""
    path = tmp_path / "erptui.db"
    path.write_bytes(_prepared("marked", marks.fill).read_bytes())
    return path


def kept(file: Path) -> dict:
    return {name: value for name, value in json.loads(file.read_text()).items() if name != "version"}


async def test_each_setting_is_changed_by_one_key_said_with_what_it_was_and_kept(started, store_with, file):
    async with started(store_with()) as b:
        await b.press(",", "enter")
        assert b.field == "Anna"
        await b.press("ctrl+u")
        await b.type("王磊")
        await b.press("enter")
        assert b.bottom == "Your name: Anna → 王磊"
        assert b.app.store.who == "王磊"
        await b.press("j", "j", "j", "l")
        assert b.bottom == "Colours: dark (ink) → light (paper)"
        assert b.app.palette.name == "paper"
        await b.press("l")
        assert b.app.palette.name == "terminal"
        assert b.app.native_ansi_color
        await b.press("h", "h")
        assert b.app.palette.name == "ink"
        assert not b.app.native_ansi_color
        await b.press("j", "enter", "j", "space", "l")
        assert b.bottom == "Mouse: off → on"
        assert kept(file) == {"me": "王磊", "theme": "ink", "calendar": "cn", "mouse": True}
        await b.press("escape")
        assert "HX26" in b.title
    assert load_settings().remarks == []


async def test_in_another_language_no_word_of_the_one_before_stays_on_any_screen(started, marked):
    async def picture(b) -> list[str]:
        b.app.screen.footer.clear()
        await b.settled()
        return b.lines

    changed, fresh = {}, {}
    async with started(marked, {"language": "en"}) as b:
        await b.press(",", "j", "l")
        assert "English → 中文" in b.bottom
        assert kept(b.app.settings.path) == {"language": "zh"}
        await b.press("l")
        assert "Language: 中文 → as the system: " in b.bottom
        await b.press("h")
        assert "语言：随系统：" in b.bottom
        await b.press("escape")
        changed[""] = await picture(b)
        for keys in SCREENS:
            b.app.take_language("en")
            await b.press("2", "v", "a", *keys.split())
            b.app.take_language("zh")
            changed[keys] = await picture(b)
            # Left and opened again it is made anew.
            await b.press("2", "v", "a", *keys.split())
            fresh[keys] = await picture(b)
    async with started(marked, {"language": "zh"}, language="zh") as b:
        fresh[""] = await picture(b)
    assert len(changed) == len(SCREENS) + 1
    for keys, lines in changed.items():
        assert lines == fresh[keys], keys


async def test_signs_change_on_what_is_open_and_back(started, store_with, file):
    def sent(b) -> str:
        """The whole screen as it goes to the terminal."""
        WIRE.forget()
        return b.app.screen._compositor.render_update(full=True).render_segments(b.app.console)

    async with started(store_with()) as b:
        assert "○" in sent(b)
        await b.press(",", "j", "j", "l")
        assert b.bottom == "Signs: Unicode → ASCII"
        await b.press("escape")
        assert sent(b).isascii()
        b.app.screen.footer.clear()
        await b.settled()
        assert "Enter Open" in b.bottom
        await b.press(",", "j", "j", "l", "escape")
        assert "○" in sent(b)
        assert kept(file) == {}


async def test_a_key_is_changed_by_pressing_it_and_footer_and_help_follow(started, store_with, file):
    path = store_with()
    async with started(path) as b:
        assert "u Undo" in b.bottom
        await b.press(",", "G", "enter", "/")
        await b.type("undo")
        await b.press("enter", "enter")
        assert "Press the new key of “Undo”" in b.bottom
        await b.press("m")
        assert "The key m would be both “Done” (mark) and “Undo” (undo) on" in b.said
        await b.press("enter", "escape")
        assert not file.exists()
        await b.press("enter", "g")
        assert "g …" in b.bottom
        await b.press("u")
        assert b.bottom == "Undo: u → g u"
        await b.press("enter", "Z", "a", "f7")
        assert b.bottom == "Undo: Z → Z  F7"
        assert kept(file) == {"keys": {"undo": ["Z", "f7"]}}
        await b.press("escape", "escape", "escape")
        b.app.screen.footer.clear()
        await b.settled()
        assert "Z Undo" in b.bottom
        await b.press("?")
        while "Z  F7" not in b.text:
            before = b.text
            await b.press("pagedown")
            assert b.text != before, "The help does not name the new keys."
        await b.press("escape")
        await b.press("u")
        assert b.app.store.undoable()
    async with started(path) as b:
        assert "Z Undo" in b.bottom
        await b.press("Z")
        assert "Taken back" in b.said
        await b.press(",", "G", "enter", "/")
        await b.type("undo")
        await b.press("enter", "d")
        assert b.bottom == "Undo: Z  F7 → u"
        assert kept(file) == {}
        await b.press("d")
        assert "It has the keys that it comes with." in b.said


async def test_what_is_wrong_with_the_file_is_said_at_the_start_and_the_rest_counts(started, store_with, file):
    wrong = {
        "theme": "solarized",
        "keys": {"undo": ["m"], "touch": ["ö"], "no-such": ["x"]},
    }
    async with started(store_with(), wrong, size=(120, 40)) as b:
        assert "“theme” is “solarized”" in b.said
        assert "3 remarks on the settings: , shows all of them" in b.said
        assert b.app.palette.name == "ink"
        await b.press("ö")
        assert b.field == ""
        await b.press("escape", ",")
        b.shows("would be both “Done” (mark) and “Undo” (undo)", "There is no action “no-such”", "solarized")
        assert json.loads(file.read_text()) == wrong
        # On a screen that comes up before they are looked at such keys do nothing either.
        b.app.take_keys({"undo": ("m",)})
        await b.press("escape", "m")
        assert "m marks its packages as done" in b.said
        # What is chosen anew is wrong no more.
        await b.press(",", "j", "j", "j", "l")
        b.hides("solarized")
        b.shows("There is no action “no-such”")
    async with started(store_with(), "{ broken") as b:
        assert "Line 1 is not JSON" in b.said
        await b.press(",", "j", "j", "j", "l")
        b.hides("Line 1")
        b.shows("was written anew", "config.json.broken")
    assert kept(file) == {"theme": "paper"}
    assert file.with_name("config.json.broken").read_text() == "{ broken"


TABLES = all_tables()
IDS = sorted({action.id for _title, table in TABLES for action in table})
KEYS = ["m", "u", "esc", "enter", "f7", "g", "g t", "g z", "Z", "ö", "space", "ctrl+x", "?", "no key", "x", "tab"]


@given(st.dictionaries(st.sampled_from([*IDS, "no-such"]), st.lists(st.sampled_from(KEYS), max_size=3), max_size=8))
@settings(max_examples=25)
def test_whatever_keys_are_wanted_every_screen_loads_and_each_refused_entry_is_told(own):
    kept, bad = usable(own, TABLES)
    assert set(own) == set(kept) | {one.action for one in bad}
    assert not set(kept) & {one.action for one in bad}
    for _title, table in TABLES:
        Keymap.load(table, remap=kept)


@pytest.mark.parametrize(
    ("action", "keys", "why"),
    [
        ("undoo", ["Z"], "There is no action “undoo”. Did you mean “undo”"),
        ("undo", ["hyper+z"], "there is no key “hyper+z”"),
        ("undo", ["ctrl+i"], "there is no key “ctrl+i”"),
        ("help", ["Z"], "one of F1 must stay"),
        ("quit", [], "one of q ctrl+q ctrl+c must stay"),
        ("open", ["space"], "one of ⏎ must stay"),
        ("save-line", ["s"], "one of ⏎ F2 must stay"),
        ("redraw", ["r"], "where r would be typed"),
        ("add", ["esc"], "would be both “Add” (add) and “Back” (back)"),
        ("add", ["g"], "would be both “Add” (add)"),
    ],
)
def test_keys_that_can_not_be_used_are_refused_with_the_reason(action, keys, why):
    kept, (bad,) = usable({action: keys, "edit": ["E"]}, TABLES)
    assert why in str(bad)
    assert kept == {"edit": ("E",)}


def test_two_actions_may_exchange_their_keys_and_what_a_screen_adds_to_them_stays():
    own, bad = usable({"undo": ["U"], "redo": ["u"], "edit": ["E"]}, TABLES)
    assert bad == []
    notebook = next(table for title, table in TABLES if title == "Notebook" and any(a.id == "edit" for a in table))
    assert {action.id: action.keys for action in Keymap.load(notebook, remap=own).actions}["edit"] == ("E", "enter")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("esc", "escape"), ("PgDn", "pagedown"), ("F7", "f7"), ("⏎", "enter"), ("；", ";"), ("G  t", "G t"),
        ("shift+ctrl+Left", "ctrl+shift+left"), (" ", "space"), ("+", "+"), ("shift+a", None),
        ("a b c", None), ("", None),
    ],
)  # fmt: skip
def test_a_key_may_be_written_as_the_help_writes_it(written, key):
    assert read_key(written) == key


def test_every_usual_key_can_be_written_in_the_file():
    assert [key for _title, table in TABLES for action in table for key in action.keys if read_key(key) != key] == []
