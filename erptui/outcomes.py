"""What becomes of an engagement: a lead is won; anything may be lost, dropped or postponed, for a cause and a reason.

Each is one step of the history, which says what was done and to which engagement; cause and reason are internal. What
stands on the engagement is the newest outcome, the history knows the earlier ones.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from db.choices import Choice, EngagementStatus, OutcomeReason
from db.errors import Problem
from db.labels import N_, Label
from db.text import clean_text
from erptui.engagements import has_plan
from erptui.i18n import _, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.edit import Edit
    from db.models import Engagement
    from db.store import Reader, Store


class Outcome(Choice):
    """What can become of an engagement, as a person says it."""

    WON = "won", N_("Won")
    LOST = "lost", N_("Lost")
    DROPPED = "dropped", N_("Dropped")
    POSTPONED = "postponed", N_("Postponed")
    OPEN = "open", N_("Open again")


class OutcomeRefused(Problem):
    """What was said of an outcome is not enough, or does not go with how the engagement stands."""


def possible(status: str, planned: bool) -> tuple[Outcome, ...]:
    """What can become of an engagement with this status; `planned`: its phases after pursuit are (`has_plan`)."""
    if status in (EngagementStatus.LOST.id, EngagementStatus.DROPPED.id):
        return (Outcome.OPEN,)
    ways = (Outcome.DROPPED, Outcome.POSTPONED) if planned else (
        Outcome.WON, Outcome.LOST, Outcome.DROPPED, Outcome.POSTPONED
    )  # fmt: skip
    return (*ways, Outcome.OPEN) if status == EngagementStatus.POSTPONED.id else ways


def win(
    store: Store,
    engagement: str,
    day: date,
    start: date | None = None,
    *,
    cause: OutcomeReason | None = None,
    reason: str = "",
    undoable: bool = True,
) -> None:
    """Win a lead, or one that was postponed: the contract is signed on `day`, the work begins on `start`.

    The phases after pursuit come in from the template and are planned from `start` (the day of the contract where it
    is not said), behind what is open of the hand-over. What runs through all phases opens; preparation opens with the
    gate of pursuit, at once where that is passed already, and passing that gate of a lead wins it in the same step
    (`gates.sign`). The start of the engagement stays the day the lead began. Raises `NotALead`, `OutcomeRefused`.
    """
    from erptui.method.opening import write_win

    start = start or day
    with _step(store, N_("Win"), engagement, undoable) as (edit, row):
        if start < row.start:
            raise OutcomeRefused(
                N_("{code} began on {began}: its work can't start before, on {start}."),
                code=row.code,
                began=row.start,
                start=start,
            )
        write_win(store, edit, engagement, day, start)
        edit.update(row, status_cause=cause, status_reason=clean_text(reason).strip() or None)


def preparation_begins(reader: Reader, engagement: str) -> date | None:
    """The first planned day of the preparation, which waits for what is open of the pursuit; None without a plan."""
    from erptui.plan_dates import plan_of

    packages = reader.rows("SELECT id FROM work_package WHERE engagement_id = ? AND phase = 'B'", (engagement,))
    try:
        dates = plan_of(reader, engagement).dates
    except Problem:
        return None
    return min((start for (package,) in packages if package in dates and (start := dates[package].start)), default=None)


def lose(
    store: Store, engagement: str, day: date, *, cause: OutcomeReason | None, reason: str, undoable: bool = True
) -> None:
    """Lose a lead to somebody else. A project that was won is dropped instead. Raises `OutcomeRefused`."""
    with _step(store, N_("Lose"), engagement, undoable) as (edit, row):
        if has_plan(store, engagement):
            raise OutcomeRefused(N_("{code} was won: a project is dropped or postponed, not lost."), code=row.code)
        _end(edit, row, EngagementStatus.LOST, day, cause, reason)


def drop(
    store: Store, engagement: str, day: date, *, cause: OutcomeReason | None, reason: str, undoable: bool = True
) -> None:
    """Give up a lead, or stop a project. Raises `OutcomeRefused`."""
    with _step(store, N_("Drop"), engagement, undoable) as (edit, row):
        _end(edit, row, EngagementStatus.DROPPED, day, cause, reason)


def postpone(
    store: Store,
    engagement: str,
    day: date,
    *,
    ask_again_on: date | None,
    cause: OutcomeReason | None,
    reason: str,
    undoable: bool = True,
) -> None:
    """Put a lead or a project off until it is asked for again; also once more. Raises `OutcomeRefused`."""
    with _step(store, N_("Postpone"), engagement, undoable) as (edit, row):
        if ask_again_on is None:
            raise OutcomeRefused(N_("When will you ask again? Type a day, such as +3m."))
        if ask_again_on <= day:
            raise OutcomeRefused(N_("Ask again after {day}, not on {again}."), day=day, again=ask_again_on)
        if row.status in (EngagementStatus.LOST, EngagementStatus.DROPPED):
            raise _closed(row)
        _end(edit, row, EngagementStatus.POSTPONED, day, cause, reason, ask_again_on)


def reopen(store: Store, engagement: str, day: date, *, undoable: bool = True) -> EngagementStatus:
    """Take up again what was lost, dropped or postponed, and give what it is now: a lead, or won where it was.

    Its plan stays as it was. Raises `OutcomeRefused` for what is alive.
    """
    with _step(store, N_("Take up again"), engagement, undoable) as (edit, row):
        if row.status in (EngagementStatus.LEAD, EngagementStatus.WON):
            raise OutcomeRefused(N_("{code} is {status}: it is under way."), code=row.code, status=row.status.label)
        status = EngagementStatus.WON if has_plan(store, engagement) else EngagementStatus.LEAD
        edit.update(row, status=status, status_on=day, status_cause=None, status_reason=None, ask_again_on=None)
    return status


@contextmanager
def _step(store: Store, label: Label, engagement: str, undoable: bool) -> Iterator[tuple[Edit, Engagement]]:
    """A step about an engagement, with its row as it stands now."""
    from db.models import Engagement

    code = store.get(Engagement, engagement).code
    with store.edit(label, about=code, undoable=undoable) as edit:
        yield edit, store.get(Engagement, engagement)


def _end(
    edit: Edit,
    row: Engagement,
    status: EngagementStatus,
    day: date,
    cause: OutcomeReason | None,
    reason: str,
    ask_again_on: date | None = None,
) -> None:
    if cause is None:
        causes = listed(_(cause.label) for cause in OutcomeReason)
        raise OutcomeRefused(N_("What is the cause? One of: {causes}."), causes=causes)
    if not clean_text(reason).strip():
        raise OutcomeRefused(N_("Type the reason in words. It stays on record; a client never sees it."))
    if row.status is status and status is not EngagementStatus.POSTPONED:
        raise _closed(row)
    edit.update(
        row,
        status=status,
        status_on=day,
        status_cause=cause,
        status_reason=clean_text(reason).strip(),
        ask_again_on=ask_again_on,
    )


def _closed(row: Engagement) -> OutcomeRefused:
    return OutcomeRefused(
        N_("{code} is {status} already. Take it up again first."), code=row.code, status=row.status.label
    )
