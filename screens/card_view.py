"""The packages of a card as a list, and the heads of its columns."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from erptui import cells, clock
from erptui.i18n import _
from erptui.method.board import PackageLine
from screens.board_detail import Dates
from screens.card_list import EDITABLE, list_columns, list_head, list_line
from screens.paint import Painted
from screens.text import Line
from screens.widgets.line_view import LineView


class PackagesView(LineView):
    """The list: rows are packages, and one of three cells of the row is the one that `c` changes."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.packages: Sequence[PackageLine] = ()
        self._dates: Dates | None = None
        self._opened = True
        self.cell = EDITABLE[0]
        self.columns: Sequence[cells.Column] = ()

    def show(self, packages: Sequence[PackageLine], dates: Dates | None, opened: bool) -> None:
        """Put these in the list; the cursor stays on its package."""
        current = self.package
        self.packages, self._dates, self._opened = packages, dates, opened
        self.columns = list_columns(packages, dates, clock.today())
        self.rows_changed()
        if current:
            self.go_to(current.id)

    @property
    def package(self) -> PackageLine | None:
        """The package under the cursor."""
        return self.packages[self.cursor] if self.cursor < len(self.packages) else None

    @property
    def chosen(self) -> list[PackageLine]:
        """The packages a verb acts on."""
        return [self.packages[row] for row in self.selected]

    @property
    def row_count(self) -> int:
        return len(self.packages)

    def row_key(self, row: int) -> Hashable:
        return self.packages[row].id

    def hint(self) -> Line:
        return [(_("This card has no packages here any more. Go back with esc. a adds one."), "dim")]

    def line(self, row: int, width: int) -> Line:
        cell = self.cell if row == self.cursor else None
        return list_line(self.packages[row], self._dates, self._opened, width, clock.today(), self.columns, cell)

    def action_select(self) -> None:
        super().action_select()
        # On the last row the cursor does not move, but what is said of the selection does.
        self.post_message(self.CursorMoved(self, self.cursor))

    def go_to(self, package: str) -> bool:
        """Put the cursor on a package; whether it is there."""
        places = [row for row, line in enumerate(self.packages) if line.id == package]
        if places:
            self.move_cursor(places[0])
        return bool(places)

    def action_left(self) -> None:
        self._choose(-1)

    def action_right(self) -> None:
        self._choose(1)

    def _choose(self, step: int) -> None:
        place = max(0, min(EDITABLE.index(self.cell) + step, len(EDITABLE) - 1))
        self.cell = EDITABLE[place]
        self.rows_changed([self.cursor])
        self.post_message(self.CursorMoved(self, self.cursor))


class ListHead(Painted):
    """The heads of the columns."""

    DEFAULT_CSS = "ListHead { height: 1; width: 1fr; }"
    cell = EDITABLE[0]
    columns: Sequence[cells.Column] = ()

    def lines(self, width: int) -> Sequence[Line]:
        return [list_head(width, self.cell, self.columns)]
