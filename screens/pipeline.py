"""The board's lens of phases × engagements: the consultant's pipeline of leads, projects and after-sales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.geometry import Size

from db.labels import N_
from erptui.commitments import turnings_of
from erptui.filtering import SearchTexts, compile_filter, search_text
from erptui.i18n import _
from erptui.portfolio import PortfolioLine, people_of, portfolio
from screens.board_lenses import LENSES, LensScreen
from screens.glyphs import UNICODE as SIGNS
from screens.outcomes import OutcomeScreen
from screens.pipeline_layout import UNKNOWN, KnownEngagement, engagement_detail, line_as_text
from screens.pipeline_view import PipelineView
from screens.text import Line
from screens.widgets.bars import Part
from screens.widgets.detail import Detail
from screens.widgets.edit_line import Question

MOST_TURNINGS = 12
"""Steps read for the lower part."""


class PipelineScreen(OutcomeScreen, LensScreen):
    """`v e`: phases × engagements. `L` wins a lead or opens the next gate, `m` says what became of it."""

    TITLE = N_("Pipeline")
    LENS = "engagements"
    CSS = """
    PipelineScreen #pipeline { height: 1fr; }
    PipelineScreen #detail { height: 33%; min-height: 4; max-height: 16; }
    """
    ACTIONS = (*OutcomeScreen.ACTIONS, *LENSES)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[PortfolioLine] = ()
        self._searched = SearchTexts()
        self._filter = ""

    def body(self) -> ComposeResult:
        yield PipelineView(self.open_spot, id="pipeline")
        yield Detail(id="detail", first=self._detail_lines)

    @property
    def view(self) -> PipelineView:
        """The columns."""
        return self.query_one("#pipeline", PipelineView)

    def on_mount(self) -> None:
        if self.erp.engagement and not self._wanted_place:
            self.view.go(self.erp.engagement.id)
        self.reload()

    def read_store(self) -> None:
        self._lines = portfolio(self.store)
        self._searched = SearchTexts(search_text((line.code, line.name, line.client)) for line in self._lines)
        self._show()
        self.look_ahead()

    def prospects_known(self) -> None:
        self._show()

    def _show(self) -> None:
        lines = self._lines
        if self._filter.strip():
            wanted = compile_filter(self._filter, (), self.today)
            lines = [lines[place] for place in wanted.chosen(lines, self._searched)]
        self.view.hint_text = (
            _("No engagement fits the filter. esc clears it.")
            if self._lines
            else _("No engagement yet. a adds a lead: Huaxin Precision HX27 @wl >2w.")
        )
        self.view.show(lines, self.ahead, self.today)
        self._show_title(len(lines))
        self._show_detail()
        self.keys_changed()

    def _show_title(self, shown: int) -> None:
        count = str(shown)
        if shown < len(self._lines):
            count = _("{shown} of {total}").format(shown=shown, total=len(self._lines))
        left: Line = [(_("Pipeline"), "bold accent"), (f"  {count}", "dim")]
        if self._filter.strip():
            left = [*left, (f"  {SIGNS.step}  {self._filter.strip()}", "bold")]
        self.set_title(left, [Part([(_("read only"), "amber")])] if self.store.read_only else [])

    # The engagement under the cursor.

    @property
    def current_line(self) -> PortfolioLine | None:
        return self.view.current

    def go_to_engagement(self, engagement: str) -> None:
        if self._filter:
            self._narrow("")
        self.view.go(engagement)
        self._show_detail()

    async def open_spot(self) -> None:
        """Enter the engagement; open and close the fold of those that are over."""
        spot = self.view.spot
        if spot is None:
            return
        if spot.line:
            await self.enter_current()
            return
        self.view.opened ^= {spot.phase}
        self.view.lay_out()

    def why_not_here(self) -> str | None:
        if self.view.spot and not self.view.current:
            return _("These are lost or dropped. Enter shows them.")
        return super().why_not_here()

    def touched(self) -> list[str]:
        """Where an engagement has one person, a touch is with that one."""
        line = self.current_line
        people = people_of(self.store, line.id) if line else ()
        return [people[0].id] if len(people) == 1 else []

    # The lower part.

    def on_line_view_cursor_moved(self) -> None:
        self.query_one("#detail", Detail).follow(self._show_detail)
        self.keys_changed()

    def _show_detail(self) -> None:
        if not self.is_mounted:
            return
        detail = self.query_one("#detail", Detail)
        lines = self._detail_lines(detail.size) if detail.size else None
        if lines is not None:
            detail.show(lines)

    def _detail_lines(self, size: Size) -> Sequence[Line] | None:
        with self.reading():
            line = self.current_line
            if line is None:
                return ()
            known = KnownEngagement(
                people_of(self.store, line.id), turnings_of(self.store, line.id, ("status",), MOST_TURNINGS)
            )
            return engagement_detail(line, self.ahead.get(line.id, UNKNOWN), known, size.width, self.today)[
                : size.height
            ]
        return None

    # Finding.

    def action_filter(self) -> None:
        """Show only the engagements that fit what is typed."""
        self.ask(
            Question(
                _("Filter:"),
                self._keep_filter,
                value=self._filter,
                placeholder=_("a part of code, name or client"),
                changed=self._narrow,
                left=lambda: self._narrow(""),
                passing=True,
                verb=N_("Filter"),
            )
        )

    def _keep_filter(self, text: str) -> str | None:
        self._narrow(text)
        return None

    def _narrow(self, text: str) -> None:
        self._filter = text
        self._show()

    async def action_back(self) -> None:
        """First the filter goes; then back to the screen below, or to the board of the engagement."""
        if self._filter:
            self._narrow("")
        elif len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            await self.action_view_activities()

    # Out.

    def why_not_copy(self) -> str | None:
        """Nothing to copy."""
        return self.why_not_here()

    def action_copy(self) -> None:
        """The engagement as plain text, without anything internal."""
        if line := self.current_line:
            self.app.copy_to_clipboard(line_as_text(line, self.ahead.get(line.id, UNKNOWN), self.today))
            self.say(_("{code} copied as text. Paste it into a mail or a chat.").format(code=line.code))

    # The place.

    def place_now(self) -> dict[str, str]:
        spot = self.view.spot
        return {"row": spot.key if spot else "", "filter": self._filter}

    def take_place(self, place: Mapping[str, str]) -> None:
        if place.get("filter"):
            self._narrow(place["filter"])
        if place.get("row"):
            self.view.go(place["row"])
