"""What the keys of Today do to its lines: settle, put off, go through them, and change the rule that speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from db.errors import Problem
from db.labels import N_
from db.models import Decision, Promise
from erptui.attention.agenda import AgendaLine
from erptui.attention.matters import Fold, Matter
from erptui.attention.page import QUIET
from erptui.attention.settings import bring_back, snooze
from erptui.commitment_lines import put_off_said, read_put_off
from erptui.commitments import dues_of, put_off
from erptui.days import short_day, weekday_and_day
from erptui.entry import NotUnderstood
from erptui.i18n import _, labelled, ngettext, say
from erptui.notebook import cut_name
from screens.commitments_changing import puts_off
from screens.detailed import DetailedScreen
from screens.round import begin_round
from screens.today_settling import Going, Settling, Waiting, kind_of, matter_of, settling_of, settling_together
from screens.widgets.edit_line import EditLine, Question

if TYPE_CHECKING:
    from screens.today_view import TodayView

PUT_OFF_EXAMPLE = N_("+2d waits for IT")
_DUE: Mapping[str, type[Promise] | type[Decision]] = {"promise": Promise, "decision": Decision}
"""What of the days ahead can be put off, by kind."""


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
            return [matter_of(about)]
        return self.view.chosen

    # Settling.

    def label_mark(self) -> str | None:
        """The footer says what `m` does about this line."""
        about = self.view.current
        matter = matter_of(about) if isinstance(about, AgendaLine) else self.matter
        return _(kind_of(matter).WORD) if matter else None

    def why_not_mark(self) -> str | None:
        """No matter, several kinds of them, or nothing can settle it."""
        chosen = self.acted_on
        if not chosen:
            return _("There is no line here.")
        if len({kind_of(matter) for matter in chosen}) > 1:
            return _("These are settled in several ways. ; goes through them one by one.")
        if kind_of(chosen[0]) is Waiting:
            return _("The holidays come with the official notice. z puts it off.")
        # What is opened may be looked at.
        return None if kind_of(chosen[0]) is Going else self.why_read_only()

    async def action_mark(self) -> None:
        """Do what the line asks for; of several one after the other."""
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
            begin_round(self, MatterRound(self, asked))
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
        about = self.view.current
        if isinstance(about, AgendaLine) and not self.view.has_selection:
            self._ask_later(about)
            return
        matters = self.view.chosen
        name = cut_name(matters[0].text)
        if len(matters) > 1:
            name = ngettext("{count} matter", "{count} matters", len(matters)).format(count=len(matters))
        self.ask(
            Question(
                _("Put off {name}:").format(name=name),
                lambda text: self._take(lambda: self.put_off(matters, text)),
                placeholder=_(PUT_OFF_EXAMPLE),
                changed=lambda text: self._remark(put_off_meaning(text, self.today)),
                no_form=_("There is no form for this: a day, then why."),
            )
        )

    def _ask_later(self, line: AgendaLine) -> None:
        """What only lies ahead gets a later day of its own, as on its screen."""
        model, (table, row) = _DUE[line.kind], line.row
        dues = dues_of(self.store, table, [row])

        def later(text: str) -> str:
            days = put_off(self.store, model, [row], text, self.today)
            return _("put off to {day}").format(day=short_day(days[0], self.today)) if days else ""

        self.ask(
            Question(
                _("Put off {name}:").format(name=cut_name(line.text)),
                lambda text: self._take(lambda: later(text)),
                placeholder=_(PUT_OFF_EXAMPLE),
                changed=lambda text: self._remark(put_off_said(text, self.today, dues) if text.strip() else ""),
                no_form=_("There is no form for this: a day, then why."),
            )
        )

    def put_off(self, matters: Sequence[Matter], text: str) -> str:
        """Keep matters quiet until the day of a line, and say until when. Raises `NotUnderstood`."""
        until, reason = read_day_off(text, self.today)
        snooze(self.store, matters, until, reason)
        return _("put off to {day}").format(day=short_day(until, self.today))

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
        asked = [one for matter in matters for one in settling_of(self, matter)]
        with self.reading():
            self.erp.known_people.prepare(self)
            begin_round(self, MatterRound(self, asked))

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


class MatterRound:
    """What became of one matter after the other: `+2d waits for IT` puts it off, anything else settles it."""

    def __init__(self, screen: AttendingScreen, asked: Sequence[Settling]) -> None:
        self._screen = screen
        self._asked = {str(place): one for place, one in enumerate(asked)}
        self._now = "0"

    @property
    def rows(self) -> Sequence[str]:
        """Their places."""
        return list(self._asked)

    @property
    def example(self) -> str:
        """What can be typed about the one whose turn it is."""
        now = self._asked[self._now]
        parts = (_(now.IN_ROUND or now.EXAMPLE), _(PUT_OFF_EXAMPLE), _("enter alone goes on"))
        # Two blanks between them: those that fit whole are shown.
        return "  ".join(filter(None, parts))

    def go_to(self, row: str) -> bool:
        """Put the cursor on it; one that is settled meanwhile is passed over."""
        matter = self._asked[row].matter
        there = {one for known in self._screen.known_matters if known.key == matter.key for one in known.rows}
        if there.isdisjoint(matter.rows):
            return False
        self._now = row
        self._screen.view.go_to(("matter", *matter.key))
        return True

    def name_of(self, row: str) -> str:
        """What the row is called, or all of the matter."""
        return cut_name(self._asked[row].matter.text if len(self._asked[row].matter.rows) > 1 else self._named(row))

    def _named(self, row: str) -> str:
        asked = self._asked[row]
        return asked.name if asked.EACH else asked.matter.text

    def meaning(self, row: str, text: str) -> str:
        """The new day, or what the line says."""
        if puts_off(text):
            return put_off_meaning(text, self._screen.today)
        return self._asked[row].meaning(text)

    def take(self, row: str, text: str) -> str:
        """Put it off, or settle it."""
        asked = self._asked[row]
        if puts_off(text):
            return self._screen.put_off([asked.matter], text)
        return asked.take(text)


def read_day_off(text: str, today: date) -> tuple[date, str]:
    """Until when and why something is put off. Raises `NotUnderstood`, also for a day that is no later one."""
    read = read_put_off(text, today, None)
    if read.day <= today:
        raise NotUnderstood(_("That is today. Type a day to come."))
    return read.day, read.reason


def put_off_meaning(text: str, today: date) -> str:
    """How the line reads so far; why not, where it does not."""
    if not text.strip():
        return ""
    try:
        return labelled(_("Quiet until"), weekday_and_day(read_day_off(text, today)[0], today))
    except NotUnderstood as refused:
        return str(refused)
