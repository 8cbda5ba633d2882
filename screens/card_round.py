"""The round over packages: how each stands, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.errors import NoSuchRow
from db.labels import N_
from erptui.line_marks import LineContext
from erptui.method.board import PackageLine, package_lines
from erptui.progress import read_progress, report_progress
from screens.glyphs import UNICODE as SIGNS

if TYPE_CHECKING:
    from screens.card_changing import PackageChangingScreen


class ProgressRound:
    """Progress, what is left and what is waited for, of those selected or of all in the list."""

    example = N_("60 3d waits for IT; 100 is done; enter alone goes on")

    def __init__(self, screen: PackageChangingScreen) -> None:
        self._screen = screen
        view = screen.view
        self._rows = [package.id for package in (view.chosen if view.has_selection else view.packages)]

    @property
    def rows(self) -> Sequence[str]:
        """The packages, in their order."""
        return self._rows

    def go_to(self, row: str) -> bool:
        """Put the cursor on a package."""
        return self._screen.view.go_to(row)

    def name_of(self, row: str) -> str:
        """Code and name."""
        package = self._package(row)
        return f"{package.code} {package.name}"

    def meaning(self, row: str, text: str) -> str:
        """What the line says."""
        return f" {SIGNS.bullet} ".join(read_progress(text, LineContext(self._screen.today)).said)

    def take(self, row: str, text: str) -> str:
        """Write it."""
        engagement = self._screen.erp.engagement
        assert engagement is not None
        read = read_progress(text, LineContext(self._screen.today))
        return report_progress(self._screen.store, engagement.id, self._package(row), read, self._screen.today)

    def _package(self, row: str) -> PackageLine:
        found = package_lines(self._screen.store, [row])
        if not found:
            raise NoSuchRow(N_("This package is gone."))
        return found[0]
