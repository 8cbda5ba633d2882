"""Changing rows of a register in place: the cell under the cursor, its date by steps, the last change again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from db.fields import DateField, Kind
from erptui.i18n import _
from erptui.registers import register_named
from screens.register_finding import FindingScreen
from screens.repeat import SteppingScreen
from screens.widgets.register import RegisterColumn, RegisterHead

if TYPE_CHECKING:
    from erptui.registers.register import Register


class ChangingScreen(FindingScreen, SteppingScreen):
    """A screen over a register whose cells are changed with `c`, `+ - > <` and `.`, on all selected rows at once."""

    def __init__(self) -> None:
        super().__init__()
        # Asked at every key, by whoever looks on.
        self._fields: tuple[str, Mapping[str, Kind[Any]]] = ("", {})

    @property
    def register_name(self) -> str:
        """Whose rows are shown."""
        raise NotImplementedError

    @property
    def register(self) -> Register:
        """The register itself."""
        return register_named(self.register_name)

    @property
    def ROW_TABLE(self) -> str:  # type: ignore[override]  # it follows from the register
        """The table of the rows."""
        return str(self.register.model._meta.table_name)

    def rows_to_change(self) -> list[str]:
        return self.view.selected_ids

    def changed(self) -> None:
        if self.view.has_selection:
            self.view.clear_selection()
            self.after_choice()

    # The cell.

    def field_of(self, column: RegisterColumn) -> tuple[str, Kind[Any]] | None:
        """The name and the field that a column stands for, None where it is computed or not for who looks on."""
        audience = self.erp.audience
        if self._fields[0] != audience:
            self._fields = audience, self.register.fields(audience)
        name, fields = column.edits or column.id, self._fields[1]
        return (name, fields[name]) if name in fields else None

    @property
    def _cell(self) -> tuple[RegisterColumn, str, Kind[Any]] | None:
        """The column under the cursor with the name and the field it stands for, None where there is none to change."""
        column = self.view.cell
        found = self.field_of(column) if column else None
        return (column, *found) if column and found else None

    def on_columns_view_cell_moved(self) -> None:
        """The heads show which cell it is."""
        self.query_one(RegisterHead).refresh()
        self.keys_changed()

    def why_not_change(self) -> str | None:
        """No row, no cell, one that is computed, or nothing can be changed."""
        if self.view.current is None:
            return _("There is no row here.")
        column = self.view.cell
        if column is None:
            return _("There is no column here that can be changed.")
        if self.field_of(column) is None:
            name = _(column.label)
            return _(column.why).format(column=name) if column.why else _("{column} is computed.").format(column=name)
        return self.why_read_only()

    def action_change(self) -> None:
        """Ask for the new value of the cell under the cursor, of all selected rows."""
        if cell := self._cell:
            from screens.cell_line import CellLine

            CellLine(self, *cell).ask(self.view.selected_ids)

    # A date by steps.

    @property
    def is_undated(self) -> bool:
        cell = self._cell
        return self.view.current is not None and (cell is None or not isinstance(cell[2], DateField))

    def step(self, text: str) -> None:
        if cell := self._cell:
            from screens.cell_line import changing, words_of

            column, name, _kind = cell
            self.change_rows(words_of(column.label, text), changing(self.register, name, text))
