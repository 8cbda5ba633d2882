"""A paste outside a text field: its lines are shown, and enter puts them in the notebook of what the cursor is on."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from textual.app import ComposeResult

from db.errors import Problem
from db.labels import N_
from db.text import clean_line
from erptui import cells
from erptui.i18n import _, ngettext, say
from erptui.notebook import Subject, add_notes, subject_of
from screens.actions import Action, common, grouped
from screens.board_detail import rule, wrapped
from screens.detailed import DetailedScreen
from screens.glyphs import UNICODE as SIGNS
from screens.store_screen import StoreScreen
from screens.text import Line
from screens.widgets.bars import Part
from screens.widgets.detail import Detail
from screens.widgets.line_view import LineView

MOST_LINES = 1000
"""Lines of a paste that are still minutes; more of them are a file."""

PASTED = grouped(
    N_("Pasted"),
    Action("keep", ("enter", "f2"), N_("Into the notebook"), N_("Put these lines in the notebook."), rank=1),
    Action("leave-out", ("d", "delete"), N_("Leave out"), N_("Leave this line out."), rank=2),
)


async def offer_paste(screen: StoreScreen, text: str) -> bool:
    """Show what was pasted, to be put in the notebook of what the cursor is on; always True: it was dealt with."""
    lines = [line for line in map(clean_line, text.splitlines()) if line]
    reason = screen.why_not_notes() or screen.why_read_only()
    if not lines:
        screen.say(_("There is no text in what was pasted."))
    elif reason:
        screen.say(_("The paste was not taken. {reason}").format(reason=reason))
    elif len(lines) > MOST_LINES:
        said = _("{count} lines were pasted, {most} are possible: nothing was taken. Import them as a file.")
        screen.say(said.format(count=len(lines), most=MOST_LINES))
    else:
        current = screen.erp.engagement
        table, row = screen.notes_about() or (None, None)
        try:
            subject = subject_of(screen.store, table, row, current.id if current else None)
        except Problem as problem:
            screen.say(say(problem), "error")
            return True
        await screen.app.push_screen(PastedScreen(subject, lines))
    return True


class PastedLines(LineView):
    """The lines as they would be saved."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(id="pasted")
        self.lines = lines

    @property
    def row_count(self) -> int:
        return len(self.lines)

    def row_key(self, row: int) -> Hashable:
        return row

    def line(self, row: int, width: int) -> Line:
        return [(cells.cut(self.lines[row], width), "plain")]


class PastedScreen(DetailedScreen):
    """The lines of a paste before they are kept: enter saves them as one step, esc drops them."""

    TITLE = N_("Pasted")
    INTERNAL = True
    CSS = """
    PastedScreen #pasted { height: 1fr; }
    PastedScreen #detail { height: 7; }
    """
    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *PASTED,
        *(action for action in common.PROGRAM if action.id in ("redraw", "help")),
        *(replace(action, label=N_("Drop"), help=N_("Drop what was pasted.")) for action in common.CLOSE),
    )

    def __init__(self, subject: Subject, lines: list[str]) -> None:
        super().__init__()
        self._subject = subject
        self._view = PastedLines(lines)

    def body(self) -> ComposeResult:
        yield self._view
        yield Detail(id="detail")

    @property
    def lines(self) -> Sequence[str]:
        """The lines that would be kept."""
        return self._view.lines

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        self._show_title()
        self.show_detail()

    def _show_title(self) -> None:
        count = len(self.lines)
        pasted = ngettext("{count} line", "{count} lines", count).format(count=count)
        title: Line = [(_("Pasted"), "bold accent")]
        if self._subject.title:
            title = [*title, (f"  {SIGNS.step}  {self._subject.title}", "bold")]
        self.set_title(title, [Part([(pasted, "dim")])])

    def show_detail(self) -> None:
        count, width = len(self.lines), self.detail.size.width
        if not width:
            return
        text = ngettext(
            "{count} line pasted. Enter puts it in the notebook, esc drops it.",
            "{count} lines pasted. Enter puts them in the notebook, esc drops them.",
            count,
        )
        lines: list[Line] = [rule(width), *wrapped(text.format(count=count), width, "bold")]
        if self.lines:
            lines += wrapped(self.lines[self._view.cursor], width, "dim", lines=4)
        self.detail.show_whole(lines)

    async def action_keep(self) -> None:
        """Save the lines and show the notebook with them."""
        from screens.notebook import NotebookScreen

        try:
            add_notes(self.store, self._subject, self.lines)
        except Problem as problem:
            self.say(say(problem), "error")
            return
        notebook = NotebookScreen(self._subject)
        await self.app.switch_screen(notebook)
        count = len(self.lines)
        notebook.say_done(ngettext("{count} line noted", "{count} lines noted", count).format(count=count))

    def action_leave_out(self) -> None:
        """Take the line under the cursor out; without the last one nothing is left to keep."""
        del self._view.lines[self._view.cursor]
        if not self.lines:
            self.dismiss()
            return
        self._view.rows_changed()
        self._show()

    def action_close(self) -> None:
        """Drop all of it."""
        self.dismiss()
