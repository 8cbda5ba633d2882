"""What needs attention now, one line a matter: found, ranked, folded by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from erptui.attention import people_sights, plan_sights
from erptui.attention.rules import RANKS, SEVERITIES, Rule, RulesInForce, shipped_rules
from erptui.attention.scene import Scene
from erptui.attention.sentences import sentence
from erptui.attention.sight import Sight
from erptui.i18n import language, listed

if TYPE_CHECKING:
    from db.store import Reader
    from erptui.plan_dates import Plan

FIRST = 10
"""Matters that stand each on a line of their own; the rest is folded by rule."""
_WEIGHT = {"block": 4, "red": 3, "amber": 2, "note": 1}

SIGHTS: Mapping[str, Callable[[Scene], Iterator[Sight]]] = {
    "Q01": people_sights.silent_too_long,
    "Q02": people_sights.no_next_touch,
    "Q05": people_sights.planned_but_refused,
    "Q15": plan_sights.critical_late,
    "Q40": people_sights.no_visit_planned,
    "Q45": plan_sights.holidays_unannounced,
    "Q48": plan_sights.beyond_gate,
    "Q54": people_sights.decisions_overdue,
    "Q55": people_sights.promises_due,
    "Q59": plan_sights.without_proof,
    "Q64": plan_sights.past_finish,
    "Q65": plan_sights.milestones_past,
    "Q66": plan_sights.due_shortly,
    "Q67": plan_sights.without_owner,
    "Q68": plan_sights.deliverable_missing,
    "Q69": plan_sights.gate_unsigned,
}
"""The rules that the store can answer, and what each sees."""

_COVERED = {"Q02": "Q01"}
"""What the second rule says of a row makes what the first says of it no news."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that needs somebody. `text` and `why` are in the language that was in use when it was found.

    `days` is how long it has been due, `when` the day it was due; `settle` the action that the template proposes.
    """

    rule: str
    severity: str
    rank: str
    engagement: str | None
    code: str
    activity: str
    text: str
    why: str
    hint: str
    rows: tuple[tuple[str, str], ...]
    days: int
    settle: str
    when: date | None


@dataclass(frozen=True, slots=True)
class Fold:
    """The matters of one rule that found no room among the first."""

    rule: str
    text: str
    severity: str
    matters: tuple[Matter, ...]


def findings(
    reader: Reader, today: date, engagement: str | None = None, plans: Mapping[str, Plan] | None = None
) -> list[Matter]:
    """What needs attention over all engagements that are alive, or in one; ranked, what was put off left out.

    A phase that is not open is quiet, and so is an engagement that was lost, dropped or postponed.
    """
    scene = Scene(reader, today, engagement, plans)
    in_force = RulesInForce(reader)
    put_off = snoozed(reader, today)
    found: list[Matter] = []
    seen: dict[str, set[tuple[str, str]]] = {}
    for rule, sight in SIGHTS.items():
        groups: dict[tuple[str | None, str], list[tuple[Sight, Rule]]] = {}
        for each in sight(scene):
            own = in_force.of(each.engagement).get(rule)
            if own is None or (rule, *each.row) in put_off or not own.crossed(each.values, each.klass):
                continue
            seen.setdefault(rule, set()).add(each.row)
            if each.row not in seen.get(_COVERED.get(rule, ""), ()):
                groups.setdefault((each.engagement, each.group), []).append((each, own))
        found += [_matter(rules[0][1], [each for each, _rule in rules], scene) for rules in groups.values()]
    return sorted(_once(found), key=_place)


def _matter(rule: Rule, sights: Sequence[Sight], scene: Scene) -> Matter:
    worst = sorted(sights, key=lambda sight: -sight.days)
    first = worst[0]
    crossed = [threshold for sight in worst for threshold in rule.crossed(sight.values, sight.klass)]
    severity = min((threshold.severity for threshold in crossed), key=SEVERITIES.index)
    reasons = rule.crossed(first.values, first.klass)
    return Matter(
        rule=rule.id,
        severity=severity,
        rank=rule.rank,
        engagement=first.engagement,
        code=scene.codes.get(first.engagement or "", ""),
        activity=first.activity,
        text=sentence(rule, worst),
        why=listed(t.why(first.values[t.measure]) for t in (reasons if rule.together else reasons[:1])),
        hint=rule.hint.in_language(language()),
        rows=tuple(sight.row for sight in worst),
        days=first.days,
        settle=rule.settle,
        when=first.when,
    )


def _once(matters: Sequence[Matter]) -> Iterator[Matter]:
    """A person of several engagements is one matter, where it is worst."""
    taken: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    for matter in sorted(matters, key=_place):
        if (matter.rule, matter.rows) not in taken:
            taken.add((matter.rule, matter.rows))
            yield matter


def _place(matter: Matter) -> tuple[object, ...]:
    """Blocks, what is against a rule, money and promises, the critical path, people, tidying up; then by days."""
    return (
        SEVERITIES.index(matter.severity) == SEVERITIES.index("note"),
        RANKS.index(matter.rank),
        -matter.days * _WEIGHT[matter.severity],
        SEVERITIES.index(matter.severity),
        matter.code,
        matter.rule,
        matter.text,
    )


def fold(matters: Sequence[Matter], first: int = FIRST) -> tuple[list[Matter], list[Fold]]:
    """The first matters, and the rest by rule in the order of the worst of each."""
    rest: dict[str, list[Matter]] = {}
    for matter in matters[first:]:
        rest.setdefault(matter.rule, []).append(matter)
    rules = shipped_rules()
    folds = [
        Fold(
            rule,
            rules[rule].says.in_language(language()),
            min((m.severity for m in many), key=SEVERITIES.index),
            tuple(many),
        )
        for rule, many in rest.items()
    ]
    return list(matters[:first]), folds


def snoozed(reader: Reader, today: date) -> frozenset[tuple[str, str, str]]:
    """Rule, table and row of what was put off and is not back yet."""
    found = reader.rows("SELECT rule, about_table, about_row FROM snooze WHERE until > ?", (today.isoformat(),))
    return frozenset((rule, table, row) for rule, table, row in found)
