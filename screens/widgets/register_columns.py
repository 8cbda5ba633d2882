"""The columns of a register on the screen: which fit, which a person wants, which cell of the row is to be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from textual.message import Message

from db.labels import Label
from erptui import cells
from erptui.i18n import _
from erptui.registers.listing import Listing, Row
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span
from screens.widgets.line_view import LineView

MIDDLING = 90
"""Cells from which a list has room for its columns also beside what is told of one."""
NOTHING = Listing((), (), 0)


@dataclass(frozen=True)
class RegisterColumn:
    """A column on the screen: what it asks for in cells, its head, and how the cell of a row is written.

    `edits` is the field that `c` changes where it is not the one called as the column; `why` says in a sentence why a
    computed `{column}` can't be changed and what does. `beside` are the cells it has at least where the detail stands
    beside the list and tells what has no column then.
    """

    asks: cells.Column
    label: Label
    write: Callable[[Row], Span]
    edits: str = ""
    why: str = ""
    beside: int = 0

    @property
    def id(self) -> str:
        """The key of the column in the register."""
        return self.asks.id


@dataclass
class ColumnChoice:
    """Which columns a person wants: some not at all, some before the others where it is narrow."""

    hidden: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)

    def turn(self, column: str, *, shown: bool) -> None:
        """Hide a column that is `shown`, show one that is not."""
        self.hidden.discard(column)
        self.wanted.discard(column)
        (self.hidden if shown else self.wanted).add(column)

    def asks(self, columns: Sequence[RegisterColumn], *, beside: bool = False) -> list[cells.Column]:
        """What the columns ask for, without the hidden ones; those wanted are the last to drop out."""
        return [
            replace(
                column.asks,
                rank=1 if column.id in self.wanted else column.asks.rank,
                least=max(column.asks.least, column.beside if beside else 0),
            )
            for column in columns
            if column.id not in self.hidden
        ]


class ColumnsView(LineView):
    """Rows as cells under heads. Override `row_at` and `sorted_by`."""

    def __init__(self, columns: Sequence[RegisterColumn], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = columns
        self.listing = NOTHING
        self.descending = False
        self.choice = ColumnChoice()
        self.beside_detail = False
        self._placed: tuple[object, list[tuple[cells.Placed, RegisterColumn]]] = (None, [])
        self._withheld: frozenset[str] = frozenset()
        self._cell = ""
        self._found: tuple[object, str, RegisterColumn | None] = (None, "", None)

    def row_at(self, row: int) -> Row | None:
        """The values of a shown row; None before they are read."""
        raise NotImplementedError

    @property
    def sorted_by(self) -> str:
        """The column that counts."""
        raise NotImplementedError

    def columns_for(self, width: int) -> list[tuple[cells.Placed, RegisterColumn]]:
        """The columns that fit, without those that are empty in all rows."""
        filled = self.listing.filled
        sight = (width, filled, self._withheld, self.beside_detail)
        if self._placed[0] != sight:
            wanted = self.choice.wanted
            whole = not self.listing.rows or not filled  # an empty register shows what belongs here
            offered = [column for column in self._columns if column.id not in self._withheld]
            there = [column for column in offered if whole or column.id in filled or column.id in wanted]
            placed = cells.fit_columns(self.choice.asks(there, beside=self.beside_detail and width < MIDDLING), width)
            by_id = {column.id: column for column in there}
            self._placed = sight, [(spot, by_id[spot.column.id]) for spot in placed]
        return self._placed[1]

    @property
    def column_ids(self) -> list[str]:
        """The columns there are, shown or not."""
        return [column.id for column in self._columns if column.id not in self._withheld]

    def withhold(self, columns: frozenset[str]) -> None:
        """Show none of these, whatever a person chose: whoever looks on may not see them."""
        self._withheld = columns
        self.rows_changed()

    def turn_column(self, column: str) -> bool:
        """Hide a column that is on the screen, show one that is not; whether it is shown now."""
        width = self.size.width - self.GUTTER
        shown = column in [column.id for _spot, column in self.columns_for(width)]
        self.choice.turn(column, shown=shown)
        self._placed = (None, [])
        self.rows_changed()
        return column in [column.id for _spot, column in self.columns_for(width)]

    # The cell that `c` changes: a column, wherever the cursor goes.

    class CellMoved(Message):
        """Another cell of the row is the one that `c` changes."""

    @property
    def cell(self) -> RegisterColumn | None:
        """The column of the cell; the first one on the screen where the one that was chosen is not on it."""
        placed = self.columns_for(self.size.width - self.GUTTER)
        if self._found[0] is not placed or self._found[1] != self._cell:
            # Looked for once, not at every key.
            shown = [column for _spot, column in placed]
            column = next((column for column in shown if column.id == self._cell), next(iter(shown), None))
            self._found = placed, self._cell, column
        return self._found[2]

    def choose_cell(self, column: str) -> None:
        """Go to the cell of a column."""
        if column != self._cell:
            self._cell = column
            self.rows_changed([self.cursor])
            self.post_message(self.CellMoved())

    def action_left(self) -> None:
        """One cell to the left."""
        self._go_cells(-1)

    def action_right(self) -> None:
        """One cell to the right."""
        self._go_cells(1)

    def _go_cells(self, step: int) -> None:
        shown = [column.id for _spot, column in self.columns_for(self.size.width - self.GUTTER)]
        current = self.cell
        if current:
            self.choose_cell(shown[max(0, min(shown.index(current.id) + step, len(shown) - 1))])

    def line(self, row: int, width: int) -> Line:
        values = self.row_at(row)
        if values is None:
            return [(SIGNS.ellipsis, "dim")]
        spans: list[Span] = []
        cell = self.cell if row == self.cursor else None
        for spot, column in self.columns_for(width):
            text, role = column.write(values)
            if column is cell:
                # An empty cell is to be seen too.
                text, role = text if text.strip() else SIGNS.dash, "bold accent"
            gap = " " if spot.x else ""
            spans.append((gap + cells.place(text, spot.width, spot.column.align), role))
        return spans

    def head(self, width: int) -> Line:
        """The heads of the columns: the one that is sorted by with its direction, that of the cell marked."""
        spans: list[Span] = [(" " * self.GUTTER, "plain")]
        cell = self.cell
        for spot, column in self.columns_for(width - self.GUTTER):
            if spot.x:
                spans.append((" ", "plain"))
            sorted_by = self.sorted_by == column.id
            sign = (SIGNS.down if self.descending else SIGNS.up) if sorted_by else ""
            text = cells.cut(_(column.label), spot.width - len(sign)) + sign
            role = "bold accent" if column is cell else "bold" if sorted_by else "dim"
            spans.append((cells.place(text, spot.width, spot.column.align), role))
        return spans
