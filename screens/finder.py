"""Find an engagement by typing: the list narrows with every letter, enter opens the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from db.choices import EngagementStatus, PhaseId
from db.labels import N_, NP_
from erptui import cells
from erptui.engagements import EngagementLine, engagements
from erptui.i18n import _
from screens.actions import Action, common, grouped
from screens.glyphs import UNICODE as SIGNS
from screens.store_screen import StoreScreen
from screens.text import Line, ends
from screens.widgets.edit_line import EditLine, Question
from screens.widgets.line_view import LineView


class EngagementsView(LineView):
    """Engagements that match what was typed."""

    def __init__(self) -> None:
        super().__init__(id="engagements")
        self.engagements: Sequence[EngagementLine] = ()
        self.none_yet = False

    @property
    def row_count(self) -> int:
        return len(self.engagements)

    def line(self, row: int, width: int) -> Line:
        engagement = self.engagements[row]
        state = f"{_(PhaseId(engagement.phase).label)} {SIGNS.bullet} {_(EngagementStatus(engagement.status).label)}"
        codes = min(width // 3, max(cells.width(line.code) for line in self.engagements))
        name: Line = [(f"{cells.pad(engagement.code, codes)}  ", "bold"), (engagement.name, "plain")]
        return ends(name, [(state, "dim"), (" ", "plain")], width, gap=2)

    def hint(self) -> Line:
        return [(self.why_empty, "dim")]

    @property
    def why_empty(self) -> str:
        """Why there is nothing to choose."""
        if self.none_yet:
            return _("No engagement yet. In a shell: erptui new --help")
        return _("No engagement has this in its code or name.")


CHOOSE = grouped(
    N_("Finding"),
    Action("next-match", ("down",), N_("Choose"), N_("The next engagement that matches."), rank=3, in_text=True),
    Action("previous-match", ("up",), N_("Choose"), N_("The engagement before."), rank=3, in_text=True),
)


class FinderScreen(StoreScreen):
    """`:` all engagements; typing filters them. Dismissed with the one that was chosen."""

    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *(action for action in common.ROW if action.id == "open"),
        *(action for action in common.SHOW if action.id == "filter"),
        *(action for action in common.PROGRAM if action.id in ("redraw", "help")),
        *common.CLOSE,
    )

    def __init__(self, typed: str = "") -> None:
        """`typed` is what was typed before the finder was there."""
        super().__init__()
        self._typed = typed

    def body(self) -> ComposeResult:
        yield EngagementsView()

    def tables(self) -> tuple[Action, ...]:
        """While a name is typed, the arrows still walk over the list."""
        return (*super().tables(), *CHOOSE) if self.asking else super().tables()

    @property
    def view(self) -> EngagementsView:
        """The list."""
        return self.query_one(EngagementsView)

    def on_mount(self) -> None:
        self.set_title([(_("Engagements"), "bold accent")])
        self.reload()
        self.action_filter()

    def read_store(self) -> None:
        words, everything = self._typed.casefold().split(), self._everything()
        self.view.none_yet = not everything
        self.view.engagements = [
            line for line in everything if all(word in f"{line.code} {line.name}".casefold() for word in words)
        ]
        self.view.rows_changed()

    def _everything(self) -> list[EngagementLine]:
        """The engagements that may be seen: for a client only the current one."""
        current = self.erp.engagement
        everything = engagements(self.store)
        if self.erp.for_client:
            return [line for line in everything if current and line.id == current.id]
        return everything

    def action_filter(self) -> None:
        """Type a part of the code or the name."""
        self.ask(
            Question(
                _("Find:"),
                self._open_marked,
                value=self._typed,
                changed=self._narrow,
                left=self.action_close,
                passing=True,
                verb=NP_("key", "Open"),
            )
        )

    def _narrow(self, text: str) -> None:
        self._typed = text
        self.view.move_cursor(0)
        self.reload()

    def action_next_match(self) -> None:
        """One down while typing."""
        self.view.action_down()

    def action_previous_match(self) -> None:
        """One up while typing."""
        self.view.action_up()

    def _open_marked(self, text: str) -> str | None:
        if text != self._typed:
            # Enter was quicker than the list.
            self._narrow(text)
        if not self.view.engagements:
            return self.view.why_empty
        # Put away first, so that keys typed ahead act on the board of the one chosen.
        self.query_one(EditLine).close()
        self.dismiss(self.view.engagements[self.view.cursor])
        return None

    def action_open(self) -> None:
        """Enter the engagement under the cursor."""
        if self.view.engagements:
            self.dismiss(self.view.engagements[self.view.cursor])

    def action_close(self) -> None:
        """Stay where I was."""
        self.dismiss(None)
