"""The history of a row: who changed what, from what to what, in words."""

from __future__ import annotations


async def test_the_history_of_a_package_shows_old_and_new_in_words(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "c")
        await b.type("waiting")
        await b.press("enter", "i")
        assert b.title == "History  ›  A1.1 Open the opportunity file and fix the qualification criteria"
        assert b.lines[1].strip() == "16.03 09:00 Anna Change status A1.1   Status: To do → Waiting"
        b.shows("Change status A1.1 · Anna · 16.03 09:00", "Work package A1.1: Status: To do → Waiting")
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
        assert (
            f"Work package A1.1: Work package − Open the opportunity file and fix the qualification criteria + {name}"
            in below
        )


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
        b.shows("Bob", "Progress: 0% → 40%")


async def test_esc_and_q_leave_the_history(board, store_with):
    async with board(store_with()) as b:
        for key in ("escape", "q", "f10"):
            await b.press("i", key)
            b.shows("Pursuit 0/29")


def change_package(store, code: str, label: str, **values) -> None:
    from db.models import WorkPackage

    with store.edit(label, about=code) as edit:
        ((package,),) = store.rows("SELECT id FROM work_package WHERE code = ?", (code,))
        edit.change(WorkPackage, package, None, **values)


async def test_working_time_reads_as_in_forms_and_a_change_of_place_as_moved(board, store_with, opened):
    path = store_with()
    with opened(path) as store:
        change_package(store, "A1.1", "Plan", duration=1440, rank="0Vx", not_before="2027-01-04")
    async with board(path) as b:
        await b.press("enter", "i")
        b.shows("Duration: 1 d → 3 d", "Not before: — → 04.01.2027", "moved")
        b.hides("0Vx", "1440")


async def test_a_long_text_shows_below_the_part_of_it_that_was_changed(board, store_with, opened):
    path = store_with()
    before = "The list of all materials was cleaned by purchasing. " * 8
    with opened(path) as store:
        change_package(store, "A1.1", "Write", note=f"{before}It took five days. {before}")
        change_package(store, "A1.1", "Write", note=f"{before}It took nine days. {before}")
    async with board(path) as b:
        await b.press("enter", "i")
        below = " ".join(" ".join(b.lines[14:]).split())
        assert "It took five days. The list" in below
        assert "It took nine days. The list" in below
        assert "− …" in below


async def test_enter_takes_back_one_step_of_mine_from_the_past_and_does_it_again(board, store_with, opened):
    path = store_with()
    with opened(path) as store:
        change_package(store, "A1.1", "Set progress", progress=40)
        change_package(store, "A1.1", "Set duration", duration=1440)
    async with board(path) as b:
        await b.press("enter", "i", "j")
        b.shows("⏎ Take back")
        await b.press("enter")
        assert b.said == "Taken back: Set progress A1.1 · U does it again"
        b.shows("Undo: Set progress A1.1", "Progress: 40% → 0%", "taken back by Anna, 16.03 09:00", "× 16.03")
        with opened(path) as store:
            assert store.rows("SELECT progress, duration FROM work_package WHERE code = 'A1.1'") == [(0, 1440)]
        await b.press("m")
        assert b.said == "Done again: Set progress A1.1 · u takes back"
        b.shows("Redo: Set progress A1.1")
        b.hides("taken back by Anna")
        await b.press("u")
        assert b.said.startswith("Taken back: Set progress A1.1")


async def test_a_step_of_somebody_else_is_taken_back_after_asking(board, store_with, opened):
    path = store_with()
    with opened(path, who="Li") as store:
        change_package(store, "A1.1", "Set progress", progress=40)
    async with board(path) as b:
        await b.press("enter", "i", "enter")
        assert b.said == "This is a step of Li. · Enter again takes it back."
        await b.press("j", "k", "enter")
        assert b.said == "This is a step of Li. · Enter again takes it back.", "asked again after another key"
        await b.press("enter")
        assert b.said == "Taken back: Set progress A1.1 · U does it again"
        with opened(path) as store:
            assert store.rows("SELECT progress FROM work_package WHERE code = 'A1.1'") == [(0,)]
            assert store.history(limit=1)[0][0].who == "Anna"


async def test_a_step_that_changed_more_than_is_seen_here_says_so_first(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "space", "space", "m", "g", "g", "i", "enter")
        assert b.said == "It changed 1 other row too. · Enter again takes all of it back."
        await b.press("enter")
        assert b.said.startswith("Taken back: ")
        await b.press("escape")
        assert "Done" not in b.lines[2]


async def test_a_step_whose_value_moved_on_is_refused_naming_who_changed_it(board, store_with, opened):
    path = store_with()
    with opened(path) as store:
        change_package(store, "A1.1", "Set progress", progress=40)
    with opened(path, who="Li") as store:
        change_package(store, "A1.1", "Set progress", progress=60)
    async with board(path) as b:
        await b.press("enter", "i", "j", "enter")
        assert "“Set progress A1.1” can't be taken back: Li has changed it since" in b.said
        b.shows("Progress: 40% → 60%")


async def test_what_the_program_wrote_by_itself_and_a_store_for_reading_only_take_nothing_back(
    board, store_with, opened
):
    path = store_with()
    with opened(path) as store:
        from db.models import WorkPackage

        ((package,),) = store.rows("SELECT id FROM work_package WHERE code = 'A1.1'")
        with store.edit("Fill", undoable=False) as edit:
            edit.change(WorkPackage, package, None, progress=10)
    async with board(path) as b:
        await b.press("enter", "i")
        b.hides("Take back")
        await b.press("enter")
        b.shows("The program wrote this by itself: it can't be taken back.")
    async with board(path, read_only=True) as b:
        await b.press("enter", "i", "j", "enter")
        b.shows("This store is open read-only")


async def test_a_client_sees_no_internal_field_in_the_history(board, store_with, opened):
    path = store_with()
    with opened(path) as store:
        change_package(store, "A1.1", "Write", note="Their boss is afraid", progress=40)
        change_package(store, "A1.1", "Write", note="He is not")
    async with board(path) as b:
        await b.press("enter", "i")
        b.shows("afraid")
        await b.press("escape", "P", "i")
        b.shows("History", "Progress: 0% → 40%")
        b.hides("afraid", "He is not", "Note")


async def test_the_history_of_a_person_holds_touches_and_contact_data_that_are_gone(board, store_with, opened):
    path = store_with(None)
    with opened(path) as store:
        from db.choices import ContactKind
        from db.models import ContactPoint, Person

        with store.edit("Add person", about="Wang Lei") as edit:
            person = edit.create(Person, name="Wang Lei")
            phone = edit.create(ContactPoint, person=person, kind=ContactKind.PHONE, value="138 0013 8000", rank="V")
        with store.edit("Move to trash") as edit:
            edit.delete(phone)
    async with board(path) as b:
        await b.press("4", "t")
        await b.type("Wang Lei wants to replace U8")
        await b.press("enter", "i")
        rows = [" ".join(line.split()[3:]) for line in b.lines[1:5]]
        assert rows == [
            "Log touch Wang Lei wants to replace U8 made",
            "Move to trash 138 0013 8000 deleted",
            "Add person Wang Lei 138 0013 8000 made",
            "Add person Wang Lei Wang Lei made",
        ]


async def test_the_history_can_be_read_at_60_by_20(board, store_with, opened):
    path = store_with()
    with opened(path) as store:
        change_package(store, "A1.1", "Set status", status="waiting", progress=40)
    async with board(path, size=(60, 20)) as b:
        await b.press("enter", "i")
        b.shows("16.03 09:00", "Anna", "Status: To do → Waiting", "Progress: 0% → 40%", "Work package A1.1:")
