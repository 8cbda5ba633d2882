"""Whoever chooses a language reads it everywhere: the catalogues are complete, compiled and as the code wants them."""

from __future__ import annotations

import ast
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
    marks = {"_", "N_", "NP_", "ngettext", "pgettext"}
    hidden = [
        f"{file.name}:{call.lineno}"
        for package in update.SOURCES
        for file in (update.ROOT / package).rglob("*.py")
        for string in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in marks
        if any(isinstance(argument, ast.Constant) for argument in call.args)
    ]
    assert hidden == []


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
