"""The two bars of the frame: the title above; line 24 with the keys that work now, a message, or letters to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from textual.timer import Timer

from erptui import cells
from screens.paint import Painted
from screens.text import Line, Span, cut_line, ends, joined, line_width

Kind = Literal["note", "refusal", "effect", "error"]
"""A refusal says why a key did nothing: the next key ends it, as it ends an error, which stays until then."""
MESSAGE_SECONDS = 6.0
MESSAGE_LINES = 3
NARROW, SHORT = 60, 6
"""Below so many cells longer words of pinned keys give way to their short ones, for the keys of the row."""
FOREMOST, LEAST_WORD = 3, 14
"""Down to so many cells the longest pinned word (what undo takes back) makes room for keys up to this rank."""


@dataclass(frozen=True)
class Part:
    """A piece of the title's right end; those of the highest rank drop out first where it is narrow, rank 0 never."""

    line: Line
    rank: int = 1


@dataclass(frozen=True)
class Key:
    """A key of the footer with its word. Pinned ones are always shown, with `short` or alone where it is tight."""

    keys: str
    word: str
    rank: int
    pinned: bool = False
    short: str = ""

    @property
    def line(self) -> list[Span]:
        """The key bold, its word dim."""
        return [(self.keys, "bold accent"), (f" {self.word}" if self.word else "", "dim")]


def title_line(left: Line, parts: Sequence[Part], width: int) -> list[Span]:
    """Line 1: `left` at the left, as many of `parts` at the right as leave it half of the line, at most."""
    kept = list(parts)
    space: Span = ("  ", "plain")
    wanted = min(line_width(left), width // 2)
    while line_width(joined([part.line for part in kept], space)) > width - wanted - 4:
        droppable = [part for part in kept if part.rank]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda part: part.rank))
    right = joined([part.line for part in kept], space)
    return [(" ", "plain"), *ends(left, right, width - 2, gap=2), (" ", "plain")]


def footer_line(keys: Sequence[Key], width: int) -> list[Span]:
    """Line 24: the keys by rank, as many as fit; pinned ones always, without their word when it is tight."""
    room = width - 2
    pinned = [key for key in keys if key.pinned]
    if width < NARROW and len(pinned) < len(keys):
        pinned = [
            next((replace(key, word=word) for word in (key.word, key.short) if cells.width(word) <= SHORT), _bare(key))
            for key in pinned
        ]
    foremost = [key for key in keys if not key.pinned and key.rank <= FOREMOST]
    chosen = _pinned(_shortened(pinned, _keys_width([*pinned, *foremost]) - room), room)
    for key in sorted(keys, key=lambda key: key.rank):
        if key.pinned:
            continue
        if _keys_width([*chosen, key]) > room:
            break
        chosen.append(key)
    shown = sorted(chosen, key=lambda key: key.rank)
    return cut_line([(" ", "plain"), *joined([key.line for key in shown], ("  ", "plain"))], width)


def _shortened(keys: Sequence[Key], by: int) -> list[Key]:
    """The keys with the longest word cut by so many cells, as far as that leaves enough of it."""
    longest = max(keys, key=lambda key: cells.width(key.word), default=None)
    if longest is None or by <= 0 or cells.width(longest.word) <= LEAST_WORD:
        return [*keys]
    word = cells.cut(longest.word, max(LEAST_WORD, cells.width(longest.word) - by))
    return [replace(key, word=word) if key is longest else key for key in keys]


def _bare(key: Key) -> Key:
    """The key without its word."""
    return replace(key, word="")


def _pinned(keys: Sequence[Key], room: int) -> list[Key]:
    """The keys that are always shown, their words cut or left out where all of them would not fit."""
    alone = [_bare(key) for key in keys]
    chosen: list[Key] = []
    for place, key in enumerate(keys):
        left = room - _keys_width([*chosen, *alone[place:]]) - 1
        word = key.word if cells.width(key.word) <= left else cells.cut(key.word, left) if left > 4 else ""
        chosen.append(replace(key, word=word))
    return chosen


def _keys_width(keys: Sequence[Key]) -> int:
    return sum(line_width(key.line) for key in keys) + 2 * (len(keys) - 1)


def message_lines(text: str, kind: Kind, width: int) -> list[list[Span]]:
    """A message in at most three lines; an error begins with the sign that it acts now."""
    sign = "■ " if kind == "error" else ""
    role = "bold" if kind == "effect" else "plain"
    lines = cells.wrap(text, max(1, width - 2 - len(sign)), MESSAGE_LINES)
    return [
        [(" ", "plain"), (sign if place == 0 else " " * len(sign), "bold red"), (line, role)]
        for place, line in enumerate(lines)
    ]


class TitleBar(Painted):
    """Line 1: where one is, and at the right how it stands."""

    GROUND = "bars"
    DEFAULT_CSS = "TitleBar { dock: top; height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: Line = ()
        self._parts: Sequence[Part] = ()

    def show(self, left: Line, parts: Sequence[Part] = ()) -> None:
        """Put these in the title."""
        if (list(left), list(parts)) != (list(self._left), list(self._parts)):
            self._left, self._parts = left, parts
            self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        return [title_line(self._left, self._parts, width)]


class Footer(Painted):
    """Line 24. The most pressing stands there: who is waited for, letters of a prefix key, a message, the keys."""

    GROUND = "bars"
    DEFAULT_CSS = "Footer { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: Sequence[Key] = ()
        self._letters: Sequence[Key] | None = None
        self._message: tuple[str, Kind] | None = None
        self._waiting: str | None = None
        self._timer: Timer | None = None

    @property
    def message(self) -> str | None:
        """The message that stands there."""
        return self._message[0] if self._message else None

    @property
    def effect(self) -> str | None:
        """What was just done, as long as it stands there."""
        return self._message[0] if self._message and self._message[1] == "effect" else None

    def show_keys(self, keys: Sequence[Key]) -> None:
        """The keys that work now."""
        if list(keys) != list(self._keys):
            self._keys = keys
            if not self._message and self._letters is None:
                self.refresh()

    def show_letters(self, letters: Sequence[Key] | None) -> None:
        """The second keys of a prefix, or None when it is over."""
        if letters != self._letters:
            self._letters = letters
            self._fit()

    def say(self, text: str, kind: Kind = "note", seconds: float = MESSAGE_SECONDS) -> None:
        """A message: for a few seconds, an error or a refusal until the next key."""
        self._stop()
        self._message = (text, kind)
        if kind != "error":
            self._timer = self.set_timer(seconds, self.clear)
        self._fit()

    def wait(self, text: str | None) -> None:
        """What is waited for, before all else, until that is over (None)."""
        if text != self._waiting:
            self._waiting = text
            self._fit()

    def key_pressed(self) -> None:
        """Any key ends an error or a refusal."""
        if self._message and self._message[1] in ("error", "refusal"):
            self.clear()

    def clear(self) -> None:
        """Back to the keys."""
        self._stop()
        if self._message:
            self._message = None
            self._fit()

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None

    def _fit(self) -> None:
        self.styles.height = len(self.lines(self.app.size.width)) or 1
        self.refresh()

    def on_resize(self) -> None:
        if self._message or self._waiting:
            self.styles.height = len(self.lines(self.size.width)) or 1

    def lines(self, width: int) -> Sequence[Line]:
        if self._waiting:
            return message_lines(self._waiting, "note", width)
        if self._letters is not None:
            return [footer_line(self._letters, width)]
        if self._message:
            return message_lines(*self._message, width)
        return [footer_line(self._keys, width)]
