"""The list of Today: what needs somebody, folded by rule, and what lies ahead; the cursor stands on these alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from datetime import date

from textual.events import Resize

from erptui.attention.lines import AgendaLine, Fold, Matter
from erptui.attention.page import PageLine, Today, page
from erptui.i18n import _
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, cut_line
from screens.widgets.line_view import LineView

COPIED_WIDTH = 76
"""Cells of a line that is copied: what a mail takes without breaking it."""


def key_of(about: Matter | Fold | AgendaLine) -> Hashable:
    """What stays the same of a line while the picture changes."""
    if isinstance(about, Matter):
        return ("matter", *about.key)
    if isinstance(about, Fold):
        return ("fold", about.rule)
    return ("agenda", about.kind, about.row, about.day)


class TodayView(LineView):
    """The page of Today with a cursor. `opens` does what enter does on a line that is no fold."""

    def __init__(self, opens: Callable[[], Awaitable[None]], hint: Callable[[], str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._opens = opens
        self._hint = hint
        self._today: Today | None = None
        self._lines: Sequence[PageLine] = ()
        self._problems: Mapping[str, str] = {}
        self._day = date.min
        self._scope = ""
        self._wanted: Hashable = None
        self.opened: set[str] = set()
        """The rules whose fold is open."""

    # What is shown.

    def show(self, today: Today, day: date, scope: str, problems: Mapping[str, str]) -> None:
        """Put this in it; the cursor stays on what it stands on, or goes to what has taken its place."""
        before, place = self.current, self._ordinal
        self._today, self._day, self._scope, self._problems = today, day, scope, problems
        self._lay_out()
        self._cursor = self._found(before, place)
        self.rows_changed()
        self.post_message(self.CursorMoved(self, self._cursor))

    def _lay_out(self) -> None:
        if self._today is None or not self.size.width:
            self._lines = ()
            return
        width = self.size.width
        lines = page(self._today, width, self._day, self.opened, scope=self._scope, nothing=self._hint())
        problems = [
            PageLine("problem", [(f" {SIGNS.late} ", "red"), (f"{code} ", "dim"), (problem, "plain")])
            for code, problem in self._problems.items()
        ]
        self._lines = [lines[0], *problems, *lines[1:]]

    def on_resize(self, event: Resize) -> None:
        # Textual calls the handler of what it stands on as well, afterwards.
        before, place = self.current, self._ordinal
        self._lay_out()
        self._cursor = self._found(before, place)
        self.rows_changed()

    @property
    def is_read(self) -> bool:
        """Whether there is a picture at all."""
        return self._today is not None

    # Where the cursor may stand.

    @property
    def _walked(self) -> list[int]:
        """The rows on which something can be done."""
        return [row for row, line in enumerate(self._lines) if line.about is not None]

    @property
    def _ordinal(self) -> int:
        return sum(row < self._cursor for row in self._walked)

    def _found(self, before: Matter | Fold | AgendaLine | None, place: int) -> int:
        """The row of what the cursor stood on; of the rest of it, of its fold, else of what is in its place."""
        walked = self._walked
        if not walked:
            return 0
        by_key = self._rows_by_key()
        wanted, self._wanted = self._wanted, None
        if wanted in by_key:
            return by_key[wanted]
        if before is not None and key_of(before) in by_key:
            return by_key[key_of(before)]
        return walked[min(place, len(walked) - 1)]

    def go_to(self, key: Hashable) -> None:
        """Put the cursor on the line with this key, or on the fold that it is in; as soon as there is a picture."""
        if self._today is None or not self.size.width:
            self._wanted = key
            return
        if (row := self._rows_by_key().get(key)) is not None:
            self.move_cursor(row)

    def _rows_by_key(self) -> dict[Hashable, int]:
        """Where each line is; what is folded is where its fold is."""
        found: dict[Hashable, int] = {}
        for row, line in enumerate(self._lines):
            if isinstance(line.about, Fold):
                found.update((key_of(matter), row) for matter in line.about.matters)
            if line.about is not None:
                found[key_of(line.about)] = row
        return found

    def move_cursor(self, row: int) -> bool:
        """Headings are stepped over, and stay in sight with the first line below them."""
        walked = self._walked
        if not walked:
            return False
        down = row >= self._cursor
        row = max(0, min(row, len(self._lines) - 1))
        onward = [one for one in walked if (one >= row if down else one <= row)]
        target = (onward[0] if down else onward[-1]) if onward else (walked[-1] if down else walked[0])
        moved = super().move_cursor(target)
        above = target
        while above and self._lines[above - 1].about is None:
            above -= 1
        if target - above < self.size.height:
            self._show_row(above)
        return moved

    @property
    def row_count(self) -> int:
        return len(self._lines)

    def row_key(self, row: int) -> Hashable:
        about = self._lines[row].about
        return key_of(about) if about is not None else row

    @property
    def current(self) -> Matter | Fold | AgendaLine | None:
        """What the cursor stands on."""
        return self._lines[self._cursor].about if self._cursor < len(self._lines) else None

    @property
    def chosen(self) -> list[Matter]:
        """The matters that a verb acts on: those selected, else the one or the fold under the cursor."""
        return self._matters(self.selected)

    @property
    def shown(self) -> list[Matter]:
        """The matters selected, else all that stand on lines of their own."""
        return self._matters(self.selected if self.has_selection else self._walked, folds=self.has_selection)

    def _matters(self, rows: Sequence[int], *, folds: bool = True) -> list[Matter]:
        found: dict[Hashable, Matter] = {}
        for row in rows:
            about = self._lines[row].about if row < len(self._lines) else None
            inside = about.matters if isinstance(about, Fold) and folds else (about,)
            found.update((matter.key, matter) for matter in inside if isinstance(matter, Matter))
        return list(found.values())

    def line(self, row: int, width: int) -> Line:
        spans: list[Span] = list(self._lines[row].spans)
        if spans:
            # The first blank of the page is the margin here.
            spans[0] = (spans[0][0].removeprefix(" "), spans[0][1])
        return cut_line(spans, width)

    def hint(self) -> Line:
        return [(_("Looking at all engagements …"), "dim")]

    def bar(self, row: int) -> tuple[int, int] | None:
        return super().bar(row) if self.current is not None else None

    # Keys.

    def why_not_select(self) -> str | None:
        """Only what needs somebody is selected."""
        return None if isinstance(self.current, (Matter, Fold)) else _("Only lines of what needs you are selected.")

    def why_not_open(self) -> str | None:
        """Nothing there."""
        return None if self.current is not None else _("There is no line here.")

    def label_open(self) -> str | None:
        """Enter opens and closes a fold, and goes anywhere else."""
        about = self.current
        if not isinstance(about, Fold):
            return None
        return _("Close fold") if about.rule in self.opened else _("Open fold")

    def action_select(self) -> None:
        super().action_select()
        # On the last row the cursor does not move, but what is said of the selection does.
        self.post_message(self.CursorMoved(self, self.cursor))

    async def action_open(self) -> None:
        about = self.current
        if not isinstance(about, Fold):
            await self._opens()
            return
        self.opened ^= {about.rule}
        place = self._ordinal
        self._lay_out()
        self._cursor = self._found(about, place)
        self.rows_changed()

    def as_text(self) -> str:
        """What is shown as plain text, or the lines selected: whole, none cut."""
        assert self._today is not None
        if self.has_selection:
            shown = Today(self.chosen, (), ())
            lines = page(shown, COPIED_WIDTH, self._day, wrap=True)[1:]
        else:
            lines = page(self._today, COPIED_WIDTH, self._day, self.opened, wrap=True, scope=self._scope)
        texts = ["".join(text for text, _role in line.spans) for line in lines]
        return "".join(f"{text.removeprefix(' ').rstrip()}\n" for text in texts)
