"""The board: kanban of phases and activities (`method.md` A to E), with what the selected card holds below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.geometry import Size

from db.choices import ActivityId, PhaseId
from db.errors import Problem
from db.labels import N_
from erptui.i18n import _, say
from erptui.method.board import Column, PackageLine, columns_of, move_card, packages_of, rank_card
from erptui.method.gates import GateClosed
from erptui.method.standing import Standing
from screens.board_detail import card_detail, gate_detail
from screens.board_layout import Place, current_phase
from screens.board_lenses import LensScreen, ranked_text
from screens.board_view import BoardView
from screens.text import Line
from screens.widgets.detail import Detail
from screens.widgets.line_view import LineView

PREVIEWED = 40
"""Packages read for the detail; no terminal shows more of them."""


class BoardScreen(LensScreen):
    """Phases × activities. Cards are moved with H and L, ranked with J and K, opened with enter."""

    TITLE = N_("Board")
    LENS = "activities"

    def __init__(self) -> None:
        super().__init__()
        self._columns: list[Column] = []
        self._shown = ""

    def body(self) -> ComposeResult:
        yield BoardView(self.open_place, id="board")
        yield Detail(id="detail", first=self._detail_lines)

    @property
    def view(self) -> BoardView:
        """The board itself."""
        return self.query_one("#board", BoardView)

    def on_mount(self) -> None:
        self.view.hint_text = _("No engagement yet. In a shell: erptui new --help")
        self.reload()

    def read_store(self) -> None:
        engagement = self.erp.engagement
        if engagement and engagement.id != self._shown:
            self._shown = engagement.id
            self.view.forget_place()
        self._columns = columns_of(self.store, engagement.id) if engagement else []
        self.view.show(self._columns, self.erp.plan.standings, self.today)
        late = sum(1 for standing in self.erp.plan.standings.values() if standing.late)
        self.show_title(current_phase(self._columns), late)
        self._show_detail()

    def place_now(self) -> dict[str, str]:
        place = self.view.place
        return {"card": " ".join(place.key)} if place else {}

    def take_place(self, place: Mapping[str, str]) -> None:
        phase, _blank, activity = place.get("card", "").partition(" ")
        self.view.go((phase, activity))

    # The detail follows the cursor.

    def on_line_view_cursor_moved(self, event: LineView.CursorMoved) -> None:
        """At once for a single key; while keys come fast, when they rest."""
        self.query_one("#detail", Detail).follow(self._show_detail)

    def _show_detail(self) -> None:
        detail = self.query_one("#detail", Detail)
        lines = self._detail_lines(detail.size) if detail.size else None
        if lines is not None:
            detail.show(lines)

    def _detail_lines(self, size: Size) -> Sequence[Line] | None:
        with self.reading():
            return self._read_detail(size)
        # Somebody holds the store: the last picture stays.
        return None

    def _read_detail(self, size: Size) -> Sequence[Line]:
        place, plan = self.view.place, self.erp.plan
        if place is None:
            return ()
        if place.gate:
            return gate_detail(place.gate, size.width, size.height, self.today, self.erp.for_client)
        assert place.card is not None
        return card_detail(
            place.card,
            self._packages(place, PREVIEWED),
            plan.dates if plan.known else None,
            plan.standings.get(place.key, Standing()),
            place.column.opened,
            size.width,
            size.height,
            self.today,
            plan.unannounced,
        )

    def _packages(self, place: Place, limit: int) -> list[PackageLine]:
        engagement = self.erp.engagement
        return packages_of(self.store, engagement.id, place.card, limit) if engagement and place.card else []

    # Opening.

    async def open_place(self) -> None:
        """The packages of the card, or the checklist of the gate."""
        place = self.view.place
        if place is None:
            self.say(_("There is no card here yet."))
        elif place.gate:
            await self._open_gate(place.gate.phase)
        else:
            from screens.card import CardScreen

            await self.app.push_screen(CardScreen(place.key))

    async def _open_gate(self, phase: str, then: Place | None = None) -> None:
        from screens.gate import GateScreen

        async def passed(done: bool | None) -> None:
            if done and then:
                self.view.go(then.key)
                await self._move(forward=True)

        waiting = then.card.activity if then and then.card else ""
        await self.app.push_screen(GateScreen(phase, waiting), passed)

    def why_not_history(self) -> str | None:
        """An empty board has no history."""
        return None if self.view.place else _("There is no card here yet.")

    async def action_history(self) -> None:
        """Who changed what of this card or gate."""
        place = self.view.place
        if place is None:
            return
        from screens.history import HistoryScreen

        if place.gate:
            rows = [place.gate.id, *(criterion.id for criterion in place.gate.criteria)]
            title = place.gate.name
        else:
            assert place.card is not None
            rows = [place.card.id]
            with self.reading():
                rows += [package.id for package in self._packages(place, -1)]
            title = f"{place.card.activity} {_(ActivityId(place.card.activity).label)}"
        await self.app.push_screen(HistoryScreen(title, rows))

    def notes_about(self) -> tuple[str, str] | None:
        place = self.view.place
        if place is None:
            return None
        if place.gate:
            return "gate", place.gate.id
        return ("activity", place.card.id) if place.card else None

    # Moving cards.

    def why_not_move_left(self) -> str | None:
        """Gates stay where they are."""
        place = self.view.place
        if place is None:
            return _("There is no card here yet.")
        if place.gate:
            return _("A gate stays where it is: move the cards.")
        return self.why_read_only()

    why_not_move_right = why_not_move_up = why_not_move_down = why_not_move_left

    async def action_move_left(self) -> None:
        """The card's open packages to the phase before."""
        await self._move(forward=False)

    async def action_move_right(self) -> None:
        """The card's open packages to the next phase, over its gate."""
        await self._move(forward=True)

    async def _move(self, *, forward: bool) -> None:
        place, engagement = self.view.place, self.erp.engagement
        if place is None or place.card is None or engagement is None:
            return
        card = place.card
        try:
            target = move_card(self.store, engagement.id, card, forward=forward)
        except GateClosed as closed:
            await self._open_gate(closed.gate.phase, then=place)
            return
        except Problem as problem:
            self.say(say(problem), "error")
            return
        self.view.go((target, card.activity))
        text = _("{activity} moved to {phase}").format(activity=card.activity, phase=_(PhaseId(target).label))
        self.say_done(text)

    def action_move_up(self) -> None:
        """The card one place up in its phase."""
        self._rank(down=False)

    def action_move_down(self) -> None:
        """The card one place down in its phase."""
        self._rank(down=True)

    def _rank(self, *, down: bool) -> None:
        place = self.view.place
        if place and place.card:
            column, card = place.column, place.card
            said = ranked_text(card.activity, column.cards, card, down=down)
            self.attempt(lambda: rank_card(self.store, column, card, down=down), said)

    # What needs the list of the card.

    def why_not_change(self) -> str | None:
        """Dates and states belong to packages."""
        return _("Open the card with ⏎: c changes a date or a status of its packages.")

    def action_change(self) -> None:
        """Never reached: `why_not_change` says where to go."""

    def why_not_mark(self) -> str | None:
        """Packages are done, not cards."""
        return _("Open the card with ⏎: m marks its packages as done.")

    def action_mark(self) -> None:
        """Never reached: `why_not_mark` says where to go."""

    # Out.

    def why_not_export_calendar(self) -> str | None:
        """An empty store has no milestones."""
        return None if self.erp.engagement else _("There is no engagement to export.")

    def action_export_calendar(self) -> None:
        """The milestones and gates of the engagement as an iCalendar file."""
        from screens.export import ask_for_calendar

        if self.erp.engagement:
            ask_for_calendar(self, self.erp.engagement.code)
