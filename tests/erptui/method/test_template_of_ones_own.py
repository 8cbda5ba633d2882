"""A template of a person's own: what is taken, what is refused and where, what leaving packages out does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from erptui.i18n import say
from erptui.method.build_template import main as build
from erptui.method.template import (
    Bilingual,
    HammockTemplate,
    LinkTemplate,
    NotOptional,
    Template,
    load_template,
    without,
)
from erptui.method.template_file import TemplateError


def words(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"{text}（中文）"}


def package(id: str, *waits_for: str, **more: Any) -> dict[str, Any]:
    """A package; `waits_for` as `A1.1`, or `A1.1 SS 4` with kind and lag."""
    links = []
    for text in waits_for:
        name, kind, lag = [*text.split(), "FS", "0"][:3] if " " in text else (text, "FS", "0")
        links.append({"id": name, "type": kind, "lag": int(lag)})
    return {
        "id": id,
        "activity": id.split(".")[0],
        "name": words(f"Work {id}"),
        "days": 5,
        "predecessors": links,
        "owner": "PM",
        "area": "scope",
        **more,
    }


def small_template(*packages: dict[str, Any]) -> dict[str, Any]:
    return {
        "template": {"id": "small", "name": words("Small")},
        "phases": [{"id": "A", "name": words("Pursuit")}, {"id": "C", "name": words("Implementation")}],
        "activities": [
            {"id": "A1", "phase": "A", "name": words("Research")},
            {"id": "C1", "phase": "C", "name": words("Data")},
        ],
        "knowledge_areas": [{"id": "scope", "name": words("Scope")}],
        "roles": [{"id": "PM", "name": words("Manager"), "side": "vendor"}],
        "gates": [
            {
                "id": "A",
                "phase": "A",
                "name": words("Gate"),
                "needs_proof": True,
                "criteria": [{"id": "GA1", **words("signed")}, {"id": "GA2", **words("filed")}],
            }
        ],
        "work_packages": list(packages) or [package("A1.1"), package("A1.2", "A1.1"), package("C1.1", "A1.2")],
    }


def written(folder: Path, content: Any, name: str = "mine.json") -> Path:
    path = folder / name
    text = json.dumps(content, ensure_ascii=False) if name.endswith(".json") else yaml.safe_dump(content)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def opened(tmp_path):
    """Loads a template of these packages."""

    def load(*packages: dict[str, Any]) -> Template:
        return load_template(written(tmp_path, small_template(*packages)))

    return load


@pytest.fixture
def refused(tmp_path):
    """Gives the sentence with which a template is refused."""

    def load(content: Any, name: str = "mine.json") -> str:
        with pytest.raises(TemplateError) as refusal:
            load_template(written(tmp_path, content, name))
        assert say(refusal.value) == str(refusal.value)
        return str(refusal.value).replace(f"{tmp_path}/", "")

    return load


def links(template: Template, id: str) -> list[str]:
    return [f"{link.predecessor} {link.kind} {link.lag}" for link in template.package(id).predecessors]


# --- What is taken


def test_a_template_of_ones_own_is_taken(opened):
    template = opened(
        package("A1.1", "C1.1 SS -2", milestone=True, optional=True, done_when=words("signed")),
        package("C1.1", days=0),
        package("C1.2", hammock={"from": "C1.1", "to": "C1.3"}),
        package("C1.3"),
    )
    first, second, third, _ = template.packages
    assert template.name == Bilingual("Small", "Small（中文）")
    assert first.predecessors == (LinkTemplate("C1.1", "SS", -2),)
    assert (first.milestone, first.optional, second.milestone, second.optional) == (True, True, False, False)
    assert first.done_when == Bilingual("signed", "signed（中文）")
    assert third.hammock == HammockTemplate("C1.1", "C1.3")
    assert template.gates[0].criteria[1].text.in_language("zh") == "filed（中文）"


def test_a_link_without_kind_and_lag_is_finish_to_start(opened):
    template = opened(package("A1.1"), {**package("A1.2"), "predecessors": [{"id": "A1.1"}]})
    assert template.package("A1.2").predecessors == (LinkTemplate("A1.1", "FS", 0),)


def test_a_template_may_be_yaml(tmp_path):
    content = small_template()
    from_yaml = load_template(written(tmp_path, content, "mine.yaml"))
    assert from_yaml == load_template(written(tmp_path, content))


def test_without_pyyaml_a_yaml_template_is_refused_with_what_to_do(tmp_path):
    path = written(tmp_path, small_template(), "mine.yaml")
    script = (
        "import sys; sys.modules['yaml'] = None\n"
        "from erptui.method.template import load_template\n"
        "try: load_template(sys.argv[1])\n"
        "except ValueError as refusal: print(refusal)"
    )
    shown = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == (
        f"{path}: reading YAML needs the package PyYAML. Install it, or give the template as JSON."
    )


def test_text_of_a_template_is_cleaned(opened):
    name = {"en": "Load\x1b[31m\u202e data", "zh": "导入\x07数据"}
    (taken,) = opened(package("A1.1", name=name)).packages
    assert taken.name == Bilingual("Load[31m\ufffd data", "导入数据")


# --- What is refused, and where


def changed(path: str, value: Any) -> dict[str, Any]:
    """The small template with one value changed, or taken away with `...`."""
    content = small_template()
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    spot: Any = content
    for step in steps:
        spot = spot[step]
    if value is ...:
        del spot[last]
    else:
        spot[last] = value
    return content


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            "work_packages.1.predecessors.0.id",
            "X9",
            "work_packages[1] (A1.2).predecessors[0].id: there is no “X9” in work_packages. "
            "Name one that is there, or remove this.",
        ),
        (
            "work_packages.1.owner",
            "BOSS",
            "work_packages[1] (A1.2).owner: there is no “BOSS” in roles. Name one that is there, or remove this.",
        ),
        (
            "work_packages.0.activity",
            "B1",
            "work_packages[0] (A1.1).activity: there is no “B1” in activities. Name one that is there, or remove this.",
        ),
        (
            "work_packages.0.area",
            "cost",
            "work_packages[0] (A1.1).area: there is no “cost” in knowledge_areas. "
            "Name one that is there, or remove this.",
        ),
        (
            "gates.0.phase",
            "D",
            "gates[0] (A).phase: there is no “D” in phases. Name one that is there, or remove this.",
        ),
        (
            "activities.1.phase",
            "A",
            "activities[1] (C1).phase: activity C1 belongs to phase C. Name that phase.",
        ),
        (
            "work_packages.2.id",
            "A1.1",
            "work_packages[2] (A1.1).id: “A1.1” stands twice; the other is at mine.json: work_packages[0] (A1.1).id. "
            "Each needs an id of its own.",
        ),
        (
            "gates.0.criteria.1.id",
            "GA1",
            "gates[0] (A).criteria[1].id: “GA1” stands twice; the other is at mine.json: gates[0] (A).criteria[0].id. "
            "Each needs an id of its own.",
        ),
        (
            "work_packages.1.predecessors.0.type",
            "FX",
            "work_packages[1] (A1.2).predecessors[0].type: “FX” is unknown. Choose one of: FS, SS, FF, SF.",
        ),
        (
            "work_packages.0.align",
            "full_moon",
            "work_packages[0] (A1.1).align: “full_moon” is unknown. Choose one of: period_start, period_end, year_end.",
        ),
        ("phases.0.id", "F", "phases[0] (F).id: “F” is unknown. Choose one of: A, B, C, D, E."),
        (
            "work_packages.0.days",
            -1,
            "work_packages[0] (A1.1).days: “-1”: this must be a whole number of working days from 0 to 10000.",
        ),
        (
            "work_packages.0.days",
            True,
            "work_packages[0] (A1.1).days: “True”: this must be a whole number of working days from 0 to 10000.",
        ),
        (
            "work_packages.0.days",
            "5",
            "work_packages[0] (A1.1).days: “5”: this must be a whole number of working days from 0 to 10000.",
        ),
        ("work_packages.0.days", ..., "work_packages[0] (A1.1).days: this is missing: add it."),
        (
            "work_packages.1.predecessors.0.lag",
            1.5,
            "work_packages[1] (A1.2).predecessors[0].lag: “1.5”: "
            "this must be a whole number of working days, negative for a lead.",
        ),
        ("work_packages.0.optional", "no", "work_packages[0] (A1.1).optional: “no”: this must be true or false."),
        (
            "work_packages.0.id",
            1.1,
            "work_packages[0].id: “1.1”: this must be an id of letters, digits and - _ . / "
            "with at most 20 characters; put it in quotes.",
        ),
        ("work_packages.0.owner", 7, "work_packages[0] (A1.1).owner: “7”: this must be text; put a number in quotes."),
        ("work_packages.0", "all", "work_packages[0]: this must be a mapping."),
        ("work_packages", {"A1.1": 5}, "work_packages: this section must be there, as a list."),
        ("roles", ..., "roles: this section must be there, as a list."),
        ("template", ..., "template: this is missing: give the template an id and a name."),
        (
            "work_packages.2.name.zh",
            ...,
            "work_packages[2] (C1.1).name.zh: this is missing: write the text in this language, too.",
        ),
        (
            "gates.0.criteria.0.en",
            " ",
            "gates[0] (A).criteria[0].en: this is empty: write the text in this language, too.",
        ),
        ("roles.0.name.zh", 5, "roles[0] (PM).name.zh: this must be text; put a number in quotes."),
        (
            "work_packages.0.name",
            "Walk",
            "work_packages[0] (A1.1).name: “Walk”: this must be a text in two languages: en and zh.",
        ),
    ],
)
def test_a_bad_template_is_refused_with_its_place_and_what_to_do(refused, path, value, sentence):
    told = refused(changed(path, value)).splitlines()
    assert f"mine.json: {sentence}" in told


def test_packages_that_wait_for_each_other_are_named_in_order(refused):
    told = refused(
        small_template(
            package("A1.9"), package("A1.1", "A1.3", "A1.9"), package("A1.2", "A1.1"), package("A1.3", "A1.2 SS 2")
        )
    )
    (place, loop) = re.fullmatch(
        r"mine\.json: (.*): these wait for each other in a circle: (.*)\. Remove one of the links\.", told
    ).groups()
    ids = loop.split(" → ")
    assert ids[0] == ids[-1]
    assert f"{' '.join(ids)} {' '.join(ids[1:])}".count("A1.1 A1.2 A1.3 A1.1") == 1
    number = ["A1.9", "A1.1", "A1.2", "A1.3"].index(ids[0])
    assert place == f"work_packages[{number}] ({ids[0]}).predecessors"


def test_nothing_lasts_from_or_to_a_package_that_may_be_left_out(refused):
    told = refused(
        small_template(
            package("A1.1", optional=True),
            package("A1.2", hammock={"from": "A1.1", "to": "A1.3"}),
            package("A1.3"),
        )
    )
    assert told == (
        "mine.json: work_packages[1] (A1.2).hammock.from: A1.1 is optional, so nothing can last from or to it. "
        "Name a package that always stays."
    )


def test_a_phase_has_one_gate(refused):
    content = small_template()
    content["gates"].append({**content["gates"][0], "id": "second", "criteria": []})
    assert refused(content) == (
        "mine.json: gates[1] (second).phase: “A” stands twice; the other is at mine.json: gates[0] (A).phase. "
        "Each needs an id of its own."
    )


def test_every_finding_is_told_at_once_and_very_many_are_counted(refused):
    told = refused(small_template(*(package(f"A1.{number}", "B9.9") for number in range(50)))).splitlines()
    assert len(told) == 21
    assert told[-1] == "… and 30 more."


def test_yaml_is_refused_with_the_line(refused, tmp_path):
    content = small_template()
    content["work_packages"][1]["owner"] = "BOSS"
    told = refused(content, "mine.yaml")
    line = int(re.match(r"mine\.yaml:(\d+): work_packages\[1\] \(A1\.2\)\.owner: there is no “BOSS”", told)[1])
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8").splitlines()[line - 1].strip() == "owner: BOSS"


@pytest.mark.parametrize(
    ("name", "encoded", "sentence"),
    [
        ("a.json", b'{"template": 1,\n "phases": [}', "a.json:2: this is not JSON: Expecting value, column 13."),
        ("a.json", b"[1, 2]", "a.json: a template is a mapping of sections such as work_packages."),
        ("a.json", b"\xb0\xa1\xff", "a.json: this is not text in UTF-8. Save it as UTF-8."),
        ("a.json", b"[" * 200_000, "a.json: this is not a template. Choose another file."),
        ("a.yaml", b"a: [1,\nb: }", "a.yaml:2: this is not YAML:"),
        ("a.yaml", b"a: \x00", "a.yaml: this is not YAML:"),
        ("a.yaml", b"a: 1\nb: 2\na: 3\n", "a.yaml:3: “a” stands twice in this mapping. Remove one."),
        ("a.yaml", b"a: &x [1]\nb: *x\n", "a.yaml:1: write this out; a template has no YAML aliases."),
        ("a.yaml", b"a: 2026-99-99\n", "a.yaml: this is not a template. Choose another file."),
        ("a.yaml", b"", "a.yaml: a template is a mapping of sections such as work_packages."),
    ],
)
def test_a_file_that_is_no_template_is_refused(tmp_path, name, encoded, sentence):
    path = tmp_path / name
    path.write_bytes(encoded)
    with pytest.raises(TemplateError) as refusal:
        load_template(path)
    assert str(refusal.value).startswith(f"{tmp_path}/{sentence}")


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path):
    with pytest.raises(TemplateError, match=r"nowhere\.json: the template can't be read: No such file"):
        load_template(tmp_path / "nowhere.json")


def test_the_builder_refuses_a_bad_yaml_and_writes_nothing(tmp_path, capsys):
    content = small_template()
    del content["work_packages"][1]["name"]["zh"]
    source = written(tmp_path, content, "mine.yaml")
    assert build([str(source)]) == 1
    assert re.search(
        r"mine\.yaml:\d+: work_packages\[1\] \(A1\.2\)\.name\.zh: this is missing", capsys.readouterr().err
    )
    assert not (tmp_path / "mine.json").exists()


def test_the_builder_says_whether_the_json_is_fresh(tmp_path):
    source = written(tmp_path, small_template(), "mine.yaml")
    assert build(["--check", str(source)]) == 1
    assert not (tmp_path / "mine.json").exists()
    assert build([str(source)]) == 0
    assert build(["--check", str(source)]) == 0
    (tmp_path / "mine.json").write_text("{}\n", encoding="utf-8")
    assert build(["--check", str(source)]) == 1


# --- Leaving packages out


def test_what_is_left_out_hands_its_predecessors_on(opened):
    template = opened(
        package("A1.1"), package("A1.2"), package("A1.3", "A1.1", "A1.2", optional=True), package("C1.1", "A1.3")
    )
    rest = without(template, ["A1.3"])
    assert [taken.id for taken in rest.packages] == ["A1.1", "A1.2", "C1.1"]
    assert links(rest, "C1.1") == ["A1.1 FS 0", "A1.2 FS 0"]
    assert links(template, "C1.1") == ["A1.3 FS 0"]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("FS 0", "FS 0", "FS 0"),
        ("FS 2", "FS 3", "FS 5"),
        ("SS 4", "FS 0", "SS 4"),
        ("FS 0", "FF 1", "FF 1"),
        ("FS 0", "SF 0", "FF 0"),
        ("SS 1", "FF 1", "SF 2"),
        ("SS 1", "SS 2", "SS 3"),
        ("FF 1", "SS 0", "FS 1"),
        ("FS 0", "FS -3", "FS 0"),
        ("FS -3", "FS 2", "FS 2"),
    ],
)
def test_handed_on_links_join_their_ends_and_add_their_lags_but_no_lead(opened, before, after, joined):
    template = opened(
        package("A1.1"), package("A1.2", f"A1.1 {before}", optional=True), package("C1.1", f"A1.2 {after}")
    )
    assert links(without(template, ["A1.2"]), "C1.1") == [f"A1.1 {joined}"]


def test_a_whole_chain_can_be_left_out_in_any_order(opened):
    template = opened(
        package("A1.1"),
        package("A1.4", "A1.1 FS 1", optional=True),
        package("A1.2", "A1.4 FS 1", optional=True),
        package("A1.3", "A1.2 FS 1", optional=True),
        package("C1.1", "A1.3 FS 1"),
    )
    assert links(without(template, ["A1.4", "A1.3", "A1.2"]), "C1.1") == ["A1.1 FS 4"]


def test_a_handed_on_link_that_another_implies_is_dropped(opened):
    template = opened(
        package("A1.1"), package("A1.2", "A1.1 SS 0", optional=True), package("C1.1", "A1.1 FS 1", "A1.2 FS 0")
    )
    assert links(without(template, ["A1.2"]), "C1.1") == ["A1.1 FS 1"]


def test_of_two_links_of_one_kind_the_longer_wait_stays(opened):
    template = opened(
        package("A1.1"), package("A1.2", "A1.1 FS 4", optional=True), package("C1.1", "A1.1 FS 1", "A1.2 FS 0")
    )
    assert links(without(template, ["A1.2"]), "C1.1") == ["A1.1 FS 4"]


def test_two_links_between_the_same_packages_stay_where_neither_implies_the_other(opened):
    template = opened(
        package("A1.1"), package("A1.2", "A1.1 SS 3", optional=True), package("C1.1", "A1.1 FF 0", "A1.2 FS 0")
    )
    assert links(without(template, ["A1.2"]), "C1.1") == ["A1.1 FF 0", "A1.1 SS 3"]


def test_links_of_the_template_stay_as_they_are_where_nothing_beside_them_is_left_out(opened):
    template = opened(
        package("A1.1"),
        package("A1.2", "A1.1", optional=True),
        package("A1.3", "A1.1 SS 0", "A1.1 FS -1"),
    )
    assert links(without(template, ["A1.2"]), "A1.3") == ["A1.1 SS 0", "A1.1 FS -1"]


def test_thousands_of_packages_in_a_row_can_be_left_out(opened):
    row = [package(f"A1.{number}", f"A1.{number - 1}", optional=True) for number in range(1, 3000)]
    template = opened(package("A1.0"), *row, package("C1.1", "A1.2999"))
    rest = without(template, [taken["id"] for taken in row])
    assert links(rest, "C1.1") == ["A1.0 FS 0"]


def test_a_package_that_must_stay_cannot_be_left_out(opened):
    template = opened(package("A1.1"), package("A1.2", optional=True), package("A1.3", optional=True))
    with pytest.raises(NotOptional) as refusal:
        without(template, ["A1.2", "A1.1"])
    assert str(refusal.value) == "A1.1 (Work A1.1) can't be left out. These can: A1.2, A1.3."


def test_a_package_that_is_not_there_cannot_be_left_out(opened):
    template = opened(package("A1.1"), package("A1.2", optional=True))
    with pytest.raises(
        ValueError, match=r"There is no work package “Z9” in the template\. These can be left out: A1\.2"
    ):
        without(template, ["Z9"])


def test_leaving_nothing_out_leaves_the_template_as_it_is(opened):
    template = opened(package("A1.1"))
    assert without(template, []) is template
