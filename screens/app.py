"""The program in a terminal: owns the store, the current engagement and its plan; everything else is a screen's."""

from __future__ import annotations

import gc
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from screens import terminal

terminal.prepare()

from textual.worker import Worker, WorkerState  # noqa: E402

from db.errors import Problem, Refused, Unusable  # noqa: E402
from db.store import Store  # noqa: E402
from erptui import clock, place  # noqa: E402
from erptui.engagements import EngagementLine, engagements  # noqa: E402
from erptui.i18n import _, say  # noqa: E402
from erptui.place import Kept  # noqa: E402
from erptui.stores import is_demo, open_store, place_warning, upgrade_said  # noqa: E402
from screens.alerts import AlertingApp  # noqa: E402
from screens.frame import FrameScreen  # noqa: E402
from screens.places import KEEP_EVERY, PlacesApp  # noqa: E402
from screens.rooms import go_to  # noqa: E402
from screens.store_screen import PlanNow, StoreScreen, compute_plan, effect_text  # noqa: E402
from screens.undoing import UndoingApp  # noqa: E402

if TYPE_CHECKING:
    from erptui.config import Settings
    from erptui.palette import Find
    from screens.repeat import LastChange
    from screens.theme import Look
    from screens.widgets.register import ColumnChoice

LOCK_WAIT = 0.2
"""Seconds a key may wait for somebody else who is writing."""
LOOK_AGAIN = 1.0
"""Seconds between two looks at what others have changed."""


class ErpApp(AlertingApp, PlacesApp, UndoingApp):
    """erptui's screens over one store."""

    TITLE = "erptui"

    def __init__(
        self,
        store: Store,
        *,
        look: Look = "ink",
        ask_me: bool = False,
        kept: Kept | None = None,
        keeps_place: bool = False,
        settings: Settings | None = None,
    ) -> None:
        """`kept` is where one was last, to begin there or on what needs one now; without it the board comes first."""
        super().__init__(look=look, settings=settings)
        self.store = store
        self.waiting.watch(store)
        self._begin_places(kept, keeps_place)
        self._ask_me = ask_me
        self.engagement: EngagementLine | None = None
        self.plan = PlanNow()
        self.effect: tuple[str, date | None] | None = None
        self.crash: BaseException | None = None
        self._unusable: set[type[Unusable]] = set()
        self._planning: Worker[PlanNow] | None = None
        self.column_choices: dict[str, ColumnChoice] = {}
        self.last_changes: dict[str, LastChange] = {}
        self.audience = "internal"

    def _fatal_error(self) -> None:
        """Leave without a word: Textual would print local variables, and those hold what people typed."""
        self.crash = self._exception
        self._close_messages_no_wait()

    def on_load(self) -> None:
        self.engagement = self._begin_in(engagements(self.store))
        self.demo = is_demo(self.store)
        self.look_at_steps()

    async def on_mount(self) -> None:
        await self._open_again()
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not gc.isenabled():
            # Switched off by `open_screens`. What stands now stays: it need not be looked through again.
            gc.freeze()
            gc.enable()
        self.store.watch(lambda _rows: self.store_changed())
        self.set_interval(LOOK_AGAIN, self.see_others)
        self.set_interval(KEEP_EVERY, self.keep_place_soon)
        self.compute_plan()
        self.begin_settings()
        if self._ask_me:
            self.ask_name()
        elif self.store.upgraded:
            self.say(upgrade_said(self.store.upgraded, short=True))
        elif not self.store.read_only and (warning := place_warning(self.store.path)):
            self.say(warning, "error")

    def see_others(self) -> None:
        """See what others have changed, and what could not be read the last time."""
        if self.waiting.on:
            return
        again, self.look_again = self.look_again, False
        try:
            self.store.poll()
            if (again and not self._unusable) or self.out_of_date:
                self.store_changed()
        except Unusable as problem:
            self._tell_unusable(problem)
        except Refused:
            self.look_again = True

    def look_again_soon(self, problem: Refused) -> None:
        """Somebody holds the store: read it again when they are done. One that is damaged or gone is told of once."""
        self.look_again = True
        if isinstance(problem, Unusable):
            self._tell_unusable(problem)

    def _tell_unusable(self, problem: Unusable) -> None:
        # SQLite calls the same damage by other words, by where it is met.
        if type(problem) not in self._unusable:
            self._unusable.add(type(problem))
            self.say(say(problem), "error")

    # The current engagement and its plan.

    def enter(self, engagement: EngagementLine) -> None:
        """Make another engagement the current one."""
        # What line 24 says of the one before is not about this one.
        for screen in self.screen_stack:
            if isinstance(screen, FrameScreen):
                screen.footer.clear()
        self.engagement = engagement
        self.plan = PlanNow()
        self.store_changed()

    def store_changed(self) -> None:
        """Something was written, here or elsewhere: every screen reads again."""
        try:
            lines = engagements(self.store)
            self.look_at_steps()
        except Refused as problem:
            # The last picture stays.
            if not isinstance(problem, Unusable):
                self.say(say(problem), "error")
            self.look_again_soon(problem)
            return
        before = self.engagement
        # A client must not find another engagement in the place of one that is gone.
        first = None if self.for_client else next(iter(lines), None)
        self.engagement = next((line for line in lines if before and line.id == before.id), first)
        if before and (self.engagement is None or self.engagement.id != before.id):
            # Cards of another engagement must not stand where those of this one stood.
            self.plan = PlanNow()
            self._leave_all()
            self.say(_("{code} is gone: it was deleted or undone.").format(code=before.code), "error")
        self._reload_screens()
        self.compute_plan()

    def _reload_screens(self) -> None:
        if self.waiting.on:
            self.look_again = True
            return
        for screen in self.screen_stack:
            # While the program ends, screens stand there without their widgets.
            if isinstance(screen, StoreScreen) and screen.is_mounted and screen.main_view:
                screen.reload()
        if self.main_view:
            self.keys_changed()

    def compute_plan(self) -> None:
        """Compute the plan in a worker; the screens show it when it is there."""
        if self.engagement:
            work = partial(compute_plan, self.store, self.engagement.id, clock.today())
            self._planning = self.run_worker(
                work, name="plan", group="plan", thread=True, exclusive=True, exit_on_error=False
            )
        else:
            self.look_for_matters()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The plan is there."""
        error = event.worker.error if event.state is WorkerState.ERROR else None
        if isinstance(error, Refused):
            self.look_again_soon(error)
        elif error is not None:
            # A mistake in a worker is one like any other: the program ends, and the log says where.
            raise error
        if event.worker is not self._planning:
            return
        if event.state is not WorkerState.SUCCESS or event.worker.result is None:
            return
        known, self.plan = self.plan.problem, event.worker.result
        if self.plan.problem and self.plan.problem != known:
            self.say(self.plan.problem, "error")
        elif self.effect:
            done, before = self.effect
            if before and self.plan.finish and before != self.plan.finish:
                self.say(effect_text(done, before, self.plan.finish, clock.today()), "effect")
        self.effect = None
        self._reload_screens()

    # Screens.

    def _leave_all(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    async def action_go_board(self) -> None:
        """The board, in the view that was looked at last."""
        await go_to(self, "board")

    async def action_go_stakeholders(self) -> None:
        """The people; the place in the list of whoever was there already stays."""
        await go_to(self, "people")

    async def action_go_risks(self) -> None:
        """Promises or decisions, until the risks are there."""
        await go_to(self, "risks")

    def why_not_go_portfolio(self) -> str | None:
        """A client sees one engagement."""
        return _("A client sees one engagement. P leaves the client view.") if self.for_client else None

    async def action_go_portfolio(self) -> None:
        """All engagements."""
        await go_to(self, "portfolio")

    async def action_go_trash(self) -> None:
        """What was deleted."""
        from screens.trash import open_trash

        await open_trash(self)

    async def action_palette(self) -> None:
        """Find anything by typing."""
        await self.open_palette()

    async def open_palette(self, typed: str = "") -> None:
        """Open it with what was typed already."""
        from screens.palette import PaletteScreen, go_to_find
        from screens.palette_finds import Offered

        try:
            offered = Offered(self)
        except Refused as problem:
            self.say(say(problem), "error")
            return

        async def found(find: Find | None) -> None:
            if find:
                await go_to_find(self, offered, find)

        await self.push_screen(PaletteScreen(offered, typed), found)


def run(
    path: Path,
    *,
    who: str,
    ascii: bool | None = None,
    mouse: bool = False,
    read_only: bool = False,
    ask_me: bool = False,
    keeps_place: bool = True,
    settings: Settings | None = None,
) -> int:
    """Open the screens on the store at `path` and give the exit code.

    `ask_me` asks once for the person's name; `keeps_place` is False for a store that is thrown away. Raises `Problem`
    when the store is refused.
    """
    terminal.prepare(ascii_signs=True if ascii else None)
    refused = terminal.refusal()
    if refused:
        raise Problem(refused)
    terminal.speak()
    terminal.settle_size()
    with open_store(path, who=who, wait=LOCK_WAIT, read_only=read_only) as store:
        if store.upgraded:
            from erptui.cli.output import tell

            # Line 24 says it too, for some seconds; here it stands again after the screens.
            tell(upgrade_said(store.upgraded))
        kept = (place.kept(str(store.path)) if keeps_place else None) or Kept()
        app = ErpApp(store, ask_me=ask_me, kept=kept, keeps_place=keeps_place, settings=settings)
        app.run(mouse=mouse)
        if app.crash is not None:
            if keeps_place and not app.left:
                # What failed may fail there again.
                place.forget(str(store.path))
            # The command line writes the log and says one sentence.
            raise app.crash
        return app.return_code or 0
