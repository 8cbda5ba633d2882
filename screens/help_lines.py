"""The help in lines of cells: all keys of the screen at one glance, then each with its sentence. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from db.labels import N_
from erptui import cells
from erptui.filtering import compile_filter, search_text
from erptui.i18n import _
from screens.actions import Action, Keymap
from screens.actions.common import LATER
from screens.actions.names import written
from screens.text import Line, Span, line_width

LEAST_NAME, LEAST_SENTENCE = 12, 24
"""Cells that the name and the sentence of an action have at least."""
LEAST_COLUMN = 26
"""Cells of a column of the glance."""
TOGETHER = (
    (("left", "down", "up", "right"), N_("Move")),
    (("page-down", "page-up"), N_("Page")),
    (("first", "last"), N_("First, last")),
)
"""Actions that are one at a glance, and what they are called then."""


class Known:
    """The actions of a screen: those that work `here` (None: all of them) by their groups, and those that do not.

    What comes with a later version is left out, as is what does not fit `typed`.
    """

    def __init__(self, keymap: Keymap, here: Collection[str] | None, typed: str = "") -> None:
        self.groups: dict[str, list[Action]] = {}
        self.elsewhere: list[Action] = []
        wanted, known = compile_filter(typed, (), date.min), set[str]()
        for action in keymap.actions:
            if action.id in known or (here is not None and action.id in LATER):
                continue
            known.add(action.id)
            keys = " ".join(written(key) for key in action.keys)
            if typed and not wanted.matches((), search_text((_(action.label), _(action.help), keys))):
                continue
            if here is None or action.id in here:
                self.groups.setdefault(action.group, []).append(action)
            else:
                self.elsewhere.append(action)

    @property
    def here(self) -> list[Action]:
        """The actions that work here."""
        return [action for actions in self.groups.values() for action in actions]


# At a glance.


def glance(known: Known, width: int) -> list[Line]:
    """The keys that work here with their names, in as many columns as there is room for, the groups under headings."""
    count = max(1, width // LEAST_COLUMN)
    blocks = [_block(group, actions) for group, actions in known.groups.items()]
    columns = next(
        columns
        for height in range(1, sum(map(len, blocks)) + len(blocks) + 1)
        if len(columns := _columns(blocks, height)) <= count
    )
    room = width // max(1, len(columns))
    lines: list[Line] = []
    for row in range(max(map(len, columns), default=0)):
        line: list[Span] = []
        for number, column in enumerate(columns, 1):
            line += column[row] if row < len(column) else []
            line.append((" " * max(0, room * number - line_width(line)), "plain"))
        lines.append(line)
    return lines


Block = Sequence[list[Span]]
"""The lines of a group: its heading, then its keys."""


def _block(group: str, actions: Sequence[Action]) -> Block:
    entries = _together(actions)
    widest = max(cells.width(keys) for keys, _name in entries)
    lines: list[list[Span]] = [[(_(group), "bold")]]
    for keys, name in entries:
        room = LEAST_COLUMN - min(widest, LEAST_COLUMN // 2) - 2
        lines.append([(cells.pad(keys, widest) + " ", "bold accent"), (cells.cut(name, room), "plain")])
    return lines


def _together(actions: Sequence[Action]) -> list[tuple[str, str]]:
    """Keys and name of each action; those that are one at a glance in one, as are neighbours of one name."""
    ids = {action.id: action for action in actions}
    joined = {}
    for members, name in TOGETHER:
        there = [ids[member] for member in members if member in ids and ids[member].keys]
        if len(there) > 1:
            joined |= {member.id: (there, name) for member in there}
    found: list[tuple[str, str]] = []
    for action in actions:
        if not action.keys:
            continue
        if action.id in joined:
            there, name = joined[action.id]
            if action is there[0] or all(action is not one for one in there):
                found.append((" ".join(written(one.keys[0]) for one in there), _(name)))
            continue
        key, label = written(action.keys[0]), _(action.label)
        if found and found[-1][1] == label and key not in found[-1][0].split(" "):
            found[-1] = (f"{found[-1][0]} {key}", label)
        else:
            found.append((key, label))
    return found


def _columns(blocks: Iterable[Block], height: int) -> list[list[list[Span]]]:
    """The blocks one below the other in columns of that height; no heading stands alone at the end of one."""
    columns: list[list[list[Span]]] = [[]]
    for block in blocks:
        if columns[-1] and len(columns[-1]) + 3 <= height:
            columns[-1].append([])
        elif columns[-1]:
            columns.append([])
        for line in block:
            if len(columns[-1]) >= height:
                columns.append([])
            columns[-1].append(line)
    return columns


# Each with its sentence.


def sentences(known: Known, width: int) -> list[Line]:
    """Keys, name and sentence of each action in at most `width` cells: by groups what works here, then the others."""
    widths = _widths([*known.elsewhere, *known.here], width)
    lines: list[Line] = []
    for group, actions in known.groups.items():
        lines += [*([()] if lines else []), [(_(group), "bold")]]
        for action in actions:
            lines.extend(_action_lines(action, widths, works=True))
    if known.elsewhere:
        lines += [*([()] if lines else []), [(_("On other screens"), "dim")]]
        for action in known.elsewhere:
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
