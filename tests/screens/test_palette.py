"""Finding anything by typing."""

from __future__ import annotations

from db.choices import ContentLanguage
from db.models import Person

THREE = (
    {"code": "HX26", "name": "Huaxin Precision"},
    {"code": "HX27", "name": "Huaxin phase 2"},
    {"code": "NB26", "name": "北桥泵业"},
)


async def test_typing_narrows_the_list_and_enter_goes_there(board, store_with):
    async with board(store_with(*THREE)) as b:
        assert "HX26" in b.title
        await b.press(":")
        b.shows("HX26  Huaxin Precision", "HX27  Huaxin phase 2", "NB26  北桥泵业")
        await b.type("北桥")
        b.hides("Huaxin")
        await b.press("enter")
        assert "NB26 北桥泵业" in b.title
        b.shows("Pursuit 0/29")


async def test_arrows_choose_among_several_while_typing(board, store_with):
    async with board(store_with(*THREE)) as b:
        await b.press(":")
        await b.type("hx")
        await b.press("down")
        assert b.here.startswith("HX27")
        await b.press("down", "up", "up", "down", "enter")
        assert "HX27" in b.title


async def test_typed_ahead_it_takes_three_keys_and_a_word(board, store_with):
    async with board(store_with(*THREE)) as b:
        await b.ahead(":", *"nb", "enter", "j")
        assert "NB26" in b.title
        assert "A2" in b.here


async def test_what_matches_nothing_is_refused_and_esc_stays_where_one_was(board, store_with):
    async with board(store_with(*THREE)) as b:
        await b.press("l", ":")
        await b.type("zzz")
        b.shows("Nothing has this in its name or code.")
        await b.press("enter")
        assert b.field == "zzz"
        await b.press("escape", "escape")
        assert "HX26" in b.title
        assert "B1" in b.here


async def test_another_engagement_starts_at_its_own_first_open_card(board, store_with):
    async with board(store_with({}, {"code": "NB26", "name": "Northbridge", "at": "C3"})) as b:
        await b.press("j", "j", ":")
        await b.type("nb")
        await b.press("enter")
        assert "C3 Import" in b.here


async def test_an_engagement_opened_elsewhere_meanwhile_is_in_the_list(board, store_with, opened, driver):
    path = store_with()
    async with board(path) as b:
        await b.press(":")
        with opened(path, who="Bob") as store:
            driver.new_engagement(store, code="ZZ26", name="Late arrival")
        await b.look_again()
        b.shows("ZZ26  Late arrival")


async def test_what_was_said_of_one_engagement_does_not_stand_under_another(board, store_with):
    async with board(store_with(*THREE)) as b:
        await b.press("J", "u")
        b.shows("Taken back: Rank card")
        await b.press(":")
        await b.type("北桥")
        await b.press("enter")
        assert "NB26" in b.title
        b.hides("Taken back")


async def test_it_does_what_a_key_does_or_says_why_not(board, store_with):
    async with board(store_with()) as b:
        await b.press(":")
        await b.type("rank")
        b.shows("Rank  Move the row or card down.")
        await b.press("enter")
        assert b.said.startswith("A1: place 2 of 4")
        await b.press(":")
        await b.type("redo")
        await b.press("enter")
        assert "There is nothing to redo." in b.said
        assert b.field == "redo"
        await b.press("escape", ":")
        await b.type("vcards")
        b.shows("vCard  People · Export the people as vCards.")
        await b.press("enter")
        assert b.title.startswith("People")
        assert "There is no row here." in b.said


async def test_two_letters_find_people_and_packages_wherever_one_is(board, store_with, opened):
    path = store_with({}, {"code": "NB26", "name": "北桥泵业", "at": "C3", "language": ContentLanguage.CHINESE})
    with opened(path) as store, store.edit("People") as edit:
        for name in ("赵敏", "Wang Lei", "周强"):
            edit.create(Person, name=name)
    async with board(path) as b:
        await b.ahead(":", *"zm", "enter")
        assert "赵敏" in b.here
        await b.press(":")
        await b.type("wl")
        await b.press("enter")
        assert "Wang Lei" in b.here
        await b.press("'")
        assert "赵敏" in b.here
        # Both engagements have it: the one I am in comes first.
        await b.press(":", *"c3.2")
        assert "C3.2  Test load 1" in b.lines[1]
        assert b.lines[2].startswith(" C3.2")
        assert "NB26" in b.lines[2]
        await b.press("down", "enter")
        assert "NB26" in b.title
        assert "C3.2" in b.here
        await b.press("escape")
        assert "C3" in b.here
        await b.press(":")
        assert [line.split("   ")[0].strip() for line in b.lines[1:4]] == [
            "NB26 › C3 Import tests",
            "People",
            "HX26 › Board",
        ]
        assert [name in b.text for name in ("C3.2", "Wang Lei", "赵敏")] == [True] * 3
        await b.press("down", "enter")
        assert "赵敏" in b.here


async def test_a_client_finds_nothing_of_others(board, store_with, opened):
    path = store_with({}, {"code": "NB26", "name": "Northbridge"})
    with opened(path) as store, store.edit("People") as edit:
        edit.create(Person, name="Norah Other")
    async with board(path) as b:
        await b.press("4", "2", "P", ":")
        b.hides("NB26", "Today", "Pipeline", "Norah")
        for typed in ("nor", "nb", "today", "note"):
            await b.press("escape", ":")
            await b.type(typed)
            b.hides("NB26", "Norah", "What needs")


async def test_screens_that_were_resized_below_others_are_left_quietly(board, store_with):
    async with board(store_with()) as b:
        await b.press("enter", "D", "4", ":")
        await b.resize(100, 30)
        await b.type("a1.2")
        await b.press("enter")
        b.shows("A1.2")
