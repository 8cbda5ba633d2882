"""The round (`;`): one row after the other is asked for in one line each, until the last one or esc.

A screen gives a `Round` and begins it with `begin_round`. What is typed for a row is one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from db.errors import Problem
from erptui.entry import NotUnderstood
from erptui.history import row_name
from erptui.i18n import _, ngettext, say
from screens.glyphs import UNICODE as SIGNS
from screens.widgets.edit_line import EditLine, Question

if TYPE_CHECKING:
    from screens.register_screen import RegisterScreen
    from screens.store_screen import StoreScreen


class Round(Protocol):
    """What is asked in a round: of which rows, and what a line does."""

    @property
    def rows(self) -> Sequence[str]:
        """The ids of the rows, in their order."""

    @property
    def example(self) -> str:
        """What can be typed."""

    def go_to(self, row: str) -> bool:
        """Put the cursor on a row; False when it is gone."""

    def name_of(self, row: str) -> str:
        """What the row is called in the question."""

    def meaning(self, row: str, text: str) -> str:
        """How the line reads so far, in words; empty where there is nothing to say."""

    def take(self, row: str, text: str) -> str:
        """Do what the line says of the row as one step, and say what was done.

        Raises `NotUnderstood` or `Problem`; then nothing was written and the line stays.
        """


class RegisterRound:
    """What the rounds of all registers share. Override `example`, `meaning`, `take`."""

    def __init__(self, screen: RegisterScreen) -> None:
        self.screen = screen

    @property
    def rows(self) -> Sequence[str]:
        """Those selected, else all that are shown."""
        return [str(row[0]) for row in self.screen.view.copied_rows]

    def go_to(self, row: str) -> bool:
        """The filter stays, and may hide the row meanwhile: then it is asked for all the same."""
        if self.screen.view.listing.place_of(row) is None:
            return False
        self.screen.view.go_to(row)
        return True

    def name_of(self, row: str) -> str:
        """As its column of names has it."""
        return row_name(self.screen.store, self.screen.ROW_TABLE, row)


def begin_round(screen: StoreScreen, asked: Round) -> None:
    """Ask for the first row."""
    _Going(screen, asked).next()


class _Going:
    """A round under way: how far it is, and how many rows it has changed."""

    def __init__(self, screen: StoreScreen, asked: Round) -> None:
        self._screen, self._asked = screen, asked
        self._rows = list(asked.rows)
        self._place = 0
        self._changed = 0

    def next(self, done: str = "") -> None:
        """Ask for the row whose turn it is; what was `done` with the one before stands above."""
        while self._place < len(self._rows) and not self._asked.go_to(self._rows[self._place]):
            self._place += 1
        if self._place == len(self._rows):
            self._end(done)
            return
        row = self._rows[self._place]
        place = _("{place}/{total}").format(place=self._place + 1, total=len(self._rows))
        self._screen.ask(
            Question(
                _("{place} {name}:").format(place=place, name=self._asked.name_of(row)),
                self._take,
                placeholder=_(self._asked.example),
                changed=self._say_meaning,
                left=self._end,
                above=done,
                no_form=_("The round asks in one line each. esc leaves it, e opens the form."),
            )
        )

    def _say_meaning(self, text: str) -> None:
        if text.strip():
            self._screen.query_one(EditLine).remark(self._asked.meaning(self._rows[self._place], text))

    def _take(self, text: str) -> str | None:
        done = ""
        if text.strip():
            try:
                done = self._asked.take(self._rows[self._place], text)
            except NotUnderstood as refused:
                return str(refused)
            except Problem as refused:
                self._screen.erp.see_others()
                return say(refused)
            self._changed += 1
        self._place += 1
        self.next(done)
        return None

    def _end(self, done: str = "") -> None:
        """Say how many rows the round has changed, and what the last line did."""
        count = ngettext("Round: {count} row changed", "Round: {count} rows changed", self._changed)
        said = count.format(count=self._changed)
        if self._changed:
            self._screen.say_done(f" {SIGNS.bullet} ".join(filter(None, (done, said))))
        else:
            self._screen.say(said)
