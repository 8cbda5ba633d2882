"""Rows as CSV and back: separators, quotes, and cells that a spreadsheet would calculate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erptui.exchange.csv_rows import defused, read_rows, write_rows


def cells(content: str) -> list[list[str]]:
    return [row.cells for row in read_rows(content.encode()).rows]


@pytest.mark.parametrize("formula", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_a_formula_is_written_as_text_and_taken_back(formula: str):
    written = write_rows([["Name"], [formula]], mark=False)
    assert f'"\'{formula}"'.encode() in written
    assert [row.cells for row in read_rows(written).rows] == [["Name"], [formula]]


@pytest.mark.parametrize("plain", ["+86 138 0000 0001", "+86-13800000007", "+(49) 30 55", "-12.5", "-1,250.00", "-3"])
def test_a_phone_and_a_number_are_written_as_they_are(plain: str):
    assert defused(plain) == plain


@pytest.mark.parametrize("formula", ["+A1", "-1-2", "+86+1", "-2+3", "+1;2", "-", "+", "+86 138\n=1"])
def test_only_what_can_be_no_formula_stays(formula: str):
    assert defused(formula) == "'" + formula


@pytest.mark.parametrize("text", ["'=1", "''=1", "'quoted'", "'", "it's", "'138"])
def test_an_apostrophe_of_ones_own_comes_back(text: str):
    assert [row.cells for row in read_rows(write_rows([["a"], [text]])).rows][1] == [text]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.text(
    st.sampled_from("'=+-@\t\r\n\";,|＝ 1sep\ufeff"), max_size=8
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4), st.booleans(), st.sampled_from(",;\t"))
def test_any_rows_come_back_as_they_were(rows: list[list[str]], mark: bool, separator: str):
    found = read_rows(write_rows(rows, mark=mark, separator=separator), separator=separator)
    assert [row.cells for row in found.rows] == rows
    assert not found.refused


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=3))
def test_the_separator_of_our_own_files_is_found(rows: list[list[str]]):
    assert [row.cells for row in read_rows(write_rows(rows)).rows] == rows


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_of_the_first_row(separator: str):
    text = f'Name{separator}"a,b;c|d"{separator}Mail\r\nx{separator}y{separator}z\r\n'
    found = read_rows(text.encode())
    assert found.separator == separator
    assert found.rows[1].cells == ["x", "y", "z"]


def test_a_row_may_name_the_separator():
    assert cells("sep=|\nName,x|Mail\n1|2\n") == [["Name,x", "Mail"], ["1", "2"]]


def test_rows_are_numbered_by_the_line_where_they_start():
    found = read_rows(b'a,b\r\n"1\r\n2",3\r\n\r\n4,5')
    assert [(row.line, row.cells) for row in found.rows] == [(1, ["a", "b"]), (2, ["1\r\n2", "3"]), (5, ["4", "5"])]


def test_double_line_ends_are_single_ones():
    assert [(row.line, row.cells) for row in read_rows(b"a,b\r\r\n1,2\r\r\n").rows] == [
        (1, ["a", "b"]),
        (2, ["1", "2"]),
    ]


@pytest.mark.parametrize(
    "content",
    [
        'a,b\n1,2\n3,"4\n5,6\n7,8\n',
        'a,b\n1,2\n3,"4\n5,6\n7,"8"\n',
        'a,b\n1,2\n3,"4\n5,6\n7,8',
    ],
)
def test_a_quote_that_nobody_closed_costs_its_row_only(content: str):
    found = read_rows(content.encode())
    assert [row.cells for row in found.rows] == [["a", "b"], ["1", "2"], ["5", "6"], ["7", "8"]]
    assert [refused.text(str) for refused in found.refused] == [
        "Line 3: A quote is opened in this row and not closed. Close it, or double it within the text."
    ]


def test_a_cell_longer_than_any_note_costs_its_row_only():
    found = read_rows(b'a,b\n1,"' + b"x" * 200_000 + b'"\n3,4\n')
    assert [row.cells for row in found.rows] == [["a", "b"], ["3", "4"]]
    assert [refused.line for refused in found.refused] == [2]


def test_a_file_of_quotes_is_given_up_in_time():
    found = read_rows(b"a,b\n" + b'x,"""\n' * 501)
    assert found.refused
    assert "quote" in found.refused[-1].text(str)


@pytest.mark.parametrize("content", ["", "\r\n", "\ufeff"])
def test_an_empty_file_has_no_rows(content: str):
    assert cells(content) == []
