"""Everything that `erptui doctor` looks at, in the order in which it is told."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from erptui.doctor import files, machine, terminal
from erptui.doctor.finding import Finding, Verdict


def examine(store: Path, *, named: bool) -> list[Finding]:
    """What was found on this machine, for the store at that path; `named` is whether somebody asked for it."""
    environ = os.environ
    time_out = terminal.time_out(environ)
    return [
        machine.program(),
        machine.python(),
        machine.sqlite(),
        *files.findings(store, named=named),
        terminal.charset(environ),
        terminal.term(environ, terminal.terminal_size()),
        terminal.colours(environ),
        *([time_out] if time_out else []),
        terminal.tmux(environ),
    ]


def fit(findings: Iterable[Finding]) -> bool:
    """Whether erptui can work here."""
    return all(finding.verdict is not Verdict.FAULT for finding in findings)
