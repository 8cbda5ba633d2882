"""Finding rows of a register: filter as one types, sort by typing, copy what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.labels import N_
from erptui.entry import NotUnderstood
from erptui.filter_fields import field_named
from erptui.i18n import _, labelled, ngettext
from screens.actions import Action, common, grouped
from screens.detailed import DetailedScreen
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line
from screens.widgets.bars import Part
from screens.widgets.edit_line import EditLine, Question
from screens.widgets.register import RegisterHead, RegisterView

if TYPE_CHECKING:
    from erptui.filtering import FilterField
    from erptui.registers.listing import Row

MOST_COPIED = 100_000
"""Bytes that `y` sends: more than this terminals drop without a word."""

WHILE_FILTERING = grouped(
    N_("Finding"),
    Action("next-match", ("down",), N_("Choose"), N_("The next row that fits."), rank=3, in_text=True),
    Action("previous-match", ("up",), N_("Choose"), N_("The row before."), rank=3, in_text=True),
)


COLUMNS = grouped(
    common.SHOW[0].group,
    Action("columns", ("v c",), N_("Columns"), N_("Show or hide a column by typing its name.")),
)


class FindingScreen(DetailedScreen):
    """A screen over a `RegisterView` whose rows are filtered, sorted and copied.

    Override `title_text`, `empty_text`, and what a `DetailedScreen` wants.
    """

    def __init__(self) -> None:
        super().__init__()
        self._filter_open = False

    @property
    def view(self) -> RegisterView:
        """The table."""
        raise NotImplementedError

    def title_text(self) -> str:
        """What the screen is called."""
        raise NotImplementedError

    def empty_text(self) -> str:
        """What belongs here and which key starts it."""
        raise NotImplementedError

    def hint_text(self) -> str:
        """Why there is no row."""
        return _("No row fits the filter. esc clears it.") if self.view.listing.total else self.empty_text()

    def after_choice(self) -> None:
        """The rows shown are others, or others are selected: the title follows."""
        view = self.view
        count = str(view.listing.total)
        if view.narrowed and view.listing.whole:
            count = _("{shown} of {total}").format(shown=view.row_count, total=view.listing.total)
        left: Line = [(self.title_text(), "bold accent"), (f"  {count}", "dim")]
        if view.filter_text.strip():
            left = [*left, (f"  {SIGNS.step}  {view.filter_text.strip()}", "bold")]
        parts = [Part([(_("read only"), "amber")])] if self.store.read_only else []
        if view.selected_count:
            selected = ngettext("{count} selected", "{count} selected", view.selected_count)
            parts.append(Part([(f"{SIGNS.chosen} {selected.format(count=view.selected_count)}", "bold accent")]))
        self.set_title(left, parts)

    def cursor_moved(self) -> None:
        self.after_choice()
        # At once for a single key, while keys come fast when they rest.
        self.detail.follow(self.show_detail, typing=self.filtering)

    def tables(self) -> tuple[Action, ...]:
        """While a filter is typed, the arrows still walk over the rows."""
        return (*super().tables(), *WHILE_FILTERING) if self.asking and self._filter_open else super().tables()

    # Filter.

    @property
    def filtering(self) -> bool:
        """Whether a filter is being typed."""
        return self._filter_open

    def action_filter(self) -> None:
        """Show only the rows that fit what is typed."""
        self._ask_filter(self.view.filter_text)

    def typed_elsewhere(self, text: str) -> bool:
        """Chinese typed outside a field is looked for."""
        if self.asking:
            return False
        self._ask_filter(text)
        self.narrow(text)
        return True

    def _ask_filter(self, text: str) -> None:
        self._filter_open = True
        example = _("words, field:value, silent>14")
        self.ask(
            Question(
                _("Filter:"),
                self._keep_filter,
                value=text,
                placeholder=example,
                changed=self.narrow,
                left=self._clear_filter,
                passing=True,
                verb=N_("Filter"),
            )
        )

    def narrow(self, text: str) -> None:
        """Show only the rows that fit, and say what of the text is not understood."""
        self.view.narrow(text, self.today)
        self.after_choice()
        if reason := self._not_understood(text):
            self.query_one(EditLine).remark(reason)

    def _not_understood(self, text: str) -> str | None:
        """The first part of the filter that was left out, and why."""
        problem = next(iter(self.view.filter.problems), None)
        return labelled(text[problem.start : problem.end], problem.reason) if problem else None

    def _keep_filter(self, text: str) -> str | None:
        if text != self.view.filter_text:
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
        return None if self.view.filter_text or self.view.has_selection else self.erp.why_not_back()

    def action_back(self) -> None:
        """First the filter goes, then the selection, then the screen."""
        if self.view.filter_text:
            self._clear_filter()
        elif self.view.has_selection:
            self.view.clear_selection()
            self.after_choice()
        else:
            self.dismiss()

    # Sort.

    def why_not_sort(self) -> str | None:
        """Nothing to sort before all rows are read."""
        return None if self.view.listing.whole else _("Still reading. Try again in a moment.")

    def action_sort(self) -> None:
        """Ask for the column to sort by."""
        names = " ".join(_(field.label) for field in self.view.listing.fields)
        self.ask(Question(_("Sort by:"), self._sort, placeholder=names, passing=True, verb=N_("Sort")))

    def _sort(self, text: str) -> str | None:
        fields = self.view.listing.fields
        try:
            wanted = field_named(text, fields) if text.strip() else None
        except NotUnderstood as error:
            return str(error)
        if wanted is None:
            # Nothing typed: the same column the other way round.
            wanted = next(field for field in fields if field.id == self.view.sorted_by)
        self.view.sort(wanted)
        self.query_one(RegisterHead).refresh()
        self.after_choice()
        said = _("Sorted by {column}, falling.") if self.view.descending else _("Sorted by {column}.")
        self.say(said.format(column=_(wanted.label)))
        return None

    # Columns.

    def action_columns(self) -> None:
        """Ask for a column to show or to hide."""
        names = " ".join(_(field.label) for field in self._column_fields)
        self.ask(Question(_("Show or hide:"), self._turn_column, placeholder=names, passing=True))

    @property
    def _column_fields(self) -> list[FilterField]:
        ids = self.view.column_ids
        return [field for field in self.view.listing.fields if field.id in ids]

    def _turn_column(self, text: str) -> str | None:
        try:
            wanted = field_named(text, self._column_fields)
        except NotUnderstood as error:
            return str(error)
        column = _(wanted.label)
        if self.view.turn_column(wanted.id):
            said = _("{column} is shown.").format(column=column)
        elif wanted.id in self.view.choice.hidden:
            said = _("{column} is hidden. v c shows it again.").format(column=column)
        else:
            said = _("{column} has no room here. Hide another column first.").format(column=column)
        self.query_one(RegisterHead).refresh()
        self.say(said)
        return None

    # Copy.

    def handed_out(self, row: Row) -> bool:
        """Whether a row may stand in what is copied for others."""
        return True

    def why_not_copy(self) -> str | None:
        """Nothing to copy."""
        return None if self.view.current else _("There is no row to copy.")

    def action_copy(self) -> None:
        """The selected rows, else all that are shown, as a plain table."""
        everything = self.view.copied_rows
        rows = [row for row in everything if self.handed_out(row)]
        if not rows:
            self.say(_("Nothing copied: who asked not to be contacted is handed out to nobody."))
            return
        text = self.view.as_text(rows)
        if len(text.encode("utf-8")) > MOST_COPIED:
            self.say(
                _("{count} rows are too much for the clipboard of a terminal. Filter first.").format(count=len(rows))
            )
            return
        self.app.copy_to_clipboard(text)
        said = ngettext(
            "{count} row copied as text. Paste it into a mail or a chat.",
            "{count} rows copied as text. Paste them into a mail or a chat.",
            len(rows),
        )
        parts = [said.format(count=len(rows))]
        if len(rows) < len(everything):
            held_back = len(everything) - len(rows)
            parts.append(_("Left out, because they are not to be contacted: {count}.").format(count=held_back))
        self.say(" ".join(parts))

    def why_not_history(self) -> str | None:
        """Nothing happened to nobody."""
        return None if self.view.current else _("There is no row here.")
