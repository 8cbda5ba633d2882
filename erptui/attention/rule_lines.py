"""The rules as a list: what each measures, the threshold in force somewhere, what the template says, what is muted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from erptui.attention.matters import SIGHTS
from erptui.attention.rules import Rule, RulesInForce, Threshold, class_words, shipped_rules, units
from erptui.attention.rules import measures as measure_words
from erptui.i18n import _, language

if TYPE_CHECKING:
    from db.store import Reader


@dataclass(frozen=True)
class OwnRule:
    """A rule as one engagement has it, where that is not what holds for all."""

    code: str
    muted: bool
    now: Threshold


@dataclass(frozen=True)
class RuleLine:
    """A threshold of a rule in an engagement or in all. `own` is whether the setting is made there itself.

    For all engagements `elsewhere` tells those in which it is another.
    """

    rule: Rule
    now: Threshold
    shipped: Threshold
    muted: bool
    own: bool
    elsewhere: tuple[OwnRule, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Rule and class of the threshold."""
        return self.rule.id, self.now.klass

    @property
    def measure(self) -> str:
        """What is measured, of whom."""
        name = measure_words()[self.now.measure].in_language(language())
        klass = class_words()[self.now.klass].in_language(language()) if self.now.klass else ""
        return _("{measure} ({of})").format(measure=name, of=klass) if klass else name

    @property
    def limit(self) -> str:
        """The threshold in force: `≥ 1 working day`."""
        return limit_text(self.now)

    @property
    def template(self) -> str:
        """The threshold of the template."""
        return limit_text(self.shipped)


def limit_text(threshold: Threshold) -> str:
    """A threshold as it is compared: `> 14 d`."""
    sign, value = threshold.sign, f"{threshold.value:g}"
    if threshold.unit == "count":
        return f"{sign} {value}"
    unit = units()[threshold.unit].in_language(language())
    return _("{sign} {value} {unit}").format(sign=sign, value=value, unit=unit)


def rule_lines(reader: Reader, engagement: str | None) -> list[RuleLine]:
    """The rules that the store can answer, as they are in an engagement or for all (None), by id."""
    in_force = RulesInForce(reader)
    now, muted = in_force.with_muted(engagement), in_force.muted(engagement)
    own = set(
        reader.rows("SELECT rule, coalesce(threshold_class, '') FROM rule_setting WHERE engagement IS ?", (engagement,))
    )
    shipped: Mapping[str, Rule] = shipped_rules()
    others = (
        ()
        if engagement
        else reader.rows(
            "SELECT DISTINCT e.id, e.code FROM rule_setting s JOIN engagement e ON e.id = s.engagement ORDER BY e.code"
        )
    )

    def elsewhere(rule: str, place: int) -> tuple[OwnRule, ...]:
        here = rule in muted, now[rule].thresholds[place]
        theirs = (
            OwnRule(code, rule in in_force.muted(other), in_force.with_muted(other)[rule].thresholds[place])
            for other, code in others
        )
        return tuple(one for one in theirs if (one.muted, one.now) != here)

    return [
        RuleLine(now[rule], at, was, rule in muted, bool({(rule, ""), (rule, at.klass)} & own), elsewhere(rule, place))
        for rule in sorted(SIGHTS)
        for place, (at, was) in enumerate(zip(now[rule].thresholds, shipped[rule].thresholds, strict=True))
    ]
