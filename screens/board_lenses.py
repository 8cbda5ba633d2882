"""The three lenses of the board, `va` `vs` `ve`: phases × activities, status × packages, phases × engagements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from db.choices import EngagementStatus, PhaseId
from db.labels import N_
from erptui.days import short_day
from erptui.i18n import _, bracketed
from screens.actions import Action, common, grouped
from screens.glyphs import UNICODE as SIGNS
from screens.rooms import ROOMS, go_to
from screens.store_screen import StoreScreen
from screens.text import Line
from screens.widgets.bars import Part

ROOM = "board"
LENSES = grouped(
    common.SHOW[0].group,
    Action("view-activities", ("v a",), N_("Activities"), N_("The phases with their activities as cards."), rank=8),
    Action("view-status", ("v s",), N_("Status"), N_("The work packages of one phase by their status."), rank=8),
    Action("view-engagements", ("v e",), N_("Engagements"), N_("The phases with all engagements and leads."), rank=8),
)


class LensScreen(StoreScreen):
    """One of the lenses. Give `LENS`, its view in the room of the board."""

    ACTIONS = (*common.COMMON, *LENSES)
    LENS: ClassVar[str]

    def show_title(self, phase: str | None, late: int, about: Line = (), marks: Sequence[Part] = ()) -> None:
        """Line 1: engagement and phase; at the right how many are late, and the finish.

        What is said `about` the phase stands before the name of the engagement, which gives way where it is narrow.
        """
        engagement, plan = self.erp.engagement, self.erp.plan
        parts = [Part([(short_day(self.today, self.today), "dim")])]
        if engagement is None:
            self.set_title([("erptui", "bold accent")], parts)
            return
        code: Line = [(engagement.code, "bold accent")]
        name: Line = [(f" {engagement.name}", "bold")]
        where: Line = [(f"  {SIGNS.step}  {_(PhaseId(phase or engagement.phase).label)}", "dim")]
        left = [*code, *where, *about, (" ", "plain"), *name] if about else [*code, *name, *where]
        if engagement.status != "won" and not self.erp.for_client:
            left = [*left, (bracketed("", _(EngagementStatus(engagement.status).label)), "amber")]
        if late and self.erp.for_client:
            # To oneself line 1 counts the alerts, which are internal, by the same sign.
            parts.insert(0, Part([(f"{SIGNS.late}{late}", "bold red")], rank=1))
        if plan.finish:
            text = _("finish {day}").format(day=short_day(plan.finish, self.today))
            parts.insert(0, Part([(text, "dim")], rank=2))
        if plan.problem:
            parts.insert(0, Part([(f"{SIGNS.late} ", "bold red"), (_("no dates"), "bold red")], rank=1))
        if self.store.read_only:
            parts.insert(0, Part([(_("read only"), "amber")], rank=1))
        self.set_title(left, [*marks, *parts])

    async def _look(self, view: str) -> None:
        """Another lens, where it was left in this engagement."""
        engagement = self.erp.engagement
        left_at = (
            place.at
            for place in self.erp.places
            if (place.room, place.view) == (ROOM, view) and engagement and place.engagement == engagement.id
        )
        await go_to(self.erp, ROOM, view, next(left_at, None))

    async def action_view_activities(self) -> None:
        """Phases × activities."""
        await self._look("activities")

    async def action_view_status(self) -> None:
        """Status × packages of one phase."""
        await self._look("status")

    def why_not_view_engagements(self) -> str | None:
        """A client sees one engagement."""
        return _("A client sees one engagement. P leaves the client view.") if self.erp.for_client else None

    async def action_view_engagements(self) -> None:
        """Phases × engagements."""
        await self._look("engagements")

    async def action_next_view(self) -> None:
        """The next lens that can be looked at, the first behind the last."""
        views = [*ROOMS[ROOM]]
        at = views.index(self.LENS)
        for view in (*views[at + 1 :], *views[:at]):
            why_not = getattr(self, f"why_not_view_{view}", None)
            if why_not is None or why_not() is None:
                await self._look(view)
                return


def ranked_text(code: str, column: Sequence[object], row: object, *, down: bool) -> str:
    """Which place a card has in its column, given as it was, once it is moved by one."""
    place = column.index(row) + (2 if down else 0)
    return _("{code}: place {place} of {total}").format(code=code, place=place, total=len(column))
