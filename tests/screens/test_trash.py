"""The trash as a person meets it: delete, look, find, bring back, all by keys."""

from __future__ import annotations

import pytest


@pytest.fixture
def people(store_with, opened):
    """A store with Wang Lei, who has a phone more, and Chen Hui; HX26 beside them."""
    from db.choices import ContactKind
    from db.models import ContactPoint, Person

    path = store_with()
    with opened(path) as store, store.edit("Fill", undoable=False) as edit:
        wang = edit.create(Person, name="Wang Lei", organisation="Huaxin")
        edit.create(Person, name="Chen Hui")
        edit.create(ContactPoint, person=wang, kind=ContactKind.PHONE, value="138 0013 8000", rank="V")
    return path


def names(path, opened) -> list[str]:
    with opened(path) as store:
        return sorted(name for (name,) in store.rows("SELECT name FROM person"))


async def test_an_empty_trash_says_what_belongs_there(board, store_with):
    async with board(store_with()) as b:
        await b.press("D")
        b.shows("The trash is empty. d moves a row there, on any list.")
        await b.press("enter")
        b.shows("There is no row here.")
        await b.press("escape")
        b.shows("Pursuit 0/29")


async def test_what_d_deletes_lies_in_the_trash_with_all_of_it_and_enter_brings_it_back(board, people, opened):
    async with board(people) as b:
        await b.press("4", "G", "d", "D")
        assert b.title.startswith("Trash  1")
        assert b.here.split() == ["Person", "Wang", "Lei", "+1", "16.03", "09:00", "Anna"]
        b.shows("Person: Wang Lei", "deleted by Anna, 16.03 09:00 · with it: 1 × Contact data", "Organisation: Huaxin")
        b.shows("⏎ Bring back")
        await b.press("enter")
        assert b.said == "Wang Lei brought back · u takes back"
        b.shows("The trash is empty.")
        assert names(people, opened) == ["Chen Hui", "Wang Lei"]
        await b.press("u")
        assert b.title.startswith("Trash  1")
        await b.press("escape")
        assert b.title.startswith("People  1")


async def test_several_are_brought_back_at_once(board, people, opened):
    async with board(people) as b:
        await b.press("4", "d", "d", "D", "space", "space")
        assert "2 selected" in b.title
        await b.press("m")
        assert b.said == "2 rows brought back · u takes back"
        assert names(people, opened) == ["Chen Hui", "Wang Lei"]


async def test_the_trash_is_newest_first_and_filtered_by_words_kind_and_who(board, people, opened):
    from db.models import WorkPackage

    with opened(people, who="Li") as store, store.edit("Move to trash") as edit:
        edit.delete(store.select(WorkPackage).where(WorkPackage.code == "A1.1").first())
    async with board(people) as b:
        await b.press("4", "d", "D")
        kinds = [line.split()[0] for line in b.lines[2:4]]
        assert kinds == ["Person", "Work"]
        await b.press("/")
        await b.type("kind:work who:li")
        await b.press("enter")
        assert b.title.startswith("Trash  1 of 2  ›  kind:work who:li")
        assert "A1.1 Open the" in b.here
        b.shows("HX26")
        await b.press("escape", "/")
        await b.type("chen")
        await b.press("enter", "i")
        b.shows("History  ›  Chen Hui", "deleted")


async def test_a_row_whose_engagement_is_gone_too_says_so_and_comes_with_it(board, people, opened):
    from db.models import Engagement, WorkPackage

    with opened(people) as store:
        with store.edit("Move to trash", about="A1.1") as edit:
            edit.delete(store.select(WorkPackage).where(WorkPackage.code == "A1.1").first())
        with store.edit("Move to trash", about="HX26") as edit:
            edit.delete(store.select(Engagement).first())
    async with board(people) as b:
        await b.press("D", "j", "enter")
        assert (
            "Engagement “HX26 Huaxin Precision” is in the trash too: bring that back first, or select both." in b.said
        )
        await b.press("space", "k", "space", "enter")
        assert b.said == "2 rows brought back · u takes back"
        await b.press("2", "enter")
        b.shows("A1.1")


async def test_what_somebody_else_deletes_comes_into_an_open_trash(board, people, opened):
    from db.models import Person

    async with board(people) as b:
        await b.press("D")
        with opened(people, who="Li") as store, store.edit("Move to trash") as edit:
            edit.delete(store.select(Person).where(Person.name == "Chen Hui").first())
        await b.look_again()
        b.shows("Chen Hui", "Li")


async def test_a_client_sees_only_what_belonged_to_the_engagement_and_nothing_internal(board, people, opened):
    from db.models import Note, WorkPackage

    with opened(people) as store:
        engagement = store.rows("SELECT id FROM engagement")[0][0]
        with store.edit("Write", undoable=False) as edit:
            line = edit.create(Note, engagement=engagement, text="He is afraid", at="2026-03-16T01:00:00Z", rank="V")
            package = store.select(WorkPackage).where(WorkPackage.code == "A1.1").first()
            edit.update(package, note="Not for them")
        with store.edit("Move to trash") as edit:
            edit.delete(line)
            edit.delete(package)
    async with board(people) as b:
        await b.press("4", "d", "2", "D")
        b.shows("He is afraid", "Chen Hui", "A1.1")
        await b.press("P")
        b.shows("Trash  1", "A1.1")
        b.hides("afraid", "Chen Hui", "Not for them")
        await b.press("P")
        b.shows("He is afraid")


async def test_nothing_is_brought_back_into_a_store_for_reading_only(board, people, opened):
    from db.models import Person

    with opened(people) as store, store.edit("Move to trash") as edit:
        edit.delete(store.select(Person).first())
    async with board(people, read_only=True) as b:
        await b.press("D", "enter")
        b.shows("This store is open read-only", "Trash  1")


async def test_the_trash_can_be_read_at_60_by_20(board, people):
    async with board(people, size=(60, 20)) as b:
        await b.press("4", "G", "d", "D")
        b.shows("Person", "Wang Lei", "16.03 09:00", "Organisation: Huaxin")
