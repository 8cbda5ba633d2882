"""The board of a phase as one widget: its cursor walks over packages and headings, each column scrolls by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import replace

from textual.events import Resize
from textual.geometry import Size
from textual.strip import Strip

from erptui.i18n import _
from erptui.method.board import PackageLine
from erptui.method.status_board import STATUSES, StatusColumn
from screens.paint import Bar
from screens.status_board_layout import HEADING, Facts, Picture, Shown, Slot, card_lines, lay_out, slots
from screens.text import Line
from screens.widgets.line_view import LineView

NOTHING = Picture((), (), (), (0, 0, 0, 0))
FIRST_LOOKED_AT = ("doing", "todo", "waiting", "review", "done")
"""The columns in which the cursor begins, the first that is not empty."""


class ColumnsView(LineView):
    """Columns of packages beside each other: only what is seen is laid out and painted. Set `columns`, then `_draw`."""

    GUTTER = 0

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns: Sequence[Shown] = ()
        self._facts: Facts | None = None
        self._place = (0, HEADING)
        # The line of cards that a walk over the columns began in.
        self._beside: int | None = None
        self._slots: Sequence[Slot] = ()
        self._picture = NOTHING
        self._drawn_for: Size | None = None
        self._cards: dict[tuple[str, int, int], Sequence[Line]] = {}
        self.hint_text = ""

    @property
    def column(self) -> Shown | None:
        """The column under the cursor."""
        return self.columns[self._place[0]] if self.columns else None

    @property
    def package(self) -> PackageLine | None:
        """The package under the cursor; None on a heading."""
        x, y = self._place
        return self.columns[x].packages[y] if self.columns and y != HEADING else None

    @property
    def packages(self) -> Sequence[PackageLine]:
        """The packages of the column under the cursor."""
        return self.column.packages if self.column else ()

    @property
    def every_package(self) -> list[PackageLine]:
        """All packages that are shown."""
        return [package for column in self.columns for package in column.packages]

    # What LineView asks for.

    @property
    def row_count(self) -> int:
        return len(self._picture.lines)

    def line(self, row: int, width: int) -> Line:
        return self._picture.lines[row]

    def row_key(self, row: int) -> Hashable:
        return row

    def _forget_gone(self) -> None:
        self._selected &= {package.id for package in self.every_package}

    def hint(self) -> Line:
        return [(self.hint_text, "dim")]

    def bar(self, row: int) -> Bar | None:
        top, bottom, left, right = self._picture.bar
        return (left, right) if top <= row < bottom else None

    def on_resize(self, event: Resize) -> None:
        self._draw()
        super().on_resize(event)

    def render_line(self, y: int) -> Strip:
        if self._drawn_for != self.size:
            self._draw()
        return super().render_line(y)

    # Drawing.

    def _draw(self) -> None:
        """Lay out what is seen, and paint again the cells that differ."""
        before, was, size = self._picture, self._slots, self.size
        if self._drawn_for != size:
            self._cards.clear()
        self._drawn_for = size
        self._picture, self._slots = NOTHING, ()
        if self._facts and size.width and any(column.packages for column in self.columns):
            first = was[0].place if was else 0
            self._slots = slots(len(self.columns), size.width, first, self._place[0])
            marked = frozenset(map(str, self._selected))
            self._picture = lay_out(
                self.columns, self._place, self._slots, size.height, self._facts, self._card, marked
            )
            self.columns = [
                replace(column, top=top) for column, top in zip(self.columns, self._picture.tops, strict=True)
            ]
        self._cursor = self._picture.bar[0]
        if len(before.lines) != len(self._picture.lines) or was != self._slots:
            self.rows_changed()
        else:
            self._repaint_changed(before)

    def _repaint_changed(self, before: Picture) -> None:
        for row, line in enumerate(self._picture.lines):
            old, new = self._bar_of(before, row), self.bar(row)
            if line != before.lines[row]:
                self.rows_changed([row])
            elif old != new:
                self._strips.pop(row, None)
                for bar in filter(None, (old, new)):
                    self.repaint(row, x=bar[0], width=bar[1] - bar[0])

    @staticmethod
    def _bar_of(picture: Picture, row: int) -> Bar | None:
        top, bottom, left, right = picture.bar
        return (left, right) if top <= row < bottom else None

    def _card(self, package: PackageLine, width: int, size: int) -> Sequence[Line]:
        assert self._facts is not None
        key = package.id, width, size
        if key not in self._cards:
            self._cards[key] = card_lines(package, width, size, self._facts)
        return self._cards[key]

    # Moving.

    def _go(self, x: int, y: int) -> None:
        before = self._place
        packages = self.columns[x].packages
        self._place = (x, max(HEADING, min(y, len(packages) - 1)))
        self._beside = None
        if self._place != before:
            self._draw()
            self.post_message(self.CursorMoved(self, self._cursor))

    def _walk(self, across: int, along: int) -> None:
        if not self.row_count:
            return
        x, y = self._place
        if not across:
            self._go(x, y + along)
            return
        target = max(0, min(x + across, len(self.columns) - 1))
        if target == x:
            return
        # Beside what it stood on, also behind an empty column, and where the columns are scrolled differently.
        beside = self._beside
        if beside is None:
            beside = HEADING if y == HEADING else y - self.columns[x].top
        self._go(target, HEADING if beside == HEADING else beside + self.columns[target].top)
        self._beside = beside

    def action_down(self) -> None:
        self._walk(0, 1)

    def action_up(self) -> None:
        self._walk(0, -1)

    def action_left(self) -> None:
        self._walk(-1, 0)

    def action_right(self) -> None:
        self._walk(1, 0)

    def action_page_down(self) -> None:
        self._walk(0, self._page)

    def action_page_up(self) -> None:
        self._walk(0, -self._page)

    @property
    def _page(self) -> int:
        """The cards of the column that are seen."""
        counts = self._picture.counts
        return max(1, counts[self._place[0]]) if counts else 1

    def action_first(self) -> None:
        if self.columns:
            self._go(self._place[0], 0)

    def action_last(self) -> None:
        if self.columns:
            self._go(self._place[0], len(self.packages) - 1)


class StatusBoardView(ColumnsView):
    """The packages of a phase. `show` gives it what stands there; the cursor stays in its column."""

    cell = "finish"

    def __init__(self, opens: Callable[[], Awaitable[None]], *, id: str | None = None) -> None:
        """`opens` opens what is under the cursor; keys typed ahead wait for it."""
        super().__init__(id=id)
        self._opens = opens
        self._began = False

    def show(self, columns: Sequence[StatusColumn], shown: Sequence[Sequence[PackageLine]], facts: Facts) -> None:
        """Put these columns on the board, of each the packages that are shown."""
        current = self.package
        same = len(self.columns) == len(columns)
        tops = [column.top for column in self.columns] if same else [0] * len(columns)
        self._facts = facts
        self._cards.clear()
        self.columns = [Shown(*parts) for parts in zip(columns, shown, tops, strict=True)]
        # A verb must not act on what the filter hides.
        self._forget_gone()
        if not self._began:
            self._begin()
        self._stay_on(current)
        self._draw()

    def forget_place(self) -> None:
        """Let the cursor begin anew: another phase is shown next."""
        self._began = False
        self._selected.clear()
        self.columns = ()

    def _begin(self) -> None:
        filled = {column.column.status for column in self.columns if column.packages}
        status = next((status for status in FIRST_LOOKED_AT if status in filled), None)
        self._began = status is not None
        self._place = (STATUSES.index(status), 0) if status else (0, HEADING)

    def _stay_on(self, current: PackageLine | None) -> None:
        """The cursor on its package where it is still in the column, else on what stands in its place."""
        x, y = self._place
        packages = self.columns[x].packages if self.columns else ()
        if current:
            y = next((place for place, package in enumerate(packages) if package.id == current.id), y)
        self._place = (x, max(HEADING, min(y, len(packages) - 1)))

    # What the screen asks for.

    @property
    def chosen(self) -> list[PackageLine]:
        """The packages a verb acts on: those marked, else the one under the cursor."""
        marked = [package for package in self.every_package if package.id in self._selected]
        return marked or ([self.package] if self.package else [])

    def clear_selection(self) -> None:
        self._selected.clear()
        self._draw()

    def go_to(self, package: str) -> bool:
        """Put the cursor on a package; whether it is there."""
        for x, column in enumerate(self.columns):
            for y, line in enumerate(column.packages):
                if line.id == package:
                    self._began = True
                    self._go(x, y)
                    return True
        return False

    def go_to_column(self, status: str) -> None:
        """Put the cursor on the heading of a column."""
        if self.columns and status in STATUSES:
            self._began = True
            self._go(STATUSES.index(status), HEADING)

    # Verbs.

    def why_not_select(self) -> str | None:
        return None if self.package else _("There is no package here.")

    def action_select(self) -> None:
        if self.package:
            self._selected ^= {self.package.id}
            self._draw()
            self._walk(0, 1)
            # On the last one the cursor does not move, but what is said of the selection does.
            self.post_message(self.CursorMoved(self, self._cursor))

    def why_not_open(self) -> str | None:
        return self.why_not_select()

    async def action_open(self) -> None:
        await self._opens()
