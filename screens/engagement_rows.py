"""A list of engagements: each is entered, edited, written about; leads are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from erptui.engagements import engagements
from erptui.i18n import _
from screens.prospects import ProspectsScreen
from screens.rooms import go_to
from screens.widgets.edit_line import Question

if TYPE_CHECKING:
    from erptui.portfolio import PortfolioLine


class EngagementScreen(ProspectsScreen):
    """A list of engagements. Override `current_line`, `go_to_engagement`."""

    @property
    def current_line(self) -> PortfolioLine | None:
        """The engagement under the cursor."""
        raise NotImplementedError

    def go_to_engagement(self, engagement: str) -> None:
        """Put the cursor on one that was made just now."""
        raise NotImplementedError

    def why_not_here(self) -> str | None:
        """There is no engagement under the cursor."""
        return None if self.current_line else _("There is no engagement here.")

    def why_not_one(self) -> str | None:
        """What becomes of an engagement is said of one at a time; nor can it be where nothing can be changed."""
        return self.why_not_here() or self.why_read_only()

    # Entering.

    async def enter_current(self) -> None:
        """Make the engagement under the cursor the current one and show its board."""
        line = self.current_line
        if line and self.make_current(line.id):
            await go_to(self.erp, "board", "activities")

    def make_current(self, engagement: str) -> bool:
        """Make an engagement the current one; False where it is gone."""
        found = next((line for line in engagements(self.store) if line.id == engagement), None)
        if found is None:
            return False
        # What was done to another one says nothing of the finish of this one.
        self.erp.effect = None
        if self.erp.engagement is None or self.erp.engagement.id != engagement:
            self.erp.enter(found)
        return True

    def enter_for_client(self) -> bool:
        """A client who looks on from here sees the engagement under the cursor; False while the store is held."""
        with self.reading():
            if line := self.current_line:
                self.make_current(line.id)
            return True
        return False

    # A lead.

    def why_not_add(self) -> str | None:
        """Nothing can be added to what is open for reading only."""
        return self.why_read_only()

    def action_add(self) -> None:
        """A lead by one line; tab opens the form with what was typed."""
        from screens.lead_line import LeadAsked

        with self.reading():
            self.erp.known_people.prepare(self)
        asked = LeadAsked(self)
        self.ask(
            Question(
                _("New lead:"),
                asked.save,
                placeholder=_("Huaxin Precision HX27 @wl >2w"),
                changed=asked.say_reading,
                whole=asked.whole_form,
            )
        )

    # The row.

    def why_not_edit(self) -> str | None:
        """Nothing there, or nothing can be changed."""
        return self.why_not_here() or self.why_read_only()

    async def action_edit(self) -> None:
        """All fields of the engagement in a form."""
        from erptui.forms import ENGAGEMENT
        from screens.form import FormScreen

        if line := self.current_line:
            await self.app.push_screen(FormScreen(ENGAGEMENT, line.id, f"{line.code} {line.name}"))

    def why_not_history(self) -> str | None:
        """Nothing happened to nothing."""
        return self.why_not_here()

    async def action_history(self) -> None:
        """Who changed what of the engagement and its gates."""
        from screens.history import HistoryScreen

        if line := self.current_line:
            gates = self.store.rows("SELECT id FROM gate WHERE engagement_id = ?", (line.id,))
            rows = [line.id, *(gate for (gate,) in gates)]
            await self.app.push_screen(HistoryScreen(f"{line.code} {line.name}", rows))

    def notes_about(self) -> tuple[str, str] | None:
        line = self.current_line
        return ("engagement", line.id) if line else None
