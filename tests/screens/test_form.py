"""The form of a package: every field by keys alone, refusals under the field, nothing lost by any way out."""

from __future__ import annotations

import pytest

from db.models import WorkPackage
from erptui import drafts


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def package(b, code="A1.1"):
    return b.app.store.select(WorkPackage).where(WorkPackage.code == code).first()


async def form(b, *keys):
    await b.press("enter", "e", *keys)


async def test_a_form_shows_the_fields_in_groups_with_words_not_ids(board, store_with):
    async with board(store_with()) as b:
        await form(b)
        assert "Work package  ›  A1.1" in b.title
        b.shows("Status         To do", "Owner role     SAL", "Duration       1 d", "F2 Save", "F1 Help")


async def test_a_choice_is_typed_by_its_start_and_saved_with_what_goes_with_it(board, store_with):
    async with board(store_with()) as b:
        await form(b, "tab")
        await b.type("don")
        await b.press("tab")
        b.shows("Status         Done")
        await b.press("f2")
        saved = package(b)
        assert (saved.status.id, saved.progress, str(saved.finished_on)) == ("done", 100, "2026-03-16")
        await b.press("u")
        assert package(b).status.id == "todo"


async def test_tab_walks_round_and_enter_on_the_last_field_saves(board, store_with):
    async with board(store_with()) as b:
        # From the first to the last and on to the first again.
        await form(b, "shift+tab", "tab")
        await b.type(" again")
        await b.press("shift+tab")
        b.shows("F2 Save")
        await b.press("enter")
        saved = package(b).name
        assert saved.endswith(" again")
        # It is called by its new name.
        assert b.said.startswith(f"A1.1 {saved}"[:40])
        assert b.app.store.undoable().step.about == f"A1.1 {saved}"
        b.hides("F2 Save")


@pytest.mark.parametrize(
    ("steps", "typed", "said"),
    [
        (1, "xyz", "is none of these"),
        (2, "1000", "is not a percentage"),
        (14, "31.02", "is not a day"),
        (13, "soon", "3d"),
    ],
)
async def test_a_value_that_is_none_is_refused_under_its_field_and_kept(board, store_with, steps, typed, said):
    async with board(store_with()) as b:
        before = package(b).__data__.copy()
        await form(b, *["tab"] * steps)
        await b.type(typed)
        await b.press("f2")
        b.shows(typed, said)
        assert package(b).__data__ == before


async def test_leaving_asks_only_when_something_was_changed(board, store_with):
    async with board(store_with()) as b:
        await form(b, "escape")
        b.hides("F2 Save")
        await b.press("e")
        await b.type("x")
        await b.press("escape")
        b.shows("Not saved yet")
        await b.press("f10")
        b.hides("F2 Save")
        assert not package(b).name.endswith("x")


async def test_what_was_typed_comes_back_after_the_program_was_killed(board, store_with):
    path = store_with()
    async with board(path) as b:
        row, store = package(b).id, b.app.store.meta("store")
        await form(b)
        await b.type(" and more")
        await b.until(lambda: drafts.kept(store, "work_package", row) is not None)
    async with board(path) as b:
        await form(b)
        b.shows("and more", "Back again")
        await b.press("f2")
        assert package(b).name.endswith(" and more")
        assert drafts.kept(store, "work_package", row) is None


async def test_a_draft_that_is_dropped_does_not_come_back(board, store_with):
    async with board(store_with()) as b:
        await form(b)
        await b.type("x")
        await b.press("escape", "escape", "e")
        b.hides("Back again")


async def test_both_values_are_shown_when_somebody_else_changed_the_field(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await form(b)
        await b.type(" mine")
        with opened(path, "Bo") as other, other.edit("Rename") as edit:
            edit.change(WorkPackage, package(b).id, None, name="Theirs", progress=40)
        await b.press("f2")
        b.shows("theirs “Theirs”", "mine", "F2 again")
        await b.press("f2")
        saved = package(b)
        assert saved.name.endswith(" mine")
        assert saved.progress == 40


async def test_a_long_text_is_written_in_the_persons_own_editor(board, store_with, monkeypatch, tmp_path):
    script = tmp_path / "editor"
    script.write_text("#!/bin/sh\nprintf 'lines\\n' >> \"$1\"\n")
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.delenv("VISUAL", raising=False)
    async with board(store_with()) as b:
        await form(b, "f4")
        b.shows("This field is one line")
        await b.press(*["tab"] * 6)
        await b.type("two")
        with monkeypatch.context() as patch:
            patch.setattr(type(b.app), "suspend", _no_terminal_to_hand_over)
            await b.press("f4")
        await b.press("f2")
        assert package(b).note == "two\nlines"


def _no_terminal_to_hand_over(_app):
    from contextlib import nullcontext

    return nullcontext()


async def test_a_person_is_edited_in_every_field_by_keys_alone(board, store_with):
    from db.models import Person

    path = store_with()
    async with board(path) as b:
        with b.app.store.edit("Add") as edit:
            person = edit.create(Person, name="Zhao Min")
        await b.press("4", "e")
        names = (" 敏", "Zhao", "Min", "Huaxin", "Plant / Planning", "Head")
        for text in (*names, "cli", "+86 138 0013 8000", "zm@hx.cn"):
            await b.type(text)
            await b.press("tab")
        await b.type("y")
        await b.press("tab", "tab")
        await b.type("04-15")
        await b.press("tab")
        await b.type("likes tea")
        await b.press("f2")
        saved = b.app.store.get(Person, person.id)
        assert (saved.name, saved.family, saved.given, saved.organisation) == ("Zhao Min 敏", "Zhao", "Min", "Huaxin")
        assert (saved.unit, saved.post, saved.side.id) == ("Plant / Planning", "Head", "client")
        assert (saved.phone, saved.mail, saved.do_not_contact) == ("+86 138 0013 8000", "zm@hx.cn", True)
        assert (saved.birthday, saved.note) == ("--04-15", "likes tea")
