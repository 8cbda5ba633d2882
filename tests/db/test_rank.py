"""A row can be put between any two others, for ever, and only that row changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.fields import RankField
from db.rank import between, spread

KEYS = st.from_regex("[0-9A-Za-z]{0,6}[1-9A-Za-z]", fullmatch=True)


@given(KEYS, KEYS)
def test_there_is_always_a_key_strictly_between_two(one: str, other: str) -> None:
    if one == other:
        with pytest.raises(ValueError, match="not before"):
            between(one, other)
        return
    low, high = sorted((one, other))
    assert low < RankField("Rank").clean(between(low, high)) < high


@given(KEYS)
def test_there_is_a_key_before_the_first_and_one_behind_the_last(key: str) -> None:
    assert RankField("Rank").clean(between(None, key)) < key < RankField("Rank").clean(between(key, None))


@given(st.lists(st.integers(0, 10_000), max_size=200))
def test_rows_put_anywhere_stay_in_the_order_they_were_put_in(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        keys.insert(at, between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None))
    assert keys == sorted(set(keys))


def test_a_thousand_rows_put_at_one_place_keep_keys_of_bearable_length() -> None:
    low, high = spread(2)
    for _ in range(1000):
        high = between(low, high)
    assert len(high) < 250


@given(st.integers(0, 5_000))
def test_spread_keys_are_sorted_short_and_leave_room(count: int) -> None:
    keys = spread(count)
    assert len(keys) == count
    assert keys == sorted(set(keys))
    assert all(RankField("Rank").clean(key) == key and len(key) <= 3 for key in keys)
    if keys:
        assert between(None, keys[0]) < keys[0]
        assert between(keys[-1], None) > keys[-1]
