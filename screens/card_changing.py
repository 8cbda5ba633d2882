"""Changing the packages of a card in place: status and dates of one or of all selected, done, to the trash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from db.choices import PackageStatus
from db.errors import Conflict, Problem
from erptui import cells
from erptui.entry import NotUnderstood, parse_day
from erptui.i18n import _, listed, ngettext, say
from erptui.method.board import PackageLine, mark_done, package_lines, set_status
from erptui.method.reschedule import set_finishes, set_starts
from erptui.package_dates import PackageDates
from erptui.packages import trash_packages
from screens.card_list import column_label, moved_text
from screens.repeat import Apply, SteppingScreen
from screens.store_screen import StoreScreen
from screens.widgets.edit_line import Question

MOST_NAMED = 5


class PackageList(Protocol):
    """Packages with a cursor and a selection; `cell` is the one of the package under the cursor that `c` changes."""

    cell: str

    @property
    def package(self) -> PackageLine | None:
        """The package under the cursor."""

    @property
    def packages(self) -> Sequence[PackageLine]:
        """Those that a verb on all of them acts on."""

    @property
    def chosen(self) -> list[PackageLine]:
        """Those that a verb acts on."""

    @property
    def has_selection(self) -> bool:
        """Whether packages are marked."""

    def clear_selection(self) -> None:
        """Unmark them."""

    def go_to(self, package: str) -> bool:
        """Put the cursor on a package; whether it is there."""


class PackageChangingScreen(SteppingScreen):
    """A screen over packages whose cells are changed. Give `view`."""

    ROW_TABLE = "work_package"

    @property
    def view(self) -> PackageList:
        """The list."""
        raise NotImplementedError

    def selection_changed(self) -> None:
        """Others are selected than before."""

    def rows_to_change(self) -> list[str]:
        return [package.id for package in self.view.chosen]

    def changed(self) -> None:
        self.view.clear_selection()
        self.selection_changed()

    def why_not_change(self) -> str | None:
        """Nothing to change in an empty list."""
        return (None if self.view.package else _("There is no package here.")) or self.why_read_only()

    why_not_mark = why_not_mark_all = why_not_edit = why_not_trash = why_not_change

    # The cell.

    def action_change(self) -> None:
        """Ask for the new value of the cell under the cursor, of all selected packages."""
        packages = self.view.chosen
        if packages:
            _Cell(self, packages, self.view.cell).ask()

    async def open_form(self, package: PackageLine, cell: str, text: str) -> None:
        """All fields of a package in a form, with what was typed where the cell is one of them."""
        from erptui.forms import PACKAGE
        from screens.form import FormScreen

        given = {cell: text} if cell == "status" and text.strip() else None
        await self.app.push_screen(FormScreen(PACKAGE, package.id, f"{package.code} {package.name}", given=given))

    # A date by steps.

    @property
    def is_undated(self) -> bool:
        return self.view.package is not None and self.view.cell == "status"

    def step(self, text: str) -> None:
        cell = self.view.cell
        self.change_rows(" ".join((column_label(cell), text)), dating(cell, text))

    # Done.

    def action_mark(self) -> None:
        """Mark the package under the cursor, or all selected, as done."""
        self._mark(self.view.chosen)

    def action_mark_all(self) -> None:
        """Mark all packages of the card, or all selected, as done."""
        view = self.view
        self._mark(view.chosen if view.has_selection else list(view.packages))

    def _mark(self, packages: Sequence[PackageLine]) -> None:
        try:
            done = mark(self, [package.id for package in packages])
        except Problem as problem:
            self.say(say(problem), "error")
            return
        self.remember(_(PackageStatus.DONE.label), mark)
        if done:
            self.say_done(done)
        else:
            self.say(_("Done already. c changes the status back."))
        self.changed()

    # Trash.

    def action_trash(self) -> None:
        """Those selected, or the one under the cursor, with their links and deliverables."""
        packages = [(package.id, package.code) for package in self.view.chosen]
        if self.move_to_trash(lambda: trash_packages(self.store, packages)):
            self.changed()


def mark(screen: StoreScreen, rows: Sequence[str]) -> str:
    """Mark packages as done, and say which; empty where all were done already."""
    unfinished = [package for package in package_lines(screen.store, rows) if package.status != "done"]
    if not unfinished:
        return ""
    mark_done(screen.store, unfinished, screen.today)
    # Chinese has one form for any count, so the code of a single package needs a sentence of its own.
    count = len(unfinished)
    done = _("{code} done") if count == 1 else ngettext("{count} package done", "{count} packages done", count)
    return done.format(code=unfinished[0].code, count=count)


def giving_status(status: PackageStatus) -> Apply:
    """The change of a status, to be made on any packages."""
    return lambda screen, rows: write_status(screen, package_lines(screen.store, rows), status)


def write_status(screen: StoreScreen, packages: Sequence[PackageLine], status: PackageStatus) -> str:
    """Give packages a status, and say which; empty where all of them have it. Raises as `set_status` does."""
    different = [package for package in packages if package.status != status.id]
    if not different:
        return ""
    set_status(screen.store, different, status.id, screen.today)
    codes = [package.code for package in different]
    if len(codes) > MOST_NAMED:
        count = ngettext("{count} package", "{count} packages", len(codes)).format(count=len(codes))
        return _("{code}: {status}").format(code=count, status=_(status.label))
    return _("{code}: {status}").format(code=listed(codes), status=_(status.label))


def dating(cell: str, text: str) -> Apply:
    """The change of a start or a finish to what was typed, to be made on any packages."""
    return lambda screen, rows: write_days(screen, package_lines(screen.store, rows), cell, text)


def write_days(screen: StoreScreen, packages: Sequence[PackageLine], cell: str, text: str) -> str:
    """Give packages a start or a finish, `+3d` from the one each has, and say what that did.

    Raises `NotUnderstood` for the text, else as `set_starts` does.
    """
    engagement = screen.erp.engagement
    if engagement is None or not packages:
        return ""
    wanted: dict[str, date] = {}

    def day_of(package: PackageLine, dates: PackageDates) -> date:
        wanted[package.id] = parse_day(text, screen.today, dates.start if cell == "start" else dates.finish)
        return wanted[package.id]

    change = set_starts if cell == "start" else set_finishes
    moved = change(screen.store, engagement.id, packages, day_of)
    if len(packages) == 1:
        return moved_text(packages[0], cell, moved[0], wanted[packages[0].id], screen.today)
    count = ngettext("{count} package", "{count} packages", len(packages)).format(count=len(packages))
    return _("{column} {value}: {count}").format(column=column_label(cell), value=text.strip(), count=count)


class _Cell:
    """A cell while its new value is asked for; what it was when it was last seen."""

    def __init__(self, screen: PackageChangingScreen, packages: Sequence[PackageLine], cell: str) -> None:
        self._screen, self._packages, self._cell = screen, list(packages), cell

    def ask(self) -> None:
        """Open the line."""
        screen, one = self._screen, self._packages[0]
        several = len(self._packages)
        label = _("{code} {column}:").format(code=one.code, column=column_label(self._cell))
        if several > 1:
            count = ngettext("{count} package", "{count} packages", several).format(count=several)
            label = _("{column} of {count}:").format(column=column_label(self._cell), count=count)
        states = " ".join(_(status.label) for status in PackageStatus)
        screen.ask(
            Question(
                label,
                self._save,
                placeholder=states if self._cell == "status" else _("+3d +1w fri 24.11 2026-11-24 +++"),
                whole=self._open_form if several == 1 else None,
                no_form=_("A form shows one row at a time. Take the selection away with space first."),
            )
        )

    async def _open_form(self, text: str) -> None:
        await self._screen.open_form(self._packages[0], self._cell, text)

    def _save(self, text: str) -> str | None:
        screen = self._screen
        try:
            done, words, apply = self._write(text)
        except NotUnderstood as refused:
            return str(refused)
        except Conflict as conflict:
            # What somebody else has done meanwhile is seen now; the next try goes on from it.
            screen.erp.see_others()
            self._packages = package_lines(screen.store, [package.id for package in self._packages])
            return " ".join((say(conflict), _("Enter again saves yours.")))
        except Problem as problem:
            return say(problem)
        screen.remember(words, apply)
        screen.say_changed(done)
        return None

    def _write(self, text: str) -> tuple[str, str, Apply]:
        """Change the packages; what was done, the words of the change, and the change itself."""
        if self._cell == "status":
            status = status_by_words(text)
            if status is None:
                words = listed(_(one.label) for one in PackageStatus)
                refused = _("“{text}” is not a status. Type the start of one: {words}.")
                raise NotUnderstood(refused.format(text=cells.cut(text, 40), words=words))
            done = write_status(self._screen, self._packages, status)
            return done, _(status.label), giving_status(status)
        done = write_days(self._screen, self._packages, self._cell, text)
        return done, " ".join((column_label(self._cell), text.strip())), dating(self._cell, text)


def status_by_words(text: str) -> PackageStatus | None:
    """The status that `text` begins, in the language in use, in English or by id; None when none or several."""
    typed = text.strip().casefold()
    found = {
        status
        for status in PackageStatus
        if typed and any(word.casefold().startswith(typed) for word in (_(status.label), status.label, status.id))
    }
    return found.pop() if len(found) == 1 else None
