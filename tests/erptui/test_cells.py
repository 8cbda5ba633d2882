"""Widths in terminal cells."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from erptui.cells import Column, cut, fit_columns, pad, place, right, row, shown, width, wrap

NASTY = [
    "物料主数据清洗",
    "e\u0301te\u0301",
    "\u0301x",
    "家族 👨‍👩‍👧 ok",
    "❤\ufe0f heart",
    "🇨🇳 flag",
    "👍🏽 thumb",
    "a\tb\nc",
    "\x1b[31mred\x1b]52;c;eA==\x07",
    "\u202eevil\u2066x\u2069",
    "zero\u200bwidth\ufeff",
    "half \ud800 pair",
    "각 한글",
    "soft\xadhyphen",
]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("cells", [0, 1, 2, 3, 7, 20])
def test_every_text_fits_its_place_exactly(text, cells):
    assert cell_len(cut(text, cells)) <= cells
    assert cell_len(pad(text, cells)) == cells
    assert cell_len(right(text, cells)) == cells


@given(st.text(), st.integers(0, 12))
def test_any_text_fits_its_place_exactly(text, cells):
    assert cell_len(pad(text, cells)) == cells
    assert width(cut(text, cells)) <= cells


@given(st.text())
def test_what_is_shown_commands_no_terminal_and_stays_as_it_is(text):
    line = shown(text)
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in line)
    assert not any("\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069" for sign in line)
    assert not any("\ud800" <= sign <= "\udfff" for sign in line)
    assert shown(line) == line
    assert width(text) == sum(cell_len(sign) for sign in line)


def test_a_chinese_title_is_cut_at_a_whole_character():
    assert cut("物料主数据清洗", 9) == "物料主数…"
    assert cut("物料主数据清洗", 8) == "物料主…"
    assert cut("物料主数据清洗", 14) == "物料主数据清洗"


def test_a_combining_mark_is_not_torn_off_its_letter():
    assert cut("cafe\u0301 noir", 5) == "cafe\u0301…"


def test_no_blank_is_left_before_the_ellipsis():
    assert cut("Base data", 6) == "Base…"


def test_a_direction_turn_is_shown_as_a_mark():
    assert shown("a\u202eb") == "a\ufffdb"


def test_joined_emoji_are_drawn_one_by_one_as_every_terminal_can():
    assert shown("👨‍👩‍👧") == "👨👩👧"
    assert shown("🇨🇳") == "CN"
    assert shown("👍🏽") == "👍"


def test_numbers_stand_right_and_words_left():
    assert place("42", 5, "right") == "   42"
    assert place("工艺", 5) == "工艺 "


def test_columns_of_a_table_line_up_with_chinese_between():
    placed = fit_columns([Column("name", 8, 8), Column("days", 4, 4, align="right")], 13)
    rows = [("Routings", "20"), ("工艺路线", "5"), ("物料主数据", "140")]
    assert {cell_len(row(texts, placed)) for texts in rows} == {13}


COLUMNS = [
    Column("code", 4, 6, rank=1),
    Column("name", 10, 20, rank=1, grows=True),
    Column("owner", 6, 8, rank=4),
    Column("due", 5, 5, rank=2),
    Column("share", 4, 4, rank=3, align="right"),
]


def test_the_least_important_columns_drop_out_first():
    names = [[spot.column.id for spot in fit_columns(COLUMNS, cells)] for cells in (40, 32, 25, 18)]
    assert names == [
        ["code", "name", "owner", "due", "share"],
        ["code", "name", "due", "share"],
        ["code", "name", "due"],
        ["code", "name"],
    ]


@pytest.mark.parametrize("cells", [1, 5, 14, 18, 25, 32, 40, 60, 80, 120, 200])
def test_columns_never_take_more_than_there_is(cells):
    placed = fit_columns(COLUMNS, cells)
    assert placed[-1].x + placed[-1].width <= cells
    assert all(before.x + before.width < after.x for before, after in pairwise(placed))


def test_what_is_left_over_goes_to_the_column_that_grows():
    widths = {spot.column.id: spot.width for spot in fit_columns(COLUMNS, 100)}
    assert widths == {"code": 6, "name": 73, "owner": 8, "due": 5, "share": 4}


def test_a_sentence_is_wrapped_at_blanks_and_beside_chinese_signs():
    assert wrap("Correct the file and read it again.", 20) == ["Correct the file and", "read it again."]
    assert wrap("请更正文件，然后重新导入。", 12) == ["请更正文件，", "然后重新导", "入。"]
    assert wrap("one two three four five", 9, lines=2) == ["one two", "three fo…"]


@given(st.text(alphabet="ab 中，。文。", max_size=60), st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_nothing(text, cells):
    lines = wrap(text, cells)
    assert all(cell_len(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
