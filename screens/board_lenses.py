"""The three lenses of the board, `va` `vs` `ve`: phases × activities, status × packages, phases × engagements."""

from __future__ import annotations

from importlib.util import find_spec
from typing import ClassVar

from db.labels import N_
from erptui.i18n import _
from screens.actions import Action, common, grouped
from screens.rooms import ROOMS, go_to
from screens.store_screen import StoreScreen

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

    async def action_view_activities(self) -> None:
        """Phases × activities."""
        await go_to(self.erp, ROOM, "activities")

    def why_not_view_status(self) -> str | None:
        """Not while the lens is being built."""
        return _later("status", LENSES[1])

    async def action_view_status(self) -> None:
        """Status × packages of one phase."""
        await go_to(self.erp, ROOM, "status")

    def why_not_view_engagements(self) -> str | None:
        """A client sees one engagement."""
        if self.erp.for_client:
            return _("A client sees one engagement. P leaves the client view.")
        return _later("engagements", LENSES[2])

    async def action_view_engagements(self) -> None:
        """Phases × engagements."""
        await go_to(self.erp, ROOM, "engagements")

    async def action_next_view(self) -> None:
        """The next lens that can be looked at, the first behind the last."""
        views = [*ROOMS[ROOM]]
        at = views.index(self.LENS)
        for view in (*views[at + 1 :], *views[:at]):
            why_not = getattr(self, f"why_not_view_{view}", None)
            if why_not is None or why_not() is None:
                await go_to(self.erp, ROOM, view)
                return


def _later(view: str, action: Action) -> str | None:
    """Why a lens that is not there yet can't be looked at."""
    module, _name = ROOMS[ROOM][view]
    return None if find_spec(module) else _("{action} comes with a later version.").format(action=_(action.label))
