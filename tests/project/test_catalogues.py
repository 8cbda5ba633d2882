"""Whoever chooses a language reads it everywhere: the catalogues are complete, compiled and as the code wants them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from erptui.locale import update

LANGUAGE = pytest.mark.parametrize("language", update.TRANSLATED)


@LANGUAGE
def test_every_text_is_translated(language: str):
    assert list(update.unfinished(update.merged(language))) == []


@LANGUAGE
def test_both_files_are_what_the_code_and_the_translations_make_of_them(language: str):
    assert list(update.stale(language)) == []


def test_a_new_text_is_found_in_every_package(copy: Path):
    for package in update.SOURCES:
        (copy / package / "planted.py").write_text(
            f'_("one of {package}")\nN_("two of {package}")\nngettext("{package}", "{package}s", 2)\n'
            f'pgettext("sense", "four of {package}")\nfill("none of {package}")\n',
            "utf-8",
        )
    texts = {message.id for message in update.marked_texts(copy)}
    for package in update.SOURCES:
        assert {f"one of {package}", f"two of {package}", f"four of {package}", (package, f"{package}s")} <= texts
        assert f"none of {package}" not in texts


def test_no_marked_text_hides_in_an_f_string_where_older_pythons_do_not_find_it():
    hidden = [
        f"{file}:{call.lineno}"
        for file, tree in _modules()
        for string in ast.walk(tree)
        if isinstance(string, ast.JoinedStr)
        for call in _marks_in(string)
        if any(isinstance(argument, ast.Constant) for argument in call.args)
    ]
    assert hidden == []


def test_nothing_that_is_only_compared_goes_into_the_catalogue_with_a_text():
    # What is collected from the parentheses of a mark is every string in them, also the id that decides.
    compared = [
        f"{file}:{call.lineno}"
        for file, tree in _modules()
        for call in _marks_in(tree)
        for part in ast.walk(call)
        if isinstance(part, ast.Compare)
        if any(isinstance(side, ast.Constant) and isinstance(side.value, str) for side in ast.walk(part))
    ]
    assert compared == []


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for package in update.SOURCES:
        for file in (update.ROOT / package).rglob("*.py"):
            yield file.name, ast.parse(file.read_text("utf-8"))


def _marks_in(tree: ast.AST) -> Iterator[ast.Call]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in update.KEYWORDS:
            yield call


@pytest.mark.parametrize(
    ("text", "translation", "finding"),
    [
        ("Undo {step}", "撤销 {step}", None),
        ("Undo {step}", "", "not translated"),
        ("Undo {step}", "撤销", "gaps differ (step)"),
        ("Undo {step}", "撤销 {steps}", "gaps differ (step, steps)"),
        (("{count} row", "{count} rows"), ("{count}行",), None),
        (("{code} done", "{count} rows done"), ("已完成{count}行",), None),
        (("{count} row", "{count} rows"), ("行",), "gaps differ (count)"),
    ],
)
def test_what_a_translation_lacks_is_named(text: str, translation: str, finding: str | None):
    catalogue = Catalog(locale="zh")
    catalogue.add(text, translation)
    found = list(update.unfinished(catalogue))
    assert (found == []) if finding is None else found[0].startswith(finding)


def test_a_guess_is_not_taken_for_a_translation():
    catalogue = Catalog(locale="zh")
    catalogue.add("Undo", "重做", flags=["fuzzy"])
    assert [found.partition(":")[0] for found in update.unfinished(catalogue)] == ["fuzzy"]
    assert "重做".encode() not in update.mo_bytes(catalogue)


def test_a_text_that_went_away_goes_from_the_catalogue_and_a_changed_one_keeps_its_translation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(update, "LOCALE_FOLDER", tmp_path)
    code = Catalog()
    code.add("Take back my last step")
    code.add("Something else entirely")
    monkeypatch.setattr(update, "marked_texts", lambda: code)
    written = update.update("zh")
    written["Take back my last step"].string = "撤销上一步"
    written["Something else entirely"].string = "别的"
    update.po_file("zh").write_bytes(update.po_bytes(written))
    changed = Catalog()
    changed.add("Take back my last steps")
    monkeypatch.setattr(update, "marked_texts", lambda: changed)
    catalogue = update.update("zh")
    (message,) = (message for message in catalogue if message.id)
    assert (message.id, message.string, message.fuzzy) == ("Take back my last steps", "撤销上一步", True)
    assert "Something else" not in update.po_file("zh").read_text("utf-8")


def test_chinese_has_its_own_signs_and_one_word_for_one_thing():
    # What is typed as it stands: a list of ids, a sign in a filter.
    typed = ("ID,…", "Yes and no have no order. Type : instead of {sign}.", "words, field:value, silent>14")
    words = "商机|回车|[^推]迟\\{|^迟\\{"
    wrong = re.compile(
        f"[\u4e00-\u9fff][,;:!?()]|[,;:!()][\u4e00-\u9fff]|[，。；：] ?[，。；：]|[，。；] +[\u4e00-\u9fff]|{words}"
    )
    found = [
        text
        for message in update.merged("zh")
        if (message.id if isinstance(message.id, str) else message.id[0]) not in typed
        for text in ((message.string,) if isinstance(message.string, str) else message.string)
        if message.id and wrong.search(text)
    ]
    assert found == []
