"""Whoever asked not to be contacted is proposed for no touch and handed out to nobody, on every screen."""

from __future__ import annotations

from datetime import date

import pytest

from db.models import Person
from erptui.touches import log_touch


@pytest.fixture
def two(store_with, opened):
    """A store with Loud Lou and Silent Sam, who asked not to be contacted; with both a next touch was agreed before."""
    path = store_with()
    with opened(path) as store:
        with store.edit("Fill", undoable=False) as edit:
            ids = [
                edit.create(Person, name="Loud Lou", phone="13800000001").id,
                edit.create(Person, name="Silent Sam", phone="13800000002", do_not_contact=True).id,
            ]
        log_touch(store, ids, day=date(2026, 3, 9), next_on=date(2026, 3, 20))
    return path


async def test_the_list_of_people_proposes_no_touch(board, two):
    async with board(two) as b:
        await b.press("4")
        assert "20.03" in b.here
        await b.press("j")
        assert "20.03" not in b.here
        assert "× no contact" in b.here


async def test_sorting_and_filtering_by_the_next_touch_do_not_find_the_person(board, two):
    async with board(two) as b:
        await b.press("4", "/")
        await b.type("next:20.03")
        b.shows("Loud Lou")
        b.hides("Silent Sam")


async def test_what_is_copied_for_a_mail_leaves_the_person_out(board, two):
    async with board(two) as b:
        await b.press("4", "y")
        assert "Loud Lou" in b.app.clipboard
        assert "Sam" not in b.app.clipboard
        assert "1 row copied" in b.said
        assert "not to be contacted: 1." in b.said
        await b.press("j", "space", "y")
        assert "Nothing copied" in b.said
        assert "Sam" not in b.app.clipboard


async def test_lines_of_the_notebook_plan_no_next_touch(board, two):
    async with board(two) as b:
        await b.press("4", "j", "n")
        await b.press("enter")
        await b.type("call again >fri")
        await b.press("enter", "enter", "M")
        b.shows("Silent Sam asked not to be contacted: no next touch is planned.")
        assert "20.03" not in "\n".join(b.lines[1:3])
        await b.press("enter")
        assert b.app.store.rows("SELECT next_on FROM touch ORDER BY day DESC")[0] == (None,)


async def test_the_round_of_touches_passes_the_person_over(board, two):
    async with board(two) as b:
        await b.press("4", ";")
        assert "1/1 Loud Lou:" in b.said
        await b.press("enter")
        assert b.field is None
        assert "Round: 0 rows changed" in b.said
