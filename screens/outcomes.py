"""What a person does to an engagement in a list of them: enter it, win, lose, drop, postpone it, add a lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from db.choices import BaseCalendar, Choice, ContentLanguage, EngagementStatus, OutcomeReason
from db.errors import Problem
from db.labels import N_, NP_
from erptui import outcomes
from erptui.commitment_lines import read_put_off
from erptui.days import short_day, weekday_and_day
from erptui.engagements import engagements
from erptui.entry import NotUnderstood, parse_choice, parse_day
from erptui.i18n import _, listed, say
from erptui.outcomes import Outcome, possible
from screens.actions import Action, common
from screens.glyphs import UNICODE as SIGNS
from screens.prospects import ProspectsScreen
from screens.rooms import go_to
from screens.store_screen import effect_text
from screens.widgets.edit_line import EditLine, Question

if TYPE_CHECKING:
    from erptui.leads import LeadLine
    from erptui.line_marks import LineContext
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


class OutcomeScreen(ProspectsScreen):
    """A list of engagements. Override `current_line`, `go_to_engagement`."""

    ACTIONS = with_own_words(common.COMMON)

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
        if line and self._enter(line.id):
            await go_to(self.erp, "board", "activities")

    def _enter(self, engagement: str) -> bool:
        found = next((line for line in engagements(self.store) if line.id == engagement), None)
        if found is None:
            return False
        # What was done to another one says nothing of the finish of this one.
        self.erp.effect = None
        if self.erp.engagement is None or self.erp.engagement.id != engagement:
            self.erp.enter(found)
        return True

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

        if not self._enter(engagement):
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
        causes = listed(_(cause.label).lower() for cause in OutcomeReason)
        label = _("Cause:")
        self.ask(Question(label, take, placeholder="  ".join(causes.split(", ")), above=causes))

    def _do(self, act: Callable[[], object]) -> str | None:
        """Why it is refused; None when it was done."""
        try:
            act()
        except Problem as problem:
            return say(problem)
        return None

    # A lead.

    def why_not_add(self) -> str | None:
        """Nothing can be added to what is open for reading only."""
        return self.why_read_only()

    def action_add(self) -> None:
        """A lead by one line."""
        with self.reading():
            self.erp.known_people.prepare(self)
        asked = _LeadAsked(self)
        self.ask(
            Question(
                _("New lead:"),
                asked.save,
                placeholder=_("Huaxin Precision HX27 @wl >2w"),
                changed=asked.say_reading,
                no_form=_("A lead has no form before it is there: name, code, @person and >2w. Then e opens it."),
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


class _LeadAsked:
    """A lead while it is asked for; which line was confirmed already."""

    def __init__(self, screen: OutcomeScreen) -> None:
        self._screen = screen
        self._confirmed = ""

    def _context(self) -> LineContext:
        from erptui.line_marks import LineContext

        screen = self._screen
        return LineContext(screen.today, screen.erp.known_people.at_once())

    def _read(self, text: str) -> LeadLine:
        from erptui.leads import codes_of, read_lead

        return read_lead(text, self._context(), codes_of(self._screen.store))

    def say_reading(self, text: str) -> None:
        """How the line reads so far."""
        if text.strip() and self._screen.erp.known_people.ready is not None:
            with self._screen.reading():
                self._screen.query_one(EditLine).remark(f" {SIGNS.bullet} ".join(self._read(text).said))

    def save(self, text: str) -> str | None:
        """Make the lead, or say what the line leaves open."""
        from erptui.config import load_settings
        from erptui.i18n import language
        from erptui.leads import add_lead

        screen = self._screen
        try:
            read = self._read(text)
            if read.unclear:
                return read.unclear[0]
            if read.new and self._confirmed != text:
                self._confirmed = text
                new = _("{name} is new and will be added.").format(name=read.new.name)
                return " ".join((new, _("Enter again adds the lead, esc goes back.")))
            usual = load_settings().calendar
            calendar = BaseCalendar(usual) if usual else None
            made = add_lead(screen.store, read, calendar, ContentLanguage(language()), screen.today)
        except Problem as problem:
            return say(problem)
        screen.go_to_engagement(made)
        screen.say_done(_("{name} added").format(name=f"{read.code} {read.name}"))
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
