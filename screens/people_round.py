"""The round over people: a touch with one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.labels import N_
from screens.round import RegisterRound
from screens.touch import TouchAsked

if TYPE_CHECKING:
    from screens.people import PeopleScreen


class TouchRound(RegisterRound):
    """A touch with one person after the other."""

    example = N_("tel what was said >2w; enter alone goes on")

    def __init__(self, screen: PeopleScreen) -> None:
        super().__init__(screen)
        self._asked: dict[str, TouchAsked] = {}

    @property
    def rows(self) -> Sequence[str]:
        """Whoever asked not to be contacted is passed over."""
        return [str(row[0]) for row in self.screen.view.copied_rows if self.screen.handed_out(row)]

    def _touch(self, row: str) -> TouchAsked:
        return self._asked.setdefault(row, TouchAsked(self.screen, (row,)))

    def meaning(self, row: str, text: str) -> str:
        """Channel and next day as they are understood."""
        return self._touch(row).meaning(text)

    def take(self, row: str, text: str) -> str:
        """Log the touch."""
        return self._touch(row).log(text)
