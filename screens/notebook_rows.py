"""Before lines of the notebook become rows: what each becomes and which stay; enter does it, esc does not."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from textual.app import ComposeResult

from db.labels import N_
from erptui.entry import People
from erptui.i18n import _
from erptui.note_rows import Turn, turns_of
from erptui.notebook import Subject, notes_of, understood
from erptui.touches import names_of
from screens.actions import Action, common, grouped
from screens.detailed import DetailedScreen
from screens.glyphs import UNICODE as SIGNS
from screens.notebook_layout import turn_detail, turn_spans
from screens.text import Line
from screens.widgets.bars import Part
from screens.widgets.detail import Detail
from screens.widgets.line_view import LineView

ROWS = grouped(
    N_("Lines into rows"),
    Action("make-rows", ("enter", "f2", "M"), N_("Make the rows"), N_("Make these rows; u takes all back."), rank=1),
)


class TurnsView(LineView):
    """The lines with what each becomes."""

    def __init__(self, screen: NotebookRowsScreen) -> None:
        super().__init__(id="turns")
        self._of = screen

    @property
    def row_count(self) -> int:
        return len(self._of.turns)

    def row_key(self, row: int) -> Hashable:
        return self._of.turns[row].line.id

    def line(self, row: int, width: int) -> Line:
        turn = self._of.turns[row]
        return turn_spans(turn, understood(turn.line, self._of.people), self._of.names, width, self._of.today)

    def hint(self) -> Line:
        return [(_("There is no open line any more."), "dim")]


class NotebookRowsScreen(DetailedScreen):
    """Dismissed with the turns to be made, or None."""

    TITLE = N_("Lines into rows")
    INTERNAL = True
    CSS = """
    NotebookRowsScreen #turns { height: 1fr; }
    NotebookRowsScreen #detail { height: 7; }
    """
    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *ROWS,
        *(action for action in common.PROGRAM if action.id in ("redraw", "help")),
        *common.CLOSE,
    )

    def __init__(self, subject: Subject, lines: Collection[str], people: People) -> None:
        """`lines` are the ids of those to be turned."""
        super().__init__()
        self.people = people
        self.turns: Sequence[Turn] = ()
        self.names: Mapping[str, str] = {}
        self._subject, self._wanted = subject, set(lines)

    def body(self) -> ComposeResult:
        yield TurnsView(self)
        yield Detail(id="detail")

    @property
    def view(self) -> TurnsView:
        """The list."""
        return self.query_one(TurnsView)

    def on_mount(self) -> None:
        self.reload()

    def read_store(self) -> None:
        everything = [] if self.erp.for_client else notes_of(self.store, self._subject)
        lines = [line for line in everything if line.id in self._wanted]
        self.turns = turns_of(self.store, self._subject, lines, self.people)
        self.names = names_of(self.store, [turn.who for turn in self.turns if turn.who])
        self.view.rows_changed()
        turning = sum(1 for turn in self.turns if turn.table)
        count = _("{turning} of {total} become rows").format(turning=turning, total=len(self.turns))
        title = f"  {SIGNS.step}  {self._subject.title}" if self._subject.title else ""
        self.set_title([(_("Lines into rows"), "bold accent"), (title, "bold")], [Part([(count, "dim")])])
        self.show_detail()

    def show_detail(self) -> None:
        detail = self.detail
        if not self.turns or not detail.size.width:
            detail.show(())
            return
        turn = self.turns[self.view.cursor]
        detail.show_whole(turn_detail(turn, self.names, detail.size.width, self.today))

    def why_not_make_rows(self) -> str | None:
        """No line can become a row."""
        return None if any(turn.table for turn in self.turns) else _("None of these lines becomes a row.")

    def action_make_rows(self) -> None:
        """Yes: make them."""
        self.dismiss(self.turns)

    def action_close(self) -> None:
        """No: all stays as it is."""
        self.dismiss(None)
