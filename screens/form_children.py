"""Child tables in a form: one row a line, its fields side by side, and an empty line behind them that makes a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from db.fields import (
    ChoiceField,
    DateField,
    FlagField,
    Kind,
    PartOfYearField,
    ReferenceField,
    Stored,
    TextField,
    WorkingTimeField,
)
from erptui import cells
from erptui.forms import ChildSpec
from erptui.i18n import _
from screens.form_fields import FieldInput, FormLine, Words
from screens.text import Line

INDENT = 3
GAP = 1
LEAST_CELL = 5
MOST_CHOICE = 16


def wanted_width(kind: Kind[Any]) -> int:
    """The cells that a field asks for at least: what is typed into it, its head, and the cursor behind it."""
    wanted = 8
    if isinstance(kind, (DateField, PartOfYearField)):
        wanted = 11
    elif isinstance(kind, FlagField):
        wanted = 4
    elif isinstance(kind, WorkingTimeField):
        wanted = 7
    elif isinstance(kind, ChoiceField):
        wanted = min(MOST_CHOICE, max(cells.width(_(member.label)) for member in kind.members) + 1)
    elif isinstance(kind, ReferenceField):
        wanted = 14
    return max(wanted, cells.width(_(kind.label)))


def cell_widths(kinds: Sequence[Kind[Any]], width: int) -> list[int]:
    """The cells of each field of a line in `width`: what is left over goes to texts and references."""
    widths = [wanted_width(kind) for kind in kinds]
    room = width - INDENT - 1 - GAP * (len(kinds) - 1)
    while sum(widths) > room and max(widths) > LEAST_CELL:
        widths[widths.index(max(widths))] -= 1
    growing = [place for place, kind in enumerate(kinds) if isinstance(kind, (TextField, ReferenceField))]
    spare = max(0, room - sum(widths))
    for count, place in enumerate(growing):
        share = spare // (len(growing) - count)
        widths[place] += share
        spare -= share
    return widths


class ChildRow(FormLine):
    """A row of a child table. `id` of the row is None while it is being made."""

    INDENT = INDENT
    DEFAULT_CSS = f"""
    ChildRow > Horizontal {{ padding-left: {INDENT}; }}
    ChildRow FieldInput {{ margin-right: {GAP}; }}
    ChildRow.removed FieldInput {{ color: $dim; text-style: strike; }}
    """

    def __init__(self, spec: ChildSpec, row: str | None, fields: Sequence[FieldInput]) -> None:
        super().__init__()
        self.spec = spec
        self.row_id = row
        self._fields = fields
        self._widths: Sequence[int] = ()
        self.removed = False

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield from self._fields
        self._under.display = False
        yield self._under

    @property
    def inputs(self) -> Sequence[FieldInput]:
        return self._fields

    @property
    def stops(self) -> Sequence[FieldInput]:
        # An empty line is passed with one key.
        return self._fields[:1] if self.unused or self.removed else self._fields

    @property
    def blank(self) -> bool:
        """Whether nothing stands in any of its fields."""
        return all(field.blank for field in self._fields)

    @property
    def unused(self) -> bool:
        """Whether it is a line for a new row in which nothing stands."""
        return self.row_id is None and self.blank

    @property
    def going(self) -> bool:
        """Whether the row is taken away when the form is saved: by the key, or because it was emptied."""
        return self.row_id is not None and (self.removed or self.blank)

    @property
    def changed(self) -> bool:
        """Whether the line says something else than when the form was opened."""
        return self.going or any(field.changed for field in self._fields)

    def open(self) -> None:
        """Show the other fields of a new row as soon as something stands in it."""
        unused = self.unused
        for field in self._fields[1:]:
            field.display = not unused
        if self._widths:
            # What it makes is said over the whole line.
            self._fields[0].styles.width = "1fr" if unused else self._widths[0]

    def place(self, widths: Sequence[int]) -> None:
        """Give the fields their widths."""
        self._widths = widths
        for field, width in zip(self._fields, widths, strict=True):
            field.styles.width = width
        self.open()

    def toggle(self) -> None:
        """Mark the row as going, or keep it; empty a line that is no row yet."""
        if self.row_id is None:
            for field in self._fields:
                field.put("")
        else:
            self.removed = not self.removed
            self.set_class(self.removed, "removed")
        self.refuse(None)
        self.open()
        self.tell()

    def tell(self) -> None:
        """Say under the line that it goes."""
        if self.removed:
            self.remark(_("Goes when you save. F8 keeps it."))
        elif self.going:
            self.remark(_("Empty: the line goes when you save."))
        else:
            self.remark("")

    def forget(self) -> None:
        """Somebody else deleted the row: what stands in the line is a new one."""
        self.row_id = None
        self.removed = False
        self.set_class(False, "removed")


class ChildTable(Vertical):
    """The lines of one child table under their heading."""

    DEFAULT_CSS = """
    ChildTable { height: auto; }
    """

    def __init__(self, spec: ChildSpec, kinds: Mapping[str, Kind[Any]], rows: Sequence[ChildRow]) -> None:
        super().__init__()
        self.spec = spec
        self.kinds = kinds
        self.rows = list(rows)
        self._heads = Words()
        self._width = 0

    def compose(self) -> ComposeResult:
        yield Words([(f" {_(self.spec.label)}", "accent")])
        yield self._heads
        yield from self.rows
        self.rows.append(self._empty())
        yield self.rows[-1]

    def _empty(self) -> ChildRow:
        return ChildRow(self.spec, None, line_inputs(self.spec, self.kinds, {}, {}))

    def on_mount(self) -> None:
        self.fit(self.app.size)

    def fit(self, size: Size) -> None:
        """Give all lines and the heads their columns."""
        widths = cell_widths(list(self.kinds.values()), size.width)
        for row in self.rows:
            row.place(widths)
            row.fit()
        heads: Line = [(" " * INDENT, "plain")]
        for kind, width in zip(self.kinds.values(), widths, strict=True):
            heads = [*heads, (cells.pad(_(kind.label), width) + " " * GAP, "dim")]
        self._heads.show(heads)
        self._show_heads()

    def _show_heads(self) -> None:
        self._heads.display = any(not row.unused for row in self.rows)

    async def grow(self) -> None:
        """Open the line that is being typed, and have one empty line behind it."""
        self.rows[-1].open()
        self._show_heads()
        if not self.rows[-1].blank:
            row = self._empty()
            self.rows.append(row)
            await self.mount(row)
            row.place(cell_widths(list(self.kinds.values()), self.app.size.width))
        while (
            len(self.rows) > 1 and self.rows[-1].unused and self.rows[-2].unused and not self.rows[-1].has_focus_within
        ):
            await self.rows.pop().remove()


def line_inputs(
    spec: ChildSpec, kinds: Mapping[str, Kind[Any]], stored: Mapping[str, Stored], texts: Mapping[str, str]
) -> list[FieldInput]:
    """The inputs of one line; those of a new row (nothing stored) say in the first one what it makes."""
    first = "" if stored else _(spec.new) + "…"
    return [
        FieldInput(name, kind, stored.get(name), texts.get(name, ""), first if place == 0 else "")
        for place, (name, kind) in enumerate(kinds.items())
    ]
