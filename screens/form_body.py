"""What a form shows: the fields of a row, its child tables, and what was typed and not saved the last time."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from db.errors import Refused
from db.fields import Kind, Stored
from erptui import drafts
from erptui.form_rows import read_lines, read_row
from erptui.forms import ChildSpec, FormSpec
from erptui.i18n import _, say
from screens.form_children import ChildRow, ChildTable, line_inputs
from screens.form_draft import find_new, put_back, texts_of
from screens.form_fields import FieldInput, FieldRow, FormLine, Words, field_input, label_width, line_of
from screens.form_reading import FormReading
from screens.glyphs import UNICODE as SIGNS
from screens.store_screen import StoreScreen

DRAFT_AFTER = 0.7
"""Seconds after a key that what was typed is on disk."""


class FormBody(StoreScreen):
    """The lines of a form and its draft; `FormScreen` moves in them and saves them."""

    AUTO_FOCUS = "LineField"
    CLIENT_MAY_COME = False
    CSS = """
    VerticalScroll { height: 1fr; scrollbar-size-vertical: 0; }
    LineField { width: 1fr; height: 1; background: $bars; color: $foreground; }
    .input--cursor {
        background: $input-cursor-background; color: $input-cursor-foreground; text-style: $input-cursor-text-style;
    }
    .input--selection { background: $input-selection-background; color: $input-selection-foreground; }
    .input--placeholder { color: $dim; }
    LineField:ansi > .input--placeholder { text-style: dim; }
    """

    def __init__(
        self,
        spec: FormSpec,
        row: str | None,
        title: str,
        given: Mapping[str, str] | None = None,
        fixed: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self._spec, self._row, self._heading = spec, row, title
        self._given, self._fixed = dict(given or {}), dict(fixed or {})
        self._stored: dict[str, Stored] = {}
        self._reading: FormReading
        self._fields: list[FieldRow] = []
        self._tables: list[ChildTable] = []
        self._draft_row = row or ""
        self._held_back: dict[str, str] = {}
        self._warned = False
        self._store_refused = False
        self._mine: set[tuple[str | None, str | None]] = set()
        self._writing: Timer | None = None
        self._finished = False
        self._unread: Refused | None = None

    # What is shown.

    def body(self) -> ComposeResult:
        scroll = VerticalScroll(can_focus=False)
        try:
            self._stored = read_row(self.store, self._spec, self._row, self._fixed)
            self._reading = FormReading(self, self._engagement)
            parts = self._parts()
        except Refused as refused:
            self._unread, parts = refused, []
        with scroll:
            yield from parts

    @property
    def _engagement(self) -> str | None:
        """Where references lead: the engagement of the row, else the one that is open."""
        own = self._stored.get("engagement")
        current = self.erp.engagement
        return str(own) if own else current.id if current else None

    def _shown(self, kind: Kind[Any]) -> bool:
        return not (kind.internal and self._reading.client)

    def _parts(self) -> list[Widget]:
        fields = [each for each in self._spec.fields() if each[1] not in self._fixed and self._shown(each[2])]
        width = label_width([_(kind.label) for _group, _name, kind in fields])
        parts: list[Widget] = []
        for group, members in groupby(fields, lambda each: each[0]):
            rows = [self._field_row(name, kind, width) for _group, name, kind in members]
            self._fields += rows
            tables = [self._table(child) for child in self._spec.children if child.group == group]
            self._tables += tables
            parts += [Words([(f" {_(group)}", "bold")]), *rows, *tables]
        return parts

    def _field_row(self, name: str, kind: Kind[Any], width: int) -> FieldRow:
        row = FieldRow(field_input(name, kind, self._stored[name], self._reading.text(kind, self._stored[name])), width)
        shown = self._spec.shown_when.get(name)
        row.display = shown is None or shown(self._stored) or name in self._given
        return row

    def _table(self, spec: ChildSpec) -> ChildTable:
        kinds = {name: kind for name, kind in spec.kinds.items() if self._shown(kind)}
        rows = []
        for row, stored in read_lines(self.store, spec, kinds, self._row).items():
            texts = {name: self._reading.text(kinds[name], stored[name]) for name in kinds}
            rows.append(ChildRow(spec, row, line_inputs(spec, kinds, stored, texts)))
        return ChildTable(spec, kinds, rows)

    @property
    def rows_of_fields(self) -> list[FieldRow]:
        """The fields from top to bottom, hidden ones too."""
        return self._fields

    async def on_mount(self) -> None:
        self.set_title([(_(self._spec.title), "bold accent"), (f"  {SIGNS.step}  {self._heading}", "bold")])
        if self._unread is not None:
            self.erp.say(say(self._unread), "error")
            self.dismiss(None)
            return
        self.erp.known_people.prepare(self)
        await self._offer_draft()
        # What was typed just now counts more than what was typed before a line was lost.
        for row in self._fields:
            if row.input.field_name in self._given:
                row.input.put(self._given[row.input.field_name])
        if self._given:
            self._writing = self.set_timer(DRAFT_AFTER, self.keep_draft)
        self.call_after_refresh(self._see_texts)
        # In a field other keys count than before one had the cursor.
        self.call_after_refresh(self.keys_changed)

    def _see_texts(self) -> None:
        """A text that was put in before its field had a width lies out of sight."""
        for line in self._lines:
            for field in line.inputs:
                field.show_start()
        if here := self._current:
            here.cursor_position = 0
            here.cursor_position = len(here.value)

    def on_resize(self) -> None:
        super().on_resize()
        for row in self._fields:
            row.fit()
        for table in self._tables:
            table.fit(self.app.size)

    # Drafts.

    @property
    def _draft_key(self) -> tuple[str, str, str]:
        return self.store.id, self._spec.model._meta.table_name, self._draft_row

    @property
    def _inputs(self) -> list[FieldInput]:
        return [row.input for row in self._fields]

    async def _offer_draft(self) -> None:
        store, table, row = self._draft_key
        if row:
            draft = drafts.kept(store, table, row)
        else:
            self._draft_row, draft = find_new(store, table, {name: text for name, text in self._given.items() if text})
        if draft is None:
            return
        left = await put_back(draft.texts, self._inputs, self._tables)
        # What a client must not see stays for whoever may.
        self._held_back = {name: draft.texts[name] for name in left} if self._reading.client else {}
        if self._held_back == draft.texts:
            return
        for field_row in self._fields:
            field_row.display = field_row.display or field_row.input.changed
        at = draft.at[11:16] if draft.at[:10] == self.today.isoformat() else draft.at[:10]
        self.say(_("Back again: what you typed at {at}. F2 saves it, esc twice drops it.").format(at=at))

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what was typed; a value that was refused may be right now."""
        event.stop()
        if isinstance(event.input, FieldInput):
            await self._typed(event.input)

    async def _typed(self, field: FieldInput) -> None:
        self._warned = False
        self._mine.clear()
        line = line_of(field)
        line.typed(field)
        if isinstance(line, ChildRow):
            line.tell()
            await self._grow()
        if field.has_focus and not line.said:
            line.remark(self._reading.hint(field))
        self._keep_in_sight(line)
        # From the first key on, however long one types.
        if self._writing is None:
            self._writing = self.set_timer(DRAFT_AFTER, self.keep_draft)

    def keep_draft(self) -> None:
        """Put on disk what was typed and is not saved, when something was since the last time."""
        if self._writing is None or self._finished:
            return
        self._writing.stop()
        self._writing = None
        if not self._keep():
            self.say(_("What you type could not be kept on disk: a lost line would cost it."), "error")

    def _keep(self) -> bool:
        """Whether all that was typed is on disk now."""
        return drafts.keep(*self._draft_key, {**self._held_back, **texts_of(self._inputs, self._tables)})

    # The lines and the cursor.

    @property
    def _lines(self) -> list[FormLine]:
        return [line for line in self.walk_children(FormLine) if line.display]

    @property
    def _stops(self) -> list[FieldInput]:
        return [field for line in self._lines for field in line.stops]

    @property
    def _current(self) -> FieldInput | None:
        """The field with the cursor."""
        here = self.focused
        return here if isinstance(here, FieldInput) else next(iter(self._stops), None)

    def _go(self, field: FieldInput | None) -> None:
        # At once, so that keys typed ahead go there.
        if field is not None:
            self.set_focus(field)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The line with the cursor is in sight, with what is said under it."""
        if isinstance(event.widget, FieldInput):
            line = line_of(event.widget)
            if not line.said:
                line.remark(self._reading.hint(event.widget))
            self._keep_in_sight(line)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """What can be typed is said where the cursor is."""
        if isinstance(event.widget, FieldInput):
            line = line_of(event.widget)
            if isinstance(line, ChildRow):
                line.tell()
            elif event.widget.meant is None:
                line.remark("")

    def _keep_in_sight(self, line: FormLine) -> None:
        scroll = self.query_one(VerticalScroll)
        first = self._lines and line is self._lines[0]
        self.call_after_refresh(scroll.scroll_to, y=0, animate=False) if first else self.call_after_refresh(
            scroll.scroll_to_widget, line, animate=False
        )

    async def _grow(self) -> None:
        for table in self._tables:
            await table.grow()

    def finish(self) -> None:
        """The form is done with: its draft goes, but for what was held back from a client."""
        if self._writing:
            self._writing.stop()
        self._finished = True
        drafts.keep(*self._draft_key, self._held_back)

    def on_unmount(self) -> None:
        """A lost line or a window that is closed keeps what was typed."""
        self.keep_draft()
