"""A question with a few answers, each on a key: a sheet over the lower lines of the screen, opened only to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual.app import ComposeResult
from textual.screen import ModalScreen

from db.labels import Label
from erptui import cells
from erptui.i18n import _
from screens.actions import Action
from screens.actions.common import CLOSE
from screens.actions.names import written
from screens.paint import Painted
from screens.text import Line, joined, line_width
from screens.widgets.bars import Footer, Key

CLOSING = 12
"""Cells of line 24 for the key that closes."""


@dataclass(frozen=True)
class Choice:
    """One answer: its key, its word in line 24, and what the dialog then gives back."""

    key: str
    word: str
    answer: str


class Sheet(Painted):
    """The question between a thin rule and the answers."""

    DEFAULT_CSS = "Sheet { width: 1fr; height: 4; }"

    def __init__(self, question: str, details: Sequence[str], choices: Sequence[Choice]) -> None:
        super().__init__()
        self._question = question
        self._details = details
        self._choices = choices

    def lines(self, width: int) -> Sequence[Line]:
        room = max(1, width - 2)
        lines: list[Line] = [[(" ", "plain"), ("─" * room, "faint")]]
        lines += [[(" ", "plain"), (line, "bold")] for line in cells.wrap(self._question, room)]
        lines += [[(" ", "plain"), (line, "dim")] for text in self._details for line in cells.wrap(text, room)]
        keys = [Key(written(choice.key), choice.word, 1).line for choice in self._choices]
        if line_width(joined(keys, ("  ", "plain"))) + CLOSING > room:
            # Line 24 has no room for all of them.
            lines += [[(" ", "plain"), *key] for key in keys]
        return [*lines, ()]


class Dialog(ModalScreen["str | None"]):
    """Asks and gives back the answer chosen, or None when it was closed (esc, `q`, F10)."""

    DEFAULT_CSS = """
    Dialog { background: transparent; align: left bottom; }
    """

    def __init__(self, question: str, choices: Sequence[Choice], details: Sequence[str] = ()) -> None:
        super().__init__()
        self._sheet = Sheet(question, details, choices)
        self._choices = choices
        self._actions = tuple(
            Action(f"choose-{place}", (choice.key,), Label(choice.word), Label(""), rank=place + 1)
            for place, choice in enumerate(choices)
        )
        for action, choice in zip(self._actions, choices, strict=True):
            setattr(self, f"action_{action.method}", partial(self.dismiss, choice.answer))

    def compose(self) -> ComposeResult:
        yield self._sheet
        yield Footer(id="footer")

    def on_mount(self) -> None:
        keys = [Key(written(choice.key), choice.word, place) for place, choice in enumerate(self._choices)]
        self.query_one(Footer).show_keys([*keys, Key(written("escape"), _(CLOSE[0].label), 99, True)])
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        self._sheet.styles.height = len(self._sheet.lines(self.app.size.width))

    def tables(self) -> tuple[Action, ...]:
        """The answers' keys, and those that close."""
        return (*self._actions, *CLOSE)

    def action_close(self) -> None:
        self.dismiss(None)
