"""Changing promises and decisions: put off with the reason, and the round over all that are open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db.errors import Problem
from db.labels import N_
from erptui.commitment_lines import put_off_said
from erptui.commitments import dues_of, put_off
from erptui.days import short_day
from erptui.entry import NotUnderstood
from erptui.i18n import _, ngettext, say
from erptui.notebook import cut_name
from screens.commitments_layout import text_of
from screens.engagement_scope import ScopedScreen
from screens.repeat import Apply
from screens.round import RegisterRound, begin_round
from screens.widgets.edit_line import EditLine, Question

if TYPE_CHECKING:
    from db.models import Decision, Promise
    from erptui.registers.listing import Row


class DueScreen(ScopedScreen):
    """A register whose rows are due and can be put off. Override `is_open`, `ROUND_EXAMPLE`, `becoming`."""

    ROUND_EXAMPLE = ""

    @property
    def model(self) -> type[Promise] | type[Decision]:
        """The model of the rows."""
        return self.register.model  # type: ignore[return-value]  # one of these two by the table

    def is_open(self, row: Row) -> bool:
        """Whether it is still to be done."""
        raise NotImplementedError

    @property
    def chosen_rows(self) -> list[Row]:
        """The rows a verb acts on: those selected, else the one under the cursor."""
        places = map(self.view.listing.place_of, self.view.selected_ids)
        return [self.view.listing.rows[place] for place in places if place is not None]

    @property
    def open_ids(self) -> list[str]:
        """Those of them that are still to be done."""
        return [str(row[0]) for row in self.chosen_rows if self.is_open(row)]

    def why_not_put_off(self) -> str | None:
        """Nothing there, nothing open, or nothing can be changed."""
        settled = None if self.open_ids else _("It is settled: there is nothing to put off.")
        return self.why_not_history() or settled or self.why_read_only()

    def action_put_off(self) -> None:
        """Ask for the later day and why."""
        rows = self.open_ids
        dues = dues_of(self.store, self.ROW_TABLE, rows)

        def changed(text: str) -> None:
            if text.strip():
                self.query_one(EditLine).remark(put_off_said(text, self.today, dues))

        self.ask(
            Question(
                self.asked_of(N_("Put off {name}:"), rows),
                lambda text: self.do_line(" ".join((_("Put off"), text.strip())), putting_off(text), rows),
                placeholder=_("+2d waits for IT"),
                changed=changed,
                no_form=_("There is no form for this: e opens that of the row."),
            )
        )

    def do_line(self, words: str, apply: Apply, rows: Sequence[str]) -> str | None:
        """Change rows by a line; gives why it is refused. What was done is repeated with `.`."""
        try:
            done = apply(self, rows)
        except NotUnderstood as refused:
            return str(refused)
        except Problem as problem:
            self.erp.see_others()
            return say(problem)
        self.remember(words, apply)
        if done:
            self.say_done(done)
        self.changed()
        return None

    def asked_of(self, label: str, rows: Sequence[str]) -> str:
        """A question about one row by its text, about several by their number."""
        if len(rows) > 1:
            return _(label).format(name=ngettext("{count} row", "{count} rows", len(rows)).format(count=len(rows)))
        row = self.view.listing.rows[self.view.listing.place_of(rows[0]) or 0]
        return _(label).format(name=cut_name(text_of(row)))

    # The round.

    def becoming(self, text: str) -> Apply:
        """What a line of the round does to a row that is not put off by it. Raises `NotUnderstood`."""
        raise NotImplementedError

    def why_not_round(self) -> str | None:
        """Nothing there, or nothing can be changed."""
        return self.why_not_history() or self.why_read_only()

    def action_round(self) -> None:
        """Go through those that are open, one line each."""
        asked = DueRound(self)
        if asked.rows:
            begin_round(self, asked)
        else:
            self.say(_("All of these are settled."))


class DueRound(RegisterRound):
    """What became of one row after the other: `+2d waits for IT` puts it off, anything else settles it."""

    screen: DueScreen

    def __init__(self, screen: DueScreen) -> None:
        super().__init__(screen)
        self.example = screen.ROUND_EXAMPLE

    @property
    def rows(self) -> Sequence[str]:
        """Those selected, else all that are shown, as far as they are open."""
        return [str(row[0]) for row in self.screen.view.copied_rows if self.screen.is_open(row)]

    def meaning(self, row: str, text: str) -> str:
        """The new day, where the line gives one."""
        if not puts_off(text):
            return ""
        return put_off_said(text, self.screen.today, dues_of(self.screen.store, self.screen.ROW_TABLE, [row]))

    def take(self, row: str, text: str) -> str:
        """Put it off, or settle it."""
        apply = putting_off(text) if puts_off(text) else self.screen.becoming(text)
        return apply(self.screen, [row])


def puts_off(text: str) -> bool:
    """Whether a line of the round begins with a later day."""
    return text.strip()[:1] in tuple("+＋>＞")


def putting_off(text: str) -> Apply:
    """Give those of the rows that are open a later day by a line, and say which."""

    def apply(screen: Any, rows: Sequence[str]) -> str:
        days = put_off(screen.store, screen.model, rows, text, screen.today)
        if not days:
            return ""
        day = short_day(min(days), screen.today)
        if len(days) == 1:
            return _("put off to {day}").format(day=day)
        return ngettext("{count} row put off", "{count} rows put off", len(days)).format(count=len(days))

    return apply
