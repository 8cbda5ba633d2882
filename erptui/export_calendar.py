"""The milestones and gates of engagements as a calendar file: what stands between the store and `erptui.exchange.ics`.

Nothing internal stands in an event, whoever reads it, so that all have the same one; nothing of another engagement goes
into a file for a client.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.choices import PackageStatus, PhaseId
from db.labels import N_
from erptui import clock
from erptui.engagements import EngagementLine, WhichEngagement, engagements, find_engagement
from erptui.exchange.ics import AllDayEvent, Published, as_published, publish, write_calendar
from erptui.files import check_target, write_file
from erptui.i18n import LOCALE_FOLDER, in_catalogue
from erptui.package_dates import NO_DATES
from erptui.plan_dates import dates_of, gate_days

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Store

FORMAT_VERSION = 1
_MILESTONE, _GATE = "◆", "◇"
_LABEL = N_("Export calendar")


@dataclass(frozen=True)
class ExportedCalendar:
    """The file, how many events it holds, how many were left out without a day, how many versions were not noted."""

    content: bytes
    events: int
    without_day: int
    unnoted: int


def export_calendar(store: Store, project: str | None, audience: str) -> ExportedCalendar:
    """The calendar file of one engagement (by code), or for internal use of all of them.

    Notes in the store what was published, unless that is read-only. Raises `WhichEngagement`, `NoSuchEngagement`,
    `NothingToExport`, `CircularPlan`.
    """
    chosen = _chosen(store, project, audience)
    events: dict[str, list[AllDayEvent]] = {}
    without_day = 0
    for engagement in chosen:
        found = list(_events(store, engagement))
        events[engagement.id] = [event for event in found if event is not None]
        without_day += len(found) - len(events[engagement.id])
    versions, unnoted = _published(store, events)
    extra = {
        "X-ERPTUI-FORMAT": str(FORMAT_VERSION),
        "X-ERPTUI-STORE-VERSION": str(store.rows("PRAGMA user_version")[0][0]),
        "X-ERPTUI-ENGAGEMENT": " ".join(engagement.id for engagement in chosen),
    }
    written = [as_published(event, versions[event.uid]) for found in events.values() for event in found]
    name = f"{chosen[0].code} {chosen[0].name}" if len(chosen) == 1 else None
    return ExportedCalendar(write_calendar(written, name=name, extra=extra), len(written), without_day, unnoted)


def export_calendar_file(
    store: Store, project: str | None, audience: str, path: Path, *, replace: bool
) -> ExportedCalendar:
    """`export_calendar` into a file that only its owner can read. Raises also `FileExists`, `FileRefused`."""
    # Before anything is noted as published.
    check_target(path, replace=replace)
    exported = export_calendar(store, project, audience)
    write_file(path, exported.content, replace=replace)
    return exported


def _chosen(store: Store, project: str | None, audience: str) -> list[EngagementLine]:
    if project is not None:
        return [find_engagement(store, project)]
    everything = engagements(store)
    if len(everything) > 1 and audience != "internal":
        raise WhichEngagement(codes=tuple(engagement.code for engagement in everything[:10]))
    return everything


def _events(store: Store, engagement: EngagementLine) -> Iterator[AllDayEvent | None]:
    """The events of an engagement; None for what has no day."""
    words = _words(engagement.language)
    dates = dates_of(store, engagement.id)
    made = _made(store, engagement.id)
    for identifier, code, name, phase, status in store.rows(
        "SELECT id, code, name, phase, status FROM work_package WHERE engagement_id = ? AND milestone = 1",
        (engagement.id,),
    ):
        day = dates.get(identifier, NO_DATES).finish
        lines: list[tuple[str, str]] = [
            (N_("Milestone"), f"{code} {name}"),
            (N_("Phase"), words(PhaseId(phase).label)),
            (N_("Status"), words(PackageStatus(status).label)),
        ]
        yield _event(engagement, identifier, day, f"{_MILESTONE} {name}", words, lines, made) if day else None
    days = gate_days(store, engagement.id, dates)
    for identifier, phase, name, passed_on in store.rows(
        "SELECT id, phase, name, passed_on FROM gate WHERE engagement_id = ?", (engagement.id,)
    ):
        lines = [
            (N_("Gate"), name),
            (N_("Phase"), words(PhaseId(phase).label)),
            (N_("Status"), words(N_("Passed") if passed_on else N_("Open"))),
        ]
        day = days.get(identifier)
        yield _event(engagement, identifier, day, f"{_GATE} {name}", words, lines, made) if day else None


def _event(
    engagement: EngagementLine,
    identifier: str,
    day: date,
    title: str,
    words: Callable[[str], str],
    lines: list[tuple[str, str]],
    made: Mapping[str, datetime],
) -> AllDayEvent:
    moment = made.get(identifier, datetime(day.year, 1, 1, tzinfo=timezone.utc))
    project = (N_("Project"), f"{engagement.code} {engagement.name}")
    described = [
        words(N_("{label}: {value}")).format(label=words(label), value=value) for label, value in (project, *lines)
    ]
    return AllDayEvent(
        uid=f"{identifier}@erptui.local",
        day=day,
        last_day=day,
        summary=f"{engagement.code} {title}",
        created=moment,
        changed=moment,
        description="\n".join([*described, words(N_("Written by erptui from the plan."))]),
        categories=(engagement.code,),
    )


def _words(language: str) -> Callable[[str], str]:
    """Translation into the language that the engagement's packages have, whoever exports."""
    if language == "en":
        return str
    return partial(in_catalogue, gettext.translation("erptui", LOCALE_FOLDER, languages=[language], fallback=True))


def _made(store: Store, engagement: str) -> dict[str, datetime]:
    """When the milestones and gates were made."""
    return {
        row: datetime.fromisoformat(at.replace("Z", "+00:00"))
        for table, condition in (("work_package", "AND r.milestone = 1"), ("gate", ""))
        for row, at in store.rows(
            f"SELECT r.id, min(s.at) FROM {table} r JOIN change c ON c.row = r.id JOIN step s ON s.id = c.step"
            f" WHERE r.engagement_id = ? {condition} AND c.field IS NULL AND c.old IS NULL GROUP BY r.id",
            (engagement,),
        )
    }


def _published(store: Store, events: Mapping[str, list[AllDayEvent]]) -> tuple[dict[str, Published], int]:
    """The version of each event by uid, noted in the store where one is new; and how many could not be noted."""
    versions, changed = _versions(store, events)
    if not changed:
        return versions, 0
    if store.read_only:
        return versions, len(changed)
    with store.edit(_LABEL, about=", ".join(_codes(store, events))[:200], undoable=False) as edit:
        # Again, now that nobody else writes.
        versions, changed = _versions(store, events)
        _note(edit, versions, changed)
    return versions, 0


def _codes(store: Store, events: Mapping[str, Any]) -> list[str]:
    return [engagement.code for engagement in engagements(store) if engagement.id in events]


def _versions(
    store: Store, events: Mapping[str, list[AllDayEvent]]
) -> tuple[dict[str, Published], list[tuple[str, str | None, str]]]:
    """The version of each event by uid, and which are not noted yet: engagement, row of the last version, uid."""
    now = clock.now()
    versions: dict[str, Published] = {}
    changed: list[tuple[str, str | None, str]] = []
    for engagement, found in events.items():
        last: dict[str, tuple[str, Published]] = {}
        for row, uid, print_, sequence, moment in store.rows(
            "SELECT id, uid, fingerprint, sequence, changed FROM published_event WHERE engagement = ?"
            " ORDER BY sequence",
            (engagement,),
        ):
            last[uid] = (row, Published(uid, print_, sequence, datetime.fromisoformat(moment.replace("Z", "+00:00"))))
        for event in found:
            row, before = last.get(event.uid, (None, None))
            versions[event.uid] = publish(event, before, now)
            if versions[event.uid] is not before:
                changed.append((engagement, row, event.uid))
    return versions, changed


def _note(edit: Edit, versions: Mapping[str, Published], changed: list[tuple[str, str | None, str]]) -> None:
    from db.models import PublishedEvent

    new = []
    for engagement, row, uid in changed:
        version = versions[uid]
        values = {"fingerprint": version.fingerprint, "sequence": version.sequence, "changed": version.changed}
        if row is None:
            new.append({"engagement": engagement, "uid": uid, **values})
        else:
            edit.change(PublishedEvent, row, None, **values)
    if new:
        edit.create_many(PublishedEvent, new)
