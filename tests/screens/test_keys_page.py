"""The page of keys is made from the tables, and a stale one is found."""

from __future__ import annotations

import pytest

from screens.actions import common, docs


def test_the_page_names_the_actions_that_work_and_no_others():
    text = docs.page(docs.sections())
    answered = docs.answered_somewhere()
    for action in (*common.COMMON, *common.ASKING, *common.CLOSE):
        assert (f"| {action.label} | {action.help} |" in text) == (action.method in answered), action.id
    assert {"undo", "open", "move_left", "close"} <= answered
    assert "`2` `g b`" in text


def test_what_is_said_to_come_later_is_what_no_screen_has():
    answered = docs.answered_somewhere()
    everything = (*common.COMMON, *common.ASKING, *common.CLOSE)
    assert {action.id for action in everything if action.method not in answered} == common.LATER


def test_what_a_screen_adds_stands_under_its_name():
    titles = [title for title, _actions in docs.sections()]
    assert any(title.startswith("Screen: ") for title in titles)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(docs, "FOLDER", tmp_path)
    return tmp_path


def test_a_stale_page_is_found_and_written_anew(folder, capsys):
    assert docs.main(["--check"]) == 1
    assert "keys.en.md" in capsys.readouterr().err
    assert not list(folder.iterdir())
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0
    (folder / "keys.en.md").write_text("old")
    assert docs.main(["--check"]) == 1
