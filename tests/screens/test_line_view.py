"""The view of many lines: a cursor that stays in sight, and no more painting than needed."""

from __future__ import annotations

import pytest

MANY = [f"row {number}" for number in range(10_000)]


def view(shown):
    return shown.app.screen.packages


async def test_the_cursor_stays_in_sight_at_both_ends(frame):
    async with frame(MANY) as shown:
        await shown.press("G")
        assert view(shown).cursor == 9999
        assert "row 9999" in shown.text
        await shown.press("j", "j")
        assert view(shown).cursor == 9999
        await shown.press("g", "g")
        assert view(shown).cursor == 0
        assert "row 0 " in shown.lines[1]


@pytest.mark.parametrize(
    ("keys", "row"),
    [("j down j k", 2), ("pagedown", 22), ("pagedown pagedown pageup", 22), ("end home", 0), ("G k up", 9997)],
)
async def test_keys_move_the_cursor(frame, keys, row):
    async with frame(MANY) as shown:
        await shown.press(*keys.split())
        assert view(shown).cursor == row
        assert f"row {row} " in shown.text


async def test_ten_thousand_rows_cost_what_a_hundred_cost(frame):
    painted = []
    for titles in (MANY[:100], MANY):
        async with frame(titles) as shown:
            await shown.press(*["j"] * 30)
            painted.append(view(shown).painted)
    assert painted[0] == painted[1]


async def test_a_cursor_move_lays_out_two_lines(frame):
    async with frame(MANY) as shown:
        before = view(shown).painted
        await shown.press("j")
        assert view(shown).painted - before == 2


async def test_a_changed_row_alone_is_laid_out_again(frame):
    async with frame(MANY) as shown:
        view(shown).titles = [*MANY[:3], "changed", *MANY[4:]]
        before = view(shown).painted
        view(shown).rows_changed([3])
        await shown.settled()
        assert "changed" in shown.lines[4]
        assert view(shown).painted - before == 1


async def test_a_row_out_of_sight_is_not_laid_out_at_all(frame):
    async with frame(MANY) as shown:
        before = view(shown).painted
        view(shown).rows_changed([500])
        await shown.settled()
        assert view(shown).painted == before


async def test_selected_rows_carry_a_star_and_a_verb_acts_on_all(frame):
    async with frame(MANY) as shown:
        assert view(shown).selected == [0]
        await shown.press("space", "j", "space")
        assert [line[0] for line in shown.lines[1:5]] == ["*", " ", "*", " "]
        assert view(shown).selected == [0, 2]
        view(shown).clear_selection()
        await shown.settled()
        assert view(shown).selected == [3]
        assert "*" not in {line[0] for line in shown.lines}


async def test_the_selection_stays_with_its_rows_when_others_come_and_go(frame):
    async with frame(MANY[:9]) as shown:
        await shown.press("j", "space")
        view(shown).titles = ["new", *MANY[1:9]]
        view(shown).titles.insert(0, "newer")
        view(shown).rows_changed()
        assert view(shown).selected == [2]
        view(shown).titles = ["all gone"]
        view(shown).rows_changed()
        assert not view(shown).has_selection
        assert view(shown).cursor == 0


async def test_an_empty_view_says_what_belongs_there_and_which_key_starts_it(frame):
    async with frame([]) as shown:
        assert "No packages yet. a adds one." in shown.lines[1]
        await shown.press("j", "space", "enter", "G")
        assert view(shown).selected == []
        await shown.press("a", *"one", "enter")
        assert "one" in shown.lines[1]


async def test_a_smaller_terminal_keeps_the_cursor_in_sight(frame):
    async with frame(MANY) as shown:
        await shown.press(*["j"] * 20)
        await shown.pilot.resize_terminal(60, 12)
        await shown.settled()
        assert "row 20 " in shown.text
        await shown.pilot.resize_terminal(80, 24)
        await shown.settled()
        assert "row 20 " in shown.text


async def test_enter_opens_the_row_under_the_cursor(frame):
    async with frame(MANY) as shown:
        await shown.press("j", "enter")
        assert "opened row 1" in shown.bottom


async def test_the_bar_is_on_one_line_and_covers_it(frame):
    async with frame(MANY) as shown:
        await shown.press("j")
        selection = shown.app.palette.style("plain", "selection").bgcolor
        bars = [
            [strip.cell_length for strip in [strip] if all(segment.style.bgcolor == selection for segment in strip)]
            for strip in shown.app.screen._compositor.render_strips()
        ]
        assert [place for place, bar in enumerate(bars) if bar] == [2]
