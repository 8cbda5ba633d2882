"""Finding lines of Today: filter as one types, copy as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from db.labels import N_
from erptui.i18n import _, labelled
from screens.actions import Action
from screens.detailed import DetailedScreen
from screens.widgets.edit_line import EditLine, Question

if TYPE_CHECKING:
    from erptui.attention.lines import AgendaLine, Matter
    from erptui.attention.look import Attention
    from erptui.filtering import Filter
    from screens.today_view import TodayView


def _wanted(text: str, today: date) -> Filter:
    """What is typed as a filter of lines."""
    from erptui.filtering import FieldKind, FilterField, compile_filter

    fields = (
        FilterField("project", N_("Engagement"), key=0),
        FilterField("activity", N_("Activity"), key=1),
        FilterField("rule", N_("Rule"), key=2),
        FilterField("days", N_("Days late"), FieldKind.NUMBER, key=3),
    )
    return compile_filter(text, fields, today)


class Found(DetailedScreen):
    """A screen over lines that are filtered. Give `view`, `_show`."""

    filter_text = ""
    _filter_open = False

    @property
    def view(self) -> TodayView:
        """The list."""
        raise NotImplementedError

    def _show(self) -> None:
        raise NotImplementedError

    def chosen_of(self, found: Attention) -> tuple[Sequence[Matter], Sequence[AgendaLine], Sequence[Matter]]:
        """What of this fits the filter: what needs somebody, what lies ahead, what was put off."""
        if not self.filter_text.strip():
            return found.matters, found.ahead, found.quiet
        from erptui.filtering import search_text

        wanted = _wanted(self.filter_text, self.today)

        def fitting(matters: Sequence[Matter]) -> list[Matter]:
            return [
                matter
                for matter in matters
                if wanted.matches(
                    (matter.code, matter.activity, matter.rule, matter.days),
                    search_text((matter.code, matter.activity, matter.rule, matter.text, matter.why, matter.reason)),
                )
            ]

        ahead = [
            line
            for line in found.ahead
            if wanted.matches((line.code, "", "", 0), search_text((line.code, line.text, line.who)))
        ]
        return fitting(found.matters), ahead, fitting(found.quiet)

    def tables(self) -> tuple[Action, ...]:
        """While a filter is typed, the arrows still walk over the lines."""
        if not (self.asking and self._filter_open):
            return super().tables()
        from screens.register_finding import WHILE_FILTERING

        return (*super().tables(), *WHILE_FILTERING)

    def action_filter(self) -> None:
        """Show only the lines that fit what is typed."""
        self._ask_filter(self.filter_text)

    def typed_elsewhere(self, text: str) -> bool:
        """Chinese typed outside a field is looked for."""
        if self.asking:
            return False
        self._ask_filter(text)
        self.narrow(text)
        return True

    def _ask_filter(self, text: str) -> None:
        self._filter_open = True
        self.ask(
            Question(
                _("Filter:"),
                self._keep_filter,
                value=text,
                placeholder=_("words, project:HX26, days>5"),
                changed=self.narrow,
                left=self._clear_filter,
                passing=True,
                verb=N_("Filter"),
            )
        )

    def narrow(self, text: str) -> None:
        """Show only the lines that fit, and say what of the text is not understood."""
        self.filter_text = text
        self._show()
        if self.asking and (reason := self._not_understood(text)):
            self.query_one(EditLine).remark(reason)

    def _not_understood(self, text: str) -> str | None:
        problem = next(iter(_wanted(text, self.today).problems), None) if text.strip() else None
        return labelled(text[problem.start : problem.end], problem.reason) if problem else None

    def _keep_filter(self, text: str) -> str | None:
        if text != self.filter_text:
            # Enter was quicker than the list.
            self.narrow(text)
        # A part that hides nothing must not stand in the title as if it did.
        if reason := self._not_understood(text):
            return reason
        self._filter_open = False
        return None

    def _clear_filter(self) -> None:
        self._filter_open = False
        self.narrow("")

    def action_next_match(self) -> None:
        """One down while typing."""
        self.view.action_down()

    def action_previous_match(self) -> None:
        """One up while typing."""
        self.view.action_up()

    def why_not_back(self) -> str | None:
        """Nothing to clear, and no screen below."""
        return None if self.filter_text or self.view.has_selection else self.erp.why_not_back()

    def action_back(self) -> None:
        """First the filter goes, then the selection, then the screen."""
        if self.filter_text:
            self._clear_filter()
        elif self.view.has_selection:
            self.view.clear_selection()
            self._show()
        else:
            self.dismiss()

    # Copy.

    def why_not_copy(self) -> str | None:
        """Nothing to copy yet."""
        return None if self.view.is_read else _("Still reading. Try again in a moment.")

    def action_copy(self) -> None:
        """What is shown, or the lines selected, as plain text."""
        self.app.copy_to_clipboard(self.view.as_text())
        self.say(_("Copied as text. Paste it into a mail or a chat."))
