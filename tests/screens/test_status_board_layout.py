"""The layout of the board of a phase: what of its columns and cards is seen, whatever the size."""

from __future__ import annotations

from itertools import product

import pytest

from screens.status_board_layout import GAP, LEAST, slots, window


@pytest.mark.parametrize("width", range(16, 200, 7))
def test_as_many_columns_are_seen_as_fit_and_the_one_of_the_cursor_is_among_them(width):
    for first, cursor in product(range(5), range(5)):
        seen = slots(5, width, first, cursor)
        assert cursor in [slot.place for slot in seen]
        assert len(seen) == min(5, max(1, (width - 1) // (LEAST + GAP)))
        assert [slot.place for slot in seen] == list(range(seen[0].place, seen[0].place + len(seen)))
        assert seen[-1].x + seen[-1].width == width - 1
        assert max(slot.width for slot in seen) - min(slot.width for slot in seen) <= 1


@pytest.mark.parametrize(("count", "size"), product((1, 5, 6, 7, 40), (1, 2, 3)))
def test_the_cards_that_are_seen_fit_and_the_one_of_the_cursor_is_among_them(count, size):
    for room, top, cursor in product(range(size + 2, 24), range(0, count, 3), range(count)):
        first, seen = window(count, size, room, top, cursor)
        lines = seen * size + (first > 0) + (first + seen < count)
        assert first <= cursor < first + seen <= count
        assert lines <= room
        # Where all fit nothing is hidden, and no room is left that a card could take.
        assert seen == count or lines + size > room
