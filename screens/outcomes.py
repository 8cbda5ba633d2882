"""What becomes of an engagement, said in a list of them: won, lost, dropped, postponed, taken up again, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from db.choices import Choice, EngagementStatus, OutcomeReason
from db.errors import Problem
from db.labels import N_, NP_
from erptui import outcomes
from erptui.commitment_lines import read_put_off
from erptui.days import short_day, weekday_and_day
from erptui.entry import NotUnderstood, parse_choice, parse_day
from erptui.entry.choices import could_be
from erptui.i18n import _, listed, say
from erptui.outcomes import Outcome, possible
from screens.actions import Action, common
from screens.engagement_rows import EngagementScreen
from screens.store_screen import effect_text
from screens.widgets.edit_line import EditLine, Question

if TYPE_CHECKING:
    from erptui.portfolio import PortfolioLine

C = TypeVar("C", bound=Choice)
_OWN = {
    "add": (N_("Lead"), N_("Add a lead in one line: name, code, @person, >2w for the next contact."), 1),
    "open": (NP_("key", "Open"), N_("Enter the engagement: its board opens."), 2),
    "move-right": (N_("Win"), N_("Win the lead, or go through the next gate: its checklist opens."), 3),
    "move-left": (N_("Move"), N_("A gate that was passed stays passed; undo takes back what was done last."), 0),
    "mark": (N_("Outcome"), N_("What became of it: won, lost, dropped, postponed or open again, and why."), 4),
    "put-off": (N_("Postpone"), N_("Ask again later: the day and why, then the cause."), 5),
}


def with_own_words(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """The actions with what those mean that are about engagements."""
    return tuple(
        replace(action, label=_OWN[action.id][0], help=_OWN[action.id][1], rank=_OWN[action.id][2])
        if action.id in _OWN
        else action
        for action in actions
    )


class OutcomeScreen(EngagementScreen):
    """A list of engagements in which is said what becomes of them."""

    ACTIONS = with_own_words(common.COMMON)

    # Winning, and the gates after that.

    def label_move_right(self) -> str | None:
        """A lead is won; what was won goes through its gates."""
        line = self.current_line
        if line is None or Outcome.WON in possible(line.status, line.planned):
            return _("Win")
        return _("Gate")

    def why_not_move_right(self) -> str | None:
        """Nothing to be won, and no gate before it."""
        line = self.current_line
        if line is None:
            return self.why_not_here()
        if Outcome.WON not in possible(line.status, line.planned):
            if line.status != EngagementStatus.WON.id:
                return _("{code} is {status}. m takes it up again.").format(
                    code=line.code, status=_(EngagementStatus(line.status).label)
                )
            if line.gate is None:
                return _("All gates of {code} are passed.").format(code=line.code)
        return self.why_not_one()

    async def action_move_right(self) -> None:
        """Ask when the contract was signed and when the work begins, or open the checklist of the next gate."""
        line = self.current_line
        if line is None:
            return
        if Outcome.WON in possible(line.status, line.planned):
            self._ask_contract(line)
        elif line.gate:
            await self._open_gate(line.id, line.gate.phase)

    def why_not_move_left(self) -> str | None:
        """A gate is not passed backwards."""
        return self.why_not_here() or _("A gate that was passed stays passed. u takes back what was done last.")

    def action_move_left(self) -> None:
        """Never reached: `why_not_move_left` says why."""

    def _ask_contract(self, line: PortfolioLine) -> None:
        self._ask_day(
            _("Contract of {code} signed on:").format(code=line.code),
            self.today,
            lambda day: self._ask_start(line, day),
        )

    def _ask_start(self, line: PortfolioLine, signed: date) -> str | None:
        # The Monday after the contract.
        proposed = max(signed, line.start) + timedelta(days=7 - max(signed, line.start).weekday())
        self._ask_day(
            _("Work for {code} begins on:").format(code=line.code),
            proposed,
            lambda start: self._win(line, signed, start),
        )
        return None

    def _ask_day(self, label: str, proposed: date, take: Callable[[date], str | None]) -> None:
        def said(text: str) -> None:
            try:
                told = weekday_and_day(parse_day(text, self.today), self.today)
            except NotUnderstood as error:
                told = str(error)
            self.query_one(EditLine).remark(told)

        def save(text: str) -> str | None:
            try:
                return take(parse_day(text, self.today))
            except NotUnderstood as error:
                return str(error)

        value = short_day(proposed, self.today)
        self.ask(
            Question(label, save, value=value, above=weekday_and_day(proposed, self.today), anew=True, changed=said)
        )

    def _win(self, line: PortfolioLine, signed: date, start: date) -> str | None:
        refused = self._do(lambda: outcomes.win(self.store, line.id, signed, start))
        if refused:
            return refused
        begins = outcomes.preparation_begins(self.store, line.id)
        if begins and begins > start:
            done = _("{code} is won. Open pursuit work comes first: preparation from {day}")
        else:
            done = _("{code} is won: the work begins on {day}")
        done = done.format(code=line.code, day=short_day(max(begins or start, start), self.today))
        if line.gate and line.gate.phase == "A":
            self.call_next(self._open_gate, line.id, "A", done)
        else:
            self.say_done(done)
        return None

    async def _open_gate(self, engagement: str, phase: str, done: str = "") -> None:
        """What has to be done before the next phase opens; `done` is what was done just now."""
        from screens.gate import GateScreen

        if not self.make_current(engagement):
            return
        await self.app.push_screen(GateScreen(phase))
        if done:
            self.erp.say(effect_text(done, None, None, self.today), "effect")

    # What else may become of it.

    def why_not_mark(self) -> str | None:
        """Nothing there, or nothing can be changed."""
        return self.why_not_one()

    def action_mark(self) -> None:
        """Ask what became of it; cause and reason may follow in the same line, or are asked."""
        line = self.current_line
        if line is None:
            return
        ways = possible(line.status, line.planned)
        self.ask(
            Question(
                _("{code} is:").format(code=line.code),
                lambda text: self._became(line, text),
                placeholder=listed(_(way.label).lower() for way in ways),
                no_form=_("There is no form for this: e opens that of the engagement."),
            )
        )

    def _became(self, line: PortfolioLine, text: str) -> str | None:
        ways = possible(line.status, line.planned)
        try:
            way, rest = _first_choice(text, ways)
        except NotUnderstood as error:
            return str(error)
        if way is Outcome.WON:
            self._ask_contract(line)
            return None
        if way is Outcome.OPEN:
            return self._reopen(line)
        if way is Outcome.POSTPONED:
            return self._postponed(line, rest) if rest else self._ask_again(line)
        return self._ended(line, way, rest)

    def _reopen(self, line: PortfolioLine) -> str | None:
        refused = self._do(lambda: outcomes.reopen(self.store, line.id, self.today))
        if refused is None:
            self.say_done(_("{code} is taken up again").format(code=line.code))
        return refused

    def _ended(self, line: PortfolioLine, way: Outcome, text: str) -> str | None:
        """Lost or dropped, for the cause and the reason in `text`."""
        end = outcomes.lose if way is Outcome.LOST else outcomes.drop

        def because(cause: OutcomeReason, reason: str) -> str | None:
            refused = self._do(lambda: end(self.store, line.id, self.today, cause=cause, reason=reason))
            if refused is None:
                self.say_done(_("{code}: {status}").format(code=line.code, status=_(way.label)))
            return refused

        return self._because(line, text, because)

    # Postponing.

    def why_not_put_off(self) -> str | None:
        """Nothing there, over, or nothing can be changed."""
        line = self.current_line
        if line and line.over:
            return _("{code} is {status}. m takes it up again.").format(
                code=line.code, status=_(EngagementStatus(line.status).label)
            )
        return self.why_not_one()

    def action_put_off(self) -> None:
        """Ask when it will be asked again, and why."""
        if line := self.current_line:
            self._ask_again(line)

    def _ask_again(self, line: PortfolioLine) -> str | None:
        self.ask(
            Question(
                _("Ask {code} again:").format(code=line.code),
                lambda text: self._postponed(line, text),
                placeholder=_("+3m budget frozen"),
                no_form=_("There is no form for this: e opens that of the engagement."),
            )
        )
        return None

    def _postponed(self, line: PortfolioLine, text: str) -> str | None:
        try:
            again, reason = read_put_off(text, self.today, None)
        except NotUnderstood as error:
            return str(error)

        def because(cause: OutcomeReason, _reason: str) -> str | None:
            refused = self._do(
                lambda: outcomes.postpone(
                    self.store, line.id, self.today, ask_again_on=again, cause=cause, reason=reason
                )
            )
            if refused is None:
                day = short_day(again, self.today)
                self.say_done(_("{code} is postponed: ask again on {day}").format(code=line.code, day=day))
            return refused

        if again <= self.today:
            return _("Type a day to come: +3m budget frozen.")
        self._ask_cause(line, lambda text: self._cause_alone(text, because))
        return None

    # Cause and reason.

    def _because(self, line: PortfolioLine, text: str, take: Callable[[OutcomeReason, str], str | None]) -> str | None:
        """Take cause and reason from `text`, or ask for what it leaves open."""
        if not text.strip():
            self._ask_cause(line, lambda typed: self._because(line, typed, take) if typed.strip() else _nothing_typed())
            return None
        try:
            cause, reason = _first_choice(text, tuple(OutcomeReason))
        except NotUnderstood as error:
            return str(error)
        if reason:
            return take(cause, reason)
        label = _("Why, in words:")
        self.ask(Question(label, lambda typed: take(cause, typed), placeholder=_("U9 at half the price")))
        return None

    def _cause_alone(self, text: str, take: Callable[[OutcomeReason, str], str | None]) -> str | None:
        try:
            return take(parse_choice(text, OutcomeReason), "")
        except NotUnderstood as error:
            return str(error)

    def _ask_cause(self, line: PortfolioLine, take: Callable[[str], str | None]) -> None:
        causes = [_(cause.label).lower() for cause in OutcomeReason]

        def narrow(text: str) -> None:
            found = could_be(text, OutcomeReason) or could_be(text.split(" ")[0], OutcomeReason)
            self.query_one(EditLine).remark(listed(cause.lower() for cause in found))

        self.ask(Question(_("Cause:"), take, placeholder="  ".join(causes), above=listed(causes), changed=narrow))

    def _do(self, act: Callable[[], object]) -> str | None:
        """Why it is refused; None when it was done."""
        try:
            act()
        except Problem as problem:
            return say(problem)
        return None


def _nothing_typed() -> str:
    return _("Type the cause, its first letters are enough.")


def _first_choice(text: str, options: Sequence[C]) -> tuple[C, str]:
    """The choice that a line begins with, and the rest: all of the line may be it, or its first word.

    Raises `NotUnderstood`.
    """
    try:
        return parse_choice(text, options), ""
    except NotUnderstood:
        first, _blank, rest = text.strip().partition(" ")
        return parse_choice(first, options), rest.strip()
