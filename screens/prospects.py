"""A screen over all engagements: what their plans say comes from a worker; the last picture stays meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerState

from db.errors import Refused
from screens.store_screen import StoreScreen
from screens.widgets.bars import Part

if TYPE_CHECKING:
    from db.store import Store
    from erptui.portfolio import Prospect


def look_ahead(store: Store, today: date) -> Mapping[str, Prospect]:
    """What lies ahead of all engagements, through a connection of one's own. Raises `Refused`."""
    from erptui.portfolio import prospects

    snapshot = store.snapshot()
    try:
        return prospects(snapshot, today)
    finally:
        snapshot.close()


class ProspectsScreen(StoreScreen):
    """Override `prospects_known`; call `look_ahead` when the store is read."""

    INTERNAL = True

    def __init__(self) -> None:
        super().__init__()
        self.ahead: Mapping[str, Prospect] = {}
        self._looked: tuple[int, date] | None = None
        self._looking: Worker[Mapping[str, Prospect]] | None = None

    def look_ahead(self) -> None:
        """Compute it again where anything was written since."""
        ((newest,),) = self.store.rows("SELECT coalesce(max(id), 0) FROM change")
        if self._looked == (newest, self.today):
            return
        self._looked = newest, self.today
        work = partial(look_ahead, self.store, self.today)
        self._looking = self.run_worker(
            work, name="prospects", group="prospects", thread=True, exclusive=True, exit_on_error=False
        )

    def prospects_known(self) -> None:
        """It is there: show it."""
        raise NotImplementedError

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Textual calls the handlers of what a screen is based on as well: this one looks at its own worker only."""
        if event.worker is not self._looking:
            return
        if event.state is WorkerState.ERROR:
            self._looked = None
            if not isinstance(event.worker.error, Refused):
                raise event.worker.error or RuntimeError("a worker failed")
            self.erp.look_again_soon(event.worker.error)
        elif event.state is WorkerState.SUCCESS and event.worker.result is not None:
            self.ahead = event.worker.result
            self.prospects_known()

    def title_marks(self) -> Sequence[Part]:
        """The open alerts of all engagements, not of the current one alone."""
        from screens.alerts import alert_parts

        marks = self.erp.title_marks()
        return marks if self.erp.for_client else [*marks, *alert_parts(self.erp.attention)]
