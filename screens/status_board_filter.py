"""Finding packages on the board of a phase: what they can be filtered by, ready at every key. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from db.choices import ActivityId, PackageStatus
from db.labels import N_
from erptui.filtering import FieldKind, Filter, FilterField, SearchTexts, compile_filter, search_text
from erptui.i18n import _
from erptui.method.board import PackageLine
from erptui.method.standing import days_late
from erptui.package_dates import NO_DATES
from screens.status_board_layout import Facts, waited_for

_FIELDS = (
    FilterField("code", N_("Code")),
    FilterField("name", N_("Work package")),
    FilterField("status", N_("Status"), FieldKind.CHOICE, words={one.id: one.label for one in PackageStatus}),
    FilterField("activity", N_("Activity"), FieldKind.CHOICE, words={one.id: one.label for one in ActivityId}),
    FilterField("owner", N_("Owner")),
    FilterField("role", N_("Role")),
    FilterField("progress", N_("Progress"), FieldKind.NUMBER),
    FilterField("start", N_("Start"), FieldKind.DAY),
    FilterField("finish", N_("Finish"), FieldKind.DAY),
    FilterField("late", N_("Days late"), FieldKind.NUMBER),
    FilterField("deliverable", N_("Deliverable")),
    FilterField("waits", N_("Waits for")),
)
FIELDS = tuple(FilterField(f.id, f.label, f.kind, f.id, f.words) for f in _FIELDS)


class PackageSearch:
    """The packages of a phase as they are searched; what that takes is made when somebody types."""

    def __init__(self, packages: Sequence[PackageLine], facts: Facts) -> None:
        self._packages, self._facts = packages, facts
        self._texts: SearchTexts | None = None
        self._records: Sequence[Mapping[str, Any]] = ()

    def fitting(self, text: str) -> tuple[set[str], Filter]:
        """The ids of those that fit, and the filter as it was understood."""
        wanted = compile_filter(text, FIELDS, self._facts.today)
        if self._texts is None:
            self._texts = SearchTexts(search_text(self._words(package)) for package in self._packages)
            self._records = [self._record(package) for package in self._packages]
        return {self._packages[place].id for place in wanted.chosen(self._records, self._texts)}, wanted

    def _words(self, package: PackageLine) -> Sequence[str]:
        activity = _(ActivityId(package.activity).label)
        own = (package.code, package.name, package.owner, package.role, package.role_name, package.deliverable)
        return (*own, waited_for(package, self._facts), activity)

    def _record(self, package: PackageLine) -> Mapping[str, Any]:
        dates = (self._facts.dates or {}).get(package.id, NO_DATES)
        late = days_late(dates, package.status, self._facts.today) if self._facts.opened else 0
        named = {name: getattr(package, name) for name in ("code", "name", "status", "activity", "owner", "role")}
        return {
            **named,
            "progress": package.progress,
            "start": _iso(dates.start),
            "finish": _iso(dates.finish),
            "late": late,
            "deliverable": package.deliverable,
            "waits": waited_for(package, self._facts),
        }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
