"""The shipped template: whole, in two languages, with the plan it is known for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter

import pytest

from db.choices import ActivityId, KnowledgeArea, PhaseId
from db.text import clean_text
from erptui.method.build_template import SOURCE, built
from erptui.method.build_template import main as build
from erptui.method.template import SHIPPED, Template, load_template, without
from erptui.planning.network import Link, Schedule, Task, schedule

TEMPLATE = load_template()
OPTIONAL = [package.id for package in TEMPLATE.packages if package.optional]


def plan(template: Template, no_time: frozenset[str] = frozenset()) -> Schedule:
    """The plan of a template, counted in whole days; packages of `no_time` count as taking none."""
    return schedule(
        [Task(package.id, 0 if package.id in no_time else package.days) for package in template.packages],
        [
            Link(link.predecessor, package.id, link.kind, link.lag)
            for package in template.packages
            for link in package.predecessors
        ],
    )


def texts(value: object, place: str = ""):
    """Every text of a JSON document with its place."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from texts(child, f"{place}.{key}")
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from texts(child, f"{place}[{number}]")
    elif isinstance(value, str):
        yield place, value


def bilinguals(value: object):
    if isinstance(value, dict):
        if value.keys() & {"en", "zh"}:
            yield value
        for child in value.values():
            yield from bilinguals(child)
    elif isinstance(value, list):
        for child in value:
            yield from bilinguals(child)


def content() -> dict:
    return json.loads(SHIPPED.read_text(encoding="utf-8"))


def test_the_shipped_template_has_the_whole_method():
    assert len(TEMPLATE.packages) == 150
    assert sum(len(package.predecessors) for package in TEMPLATE.packages) == 227
    assert len(OPTIONAL) == 17
    assert len(TEMPLATE.gates) == 4
    assert sum(len(gate.criteria) for gate in TEMPLATE.gates) == 29
    assert len(TEMPLATE.roles) == 24
    assert [phase.id for phase in TEMPLATE.phases] == [phase.id for phase in PhaseId]
    assert [activity.id for activity in TEMPLATE.activities] == [activity.id for activity in ActivityId]
    assert {package.area for package in TEMPLATE.packages} == {area.id for area in KnowledgeArea}


def test_the_shipped_json_is_fresh_from_its_yaml():
    assert SHIPPED.read_text(encoding="utf-8") == built(SOURCE), "run python -m erptui.method.build_template"
    assert build(["--check"]) == 0


def test_every_text_of_the_shipped_template_is_there_in_both_languages():
    found = list(bilinguals(content()))
    assert len(found) > 1000
    for words in found:
        for language in ("en", "zh"):
            text = words[language]
            assert all(isinstance(each, str) and each.strip() for each in (text if isinstance(text, list) else [text]))


def test_every_chinese_text_of_what_opening_copies_is_chinese():
    for package in TEMPLATE.packages:
        for text in (package.name, package.deliverable, package.done_when, package.note):
            if text:
                assert re.search("[\u4e00-\u9fff]", text.zh), text
                assert not re.search("[\u4e00-\u9fff]", text.en), text


def test_no_text_of_the_shipped_template_needs_cleaning():
    unclean = [place for place, text in texts(content()) if clean_text(text) != text]
    assert unclean == []


def test_every_package_id_begins_with_its_activity_and_every_criterion_id_with_its_gate():
    for package in TEMPLATE.packages:
        assert re.fullmatch(re.escape(package.activity) + r"\.\d+", package.id)
        assert package.phase == package.activity[0]
    for gate in TEMPLATE.gates:
        assert [criterion.id for criterion in gate.criteria] == [
            f"G{gate.phase}{number}" for number in range(1, len(gate.criteria) + 1)
        ]


def test_the_known_plan_has_348_days_57_critical_packages_and_go_live_after_228_days():
    known = plan(TEMPLATE)
    assert known.finish == 348
    assert sum(1 for total_float in known.total_float.values() if total_float == 0) == 57
    assert known.early_finish["C5.6"] == 228
    assert known.early_finish["C5.6"] - known.early_finish["A4.6"] == 175


def test_without_the_buffer_contract_to_go_live_takes_155_days():
    (buffer,) = [package for package in TEMPLATE.packages if package.buffer]
    known = plan(TEMPLATE, no_time=frozenset([buffer.id]))
    assert buffer.days == 20
    assert known.early_finish["C5.6"] - known.early_finish["A4.6"] == 155


def test_the_milestones_are_what_a_client_signs_or_celebrates():
    milestones = [package.id for package in TEMPLATE.packages if package.milestone]
    assert milestones == ["A4.6", "B2.8", "B2.10", "B6.2", "C3.8", "C4.1", "C5.4", "C5.6", "C5.9", "D1.2"]
    assert not set(milestones) & set(OPTIONAL)


def test_every_package_has_one_row_of_duties_with_one_who_answers():
    rows = TEMPLATE.section("raci")
    assert Counter(package for row in rows for package in row["packages"]) == Counter(
        package.id for package in TEMPLATE.packages
    )
    assert [row["id"] for row in rows if "".join(row["roles"].values()).count("A") != 1] == []


def test_a_letter_names_exactly_the_placeholders_that_it_uses_in_both_languages():
    for letter in TEMPLATE.section("letters") + TEMPLATE.section("forms"):
        heading = letter.get("subject") or letter["title"]
        for language in ("en", "zh"):
            used = set(re.findall(r"{(\w+)}", heading[language] + letter["body"][language]))
            assert used == set(letter["placeholders"]), (letter["id"], language)


def test_one_word_is_used_for_one_thing():
    chinese = [text for place, text in texts(content()) if ".aliases[" not in place]
    for other in ("干系人", "相关方", "关口", "动员会", "任务包"):
        assert [text for text in chinese if other in text] == []


def test_a_hammock_lasts_from_one_package_to_another():
    hammocks = {package.id: package.hammock for package in TEMPLATE.packages if package.hammock}
    assert {id: (hammock.starts_after, hammock.ends_before) for id, hammock in hammocks.items()} == {
        "C1.16": ("C1.13", "C5.6"),
        "C6.2": ("C6.1", "C5.6"),
    }


def test_a_package_tells_all_that_opening_needs():
    package = TEMPLATE.package("C1.5")
    assert package.name.in_language("zh") == "整理产品与原材料资料"
    assert package.name.in_language("en") == "Clean products and raw materials"
    assert (package.days, package.owner, package.area, package.phase) == (22, "ENG", "quality", "C")
    assert package.supported_by == ("PMC", "QC")
    assert package.data_sets == ("D01", "D02", "D22")
    assert [(link.predecessor, link.kind, link.lag) for link in package.predecessors] == [
        ("C1.2", "FS", 0),
        ("C1.4", "FS", 0),
    ]
    assert TEMPLATE.package("C4.5").align == "period_start"
    assert TEMPLATE.package("D2.4").recurring == "quarterly"


def test_sections_for_later_stay_reachable():
    assert len(TEMPLATE.section("risks")) == 43
    assert len(TEMPLATE.section("next_step_rules")) == 70
    assert TEMPLATE.section("horoscopes") == []


def test_no_name_and_the_name_of_the_shipped_template_mean_the_shipped_one():
    assert load_template("") is load_template(None) is load_template(TEMPLATE.id) is TEMPLATE


def test_loading_the_template_imports_no_yaml():
    script = (
        "import sys; from erptui.method.template import load_template; load_template(); print('yaml' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


@pytest.mark.parametrize("left_out", [OPTIONAL, *([id] for id in OPTIONAL)], ids=lambda ids: "+".join(ids[:2]))
def test_leaving_packages_out_leaves_the_dates_of_the_others_as_if_they_took_no_time(left_out):
    rest = plan(without(TEMPLATE, left_out))
    known = plan(TEMPLATE, no_time=frozenset(left_out))
    assert rest.early_start == {id: start for id, start in known.early_start.items() if id not in left_out}
