"""The help screen: every key of the screen below, by heading, with its sentence; made from the tables of actions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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

LEAST_NAME, LEAST_SENTENCE = 12, 24
"""Cells that the name and the sentence of an action have at least."""


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
    widths = _widths([*elsewhere, *(action for actions in groups.values() for action in actions)], width)
    lines: list[Line] = []
    for group, actions in groups.items():
        lines += [*([()] if lines else []), [(_(group), "bold")]]
        for action in actions:
            lines.extend(_action_lines(action, widths, works=True))
    if elsewhere:
        lines += [*([()] if lines else []), [(_("On other screens"), "dim")]]
        for action in elsewhere:
            lines.extend(_action_lines(action, widths, works=False))
    return lines


def _keys_of(action: Action) -> str:
    return "  ".join(written(key) for key in action.keys)


def _widths(actions: Sequence[Action], width: int) -> tuple[int, int, int]:
    """What keys, names and sentences take: no key is cut, a long name only where it is narrow."""
    keys = max((cells.width(_keys_of(action)) for action in actions), default=0)
    names = max((cells.width(_(action.label)) for action in actions), default=0)
    names = max(LEAST_NAME, min(names, width - keys - LEAST_SENTENCE - 2))
    return keys, names, max(10, width - keys - names - 2)


def _action_lines(action: Action, widths: tuple[int, int, int], works: bool) -> list[Line]:
    keys, names, room = widths
    sentence = cells.wrap(_(action.help), room) or [""]
    first: Line = [
        (cells.pad(_keys_of(action), keys) + " ", "bold accent" if works else "dim"),
        (cells.pad(_(action.label), names) + " ", "plain" if works else "dim"),
        (sentence[0], "dim"),
    ]
    indent = " " * (keys + names + 2)
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
