"""The trash: what was deleted, newest first, to be brought back with all that went with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from db.labels import N_, NP_
from erptui.history import ValueWords, short_moment_of
from erptui.i18n import _, language, listed, ngettext
from erptui.trash import DeletedRow, bring_back, deleted_rows
from screens.actions import Action, common, grouped
from screens.register_finding import COLUMNS, FindingScreen
from screens.trash_layout import WHEN, columns, listing_of, trash_detail
from screens.widgets.detail import Detail
from screens.widgets.register import RegisterHead, RegisterView
from screens.widgets.register_columns import RegisterColumn

if TYPE_CHECKING:
    from screens.app import ErpApp

BRING_BACK = grouped(
    N_("The row under the cursor"),
    Action(
        "bring-back",
        ("enter", "m", "f8"),
        NP_("key", "Bring back"),
        N_("Bring it back with all that went with it; undo puts it into the trash again."),
        rank=1,
    ),
)
_SHARED = ("history", "filter", "sort", "copy")


async def open_trash(app: ErpApp) -> None:
    """The trash; the place in the list of whoever was there already stays."""
    while any(isinstance(screen, TrashScreen) for screen in app.screen_stack[:-1]):
        app.pop_screen()
    if not isinstance(app.screen, TrashScreen):
        await app.push_screen(TrashScreen())


class TrashView(RegisterView):
    """Rows of which no cell is changed."""

    @property
    def cell(self) -> RegisterColumn | None:
        return None


class TrashScreen(FindingScreen):
    """`D`: the trash. Enter brings back what is selected."""

    TITLE = NP_("place", "Trash")
    CSS = """
    TrashScreen #trash { height: 1fr; }
    TrashScreen #detail { height: 7; }
    """
    ACTIONS = (
        *BRING_BACK,
        *(action for action in common.COMMON if action.id in _SHARED),
        *COLUMNS,
        *(action for action in common.MOVE if action.id not in ("left", "right")),
        *common.GO,
        *(replace(action, rank=6) if action.id == "back" else action for action in common.PROGRAM),
    )

    def __init__(self) -> None:
        super().__init__()
        self._view = TrashView(columns(lambda: self.today), "", self.hint_text, self._open, id="trash")
        self._head = RegisterHead(self._view)
        self._deleted: dict[str, DeletedRow] = {}
        self._read_at: tuple[object, ...] = ()

    def body(self) -> ComposeResult:
        yield self._head
        yield self._view
        yield Detail(id="detail")

    @property
    def view(self) -> RegisterView:
        """The list."""
        return self._view

    def on_mount(self) -> None:
        super().on_mount()
        self._view.choice = self.erp.column_choices.setdefault("trash", self._view.choice)
        self.reload()
        # Newest first.
        self._view.sort(WHEN)
        self._view.sort(WHEN)
        self._head.refresh()

    def title_text(self) -> str:
        return _(self.TITLE)

    def empty_text(self) -> str:
        return _("The trash is empty. d moves a row there, on any list.")

    async def _open(self) -> None:
        self.action_bring_back()

    # Reading.

    def read_store(self) -> None:
        engagement = self.erp.engagement.id if self.erp.engagement else None
        stamp = (self.erp.audience, engagement, language(), self.store.newest_change)
        if stamp == self._read_at:
            return
        if self._read_at and stamp[0] != self._read_at[0]:
            # Somebody else looks on: what was looked for may be internal itself.
            self._view.clear_selection()
            self._view.narrow("", self.today)
        found = deleted_rows(self.store, audience=self.erp.audience, engagement=engagement)
        self._read_at, self._deleted = stamp, {one.id: one for one in found}
        self._view.show(listing_of(found))
        self.after_choice()
        self._head.refresh()
        self.show_detail()
        self.keys_changed()

    def show_detail(self) -> None:
        detail, current = self.detail, self._view.current_id
        if current is None or not detail.size.width:
            detail.show(())
            return
        one, room = self._deleted[current], max(7, (self.app.size.height - 3) // 2)
        with self.reading():
            moment, words = short_moment_of(one.moment), ValueWords(self.store)
            detail.show_whole(trash_detail(one, words, moment, detail.size.width, room, self.erp.audience))

    # The way back.

    def why_not_bring_back(self) -> str | None:
        """Nothing there, or nothing can be changed."""
        return self.why_not_history() or self.why_read_only()

    def action_bring_back(self) -> None:
        """Those selected, or the one under the cursor, with all that went with them."""
        rows = self._view.selected_ids
        names = self._names(rows)
        if self.attempt(lambda: bring_back(self.store, rows)):
            self._view.clear_selection()
            self.after_choice()
            self.say_done(names)

    def _names(self, rows: Sequence[str]) -> str:
        if len(rows) > 1:
            return ngettext("{count} row brought back", "{count} rows brought back", len(rows)).format(count=len(rows))
        return _("{name} brought back").format(name=listed(self._deleted[row].name for row in rows))

    async def action_history(self) -> None:
        """Who changed what of the row before it was deleted."""
        from screens.history import HistoryScreen

        if (current := self._view.current_id) is not None:
            await self.app.push_screen(HistoryScreen(self._deleted[current].name, [current]))
