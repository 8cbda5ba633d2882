"""Help pages speak the language in use, whole, and fit the terminal in cells."""

from __future__ import annotations

import re

import pytest

from erptui import cells
from erptui.cli.verbs import VERBS

PAGES = [(), *((verb,) for verb in VERBS), ("export", "ics")]
NOT_CHINESE = re.compile(r"Usage|Options|OPTIONS|VERB|PATH|NAME|STORE|Show|[Tt]he ")


@pytest.mark.parametrize("page", PAGES)
def test_a_chinese_help_page_is_chinese_and_no_line_of_it_is_too_wide(run, page):
    ended = run(*page, "--help", "--lang", "zh")
    assert ended.code == 0
    assert ended.out.startswith(f"用法：{' '.join(('erptui', *page))} [选项]")
    assert not NOT_CHINESE.search(ended.out)
    assert max(cells.width(line) for line in ended.out.splitlines()) <= 80


def test_the_texts_of_a_chinese_help_page_begin_in_one_column(run):
    lines = run("new", "--help", "--lang", "zh").out.splitlines()
    starts = {cells.width(re.match(r"  --?[a-z-]+( \S+)?  +", line)[0]) for line in lines if line.startswith("  --")}
    assert len(starts) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_every_help_page_says_how_to_ask_for_help(run, page, language):
    assert "  --help " in run(*page, "--help", "--lang", language).out


def test_an_argument_stands_in_the_usage_and_not_among_the_options(run):
    page = run("check", "--help").out
    assert page.startswith("Usage: erptui check [OPTIONS] [STORE]\n")
    assert page.count("STORE") == 1


def test_a_group_with_options_but_without_a_verb_says_which_there_are(run):
    said = run("export", "--lang", "zh").err
    assert "ics" in said
    assert "Missing" not in said
