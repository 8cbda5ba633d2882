"""What needs attention, looked at once for all screens: in a worker, after the plan, on a picture of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.worker import Worker, WorkerState

from erptui import clock
from erptui.i18n import _
from screens.frame import FrameScreen
from screens.glyphs import UNICODE as SIGNS
from screens.projector import ProjectorApp
from screens.rooms import go_to
from screens.widgets.bars import Part

if TYPE_CHECKING:
    from datetime import date

    from db.store import Store
    from erptui.attention.look import Attention
    from erptui.plan_dates import Plan
    from screens.app import ErpApp
    from screens.store_screen import PlanNow
    from screens.text import Span


def look_at_all(store: Store, today: date, plans: Mapping[str, Plan]) -> Attention:
    """What needs attention, through a connection of one's own: for a worker thread. Raises `Refused`."""
    from erptui.attention.look import look

    snapshot = store.snapshot()
    try:
        return look(snapshot, today, plans)
    finally:
        snapshot.close()


def alert_parts(attention: Attention | None, engagement: str | None = None) -> Sequence[Part]:
    """The alerts as line 1 shows them, `■7 ▲2`, of all engagements or of one; empty where there are none."""
    if attention is None:
        return ()
    from erptui.attention.look import AMBER, RED

    red, amber = (attention.count(severities, engagement) for severities in (RED, AMBER))
    spans: list[Span] = []
    if red:
        spans += [(SIGNS.late, "bold red"), (str(red), "bold")]
    if amber:
        spans += [(" " if red else "", "plain"), (SIGNS.soon, "amber"), (str(amber), "bold")]
    return [Part(spans, rank=1)] if spans else ()


class AlertingApp(ProjectorApp):
    """An app that knows what needs attention. `attention` is None until it has looked; then the last picture stays."""

    plan: PlanNow
    attention: Attention | None = None
    _looking: Worker[Attention] | None = None

    @property
    def out_of_date(self) -> bool:
        """Whether another day has begun since it was looked."""
        looked = None if self.for_client else self.attention
        return looked is not None and looked.day != clock.today()

    def look_for_matters(self) -> None:
        """Look again; the screens show it when it is there."""
        if self.for_client:
            # Nobody may see it, and leaving the client view looks again.
            return
        plans = {self.engagement.id: self.plan.plan} if self.engagement and self.plan.plan else {}
        work = partial(look_at_all, self.store, clock.today(), plans)
        self._looking = self.run_worker(
            work, name="attention", group="attention", thread=True, exclusive=True, exit_on_error=False
        )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        # Textual calls the handler of the app that stands on this one as well, and first: the plan is known here.
        if event.state is not WorkerState.SUCCESS:
            return
        if event.worker.group == "plan":
            self.look_for_matters()
        elif event.worker is self._looking and event.worker.result is not None:
            self.attention = event.worker.result
            for screen in self.screen_stack:
                if isinstance(screen, FrameScreen) and screen.is_mounted:
                    screen.attention_changed()

    def why_not_go_today(self) -> str | None:
        """It is all internal, and of all engagements."""
        return _("Today is internal. P leaves the client view.") if self.for_client else None

    async def action_go_today(self) -> None:
        """What needs somebody now, in the view that was looked at last."""
        await go_to(cast("ErpApp", self), "today")
