"""The only caller of now and today, so that tests and scripts can fix the clock.

`ERPTUI_NOW` (an ISO moment such as `2026-11-24T09:30:00+08:00`, or a date) holds the clock still.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timezone


def now() -> datetime:
    """The present moment, aware, in the zone of this machine (or of `ERPTUI_NOW`)."""
    fixed = os.environ.get("ERPTUI_NOW")
    if not fixed:
        return datetime.now(timezone.utc).astimezone()
    moment = datetime.fromisoformat(fixed)
    return moment if moment.tzinfo else moment.astimezone()


def today() -> date:
    """The calendar day of `now`, by the wall clock a person sees."""
    return now().date()
