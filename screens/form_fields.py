"""The lines of a form: a label with its field, and under them why a value is refused or what could be meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input
from textual.widgets.input import Selection

from db.fields import BirthdayField, Kind, Stored, TextField
from erptui import cells
from erptui.field_text import hint_of
from erptui.i18n import _
from erptui.touches import NewPerson
from screens.glyphs import UNICODE as SIGNS
from screens.paint import Painted
from screens.text import Line
from screens.widgets.edit_line import LineField

LEAST_LABEL, MOST_LABEL = 12, 26
MOST_REASON = 4
"""Lines that a reason may take under its field."""


class Words(Painted):
    """A label or a heading."""

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


class FieldInput(LineField):
    """Where one field of a row is typed: what stands there, and what stood there when the form was opened.

    A long text stands on one line, its line ends as ⏎.
    """

    def __init__(self, name: str, kind: Kind[Any], stored: Stored, text: str, placeholder: str = "") -> None:
        self.long = isinstance(kind, TextField) and kind.lines
        shown = self._on_one_line(text)
        # What is a word of a list, a number or a day is typed anew; words are mended where they are.
        self._anew = not isinstance(kind, TextField) or isinstance(kind, BirthdayField)
        super().__init__(shown, compact=True, select_on_focus=False, placeholder=placeholder)
        self.cursor_blink = False
        self.field_name, self.kind, self.stored = name, kind, stored
        self._before = shown
        self._meant: tuple[str, Any] | None = None
        self.asked_about = ""
        """The name that is nobody yet, once it was said that somebody would be made."""

    def _on_one_line(self, text: str) -> str:
        # Another program may have written lines where there are none: Textual takes minutes for a long one.
        return text.replace("\n", SIGNS.enter if self.long else " ")

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.value.replace(SIGNS.enter, "\n") if self.long else self.value

    def put(self, text: str) -> None:
        """Put a text into the field, without a word that it was typed."""
        with self.prevent(Input.Changed):
            self.value = self._on_one_line(text)
        self.cursor_position = len(self.value)

    def put_meant(self, text: str, value: Any) -> None:
        """Write out in full what was typed; as long as it stands, `value` is meant, whoever else is called so."""
        self.put(text)
        self._meant = self.value, value

    @property
    def meant(self) -> Any:
        """The value that was read already, None where there is none."""
        return self._meant[1] if self._meant and self._meant[0] == self.value else None

    @property
    def changed(self) -> bool:
        """Whether something else is meant than when the form was opened."""
        if self.meant is not None:
            return isinstance(self.meant, NewPerson) or self.kind.db_value(self.meant) != self.stored
        return self.value != self._before

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.value.strip()

    def show_start(self) -> None:
        """A field without the cursor is read from its start."""
        if not self.has_focus:
            self.scroll_to(x=0, animate=False, force=True)

    def _on_focus(self, event: events.Focus) -> None:
        if self._anew and not event.from_app_focus:
            # Marked as a whole, and read from its start.
            self.selection = Selection(len(self.value), 0)

    def _on_blur(self, _event: events.Blur) -> None:
        self.scroll_to(x=0, animate=False, force=True)

    def _on_paste(self, event: events.Paste) -> None:
        """All lines of what is pasted, not the first alone."""
        event.prevent_default()
        event.stop()
        lines = event.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
        self.replace((SIGNS.enter if self.long else " ").join(lines), *self.selection)


class FormLine(Vertical):
    """A line of the form with what is said under it. Override `inputs` and `stops`."""

    DEFAULT_CSS = """
    FormLine { height: auto; }
    FormLine > Horizontal { height: 1; }
    """
    INDENT = 3

    def __init__(self) -> None:
        super().__init__()
        self._under = Words(classes="under")
        self._said: tuple[str, bool] = ("", False)
        self._refused: tuple[FieldInput, str] | None = None

    @property
    def inputs(self) -> Sequence[FieldInput]:
        """The fields of the line, from left to right."""
        raise NotImplementedError

    @property
    def stops(self) -> Sequence[FieldInput]:
        """Those of them that tab goes to."""
        return self.inputs

    def refuse(self, reason: str | None, at: FieldInput | None = None) -> None:
        """Say under the line why a value is not taken, or take that away."""
        self._refused = (at, at.value) if at and reason else None
        self._say(reason or "", refused=True)

    def remark(self, text: str) -> None:
        """Say under the line what could be meant; a reason that stands there goes first."""
        if not (self._said[1] and self._said[0]):
            self._say(text, refused=False)

    def typed(self, field: FieldInput) -> None:
        """Something else stands in a field: what was said of it counts no longer."""
        # The sign that was refused may be told only now, after the key that saved.
        if self._refused != (field, field.value):
            self.refuse(None)

    def accept(self, field: FieldInput) -> None:
        """What stands in a field is taken: a reason against it goes."""
        if self._refused and self._refused[0] is field:
            self.refuse(None)

    @property
    def said(self) -> str:
        """What stands under the line."""
        return self._said[0]

    def _say(self, text: str, *, refused: bool) -> None:
        if (text, refused) != self._said:
            self._said = text, refused
            self.fit()

    def fit(self) -> None:
        """Fill what is said into the width there is."""
        text, refused = self._said
        self._under.display = bool(text)
        indent = " " * self.INDENT
        room = max(10, self.app.size.width - self.INDENT - 3)
        if not refused:
            self._under.show(*([(indent, "plain"), (line, "dim")] for line in cells.wrap(text, room, MOST_REASON)))
            return
        self._under.show(
            *(
                [(indent, "plain"), (f"{SIGNS.late if place == 0 else ' '} ", "bold red"), (line, "red")]
                for place, line in enumerate(cells.wrap(text, room, MOST_REASON))
            )
        )


class FieldRow(FormLine):
    """One field: label, input, and under it why the value is refused."""

    def __init__(self, field: FieldInput, label_width: int) -> None:
        super().__init__()
        self.input = field
        self._label_width = label_width
        self.INDENT = label_width + 2

    def compose(self) -> ComposeResult:
        kind = self.input.kind
        label = Words([(f" {cells.pad(_(kind.label), self._label_width)} ", "dim" if kind.null else "plain")])
        label.styles.width = self._label_width + 2
        with Horizontal():
            yield label
            yield self.input
        self._under.display = False
        yield self._under

    @property
    def inputs(self) -> Sequence[FieldInput]:
        return (self.input,)


def field_input(name: str, kind: Kind[Any], stored: Stored, text: str) -> FieldInput:
    """The input of a field that has a line of its own."""
    return FieldInput(name, kind, stored, text, hint_of(kind))


def label_width(labels: Sequence[str]) -> int:
    """The cells that all labels of a form take, so that the fields begin in one column."""
    widest = max((cells.width(label) for label in labels), default=0)
    return max(LEAST_LABEL, min(widest, MOST_LABEL))


def line_of(field: FieldInput) -> FormLine:
    """The line that a field stands in."""
    return next(node for node in field.ancestors if isinstance(node, FormLine))
