"""The board as one widget: it paints the lines of the layout, and its cursor walks over cards and gates."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from datetime import date

from textual.events import Resize

from erptui.i18n import _
from erptui.method.board import Column
from erptui.method.standing import Standing
from screens.board_layout import BoardLayout, Place, current_phase, lay_out_board
from screens.paint import Bar
from screens.text import Line
from screens.widgets.line_view import LineView

NOTHING = BoardLayout((), ())


class BoardView(LineView):
    """Phases beside each other. `show` gives it what stands on it; the cursor stays on its card wherever that goes."""

    GUTTER = 0

    def __init__(self, opens: Callable[[], Awaitable[None]], *, id: str | None = None) -> None:
        """`opens` opens what is under the cursor; keys typed ahead wait for it."""
        super().__init__(id=id)
        self._opens = opens
        self._columns: Sequence[Column] = ()
        self._standings: Mapping[tuple[str, str], Standing] = {}
        self._today = date.min
        self._layout_now = NOTHING
        self._place: Place | None = None
        self._laid_out_for = 0
        self.hint_text = ""

    def show(self, columns: Sequence[Column], standings: Mapping[tuple[str, str], Standing], today: date) -> None:
        """Put these on the board."""
        self._columns, self._standings, self._today = columns, standings, today
        self._lay_out()

    def _lay_out(self) -> None:
        before = self._layout_now
        key = self._place.key if self._place else None
        self._layout_now = NOTHING
        # Before it has been placed the view is as wide as it will be: its first height is right, it is placed once.
        self._laid_out_for = self.size.width or self.app.size.width
        if self._columns and self._laid_out_for:
            self._layout_now = lay_out_board(self._columns, self._standings, self._laid_out_for, self._today)
        self._place = (self._layout_now.find(key) if key else None) or self._first_place()
        if self._place:
            self._cursor = self._place.y
        self.styles.height = max(1, len(self._layout_now.lines))
        changed = [
            row
            for row, line in enumerate(self._layout_now.lines)
            if row >= len(before.lines) or before.lines[row] != line
        ]
        if len(before.lines) == len(self._layout_now.lines):
            self.rows_changed(changed)
        else:
            self.rows_changed()

    def forget_place(self) -> None:
        """Let the cursor start where the engagement stands: another one is shown next."""
        self._place = None

    def _first_place(self) -> Place | None:
        """Where the engagement stands: the first card with work left in its current phase."""
        current = current_phase(self._columns) if self._columns else None
        places = [place for column in self._layout_now.columns for place in column]
        own = [place for place in places if place.column.phase == current]
        unfinished = [place for place in own if place.card and not place.card.finished]
        return next(iter(unfinished or own or places), None)

    @property
    def place(self) -> Place | None:
        """The card or gate under the cursor."""
        return self._place

    @property
    def place_count(self) -> int:
        """How many cards and gates there are."""
        return sum(len(column) for column in self._layout_now.columns)

    # What LineView asks for.

    @property
    def row_count(self) -> int:
        return len(self._layout_now.lines)

    def line(self, row: int, width: int) -> Line:
        return self._layout_now.lines[row]

    def why_not_open(self) -> str | None:
        """An empty board has nothing to open."""
        return None if self._place else _("There is no card here yet.")

    def hint(self) -> Line:
        return [(self.hint_text or _("Nothing here yet."), "dim")]

    def bar(self, row: int) -> Bar | None:
        if self._place is None or row != self._place.y:
            return None
        return self._place.x, self._place.x + self._place.width

    def row_key(self, row: int) -> Hashable:
        return row

    def on_resize(self, event: Resize) -> None:
        if self.size.width != self._laid_out_for:
            self._lay_out()
        super().on_resize(event)

    async def action_open(self) -> None:
        await self._opens()

    # Moving.

    def go(self, key: tuple[str, str]) -> None:
        """Put the cursor on a card or gate, if it is there."""
        place = self._layout_now.find(key)
        if place:
            self._go(place)

    def _go(self, place: Place) -> None:
        before = self._place
        if before is None or place == before:
            return
        self._place = place
        self._cursor = place.y
        for changed in (before, place):
            self._strips.pop(changed.y, None)
            self.repaint(changed.y, x=changed.x, width=changed.width)
        self._show_row(place.y)
        self.post_message(self.CursorMoved(self, place.y))

    def _column_of(self, place: Place) -> tuple[int, int]:
        for x, column in enumerate(self._layout_now.columns):
            if place in column:
                return x, column.index(place)
        return 0, 0

    def _walk(self, across: int, along: int) -> None:
        if self._place is None:
            return
        x, y = self._column_of(self._place)
        columns = self._layout_now.columns
        if along:
            column = columns[x]
            self._go(column[max(0, min(y + along, len(column) - 1))])
            return
        x += across
        while 0 <= x < len(columns) and not columns[x]:
            x += across
        if 0 <= x < len(columns):
            self._go(min(columns[x], key=lambda place: abs(place.y - self._cursor)))

    def action_down(self) -> None:
        self._walk(0, 1)

    def action_up(self) -> None:
        self._walk(0, -1)

    def action_left(self) -> None:
        self._walk(-1, 0)

    def action_right(self) -> None:
        self._walk(1, 0)

    def action_page_down(self) -> None:
        self._walk(0, 1 << 20)

    def action_page_up(self) -> None:
        self._walk(0, -(1 << 20))

    def action_first(self) -> None:
        self._walk(0, -(1 << 20))

    def action_last(self) -> None:
        self._walk(0, 1 << 20)

    def action_select(self) -> None:
        """Cards are moved one at a time; packages are selected in the list of a card."""

    def why_not_select(self) -> str | None:
        return _("Open the card with ⏎ to select packages.")
