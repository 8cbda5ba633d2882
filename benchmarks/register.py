"""The register of ten thousand people in a pseudo-terminal beside the floor: opening, walking, scrolling, filtering."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.pseudo_terminal import Answer, PseudoTerminal
from benchmarks.report import Figure
from benchmarks.screens import ALONE, SILENCE, START, Bench

OPENS = b"4"
"""Typed ahead, so that the register opens as soon as the program can."""
HEADS = ("Name↑", "Next touch", "? Help")
"""The heads of the columns and the keys; the first row and the title stand between them."""
WALK = "jjjkjjkjjjkkjjkjkkjjjjkkjkjjkkkjjjkjkjkkj"
"""Keys that stay within the screen: two lines are repainted."""
SCROLLS = 20
"""Keys at the lower end of the screen, each of which scrolls by a line."""
TEXTS = ("zhaom", "wxq", "plant 3", "silent>60", "-anna key")
"""What is typed into the filter, letter by letter: Chinese by its pinyin, words, a comparison, a word left out."""
KEY_TIME, KEY_SIZE, LETTER = 2.0, 1.5, 3.0
"""The promises, as parts of the floor's; of a letter as part of a key that scrolls there."""


@dataclass
class Walked:
    """The answers of a program, one list for each walk."""

    starts: list[float] = field(default_factory=list)
    keys: list[list[Answer]] = field(default_factory=list)
    scrolls: list[list[Answer]] = field(default_factory=list)
    letters: list[list[Answer]] = field(default_factory=list)


class RegisterBench:
    """The register on a `store` of so many people, and the floor with as many lines."""

    def __init__(self, bench: Bench, store: Path, people: int) -> None:
        self._bench = bench
        self._store = store
        self._people = people
        self.complete: list[float] = []
        """Seconds from the start until all rows are there to be filtered and sorted."""

    @contextmanager
    def _opened(self) -> Iterator[tuple[PseudoTerminal, float]]:
        with self._bench.program(self._store) as terminal:
            terminal.type(OPENS)
            yield terminal, terminal.shows(f"People  {self._people}", *HEADS)

    def rounds(self, starts: int, walks: int) -> tuple[Walked, Walked]:
        """Start both `starts` times after once that does not count, then start and walk `walks` times."""
        ours, floor = Walked(), Walked()
        for number in range(1 + starts + walks):
            for found, program in ((floor, self._bench.floor), (ours, self._opened)):
                with program() as (terminal, took):
                    if number:
                        found.starts.append(1000 * took)
                    if number > starts:
                        self._walk(terminal, found, found is ours)
        return ours, floor

    def _walk(self, terminal: PseudoTerminal, found: Walked, is_ours: bool) -> None:
        terminal.settle(0.4)
        if is_ours:
            self._await_all(terminal)
        press_all = self._presser(terminal)
        press_all("jjj")
        terminal.rest(ALONE)
        found.keys.append(press_all(WALK))
        press_all("j" * 24)
        found.scrolls.append(press_all("j" * SCROLLS))
        if is_ours:
            terminal.rest(ALONE)
            found.letters.append([answer for text in TEXTS for answer in self._typed(terminal, text)])

    def _await_all(self, terminal: PseudoTerminal) -> None:
        # While rows are still read the filter waits for them.
        terminal.press("/")
        terminal.type(b"x")
        self.complete.append(1000 * terminal.shows(f" of {self._people}"))
        self._leave(terminal)

    def _typed(self, terminal: PseudoTerminal, text: str) -> list[Answer]:
        terminal.press("/")
        answers = self._presser(terminal)(text)
        self._leave(terminal)
        return answers

    @staticmethod
    def _leave(terminal: PseudoTerminal) -> None:
        # Escape is known as such only after a tenth of a second.
        terminal.press("\x1b", silence=0.3)
        terminal.rest(ALONE)

    @staticmethod
    def _presser(terminal: PseudoTerminal) -> Callable[[str], list[Answer]]:
        def press_all(keys: str) -> list[Answer]:
            answers = (terminal.press(key, silence=SILENCE) for key in keys)
            return [answer for answer in answers if answer]

        return press_all

    def figures(self, starts: int, walks: int) -> list[Figure]:
        """What was promised of the register."""
        ours, floor = self.rounds(starts, walks)
        people = f"{self._people} people"
        scrolled = _times(floor.scrolls)
        return [
            Figure(f"register of {people}, typed ahead at the start", "ms", ours.starts, floor.starts, START),
            Figure("all of them there to be filtered", "ms", self.complete, note="behind the first picture"),
            Figure("a key in the register", "ms", _times(ours.keys), _times(floor.keys), KEY_TIME),
            Figure("a key in the register", "bytes", _sizes(ours.keys), _sizes(floor.keys), KEY_SIZE),
            Figure("a key that scrolls the register", "ms", _times(ours.scrolls), scrolled, KEY_TIME),
            Figure("a key that scrolls the register", "bytes", _sizes(ours.scrolls), _sizes(floor.scrolls), KEY_SIZE),
            Figure("a letter of the filter", "ms", _times(ours.letters), scrolled, LETTER),
            Figure("a letter of the filter, p95", "ms", _times(ours.letters, 0.95), _times(floor.scrolls, 0.95)),
            Figure("a letter of the filter", "bytes", _sizes(ours.letters), _sizes(floor.scrolls)),
        ]


def _times(walks: Sequence[Sequence[Answer]], part: float = 0.5) -> list[float]:
    """Of each walk the time to the last byte that this part of the answers keeps, in ms."""
    return [1000 * _at(sorted(answer.last for answer in walk), part) for walk in walks if walk]


def _sizes(walks: Sequence[Sequence[Answer]]) -> list[float]:
    return [statistics.median(answer.size for answer in walk) for walk in walks if walk]


def _at(values: Sequence[float], part: float) -> float:
    if part == 0.5:
        return statistics.median(values)
    return values[max(0, math.ceil(part * len(values)) - 1)]
