"""One thing has one name: what the screens say of phases, activities and choices is what the template says."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from db import choices
from erptui import i18n
from erptui.method.template import SHIPPED

SAME = (
    ("phases", choices.PhaseId),
    ("activities", choices.ActivityId),
    ("knowledge_areas", choices.KnowledgeArea),
    ("tiers", choices.Tier),
    ("engagement_outcomes", choices.EngagementStatus),
    ("outcome_reasons", choices.OutcomeReason),
    ("sides", choices.Side),
    ("link_types", choices.LinkKind),
    ("rhythms", choices.Recurrence),
    ("align", choices.Alignment),
    ("channels", choices.Channel),
    ("promise_states", choices.PromiseState),
    ("touch_marks", choices.NoteMark),
)
ONLY_THE_PROGRAM_HAS = {"lead", "note", "need", "promise", "question", "risk", "action"}


def named(section: str) -> dict[str, dict[str, str]]:
    """The names of a section of the template by id, in both languages."""
    template = json.loads(SHIPPED.read_text("utf-8"))
    return {entry["id"]: entry["name"] for entry in template.get(section) or template["choices"][section]}


def pairs() -> Iterator[object]:
    for section, kind in SAME:
        names = named(section)
        for member in kind:
            if member.id in names:
                yield pytest.param(member.label, names[member.id], id=f"{section}-{member.id}")


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language(before)


@pytest.mark.parametrize(("label", "name"), list(pairs()))
def test_the_program_and_the_template_call_it_the_same(label: str, name: dict[str, str], language: str):
    assert i18n._(label) == name[language]


@pytest.mark.parametrize(("section", "kind"), SAME)
def test_every_choice_that_people_plan_with_has_a_name_in_the_template(section: str, kind: type[choices.Choice]):
    assert {member.id for member in kind} - set(named(section)) <= ONLY_THE_PROGRAM_HAS
