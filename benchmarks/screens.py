"""The screens in a pseudo-terminal beside the floor: how soon they stand, how fast and how loud a key is, idling."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import fill, floor_app
from benchmarks.pseudo_terminal import Answer, PseudoTerminal
from benchmarks.report import Figure
from erptui.place import Kept, Place, keep

ROOT = Path(__file__).resolve().parent.parent
KEPT_VARIABLES = ("PATH", "HOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV")
TRUE_SCREEN = ("BM001", " C1 ", " packages", "? Help")
"""Title, board, detail and keys: what the first screen must show before it counts as standing."""
WALK = "jjjljjjjlkklkhjhhljjlkhkkjljjhljhkhkkljhj"
"""Keys from the first card on over all phases, each moves the cursor; for the floor k and h are up, j and l down."""
SILENCE = 0.06
"""Seconds without output that end an answer."""
ALONE = 0.5
"""Seconds between two keys from which each is pressed alone: the detail follows at once."""
IDLE = 5.0
"""Seconds of idling that are measured."""
START, KEY_TIME, KEY_SIZE = 1.5, 2.0, 1.0
"""The promises, as parts of the floor's."""
ESCAPE = 30
"""The promise in ms, of the time in which Textual has 100 to 200 of waiting alone."""


@dataclass
class Measured:
    """What a program did in all rounds; a round's keys are in one list."""

    starts: list[float] = field(default_factory=list)
    walks: list[list[Answer | None]] = field(default_factory=list)
    rests: list[int] = field(default_factory=list)

    @property
    def times(self) -> list[float]:
        """The median time to the last byte of an answer in each round, in ms."""
        return [1000 * statistics.median(answer.last for answer in walk if answer) for walk in self.walks]

    @property
    def sizes(self) -> list[float]:
        """The median size of an answer in each round."""
        return [statistics.median(answer.size for answer in walk if answer) for walk in self.walks]

    @property
    def totals(self) -> list[float]:
        """All bytes of a walk with what comes when the keys rest, by round."""
        return [
            sum(answer.size for answer in walk if answer) + rest
            for walk, rest in zip(self.walks, self.rests, strict=True)
        ]

    @property
    def silent(self) -> int:
        """Keys that brought nothing."""
        return sum(answer is None for walk in self.walks for answer in walk)


class Bench:
    """The programs that are compared and where they run: everything they write lies in `folder`."""

    def __init__(self, folder: Path, keys: str = WALK, idle: float = IDLE) -> None:
        self.folder = folder
        self.keys = keys
        self.idle = idle
        self.stores = {name: folder / f"{name}.db" for name in fill.FILL}
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        self._environ = kept | {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "ERPTUI_NOW": fill.NOW.isoformat(),
            # Byte code is there, as after an installation.
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_DATA_HOME": str(folder / "data"),
        }

    @contextmanager
    def floor(self) -> Iterator[tuple[PseudoTerminal, float]]:
        """The floor, standing, with the seconds that it took."""
        with self._run("-m", "benchmarks.floor_app") as terminal:
            yield terminal, terminal.shows(floor_app.LAST_OF_SCREEN)

    @contextmanager
    def screens(self, store: Path) -> Iterator[tuple[PseudoTerminal, float]]:
        """erptui on a store, standing, with the seconds that it took."""
        with self.program(store) as terminal:
            yield terminal, terminal.shows(*TRUE_SCREEN)

    def program(self, store: Path, room: str = "board") -> PseudoTerminal:
        """erptui on a store, just started: on the board, as if it had been left there, or in another room."""
        keep(str(store), Kept((Place("", room, ""),), day=fill.NOW.date().isoformat()))
        start = "import sys; from erptui.cli import main; sys.exit(main())"
        return self._run("-c", start, "--store", str(store), "--as", fill.WHO)

    def _run(self, *arguments: str) -> PseudoTerminal:
        return PseudoTerminal([sys.executable, *arguments], folder=ROOT, environ=self._environ)

    # Starting and walking, floor and ours in turn.

    def rounds(self, starts: int, walks: int) -> dict[str, Measured]:
        """Start every program `starts` times, after one that does not count; then start and walk `walks` times."""
        measured = {name: Measured() for name in ("floor", *self.stores)}
        for number in range(1 + starts + walks):
            for name, found in measured.items():
                running = self.floor() if name == "floor" else self.screens(self.stores[name])
                with running as (terminal, took):
                    if number:
                        found.starts.append(1000 * took)
                    if number > starts:
                        self._walk(terminal, found, name == "floor")
        return measured

    def _walk(self, terminal: PseudoTerminal, found: Measured, is_floor: bool) -> None:
        # The plan has come; the cursor stands on the first card, the floor's bar within the screen.
        terminal.settle(0.4)
        for key in "jjj" if is_floor else "hhhkkkkkkkk":
            terminal.press(key, patience=0.2)
        terminal.rest(ALONE)
        found.walks.append([terminal.press(key, silence=SILENCE) for key in self.keys])
        found.rests.append(terminal.rest(ALONE)[0])

    def figures(self, starts: int, walks: int) -> list[Figure]:
        """What was promised of starts and keys."""
        measured = self.rounds(starts, walks)
        floor = measured.pop("floor")
        told: list[Figure] = []
        for name, ours in measured.items():
            told += [
                Figure(f"first true screen, {name}", "ms", ours.starts, floor.starts, START),
                Figure(f"a key on the board, {name}", "ms", ours.times, floor.times, KEY_TIME),
                Figure(f"a key on the board, {name}", "bytes", ours.sizes, floor.sizes, KEY_SIZE),
                Figure(
                    f"{len(self.keys)} keys and the detail after them, {name}",
                    "bytes",
                    ours.totals,
                    floor.totals,
                    KEY_SIZE,
                ),
            ]
            if ours.silent or floor.silent:
                told.append(
                    Figure(f"keys without an answer, {name}", "keys", [ours.silent], note=f"floor {floor.silent}")
                )
        return told

    # One by one, of the store with one engagement.

    def alone(self) -> list[Figure]:
        """Idling, and what is told beside the promises: keys pressed alone, moves and undo, the plan."""
        store = self.folder / "moved.db"
        shutil.copyfile(self.stores["one"], store)
        with self.screens(store) as (terminal, _took):
            dates = terminal.shows("finish ")
            terminal.settle(0.4)
            size, used = terminal.rest(self.idle)
            figures = [
                Figure("idling", "bytes", [size], at_most=0),
                Figure("idling", "% CPU", [100 * used / self.idle], at_most=1),
                Figure("dates of all packages on the board", "ms", [1000 * dates], note="after the first screen"),
            ]
            figures.append(self._escape(terminal))
            keys = self._alone(terminal, "kkkjlhjl")
            figures += _told("a key pressed alone, with the detail", keys)
            for key, name in (("H", "move a card with its packages"), ("u", "undo it")):
                figures += _told(name, self._alone(terminal, key, silence=0.3))
        return figures

    def _escape(self, terminal: PseudoTerminal) -> Figure:
        """Escape puts the filter line away: how soon, though it could be the beginning of an arrow."""
        times = []
        for _round in range(5):
            self._alone(terminal, "/")
            times += [1000 * answer.first for answer in self._alone(terminal, "\x1b")]
        return Figure("Escape: first byte", "ms", [statistics.median(times)], at_most=ESCAPE)

    @staticmethod
    def _alone(terminal: PseudoTerminal, keys: str, silence: float = SILENCE) -> list[Answer]:
        answers = []
        for key in keys:
            terminal.rest(ALONE)
            answer = terminal.press(key, silence=silence, patience=5.0)
            if answer:
                answers.append(answer)
        return answers


def _told(name: str, answers: Sequence[Answer]) -> list[Figure]:
    if not answers:
        return [Figure(name, "ms", [0.0], note="no answer")]
    return [
        Figure(f"{name}: first byte", "ms", [1000 * statistics.median(answer.first for answer in answers)]),
        Figure(f"{name}: last byte", "ms", [1000 * statistics.median(answer.last for answer in answers)]),
        Figure(f"{name}", "bytes", [statistics.median(answer.size for answer in answers)]),
    ]
