"""What `P` does to every screen: for a client who looks on, what is internal and every other engagement disappear.

A client sees one engagement, as in a file (`erptui.contacts.hand_out`). Screens ask `context`, or `for_client` where
they show what is in no register. Notes and touches are internal as a whole.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from erptui import clock
from erptui.engagements import NOWHERE, EngagementLine
from erptui.i18n import _
from screens.frame import FrameScreen
from screens.rooms import screen_class
from screens.settled import SettledApp
from screens.widgets.bars import Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from db.store import Reader
    from erptui.entry import People
    from erptui.registers.context import Context
    from screens.touch import KnownPeople


class ProjectorApp(SettledApp):
    """An app over a store that knows who looks at it."""

    engagement: EngagementLine | None
    effect: tuple[str, date | None] | None
    audience: str
    look_again = False
    """Whether something could not be read, while somebody else held the store."""
    demo = False
    """Whether what is shown is invented."""

    @property
    def for_client(self) -> bool:
        """Whether a client looks on."""
        return self.audience == "client"

    def context(self, reader: Reader) -> Context:
        """What a register is read with: all of it, or what the client of the current engagement may see."""
        from erptui.registers.context import Context

        if not self.for_client:
            return Context(reader, clock.today())
        return Context(reader, clock.today(), self.engagement or NOWHERE, "client")

    @cached_property
    def known_people(self) -> KnownPeople:
        """Who can be meant by a name that is typed."""
        from screens.touch import KnownPeople

        return KnownPeople(self.store)

    def nameable(self, people: People) -> People:
        """Those of `people` whom a name may mean that is typed: while a client looks on, those whom the client sees."""
        if not self.for_client:
            return people
        from erptui.entry import People as Found
        from erptui.registers.people import PEOPLE

        condition, values = PEOPLE.chosen(self.context(self.store))
        seen = {row for (row,) in self.store.rows(f"SELECT id FROM person WHERE {condition}", values)}
        return Found((one for one in people.candidates.values() if one.id in seen), people.me)

    def title_marks(self) -> Sequence[Part]:
        """What stands in line 1 of every screen, however narrow it is."""
        marks = [Part([(_("DEMO"), "bold amber")], rank=0)] if self.demo else []
        if self.for_client:
            marks.append(Part([(" " + _("CLIENT VIEW") + " ", "bold inverse amber")], rank=0))
        return marks

    def label_projector(self) -> str | None:
        """The footer says what the key does now."""
        return _("Leave client view") if self.for_client else None

    def why_not_projector(self) -> str | None:
        """A client sees one engagement; what is typed and not saved yet is nobody's to see."""
        if self.for_client:
            return None
        if self.engagement is None:
            return _("There is no engagement to show to a client.")
        if self.keyboard.text_field is not None or not getattr(self.screen, "CLIENT_MAY_COME", True):
            return _("Save or leave this first: a client may not see it.")
        return None

    def action_projector(self) -> None:
        """Turn the client view on or off; every open screen reads again."""
        self.effect = None
        if self.for_client:
            self.audience = "internal"
            self._show_again()
            self.say(_("Everything is shown again."))
            return
        if (enter := getattr(self.screen, "enter_for_client", None)) and not enter():
            return
        self.audience = "client"
        if self._show_again():
            self._leave_internal_screens()
            self.say(_("Client view. P leaves it."))
        else:
            # What a client must not see might still stand somewhere.
            self.audience = "internal"
            self._show_again()
            self.say(_("Somebody else is writing just now. Press P again."), "error")

    def _leave_internal_screens(self) -> None:
        """Back to where a client may look: what was opened from an internal screen goes with it."""
        for place, screen in enumerate(self.screen_stack):
            if getattr(screen, "INTERNAL", False) or getattr(screen, "OF_ONE_ROW", False):
                while len(self.screen_stack) > max(1, place):
                    self.pop_screen()
                if place == 0:
                    # Where everything began on an internal screen, the board of the engagement lies under it all.
                    self.switch_screen(screen_class("board", "activities")())
                break

    def _show_again(self) -> bool:
        """Whether every open screen could read again."""
        for screen in self.screen_stack:
            if isinstance(screen, FrameScreen):
                screen.footer.clear()
                screen.mark_title()
        before, self.look_again = self.look_again, False
        self.store_changed()
        refused, self.look_again = self.look_again, self.look_again or before
        return not refused
