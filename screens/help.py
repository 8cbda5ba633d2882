"""The help screen: every key of the screen below, by heading, with its sentence; made from the tables of actions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from textual.app import ComposeResult

from db.labels import N_
from erptui import cells
from erptui.i18n import _
from screens.actions import Action, Keymap
from screens.actions.common import CLOSE, LATER, MOVE
from screens.actions.names import written
from screens.frame import FrameScreen
from screens.text import Line
from screens.widgets.line_view import LineView

KEYS_WIDTH, NAME_WIDTH = 14, 13


def help_lines(keymap: Keymap, width: int, here: Collection[str] | None = None) -> list[Line]:
    """The lines of the help in at most `width` cells: headings, then keys, name and sentence of each action.

    First the actions that work `here` (None: all of them), by their groups; those of other screens follow under one
    heading. What comes with a later version is left out.
    """
    groups: dict[str, list[Action]] = {}
    elsewhere: list[Action] = []
    for action in keymap.actions:
        if here is not None and action.id in LATER:
            continue
        if here is None or action.id in here:
            groups.setdefault(action.group, []).append(action)
        else:
            elsewhere.append(action)
    lines: list[Line] = []
    for group, actions in groups.items():
        lines += [*([()] if lines else []), [(_(group), "bold")]]
        for action in actions:
            lines.extend(_action_lines(action, width, works=True))
    if elsewhere:
        lines += [*([()] if lines else []), [(_("On other screens"), "dim")]]
        for action in elsewhere:
            lines.extend(_action_lines(action, width, works=False))
    return lines


def _action_lines(action: Action, width: int, works: bool) -> list[Line]:
    keys = "  ".join(written(key) for key in action.keys)
    room = max(10, width - KEYS_WIDTH - NAME_WIDTH - 2)
    sentence = cells.wrap(_(action.help), room) or [""]
    first: Line = [
        (cells.pad(keys, KEYS_WIDTH) + " ", "bold accent" if works else "dim"),
        (cells.pad(_(action.label), NAME_WIDTH) + " ", "plain" if works else "dim"),
        (sentence[0], "dim"),
    ]
    indent = " " * (KEYS_WIDTH + NAME_WIDTH + 2)
    return [first, *([(indent, "plain"), (more, "dim")] for more in sentence[1:])]


class HelpLines(LineView):
    """The help as a text to scroll through."""

    HAS_CURSOR = False

    def __init__(self, keymap: Keymap, here: Collection[str] | None) -> None:
        super().__init__()
        self._keymap = keymap
        self._here = here
        self._lines: list[Line] = []
        self._width = 0

    def _laid_out(self) -> list[Line]:
        width = self.size.width - self.GUTTER
        if width != self._width:
            self._width = width
            self._lines = help_lines(self._keymap, width, self._here)
        return self._lines

    @property
    def row_count(self) -> int:
        return len(self._laid_out())

    def line(self, row: int, width: int) -> Line:
        return self._laid_out()[row]


class HelpScreen(FrameScreen):
    """`?`: the keys of the screen below; those of other screens are dim."""

    ACTIONS = (
        *(
            replace(action, rank=1, label=N_("More")) if action.id == "page-down" else action
            for action in MOVE
            if action.id not in ("left", "right", "select")
        ),
        *CLOSE,
    )

    def __init__(self, keymap: Keymap, here: Collection[str] | None = None) -> None:
        super().__init__()
        self._keymap = keymap
        self._here = here

    def body(self) -> ComposeResult:
        yield HelpLines(self._keymap, self._here)

    def on_mount(self) -> None:
        self.set_title([(_("Keys"), "bold accent")])

    def action_close(self) -> None:
        self.dismiss()
