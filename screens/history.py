"""The history of a row: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from erptui import cells
from erptui.history import Event, events_of, moment_text, step_text
from erptui.i18n import _
from screens.actions import common
from screens.glyphs import UNICODE as SIGNS
from screens.store_screen import StoreScreen
from screens.text import Line, Span
from screens.widgets.line_view import LineView

COLUMNS = (
    cells.Column("when", 16, 16, rank=1),
    cells.Column("who", 6, 10, rank=2),
    cells.Column("step", 10, 18, rank=4),
    cells.Column("row", 5, 8, rank=3),
    cells.Column("what", 16, 40, rank=1, grows=True),
)


def event_line(event: Event, width: int) -> Line:
    """One change in a line."""
    if event.field:
        what = f"{event.field}: {event.old or SIGNS.dash} {SIGNS.right} {event.new or SIGNS.dash}"
    else:
        what = _("made") if event.new else _("deleted")
    texts = {
        "when": (moment_text(event.step), "dim"),
        "who": (event.step.who, "plain"),
        "step": (step_text(event.step), "dim"),
        "row": (event.row, "dim"),
        "what": (what, "plain"),
    }
    line: list[Span] = []
    for place in cells.fit_columns(COLUMNS, width):
        text, role = texts[place.column.id]
        if place.x:
            line.append((" ", "plain"))
        line.append((cells.place(text, place.width), role))
    return line


class HistoryView(LineView):
    """The changes, newest first."""

    def __init__(self) -> None:
        super().__init__(id="history")
        self.events: Sequence[Event] = ()

    @property
    def row_count(self) -> int:
        return len(self.events)

    def line(self, row: int, width: int) -> Line:
        return event_line(self.events[row], width)

    def hint(self) -> Line:
        return [(_("Nothing has been changed here yet."), "dim")]


class HistoryScreen(StoreScreen):
    """`i`: what happened to the row under the cursor."""

    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *(action for action in common.PROGRAM if action.id in ("undo", "redo", "help")),
        *common.CLOSE,
    )

    def __init__(self, title: str, rows: Sequence[str]) -> None:
        super().__init__()
        self._title_text = title
        self._rows = list(rows)

    def body(self) -> ComposeResult:
        yield HistoryView()

    def on_mount(self) -> None:
        self.set_title([(_("History"), "bold accent"), (f"  {SIGNS.step}  {self._title_text}", "bold")])
        self.reload()

    def reload(self) -> None:
        view = self.query_one(HistoryView)
        view.events = events_of(self.store, self._rows)
        view.rows_changed()

    def action_close(self) -> None:
        """Back."""
        self.dismiss()
