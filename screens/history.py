"""The history of a row: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from erptui import cells
from erptui.history import Event, events_of, moment_text
from erptui.i18n import _, labelled
from screens.actions import common
from screens.board_detail import rule, wrapped
from screens.glyphs import UNICODE as SIGNS
from screens.store_screen import StoreScreen
from screens.text import Line, Span
from screens.widgets.detail import Detail
from screens.widgets.line_view import LineView

COLUMNS = (
    cells.Column("when", 16, 16, rank=1),
    cells.Column("who", 6, 10, rank=2),
    cells.Column("step", 10, 18, rank=4),
    cells.Column("row", 5, 8, rank=3),
    cells.Column("what", 16, 40, rank=1, grows=True),
)


def what_of(event: Event) -> str:
    """What changed, from what to what."""
    if event.field:
        return labelled(event.field, f"{event.old or SIGNS.dash} {SIGNS.right} {event.new or SIGNS.dash}")
    return _("made") if event.new else _("deleted")


def event_line(event: Event, width: int) -> Line:
    """One change in a line."""
    texts = {
        "when": (moment_text(event.step), "dim"),
        "who": (event.step.who, "plain"),
        "step": (event.what, "dim"),
        "row": (event.row, "dim"),
        "what": (what_of(event), "plain"),
    }
    line: list[Span] = []
    for place in cells.fit_columns(COLUMNS, width):
        text, role = texts[place.column.id]
        if place.x:
            line.append((" ", "plain"))
        line.append((cells.place(text, place.width), role))
    return line


def event_detail(event: Event, width: int) -> list[Line]:
    """One change in full: what the list may have had to cut."""
    head = f" {SIGNS.bullet} ".join((event.what, event.step.who, moment_text(event.step)))
    lines: list[Line] = [rule(width), *wrapped(head, width, "bold", lines=3)]
    lines += wrapped(labelled(event.row, what_of(event)), width, "plain")
    return lines


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

    CSS = """
    HistoryScreen #history { height: 1fr; }
    HistoryScreen #detail { height: 7; }
    """

    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *(action for action in common.PROGRAM if action.id in ("undo", "redo", "redraw", "help")),
        *common.CLOSE,
    )

    def __init__(self, title: str, rows: Sequence[str]) -> None:
        super().__init__()
        self._title_text = title
        self._rows = list(rows)

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
        self.view.events = events_of(self.store, self._rows)
        self.view.rows_changed()
        self._show_detail()

    def on_line_view_cursor_moved(self) -> None:
        """The change under the cursor in full."""
        self._show_detail()

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted and self.query("#detail"):
            self.call_after_refresh(self._show_detail)

    def _show_detail(self) -> None:
        view, detail = self.view, self.query_one("#detail", Detail)
        if view.events and detail.size.width:
            detail.show_whole(event_detail(view.events[view.cursor], detail.size.width))
        else:
            detail.show(())

    def action_close(self) -> None:
        """Back."""
        self.dismiss()
