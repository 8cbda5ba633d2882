"""The portfolio: all engagements as a list, with what lies ahead of each."""

from __future__ import annotations

import pytest


@pytest.fixture
def path(store_with):
    return store_with({"code": "DP27", "name": "Delta Pumps", "lead": True}, {"code": "HX26", "at": "C1"})


async def test_the_portfolio_says_where_each_engagement_stands_and_enters_it(board, path):
    async with board(path, size=(120, 30)) as b:
        await b.press("0")
        # The current one is under the cursor.
        row = next(line for line in b.lines if "HX26     " in line)
        assert b.here in row
        assert "Implementation" in row
        assert "■ HX26" in row
        assert "◇" in row, "the day of the next gate"
        assert "■1" in row, "what needs somebody"
        await b.press("/")
        await b.type("phase:impl")
        await b.press("enter")
        b.shows("1 of 2")
        assert not [line for line in b.lines if line.startswith("■ DP27")]
        await b.press("enter")
        b.shows("HX26 Huaxin Precision", "C1 Base data")
        await b.press("0", "escape")
        await b.press("0", "s")
        await b.type("next touch")
        await b.press("enter")
        b.shows("DP27", "HX26")


async def test_an_engagement_is_postponed_from_the_list_but_its_status_is_no_cell(board, path):
    async with board(path, size=(120, 30)) as b:
        await b.press("0", "g", "g", "c")
        assert "where no code is given twice" in b.said
        await b.press("space", "space", "z")
        assert b.said == "What becomes of an engagement is said of one at a time."
        await b.press("escape", "g", "g", "z")
        await b.type("+3m budget frozen")
        await b.press("enter")
        await b.type("budget")
        await b.press("enter")
        b.shows("Postponed", "Budget gone: budget frozen")
        await b.press("a")
        await b.type("Kestrel KE27")
        await b.press("enter")
        assert "KE27" in b.here


async def test_no_client_sees_the_portfolio(board, path):
    async with board(path) as b:
        await b.press("P", "0")
        assert b.said == "A client sees one engagement. P leaves the client view."
        await b.press("P", "0", "P")
        assert "CLIENT VIEW" in b.title
        b.hides("Delta")
