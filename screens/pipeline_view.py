"""The pipeline as one widget: it paints the lines of the layout, and its cursor walks over the engagements."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from datetime import date

from textual.events import Resize

from erptui.i18n import _
from erptui.portfolio import PortfolioLine, Prospect
from screens.paint import Bar
from screens.pipeline_layout import PipelineLayout, Spot, lay_out_pipeline
from screens.text import Line
from screens.widgets.line_view import LineView

NOTHING = PipelineLayout((), ())


class PipelineView(LineView):
    """Phases beside each other with their engagements. The cursor stays on its engagement wherever that goes."""

    GUTTER = 0

    def __init__(self, opens: Callable[[], Awaitable[None]], *, id: str | None = None) -> None:
        """`opens` opens what is under the cursor; keys typed ahead wait for it."""
        super().__init__(id=id)
        self._opens = opens
        self._shown: Sequence[PortfolioLine] = ()
        self._ahead: Mapping[str, Prospect] = {}
        self._today = date.min
        self._layout_now = NOTHING
        self._spot: Spot | None = None
        self._laid_out_for = 0
        self._wanted = ""
        self.opened: set[str] = set()
        """The phases whose fold of what is over is open."""
        self.hint_text = ""

    def show(self, lines: Sequence[PortfolioLine], ahead: Mapping[str, Prospect], today: date) -> None:
        """Put these in it."""
        self._shown, self._ahead, self._today = lines, ahead, today
        self.lay_out()

    def lay_out(self) -> None:
        """Where everything stands now."""
        key = self._wanted or (self._spot.key if self._spot else "")
        self._layout_now = NOTHING
        self._laid_out_for = self.size.width or self.app.size.width
        if self._shown and self._laid_out_for:
            self._layout_now = lay_out_pipeline(self._shown, self._ahead, self.opened, self._laid_out_for, self._today)
        found = self._layout_now.find(key) if key else None
        if found:
            self._wanted = ""
        self._spot = found or self._nearest(self._spot)
        if self._spot:
            self._cursor = self._spot.y
        self.rows_changed()

    def _nearest(self, before: Spot | None) -> Spot | None:
        """Where the one under the cursor is gone, what took its place; at first the top of the first column."""
        every = [spot for column in self._layout_now.columns for spot in column]
        if before is None:
            return next(iter(every), None)
        return min(every, key=lambda spot: (spot.phase != before.phase, abs(spot.y - before.y)), default=None)

    @property
    def spot(self) -> Spot | None:
        """What is under the cursor."""
        return self._spot

    @property
    def current(self) -> PortfolioLine | None:
        """The engagement under the cursor."""
        return self._spot.line if self._spot else None

    # What LineView asks for.

    @property
    def row_count(self) -> int:
        return len(self._layout_now.lines)

    def line(self, row: int, width: int) -> Line:
        return self._layout_now.lines[row]

    def row_key(self, row: int) -> Hashable:
        return row

    def bar(self, row: int) -> Bar | None:
        spot = self._spot
        return (spot.x, spot.x + spot.width) if spot and spot.y <= row < spot.y + spot.height else None

    def hint(self) -> Line:
        return [(self.hint_text, "dim")]

    def on_resize(self, event: Resize) -> None:
        if self.size.width != self._laid_out_for:
            self.lay_out()
        super().on_resize(event)

    def why_not_open(self) -> str | None:
        """There is nothing to open."""
        return None if self._spot else _("There is no engagement here.")

    async def action_open(self) -> None:
        await self._opens()

    def why_not_select(self) -> str | None:
        """What becomes of an engagement is said of one at a time."""
        return _("What becomes of an engagement is said of one at a time.")

    def action_select(self) -> None:
        """Never reached: `why_not_select` says why."""

    # Moving.

    def go(self, key: str) -> None:
        """Put the cursor on an engagement, as soon as it is there."""
        spot = self._layout_now.find(key)
        self._wanted = "" if spot else key
        if spot:
            self._go(spot)

    def _go(self, spot: Spot) -> None:
        before = self._spot
        if before is None or spot == before:
            return
        self._spot, self._cursor = spot, spot.y
        for changed in (before, spot):
            for y in range(changed.y, changed.y + changed.height):
                self._strips.pop(y, None)
                self.repaint(y, x=changed.x, width=changed.width)
        self._show_row(0 if spot.y <= 2 else spot.y)
        self._show_row(spot.y + spot.height - 1)
        self.post_message(self.CursorMoved(self, spot.y))

    def _walk(self, across: int, along: int) -> None:
        if self._spot is None:
            return
        columns = self._layout_now.columns
        x = next(place for place, column in enumerate(columns) if self._spot in column)
        if along:
            column = columns[x]
            self._go(column[max(0, min(column.index(self._spot) + along, len(column) - 1))])
            return
        x += across
        while 0 <= x < len(columns) and not columns[x]:
            x += across
        if 0 <= x < len(columns):
            here = self._spot.y
            self._go(min(columns[x], key=lambda spot: abs(spot.y - here)))

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
