"""What people type or import is made harmless on its way in, in one place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.text import TURN_MARK, clean_line, clean_text

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(" \t\r\n\x00\x07\x1b\x85\u2028\u202e\u200fe\u0301")


@pytest.mark.parametrize("command", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\x9d", "\ud800", "\ufffe", "\ufdd0"])
def test_what_is_not_text_but_a_command_to_a_terminal_is_dropped(command: str) -> None:
    assert clean_text(f"物料{command}主数据") == "物料主数据"
    assert clean_line(f"Material{command} master") == "Material master"


@pytest.mark.parametrize("turn", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_a_turn_of_the_reading_direction_is_shown_as_a_mark(turn: str) -> None:
    assert clean_text(f"invoice{turn}fdp.exe") == f"invoice{TURN_MARK}fdp.exe"


def test_text_is_kept_composed() -> None:
    assert clean_text("Mu\u0308ller") == "Müller"
    assert clean_text("e\x01\u0301") == "é"


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\u2028", "\u2029"])
def test_every_kind_of_line_end_becomes_a_newline(ends: str) -> None:
    assert clean_text(f"first{ends}second") == "first\nsecond"


def test_a_line_has_no_newlines_tabs_or_blanks_at_its_ends() -> None:
    assert clean_line(" \tmaster\r\n\tdata\u3000 ") == "master data"


@given(ANY_TEXT)
def test_clean_text_has_nothing_dangerous_in_it_and_stays_as_it_is(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert not [c for c in clean if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    clean.encode("utf-8")
    line = clean_line(text)
    assert clean_line(line) == line
    assert "\n" not in line
    assert "\t" not in line
