"""Silencing a rule of Today or giving it another threshold, in one engagement or in all: a sheet, then a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import Problem
from erptui.attention.rule_lines import RuleLine, rule_lines
from erptui.attention.settings import LARGEST, mute, reset, set_threshold
from erptui.entry import NotUnderstood
from erptui.entry.numbers import parse_number
from erptui.i18n import _, language, say
from screens.widgets.dialog import Choice, Dialog
from screens.widgets.edit_line import Question

if TYPE_CHECKING:
    from screens.store_screen import StoreScreen


class RuleAsked:
    """A rule while one is asked what to do with it. `engagement` is where it speaks, None where it is all."""

    def __init__(self, screen: StoreScreen, rule: str, engagement: str | None, code: str, klass: str) -> None:
        self._screen, self._rule, self._engagement, self._code, self._klass = screen, rule, engagement, code, klass

    def _line(self, engagement: str | None) -> RuleLine:
        lines = [line for line in rule_lines(self._screen.store, engagement) if line.rule.id == self._rule]
        return next((line for line in lines if line.now.klass == self._klass), lines[0])

    def _where(self, engagement: str | None) -> str:
        return self._code if engagement else _("all")

    async def choose(self) -> None:
        """Ask what to do, then do it."""
        line = self._line(self._engagement)
        says = line.rule.says.in_language(language())
        counts = _("{measure}: {limit} in {where}. The template says {template}.").format(
            measure=line.measure, limit=line.limit, where=self._where(self._engagement), template=line.template
        )
        quiet = [_("It is muted there.")] if line.muted else []
        await self._screen.app.push_screen(
            Dialog(f"{self._rule} {says}", self._choices(), [counts, *quiet]), lambda answer: self._do(answer or "")
        )

    def _choices(self) -> list[Choice]:
        found = []
        scopes: list[tuple[str | None, str, str]] = [(None, "T", "M")]
        if self._engagement:
            scopes.insert(0, (self._engagement, "t", "m"))
        else:
            scopes = [(None, "t", "m")]
        for scope, set_key, mute_key in scopes:
            where = self._where(scope)
            silent = self._line(scope).muted
            word = _("Speak {where}") if silent else _("Mute {where}")
            found += [
                Choice(set_key, _("Limit {where}").format(where=where), f"limit {scope or ''}"),
                Choice(mute_key, word.format(where=where), f"{'speak' if silent else 'mute'} {scope or ''}"),
            ]
        return [*found, Choice("d", _("As shipped"), f"reset {self._engagement or ''}")]

    def _do(self, answer: str) -> None:
        act, _blank, scope = answer.partition(" ")
        if act == "limit":
            self.ask_threshold(scope or None)
        elif act in ("mute", "speak"):
            self.mute(act == "mute", scope or None)
        elif act == "reset":
            self.reset(scope or None)

    def mute(self, muted: bool, engagement: str | None) -> None:
        """Silence the rule, or let it speak again."""
        said = _("{rule} is muted in {where}; v m finds it again") if muted else _("{rule} speaks again in {where}")
        done = said.format(rule=self._rule, where=self._where(engagement))
        self._screen.attempt(lambda: mute(self._screen.store, self._rule, engagement, muted), done)

    def reset(self, engagement: str | None) -> None:
        """As the template says, or as it is for all."""
        done = _("{rule} is as shipped in {where}").format(rule=self._rule, where=self._where(engagement))
        self._screen.attempt(lambda: reset(self._screen.store, self._rule, engagement), done)

    def ask_threshold(self, engagement: str | None) -> None:
        """Ask for another threshold."""
        line = self._line(engagement)
        label = _("{measure} {sign}, in {where}:").format(
            measure=line.measure, sign=line.now.sign, where=self._where(engagement)
        )
        self._screen.ask(
            Question(
                label,
                lambda text: self._set(text, engagement),
                value=f"{line.now.value:g}",
                anew=True,
                above=_("{measure}: the template says {template}. Empty goes back to it.").format(
                    measure=line.measure, template=line.template
                ),
                no_form=_("There is no form for this: a number."),
            )
        )

    def _set(self, text: str, engagement: str | None) -> str | None:
        try:
            value = parse_number(text) if text.strip() else None
            if value is not None and not 0 <= value <= LARGEST:
                raise NotUnderstood(_("Type a whole number from 0 to {most}.").format(most=LARGEST))
            set_threshold(self._screen.store, self._rule, self._klass, value, engagement)
        except NotUnderstood as refused:
            return str(refused)
        except Problem as problem:
            return say(problem)
        line = self._line(engagement)
        done = _("{rule}: {limit} in {where}").format(rule=self._rule, limit=line.limit, where=self._where(engagement))
        self._screen.say_done(done)
        return None
