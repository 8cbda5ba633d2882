"""The settings of a user."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from db.errors import Problem
from erptui.config import load_settings, save_settings, settings_path


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
    assert json.loads(path.read_text()) == {"colour": "amber", "me": "Wang"}


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
    assert json.loads(path.read_text()) == {"me": "Wang"}
    assert (path.parent / "config.json.broken").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("calendar", 7),
        ("ascii", 1),
        ("mouse", "yes"),
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
