"""What the label of a step names beside its verb: the rows that it changes."""

from __future__ import annotations

from collections.abc import Iterable

from erptui.i18n import listed

NAMED = 3
"""How many are named; that there are more is hinted at."""


def few_names(names: Iterable[str]) -> str:
    """The names of what a step changes, as its label says them."""
    return listed(names, NAMED)
