"""A register as a table: ten thousand rows to be filtered, sorted and selected, and only those seen are laid out.

`RegisterView` holds what is shown of a `Listing`, `RegisterHead` paints the heads of its columns. Neither reads the
store.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from datetime import date

from erptui import cells
from erptui.filtering import Filter, FilterField, compile_filter
from erptui.i18n import _
from erptui.registers.listing import Listing, Row
from screens.paint import Painted
from screens.text import Line
from screens.widgets.line_view import Sight
from screens.widgets.register_columns import ColumnChoice, ColumnsView, RegisterColumn

__all__ = ["ColumnChoice", "RegisterColumn", "RegisterHead", "RegisterView"]


class RegisterView(ColumnsView):
    """The rows of a register that fit the filter, in the order asked for. The cursor and what is selected stay on
    their rows, wherever those go.
    """

    def __init__(
        self,
        columns: Sequence[RegisterColumn],
        sorted_by: str,
        hint: Callable[[], str],
        opens: Callable[[], Awaitable[None]],
        *,
        id: str | None = None,
    ) -> None:
        """`sorted_by` is the column by which the listing comes sorted; `hint` says what belongs here.

        `opens` opens the row under the cursor; keys typed ahead wait for it.
        """
        super().__init__(columns, id=id)
        self._sorted_at_first = sorted_by
        self._hint = hint
        self._opens = opens
        self.filter_text = ""
        self.filter = Filter()
        self._sort_field: FilterField | None = None
        self._order: Sequence[int] | None = None
        """All places in the order asked for; None is the order of the listing."""
        self._shown: Sequence[int] = ()
        self.wanted_id: str | None = None
        """The row that the cursor goes to as soon as it is there."""
        self._wanted_line = -1

    # What is shown.

    def show(self, listing: Listing) -> None:
        """Put these rows in it; until they are whole no filter and no order counts."""
        wanted = self.wanted_id if self.wanted_id and listing.place_of(self.wanted_id) is not None else None
        current = wanted or self.current_id
        at_top = wanted is None and self.cursor == 0 and not self.listing.whole
        self.listing = listing
        self._sort()
        # Where the row is gone the one that took its place is next.
        self._choose(None if at_top else current, otherwise=0 if at_top else self.cursor)
        self._go_to_line()

    def narrow(self, text: str, today: date) -> None:
        """Show only the rows that fit what was typed."""
        current, before = self.current_id, self.seen()
        self.filter_text = text
        self.filter = compile_filter(text, self.listing.fields, today)
        self._choose(current, seen=before)

    def sort(self, field: FilterField) -> None:
        """Sort by a field; by the one that counts already the other way round."""
        current = self.current_id
        self.descending = self.sorted_by == field.id and not self.descending
        self._sort_field = field
        self._sort()
        self._choose(current)

    @property
    def sorted_by(self) -> str:
        """The column that the rows are sorted by."""
        return self._sort_field.id if self._sort_field else self._sorted_at_first

    def _sort(self) -> None:
        self._order = None
        as_it_comes = self.sorted_by == self._sorted_at_first and not self.descending
        if self._sort_field and self.listing.whole and not as_it_comes:
            self._order = self.listing.order(self._sort_field, reverse=self.descending)

    def _choose(self, current: str | None, otherwise: int = 0, seen: Sequence[Sight] | None = None) -> None:
        """Lay out again what is shown, with the cursor on the row with this id, else in the place `otherwise`.

        `seen` is what was seen before, where only other rows are shown and none has changed.
        """
        everything: Sequence[int] = range(self.listing.total) if self._order is None else self._order
        if self.narrowed and self.listing.whole:
            chosen = self.listing.chosen(self.filter)
            there = set(chosen) if self._order is not None else ()
            everything = chosen if self._order is None else [place for place in self._order if place in there]
        self._shown = everything
        place = self.listing.place_of(current) if current else None
        if place is not None and current == self.wanted_id:
            self.wanted_id = None
        row = self._row_of(place)
        self._cursor = max(0, min(otherwise, len(self._shown) - 1)) if row is None else row
        if seen is None:
            self.rows_changed()
        else:
            self.rows_exchanged(seen)
        self.post_message(self.CursorMoved(self, self._cursor))

    def _row_of(self, place: int | None) -> int | None:
        if place is None:
            return None
        try:
            return self._shown.index(place)
        except ValueError:
            return None

    @property
    def narrowed(self) -> bool:
        """Whether the filter hides rows."""
        return bool(self.filter.words or self.filter.conditions)

    def go_to(self, identifier: str, line: int = -1) -> None:
        """Put the cursor on a row, as soon as it is there; where all are read and it is gone on this line, if any."""
        self.wanted_id, self._wanted_line = identifier, line
        place = self.listing.place_of(identifier)
        if place is None:
            self._go_to_line()
            return
        self.wanted_id = None
        row = self._row_of(place)
        if row is not None:
            self.move_cursor(row)

    def _go_to_line(self) -> None:
        if self.wanted_id is not None and self._wanted_line >= 0 and self.listing.whole:
            self.move_cursor(self._wanted_line)
            self.wanted_id = None

    # Rows.

    @property
    def row_count(self) -> int:
        return len(self._shown)

    def row_at(self, row: int) -> Row | None:
        """The values of a shown row; None before they are read."""
        if row >= len(self._shown):
            return None
        place = self._shown[row]
        return self.listing.rows[place] if place < len(self.listing.rows) else None

    def row_key(self, row: int) -> Hashable:
        values = self.row_at(row)
        return values[0] if values else row

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.row_at(self.cursor)

    @property
    def current_id(self) -> str | None:
        """Its id."""
        row = self.current
        return str(row[0]) if row else None

    def hint(self) -> Line:
        return [(self._hint(), "dim")]

    async def action_open(self) -> None:
        await self._opens()

    # Selection: by id, so that it survives filter and order.

    def _forget_gone(self) -> None:
        if self.listing.whole:
            self._selected = {one for one in self._selected if self.listing.place_of(str(one)) is not None}

    def why_not_select(self) -> str | None:
        """Nothing there, or rows that are not read yet."""
        if self.current or not self.row_count:
            return super().why_not_select()
        return _("Still reading. Try again in a moment.")

    def action_select(self) -> None:
        super().action_select()
        # On the last row the cursor does not move, but what is said of the selection does.
        self.post_message(self.CursorMoved(self, self.cursor))

    @property
    def selected_ids(self) -> list[str]:
        """The ids a verb acts on: those selected, also where the filter hides them, else the one under the cursor."""
        if not self._selected:
            current = self.current_id
            return [current] if current else []
        return [str(row[0]) for row in self.listing.rows if row[0] in self._selected]

    @property
    def selected_count(self) -> int:
        """How many rows are selected."""
        return len(self._selected)

    def clear_selection(self) -> None:
        """Unmark all rows."""
        self._selected.clear()
        self.rows_changed()

    def as_text(self, rows: Sequence[Row]) -> str:
        """Rows as a plain table of the columns on the screen, each as wide as its longest text."""
        columns = [column for _spot, column in self.columns_for(self.size.width - self.GUTTER)]
        table = [
            [_(column.label) for column in columns],
            *([column.write(row)[0] for column in columns] for row in rows),
        ]
        widths = [max(cells.width(line[place]) for line in table) for place in range(len(columns))]
        return "".join(
            "  ".join(cells.pad(text, width) for text, width in zip(line, widths, strict=True)).rstrip() + "\n"
            for line in table
        )

    @property
    def copied_rows(self) -> list[Row]:
        """The rows that `y` copies: the selected ones, else all that are shown."""
        if self._selected:
            return [row for row in self.listing.rows if row[0] in self._selected]
        return [row for number in range(len(self._shown)) if (row := self.row_at(number))]


class RegisterHead(Painted):
    """The heads of the columns of a register."""

    DEFAULT_CSS = "RegisterHead { height: 1; width: 1fr; }"

    def __init__(self, view: RegisterView) -> None:
        super().__init__(id="head")
        self._view = view

    def lines(self, width: int) -> Sequence[Line]:
        return [self._view.head(width)]
