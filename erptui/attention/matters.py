"""What needs attention now, one line a matter: found, ranked, folded by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from erptui.attention import people_sights, plan_sights
from erptui.attention.lines import Fold, Matter
from erptui.attention.rules import RANKS, SEVERITIES, Rule, RulesInForce, Threshold, shipped_rules
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
    "Q70": people_sights.ask_again,
}
"""The rules that the store can answer, and what each sees."""

_COVERED = {"Q02": "Q01"}
"""What the second rule says of a row makes what the first says of it no news."""


def findings(
    reader: Reader, today: date, engagement: str | None = None, plans: Mapping[str, Plan] | None = None
) -> list[Matter]:
    """What needs attention over all engagements that are alive, or in one; ranked, what was put off left out.

    A phase that is not open is quiet, and so is an engagement that was lost, dropped or postponed; of one that was
    postponed only the day to ask again is told.
    """
    return findings_in(Scene(reader, today, engagement, plans))


def findings_in(scene: Scene) -> list[Matter]:
    """`findings` of a scene. Afterwards `scene.unplanned` tells what could not be looked at, `scene.quiet` what was
    put off.
    """
    reader, today = scene.reader, scene.today
    in_force = RulesInForce(reader)
    put_off = snoozed(reader, today)
    found: list[Matter] = []
    quiet: list[Matter] = []
    seen: dict[str, set[tuple[str, str]]] = {}
    for rule, sight in SIGHTS.items():
        groups: dict[tuple[str | None, str], list[_Crossing]] = {}
        later: dict[tuple[str | None, str, tuple[date, str]], list[_Crossing]] = {}
        for each in sight(scene):
            own = in_force.of(each.engagement).get(rule)
            crossed = own.crossed(each.values, each.klass) if own else ()
            if own is None or not crossed:
                continue
            # What was put off is known too: a lesser word about the same row does not take its place.
            seen.setdefault(rule, set()).add(each.row)
            crossing = _Crossing(each, own, crossed)
            if postponed := put_off.get((rule, *each.row)):
                later.setdefault((each.engagement, each.group, postponed), []).append(crossing)
            elif each.row not in seen.get(_COVERED.get(rule, ""), ()):
                groups.setdefault((each.engagement, each.group), []).append(crossing)
        found += [_matter(crossings, scene) for crossings in groups.values()]
        for (_engagement, _group, (until, reason)), crossings in later.items():
            quiet.append(replace(_matter(crossings, scene), until=until, reason=reason))
    scene.quiet = sorted(_once(quiet), key=lambda matter: (matter.until or today, *_place(matter)))
    return sorted(_once(found), key=_place)


class _Crossing(NamedTuple):
    """A sight, the rule that it is of, and the thresholds that it crosses, the worst first."""

    sight: Sight
    rule: Rule
    crossed: tuple[Threshold, ...]


def _matter(crossings: Sequence[_Crossing], scene: Scene) -> Matter:
    ordered = sorted(crossings, key=lambda crossing: -crossing.sight.days)
    worst = [crossing.sight for crossing in ordered]
    first, rule, reasons = ordered[0]
    severity = min((crossing.crossed[0].severity for crossing in ordered), key=SEVERITIES.index)
    return Matter(
        rule=rule.id,
        severity=severity,
        rank=rule.rank,
        engagement=first.engagement,
        code=scene.code_of(first.engagement),
        activity=first.activity,
        text=sentence(rule, worst),
        why=listed(t.why(first.values[t.measure]) for t in (reasons if rule.together else reasons[:1])),
        hint=rule.hint.in_language(language()),
        rows=tuple(sight.row for sight in worst),
        days=first.days,
        settle=rule.settle,
        when=first.when,
        group=first.group,
        klass=reasons[0].klass,
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


def snoozed(reader: Reader, today: date) -> Mapping[tuple[str, str, str], tuple[date, str]]:
    """Until when and why, by rule, table and row, something was put off that is not back yet."""
    found = reader.rows(
        "SELECT rule, about_table, about_row, until, reason FROM snooze WHERE until > ?", (today.isoformat(),)
    )
    return {(rule, table, row): (date.fromisoformat(until), reason) for rule, table, row, until, reason in found}
