"""The rules of "what needs me now": thresholds of the template, and what an engagement has set of its own."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from db.errors import Problem
from db.labels import N_
from erptui.i18n import _, language
from erptui.method.template import Bilingual, load_template

if TYPE_CHECKING:
    from db.store import Reader

_COMPARE: dict[str, tuple[Callable[[float, float], bool], str]] = {
    "lt": (operator.lt, "<"),
    "le": (operator.le, "≤"),
    "eq": (operator.eq, "="),
    "ne": (operator.ne, "≠"),
    "ge": (operator.ge, "≥"),
    "gt": (operator.gt, ">"),
}
SEVERITIES = ("block", "red", "amber", "note")
RANKS = ("block", "clash", "money", "path", "people", "tidy")
"""In which order matters are settled: what stops work first, tidying up last."""


class NoSuchRule(Problem):
    """No rule has the id, or none of its thresholds the class."""

    sentence = N_("There is no rule “{rule}”. There are: {rules}.")


class BadThreshold(Problem):
    """A threshold that makes no sense for its rule."""

    sentence = N_("{rule}: “{value}” can't be a threshold. Type a whole number from {least} to {most}.")


@dataclass(frozen=True)
class Threshold:
    """One condition of a rule: what is measured, how it is compared, with what, in which unit.

    `klass` is the class of people or things it is for, empty for all.
    """

    measure: str
    op: str
    value: float
    unit: str
    severity: str
    klass: str = ""

    def crossed(self, value: float) -> bool:
        """Whether a measured value asks for attention."""
        return _COMPARE[self.op][0](value, self.value)

    @property
    def sign(self) -> str:
        """How a measured value is compared: `≥`."""
        return _COMPARE[self.op][1]

    def why(self, value: float) -> str:
        """The field, what was measured and the threshold, in the language in use."""
        measure = measures()[self.measure].in_language(language())
        unit = units()[self.unit].in_language(language()) if self.unit != "count" else ""
        sentence = _("{measure} {value} {sign} {limit} {unit}") if unit else _("{measure} {value} {sign} {limit}")
        return sentence.format(measure=measure, value=f"{value:g}", sign=self.sign, limit=f"{self.value:g}", unit=unit)


@dataclass(frozen=True)
class Rule:
    """A rule of the method. With `together` all its thresholds must be crossed, else one of the class is enough."""

    id: str
    severity: str
    rank: str
    says: Bilingual
    hint: Bilingual
    thresholds: tuple[Threshold, ...]
    together: bool
    settle: str
    activities: tuple[str, ...]

    def crossed(self, values: Mapping[str, float], klass: str) -> tuple[Threshold, ...]:
        """The thresholds that what was measured crosses, the worst first; none when there is nothing to do."""
        found = tuple(
            threshold
            for threshold in self._worst_first
            if threshold.klass in ("", klass)
            and (value := values.get(threshold.measure)) is not None
            and threshold.crossed(value)
        )
        return () if self.together and len(found) < len(self.thresholds) else found

    @cached_property
    def _worst_first(self) -> tuple[Threshold, ...]:
        # Asked of every package, person and promise.
        return tuple(sorted(self.thresholds, key=lambda threshold: SEVERITIES.index(threshold.severity)))


@cache
def shipped_rules() -> Mapping[str, Rule]:
    """The rules of the shipped template by id."""
    return {row["id"]: _rule(row) for row in load_template().section("next_step_rules")}


def _rule(row: Mapping[str, Any]) -> Rule:
    given = row["threshold"]
    return Rule(
        id=row["id"],
        severity=row["severity"],
        rank=row["rank"],
        says=Bilingual(**row["says"]),
        hint=Bilingual(**row["hint"]),
        thresholds=tuple(
            Threshold(
                one["field"],
                one["op"],
                one["value"],
                one["unit"],
                one.get("severity", row["severity"]),
                one.get("class", ""),
            )
            for one in (given if isinstance(given, list) else [given])
        ),
        together=row.get("match") == "all",
        settle=row["settle"],
        activities=tuple(row["rows"]),
    )


@cache
def measures() -> Mapping[str, Bilingual]:
    """What the fields of thresholds are called."""
    return {row["field"]: Bilingual(**row["name"]) for row in load_template().section("measures")}


@cache
def units() -> Mapping[str, Bilingual]:
    """What the units of thresholds are called."""
    return {row["id"]: Bilingual(**row["name"]) for row in load_template().section("choices")["units"]}


@cache
def class_words() -> Mapping[str, Bilingual]:
    """What the classes are called for which a rule has thresholds of their own."""
    return {row["id"]: Bilingual(**row["name"]) for row in load_template().section("choices")["rule_classes"]}


@cache
def settle_words() -> Mapping[str, Bilingual]:
    """What settles a matter, in words, by the id of the action."""
    return {row["id"]: Bilingual(**row["name"]) for row in load_template().section("settle_actions")}


class RulesInForce:
    """The rules as the engagements have them: muted ones are gone, thresholds of one's own stand in theirs.

    What an engagement sets goes before what is set for all.
    """

    def __init__(self, reader: Reader) -> None:
        self._settings: dict[str | None, list[tuple[str, int, str, int | None]]] = {}
        for engagement, rule, muted, klass, threshold in reader.rows(
            "SELECT engagement, rule, muted, coalesce(threshold_class, ''), threshold FROM rule_setting ORDER BY rowid"
        ):
            self._settings.setdefault(engagement, []).append((rule, muted, klass, threshold))
        self._known: dict[str | None, tuple[Mapping[str, Rule], frozenset[str]]] = {}
        self._speaking: dict[str | None, Mapping[str, Rule]] = {}

    def of(self, engagement: str | None) -> Mapping[str, Rule]:
        """The rules of an engagement by id; None for what belongs to no engagement."""
        if engagement not in self._speaking:
            rules, muted = self._scope(engagement)
            self._speaking[engagement] = {id: rule for id, rule in rules.items() if id not in muted}
        return self._speaking[engagement]

    def muted(self, engagement: str | None) -> frozenset[str]:
        """The rules that are silent there."""
        return self._scope(engagement)[1]

    def with_muted(self, engagement: str | None) -> Mapping[str, Rule]:
        """All rules with the thresholds in force there, also those that are silent."""
        return self._scope(engagement)[0]

    def _scope(self, engagement: str | None) -> tuple[Mapping[str, Rule], frozenset[str]]:
        if engagement not in self._known:
            rules = dict(shipped_rules())
            muted: dict[str, bool] = {}
            for scope in (None, engagement) if engagement else (None,):
                for rule, silent, klass, threshold in self._settings.get(scope, ()):
                    if rule not in rules:
                        # Of another version of the template.
                        continue
                    if threshold is not None:
                        rules[rule] = _with_threshold(rules[rule], klass, threshold)
                    if not klass:
                        muted[rule] = bool(silent)
            self._known[engagement] = rules, frozenset(rule for rule, silent in muted.items() if silent)
        return self._known[engagement]


def _with_threshold(rule: Rule, klass: str, value: int) -> Rule:
    changed = tuple(replace(t, value=value) if not klass or t.klass == klass else t for t in rule.thresholds)
    return replace(rule, thresholds=changed)
