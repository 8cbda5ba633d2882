"""What all screens over the store have in common: refusals in line 24, the effect of an edit, the plan in a worker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.await_complete import AwaitComplete

from db.errors import Problem, Refused, Unusable
from erptui import clock
from erptui.days import short_day
from erptui.i18n import _, say
from erptui.package_dates import PackageDates
from screens.actions import Action, common
from screens.frame import FrameScreen
from screens.glyphs import UNICODE as SIGNS

if TYPE_CHECKING:
    from db.store import Store
    from erptui.method.standing import Standing
    from erptui.plan_dates import Plan
    from screens.app import ErpApp
    from screens.widgets.bars import Part


@dataclass(frozen=True)
class PlanNow:
    """The plan as computed last; `known` is False until it has been."""

    dates: Mapping[str, PackageDates] = field(default_factory=dict)
    standings: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    finish: date | None = None
    unannounced: tuple[int, ...] = ()
    known: bool = False
    problem: str = ""
    plan: Plan | None = None
    """The plan itself, where there is one."""


def compute_plan(store: Store, engagement: str, today: date) -> PlanNow:
    """The plan of an engagement, read through a connection of one's own: for a worker thread.

    What is wrong with the plan stands in `problem`. Raises `Refused` while somebody else holds the store.
    """
    from erptui.method.standing import standings_of
    from erptui.plan_dates import plan_of

    snapshot = store.snapshot()
    try:
        plan = plan_of(snapshot, engagement)
        standings = standings_of(snapshot, engagement, plan.dates, today)
        return PlanNow(plan.dates, standings, plan.finish, plan.unannounced, known=True, plan=plan)
    except Refused:
        raise
    except Problem as problem:
        return PlanNow(known=True, problem=say(problem))
    finally:
        snapshot.close()


class StoreScreen(FrameScreen):
    """A screen over the store and the current engagement. Override `read_store`."""

    @property
    def erp(self) -> ErpApp:
        """The app, which owns the store."""
        return cast("ErpApp", self.app)

    @property
    def store(self) -> Store:
        """The open store."""
        return self.erp.store

    @property
    def today(self) -> date:
        """The day on this machine's clock."""
        return clock.today()

    # The place on it, for `'` and the next start.

    _wanted_place: Mapping[str, str] | None = None

    def place_now(self) -> dict[str, str]:
        """What `take_place` finds the same row, filter, order and the like by again, also after a restart."""
        return {}

    def take_place(self, place: Mapping[str, str]) -> None:
        """Go to the place that `place_now` told of, or the nearest one that is there; called after the first read."""

    def want_place(self, place: Mapping[str, str]) -> None:
        """Take this place now, or as soon as something is read."""
        self._wanted_place = place
        if self.is_mounted:
            self.take_wanted_place()

    def take_wanted_place(self) -> None:
        """Take the place that was wanted before anything was read."""
        wanted, self._wanted_place = self._wanted_place, None
        if wanted:
            self.take_place(wanted)

    @property
    def has_read(self) -> bool:
        """Whether it stands where it was wanted to."""
        return self.is_mounted and self._wanted_place is None

    INTERNAL: ClassVar[bool] = False
    """Whether no client may see any of it: the client view leaves such a screen."""
    OF_ONE_ROW: ClassVar[bool] = False
    """Whether it was opened on a row that may be of another engagement: the client view leaves such a screen too."""

    def title_marks(self) -> Sequence[Part]:
        """The marks of the app, and the open alerts of the engagement. A client does not see them."""
        from screens.alerts import alert_parts

        engagement = self.erp.engagement
        if self.erp.for_client or engagement is None or self.OF_ONE_ROW:
            # What a single row is called needs the room.
            return super().title_marks()
        return [*super().title_marks(), *alert_parts(self.erp.attention, engagement.id)]

    def why_internal(self) -> str | None:
        """Why nothing internal can be written here, or None when it can."""
        return _("Notes and touches are internal. P leaves the client view.") if self.erp.for_client else None

    def tables(self) -> tuple[Action, ...]:
        """The client view can be turned on and off wherever nothing is asked."""
        found = super().tables()
        return found if self.asking or common.PROJECTOR in found else (*found, common.PROJECTOR)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave it for the screen below; where there is none, what leads on is said."""
        why_not = self.erp.why_not_back()
        if why_not is None:
            return super().dismiss(result)
        self.say(why_not)
        return AwaitComplete.nothing()

    def on_screen_resume(self) -> None:
        # Textual calls the handler of the frame as well.
        # What a worker has read for oneself may come up after a client has begun to look on.
        if self.INTERNAL and self.erp.for_client and self.is_current:
            self.dismiss()

    def read_store(self) -> None:
        """Read again what the screen shows."""

    def reload(self) -> None:
        """Read the store after it changed; while somebody else holds it, the last picture stays."""
        with self.reading():
            self.read_store()
            self.take_wanted_place()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around what reads: a store held by somebody else is said in line 24, and looked at again a little later."""
        try:
            yield
        except Refused as problem:
            # A store that is damaged or gone is told of once: else each new picture would say it again.
            if not isinstance(problem, Unusable):
                self.say(say(problem), "error")
            self.erp.look_again_soon(problem)

    # A touch is logged from anywhere.

    def touched(self) -> list[str]:
        """The ids of the people whom a touch logged here is with, where nobody else is named."""
        return []

    def why_not_touch(self) -> str | None:
        """Nothing can be logged in what is open for reading only, nor where a client looks on."""
        return self.why_internal() or self.why_read_only()

    def action_touch(self) -> None:
        """Log a touch in one line."""
        from screens.touch import ask_for_touch

        ask_for_touch(self, self.touched())

    # So is the notebook.

    def notes_about(self) -> tuple[str, str] | None:
        """Table and id of the row whose notebook opens here; None for the notebook about nothing."""
        return None

    def why_not_notes(self) -> str | None:
        """A client does not read along."""
        return self.why_internal()

    async def action_notes(self) -> None:
        """Open the notebook."""
        from screens.notebook import open_notebook

        await open_notebook(self, *(self.notes_about() or (None, None)))

    # Text that comes where no field is open.

    def typed_elsewhere(self, text: str) -> bool | Awaitable[bool]:
        """Chinese typed on a screen without a filter of its own is looked for in the finder."""
        if self.asking or all(action.id != "palette" for action in self.ACTIONS):
            return False
        return self._find(text)

    async def _find(self, text: str) -> bool:
        await self.erp.open_palette(text)
        return True

    def take_paste(self, text: str) -> bool | Awaitable[bool]:
        """A paste that goes into no field is offered as lines of the notebook, where one opens here."""
        if self.asking or self.erp.keyboard.text_field or all(action.id != "notes" for action in self.ACTIONS):
            return False
        from screens.pasted import offer_paste

        return offer_paste(self, text)

    def why_read_only(self) -> str | None:
        """Why nothing can be changed here, or None when it can."""
        return say(self.store.why_read_only) if self.store.why_read_only else None

    def attempt(self, act: Callable[[], object], done: str = "") -> bool:
        """Do something to the store. A refusal is said in line 24; what was done is said with how to take it back."""
        try:
            act()
        except Problem as problem:
            self.say(say(problem), "error")
            return False
        if done:
            self.say_done(done)
        return True

    def move_to_trash(self, delete: Callable[[], str]) -> bool:
        """Delete rows, and say what `delete` calls them and how they come back. Whether it was done."""
        names: list[str] = []
        if not self.attempt(lambda: names.append(delete())):
            return False
        self.say(_("moved to trash: {name} · u brings it back").format(name=names[0]), "effect")
        return True

    def say_done(self, done: str) -> None:
        """Say what an edit did; how it moves the finish follows when the plan has been computed."""
        self.erp.effect = (done, self.erp.plan.finish)
        self.say(effect_text(done, None, None, self.today), "effect")


def effect_text(done: str, before: date | None, after: date | None, today: date) -> str:
    """What an edit did: in words, how it moved the finish, and how it is taken back."""
    parts = [done]
    if before and after and before != after:
        parts.append(
            _("finish {before} → {after}").format(before=short_day(before, today), after=short_day(after, today))
        )
    parts.append(_("u takes back"))
    return f" {SIGNS.bullet} ".join(parts)
