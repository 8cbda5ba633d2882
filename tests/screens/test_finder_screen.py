"""Finding an engagement by typing."""

from __future__ import annotations

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
        b.shows("No engagement has this in its code or name.")
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
