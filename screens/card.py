"""The packages of a card in a list: states and dates are changed in place, done is one key."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from textual.app import ComposeResult

from db.choices import ActivityId, PackageStatus
from db.errors import Conflict, Problem
from db.labels import N_
from erptui import cells, clock
from erptui.entry import NotUnderstood, parse_day
from erptui.i18n import _, listed, ngettext, say
from erptui.method.board import Card, PackageLine, columns_of, mark_done, packages_of, set_status
from erptui.method.reschedule import set_finish, set_start
from erptui.plan_dates import NO_DATES
from screens.actions import Action, common
from screens.board_detail import Dates
from screens.card_list import (
    EDITABLE,
    column_label,
    list_columns,
    list_head,
    list_line,
    moved_text,
    package_detail,
)
from screens.glyphs import UNICODE as SIGNS
from screens.paint import Painted
from screens.store_screen import StoreScreen
from screens.text import Line
from screens.widgets.bars import Part
from screens.widgets.detail import Detail
from screens.widgets.edit_line import Question
from screens.widgets.line_view import LineView


class PackagesView(LineView):
    """The list: rows are packages, and one of three cells of the row is the one that `c` changes."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.packages: Sequence[PackageLine] = ()
        self._dates: Dates | None = None
        self._opened = True
        self.cell = EDITABLE[0]
        self.columns: Sequence[cells.Column] = ()

    def show(self, packages: Sequence[PackageLine], dates: Dates | None, opened: bool) -> None:
        """Put these in the list; the cursor stays on its package."""
        current = self.package
        self.packages, self._dates, self._opened = packages, dates, opened
        self.columns = list_columns(packages, dates, clock.today())
        self.rows_changed()
        if current:
            places = [row for row, package in enumerate(packages) if package.id == current.id]
            if places:
                self.move_cursor(places[0])

    @property
    def package(self) -> PackageLine | None:
        """The package under the cursor."""
        return self.packages[self.cursor] if self.cursor < len(self.packages) else None

    @property
    def chosen(self) -> list[PackageLine]:
        """The packages a verb acts on."""
        return [self.packages[row] for row in self.selected]

    @property
    def row_count(self) -> int:
        return len(self.packages)

    def row_key(self, row: int) -> Hashable:
        return self.packages[row].id

    def hint(self) -> Line:
        return [(_("This card has no packages here any more. Go back with esc."), "dim")]

    def line(self, row: int, width: int) -> Line:
        cell = self.cell if row == self.cursor else None
        return list_line(self.packages[row], self._dates, self._opened, width, clock.today(), self.columns, cell)

    def action_left(self) -> None:
        self._choose(-1)

    def action_right(self) -> None:
        self._choose(1)

    def _choose(self, step: int) -> None:
        place = max(0, min(EDITABLE.index(self.cell) + step, len(EDITABLE) - 1))
        self.cell = EDITABLE[place]
        self.rows_changed([self.cursor])
        self.post_message(self.CursorMoved(self, self.cursor))


class ListHead(Painted):
    """The heads of the columns."""

    DEFAULT_CSS = "ListHead { height: 1; width: 1fr; }"
    cell = EDITABLE[0]
    columns: Sequence[cells.Column] = ()

    def lines(self, width: int) -> Sequence[Line]:
        return [list_head(width, self.cell, self.columns)]


def _here(action: Action) -> Action:
    """An action of the common table as the list of a card means it."""
    if action.id == "open":
        return replace(action, label=N_("Change"), help=N_("Change just this cell."), rank=4)
    return replace(action, rank=6) if action.id == "back" else action


class CardScreen(StoreScreen):
    """What a card holds. `c` changes the cell, `m` marks done, space selects several."""

    CSS = """
    CardScreen #packages { height: 1fr; }
    CardScreen #detail { height: 7; }
    """

    TITLE = N_("Card")
    ACTIONS = tuple(_here(action) for action in common.COMMON)

    def __init__(self, key: tuple[str, str]) -> None:
        super().__init__()
        self._key = key
        self._card: Card | None = None
        self._seen: dict[str, PackageLine] = {}
        self._opened = True

    def body(self) -> ComposeResult:
        yield ListHead(id="head")
        yield PackagesView(id="packages")
        yield Detail(id="detail")

    @property
    def view(self) -> PackagesView:
        """The list."""
        return self.query_one("#packages", PackagesView)

    def on_mount(self) -> None:
        self.reload()

    def read_store(self) -> None:
        engagement = self.erp.engagement
        phase, activity = self._key
        columns = columns_of(self.store, engagement.id) if engagement else []
        column = next((column for column in columns if column.phase == phase), None)
        self._card = next((card for card in (column.cards if column else ()) if card.activity == activity), None)
        self._opened = bool(column and column.opened)
        packages = packages_of(self.store, engagement.id, self._card) if engagement and self._card else []
        self.view.show(packages, self._dates, self._opened)
        self._show_head()
        code = engagement.code if engagement else ""
        done = _("{done} of {total} done").format(done=self._card.done, total=self._card.total) if self._card else ""
        self.set_title(
            [(code, "bold accent"), (f"  {SIGNS.step}  {activity} {_(ActivityId(activity).label)}", "bold")],
            [Part([(done, "dim")])],
        )
        self._show_detail()

    @property
    def _dates(self) -> Dates | None:
        plan = self.erp.plan
        return plan.dates if plan.known else None

    def on_line_view_cursor_moved(self) -> None:
        """The detail and the heads follow the cursor."""
        self._show_detail()
        self._show_head()

    def _show_head(self) -> None:
        head = self.query_one("#head", ListHead)
        if (head.cell, head.columns) != (self.view.cell, self.view.columns):
            head.cell, head.columns = self.view.cell, self.view.columns
            head.refresh()

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted and self.query("#detail"):
            self.call_after_refresh(self._show_detail)

    def _show_detail(self) -> None:
        with self.reading():
            self._read_detail()

    def _read_detail(self) -> None:
        detail, package = self.query_one("#detail", Detail), self.view.package
        if package is None or not detail.size.width:
            detail.show(())
            return
        waits_for = [
            code
            for (code,) in self.store.rows(
                "SELECT p.code || CASE WHEN d.kind = 'FS' THEN '' ELSE ' ' || d.kind END"
                " FROM dependency d JOIN work_package p ON p.id = d.predecessor_id WHERE d.successor_id = ?",
                (package.id,),
            )
        ]
        detail.show_whole(package_detail(package, self._dates, waits_for, self._opened, detail.size.width, self.today))

    def action_back(self) -> None:
        """Back to the board."""
        self.dismiss()

    def on_line_view_opened(self) -> None:
        """Enter on a row changes the marked cell."""
        reason = self.why_not_change()
        if reason:
            self.say(reason)
        else:
            self.action_change()

    # Changing.

    def why_not_change(self) -> str | None:
        """Nothing to change in an empty list."""
        return self.why_not_history() or self.why_read_only()

    why_not_mark = why_not_mark_all = why_not_edit = why_not_change

    def why_not_history(self) -> str | None:
        """An empty list has no history."""
        return None if self.view.package else _("There is no package here.")

    def notes_about(self) -> tuple[str, str] | None:
        package = self.view.package
        return ("work_package", package.id) if package else None

    async def action_edit(self) -> None:
        """All fields of the package in a form."""
        from erptui.forms import PACKAGE
        from screens.form import FormScreen

        if package := self.view.package:
            await self.app.push_screen(FormScreen(PACKAGE, package.id, f"{package.code} {package.name}"))

    def action_change(self) -> None:
        """Ask for the new value of the cell under the cursor."""
        package, cell = self.view.package, self.view.cell
        self._seen.clear()
        if package is None:
            return
        if self.view.has_selection and cell != "status":
            self.say(
                _("Dates are changed one package at a time. Take the selection away with space, or change the status.")
            )
            return
        if cell == "status":
            words = " ".join(_(status.label) for status in PackageStatus)
            self.ask(
                Question(
                    _("{code} {column}:").format(code=package.code, column=column_label(cell)),
                    self._save_status(package),
                    placeholder=words,
                )
            )
            return
        self.ask(
            Question(
                _("{code} {column}:").format(code=package.code, column=column_label(cell)),
                self._save_day(package, cell),
                placeholder=_("+3d +1w fri 24.11 2026-11-24 +++"),
            )
        )

    def _save_status(self, package: PackageLine) -> Callable[[str], str | None]:
        def save(text: str) -> str | None:
            status = status_by_words(text)
            if status is None:
                words = listed(_(status.label) for status in PackageStatus)
                refused = _("“{text}” is no status. Type the start of one: {words}.")
                return refused.format(text=cells.cut(text, 40), words=words)
            packages = [self._latest(chosen) for chosen in (self.view.chosen if self.view.has_selection else [package])]
            try:
                set_status(self.store, packages, status.id, self.today)
            except Conflict as conflict:
                return self._refused(package, conflict)
            except Problem as problem:
                return say(problem)
            codes = listed([chosen.code for chosen in packages])
            self.say_done(_("{code}: {status}").format(code=codes, status=_(status.label)))
            self.view.clear_selection()
            return None

        return save

    def _latest(self, package: PackageLine) -> PackageLine:
        """The package as it was when the person last saw it: when the question was asked, or in a refusal since."""
        return self._seen.get(package.id, package)

    def _refused(self, package: PackageLine, conflict: Conflict) -> str:
        """What somebody else has done meanwhile; the next try knows it and goes on."""
        self.erp.see_others()
        self._seen |= {line.id: line for line in self.view.packages if line.id == package.id}
        return " ".join((say(conflict), _("Enter again saves yours.")))

    def _save_day(self, package: PackageLine, cell: str) -> Callable[[str], str | None]:
        engagement = self.erp.engagement
        current = getattr((self._dates or {}).get(package.id, NO_DATES), cell)
        change = set_start if cell == "start" else set_finish

        def save(text: str) -> str | None:
            try:
                day = parse_day(text, self.today, current)
                assert engagement is not None
                given = change(self.store, engagement.id, self._latest(package), day)
            except NotUnderstood as error:
                return str(error)
            except Conflict as conflict:
                return self._refused(package, conflict)
            except Problem as problem:
                return say(problem)
            self.say_done(moved_text(package, cell, given, day, self.today))
            return None

        return save

    def action_mark(self) -> None:
        """Mark the package under the cursor, or all selected, as done."""
        self._mark(self.view.chosen)
        self.view.clear_selection()

    def action_mark_all(self) -> None:
        """Mark all packages of the card, or all selected, as done."""
        view = self.view
        self._mark(view.chosen if view.has_selection else list(view.packages))
        view.clear_selection()

    def _mark(self, packages: list[PackageLine]) -> None:
        unfinished = [package for package in packages if package.status != "done"]
        if not unfinished:
            self.say(_("Done already. c changes the status back."))
            return
        # Chinese has one form for any count, so the code of a single package needs a sentence of its own.
        count = len(unfinished)
        done = _("{code} done") if count == 1 else ngettext("{count} package done", "{count} packages done", count)
        done = done.format(code=unfinished[0].code, count=count)
        self.attempt(lambda: mark_done(self.store, unfinished, self.today), done)

    async def action_history(self) -> None:
        """Who changed what of the package."""
        from screens.history import HistoryScreen

        if package := self.view.package:
            await self.app.push_screen(HistoryScreen(f"{package.code} {package.name}", [package.id]))


def status_by_words(text: str) -> PackageStatus | None:
    """The status that `text` begins, in the language in use, in English or by id; None when none or several."""
    typed = text.strip().casefold()
    found = {
        status
        for status in PackageStatus
        if typed and any(word.casefold().startswith(typed) for word in (_(status.label), status.label, status.id))
    }
    return found.pop() if len(found) == 1 else None
