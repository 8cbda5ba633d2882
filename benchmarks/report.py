"""Figures with what they are compared to and what was promised, as a table and as JSON."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """Something measured in several rounds. `at_most` is the promise: for the ratio to the floor, else for the value.

    Rounds of ours and of the floor alternate, so the minima met the same machine: they are compared.
    """

    name: str
    unit: str
    ours: Sequence[float]
    floor: Sequence[float] = ()
    at_most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by the floor."""
        return min(self.ours) / min(self.floor) if self.floor and min(self.floor) else None

    @property
    def kept(self) -> bool:
        """Whether the promise is kept; what is only told keeps it always."""
        value = self.ratio if self.floor else min(self.ours)
        return self.at_most is None or (value is not None and value <= self.at_most)

    def as_json(self) -> dict[str, Any]:
        """Everything that was measured."""
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": summary(self.ours),
            "floor": summary(self.floor) if self.floor else None,
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "at_most": self.at_most,
            "kept": self.kept if self.at_most is not None else None,
            "note": self.note,
        }


def summary(values: Sequence[float]) -> dict[str, Any]:
    """Minimum, median and every round."""
    every = [round(value, 3) for value in values]
    return {"min": min(every), "median": round(statistics.median(every), 3), "rounds": every}


@dataclass
class Report:
    """All figures of a run."""

    figures: list[Figure] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether every promise is kept."""
        return all(figure.kept for figure in self.figures)

    def table(self) -> str:
        """One line for each figure, as Markdown."""
        lines = [
            "| what | unit | ours min | median | floor min | median | ratio | promise | |",
            "|---|---|--:|--:|--:|--:|--:|--:|---|",
        ]
        for figure in self.figures:
            ours, floor = _pair(figure.ours), _pair(figure.floor)
            ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
            promise = "" if figure.at_most is None else f"≤ {figure.at_most:g}"
            said = figure.note if figure.at_most is None else "kept" if figure.kept else "**BROKEN**"
            cells = (figure.name, figure.unit, *ours, *floor, ratio, promise, said)
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join(lines)


def _pair(values: Sequence[float]) -> tuple[str, str]:
    if not values:
        return "", ""
    return _short(min(values)), _short(statistics.median(values))


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 1 else f"{value:.3f}"
