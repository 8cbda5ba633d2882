"""The signs, and their twins for terminals that cannot draw them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from erptui import charset
from screens import terminal
from screens.actions.names import written
from screens.glyphs import ASCII, UNICODE, glyphs, plain_signs


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_every_sign_is_one_cell_wide(signs):
    assert {cell_len(sign) for sign in signs} == {1}


def test_the_ascii_set_is_ascii():
    assert "".join(ASCII).isascii()
    assert glyphs(ascii=True) is ASCII


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_states_and_alerts_are_told_apart_by_their_sign(signs):
    states = (signs.done, signs.doing, signs.todo, signs.waiting, signs.review)
    alerts = (signs.late, signs.soon, signs.fine)
    assert len({*states, *alerts}) == 8


def test_a_limit_stays_told_apart_from_what_lies_beyond_it():
    assert plain_signs("≥ 4 > 4 ≤ 4") == ">=4 > 4 <=4"


def test_quotes_and_accents_get_a_narrow_twin_and_chinese_stays():
    assert plain_signs("“物料” é ■ 12–14 ×") == '"物料" e # 12-14 x'


@given(st.text())
def test_a_twin_is_as_wide_as_its_sign(text):
    assert [cell_len(plain_signs(sign)) for sign in text] == [cell_len(sign) for sign in text]


@pytest.mark.parametrize(
    ("environ", "ascii_only"),
    [
        ({"LANG": "C"}, True),
        ({}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.GB18030"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8"}, False),
        ({"LANG": "en_GB.utf8", "LC_ALL": ""}, False),
        ({"LANG": "xx_YY.ISO-8859-1", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "xx_YY", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "xx_YY.UTF-8", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "C.UTF-8", "TERM": "linux"}, True),
        ({"LANG": "C.UTF-8", "TERM": "vt100"}, True),
        ({"LANG": "C.UTF-8", "TERM": "vte-256color"}, False),
    ],
)
def test_a_locale_without_unicode_gets_ascii_signs(monkeypatch, environ, ascii_only):
    for name in ("LC_ALL", "LC_CTYPE", "LANG", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert charset.needs_ascii() is ascii_only


def test_enter_is_a_word_where_only_ascii_can_be_drawn(monkeypatch):
    assert written("enter") == "⏎"
    monkeypatch.setattr(terminal, "_ascii_signs", True)
    assert written("enter") == "Enter"
