"""Walking over the rows of a large view by the keys of the common table: one, a page, to either end."""

from __future__ import annotations

from typing import ClassVar

from textual.scroll_view import ScrollView


class WalkedView(ScrollView):
    """Rows that are walked over. `LineView` says how many there are and where the cursor goes."""

    # Whether a cursor bar is shown; a text to read has none and scrolls instead.
    HAS_CURSOR: ClassVar[bool] = True

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        raise NotImplementedError

    def move_cursor(self, row: int) -> bool:
        """Put the cursor on the nearest row there is. Whether it moved."""
        raise NotImplementedError

    def _scroll_top(self, top: int) -> None:
        raise NotImplementedError

    # Actions of the common table.

    def action_down(self) -> None:
        self._step(1)

    def action_up(self) -> None:
        self._step(-1)

    def _step(self, rows: int) -> None:
        if self.HAS_CURSOR:
            self.move_cursor(self.cursor + rows)
        else:
            self._scroll_top(round(self.scroll_y) + rows)

    def action_page_down(self) -> None:
        self._page(self.size.height)

    def action_page_up(self) -> None:
        self._page(-self.size.height)

    def _page(self, rows: int) -> None:
        self._scroll_top(round(self.scroll_y) + rows)
        if self.HAS_CURSOR:
            self.move_cursor(self.cursor + rows)

    def action_first(self) -> None:
        self._step(-self.row_count)

    def action_last(self) -> None:
        self._step(self.row_count)

    def on_mouse_scroll_down(self) -> None:
        self._step(3)

    def on_mouse_scroll_up(self) -> None:
        self._step(-3)
