"""One line that asks for one value, in the place of line 24, with Textual's own Input (it serves input methods)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from db.labels import N_, Label
from db.text import clean_text
from erptui import cells
from erptui.i18n import _
from screens.actions import Action
from screens.actions.common import ASKING
from screens.actions.names import written
from screens.paint import Painted
from screens.text import Line, line_width
from screens.widgets.bars import MESSAGE_LINES, NARROW, Key, footer_line, message_lines

LEAST_ROOM = 30
"""Cells to type in, for whose sake the keys at the right lose their words."""
SAVE = N_("Save")


@dataclass(frozen=True)
class Question:
    """What is asked: `save` takes the text and returns why it is refused, or None when it is done.

    `value` stands in the field, marked where `anew` says that typing replaces it; `above` stands over the field until
    the next sign. `whole` opens the form with what was typed (tab); without it `no_form` says why there is none.
    `passing`: what was typed is nothing to lose, esc leaves at once. `verb` says what enter does.
    """

    label: str
    save: Callable[[str], str | None]
    value: str = ""
    placeholder: str = ""
    changed: Callable[[str], None] | None = None
    left: Callable[[], None] | None = None
    passing: bool = False
    anew: bool = False
    above: str = ""
    whole: Callable[[str], Awaitable[None]] | None = None
    no_form: str = ""
    verb: Label = SAVE


class _Words(Painted):
    """A label beside the field, or the reason above it."""

    GROUND = "bars"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        return self._lines


class LineField(Input, inherit_css=False):
    """Textual's own field without its style sheet: every start would read that for a line that few of them open."""

    COMPONENT_CLASSES = Input.COMPONENT_CLASSES
    # Its size does not depend on its text: a letter must not lay out the whole screen again, as it does in an Input.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)


class _Field(LineField):
    """The field of a line. `typed` hears of a change before it is painted: the message of it comes a frame later."""

    def __init__(self, typed: Callable[[str], None]) -> None:
        super().__init__(compact=True, select_on_focus=False, id="field")
        self._typed = typed

    def watch_value(self, value: str) -> None:
        self._typed(value)

    def _on_paste(self, event: events.Paste) -> None:
        """All lines of what is pasted as one, not the first alone."""
        lines = clean_text(event.text).replace("\t", " ").strip("\n").split("\n")
        self.replace(" ".join(lines), *self.selection)
        event.prevent_default()
        event.stop()


def _example(text: str, room: int) -> str:
    """An example in the field that is still empty: of several, two blanks apart, those that fit whole."""
    if cells.width(text) <= room:
        return text
    kept, *others = text.split("  ")
    for other in others:
        if cells.width(f"{kept}  {other}") > room:
            break
        kept = f"{kept}  {other}"
    return cells.cut(kept, room)


class EditLine(Vertical):
    """Hidden until `ask`; saves with enter or F2, leaves with esc or F10 (asking again when text would be lost)."""

    ACTIONS: tuple[Action, ...] = ASKING
    DEFAULT_CSS = """
    EditLine {
        height: auto; width: 1fr; display: none; background: $bars;
        #why { height: 1; display: none; }
        Horizontal { height: 1; }
        #label, #keys { height: 1; }
        LineField { width: 1fr; height: 1; background: $bars; color: $foreground; scrollbar-size-horizontal: 0; }
        .input--cursor {
            background: $input-cursor-background; color: $input-cursor-foreground; text-style: $input-cursor-text-style;
        }
        .input--selection { background: $input-selection-background; color: $input-selection-foreground; }
        .input--placeholder { color: $dim; }
        LineField:ansi > .input--placeholder { text-style: dim; }
    }
    """

    class Left(Message):
        """The line was put away, saved or not."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question: Question | None = None
        self._warned = False
        self._before: Widget | None = None

    def compose(self) -> ComposeResult:
        yield _Words(id="why")
        with Horizontal():
            yield _Words(id="label")
            field = _Field(self._typed)
            field.cursor_blink = False
            yield field
            yield _Words(id="keys")

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return self._question is not None

    @property
    def field(self) -> Input:
        """The text field."""
        return self.query_one("#field", Input)

    def ask(self, question: Question) -> None:
        """Show the question and put the cursor into its field at once, so that keys typed ahead go there."""
        field = self.field
        # Nothing is asked yet while it gets this value, which was not typed.
        self._question = None
        field.value = question.value
        self._question = question
        self._warned = False
        if self.screen.focused is not field:
            self._before = self.screen.focused
        label = self.query_one("#label", _Words)
        width = self.app.size.width
        words = cells.cut(question.label, max(8, width // 2 if width >= NARROW else width // 3))
        label.show([[(" ", "plain"), (words, "bold"), (" ", "plain")]])
        label.styles.width = cells.width(words) + 2
        self._fit(question, cells.width(words) + 2)
        self._refuse(None)
        # What the label had no room for stands above until the first sign.
        self.remark(question.above or (question.label if words != question.label else ""))
        field.selection = Selection(0 if question.anew else len(question.value), len(question.value))
        self.display = True
        self.screen.set_focus(field)

    def close(self) -> None:
        """Put the question away; the focus goes back at once, so that keys typed ahead act there."""
        self._question = None
        self.screen.set_focus(self._before)
        self.display = False
        self._refuse(None)
        self.post_message(self.Left())

    def _fit(self, question: Question, label: int) -> None:
        """At the right how the line is saved and left, in words where that leaves room to type; between, an example."""
        width = self.app.size.width - label
        here = [action for action in ASKING if question.whole or action.id != "whole-form"]
        labels = {action.id: action.label for action in here} | {"save-line": question.verb}
        keys_of = getattr(self.app, "keys_of", lambda action: action.keys)
        pairs = [
            Key(written(keys[0]), _(labels[action.id]), action.rank) for action in here if (keys := keys_of(action))
        ]
        shown = footer_line(pairs, self.app.size.width)
        if width - line_width(shown) - 1 < LEAST_ROOM:
            shown = footer_line([replace(pair, word="") for pair in pairs], self.app.size.width)
        keys = self.query_one("#keys", _Words)
        keys.show([shown])
        keys.styles.width = line_width(shown) + 1
        self.field.placeholder = _example(question.placeholder, width - line_width(shown) - 2)

    def on_resize(self) -> None:
        """In another size there is other room for the keys."""
        if self._question is not None:
            label = self.query_one("#label", _Words).styles.width
            self._fit(self._question, int(label.value) if label else 0)

    def _refuse(self, reason: str | None) -> None:
        self._above(message_lines(reason, "error", self.app.size.width) if reason else [])

    def _above(self, lines: Sequence[Line]) -> None:
        why = self.query_one("#why", _Words)
        why.styles.height = max(1, len(lines))
        why.display = bool(lines)
        why.show(lines)

    def remark(self, text: str) -> None:
        """Say something of what is being typed above the field, until the next sign."""
        parts = cells.wrap(text, max(1, self.app.size.width - 2), MESSAGE_LINES)
        self._above([[(" ", "plain"), (part, "dim")] for part in parts])

    def action_save_line(self) -> None:
        """Hand the text over; a refusal stays above the field and nothing is lost."""
        question = self._question
        if question is None:
            return
        reason = question.save(self.field.value)
        if self._question is not question:
            return
        if reason:
            self._refuse(reason)
        else:
            self.close()

    def action_leave_line(self) -> None:
        """Leave; text that would be lost is kept once."""
        question = self._question
        if question is None:
            return
        if self.field.value != question.value and not self._warned and not question.passing:
            self._warned = True
            self._refuse(_("Not saved yet. Press esc again to drop the text, enter to save it."))
            return
        self.close()
        if question.left:
            question.left()

    async def action_whole_form(self) -> None:
        """All fields, with what was typed; where there is no form the line says so."""
        question = self._question
        if question is None:
            return
        if question.whole is None:
            self.remark(question.no_form or _("There is no form for this: the line is all of it."))
            return
        text = self.field.value
        self.close()
        await question.whole(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()

    def _typed(self, text: str) -> None:
        if self._question is None:
            return
        self._warned = False
        self._refuse(None)
        if self._question.changed:
            self._question.changed(text)
