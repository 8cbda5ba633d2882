"""What every screen over a register has: reading it in a worker, filter, sort, copy, detail and history of the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.worker import Worker, WorkerState, get_current_worker

from db.errors import Refused
from erptui.filtering import FieldKind
from erptui.i18n import _, language
from erptui.place import line_in
from erptui.registers import register_named
from erptui.registers.context import Context
from erptui.registers.listing import Listing, Row, fields_of, first_rows, whole
from screens.actions import common
from screens.register_changing import ChangingScreen
from screens.text import Line
from screens.widgets.detail import Detail, once_laid_out
from screens.widgets.register import RegisterColumn, RegisterHead, RegisterView

if TYPE_CHECKING:
    from db.store import Store
    from erptui.filtering import FilterField


FEW = 400
"""Rows that are read at once; more of them in a worker."""
WIDE = 110
"""Cells from which on the detail stands at the right."""


@dataclass(frozen=True)
class Table:
    """What a screen shows of a register: the keys it reads (`id` first) and what its derived columns are."""

    register: str
    keys: tuple[str, ...]
    kinds: Mapping[str, FieldKind] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    """The tables of the store that the rows are made of."""

    def fields(self, audience: str = "internal") -> list[FilterField]:
        """What it can be filtered and sorted by."""
        return fields_of(register_named(self.register), self.keys, self.kinds, audience)


def read_whole(store: Store, table: Table, context: Context) -> Listing | None:
    """All rows, through a connection of one's own: for a worker thread. Raises `Refused` while the store is held."""
    worker = get_current_worker()
    snapshot = store.snapshot()
    try:
        own, fields = replace(context, reader=snapshot), table.fields(context.audience)
        return whole(register_named(table.register), own, table.keys, fields, lambda: worker.is_cancelled)
    finally:
        snapshot.close()


class RegisterScreen(ChangingScreen):
    """A screen over a register. Give `TABLE` and override `columns`, `title_text`, `hint_text`, `detail_of`."""

    TABLE: Table
    CSS = """
    #halves, #list, #register { height: 1fr; }
    #detail { height: 33%; min-height: 4; max-height: 16; }
    #halves.-beside { layout: horizontal; }
    #halves.-beside #list { width: 62fr; min-width: 80; }
    #halves.-beside #detail { width: 38fr; height: 1fr; max-height: 100%; }
    """
    ACTIONS = tuple(
        replace(action, rank={"repeat": 2, "back": 6}.get(action.id, action.rank)) for action in common.COMMON
    )

    def __init__(self) -> None:
        super().__init__()
        self._view = RegisterView(self.columns(), self.sorted_by, self.hint_text, self.open_row, id="register")
        self._head = RegisterHead(self._view)
        self._halves = Vertical(id="halves")
        self._read_at: tuple[object, ...] = ()
        self._whole_worker: Worker[Listing | None] | None = None

    # What a screen gives.

    def columns(self) -> Sequence[RegisterColumn]:
        """The columns, in their order."""
        raise NotImplementedError

    @property
    def sorted_by(self) -> str:
        """The column by which the register comes sorted."""
        return register_named(self.TABLE.register).sort[0]

    def title_text(self) -> str:
        return _(register_named(self.TABLE.register).label)

    def detail_of(self, row: Row, width: int, height: int) -> Sequence[Line]:
        """The lower part: what is known of the row under the cursor."""
        raise NotImplementedError

    async def open_row(self) -> None:
        """Open the row under the cursor."""

    # The frame.

    def body(self) -> ComposeResult:
        self._fit_halves()
        with self._halves:
            with Vertical(id="list"):
                yield self._head
                yield self._view
            yield Detail(id="detail")

    def _fit_halves(self) -> None:
        """Where it is wide enough the detail stands beside the list, not below."""
        self._view.beside_detail = self.app.size.width >= WIDE
        self._halves.set_class(self._view.beside_detail, "-beside")

    @property
    def register_name(self) -> str:
        return self.TABLE.register

    @property
    def view(self) -> RegisterView:
        """The table."""
        return self._view

    def on_mount(self) -> None:
        super().on_mount()
        self._view.choice = self.erp.column_choices.setdefault(self.TABLE.register, self._view.choice)
        self.reload()

    # Reading.

    def context(self) -> Context:
        """Of which engagement the rows are read, and for whom."""
        return self.erp.context(self.store)

    def read_store(self) -> None:
        context = self.context()
        stamp = (context.audience, context.engagement and context.engagement.id, language(), self._stamp())
        if stamp == self._read_at:
            return
        table, register = self.TABLE, register_named(self.TABLE.register)
        first = stamp[:2] != self._read_at[:2]
        if first:
            self._looked_at_by(context)
        fields = table.fields(context.audience)
        if register.count(context) <= FEW:
            # At once, so that keys typed ahead find every row in its place.
            self._read_at = stamp
            self._show(whole(register, context, table.keys, fields))
        elif first:
            count = max(20, self.app.size.height)
            self._show(first_rows(register, context, table.keys, fields, count))
            self._read_at = stamp
            # Beside it the first picture would come later.
            once_laid_out(self, self._read_whole)
        else:
            self._read_at = stamp
            self._read_whole()

    def _looked_at_by(self, context: Context) -> None:
        """Somebody else looks on: the columns are others, and what was looked for may be internal itself."""
        # What it still reads is not for them.
        self._whole_worker = None
        self._view.withhold(register_named(self.TABLE.register).withheld(self.TABLE.keys, context.audience))
        if self._view.filter_text:
            self.narrow("")
        self._view.clear_selection()

    def _read_whole(self) -> None:
        work = partial(read_whole, self.store, self.TABLE, self.context())
        self._whole_worker = self.run_worker(
            work, name="register", group="register", thread=True, exclusive=True, exit_on_error=False
        )

    def go_to(self, identifier: str) -> None:
        """Put the cursor on a row that was made just now; a filter goes, which might hide it."""
        if self._view.filter_text:
            self.narrow("")
        self._view.go_to(identifier)
        self.show_detail()

    # The place.

    def place_now(self) -> dict[str, str]:
        view = self._view
        return {
            "row": view.wanted_id or view.current_id or "",
            "line": str(view.cursor),
            "filter": view.filter_text,
            "sort": view.sorted_by,
            "falling": "yes" if view.descending else "",
        }

    def take_place(self, place: Mapping[str, str]) -> None:
        view = self._view
        field = next((field for field in view.listing.fields if field.id == place.get("sort")), None)
        # To sort by the same once more is to sort the other way round.
        while field and (view.sorted_by, view.descending) != (field.id, bool(place.get("falling"))):
            view.sort(field)
        text = place.get("filter", view.filter_text)
        # What was looked for may be internal itself.
        if text != view.filter_text and not self.erp.for_client:
            view.narrow(text, self.today)
        view.go_to(place.get("row", ""), line_in(place))
        self.after_choice()
        self._head.refresh()
        self.show_detail()

    def _stamp(self) -> int:
        """The number of the newest change to what is shown."""
        sql = "SELECT coalesce(max(id), 0) FROM change WHERE tbl = ?"
        return max(int(self.store.rows(sql, (name,))[0][0]) for name in self.TABLE.tables)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """All rows are there."""
        error = event.worker.error if event.state is WorkerState.ERROR else None
        if isinstance(error, Refused):
            self._read_at = (*self._read_at[:2], None)
            self.erp.look_again_soon(error)
        elif error is not None:
            raise error
        if event.worker is not self._whole_worker or event.state is not WorkerState.SUCCESS:
            return
        self._show(self._whole_worker.result)

    def _show(self, listing: Listing | None) -> None:
        if listing is None:
            return
        self._view.show(listing)
        if self.detail.display != bool(listing.total):
            # Where there is nothing to tell of, the list takes the room.
            self.detail.display = bool(listing.total)
            once_laid_out(self, self.show_detail)
        self.after_choice()
        self._head.refresh()
        self.show_detail()
        self.keys_changed()

    # The detail.

    def on_resize(self) -> None:
        # Textual calls the handlers of what it is based on as well.
        self._fit_halves()

    def show_detail(self) -> None:
        if not self.is_mounted:
            return
        detail, row = self.detail, self._view.current
        if not detail.size.width:
            return
        if row is None:
            detail.show(())
            return
        with self.reading():
            detail.show(self.detail_of(row, detail.size.width, detail.size.height))
