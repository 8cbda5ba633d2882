"""The last change, to be made again on another row with `.`: the same for cells, dates, states on every screen.

A screen that changes rows calls `remember` with words and a function; the program keeps one of them for each kind of
row, so that it outlives the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.errors import Problem
from erptui import cells
from erptui.entry import NotUnderstood
from erptui.i18n import _, say
from screens.store_screen import StoreScreen

LONGEST_WORDS = 20
"""Cells of the footer that the words of a change may take."""

Apply = Callable[[StoreScreen, Sequence[str]], str]
"""Makes a change on the rows with these ids as one step, on the screen it is asked on, and says what was done.

Raises `NotUnderstood` or `Problem`; then nothing was written.
"""


@dataclass(frozen=True)
class LastChange:
    """A change as it can be made again: in words (`Side client`), and how."""

    words: str
    apply: Apply


class RepeatingScreen(StoreScreen):
    """A screen whose changes can be repeated. Override `ROW_TABLE`, `rows_to_change`, `changed`, `why_not_change`."""

    ROW_TABLE = ""
    """The table whose rows are changed here."""

    def rows_to_change(self) -> list[str]:
        """The ids of the rows a verb acts on: those selected, else the one under the cursor."""
        raise NotImplementedError

    def changed(self) -> None:
        """A change was made: nothing is selected any more."""

    def why_not_change(self) -> str | None:
        """Why nothing can be changed now, or None when it can."""
        raise NotImplementedError

    def remember(self, words: str, apply: Apply) -> None:
        """What `.` does from now on."""
        self.erp.last_changes[self.ROW_TABLE] = LastChange(words, apply)

    def change_rows(self, words: str, apply: Apply) -> bool:
        """Make a change on the rows of the moment, say what it did, and remember it. Whether it was made."""
        try:
            done = apply(self, self.rows_to_change())
        except NotUnderstood as problem:
            self.say(str(problem), "error")
            return False
        except Problem as problem:
            self.say(say(problem), "error")
            return False
        self.remember(words, apply)
        self.say_changed(done)
        return True

    def say_changed(self, done: str) -> None:
        """Say what a change did, `done` is empty where all stood so already."""
        if done:
            self.say_done(done)
            self.changed()
        else:
            self.say(_("Nothing was changed: it stands so already."))

    def label_repeat(self) -> str | None:
        """The footer names the change."""
        last = self._last
        # A client must not read what was typed.
        if last is None or self.erp.audience == "client":
            return None
        return _("Repeat “{change}”").format(change=cells.cut(last.words, LONGEST_WORDS))

    @property
    def _last(self) -> LastChange | None:
        return self.erp.last_changes.get(self.ROW_TABLE)

    def why_not_repeat(self) -> str | None:
        """Nothing was changed yet, or there is nothing to change."""
        if self._last is None:
            return _("Nothing to repeat yet: first change a row, with c for example.")
        return (None if self.rows_to_change() else _("There is no row here.")) or self.why_read_only()

    def action_repeat(self) -> None:
        """The last change again, on the rows of the moment."""
        if last := self._last:
            self.change_rows(last.words, last.apply)


class SteppingScreen(RepeatingScreen):
    """A screen whose dates are moved by steps with `+ - > <`. Override `is_undated`, `step`."""

    @property
    def is_undated(self) -> bool:
        """Whether there is a row under the cursor, but its cell holds no date."""
        raise NotImplementedError

    def step(self, text: str) -> None:
        """Move the date of the cell, of all selected rows, by what would be typed for it."""
        raise NotImplementedError

    def _why_not_step(self) -> str | None:
        return (
            _("+ - > < move a date: go to its column with h or l first.") if self.is_undated else self.why_not_change()
        )

    why_not_day_later = why_not_day_earlier = why_not_week_later = why_not_week_earlier = _why_not_step

    def action_day_later(self) -> None:
        """The date one day later."""
        self.step("+1d")

    def action_day_earlier(self) -> None:
        """The date one day earlier."""
        self.step("-1d")

    def action_week_later(self) -> None:
        """The date one week later."""
        self.step("+1w")

    def action_week_earlier(self) -> None:
        """The date one week earlier."""
        self.step("-1w")
