"""The notebook of a row, a person or of nothing: lines saved as they are typed, later turned into rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db.errors import Conflict, Problem
from db.labels import N_
from erptui.entry import NotUnderstood
from erptui.i18n import _, ngettext, say
from erptui.note_rows import Turn, turn_into_rows
from erptui.notebook import (
    NoteLine,
    add_notes,
    asks_consent,
    cut_name,
    delete_notes,
    edit_note,
    parse_consent,
    save_consent,
    subject_of,
)
from screens.actions import Action, common, grouped
from screens.notebook_view import NotebookReading
from screens.store_screen import StoreScreen
from screens.widgets.edit_line import EditLine, Question

NOTEBOOK = grouped(
    N_("The notebook"),
    Action(
        "notes",
        ("n", "f6", "a", "insert"),
        N_("Write"),
        N_(
            "Write lines: enter saves each, esc ends. The first sign says what a line is: “ heard, * seen, = agreed,"
            " ! promise, - action, ? question, # risk, + need. ! @who is a promise of theirs."
        ),
        rank=1,
    ),
    Action(
        "mark-all",
        ("M",),
        N_("Into rows"),
        N_(
            "Turn the open lines, or those selected, into rows: a promise, a decision where = has a day, a touch on a"
            " person, a package where - stands on a card or package."
        ),
        rank=2,
    ),
    Action("edit", ("e", "enter"), N_("Edit"), N_("Write the line anew."), rank=3),
    Action("trash", ("d", "delete"), N_("Trash"), N_("Move to the trash; undo brings it back."), rank=4),
)


async def open_notebook(screen: StoreScreen, table: str | None, row: str | None) -> None:
    """Open the notebook of a row (None: of nothing) with the line to type in."""
    current = screen.erp.engagement
    try:
        subject = subject_of(screen.store, table, row, current.id if current else None)
    except Problem as problem:
        screen.say(say(problem), "error")
        return
    notebook = NotebookScreen(subject)
    await screen.app.push_screen(notebook)
    notebook.begin()


class NotebookScreen(NotebookReading):
    """`n`: the lines of a row; `n` writes, `e` edits, `d` deletes, `M` turns them into rows."""

    TITLE = N_("Notebook")
    CSS = """
    NotebookScreen #notes { height: 1fr; }
    NotebookScreen #detail { height: 6; }
    """
    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("left", "right")),
        *NOTEBOOK,
        *(action for action in common.ROW if action.id in ("touch", "history")),
        *(action for action in common.PROGRAM if action.id in ("undo", "redo", "redraw", "help")),
        *common.CLOSE,
    )

    def begin(self) -> None:
        """Start writing at once; with the question for consent where a person was never asked."""
        if self.why_not_notes():
            return
        with self.reading():
            if asks_consent(self.store, self._subject):
                self._ask_consent()
                return
        self.action_notes()

    # Writing.

    def why_not_notes(self) -> str | None:
        """Nothing can be written in what is open for reading only, nor where a client looks on."""
        return self.why_internal() or self.why_read_only()

    def action_notes(self) -> None:
        """Ask for lines, one after the other, until esc or an empty one."""
        self._view.action_last()
        self._writing = True
        signs = _("“ heard  * seen  = agreed  ! promise @who fri  - action  + need  ? question  # risk")
        self.ask(Question(_("Note:"), self._save, placeholder=signs))

    def _save(self, text: str) -> str | None:
        if not text.strip():
            return None
        try:
            add_notes(self.store, self._subject, [text])
        except Problem as problem:
            return say(problem)
        self.action_notes()
        return None

    def on_edit_line_left(self) -> None:
        self._writing = self._writing and self.asking
        super().on_edit_line_left()

    def typed_elsewhere(self, text: str) -> bool:
        """Chinese typed on the list begins a line."""
        if self.why_not_notes():
            return False
        self.action_notes()
        self.query_one(EditLine).field.insert_text_at_cursor(text)
        return True

    def take_paste(self, text: str) -> bool:
        """Several lines become that many lines of the notebook, in one step; the first goes on what was begun."""
        lines, line = [part for part in text.splitlines() if part.strip()], self.query_one(EditLine)
        if self.why_not_notes() or not lines or (self.asking and len(lines) < 2):
            return False
        if self.asking and not self._writing:
            line.field.insert_text_at_cursor(" ".join(lines))
            return True
        try:
            add_notes(self.store, self._subject, [(line.field.value if self.asking else "") + lines[0], *lines[1:]])
        except Problem as problem:
            if self.asking:
                line.remark(say(problem))
            else:
                self.say(say(problem), "error")
        else:
            self.action_notes()
        return True

    # Consent.

    def _ask_consent(self) -> None:
        self.ask(
            Question(
                _("Consent? y/n, what for:"),
                self._save_consent,
                placeholder=_("may contact data be kept; enter alone skips"),
                left=self.action_notes,
            )
        )

    def _save_consent(self, text: str) -> str | None:
        if text.strip():
            try:
                given, purpose = parse_consent(text)
                save_consent(self.store, self._subject, given, purpose, self.today)
            except NotUnderstood as error:
                return str(error)
            except Problem as problem:
                return say(problem)
        self.action_notes()
        return None

    # The line under the cursor.

    def why_not_history(self) -> str | None:
        """An empty notebook has no history."""
        return None if self._view.lines else _("There is no line here yet.")

    def why_not_trash(self) -> str | None:
        """No line, or nothing can be changed."""
        return self.why_not_history() or self.why_read_only()

    why_not_mark_all = why_not_trash

    def why_not_edit(self) -> str | None:
        """What became a row is edited there."""
        line = self._view.current
        if line and not line.open:
            return _("This line became a row and stays as it was.")
        return self.why_not_trash()

    def action_edit(self) -> None:
        """Write the line anew."""
        if line := self._view.current:
            self.ask(Question(_("Note:"), self._rewriter(line), value=line.text))

    def _rewriter(self, line: NoteLine) -> Callable[[str], str | None]:
        seen = [line]

        def save(text: str) -> str | None:
            try:
                edit_note(self.store, seen[0], text)
            except Conflict as conflict:
                self.erp.see_others()
                seen[:] = [now for now in self._view.lines if now.id == line.id] or seen
                return " ".join((say(conflict), _("Enter again saves yours.")))
            except Problem as problem:
                return say(problem)
            self.say_done(_("Line changed"))
            return None

        return save

    def action_trash(self) -> None:
        """Delete the line, or those selected."""
        lines = self._view.chosen
        name = cut_name(lines[0].text)
        if len(lines) > 1:
            name = ngettext("{count} line", "{count} lines", len(lines)).format(count=len(lines))

        def delete() -> str:
            delete_notes(self.store, lines)
            return name

        if self.move_to_trash(delete):
            self._view.clear_selection()

    async def action_history(self) -> None:
        """Who changed what of the line."""
        from screens.history import HistoryScreen

        if line := self._view.current:
            await self.app.push_screen(HistoryScreen(cut_name(line.text), [line.id]))

    def action_close(self) -> None:
        """Back to where the notebook was opened."""
        self.dismiss()

    def touched(self) -> list[str]:
        person = self._subject.person
        return [person] if person else []

    # Into rows.

    async def action_mark_all(self) -> None:
        """Show what becomes of the open lines, or of those selected; then make the rows."""
        from screens.notebook_rows import NotebookRowsScreen

        view = self._view
        lines = [line.id for line in (view.chosen if view.has_selection else view.lines) if line.open]
        if not lines:
            self.say(_("All of these lines became rows already."))
            return
        with self.reading():
            people = self.erp.known_people.at_once()
            await self.app.push_screen(NotebookRowsScreen(self._subject, lines, people), self._make_rows)

    def _make_rows(self, turns: Sequence[Turn] | None) -> None:
        if not turns:
            return
        count = sum(1 for turn in turns if turn.table)
        done = ngettext("{count} line became a row", "{count} lines became rows", count).format(count=count)
        if self.attempt(lambda: turn_into_rows(self.store, self._subject, turns), done):
            self._view.clear_selection()
