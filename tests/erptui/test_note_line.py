"""Lines of the notebook by their first sign."""

from __future__ import annotations

from datetime import date

import pytest

from erptui.entry import Candidate, People
from erptui.line_marks import LineContext
from erptui.note_line import SIGNS, read_note

CONTEXT = LineContext(date(2026, 11, 24), People([Candidate("zm", "赵敏"), Candidate("ch", "Chen Hui")]))
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("line", "mark", "text"),
    [
        ('"we never use it', "heard", "we never use it"),
        ('"we never use it"', "heard", "we never use it"),
        ("“我们不用”", "heard", "我们不用"),
        ("＂我们不用＂", "heard", "我们不用"),
        ('" he said "no" twice', "heard", 'he said "no" twice'),
        ("* stock on the floor", "seen", "stock on the floor"),
        ("＊现场有库存", "seen", "现场有库存"),
        ("= cut-over at month end", "agreed", "cut-over at month end"),
        ("＝月底切换", "agreed", "月底切换"),
        ("+ 批次追溯", "need", "批次追溯"),
        ("＋批次追溯", "need", "批次追溯"),
        ("！给BOM", "promise", "给BOM"),
        ("? who owns the codes", "question", "who owns the codes"),
        ("？谁管编码", "question", "谁管编码"),
        ("# key user leaves", "risk", "key user leaves"),
        ("＃关键用户离职", "risk", "关键用户离职"),
        ("- clean the codes", "action", "clean the codes"),
        ("－清洗", "action", "清洗"),
        ("BOM is dirty", "note", "BOM is dirty"),
        ("  - x", "action", "x"),
        ("!", "promise", ""),
        ("", "note", ""),
    ],
)
def test_the_first_sign_says_what_a_line_is(line, mark, text):
    note = read_note(line, CONTEXT)
    assert (note.mark, note.text, note.who, note.day, note.unclear) == (mark, text, (), None, ())


def test_a_promise_names_whom_and_when():
    note = read_note("! send the BOM list @zm fri", CONTEXT)
    assert (note.mark, note.text, note.who, note.day) == ("promise", "send the BOM list", ("zm",), FRIDAY)
    assert read_note("！周五给BOM @赵敏 周五", CONTEXT)[:4] == ("promise", "周五给BOM", ("zm",), FRIDAY)


def test_what_was_heard_on_friday_has_no_date_of_its_own():
    note = read_note('"@ch the load runs on fri', CONTEXT)
    assert note[:4] == ("heard", "the load runs on fri", ("ch",), None)


def test_a_day_behind_its_sign_counts_in_every_line():
    assert read_note("? who owns the codes @ch >fri", CONTEXT)[:4] == (
        "question",
        "who owns the codes",
        ("ch",),
        FRIDAY,
    )


def test_who_is_not_known_stays_in_the_line_and_is_named():
    note = read_note("! send it @somebody", CONTEXT)
    assert note.text == "send it @somebody"
    assert "Nobody is called “somebody”" in note.unclear[0].reason


def test_without_a_context_a_line_is_split_from_its_sign_only():
    assert read_note("! send it @zm fri")[:4] == ("promise", "send it @zm fri", (), None)


def test_no_sign_means_two_things():
    signs = [sign for each in SIGNS.values() for sign in each]
    assert len(signs) == len(set(signs))


def test_what_was_heard_loses_its_closing_quote_also_before_a_name():
    assert read_note("“我们不用” @zm", CONTEXT)[:3] == ("heard", "我们不用", ("zm",))
