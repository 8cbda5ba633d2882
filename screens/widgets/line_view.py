"""A large view that paints only its visible lines: ten thousand rows cost what a hundred cost.

A subclass says how many rows there are and gives the line of a row, laid out by a pure function. The view keeps the
cursor (one bar), scrolls without animation, repaints only what changed, marks selected rows with `*` and says in one
line what belongs here when it is empty.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from textual.events import Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from erptui import cells
from erptui.i18n import _
from screens.paint import Bar, paint, palette_of
from screens.text import Line, Span, line_text, line_width
from screens.widgets.walked import WalkedView

Sight = tuple[int, Hashable, Bar | None]
"""What stands in a visible line: the place of a row, its key, and the cells under its bar."""


class LineView(WalkedView, can_focus=True):
    """Rows with a cursor. Override `row_count`, `line`; `row_key`, `hint`, `bar` where the defaults do not fit."""

    DEFAULT_CSS = """
    LineView { overflow-x: hidden; overflow-y: hidden; scrollbar-size: 0 0; height: 1fr; width: 1fr; }
    """
    # Strips that are kept: some screens of lines back and forth.
    KEPT_STRIPS = 512
    # Cells left of the line, where `*` stands beside a selected row.
    GUTTER: ClassVar[int] = 1

    class CursorMoved(Message):
        """The cursor stands on another row."""

        def __init__(self, view: LineView, row: int) -> None:
            super().__init__()
            self.view = view
            self.row = row

        @property
        def control(self) -> LineView:
            return self.view

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, LineView.CursorMoved) and message.view is self.view

    class Opened(Message):
        """The row under the cursor was opened."""

        def __init__(self, view: LineView, row: int) -> None:
            super().__init__()
            self.view = view
            self.row = row

        @property
        def control(self) -> LineView:
            return self.view

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._cursor = 0
        self._selected: set[Hashable] = set()
        self._strips: OrderedDict[int, Strip] = OrderedDict()
        self._strips_for: object = None

    # What a subclass gives.

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def line(self, row: int, width: int) -> Line:
        """The line of a row in at most `width` cells."""
        raise NotImplementedError

    def row_key(self, row: int) -> Hashable:
        """What identifies a row when rows come, go and change places; by default its place."""
        return row

    def hint(self) -> Line:
        """What belongs here and which key starts it, for an empty view."""
        return ()

    def bar(self, row: int) -> Bar | None:
        """The cells of a row's line under the cursor bar, by default the whole line of the cursor's row."""
        return (0, self.size.width) if self.HAS_CURSOR and row == self._cursor else None

    # The cursor.

    @property
    def cursor(self) -> int:
        """The row under the cursor; 0 in an empty view."""
        return self._cursor

    def move_cursor(self, row: int) -> bool:
        """Put the cursor on the nearest row there is, visible. Whether it moved."""
        row = max(0, min(row, self.row_count - 1))
        before, self._cursor = self._cursor, row
        self._show_row(row)
        if row == before:
            return False
        self._strips.pop(before, None)
        self._strips.pop(row, None)
        self.repaint(before, row)
        self.post_message(self.CursorMoved(self, row))
        return True

    def _show_row(self, row: int) -> None:
        height = self.size.height
        top = round(self.scroll_y)
        if height <= 0:
            return
        if row < top:
            self._scroll_top(row)
        elif row >= top + height:
            self._scroll_top(row - height + 1)

    def _scroll_top(self, top: int) -> None:
        self.scroll_to(y=max(0, min(top, self.row_count - self.size.height)), animate=False, force=True)

    # What changed.

    def rows_changed(self, rows: Iterable[int] | None = None) -> None:
        """Lay out these rows again, or all of them (also when their number changed), and repaint them."""
        if rows is not None:
            for row in rows:
                self._strips.pop(row, None)
                self.repaint(row)
            return
        self._strips.clear()
        self._fit()
        self.refresh()

    def seen(self) -> list[Sight]:
        """What stands in the visible lines."""
        top = round(self.scroll_y)
        there = range(top, min(top + self.size.height, self.row_count))
        return [(row, self.row_key(row), self.bar(row)) for row in there]

    def rows_exchanged(self, before: Sequence[Sight]) -> None:
        """Other rows stand where those stood that were `seen` before; no row has changed itself.

        Only the lines are painted again that show another row.
        """
        if not before or not self.row_count:
            self.rows_changed()
            return
        strips = {sight[1:]: self._strips[sight[0]] for sight in before if sight[0] in self._strips}
        self._strips.clear()
        self._fit()
        now = self.seen()
        self._strips.update((sight[0], strips[sight[1:]]) for sight in now if sight[1:] in strips)
        width = self.size.width
        for y in range(max(len(before), len(now))):
            if y >= len(before) or y >= len(now) or before[y][1:] != now[y][1:]:
                self.refresh(Region(0, y, width, 1))

    def repaint(self, *rows: int, x: int = 0, width: int | None = None) -> None:
        """Repaint rows, or only the cells from `x` on of them, where they are visible."""
        top, height = round(self.scroll_y), self.size.height
        width = self.size.width - x if width is None else width
        for row in rows:
            if top <= row < top + height:
                self.refresh(Region(x, row - top, width, 1))

    def _fit(self) -> None:
        """Take up a new number of rows or a new size: the cursor stays on a row and in sight."""
        # Set quietly: nothing around the view depends on its rows, so the screen need not be laid out again.
        self.set_reactive(LineView.virtual_size, Size(self.size.width, self.row_count))
        if self._selected:
            self._forget_gone()
        row = max(0, min(self._cursor, self.row_count - 1))
        if row != self._cursor:
            self._cursor = row
            self.post_message(self.CursorMoved(self, row))
        if round(self.scroll_y) > max(0, self.row_count - self.size.height):
            self._scroll_top(self.row_count)
        self._show_row(row)

    def _forget_gone(self) -> None:
        """Unmark rows that are there no more."""
        self._selected &= {self.row_key(row) for row in range(self.row_count)}

    def on_resize(self, event: Resize) -> None:
        self._strips.clear()
        self._fit()

    # Painting.

    def render_line(self, y: int) -> Strip:
        """The strip of a visible line."""
        width = self.size.width
        palette = palette_of(self)
        if (width, palette) != self._strips_for:
            self._strips.clear()
            self._strips_for = (width, palette)
        if self.row_count == 0:
            hint = self._hint_lines(width - 2)
            return paint([(" ", "plain"), *hint[y]] if y < len(hint) else (), width, palette)
        row = y + round(self.scroll_y)
        if row >= self.row_count:
            return paint((), width, palette)
        strip = self._strips.get(row)
        if strip is None:
            strip = paint([*self._margin(row), *self.line(row, width - self.GUTTER)], width, palette, bar=self.bar(row))
            self._strips[row] = strip
            if len(self._strips) > self.KEPT_STRIPS:
                self._strips.popitem(last=False)
        else:
            self._strips.move_to_end(row)
        return strip

    def _hint_lines(self, width: int) -> Sequence[Line]:
        """The hint, over several lines where one has no room for it: what is cut off is the key that starts it."""
        hint = self.hint()
        if line_width(hint) <= width:
            return [hint]
        return [[(line, hint[0][1])] for line in cells.wrap(line_text(hint), max(1, width))]

    def _margin(self, row: int) -> list[Span]:
        if not self.GUTTER:
            return []
        mark = "*" if self._selected and self.row_key(row) in self._selected else " "
        return [(mark.ljust(self.GUTTER), "bold accent")]

    # Selection of several rows.

    @property
    def selected(self) -> list[int]:
        """The rows a verb acts on: those marked, in their order, or the one under the cursor."""
        if not self.row_count:
            return []
        return [row for row in range(self.row_count) if self.row_key(row) in self._selected] or [self._cursor]

    @property
    def has_selection(self) -> bool:
        """Whether rows are marked."""
        return bool(self._selected)

    def clear_selection(self) -> None:
        """Unmark all rows."""
        marked = [row for row in range(self.row_count) if self.row_key(row) in self._selected]
        self._selected.clear()
        self.rows_changed(marked)

    def why_not_select(self) -> str | None:
        """Nothing to mark in an empty view."""
        return None if self.row_count else _("There is no row here.")

    why_not_open = why_not_select

    def action_select(self) -> None:
        self._selected ^= {self.row_key(self._cursor)}
        self._strips.pop(self._cursor, None)
        self.repaint(self._cursor)
        self.move_cursor(self._cursor + 1)

    def action_open(self) -> None:
        self.post_message(self.Opened(self, self._cursor))
