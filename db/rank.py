"""Fractional rank: a text key between any two keys, so that moving one row changes one row.

Keys sort by code point. They are digits of a fraction in base 62 without trailing zero, after the scheme described by
David Greenspan, "Implementing fractional indexing" (2020), without its integer part: moves by hand keep keys short.
"""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def between(before: str | None, after: str | None) -> str:
    """A key greater than `before` and smaller than `after`; None stands for no bound.

    Raises `ValueError` when `before` is not smaller than `after`.
    """
    low, high = before or "", after
    if high is not None and low >= high:
        raise ValueError(f"{low!r} is not before {high!r}")
    key = ""
    position = 0
    while True:
        floor = DIGITS.index(low[position]) if position < len(low) else 0
        ceiling = DIGITS.index(high[position]) if high is not None and position < len(high) else len(DIGITS)
        if ceiling - floor > 1:
            return key + DIGITS[(floor + ceiling) // 2]
        key += DIGITS[floor]
        if ceiling > floor:
            high = None
        position += 1


def spread(count: int) -> list[str]:
    """`count` keys in ascending order, evenly spread, with room before, between and behind them."""
    width = 1
    while len(DIGITS) ** width <= count + 1:
        width += 1
    step = len(DIGITS) ** width // (count + 1)
    keys = []
    for position in range(1, count + 1):
        number, key = position * step, ""
        for _ in range(width):
            number, digit = divmod(number, len(DIGITS))
            key = DIGITS[digit] + key
        keys.append(key.rstrip(DIGITS[0]))
    return keys
