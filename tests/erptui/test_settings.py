"""The settings of a user."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from db.errors import Problem
from erptui.config import load_settings, save_keys, save_settings, settings_path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "erptui" / "config.json"


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def test_without_a_file_there_are_no_settings_and_no_remarks(path):
    settings = load_settings(path)
    assert (settings.me, settings.language, settings.calendar, settings.remarks) == (None, None, None, [])


def test_what_is_chosen_is_there_the_next_time_and_readable_by_its_owner_only(path):
    save_settings(load_settings(path), me="Wang Lei", language="zh")
    settings = load_settings(path)
    assert (settings.me, settings.language) == ("Wang Lei", "zh")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_settings_of_another_version_stay_in_the_file(path):
    write(path, '{"colour": "amber", "me": "Li"}')
    save_settings(load_settings(path), me="Wang")
    assert json.loads(path.read_text()) == {"colour": "amber", "me": "Wang", "version": 1}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '"x"', "null", b"\xff\xfe{", "[" * 100_000, '{"me": ' + '"' + "x" * (1 << 21) + '"}'],
    ids=["empty", "cut", "list", "text", "null", "utf-16", "deep", "large"],
)
def test_a_file_that_is_no_settings_costs_a_remark_and_is_kept_aside_when_settings_are_saved(path, content):
    write(path, content)
    before = path.read_bytes()
    settings = load_settings(path)
    (remark,) = settings.remarks
    assert str(path) in str(remark)
    save_settings(settings, me="Wang")
    assert json.loads(path.read_text()) == {"me": "Wang", "version": 1}
    assert (path.parent / "config.json.broken").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("calendar", 7),
        ("ascii", 1),
        ("mouse", "yes"),
        ("theme", "solarized"),
        ("me", "  "),
        ("me", ["Wang"]),
        ("me", "x" * 121),
    ],
)
def test_a_setting_that_can_not_be_used_is_named_and_the_others_count(path, name, value):
    write(path, json.dumps({"calendar": "cn", "me": "Li", name: value}))
    settings = load_settings(path)
    (remark,) = settings.remarks
    assert name in str(remark)
    assert getattr(settings, name) is None
    assert [settings.calendar, settings.me].count(None) <= 1


def test_a_file_of_a_newer_version_is_said_once_and_nothing_of_it_is_lost(path):
    kept = {"version": 7, "theme": {"dark": "ink"}, "me": "Li", "sound": True}
    write(path, json.dumps(kept))
    settings = load_settings(path)
    newer, theme = settings.remarks
    assert "version 7" in str(newer)
    assert "theme" in str(theme)
    save_settings(settings, language="zh")
    assert json.loads(path.read_text()) == {**kept, "language": "zh"}


def test_a_setting_taken_back_to_the_usual_is_gone_from_the_file(path):
    save_settings(load_settings(path), theme="paper", ascii=True)
    save_settings(load_settings(path), theme=None)
    assert load_settings(path).theme is None
    assert json.loads(path.read_text()) == {"ascii": True, "version": 1}


def test_own_keys_are_kept_by_action_and_a_wrong_entry_costs_only_itself(path):
    write(path, json.dumps({"keys": {"undo": ["Z", "f7"], "touch": "ö", "add": 7, "edit": ["e", 1], "copy": []}}))
    settings = load_settings(path)
    assert settings.keys == {"undo": ("Z", "f7"), "touch": ("ö",), "copy": ()}
    assert [("add" in str(remark), "edit" in str(remark)) for remark in settings.remarks] == [
        (True, False),
        (False, True),
    ]
    save_keys(settings, "undo", None)
    save_keys(settings, "help", ["f1"])
    assert settings.keys == {"touch": ("ö",), "copy": (), "help": ("f1",)}
    assert json.loads(path.read_text())["keys"] == {
        "touch": "ö", "add": 7, "edit": ["e", 1], "copy": [], "help": ["f1"],
    }  # fmt: skip


def test_keys_that_are_no_table_are_told_and_put_aside_when_a_key_is_chosen(path):
    write(path, '{"keys": ["undo"], "me": "Li"}')
    settings = load_settings(path)
    assert "keys" in str(settings.remarks[0])
    save_keys(settings, "undo", ["Z"])
    assert json.loads(path.read_text()) == {"keys": {"undo": ["Z"]}, "me": "Li", "version": 1}
    assert (path.parent / "config.json.broken").read_text() == '{"keys": ["undo"], "me": "Li"}'


def test_what_could_not_be_written_does_not_count(path):
    settings = load_settings(path)
    path.parent.parent.mkdir(exist_ok=True)
    path.parent.write_text("a file in the place of the folder")
    with pytest.raises(Problem):
        save_settings(settings, me="Wang")
    assert settings.me is None


def test_a_byte_order_mark_is_no_harm(path):
    write(path, b"\xef\xbb\xbf" + b'{"me": "Li"}')
    assert load_settings(path).me == "Li"


def test_a_folder_in_the_place_of_the_file_is_told_and_saving_says_why_not(path):
    (path / "inside").mkdir(parents=True)
    settings = load_settings(path)
    assert len(settings.remarks) == 1
    (path.parent / "config.json.broken").write_text("")
    with pytest.raises(Problem):
        save_settings(settings, me="x")


def test_the_folder_is_the_one_of_the_xdg_specification(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_path() == tmp_path / "erptui" / "config.json"
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/is/ignored")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings_path() == tmp_path / ".config" / "erptui" / "config.json"
