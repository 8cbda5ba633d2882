"""One thing that was looked at, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from db.choices import Choice
from db.errors import fill, translated
from db.labels import N_


class Verdict(Choice):
    """Whether erptui works with it."""

    FINE = "fine", N_("fine")
    REMARK = "remark", N_("remark")
    FAULT = "fault", N_("fault")


@dataclass(frozen=True, slots=True)
class Finding:
    """`topic` and `value` are for scripts; `said` is what was found, `advice` what to do, with the same `gaps`.

    `command` is what to type for it, shown on a line of its own so that it can be copied.
    """

    topic: str
    label: str
    verdict: Verdict
    value: str | int | bool | None
    said: str
    advice: str = ""
    command: str = ""
    gaps: Mapping[str, object] = field(default_factory=dict)

    def told(self, translate: Callable[[str], str]) -> str:
        """What was found, in the language of `translate`."""
        return translated(self.said, self.gaps, translate)

    def advised(self, translate: Callable[[str], str]) -> str:
        """What to do about it, in the language of `translate`."""
        return translated(self.advice, self.gaps, translate)

    def typed(self) -> str:
        """What to type."""
        return fill(self.command, self.gaps)
