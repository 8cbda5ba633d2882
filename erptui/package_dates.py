"""First and last day of a package: what screens know of the plan before it has been computed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class PackageDates(NamedTuple):
    """First and last day of a package; None where it has none."""

    start: date | None
    finish: date | None


NO_DATES = PackageDates(None, None)
