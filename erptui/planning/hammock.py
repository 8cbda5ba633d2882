"""Hammocks: packages that last as long as what they hang between."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from erptui.planning.network import Schedule, UnknownTask


class Hammock(NamedTuple):
    """A task that lasts from the finish of one to the start of another; None: from its own start, to its own finish."""

    id: str
    lasts_from: str | None
    lasts_to: str | None


def hammock_dates(plan: Schedule, hammocks: Iterable[Hammock]) -> dict[str, tuple[int, int]]:
    """Start and finish offset shown for each hammock, after the network is scheduled.

    In the network a hammock has given minutes (one day) and drives nothing. Its own actuals win. Where the other starts
    before it begins, it has no length and stands at its start. One tied to a hammock takes the network's dates of that.
    """
    shown: dict[str, tuple[int, int]] = {}
    for id, lasts_from, lasts_to in hammocks:
        for named in (id, lasts_from, lasts_to):
            if named is not None and named not in plan.early_start:
                raise UnknownTask(named, id)
        task = plan.task(id)
        start, finish = plan.early_start[id], plan.early_finish[id]
        if task.started is None and lasts_from is not None:
            start = plan.early_finish[lasts_from]
        if task.finished is None and lasts_to is not None:
            finish = plan.early_start[lasts_to]
        shown[id] = start, max(start, finish)
    return shown
