"""The lines of a notebook as they are read and shown: the list, the line under the cursor in full, the title."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from textual.app import ComposeResult
from textual.worker import Worker, WorkerState

from erptui.entry import People
from erptui.i18n import _, ngettext
from erptui.notebook import NoteLine, Subject, names_people, notes_of, rows_made, understood
from screens.detailed import DetailedScreen
from screens.glyphs import UNICODE as SIGNS
from screens.notebook_layout import Shown, note_detail, note_spans
from screens.store_screen import StoreScreen
from screens.text import Line
from screens.widgets.bars import Part
from screens.widgets.detail import Detail
from screens.widgets.line_view import LineView


class NotebookView(LineView):
    """The lines, newest last."""

    def __init__(self, read: Callable[[NoteLine], Shown], empty: Callable[[], str]) -> None:
        super().__init__(id="notes")
        self.lines: Sequence[NoteLine] = ()
        self._read, self._empty = read, empty

    @property
    def row_count(self) -> int:
        return len(self.lines)

    def row_key(self, row: int) -> Hashable:
        return self.lines[row].id

    def line(self, row: int, width: int) -> Line:
        screen = self.screen
        assert isinstance(screen, StoreScreen)
        return note_spans(self._read(self.lines[row]), width, screen.today)

    def hint(self) -> Line:
        return [(self._empty(), "dim")]

    @property
    def current(self) -> NoteLine | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.lines else None

    @property
    def chosen(self) -> list[NoteLine]:
        """The lines a verb acts on."""
        return [self.lines[row] for row in self.selected]


class NotebookReading(DetailedScreen):
    """The notebook of a subject, as far as it is read."""

    INTERNAL = True

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self._subject = subject
        self._people: People | None = People()
        self._made: Mapping[str, str] = {}
        self._writing = False
        self._view = NotebookView(self._shown, self._empty)

    def body(self) -> ComposeResult:
        yield self._view
        yield Detail(id="detail")

    @property
    def view(self) -> NotebookView:
        """The list."""
        return self._view

    def on_mount(self) -> None:
        self.reload()
        self._view.action_last()

    def _empty(self) -> str:
        if self.erp.for_client:
            return self.why_internal() or ""
        if self.store.read_only:
            return _("No lines yet.")
        return _("No lines yet. n writes: what is heard, seen, agreed, promised, as typed.")

    # Reading.

    def read_store(self) -> None:
        view, before = self._view, len(self._view.lines)
        view.lines = [] if self.erp.for_client else notes_of(self.store, self._subject)
        self._made = rows_made(self.store, view.lines)
        self._know_people()
        view.rows_changed()
        if self._writing and len(view.lines) > before:
            view.action_last()
        self._show_title()
        self.show_detail()

    def _know_people(self) -> None:
        """Who the lines can mean; made ready in a worker where there are many."""
        if not any(names_people(line.text) for line in self._view.lines):
            return
        known = self.erp.known_people
        known.prepare(self)
        self._people = known.ready

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The people are known."""
        if event.state is WorkerState.SUCCESS:
            self.reload()

    def _shown(self, line: NoteLine) -> Shown:
        note = understood(line, self._people)
        people = self._people
        who = tuple(people.candidates[person].name for person in note.who) if people else ()
        return Shown(line, note, who, self._made.get(line.became_row) if line.became_row else "")

    def _show_title(self) -> None:
        count = len(self._view.lines)
        text = ngettext("{count} line", "{count} lines", count).format(count=count)
        engagement = self.erp.engagement
        title = self._subject.title or (engagement.code if engagement and self._subject.engagement else "")
        left: Line = [(_("Notebook"), "bold accent")]
        if title:
            left = [*left, (f"  {SIGNS.step}  {title}", "bold")]
        parts = [Part([(text, "dim")])]
        if self.store.read_only:
            parts.insert(0, Part([(_("read only"), "amber")], rank=1))
        self.set_title(left, parts)

    def show_detail(self) -> None:
        detail, line = self.detail, self._view.current
        if line is None or not detail.size.width:
            detail.show(())
        else:
            detail.show_whole(note_detail(self._shown(line), detail.size.width, self.today))
