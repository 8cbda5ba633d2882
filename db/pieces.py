"""Asking for many rows by their ids: SQLite takes at most 999 values in one statement on old systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
_AT_ONCE = 500


def in_pieces(values: Sequence[T]) -> Iterator[tuple[str, Sequence[T]]]:
    """The values in pieces that a statement takes, each with its marks: `?, ?, ?`."""
    for start in range(0, len(values), _AT_ONCE):
        part = values[start : start + _AT_ONCE]
        yield ", ".join("?" * len(part)), part
