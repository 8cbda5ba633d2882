"""From a line of Today to the row it is about: on its own screen, in its engagement, the cursor on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from erptui.engagements import engagements
from erptui.i18n import _
from screens.rooms import go_to

if TYPE_CHECKING:
    from screens.store_screen import StoreScreen


async def open_the_row(screen: StoreScreen, table: str, row: str, engagement: str | None) -> None:
    """Open the screen of a row above this one, so that esc comes back."""
    erp = screen.erp
    if engagement and (erp.engagement is None or erp.engagement.id != engagement):
        found = next((line for line in engagements(screen.store) if line.id == engagement), None)
        if found is None:
            screen.say(_("This engagement is gone."))
            return
        erp.enter(found)
    if table == "work_package":
        await _open_package(screen, row)
    elif table == "gate":
        await _open_gate(screen, row)
    elif table in ("person", "promise", "decision"):
        await _open_register(screen, table, row)
    elif table == "engagement":
        await _open_pipeline(screen, row)
    else:
        await go_to(erp, "board", "activities")


async def _open_package(screen: StoreScreen, row: str) -> None:
    from screens.card import CardScreen

    found = screen.store.rows("SELECT phase, activity FROM work_package WHERE id = ?", (row,))
    if not found:
        screen.say(_("This package is gone."))
        return
    card = CardScreen((found[0][0], found[0][1]))
    await screen.app.push_screen(card)
    card.view.go_to(row)


async def _open_gate(screen: StoreScreen, row: str) -> None:
    from screens.gate import GateScreen

    found = screen.store.rows("SELECT phase FROM gate WHERE id = ?", (row,))
    if found:
        await screen.app.push_screen(GateScreen(found[0][0]))


async def _open_pipeline(screen: StoreScreen, row: str) -> None:
    from screens.pipeline import PipelineScreen

    pipeline = PipelineScreen()
    pipeline.want_place({"row": row})
    await screen.app.push_screen(pipeline)


async def _open_register(screen: StoreScreen, table: str, row: str) -> None:
    from screens.decisions import DecisionsScreen
    from screens.people import PeopleScreen
    from screens.promises import PromisesScreen

    register = {"person": PeopleScreen, "promise": PromisesScreen, "decision": DecisionsScreen}[table]()
    await screen.app.push_screen(register)
    register.go_to(row)
