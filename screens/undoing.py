"""Undo and redo, the same on every screen: what the footer calls them, why they are refused, what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import Problem, StaleUndo
from erptui import cells
from erptui.i18n import _, say
from screens.projector import ProjectorApp
from screens.store_screen import StoreScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.journal import Step

STEP_ROOM = 30
"""Cells for the name of a step in the footer: the way out and the help stay beside it."""


class UndoingApp(ProjectorApp):
    """An app over a store that takes back one's own steps."""

    _undo: str | None = None
    _redo: str | None = None

    def look_at_steps(self) -> None:
        """See what can be taken back and done again now. Raises `Refused`."""
        undo, redo = self.store.undoable(), self.store.redoable()
        self._undo = _name(undo.step) if undo else None
        self._redo = _name(redo.step) if redo else None

    def label_undo(self) -> str | None:
        """The footer names the step that undo would take back."""
        # A client must not read the words of a step on what is internal.
        if not self._undo or self.for_client:
            return None
        return _("Undo “{step}”").format(step=cells.cut(self._undo, STEP_ROOM))

    def why_not_undo(self) -> str | None:
        """Nothing of mine to take back, or no way to."""
        return self._why_read_only() or (None if self._undo else _("You have nothing to undo."))

    def why_not_redo(self) -> str | None:
        """Nothing undone to bring back, or no way to."""
        return self._why_read_only() or (None if self._redo else _("There is nothing to redo."))

    def _why_read_only(self) -> str | None:
        return self.screen.why_read_only() if isinstance(self.screen, StoreScreen) else None

    def action_undo(self) -> None:
        """Take back my last step."""
        said = _("Taken back · U does it again") if self.for_client else _("Taken back: {step} · U does it again")
        self._reverse(self.store.undo, said)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        said = _("Done again · u takes back") if self.for_client else _("Done again: {step} · u takes back")
        self._reverse(self.store.redo, said)

    def _reverse(self, act: Callable[[], Step], said: str) -> None:
        try:
            step = act()
        except Problem as problem:
            if self.for_client and isinstance(problem, StaleUndo):
                # The refusal names steps, whose words a client must not read.
                self.say(_("It was changed since and can't be taken back."), "error")
            else:
                self.say(say(problem), "error")
        else:
            self.say(said.format(step=_name(step)), "effect")


def _name(step: Step) -> str:
    """A step as the footer calls it."""
    return " ".join(filter(None, (_(step.label), step.about)))
