"""The packages of a card in a list: changed in place, added by a line, gone through one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.app import ComposeResult

from db.choices import ActivityId
from db.labels import N_
from erptui.i18n import _, ngettext
from erptui.method.board import Card, columns_of, packages_of
from erptui.place import line_in
from screens.actions import Action, common
from screens.board_detail import Dates
from screens.card_list import package_detail
from screens.card_view import ListHead, PackagesView
from screens.glyphs import UNICODE as SIGNS
from screens.package_screen import PackageScreen
from screens.widgets.bars import Part
from screens.widgets.detail import Detail


def _here(action: Action) -> Action:
    """An action of the common table as the list of a card means it."""
    if action.id == "open":
        return replace(action, label=N_("Change"), help=N_("Change just this cell."), rank=4)
    ranks = {"back": 6, "repeat": 2}
    return replace(action, rank=ranks.get(action.id, action.rank))


class CardScreen(PackageScreen):
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
        self.selection_changed()
        self.show_detail()

    def selection_changed(self) -> None:
        """Line 1 says how many are done, and how many selected."""
        engagement, activity = self.erp.engagement, self._key[1]
        code = engagement.code if engagement else ""
        done = _("{done} of {total} done").format(done=self._card.done, total=self._card.total) if self._card else ""
        parts = [Part([(done, "dim")])]
        if self.view.has_selection:
            count = len(self.view.selected)
            selected = ngettext("{count} selected", "{count} selected", count).format(count=count)
            parts.append(Part([(f"{SIGNS.chosen} {selected}", "bold accent")]))
        self.set_title(
            [(code, "bold accent"), (f"  {SIGNS.step}  {activity} {_(ActivityId(activity).label)}", "bold")], parts
        )

    @property
    def _dates(self) -> Dates | None:
        plan = self.erp.plan
        return plan.dates if plan.known else None

    def cursor_moved(self) -> None:
        self.show_detail()
        self._show_head()
        self.selection_changed()

    def _show_head(self) -> None:
        head = self.query_one("#head", ListHead)
        if (head.cell, head.columns) != (self.view.cell, self.view.columns):
            head.cell, head.columns = self.view.cell, self.view.columns
            head.refresh()

    def show_detail(self) -> None:
        with self.reading():
            self._read_detail()

    def _read_detail(self) -> None:
        detail, package = self.detail, self.view.package
        if package is None or not detail.size.width:
            detail.show(())
            return
        waits_for = self.predecessors(package.id)
        detail.show_whole(package_detail(package, self._dates, waits_for, self._opened, detail.size.width, self.today))

    def place_now(self) -> dict[str, str]:
        package = self.view.package
        row = {"row": package.id} if package else {}
        return {"screen": "card", "of": " ".join(self._key), **row, "line": str(self.view.cursor)}

    def take_place(self, place: Mapping[str, str]) -> None:
        if not self.view.go_to(place.get("row", "")):
            self.view.move_cursor(line_in(place))

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

    def new_place(self) -> tuple[str, str]:
        return self._key
