"""The history of a row: who changed what, from what to what, in words."""

from __future__ import annotations


async def test_the_history_of_a_package_shows_old_and_new_in_words(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "c")
        await b.type("waiting")
        await b.press("enter", "i")
        assert b.title == "History  ›  A1.1 Open the opportunity file and fix the qualification criteria"
        assert b.lines[1].strip() == "2026-03-16 09:00 Anna   Change st… A1.1  Status: To do → Waiting"
        b.shows("Change status A1.1 · Anna · 2026-03-16 09:00", "A1.1: Status: To do → Waiting")
        await b.press("G")
        b.shows("A1.1: made")


async def test_what_the_list_of_changes_cuts_stands_in_full_below(board, store_with, opened):
    path = store_with()
    name = "Clean the material master of all plants, with owners from purchasing, planning and engineering"
    with opened(path, who="Bob the very long named key user") as store, store.edit("Change name") as edit:
        from db.models import WorkPackage

        ((package,),) = store.rows("SELECT id FROM work_package WHERE code = 'A1.1'")
        edit.change(WorkPackage, package, None, name=name)
    async with board(path) as b:
        await b.press("enter", "i")
        below = " ".join(" ".join(b.lines[14:]).split())
        assert "Change name · Bob the very long named key user" in below
        assert f"Open the opportunity file and fix the qualification criteria → {name}" in below


async def test_the_history_of_a_card_holds_its_packages_and_of_a_gate_its_criteria(board, store_with):
    async with board(store_with()) as b:
        await b.press("J", "enter", "m", "escape", "i")
        b.shows("History  ›  A1 Customer research", "Mark done", "Rank card", "Status: To do → Done")
        await b.press("escape", "end", "up", "enter", "space", "i")
        b.shows("History  ›  Pursuit gate", "Ticked: no → yes")


async def test_undo_works_within_the_history_and_appears_in_it(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "m", "i")
        assert "Status: To do → Done" in b.text
        await b.press("u")
        assert "Status: Done → To do" in b.text
        await b.press("G")
        b.shows("A1.1: made")


async def test_what_somebody_else_does_appears_in_an_open_history(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await b.press("enter", "i")
        with opened(path, who="Bob") as store, store.edit("Set progress") as edit:
            from db.models import WorkPackage

            ((package,),) = store.rows("SELECT id FROM work_package WHERE code = 'A1.1'")
            edit.change(WorkPackage, package, None, progress=40)
        await b.look_again()
        b.shows("Bob", "Progress: 0 → 40")


async def test_esc_and_q_leave_the_history(board, store_with):
    async with board(store_with()) as b:
        for key in ("escape", "q", "f10"):
            await b.press("i", key)
            b.shows("Pursuit 0/29")
