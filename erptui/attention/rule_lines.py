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
class RuleLine:
    """A threshold of a rule in an engagement or in all. `own` is whether the setting is made there itself."""

    rule: Rule
    now: Threshold
    shipped: Threshold
    muted: bool
    own: bool

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
    return [
        RuleLine(now[rule], at, was, rule in muted, bool({(rule, ""), (rule, at.klass)} & own))
        for rule in sorted(SIGHTS)
        for at, was in zip(now[rule].thresholds, shipped[rule].thresholds, strict=True)
    ]
