"""Find an engagement by typing: the list narrows with every letter, enter opens the first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from db.choices import EngagementStatus, PhaseId
from erptui.engagements import EngagementLine, engagements
from erptui.i18n import _
from screens.actions import common
from screens.store_screen import StoreScreen
from screens.text import Line
from screens.widgets.edit_line import Question
from screens.widgets.line_view import LineView


class EngagementsView(LineView):
    """Engagements that match what was typed."""

    def __init__(self) -> None:
        super().__init__(id="engagements")
        self.engagements: Sequence[EngagementLine] = ()

    @property
    def row_count(self) -> int:
        return len(self.engagements)

    def line(self, row: int, width: int) -> Line:
        engagement = self.engagements[row]
        state = _(EngagementStatus(engagement.status).label)
        return [
            (f"{engagement.code} ", "bold"),
            (engagement.name, "plain"),
            (f"  {_(PhaseId(engagement.phase).label)} · {state}", "dim"),
        ]

    def hint(self) -> Line:
        return [(_("No engagement has this in its code or name."), "dim")]


class FinderScreen(StoreScreen):
    """`:` all engagements; typing filters them. Dismissed with the one that was chosen."""

    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *(action for action in common.ROW if action.id == "open"),
        *(action for action in common.SHOW if action.id == "filter"),
        *(action for action in common.PROGRAM if action.id == "help"),
        *common.CLOSE,
    )

    def body(self) -> ComposeResult:
        yield EngagementsView()

    @property
    def view(self) -> EngagementsView:
        """The list."""
        return self.query_one(EngagementsView)

    def on_mount(self) -> None:
        self.set_title([(_("Engagements"), "bold accent")])
        self._narrow("")
        self.action_filter()

    def action_filter(self) -> None:
        """Type a part of the code or the name."""
        self.ask(Question(_("Find:"), self._open_first, changed=self._narrow, left=self.action_close))

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        self.view.engagements = [
            line
            for line in engagements(self.store)
            if all(word in f"{line.code} {line.name}".casefold() for word in words)
        ]
        self.view.rows_changed()

    def _open_first(self, _text: str) -> str | None:
        if not self.view.engagements:
            return _("No engagement has this in its code or name.")
        self.app.call_later(self.dismiss, self.view.engagements[self.view.cursor])
        return None

    def action_open(self) -> None:
        """Enter the engagement under the cursor."""
        if self.view.engagements:
            self.dismiss(self.view.engagements[self.view.cursor])

    def action_close(self) -> None:
        """Stay where I was."""
        self.dismiss(None)
