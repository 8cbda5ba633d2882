"""The history of a row: who changed what, when, from what to what; any step is taken back or done again from here."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual.app import ComposeResult

from db.labels import N_, NP_
from erptui import cells
from erptui.history import Event, events_of, step_text
from erptui.i18n import _, ngettext
from screens.actions import Action, common, grouped
from screens.detailed import DetailedScreen
from screens.glyphs import UNICODE as SIGNS
from screens.history_layout import columns_for, event_detail, event_line
from screens.text import Line
from screens.widgets.detail import Detail
from screens.widgets.line_view import LineView

TAKE_BACK = grouped(
    N_("The row under the cursor"),
    Action(
        "take-back",
        ("enter", "m", "f8"),
        NP_("key", "Take back"),
        N_("Take back this one step, or do it again; of somebody else after asking."),
        rank=1,
    ),
)


class HistoryView(LineView):
    """The changes, newest first."""

    def __init__(self) -> None:
        super().__init__(id="history")
        self.events: Sequence[Event] = ()
        self._columns: Sequence[cells.Column] = ()

    def show(self, events: Sequence[Event]) -> None:
        """Put these in it; the cursor stays on its change."""
        current = self.row_key(self.cursor) if self.events else None
        self.events, self._columns = events, columns_for(events)
        keys = [self.row_key(row) for row in range(len(events))]
        if current in keys:
            self._cursor = keys.index(current)
        self.rows_changed()

    @property
    def current(self) -> Event | None:
        """The change under the cursor."""
        return self.events[self.cursor] if self.events else None

    @property
    def row_count(self) -> int:
        return len(self.events)

    def row_key(self, row: int) -> Hashable:
        event = self.events[row]
        return event.step.id, event.table, event.row, event.field

    def line(self, row: int, width: int) -> Line:
        return event_line(self.events[row], self._columns, width)

    def hint(self) -> Line:
        return [(_("Nothing has been changed here yet."), "dim")]


class HistoryScreen(DetailedScreen):
    """`i`: what happened to the row under the cursor."""

    TITLE = N_("History")
    OF_ONE_ROW = True
    CSS = """
    HistoryScreen #history { height: 1fr; }
    HistoryScreen #detail { height: 7; }
    """

    ACTIONS = (
        *TAKE_BACK,
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *(action for action in common.PROGRAM if action.id in ("undo", "redo", "redraw", "help")),
        *common.CLOSE,
    )

    def __init__(self, title: str, rows: Sequence[str]) -> None:
        super().__init__()
        self._title_text = title
        self._rows = list(rows)
        self._asked: int | None = None

    def body(self) -> ComposeResult:
        yield HistoryView()
        yield Detail(id="detail")

    @property
    def view(self) -> HistoryView:
        """The list."""
        return self.query_one(HistoryView)

    def on_mount(self) -> None:
        self.set_title([(_("History"), "bold accent"), (f"  {SIGNS.step}  {self._title_text}", "bold")])
        self.reload()

    def read_store(self) -> None:
        self.view.show(events_of(self.store, self._rows, audience=self.erp.audience))
        self.show_detail()
        self.keys_changed()

    def show_detail(self) -> None:
        event, detail = self.view.current, self.detail
        if event and detail.size.width:
            detail.show_whole(event_detail(event, detail.size.width))
        else:
            detail.show(())

    # Taking back.

    def label_take_back(self) -> str | None:
        """What was taken back is done again."""
        event = self.view.current
        return _("Do again") if event and not event.way.in_effect else None

    def why_not_take_back(self) -> str | None:
        """Nothing there, nothing can be changed, or it is no step of a person."""
        event = self.view.current
        if event is None:
            return _("Nothing has been changed here yet.")
        if not event.way.step.undoable:
            return _("The program wrote this by itself: it can't be taken back.")
        return self.why_read_only()

    def action_take_back(self) -> None:
        """Take back the step under the cursor, or do it again."""
        event = self.view.current
        if event is None:
            return
        way, asked_before = event.way, self._asked == event.way.tip.id and self.erp.keyboard.last == "take-back"
        doubts = self._doubts(event)
        if doubts and not asked_before:
            self._asked = way.tip.id
            self.say(f" {SIGNS.bullet} ".join(doubts))
            return
        if not self.attempt(lambda: self.store.take_back(way.tip.id)) or not self.is_current:
            return
        if self.erp.for_client:
            said = _("Taken back · U does it again") if way.in_effect else _("Done again · u takes back")
        else:
            said = (
                _("Taken back: {step} · U does it again") if way.in_effect else _("Done again: {step} · u takes back")
            )
        self.say(said.format(step=step_text(way.step)), "effect")

    def _doubts(self, event: Event) -> list[str]:
        """What one should know before the step is taken back; empty where nothing is to be feared."""
        tip = event.way.tip
        changed = {row for (row,) in self.store.rows("SELECT DISTINCT row FROM change WHERE step = ?", (tip.id,))}
        others = len(changed - set(self._rows))
        doubts = []
        if tip.who != self.store.who:
            doubts.append(_("This is a step of {who}.").format(who=tip.who))
        if others:
            said = ngettext("It changed {count} other row too.", "It changed {count} other rows too.", others)
            doubts.append(said.format(count=others))
        if doubts and not event.way.in_effect:
            doubts.append(_("Enter again does it again."))
        elif doubts:
            doubts.append(_("Enter again takes all of it back.") if others else _("Enter again takes it back."))
        return doubts

    def action_close(self) -> None:
        """Back."""
        self.dismiss()
