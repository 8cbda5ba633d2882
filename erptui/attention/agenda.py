"""What lies ahead today and this week, over all engagements: touches, milestones, gates, promises, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from db.choices import PromiseState
from erptui.attention.lines import AgendaLine
from erptui.attention.scene import Scene
from erptui.i18n import _
from erptui.touches import LOGGED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.store import Reader
    from erptui.plan_dates import Plan


def last_day_of_week(today: date) -> date:
    """The Sunday of the week that a day lies in."""
    return today + timedelta(days=6 - today.weekday())


def agenda(
    reader: Reader, today: date, engagement: str | None = None, plans: Mapping[str, Plan] | None = None
) -> list[AgendaLine]:
    """What lies between today and Sunday, by day; on a weekend also the week after it. What is late is a matter."""
    return agenda_in(Scene(reader, today, engagement, plans))


def agenda_in(scene: Scene) -> list[AgendaLine]:
    """`agenda` of a scene."""
    today = scene.today
    last = last_day_of_week(today)
    if today.weekday() >= 5:
        last += timedelta(days=7)
    found = [*_touches(scene), *_milestones(scene), *_commitments(scene), *_asked_again(scene)]
    order = {"touch": 0, "engagement": 1, "milestone": 2, "decision": 3, "promise": 4}
    return sorted(
        (line for line in found if today <= line.day <= last),
        key=lambda line: (line.day, order[line.kind], line.code, line.text),
    )


def _touches(scene: Scene) -> Iterator[AgendaLine]:
    wanted = {
        person: contact
        for person, contact in scene.contacts.items()
        if contact.next_on and contact.next_on >= scene.today.isoformat()
    }
    if not wanted:
        return
    told = {
        person: (engagement, text)
        for person, engagement, text in scene.reader.rows(
            "SELECT tp.person_id, t.engagement_id, t.text FROM touch_person tp JOIN touch t ON t.id = tp.touch_id"
            f" WHERE t.next_on IS NOT NULL ORDER BY t.day, {LOGGED}"
        )
    }
    silent = {person for (person,) in scene.reader.rows("SELECT id FROM person WHERE do_not_contact")}
    for person, contact in wanted.items():
        engagement, text = told[person]
        if person in silent or (engagement not in scene.codes if engagement else scene.only_one):
            continue
        name = scene.people[person]
        yield AgendaLine(
            date.fromisoformat(contact.next_on or ""), scene.codes.get(engagement, ""), engagement, "touch",
            _("Touch {name}").format(name=name), text or "", ("person", person),
        )  # fmt: skip


def _milestones(scene: Scene) -> Iterator[AgendaLine]:
    for line in scene.engagements:
        for package in scene.packages(line.id):
            if package.milestone and package.open and package.dates.finish:
                yield AgendaLine(
                    package.dates.finish, line.code, line.id, "milestone", package.name, "",
                    ("work_package", package.id),
                )  # fmt: skip


def _commitments(scene: Scene) -> Iterator[AgendaLine]:
    open_states = (PromiseState.OPEN.id, PromiseState.MOVED.id)
    for kind, sql, values in (
        (
            "promise",
            "SELECT id, engagement_id, text, coalesce(owner_id, person_id), due FROM promise"
            " WHERE state IN (?, ?) AND due >= ?",
            (*open_states, scene.today.isoformat()),
        ),
        (
            "decision",
            "SELECT id, engagement_id, text, decider_id, due FROM decision WHERE decided_on IS NULL AND due >= ?",
            (scene.today.isoformat(),),
        ),
    ):
        for row, engagement, text, person, due in scene.reader.rows(sql, values):
            if engagement not in scene.codes if engagement else scene.only_one:
                continue
            yield AgendaLine(
                date.fromisoformat(due), scene.codes.get(engagement, ""), engagement, kind, text,
                scene.people.get(person, ""), (kind, row),
            )  # fmt: skip


def _asked_again(scene: Scene) -> Iterator[AgendaLine]:
    """What was postponed; on the day itself it is a matter."""
    for line, day in scene.postponed:
        if day > scene.today:
            text = _("Ask {name} again").format(name=line.name)
            yield AgendaLine(day, line.code, line.id, "engagement", text, "", ("engagement", line.id))
