"""Text from people is never markup: `plain` on the way to Textual, and no f-string into a widget that reads markup."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Static

import screens
from screens.text import cut_line, ends, line_text, line_width, plain

BRACKETS = ["[SD] items", "[/x]", "[/备注]", "[bold]no[/bold]", "\\[x]", "[[/", "[red]物料[/]"]
MARKUP_READERS = {"Static", "Label", "notify", "Markdown", "Button", "Checkbox", "Collapsible", "update"}


@pytest.mark.parametrize("text", BRACKETS)
async def test_brackets_are_shown_as_they_were_typed(text):
    class OneLine(App):
        def compose(self):
            yield Static(plain(text))

    async with OneLine().run_test(size=(40, 3)) as pilot:
        assert pilot.app.screen._compositor.render_strips()[0].text.rstrip() == text


def test_plain_text_keeps_its_lines_and_loses_commands():
    assert plain("one\n\x1b[2Jtwo\u202e").plain == "one\n[2Jtwo\ufffd"


def reading_markup(source: str) -> list[int]:
    """The lines where an f-string, or text put together, goes into something that reads markup."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if name in MARKUP_READERS and any(_is_composed(value) for value in given):
            found.append(node.lineno)
    return found


def _is_composed(node: ast.expr) -> bool:
    if isinstance(node, (ast.JoinedStr, ast.BinOp)):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join")


SOURCES = sorted(Path(screens.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_no_composed_text_goes_into_a_widget_that_reads_markup(file):
    assert reading_markup(file.read_text(encoding="utf-8")) == []


def test_the_search_finds_what_it_is_for():
    assert reading_markup("Static(f'{name}')\nself.notify('a' + name)\nLabel(_('x {n}').format(n=1))") == [1, 2, 3]


def test_a_line_is_cut_across_its_spans_at_a_whole_character():
    line = [("C1 ", "bold"), ("物料主数据", "plain"), (" 5 d late", "red")]
    for width in range(25):
        assert line_width(cut_line(line, width)) <= width
    assert line_text(cut_line(line, 10)) == "C1 物料主…"
    assert line_text(cut_line(line, 13)) == "C1 物料主数…"
    assert line_text(cut_line(line, 22)) == "C1 物料主数据 5 d late"


@pytest.mark.parametrize("width", range(40))
def test_two_ends_fill_a_line_exactly(width):
    assert line_width(ends([("华信精密 HX26", "bold")], [("24 Nov", "dim")], width)) == width
