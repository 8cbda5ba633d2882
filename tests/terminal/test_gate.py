"""The gate: whatever people's text holds, the terminal gets no command of it, and every line keeps its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens import terminal as ours

DEMO = str(Path(__file__).parents[1] / "screens" / "frame_demo.py")
EVIL = str(Path(__file__).with_name("evil_demo.py"))

# Everything that our frame itself may send: places, colours, the blanks at the end of a line erased (what follows is
# another place or colour), modes, queries, the pointer's shape.
OURS = re.compile(
    rb"\x1b\[[0-9]+;[0-9]+H|\x1b\[[0-9;]*m|\x1b\[K(?=\x1b\[[0-9;]+[Hm])|\x1b\[\?[0-9;]+[hl]|\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9]+\$p|\x1b\]22;[a-z]*\x07"
)


def commands(raw: bytes) -> list[str]:
    """What in the output is neither text nor ours."""
    text = OURS.sub(b"", raw).decode("utf-8")
    return re.findall("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff].{0,9}", text)


def test_no_command_in_data_reaches_the_terminal(terminal):
    evil = terminal(EVIL, size=(100, 30))
    evil.shows("last row")
    evil.send("j")
    evil.send("c")
    evil.send("x")
    evil.quiet()
    assert "物料" in evil.text
    assert "\ufffd" in evil.text
    assert commands(evil.raw) == []
    assert b"ZXZpbA==\x07" not in evil.raw


def test_lines_with_hostile_text_keep_their_columns(terminal):
    evil = terminal(EVIL, size=(100, 30))
    evil.shows("last row")
    rows = [line for line in evil.lines if "Li Na" in line or "王磊" in line]
    starts = {cell_len(re.split("Li Na|王磊", row)[0]) for row in rows}
    assert len(rows) == 3
    assert len(starts) == 1


def test_the_search_for_commands_finds_them():
    for hostile in (b"\x1b[2J", b"\x1b[Ktext", b"\x1b]52;c;eA==\x07", "\x9b31m".encode()):
        assert commands(hostile)
    assert commands(b"\x1b[2;3Hplain \x1b[0m") == []


@given(st.text())
def test_what_passes_the_gate_commands_nothing_and_is_as_wide_as_it_was_laid_out(text):
    passed = ours.safe(text)
    assert commands(passed.encode()) == []
    assert cell_len(passed) == cell_len(text)


@pytest.mark.parametrize("bad", [b"\xff", b"\xc4\xe3\xba\xc3", b"\xe4\xb8"], ids=["0xff", "gbk", "half"])
def test_bytes_that_are_no_utf_8_do_not_end_the_program(terminal, bad):
    demo = terminal(DEMO, "60")
    demo.shows("? Help")
    demo.send("a")
    demo.send(bad)
    demo.send("still here")
    assert re.fullmatch(" Package .*still here.*", demo.lines[-1])


def test_a_paste_outside_a_text_field_does_nothing_but_say_so(terminal):
    demo = terminal(DEMO, "60")
    demo.shows("? Help")
    demo.send("\x1b[200~qqad\x1b[201~")
    demo.shows("A paste of 1 line was not taken as keys.")


def test_a_torn_mouse_report_and_a_paste_with_escapes_in_it_act_on_nothing(terminal):
    demo = terminal(DEMO, "60")
    demo.shows("? Help")
    before = demo.lines[:-1]
    demo.send("\x1b[<35;20")
    demo.quiet(0.7)
    demo.send("j")
    demo.send("k")
    assert demo.lines[:-1] == before
    # A forged end, keys that would leave, a size of one cell, what a terminal answers.
    demo.send("\x1b[200~\x1b[201~qq\x1b" + "q" * 40 + "\x1b[48;1;1;1;1t\x1b[2;2R\x1b[201~")
    demo.shows("A paste of 1 line was not taken as keys.")
    assert demo.lines[:-1] == before


def test_keys_sent_in_one_burst_act_one_after_the_other(terminal):
    demo = terminal(DEMO, "5")
    demo.shows("? Help")
    demo.send("aundo 物料 q\rjjj")
    demo.shows("u takes back undo 物料 q")


# What goes over the wire.


def test_a_cursor_move_costs_three_hundred_bytes_and_waiting_none(terminal):
    demo = terminal(DEMO, "10000")
    demo.shows("? Help")
    demo.quiet(1.0)
    assert sorted(demo.send("j") for _ in range(9))[4] <= 330
    before = len(demo.raw)
    demo.quiet(1.5)
    assert len(demo.raw) == before


def test_opening_and_leaving_the_line_repaints_no_rows(terminal):
    demo = terminal(DEMO, "60")
    demo.shows("? Help")
    assert demo.send("a") < 400
    assert demo.send("\x1b") < 700


def test_ctrl_l_sends_the_whole_screen_again(terminal):
    demo = terminal(DEMO, "60")
    demo.shows("? Help")
    demo.screen.reset()
    demo.send("\x0c")
    demo.shows("? Help")
    demo.shows("HX26")


@pytest.mark.parametrize(
    ("environ", "absent"),
    [({"NO_COLOR": "1"}, rb"\x1b\[(?:[0-9]+;)*[34][0-8](?:;[0-9]+)*m"), ({"TERM": "xterm"}, rb"[34]8;[25];")],
    ids=["no colour", "16 colours"],
)
def test_fewer_colours_are_never_exceeded(terminal, environ, absent):
    demo = terminal(DEMO, "60", **environ)
    demo.shows("? Help")
    demo.send("jj m")
    assert not re.search(absent, demo.raw)
    assert b"\x1b[7" in demo.raw or b";7" in demo.raw


def test_without_utf_8_everything_is_ascii(terminal):
    demo = terminal(DEMO, "60", LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    demo.shows("? Help")
    assert demo.raw.isascii()
    rows = [line for line in demo.lines if "Li Na" in line]
    assert {row.index("Li Na") for row in rows} == {rows[0].index("Li Na")}


def test_the_terminal_is_left_as_it_was(terminal):
    demo = terminal(DEMO, "60")
    demo.shows("? Help")
    demo.send("q")
    demo.send("q")
    assert b"\x1b[?1049l" in demo.raw
    assert b"\x1b[?25h" in demo.raw


def test_a_terminal_that_cannot_place_a_cursor_is_refused_in_words(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "TERM=dumb" in ours.refusal({"TERM": "dumb"})
    assert ours.refusal({"TERM": "xterm-256color"}) is None
