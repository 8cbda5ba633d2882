"""erptui beside a board of others, kanban-tui (PyPI), with as many cards: start, key, bytes, memory.

It is no dependency: it lives in an environment of its own and is named with `--peer`. Its cards are tasks in three
columns; those of erptui stand for work packages, which are counted here.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks import fill
from benchmarks.pseudo_terminal import PseudoTerminal
from benchmarks.report import Figure
from benchmarks.screens import KEPT_VARIABLES, Bench

BOTH, OURS_ALONE = (100, 1_000), (10_000,)
"""Cards of both programs, and those that only erptui is asked for: the peer had not come up after four minutes."""
KEYS = "jjjkjjlkjhjjkl"
SILENCE = 0.25
"""Seconds without output that end an answer: the peer paints in several steps."""
_COLUMNS = 3
_PATIENCE = 300.0
Started = AbstractContextManager[tuple[PseudoTerminal, float]]


@dataclass
class Found:
    """What a program did with so many cards: milliseconds, bytes, MiB, one of each a round."""

    starts: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def take(self, program: Callable[[], Started], *, counts: bool) -> None:
        """Start the program and walk over its cards; unless the round `counts`, only start it."""
        with program() as (terminal, took):
            if not counts:
                return
            self.starts.append(1000 * took)
            terminal.settle(1.0)
            answers = [terminal.press(key, silence=SILENCE, patience=5.0) for key in KEYS]
            there = [answer for answer in answers if answer]
            self.times.append(1000 * statistics.median(answer.last for answer in there))
            self.sizes.append(statistics.median(answer.size for answer in there))
            self.memory.append(terminal.peak_memory / 2**20)


class Peer:
    """kanban-tui with its own settings and its own database for each number of cards, all in `folder`."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program = program
        self._folder = folder
        said = subprocess.run(
            [program, "--version"], env=self._environ(0), capture_output=True, text=True, check=True, timeout=60
        )
        self.name = said.stdout.strip().replace(", version", "")

    def fill(self, cards: int) -> None:
        """Make a board of so many cards, each column a third of them. Raises `CalledProcessError`."""
        environ = self._environ(cards)
        create = [self.program, "board", "create", "Benchmark", "--set-active"]
        subprocess.run(create, env=environ, capture_output=True, check=True, timeout=60)
        database = Path(environ["XDG_DATA_HOME"]) / "kanban_tui" / "kanban_tui.db"
        with closing(sqlite3.connect(database)) as connection, connection:
            columns = [row[0] for row in connection.execute("SELECT column_id FROM columns ORDER BY position")]
            connection.executemany(
                "INSERT INTO tasks (title, column, description, creation_date, position) VALUES (?, ?, ?, ?, ?)",
                [
                    (f"Package {card:05}", columns[card % _COLUMNS], "", "2026-11-24T09:30:00", card // _COLUMNS)
                    for card in range(cards)
                ],
            )

    @contextmanager
    def started(self, cards: int) -> Iterator[tuple[PseudoTerminal, float]]:
        """The board, standing with the first card of each column, and the seconds that it took."""
        with PseudoTerminal([str(self.program)], folder=self._folder, environ=self._environ(cards)) as terminal:
            first = [f"Package {card:05}" for card in range(_COLUMNS)]
            yield terminal, terminal.shows(*first, within=_PATIENCE)

    def _environ(self, cards: int) -> Mapping[str, str]:
        own = self._folder / f"peer-{cards}"
        own.mkdir(exist_ok=True)
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ and name != "VIRTUAL_ENV"}
        folders = {f"XDG_{name}_HOME": str(own / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        return kept | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(own)} | folders


def figures(bench: Bench, program: Path, rounds: int) -> list[Figure]:
    """Both programs in turn, after a start of each that does not count."""
    peer = Peer(program, bench.folder)
    ours: dict[int, Found] = {cards: Found() for cards in (*BOTH, *OURS_ALONE)}
    theirs: dict[int, Found] = {cards: Found() for cards in BOTH}
    for cards in BOTH:
        peer.fill(cards)
    for cards in ours:
        fill.fill_one(_store(bench, cards), cards)
    for number in range(1 + rounds):
        for cards, found in ours.items():
            if cards in theirs:
                theirs[cards].take(partial(peer.started, cards), counts=number > 0)
            found.take(partial(bench.screens, _store(bench, cards)), counts=number > 0)
    told: list[Figure] = []
    for cards, found in ours.items():
        other = theirs.get(cards, Found())
        what = f"{cards} cards, beside {peer.name}" if cards in theirs else f"{cards} cards"
        told += [
            Figure(f"first full picture, {what}", "ms", found.starts, other.starts),
            Figure(f"a key, {what}", "ms", found.times, other.times),
            Figure(f"a key, {what}", "bytes", found.sizes, other.sizes),
            Figure(f"memory at its peak, {what}", "MiB", found.memory, other.memory),
        ]
    return told


def _store(bench: Bench, cards: int) -> Path:
    return bench.folder / f"cards-{cards}.db"
