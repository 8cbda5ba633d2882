"""`:` finds everything by typing: what keys do, screens, engagements, people, packages, promises and decisions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.worker import Worker, WorkerState, get_current_worker

from db.errors import Refused
from db.labels import N_, NP_
from erptui import cells
from erptui.i18n import _, language
from erptui.palette import Find, Finds, best, count_rows, read_rows
from erptui.place import MOST_FOUND, Place
from screens.actions import Action, common, grouped
from screens.palette_finds import KINDS, Offered, before_typing
from screens.rooms import go_to
from screens.store_screen import StoreScreen
from screens.text import Line, ends
from screens.widgets.edit_line import EditLine, Question
from screens.widgets.line_view import LineView

if TYPE_CHECKING:
    from db.store import Store
    from erptui.registers.context import Context
    from screens.app import ErpApp

FEW = 1500
"""Rows that are read at once; more of them in a worker."""
OF_ENGAGEMENT = ("package", "decision", "promise")
"""Kinds of finds of which the code of their engagement is told."""

CHOOSE = grouped(
    N_("Finding"),
    Action("next-match", ("down",), N_("Choose"), N_("The next that fits."), rank=3, in_text=True),
    Action("previous-match", ("up",), N_("Choose"), N_("The one before."), rank=3, in_text=True),
)


class FindsView(LineView):
    """What fits what was typed."""

    def __init__(self) -> None:
        super().__init__(id="finds")
        self.finds: Sequence[Find] = ()
        self.reading = False

    @property
    def row_count(self) -> int:
        return len(self.finds)

    @property
    def current(self) -> Find | None:
        """The find under the cursor."""
        return self.finds[self.cursor] if self.cursor < len(self.finds) else None

    def show(self, finds: Sequence[Find], stay: bool) -> None:
        """Show these; the cursor stays on its find when asked to."""
        before = self.current[:2] if stay and self.current else None
        self.finds = finds
        self._cursor = next((row for row, find in enumerate(finds) if find[:2] == before), 0)
        self._scroll_top(0)
        self.rows_changed()

    def line(self, row: int, width: int) -> Line:
        find = self.finds[row]
        room = max(cells.width(_(label)) for label in KINDS.values())
        kind = cells.pad(_(KINDS[find.kind]), room)
        role = "dim" if find.why_not else "plain"
        left = [(f"{find.code}  ", "bold" if not find.why_not else "dim")] if find.code else []
        left += [(find.name, "bold" if not find.why_not and not find.code else role)]
        if find.kind in OF_ENGAGEMENT:
            return ends(left, [(f"{find.about}  {kind} ", "dim")], width, gap=2)
        left += [(f"  {find.about}", "dim")] if find.about else []
        return ends(left, [(find.key, "accent"), (f"  {kind} ", "dim")], width, gap=2)

    def hint(self) -> Line:
        return [(self.why_empty, "dim")]

    @property
    def why_empty(self) -> str:
        """Why there is nothing to choose."""
        if self.reading:
            return _("Still reading. Try again in a moment.")
        return _("Nothing has this in its name or code.")


def read_in_worker(store: Store, context: Context, here: str, offered: Offered) -> tuple[Finds, Finds] | None:
    """The rows and what keys do elsewhere, with their pinyin. Raises `Refused` while somebody holds the store."""
    from dataclasses import replace

    worker = get_current_worker()
    snapshot = store.snapshot()
    try:
        rows = read_rows(replace(context, reader=snapshot), here, lambda: worker.is_cancelled)
    finally:
        snapshot.close()
    if rows is None:
        return None
    elsewhere = offered.elsewhere()
    for finds in (offered.here, rows, elsewhere):
        finds.listen(lambda: worker.is_cancelled)
    return rows, elsewhere


class PaletteScreen(StoreScreen):
    """`:`; typing finds, enter goes there or does it. Dismissed with what was chosen."""

    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *(action for action in common.ROW if action.id == "open"),
        *(action for action in common.SHOW if action.id == "filter"),
        *(action for action in common.PROGRAM if action.id in ("redraw", "help")),
        *common.CLOSE,
    )

    def __init__(self, offered: Offered, typed: str = "") -> None:
        """`typed` is what was typed before the palette was there."""
        super().__init__()
        self._offered = offered
        self._typed = typed
        self._moved = False
        self._rows, self._elsewhere = Finds(()), Finds(())
        self._read_at: tuple[object, ...] = ()
        self._worker: Worker[tuple[Finds, Finds] | None] | None = None
        self._view = FindsView()

    def body(self) -> ComposeResult:
        yield self._view

    def tables(self) -> tuple[Action, ...]:
        """While something is typed, the arrows still walk over the list."""
        return (*super().tables(), *CHOOSE) if self.asking else super().tables()

    @property
    def view(self) -> FindsView:
        """The list."""
        return self._view

    def on_mount(self) -> None:
        self.set_title([(_("Find"), "bold accent")])
        self.reload()
        self.action_filter()

    # Reading.

    def read_store(self) -> None:
        erp = self.erp
        here = erp.engagement.id if erp.engagement else ""
        stamp = (self.store.newest_change, erp.audience, here, language())
        if stamp != self._read_at:
            if self._read_at:
                self._offered.read_engagements()
            self._read_at = stamp
            context = erp.context(self.store)
            if count_rows(context) <= FEW:
                # At once, so that keys typed ahead find everything in its place.
                self._rows = read_rows(context, here) or Finds(())
            work = partial(read_in_worker, self.store, context, here, self._offered)
            self._worker = self.run_worker(
                work, name="palette", group="palette", thread=True, exclusive=True, exit_on_error=False
            )
        self._show(stay=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Everything is there."""
        error = event.worker.error if event.state is WorkerState.ERROR else None
        if isinstance(error, Refused):
            self._read_at = (None,)
            self.erp.look_again_soon(error)
        elif error is not None:
            raise error
        if event.worker is self._worker and event.state is WorkerState.SUCCESS and event.worker.result:
            self._rows, self._elsewhere = event.worker.result
            with self.reading():
                self._show(stay=self._moved)

    def _read_at_once(self) -> None:
        """Enter was quicker than the worker: keys typed ahead act on what is found, so it is waited for."""
        erp = self.erp
        if self._worker:
            self._worker.cancel()
        with self.reading():
            here = erp.engagement.id if erp.engagement else ""
            self._rows = read_rows(erp.context(self.store), here) or Finds(())
            self._elsewhere = self._offered.elsewhere()
            for finds in self._groups:
                finds.listen()
            self._worker = None
            self._show(stay=False)

    @property
    def _groups(self) -> tuple[Finds, ...]:
        return self._offered.here, self._rows, self._elsewhere

    @property
    def _whole(self) -> bool:
        """Whether there is nothing more to be found than is."""
        return self._worker is None or self._worker.is_finished

    def _show(self, *, stay: bool) -> None:
        last = self.erp.found
        if self._typed.strip():
            finds = best(self._groups, self._typed, last)
        else:
            finds = before_typing(self._offered, self._groups, last)
        self._view.reading = not self._whole
        self._view.show(finds, stay)

    # Typing.

    def action_filter(self) -> None:
        """Type a part of what is wanted."""
        self.ask(
            Question(
                _("Find:"),
                self._open_marked,
                value=self._typed,
                placeholder=_("a key, screen, engagement, name or package"),
                changed=self._narrow,
                left=self.action_close,
                passing=True,
                verb=NP_("key", "Open"),
            )
        )

    def _narrow(self, text: str) -> None:
        self._typed, self._moved = text, False
        with self.reading():
            self._show(stay=False)

    def action_next_match(self) -> None:
        """One down while typing."""
        self._moved = True
        self._view.action_down()

    def action_previous_match(self) -> None:
        """One up while typing."""
        self._moved = True
        self._view.action_up()

    def _open_marked(self, text: str) -> str | None:
        if text != self._typed:
            # Enter was quicker than the list.
            self._narrow(text)
        if self._view.current is None and not self._whole:
            self._read_at_once()
        find = self._view.current
        if find is None:
            return self._view.why_empty
        if find.why_not:
            return find.why_not
        # Put away first, so that keys typed ahead act on what lies below.
        self.query_one(EditLine).close()
        self.dismiss(find)
        return None

    def action_open(self) -> None:
        """Go to what is under the cursor, or do it."""
        if find := self._view.current:
            if find.why_not:
                self.say(find.why_not)
            else:
                self.dismiss(find)

    def action_close(self) -> None:
        """Stay where I was."""
        self.dismiss(None)


# What was found.


async def go_to_find(app: ErpApp, offered: Offered, find: Find) -> None:
    """Go to what was found, or do it on the screen below."""
    if find.kind != "place":
        app.found = [find[:2], *(other for other in app.found if other != find[:2])][:MOST_FOUND]
    if find.kind == "action":
        await app.keyboard.run(offered.actions[find.id])
        return
    app.note_jump()
    if find.kind == "place":
        await app.go_place(offered.place(find))
    elif find.kind in ("view", "elsewhere"):
        room, view, *action = find.id.split("/")
        await go_to(app, room, view)
        done = next((one for one in app.keymap.actions if [one.id] == action), None)
        if done:
            await app.keyboard.run(done)
    else:
        await _go_to_row(app, find.kind, find.id)


async def _go_to_row(app: ErpApp, kind: str, row: str) -> None:
    """Go to where a row stands, in its engagement; one that is gone meanwhile is passed over."""
    sql = {
        "engagement": "SELECT id FROM engagement WHERE id = ?",
        "person": "SELECT '' FROM person WHERE id = ?",
        "package": "SELECT engagement_id, phase, activity FROM work_package WHERE id = ?",
        "promise": "SELECT coalesce(engagement_id, '') FROM promise WHERE id = ?",
        "decision": "SELECT coalesce(engagement_id, '') FROM decision WHERE id = ?",
    }
    for engagement, *card in app.store.rows(sql[kind], (row,)):
        here = engagement or (app.engagement.id if app.engagement else "")
        if kind == "package":
            key = " ".join(card)
            opened = {"screen": "card", "of": key, "row": row}
            place = Place(here, "board", "activities", {"card": key}, opened)
        elif kind == "engagement":
            room = "risks" if app.places[0].room == "risks" else "board"
            view = app.views.get(room, "")
            place = Place(here, room, "activities" if view == "engagements" else view)
        elif kind == "person":
            place = Place(here, "people", "people", {"row": row, "filter": ""})
        else:
            place = Place(here, "risks", f"{kind}s", {"row": row, "filter": ""})
        await app.go_place(place)
