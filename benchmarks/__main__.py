"""Measure what must be fast and compare it with what was promised: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import fill, people
from benchmarks.report import Figure, Report
from erptui import clock

if TYPE_CHECKING:
    from benchmarks.screens import Bench

LISTING, OPENING, IMPORTING = 4.0, 20.0, 10.0
"""The promises, as parts of the floor's time."""


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks; 1 when a promise is broken."""
    asked = _parser().parse_args(arguments)
    # Before the clock is held still for the programs that are measured.
    today = clock.today()
    with tempfile.TemporaryDirectory(prefix="erptui-bench-", dir=asked.folder) as folder:
        report = run(Path(folder), asked)
    told = {
        "date": today.isoformat(),
        "machine": machine(),
        "packages": asked.packages,
        "figures": [figure.as_json() for figure in report.figures],
        "kept": report.kept,
    }
    if asked.json:
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(", ".join(f"{name} {value}" for name, value in told["machine"].items()))
    print(report.table())
    if not asked.peer and asked.only in (None, "peer"):
        print("kanban-tui was not measured: --peer names it (pip install kanban-tui, in an environment of its own).")
    return 0 if report.kept else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--packages", type=int, default=fill.PACKAGES, help="work packages in a store (%(default)s)")
    parser.add_argument("--starts", type=int, default=12, help="starts of each program (%(default)s)")
    parser.add_argument("--walks", type=int, default=3, help="walks of keys over the board (%(default)s)")
    parser.add_argument("--keys", type=int, metavar="N", help="only the first keys of a walk")
    parser.add_argument("--idle", type=float, default=5.0, help="seconds of idling (%(default)g)")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of what needs no screen (%(default)s)")
    parser.add_argument("--people", type=int, default=people.PEOPLE, help="people in the register (%(default)s)")
    parser.add_argument("--rows", type=int, default=people.ROWS, help="people in a file (%(default)s)")
    parser.add_argument("--only", choices=("screens", "register", "today", "commands", "peer"), help="one part of it")
    parser.add_argument("--peer", type=Path, metavar="PROGRAM", help="kanban-tui, in an environment of its own")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all rounds as JSON")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to measure (the usual temporary one)")
    return parser


def run(folder: Path, asked: argparse.Namespace) -> Report:
    """Fill the stores in `folder` and measure."""
    settle_environment(folder)
    report = Report()
    wanted = {asked.only} if asked.only else {"screens", "register", "today", "commands", "peer"}
    if wanted & {"screens", "commands"}:
        for name, fill_store in fill.FILL.items():
            fill_store(folder / f"{name}.db", asked.packages)
    if wanted - {"commands"}:
        from benchmarks.screens import WALK, Bench

        report.figures += screens(Bench(folder, WALK[: asked.keys], asked.idle), wanted, asked)
    if "commands" in wanted:
        report.figures += commands(folder, asked.rounds)
        report.figures += imports(folder, asked.rounds, asked.rows)
    return report


def screens(bench: Bench, wanted: set[str], asked: argparse.Namespace) -> list[Figure]:
    """What was promised of the screens, and how a peer does."""
    figures = []
    if "screens" in wanted:
        figures += bench.figures(asked.starts, asked.walks)
        figures += bench.alone()
    if "register" in wanted:
        from benchmarks.register import RegisterBench

        store = bench.folder / "people.db"
        people.fill_people(store, asked.people)
        figures += RegisterBench(bench, store, asked.people).figures(asked.starts, asked.walks)
    if "today" in wanted:
        from benchmarks.today import TodayBench, fill_today

        store = bench.folder / "today.db"
        fill_today(store, asked.packages)
        figures += TodayBench(bench, store).figures(asked.starts, asked.rounds)
    if "peer" in wanted and asked.peer:
        from benchmarks import peer

        figures += peer.figures(bench, asked.peer.absolute(), asked.walks)
    return figures


def imports(folder: Path, rounds: int, rows: int) -> list[Figure]:
    """What was promised of bringing people in."""
    from benchmarks.imports import ImportRounds

    figures = []
    for kind in people.FILES:
        importing = ImportRounds(folder, kind, rows)
        taken = [importing.time() for _round in range(2 * rounds + 1)]
        ours, bare, journal = map(_ms, zip(*taken[1:], strict=True))
        what = f"import csv, {rows} people ({kind})"
        figures.append(Figure(what, "ms", ours, bare, IMPORTING))
        figures.append(Figure(f"{what}; the floor with the history", "ms", ours, journal))
    return figures


def commands(folder: Path, rounds: int) -> list[Figure]:
    """What was promised of the command line and of opening an engagement."""
    from benchmarks.commands import OpeningRounds, time_listing

    figures = []
    for name in fill.FILL:
        ours, floor = zip(*(time_listing(folder / f"{name}.db") for _round in range(rounds + 1)), strict=True)
        # The first round imports what it uses.
        figures.append(Figure(f"list tasks --json, {name}", "ms", _ms(ours[1:]), _ms(floor[1:]), LISTING))
    opening = OpeningRounds(folder)
    taken = [
        (opening.time_opening(warm=True), opening.time_floor(), opening.time_opening(warm=False))
        for _round in range(3 * rounds + 1)
    ]
    warm, floor, cold = map(_ms, zip(*taken[1:], strict=True))
    figures.append(Figure(f"open an engagement of {opening.row_count} rows", "ms", warm, floor, OPENING))
    figures.append(Figure("the same with reading the template", "ms", cold, floor, OPENING))
    return figures


def settle_environment(folder: Path) -> None:
    """Take the same moment, language and settings for everybody."""
    os.environ["ERPTUI_NOW"] = fill.NOW.isoformat()
    os.environ["LANG"] = "C.UTF-8"
    for name in ("LC_ALL", "LC_MESSAGES", "ERPTUI_ME"):
        os.environ.pop(name, None)
    for name in ("CONFIG", "STATE", "DATA"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "Textual": version("textual"),
        "load": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "?"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "?")


def _ms(times: Any) -> list[float]:
    return [1000 * time for time in times]


if __name__ == "__main__":
    sys.exit(main())
