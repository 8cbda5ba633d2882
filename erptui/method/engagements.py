"""The engagements of a store in short, for titles and for choosing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Reader


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """An engagement in one line; `phase` is the last one that is open."""

    id: str
    code: str
    name: str
    status: str
    phase: str


def engagements_of(reader: Reader) -> list[EngagementLine]:
    """All engagements by code."""
    return [
        EngagementLine(*line)
        for line in reader.rows(
            "SELECT e.id, e.code, e.name, e.status, coalesce((SELECT max(p.phase) FROM phase p"
            " WHERE p.engagement_id = e.id AND p.opened_on IS NOT NULL AND p.phase < 'E'), 'A')"
            " FROM engagement e ORDER BY e.code, e.id"
        )
    ]
