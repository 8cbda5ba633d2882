"""The program in terminals of every kind: nothing beyond the edge, columns in line, Chinese where it can be shown.

Every two values of the dimensions below meet in one of the starts of the usual run; all of them meet in the long one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from itertools import combinations, product
from pathlib import Path

import pytest
from rich.cells import cell_len

from db.opening import create
from erptui.demo import fill_demo
from erptui.doctor.terminal import SMALLEST
from erptui.i18n import set_language
from erptui.stores import open_store

PROGRAM = ("-c", "import sys; from erptui.cli import main; sys.exit(main())")
NOW = {"ERPTUI_ME": "Anna", "ERPTUI_NOW": "2026-03-16T09:00:00+00:00"}
TERMS = ("xterm-256color", "xterm", "screen", "tmux-256color", "linux", "vt100")
LOCALES = ("C", "C.UTF-8", "zh_CN.UTF-8", "zh_CN.GB18030")
SIZES = ("60x20", "80x24", "120x40", "250x60")
THEMES = ("ink", "paper", "terminal")
COLOURS = ("truecolor", "-")
NO_COLOURS = ("NO_COLOR", "-")
DIMENSIONS = (TERMS, LOCALES, SIZES, THEMES, COLOURS, NO_COLOURS)
STARTS = [
    tuple(line.split())
    for line in """
    xterm-256color C             60x20   ink      truecolor NO_COLOR
    xterm-256color C.UTF-8       80x24   paper    -         NO_COLOR
    xterm-256color zh_CN.UTF-8   120x40  terminal -         NO_COLOR
    xterm-256color zh_CN.GB18030 250x60  paper    -         -
    xterm          C             80x24   paper    truecolor -
    xterm          C.UTF-8       120x40  ink      truecolor -
    xterm          zh_CN.UTF-8   250x60  ink      -         NO_COLOR
    xterm          zh_CN.GB18030 60x20   terminal -         NO_COLOR
    screen         C             120x40  ink      truecolor -
    screen         C.UTF-8       250x60  terminal -         -
    screen         zh_CN.UTF-8   60x20   paper    truecolor NO_COLOR
    screen         zh_CN.GB18030 80x24   ink      -         -
    tmux-256color  C             250x60  ink      -         NO_COLOR
    tmux-256color  C.UTF-8       60x20   terminal -         -
    tmux-256color  zh_CN.UTF-8   80x24   paper    truecolor NO_COLOR
    tmux-256color  zh_CN.GB18030 120x40  terminal truecolor -
    linux          C             60x20   ink      -         NO_COLOR
    linux          C.UTF-8       80x24   ink      -         NO_COLOR
    linux          zh_CN.UTF-8   120x40  paper    truecolor -
    linux          zh_CN.GB18030 250x60  terminal truecolor -
    vt100          C             80x24   terminal -         NO_COLOR
    vt100          C.UTF-8       120x40  terminal truecolor NO_COLOR
    vt100          zh_CN.UTF-8   250x60  paper    -         NO_COLOR
    vt100          zh_CN.GB18030 60x20   ink      truecolor -
    """.strip().splitlines()
]
RESIZED = (0, 19)
"""Starts in which the window changes its size too: the smallest and the largest."""
CHARMAP = "\n".join(
    (
        "<code_set_name> GB18030\n<escape_char> /\n<mb_cur_min> 1\n<mb_cur_max> 4\nCHARMAP",
        *(f"<U{sign:04X}> /x{sign:02x} SIGN" for sign in range(128)),
        "END CHARMAP\n",
    )
)
"""As much of it as tells Python and the C library which charset it is; the whole one takes ten seconds to compile."""
SCREENS = {
    "4": ("Last touch", "上次联系"),
    "0": ("Portfolio", "总览"),
    "v s": ("To do", "待办"),
    "1": ("Today", "今天"),
    "1 v m": ("Rules", "规则"),
    "v e": ("Pipeline", "线索与项目"),
    "enter": ("Code", "编号"),
    "end up enter": ("ticked", "已勾选"),
    ": h": ("Find: h", "查找： h"),
    "5 v p v a": ("Promises", " 承诺  "),
    "5 v d v a": ("Decisions", " 决定  "),
    "D": ("Trash", "回收站"),
    ",": ("Calendar", "日历"),
    ", end enter": ("Own keys", "自定义按键"),
    "enter e": ("F2 Save", "F2 保存"),
    "4 i": ("History", "历史"),
    "4 n escape": ("Notebook", "笔记本"),
    "?": ("Keys", "按键"),
    "4 a": ("New person", "新人员"),
    "4 t": ("Touch Amy", "联系Amy"),
    "5 v p v a e": ("F2 Save", "F2 保存"),
    "enter c": ("Status: ", "状态： "),
    "v": ("v Next", "v 换"),
    "4 ;": ("1/53 ", "1/53 "),
}
"""The keys that open them from the board, and what stands there, in English and in Chinese."""
BOARD = ("Through it all", "贯穿全程")
KEYS = {"enter": "\r", "escape": "\x1b[27u", "end": "\x1b[F", "home": "\x1b[H", "up": "\x1b[A", "space": " "}
RUN = re.compile(r"\x1b\[(\d+);(\d+)H((?:[^\x1b]|\x1b\[[0-9;]*m|\x1b\[K)*)")
COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*(?:[34][0-8]|9[0-7])(?:;[0-9]+)*m")
REVERSE = re.compile(r"\x1b\[(?:[0-9]+;)*7(?:;[0-9]+)*m")
MANY_COLOURS = re.compile(r"[34]8;[25];")


def test_every_two_values_meet_in_one_of_the_starts():
    for one, other in combinations(range(len(DIMENSIONS)), 2):
        met = {(start[one], start[other]) for start in STARTS}
        assert met == set(product(DIMENSIONS[one], DIMENSIONS[other]))
    assert len(STARTS) <= 25


@pytest.fixture(scope="session")
def locales(tmp_path_factory) -> Path:
    """A folder with zh_CN.GB18030, where this machine can make it; what the program does is the same without it."""
    folder = tmp_path_factory.mktemp("locales")
    charmap = folder / "charmap"
    charmap.write_text(CHARMAP, encoding="ascii")
    if maker := shutil.which("localedef"):
        wanted = (maker, "-c", "-f", str(charmap), "-i", "POSIX", str(folder / "zh_CN.GB18030"))
        subprocess.run(wanted, capture_output=True, timeout=60, check=False)
    return folder


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """The demo, whose people are Chinese and English, in one store."""
    path = tmp_path_factory.mktemp("terminals") / "store.db"
    create(path)
    set_language("zh")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ERPTUI_NOW", NOW["ERPTUI_NOW"])
            with open_store(path, who="Anna") as store:
                fill_demo(store)
    finally:
        set_language("en")
    return path


@pytest.fixture
def started(terminal, filled, locales, tmp_path):
    """Start the program on a copy of the demo: `started(start)`."""

    def start(begun: tuple[str, ...]):
        term, locale, size, theme, colours, no_colour = begun
        folder = tmp_path / "-".join(begun)
        (folder / "erptui").mkdir(parents=True)
        (folder / "erptui" / "config.json").write_text(json.dumps({"theme": theme}), encoding="utf-8")
        shutil.copy(filled, folder / "store.db")
        environ = {**NOW, "TERM": term, "LANG": locale, "XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
        environ |= {"COLORTERM": colours} if colours != "-" else {}
        environ |= {"NO_COLOR": "1"} if no_colour != "-" else {}
        # Another size, as a shell may hand it on from before the window was resized.
        environ |= {"LOCPATH": str(locales), "COLUMNS": "33", "LINES": "11"}
        width, height = map(int, size.split("x"))
        shown = terminal(*PROGRAM, "--store", str(folder / "store.db"), size=(width, height), **environ)
        shown.shows("? " + ("帮助" if chinese(locale) else "Help"), seconds=60)
        return shown

    return start


def chinese(locale: str) -> bool:
    return locale.startswith("zh")


def draws_ascii(term: str, locale: str) -> bool:
    return locale in ("C", "zh_CN.GB18030") or term in ("linux", "vt100")


def typed(keys: str) -> str:
    return "".join(KEYS.get(key, key) for key in keys.split())


def becomes(shown, right: Callable[[], object]) -> None:
    """Wait until the picture is right and stays so."""
    end = time.monotonic() + 15
    while shown.read(0.06) or not right():
        assert time.monotonic() < end, shown.text


def open_screen(shown, keys: str, zh: bool) -> None:
    """Open a screen by way of the board and wait until it stands."""
    shown.type(typed("escape escape escape 2 v a home"))
    becomes(shown, lambda: BOARD[zh] in shown.text)
    shown.type(typed(keys))
    becomes(shown, lambda: SCREENS[keys][zh] in shown.text)


def reads_well(shown, term: str, locale: str) -> None:
    """Wait until nothing is wrong with the picture, and find that so."""
    end = time.monotonic() + 5
    while found := faults(shown, term, locale):
        assert shown.read(0.5) or time.monotonic() < end, f"{found}:\n{shown.text}"


def faults(shown, term: str, locale: str) -> list[str]:
    """What is wrong with the picture."""
    width, height = shown.screen.columns, shown.screen.lines
    found = [] if shown.lines[0].strip() and shown.lines[-1].strip() else ["no title or no last line"]
    for y in range(height):
        row = [shown.screen.buffer[y][x] for x in range(width)]
        for x, cell in enumerate(row):
            if cell_len(cell.data) == 2 and (x + 1 == width or row[x + 1].data):
                found.append(f"half of {cell.data!r} at {x},{y}")
            if cell.data.strip() and cell.fg == cell.bg != "default":
                found.append(f"{cell.data!r} at {x},{y} cannot be seen")
            if cell.data == "\ufffd" or (draws_ascii(term, locale) and cell_len(cell.data) == 1 and cell.data > "~"):
                found.append(f"{cell.data!r} at {x},{y}")
    return found


def beyond_the_edge(raw: str, width: int, height: int) -> list[str]:
    """What was sent to cells that the terminal does not have: it would wrap, or scroll."""
    runs = ((int(y), int(x), re.sub(r"\x1b\[[0-9;]*[mK]", "", text)) for y, x, text in RUN.findall(raw))
    return [text for y, x, text in runs if y > height or x - 1 + cell_len(text) > width]


def look_around(shown, start: tuple[str, ...], screens: Iterable[str]) -> None:
    """Open the screens in one size and find nothing wrong."""
    term, locale = start[:2]
    charset = locale.partition(".")[2] or "utf-8"
    width, height = shown.screen.columns, shown.screen.lines
    reads_well(shown, term, locale)
    begun = len(shown.raw)
    for keys in screens:
        open_screen(shown, keys, chinese(locale))
        reads_well(shown, term, locale)
    # Read strictly: in another charset it would be garbage.
    raw = shown.raw[begun:].decode(charset)
    assert beyond_the_edge(raw, width, height) == []
    assert not re.search("[\n\r]", raw)


def colours_are_kept(shown, start: tuple[str, ...]) -> None:
    """No more colours than the terminal has or wants; the selection is seen without any."""
    term, locale, _size, theme, colours, no_colour = start
    raw = shown.raw.decode(locale.partition(".")[2] or "utf-8")
    few = colours == "-" and not term.endswith("256color")
    assert bool(MANY_COLOURS.search(raw)) is not (no_colour != "-" or few or theme == "terminal")
    assert bool(COLOUR.search(raw)) is (no_colour == "-")
    if no_colour != "-" or few or theme == "terminal":
        assert REVERSE.search(raw)


def columns_are_in_line(shown, locale: str) -> None:
    """Below each heading the people's values begin in its cell, Chinese or not."""
    open_screen(shown, "4", chinese(locale))
    becomes(shown, lambda: in_line(shown, "上次联系" if chinese(locale) else "Last touch"))


def in_line(shown, word: str) -> bool:
    head = next(y for y, line in enumerate(shown.lines) if word in line)
    start = starts_of(shown, head, word)
    rows = [shown.screen.buffer[y] for y in range(head + 1, head + 6)]
    names = [row[1].data for row in rows]
    return (
        all(row[start - 1].data == " " and row[start].data.strip() for row in rows)
        and any(cell_len(name) == 2 for name in names)
        and any(name.isascii() for name in names)
    )


def starts_of(shown, y: int, word: str) -> int:
    row = [shown.screen.buffer[y][x].data for x in range(shown.screen.columns)]
    return next(x for x in range(len(row)) if "".join(row[x:]).startswith(word))


def told_too_small(shown, width: int, height: int) -> bool:
    lines = [line for line in shown.lines if line]
    return len(lines) == 1 and f"{width}x{height}" in lines[0] and "{}x{}".format(*SMALLEST) in lines[0]


def resize_a_form(shown, start: tuple[str, ...]) -> None:
    """Type Chinese into a form while the window changes its size: nothing of it is lost."""
    term, locale = start[:2]
    charset = locale.partition(".")[2] or "utf-8"
    width, height = shown.screen.columns, shown.screen.lines
    open_screen(shown, "4", chinese(locale))
    shown.type("e")
    becomes(shown, lambda: "F2" in shown.text)
    shown.type("新物料".encode(charset))
    for size in ((39, 24), (70, 11), SMALLEST, (width, height)):
        shown.resize(*size)
        if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
            becomes(shown, lambda size=size: told_too_small(shown, *size))
        else:
            becomes(shown, lambda: "新物料" in shown.text and not faults(shown, term, locale))


@pytest.mark.parametrize("place", range(len(STARTS)), ids=[" ".join(start) for start in STARTS])
def test_it_reads_well_in_a_terminal_of_any_kind(started, place):
    start = STARTS[place]
    shown = started(start)
    # As many screens as starts: each is looked at in one of them, the people in every small one.
    look_around(shown, start, [list(SCREENS)[place]])
    if start[2] in SIZES[:2]:
        columns_are_in_line(shown, start[1])
    colours_are_kept(shown, start)
    if place in RESIZED:
        resize_a_form(shown, start)


@pytest.mark.long
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("term", TERMS)
def test_it_reads_well_in_every_terminal_there_is(started, term, locale):
    every = list(SCREENS)
    for turn, (theme, colours, no_colour) in enumerate(product(THEMES, COLOURS, NO_COLOURS)):
        start = (term, locale, SIZES[0], theme, colours, no_colour)
        shown = started(start)
        for step, size in enumerate(SIZES):
            shown.resize(*map(int, size.split("x")))
            # All screens in each start, and each of them in each size in one of four.
            look_around(shown, start, every[(turn + step) % len(SIZES) :: len(SIZES)])
        columns_are_in_line(shown, locale)
        colours_are_kept(shown, start)
        resize_a_form(shown, start)
        shown.close()


def test_the_command_line_speaks_as_the_terminal_does(terminal, filled, tmp_path):
    """Also where this machine does not have that locale."""
    environ = {**NOW, "LANG": "zh_CN.GB18030", "LOCPATH": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    store = shutil.copy(filled, tmp_path)
    typed = os.fsdecode("! 新物料清单".encode("gb18030"))
    noted = terminal(*PROGRAM, "note", typed, "--project", "HX26", "--store", store, size=(80, 90), **environ)
    noted.shows("承诺")
    listed = terminal(*PROGRAM, "list", "notes", "--project", "HX26", "--store", store, size=(80, 90), **environ)
    listed.shows("新物料清单")
    today = terminal(*PROGRAM, "today", "--store", store, size=(80, 90), **environ)
    today.shows("需要您处理")
    today.quiet()
    assert not [sign for sign in today.text if cell_len(sign) == 1 and sign > "~"]
    refused = terminal(*PROGRAM, "--store", store, **{**environ, "TERM": "dumb"})
    refused.shows("无法定位光标")
    english = terminal(*PROGRAM, "today", "--store", store, "--lang", "zh", **{**environ, "LANG": "xx.ISO-8859-1"})
    english.shows("has no Chinese")
    english.shows("NEEDS YOU NOW")
