"""Finding packages on the board of a phase: filter as one types, and copying what is shown."""

from __future__ import annotations

from db.labels import N_
from erptui.filtering import Filter
from erptui.i18n import _, labelled, ngettext
from screens.actions import Action
from screens.register_finding import MOST_COPIED, WHILE_FILTERING
from screens.status_board_filter import PackageSearch
from screens.status_board_moving import StatusMovingScreen
from screens.widgets.edit_line import EditLine, Question


class PackageFindingScreen(StatusMovingScreen):
    """A screen whose packages are filtered and copied. Override `show_found`, `text_to_copy`."""

    def __init__(self) -> None:
        super().__init__()
        self.filter_text = ""
        self.filter = Filter()
        self.search: PackageSearch | None = None
        self._filter_open = False

    def show_found(self) -> None:
        """Show the packages that fit `filter_text`."""
        raise NotImplementedError

    def text_to_copy(self) -> str:
        """The packages selected, else all that are shown, as plain text."""
        raise NotImplementedError

    @property
    def filtering(self) -> bool:
        """Whether a filter is being typed."""
        return self._filter_open

    def tables(self) -> tuple[Action, ...]:
        """While a filter is typed, the arrows still walk over the packages."""
        return (*super().tables(), *WHILE_FILTERING) if self.asking and self._filter_open else super().tables()

    def action_filter(self) -> None:
        """Show only the packages that fit what is typed."""
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
                placeholder=_("words, owner:zhao, late>5, finish<fri"),
                changed=self.narrow,
                left=self._clear_filter,
                passing=True,
                verb=N_("Filter"),
            )
        )

    def narrow(self, text: str) -> None:
        """Show only the packages that fit, and say what of the text is not understood."""
        self.filter_text, self.filter = text, Filter()
        self.show_found()
        if self.asking and (reason := self._not_understood()):
            self.query_one(EditLine).remark(reason)

    def _not_understood(self) -> str | None:
        problem = next(iter(self.filter.problems), None)
        return labelled(self.filter_text[problem.start : problem.end], problem.reason) if problem else None

    def _keep_filter(self, text: str) -> str | None:
        if text != self.filter_text:
            self.narrow(text)
        # A part that hides nothing must not stand in the title as if it did.
        if reason := self._not_understood():
            return reason
        self._filter_open = False
        self.show_detail()
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
            self.selection_changed()
        else:
            self.dismiss()

    # Copy.

    def why_not_copy(self) -> str | None:
        """Nothing to copy."""
        return None if self.view.every_package else _("There is no package here.")

    def action_copy(self) -> None:
        """The packages selected, else all that are shown."""
        count = len(self.view.chosen if self.view.has_selection else self.view.every_package)
        text = self.text_to_copy()
        if len(text.encode("utf-8")) > MOST_COPIED:
            said = _("{count} rows are too much for the clipboard of a terminal. Filter first.")
        else:
            self.app.copy_to_clipboard(text)
            said = ngettext(
                "{count} row copied as text. Paste it into a mail or a chat.",
                "{count} rows copied as text. Paste them into a mail or a chat.",
                count,
            )
        self.say(said.format(count=count))
