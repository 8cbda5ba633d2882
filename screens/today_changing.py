"""What the keys of Today do to its lines: settle, put off, go through them, and change the rule that speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from db.errors import Problem
from db.labels import N_
from erptui.attention.lines import AgendaLine, Fold, Matter
from erptui.attention.page import QUIET
from erptui.i18n import _, ngettext, say
from screens.detailed import DetailedScreen
from screens.widgets.edit_line import EditLine, Question

# What the keys do is loaded when one is pressed: the first picture of the day does not wait for it.

if TYPE_CHECKING:
    from screens.today_settling import Settling
    from screens.today_view import TodayView

PUT_OFF_EXAMPLE = N_("+2d waits for IT")
_DUE = ("promise", "decision")
"""What of the days ahead can be put off."""


class AttendingScreen(DetailedScreen):
    """A screen over matters. Give `view`, `open_row`."""

    @property
    def view(self) -> TodayView:
        """The list."""
        raise NotImplementedError

    async def open_row(self) -> None:
        """Go where the row is."""
        raise NotImplementedError

    @property
    def matter(self) -> Matter | None:
        """The matter under the cursor."""
        about = self.view.current
        return about if isinstance(about, Matter) else None

    @property
    def acted_on(self) -> list[Matter]:
        """The matters that `m` acts on: those selected, else what is under the cursor, also what only lies ahead."""
        about = self.view.current
        if isinstance(about, AgendaLine) and not self.view.has_selection:
            from screens.today_settling import matter_of

            return [matter_of(about)]
        return self.view.chosen

    # Settling.

    def label_mark(self) -> str | None:
        """The footer says what `m` does about this line."""
        matters = [self.matter] if self.matter else [] if isinstance(self.view.current, Fold) else self.acted_on
        if not matters:
            return None
        from screens.today_settling import kind_of

        return _(kind_of(matters[0]).WORD)

    def why_not_mark(self) -> str | None:
        """No matter, several kinds of them, or nothing can settle it."""
        chosen = self.acted_on
        if not chosen:
            return _("There is no line here.")
        from screens.today_settling import Going, Waiting, kind_of

        if len({kind_of(matter) for matter in chosen}) > 1:
            return _("These are settled in several ways. ; goes through them one by one.")
        if kind_of(chosen[0]) is Waiting:
            return _("The holidays come with the official notice. z puts it off.")
        # What is opened may be looked at.
        return None if kind_of(chosen[0]) is Going else self.why_read_only()

    async def action_mark(self) -> None:
        """Do what the line asks for; of several one after the other."""
        from screens.today_settling import Going, kind_of, settling_together

        chosen = self.acted_on
        if kind_of(chosen[0]) is Going:
            await self.open_row()
            return
        if isinstance(self.view.current, Fold) and not self.view.has_selection:
            # What nobody has read is not settled by one key.
            self._go_through(chosen)
            return
        asked = settling_together(self, chosen)
        if len(asked) > 1:
            self._ask_each(asked)
        elif asked[0].AT_ONCE:
            self._done(lambda: asked[0].take(""))
        else:
            self._ask(asked[0])

    def _done(self, take: Callable[[], str]) -> bool:
        done: list[str] = []
        if not self.attempt(lambda: done.append(take())):
            return False
        self.view.clear_selection()
        self.say_done(done[0])
        return True

    def _ask(self, settling: Settling) -> None:
        with self.reading():
            settling.prepare()
            self.ask(
                Question(
                    _(settling.LABEL).format(name=settling.name),
                    lambda text: self._take(lambda: settling.take(text)),
                    placeholder=_(settling.EXAMPLE),
                    changed=lambda text: self._remark(settling.meaning(text) if text.strip() else ""),
                    no_form=_("There is no form for this: ⏎ goes to the row, e opens its form there."),
                )
            )

    def _remark(self, said: str) -> None:
        self.query_one(EditLine).remark(said)

    def _take(self, take: Callable[[], str]) -> str | None:
        from erptui.entry import NotUnderstood

        try:
            done = take()
        except NotUnderstood as refused:
            return str(refused)
        except Problem as problem:
            self.erp.see_others()
            return say(problem)
        self.view.clear_selection()
        self.say_done(done)
        return None

    # Putting off.

    def why_not_put_off(self) -> str | None:
        """Nothing there, or a day that is no promise."""
        about = self.view.current
        if isinstance(about, AgendaLine) and not self.view.has_selection and about.kind not in _DUE:
            return _("Only promises, decisions and what needs you are put off. ⏎ goes there.")
        return (None if self.acted_on else _("There is no line here.")) or self.why_read_only()

    def action_put_off(self) -> None:
        """Ask until when, and why: of the line, of those selected, of all in the fold."""
        from screens.today_round import LaterAsked, put_off_matters, put_off_meaning

        about = self.view.current
        if isinstance(about, AgendaLine) and not self.view.has_selection:
            with self.reading():
                later = LaterAsked(self, about)
                self._ask_until(self.named([about.text]), later.meaning, later.take)
            return
        matters = self.view.chosen
        self._ask_until(
            self.named([matter.text for matter in matters]),
            lambda text: put_off_meaning(text, self.today),
            lambda text: put_off_matters(self, matters, text),
        )

    @staticmethod
    def named(texts: Sequence[str]) -> str:
        """One matter by its text, several by their number."""
        from erptui.notebook import cut_name

        if len(texts) == 1:
            return cut_name(texts[0])
        return ngettext("{count} matter", "{count} matters", len(texts)).format(count=len(texts))

    def _ask_until(self, name: str, meaning: Callable[[str], str], take: Callable[[str], str]) -> None:
        self.ask(
            Question(
                _("Put off {name}:").format(name=name),
                lambda text: self._take(lambda: take(text)),
                placeholder=_(PUT_OFF_EXAMPLE),
                changed=lambda text: self._remark(meaning(text)),
                no_form=_("There is no form for this: a day, then why."),
            )
        )

    # Bringing back.

    def why_not_trash(self) -> str | None:
        """Only what was put off."""
        chosen = self.view.chosen
        quiet = (
            None if chosen and all(matter.until for matter in chosen) else _("Only what was put off is brought back.")
        )
        return quiet or self.why_read_only()

    def action_trash(self) -> None:
        """What was put off speaks again."""
        from erptui.attention.settings import bring_back

        matters = self.view.chosen
        if self.attempt(lambda: bring_back(self.store, matters, self.today), _("back again")):
            self.view.clear_selection()

    # The round.

    def why_not_round(self) -> str | None:
        """Nothing to go through."""
        shown = self.view.row_count and self.view.shown
        return (None if shown else _("Nothing needs you now.")) or self.why_read_only()

    def action_round(self) -> None:
        """Go through the lines, one line each."""
        self._go_through(self.view.shown)

    def _go_through(self, matters: Sequence[Matter]) -> None:
        from screens.today_settling import settling_of

        self._ask_each([one for matter in matters for one in settling_of(self, matter)])

    def _ask_each(self, asked: Sequence[Settling]) -> None:
        from screens.today_round import go_through

        go_through(self, asked)

    # The rule.

    def why_not_edit(self) -> str | None:
        """No rule speaks here."""
        about = self.view.current
        speaks = (
            None
            if isinstance(about, Matter) or (isinstance(about, Fold) and about.rule != QUIET)
            else _("No rule speaks in this line.")
        )
        return speaks or self.why_read_only()

    async def action_edit(self) -> None:
        """Silence the rule of the line, or give it another threshold."""
        from screens.today_rule_asked import RuleAsked

        about = self.view.current
        if isinstance(about, Matter):
            await RuleAsked(self, about.rule, about.engagement, about.code, about.klass).choose()
        elif isinstance(about, Fold) and about.rule != QUIET:
            await RuleAsked(self, about.rule, None, "", about.matters[0].klass).choose()
