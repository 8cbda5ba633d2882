"""What goes over the wire: the terminal shows what was painted, whatever stood there before."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from screens.terminal import safe
from screens.wire import NOTHING, Codes, Wire, cells_of, change, erases_in_colour

WIDTH = 12
STYLES = [
    Style(),
    Style(bold=True, color="red"),
    Style(dim=True),
    Style(bold=True, dim=True, bgcolor="#123456"),
    Style(reverse=True, color="#aabbcc"),
    Style(color="green", bgcolor="blue", underline=True),
]
spans = st.lists(st.tuples(st.text("ab 中文é■", max_size=6), st.sampled_from(STYLES)), max_size=6)


def line(parts):
    """Spans as exactly `WIDTH` cells."""
    cells = cells_of([Segment(text, style) for text, style in parts], ColorSystem.TRUECOLOR, safe)[:WIDTH]
    if cells and cells[-1][0] and len(cells) == WIDTH and cells[-1][0] in "中文":
        cells[-1] = (" ", NOTHING)
    return cells + [(" ", NOTHING)] * (WIDTH - len(cells))


def seen(screen):
    looks = []
    for x in range(WIDTH):
        cell = screen.buffer[0][x]
        shows = cell.data.strip() or cell.reverse or cell.underscore
        looks.append((cell.data, cell.bg, (cell.fg, cell.bold, cell.reverse, cell.underscore) if shows else None))
    return looks


def terminal():
    screen = pyte.Screen(WIDTH, 2)
    return screen, pyte.Stream(screen)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, WIDTH - 1), spans), min_size=1, max_size=6), st.sampled_from([0, WIDTH]))
def test_what_differs_is_enough(updates, edge):
    known, stream = terminal()
    wire = Wire()
    stream.feed(wire.send([(0, 0, line([]))], edge))
    wanted = line([])
    for _x, parts in updates:
        wanted = line(parts)
        stream.feed(wire.send([(0, 0, wanted)], edge))
    fresh, whole = terminal()
    whole.feed(Wire().send([(0, 0, wanted)]))
    assert seen(known) == seen(fresh)


def test_what_stands_there_already_is_not_sent_again():
    wire = Wire()
    assert "abc" in wire.send([(0, 0, line([("abc", Style())]))])
    assert wire.send([(0, 0, line([("abc", Style())]))]) == ""


def test_only_the_changed_cells_are_sent():
    wire = Wire()
    wire.send([(0, 0, line([("aaaaaaaaaaaa", Style())]))])
    assert wire.send([(0, 0, line([("aaaaabaaaaaa", Style())]))]) == "\x1b[1;6Hb"


def test_after_forgetting_everything_is_sent():
    wire = Wire()
    first = wire.send([(0, 0, line([("abc", Style())]))])
    wire.forget()
    assert wire.send([(0, 0, line([("abc", Style())]))]) == first


def test_a_picture_of_another_size_is_sent_in_full_though_the_old_one_was_painted_meanwhile():
    wire, row = Wire(), [(0, 0, line([("old", "")]))]
    wire.lay_out((80, 24))
    wire.send(row)
    wire.lay_out((80, 24))
    assert wire.send(row) == ""
    wire.lay_out((40, 12))
    assert "old" in wire.send(row)


def test_a_wide_sign_is_never_sent_by_halves():
    wire = Wire()
    wire.send([(0, 0, line([("中中中", Style())]))])
    sent = wire.send([(0, 0, line([("a中中b", Style())]))])
    assert sent.startswith("\x1b[1;1Ha中中b")


def test_a_line_with_emoji_is_sent_as_a_whole():
    wire = Wire()
    wire.send([(0, 0, line([("👨 aaaaaaa", Style())]))])
    assert "👨" in wire.send([(0, 0, line([("👨 aaaaaab", Style())]))])


def test_bold_and_dim_are_switched_apart():
    both, dim = Codes(frozenset({"bold", "dim"}), "39", "49"), Codes(frozenset({"dim"}), "39", "49")
    assert change(both, dim) == "\x1b[22;2m"
    assert change(dim, NOTHING) == "\x1b[0m"


def test_blanks_at_the_edge_are_erased_where_the_terminal_does_that_in_colour():
    blue = Style(color="red", bgcolor="blue")
    assert Wire().send([(0, 0, line([("ab", blue), (" " * 10, blue)]))], WIDTH) == "\x1b[1;1H\x1b[31;44mab\x1b[K\x1b[0m"
    assert "\x1b[K" not in Wire().send([(0, 0, line([("ab", blue), (" " * 10, blue)]))])
    underlined = Style(underline=True)
    assert "\x1b[K" not in Wire().send([(0, 0, line([("ab" + " " * 10, underlined)]))], WIDTH)


def test_a_screen_within_screen_is_not_trusted_to_erase_in_colour():
    assert erases_in_colour("xterm-256color")
    assert not erases_in_colour("screen-256color")
