"""Which fields of a template name rows of another section: one line each, for the checks of a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from erptui.method.template_file import Spot

REFERENCES: dict[str, str] = {
    "activities.phase": "phases",
    "activities.target": "target_groups",
    "agendas.items.by": "roles",
    "agendas.package": "work_packages",
    "communication_plan.audience": "choices.audiences",
    "communication_plan.by": "roles",
    "communication_plan.channel": "choices.channels",
    "communication_plan.rhythm": "choices.rhythms",
    "communication_plan.with": "roles",
    "courses.for": "roles",
    "courses.module": "choices.course_modules",
    "courses.package": "work_packages",
    "cutover.after": "cutover",
    "cutover.only_if.answer": "choices.outcome_answers",
    "cutover.only_if.step": "cutover",
    "cutover.owner": "roles",
    "cutover.variant": "cutover_variants",
    "data_sets.kind": "choices.data_kinds",
    "data_sets.owner": "roles",
    "data_sets.package": "work_packages",
    "delivery_conditions.accepted_by": "roles",
    "delivery_conditions.package": "work_packages",
    "department_questions.for": "roles",
    "document_types.audience": "choices.audiences",
    "document_types.packages": "work_packages",
    "document_types.phase": "phases",
    "forms.package": "work_packages",
    "forms.placeholders": "placeholders",
    "gates.phase": "phases",
    "go_no_go.owner": "roles",
    "go_no_go.packages": "work_packages",
    "go_no_go.threshold.field": "measures",
    "go_no_go.threshold.op": "choices.operators",
    "go_no_go.threshold.unit": "choices.units",
    "issue_kinds.answer.unit": "choices.units",
    "letters.package": "work_packages",
    "letters.placeholders": "placeholders",
    "letters.target": "target_groups",
    "next_step_rules.kind": "choices.rule_kinds",
    "next_step_rules.rank": "choices.ranks",
    "next_step_rules.rows": "activities",
    "next_step_rules.settle": "settle_actions",
    "next_step_rules.severity": "choices.severities",
    "next_step_rules.threshold.class": "choices.rule_classes",
    "next_step_rules.threshold.field": "measures",
    "next_step_rules.threshold.op": "choices.operators",
    "next_step_rules.threshold.severity": "choices.severities",
    "next_step_rules.threshold.unit": "choices.units",
    "parallel_run.figures.rhythm": "choices.rhythms",
    "parallel_run.figures.tolerance.unit": "choices.units",
    "payment_milestones.package": "work_packages",
    "quality_criteria.inspector": "roles",
    "quality_criteria.package": "work_packages",
    "quality_criteria.threshold.field": "measures",
    "quality_criteria.threshold.op": "choices.operators",
    "quality_criteria.threshold.unit": "choices.units",
    "raci.packages": "work_packages",
    "raci.roles.*": "roles",
    "reports.by": "roles",
    "reports.rhythm": "choices.rhythms",
    "reports.tier": "tiers",
    "risks.area": "knowledge_areas",
    "risks.kind": "choices.risk_kinds",
    "risks.rule": "next_step_rules",
    "risks.strategy": "choices.response_strategies",
    "stakeholder_strategies.attitude": "choices.attitudes",
    "stakeholder_strategies.quadrant": "choices.quadrants",
    "survey.measures": "choices.survey_measures",
    "survey.scale": "choices.survey_scales",
    "tests.level": "choices.test_levels",
    "tests.module": "choices.modules",
    "work_packages.activity": "activities",
    "work_packages.area": "knowledge_areas",
    "work_packages.data_sets": "data_sets",
    "work_packages.hammock.from": "work_packages",
    "work_packages.hammock.to": "work_packages",
    "work_packages.owner": "roles",
    "work_packages.predecessors.id": "work_packages",
    "work_packages.target": "target_groups",
    "work_packages.with": "roles",
    "work_packages.worked_out_with": "choices.worked_out_with",
}
"""Where an id stands (lists are stepped into, `*` are the keys of a mapping) -> the section that must have it."""


def known_ids(content: Mapping[str, Any], section: str) -> frozenset[str]:
    """The ids of a section such as `roles` or `choices.units`; measures are named by their field."""
    rows: Any = content
    for step in section.split("."):
        rows = rows.get(step) if isinstance(rows, dict) else None
    name = "field" if section == "measures" else "id"
    ids = (row.get(name) for row in rows or () if isinstance(row, dict)) if isinstance(rows, list) else ()
    return frozenset(id for id in ids if isinstance(id, str))


def unknown_references(content: Mapping[str, Any]) -> Iterator[tuple[Spot, Any, str]]:
    """Each id that its section does not have: where it stands, the id, the section."""
    known = {section: known_ids(content, section) for section in set(REFERENCES.values())}
    for pattern, section in REFERENCES.items():
        for spot, id in values(content, pattern):
            if not isinstance(id, str) or id not in known[section]:
                yield spot, id, section


def values(content: Mapping[str, Any], pattern: str) -> Iterator[tuple[Spot, Any]]:
    """Each value at a pattern such as `work_packages.owner`, and where it stands."""
    yield from _values(content, tuple(pattern.split(".")), ())


def _values(value: Any, steps: tuple[str, ...], spot: Spot) -> Iterator[tuple[Spot, Any]]:
    if isinstance(value, list):
        for place, child in enumerate(value):
            yield from _values(child, steps, (*spot, place))
    elif not steps:
        yield spot, value
    elif isinstance(value, dict) and steps[0] == "*":
        yield from (((*spot, key), key) for key in value)
    elif isinstance(value, dict) and steps[0] in value:
        yield from _values(value[steps[0]], steps[1:], (*spot, steps[0]))
