"""How cards and packages stand against the plan today: late, under way, about to start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from erptui.package_dates import NO_DATES, PackageDates

if TYPE_CHECKING:
    from db.store import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """A card against the plan: days the latest open package is overdue, its first and last day, the next start."""

    late: int = 0
    start: date | None = None
    finish: date | None = None
    next_start: date | None = None


def days_late(dates: PackageDates, status: str, today: date) -> int:
    """Calendar days since an open package should have been finished; 0 when it is done or has time."""
    if status == "done" or dates.finish is None or dates.finish >= today:
        return 0
    return (today - dates.finish).days


def standings_of(
    reader: Reader, engagement: str, dates: Mapping[str, PackageDates], today: date
) -> dict[tuple[str, str], Standing]:
    """The standing of each card, by phase and activity. In a phase that is not open nothing is late."""
    opened = {
        p
        for (p,) in reader.rows(
            "SELECT phase FROM phase WHERE engagement_id = ? AND opened_on IS NOT NULL", (engagement,)
        )
    }
    found: dict[tuple[str, str], list[tuple[int, PackageDates, str]]] = {}
    for identifier, phase, activity, status in reader.rows(
        "SELECT id, phase, activity, status FROM work_package WHERE engagement_id = ?", (engagement,)
    ):
        own = dates.get(identifier, NO_DATES)
        late = days_late(own, status, today) if phase in opened else 0
        found.setdefault((phase, activity), []).append((late, own, status))
    return {
        card: Standing(
            late=max(late for late, _own, _status in packages),
            start=min((own.start for _late, own, _status in packages if own.start), default=None),
            finish=max((own.finish for _late, own, _status in packages if own.finish), default=None),
            next_start=min((own.start for _l, own, status in packages if own.start and status == "todo"), default=None),
        )
        for card, packages in found.items()
    }
