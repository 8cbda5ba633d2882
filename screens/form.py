"""The form of a row: one field a line, errors under the field, saved from any field; drafts survive a lost line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input

from db.errors import Conflict, InvalidValue, Problem
from db.fields import Kind, Stored, TextField
from db.labels import N_
from erptui import cells, drafts
from erptui.entry import NotUnderstood
from erptui.field_text import hint_of, text_of, value_of
from erptui.forms import FormSpec, names_of
from erptui.i18n import _, say
from screens.actions import Action, common, grouped
from screens.glyphs import UNICODE as SIGNS
from screens.paint import Painted
from screens.store_screen import StoreScreen
from screens.text import Line
from screens.widgets.edit_line import LineField

DRAFT_AFTER = 0.7
"""Seconds after the last key that what was typed is on disk."""
LABEL_WIDTH = 18

FORM = grouped(
    N_("The form"),
    Action("save", ("f2",), N_("Save"), N_("Save all fields."), rank=1, in_text=True),
    Action(
        "next-field",
        ("enter", "tab", "down"),
        N_("Next field"),
        N_("The next field; ⏎ on the last one saves."),
        rank=2,
        in_text=True,
    ),
    Action("previous-field", ("shift+tab", "up"), N_("Back up"), N_("The field before."), in_text=True),
    Action(
        "editor", ("f4",), N_("Editor"), N_("Write a long text in your own editor ($EDITOR)."), rank=4, in_text=True
    ),
    Action(
        "leave", ("escape", "f10"), N_("Leave"), N_("Leave; asks when something was changed."), rank=3, in_text=True
    ),
)


class Words(Painted):
    """A label, a heading or the reason why a value is refused."""

    DEFAULT_CSS = "Words { height: 1; }"

    def __init__(self, line: Line = (), *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._lines: Sequence[Line] = (line,)

    def show(self, *lines: Line) -> None:
        """Put these lines in it."""
        self._lines = lines
        self.styles.height = max(1, len(lines))
        self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        return self._lines


class FieldRow(Vertical):
    """One field: label, input, and under it why the value is refused."""

    def __init__(self, name: str, kind: Kind[Any], text: str) -> None:
        super().__init__(classes="field-row")
        self.field_name = name
        self.kind = kind
        self.before = text
        # What is a word of a list, a number or a day is typed anew; words are mended where they are.
        anew = not isinstance(kind, TextField)
        self.input = LineField(text, compact=True, select_on_focus=anew, placeholder=hint_of(kind))
        self.input.cursor_blink = False
        self._why = Words(classes="why")

    def compose(self) -> ComposeResult:
        label = cells.pad(_(self.kind.label), LABEL_WIDTH)
        with Horizontal():
            yield Words([(f" {label} ", "dim" if self.kind.null else "plain")], classes="label")
            yield self.input
        yield self._why

    def refuse(self, reason: str | None) -> None:
        """Say under the field why its value is not taken, or take that away."""
        self._why.display = bool(reason)
        indent = " " * (LABEL_WIDTH + 2)
        words = cells.wrap(reason or "", max(10, self.app.size.width - len(indent) - 3), 4)
        self._why.show(
            *(
                [(indent, "plain"), (f"{SIGNS.late if place == 0 else ' '} ", "bold red"), (line, "red")]
                for place, line in enumerate(words)
            )
        )

    @property
    def text(self) -> str:
        """What stands in the field; line ends of long texts are shown as ⏎."""
        return self.input.value.replace(SIGNS.enter, "\n") if self.long else self.input.value

    def put(self, text: str) -> None:
        """Put a text into the field."""
        self.input.value = text.replace("\n", SIGNS.enter)
        self.input.cursor_position = len(self.input.value)

    @property
    def long(self) -> bool:
        """Whether the field takes several lines."""
        return isinstance(self.kind, TextField) and self.kind.lines

    @property
    def changed(self) -> bool:
        """Whether something else stands there than when the form was opened."""
        return self.text != self.before


class FormScreen(StoreScreen):
    """The form of one row. Dismissed with True when something was saved."""

    ACTIONS = (*FORM, *(action for action in common.PROGRAM if action.id == "help"))
    AUTO_FOCUS = "LineField"
    CSS = """
    FormScreen VerticalScroll { height: 1fr; scrollbar-size-vertical: 0; }
    FormScreen .field-row { height: auto; }
    FormScreen .field-row Horizontal { height: 1; }
    FormScreen .label { width: 20; }
    FormScreen .why { display: none; }
    FormScreen LineField { width: 1fr; height: 1; background: $bars; color: $foreground; }
    FormScreen .input--cursor {
        background: $input-cursor-background; color: $input-cursor-foreground; text-style: $input-cursor-text-style;
    }
    FormScreen .input--placeholder { color: $dim; }
    """

    def __init__(self, spec: FormSpec, row: str, title: str) -> None:
        super().__init__()
        self._spec = spec
        self._row = row
        self._heading = title
        self._stored: dict[str, Stored] = {}
        self._names: dict[str, dict[str, str]] = {}
        self._warned = False
        self._mine: set[str] = set()
        self._writing: Timer | None = None
        self._finished = False

    def body(self) -> ComposeResult:
        table = self._spec.model._meta.table_name
        fields = self._spec.fields()
        columns = ", ".join(kind.column_name for _group, _name, kind in fields)
        found = self.store.rows(f"SELECT {columns} FROM {table} WHERE id = ?", (self._row,))
        values = found[0] if found else [None] * len(fields)
        self._stored = {name: value for (_g, name, _k), value in zip(fields, values, strict=True)}
        group = ""
        with VerticalScroll(can_focus=False):
            for heading, name, kind in fields:
                if heading != group:
                    group = heading
                    yield Words([(f" {_(heading)}", "bold")])
                text = text_of(kind, self._stored[name], self._names_of)
                yield FieldRow(name, kind, text)

    def _names_of(self, table: str) -> Mapping[str, str]:
        if table not in self._names:
            engagement = self.erp.engagement
            self._names[table] = names_of(self.store, table, engagement.id if engagement else None)
        return self._names[table]

    @property
    def rows_of_fields(self) -> list[FieldRow]:
        """The fields from top to bottom, hidden ones too."""
        return list(self.query(FieldRow))

    @property
    def _shown_rows(self) -> list[FieldRow]:
        return [row for row in self.rows_of_fields if row.display]

    def on_mount(self) -> None:
        self.set_title([(_(self._spec.title), "bold accent"), (f"  {SIGNS.step}  {self._heading}", "bold")])
        for row in self.rows_of_fields:
            row.put(row.before)
            shown = self._spec.shown_when.get(row.field_name)
            row.display = shown is None or shown(self._stored)
        self._offer_draft()

    # Drafts.

    @property
    def _draft_key(self) -> tuple[str, str, str]:
        return self.store.meta("store"), self._spec.model._meta.table_name, self._row

    def _offer_draft(self) -> None:
        draft = drafts.kept(*self._draft_key)
        if draft is None:
            return
        for row in self.rows_of_fields:
            if row.field_name in draft.texts:
                row.put(draft.texts[row.field_name])
        at = draft.at[11:16] if draft.at[:10] == self.today.isoformat() else draft.at[:10]
        self.say(_("Back again: what you typed at {at}. F2 saves it, esc twice drops it.").format(at=at))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what was typed; a value that was refused may be right now."""
        event.stop()
        self._warned = False
        self._mine.clear()
        if isinstance(event.input.parent, Horizontal) and isinstance(event.input.parent.parent, FieldRow):
            event.input.parent.parent.refuse(None)
        if self._writing:
            self._writing.stop()
        self._writing = self.set_timer(DRAFT_AFTER, self._keep_draft)

    def _keep_draft(self) -> None:
        texts = {row.field_name: row.text for row in self.rows_of_fields if row.changed}
        if texts:
            drafts.keep(*self._draft_key, texts)

    def _drop_draft(self) -> None:
        if self._writing:
            self._writing.stop()
        self._finished = True
        drafts.drop(*self._draft_key)

    # Moving.

    def _current(self) -> int:
        for place, row in enumerate(self._shown_rows):
            if row.input.has_focus:
                return place
        return 0

    def _settle(self, row: FieldRow) -> None:
        """Write out in full what was meant (`rev` becomes Review), or say why it is no value."""
        if not row.changed or row.long:
            return
        try:
            value = self._value(row)
        except (NotUnderstood, InvalidValue) as refused:
            row.refuse(self._reason(refused))
            return
        text = text_of(row.kind, row.kind.db_value(value), self._names_of)
        if text != row.text:
            row.put(text)

    def action_next_field(self) -> None:
        """To the next field; from the last one save."""
        rows, place = self._shown_rows, self._current()
        self._settle(rows[place])
        if place + 1 == len(rows):
            self.action_save()
        else:
            rows[place + 1].input.focus()

    def action_previous_field(self) -> None:
        """To the field before."""
        rows, place = self._shown_rows, self._current()
        self._settle(rows[place])
        rows[max(0, place - 1)].input.focus()

    def why_not_editor(self) -> str | None:
        """Only long texts are worth an editor."""
        rows = self._shown_rows
        if not rows or not rows[self._current()].long:
            return _("This field is one line; F4 opens your editor on a long text.")
        return None

    def action_editor(self) -> None:
        """The text of the field in the person's own editor."""
        from screens.editor import edited

        row = self._shown_rows[self._current()]
        text = edited(self.app, row.text)
        if text is None:
            self.say(_("The editor could not be started. Set EDITOR, for example to nano or vi."), "error")
        else:
            row.put(text.rstrip("\n"))

    # Saving and leaving.

    def _value(self, row: FieldRow) -> Any:
        return value_of(row.kind, row.text, self.today, self._stored[row.field_name], self._names_of)

    @staticmethod
    def _reason(refused: NotUnderstood | InvalidValue) -> str:
        return say(refused) if isinstance(refused, Problem) else str(refused)

    def action_save(self) -> None:
        """Save what was changed as one step; the first refused field gets the cursor."""
        values: dict[str, Any] = {}
        first: FieldRow | None = None
        for row in self.rows_of_fields:
            if not row.changed:
                continue
            try:
                values[row.field_name] = self._value(row)
            except (NotUnderstood, InvalidValue) as refused:
                row.refuse(self._reason(refused))
                first = first or row
        if first:
            first.input.focus()
            return
        if values and not self._write(values):
            return
        self._drop_draft()
        self.dismiss(bool(values))

    def _write(self, values: dict[str, Any]) -> bool:
        if self._spec.implied:
            values = {**self._spec.implied(self._stored, values, self.today), **values}
        expected = {name: self._stored[name] for name in values if name in self._stored and name not in self._mine}
        try:
            with self.store.edit(N_("Edit"), about=self._heading) as edit:
                for name, value in values.items():
                    before = {name: expected[name]} if name in expected else None
                    edit.change(self._spec.model, self._row, before, **{name: value})
        except Conflict as conflict:
            self._mine.add(conflict.field or "")
            row = next((row for row in self.rows_of_fields if row.field_name == conflict.field), None)
            if row:
                row.refuse(_("{conflict} F2 again saves yours.").format(conflict=say(conflict)))
                row.input.focus()
            else:
                self.say(say(conflict), "error")
            return False
        except Problem as problem:
            self.say(say(problem), "error")
            return False
        self.erp.say(_("{title} saved · u takes back").format(title=self._heading), "effect")
        return True

    def action_leave(self) -> None:
        """Leave; what was typed is asked about once and kept as a draft until it is dropped."""
        changed = any(row.changed for row in self.rows_of_fields)
        if changed and not self._warned:
            self._warned = True
            self.say(_("Not saved yet. F2 saves it, esc again drops it."), "error")
            return
        self._drop_draft()
        self.dismiss(False)

    def on_unmount(self) -> None:
        """A lost line or a window that is closed keeps what was typed."""
        if self._writing and not self._finished:
            self._keep_draft()
