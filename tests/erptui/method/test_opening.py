"""Opening an engagement from the template: in one step, or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.choices import ContentLanguage, EngagementStatus
from db.errors import Problem
from db.models import Engagement
from erptui.method.board import columns_of
from erptui.method.gates import gates_of
from erptui.method.opening import CodeTaken, NotALead
from erptui.method.template import load_template
from erptui.outcomes import win
from erptui.plan_dates import dates_of, plan_of


def codes(store, condition: str = "1") -> set[str]:
    return {code for (code,) in store.rows(f"SELECT code FROM work_package WHERE {condition}")}


def links(store) -> set[tuple[str, str]]:
    return set(
        store.rows(
            "SELECT a.code, b.code FROM dependency d JOIN work_package a ON a.id = d.predecessor_id"
            " JOIN work_package b ON b.id = d.successor_id"
        )
    )


def opened_phases(store) -> set[str]:
    return {phase for (phase,) in store.rows("SELECT phase FROM phase WHERE opened_on IS NOT NULL")}


# Whole.


def test_an_engagement_holds_all_the_template_has(store, hx26):
    template = load_template()
    assert codes(store) == {package.id for package in template.packages}
    assert len(links(store)) == sum(len(package.predecessors) for package in template.packages)
    assert [len(gate.criteria) for gate in gates_of(store, hx26)] == [len(gate.criteria) for gate in template.gates]
    assert store.rows("SELECT count(*) FROM role") == [(len(template.roles),)]
    assert [column.total for column in columns_of(store, hx26)] == [29, 39, 60, 13, 9]


def test_opening_is_one_step_that_undo_takes_back_whole(store, open_new, everything):
    empty = {table: rows for table, rows in everything().items() if table not in ("step", "change")}
    open_new()
    assert len(store.history()) == 1
    store.undo()
    assert {table: rows for table, rows in everything().items() if table not in ("step", "change")} == empty
    store.redo()
    assert len(codes(store)) == 150


def test_only_pursuit_and_the_band_are_open_at_first(store, hx26):
    assert opened_phases(store) == {"A", "E"}


@pytest.mark.parametrize(
    ("language", "name", "criterion"),
    [
        (ContentLanguage.ENGLISH, "Open the opportunity file and fix the qualification criteria", "contract signed"),
        (ContentLanguage.CHINESE, "商机", "合同"),
    ],
)
def test_content_is_copied_in_the_language_asked_for(store, open_new, language, name, criterion):
    engagement = open_new(language=language)
    ((found,),) = store.rows("SELECT name FROM work_package WHERE code = 'A1.1'")
    assert name in found
    assert criterion in gates_of(store, engagement)[0].criteria[0].text


# Refused.


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"code": "HX26"}, "there is an engagement HX26 already"),
        ({"code": "hx26"}, "there is an engagement HX26 already"),
        ({"code": ""}, "Code"),
        ({"code": "[/x]"}, "Code"),
        ({"code": "NB26", "name": ""}, "Name"),
        ({"code": "NB26", "name": "x" * 10_000}, "Name"),
        ({"code": "NB26", "left_out": ("Z9.9",)}, "Z9.9"),
        ({"code": "NB26", "left_out": ("A1.1",)}, "A1.1"),
        ({"code": "NB26", "template": "/no/such/template.json"}, "/no/such/template.json"),
        ({"code": "NB26", "lead": True, "at": "B2"}, "A lead has the pursuit phase only"),
        ({"code": "NB26", "at": "E2"}, "E2 goes on through all phases"),
        ({"code": "NB26", "start": date(1066, 1, 1)}, "1066"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_is_written_when_an_opening_is_refused(store, open_new, everything, wanted, words):
    open_new()
    before = everything()
    with pytest.raises(Problem) as refused:
        open_new(**wanted)
    assert words in str(refused.value)
    assert everything() == before


def test_a_code_that_is_taken_names_whose_it_is(open_new):
    open_new()
    with pytest.raises(CodeTaken, match=r"HX26 already \(Huaxin Precision\)\. Choose another code"):
        open_new(name="Another")


def test_a_template_that_is_broken_writes_nothing(store, open_new, everything, tmp_path: Path):
    broken = tmp_path / "mine.json"
    broken.write_text("{", encoding="utf-8")
    before = everything()
    with pytest.raises(Problem, match=r"mine\.json"):
        open_new(template=str(broken))
    assert everything() == before


def test_text_from_people_is_kept_as_typed(store, open_new):
    engagement = open_new(name="[/x] 🏭 مشروع {code} 华信“精密”")
    assert store.get(Engagement, engagement).name == "[/x] 🏭 مشروع {code} 华信“精密”"


# Left out.


def test_what_waited_for_a_package_left_out_waits_for_what_that_waited_for(store, open_new):
    template = load_template()
    optional = next(
        package
        for package in template.packages
        if package.optional
        and package.predecessors
        and any(package.id in (link.predecessor for link in other.predecessors) for other in template.packages)
    )
    open_new(left_out=(optional.id,))
    assert optional.id not in codes(store)
    before = {link.predecessor for link in optional.predecessors}
    after = {p.id for p in template.packages if optional.id in (link.predecessor for link in p.predecessors)}
    found = links(store)
    for follower in after:
        assert {first for first, second in found if second == follower} >= before


def test_what_was_left_out_stays_out_when_a_lead_is_won(store, open_new):
    out = next(p.id for p in load_template().packages if p.optional and p.phase != "A")
    engagement = open_new(lead=True, left_out=(out,))
    win(store, engagement, date(2026, 3, 16))
    assert out not in codes(store)


# Leads.


def test_a_lead_holds_the_pursuit_phase_only(store, open_new):
    lead = open_new(lead=True)
    assert {code[0] for code in codes(store)} == {"A"}
    assert [gate.phase for gate in gates_of(store, lead)] == ["A"]
    assert opened_phases(store) == {"A"}
    assert store.get(Engagement, lead).status is EngagementStatus.LEAD


def test_a_won_lead_is_dated_from_the_contract(store, open_new, today):
    lead = open_new(lead=True)
    with store.edit("Done") as edit:
        from db.choices import PackageStatus
        from db.models import WorkPackage

        for (row,) in store.rows("SELECT id FROM work_package"):
            edit.change(
                WorkPackage,
                row,
                None,
                status=PackageStatus.DONE,
                started_on=date(2026, 3, 2),
                finished_on=date(2026, 3, 6),
            )
    win(store, lead, date(2026, 5, 4))
    assert codes(store) == {package.id for package in load_template().packages}
    dates = dates_of(store, lead)
    later = [dates[row].start for (row,) in store.rows("SELECT id FROM work_package WHERE phase <> 'A'")]
    assert min(later) == date(2026, 5, 4)
    assert store.get(Engagement, lead).contract_on == date(2026, 5, 4)


def test_a_won_lead_has_the_plan_of_one_that_was_never_a_lead(store, open_new):
    lead, won = open_new(lead=True), open_new(code="NB26")
    win(store, lead, date(2026, 3, 2))
    assert plan_of(store, lead).finish == plan_of(store, won).finish
    assert len(dates_of(store, lead)) == len(dates_of(store, won))


def test_only_a_lead_can_be_won(store, hx26, everything):
    before = everything()
    with pytest.raises(NotALead, match="HX26 is not a lead: it is Won"):
        win(store, hx26, date(2026, 3, 16))
    assert everything() == before


# Taken up on the way.


def before_erptui(store) -> set[str]:
    return codes(store, "before_erptui = 1")


def test_work_before_the_activity_is_done_before_erptui(store, open_new):
    open_new(at="C3")
    behind = before_erptui(store)
    assert behind == codes(store, "status = 'done'")
    earlier = {p.id for p in load_template().packages if p.activity < "C3"}
    assert earlier <= behind
    assert {code for code in behind if code[:2] >= "C3"} == {"E1.1", "E3.1"}


def test_the_stock_count_of_a_project_taken_up_at_its_tests_stays_open(store, open_new):
    open_new(at="C3")
    assert codes(store, "name LIKE '%stock count%' AND status = 'todo'") == {"C4.2"}


def test_gates_behind_are_passed_and_phases_up_to_there_are_open(store, open_new):
    engagement = open_new(at="C3")
    assert [gate.before_erptui for gate in gates_of(store, engagement)] == [True, True, False, False]
    assert opened_phases(store) == {"A", "B", "C", "E"}


@pytest.mark.parametrize("at", ["A2", "B1", "B3", "B5", "C1", "C4", "C5", "D1", "D2"])
def test_nothing_done_waits_for_something_open(store, open_new, at):
    open_new(at=at)
    behind = before_erptui(store)
    assert {(first, second) for first, second in links(store) if second in behind and first not in behind} == set()


def test_a_project_taken_up_while_it_goes_live_has_its_tests_and_rhythm_behind_it(store, open_new):
    open_new(at="C5")
    behind = before_erptui(store)
    assert {code for code in behind if code.startswith(("C3.", "C4."))} == codes(store, "activity IN ('C3', 'C4')")
    assert "C6.3" in behind
    assert not {code for code in behind if code.startswith("C5.")}


def test_the_acceptance_of_a_project_taken_up_at_the_return_visits_may_still_be_open(store, open_new):
    open_new(at="D2")
    assert "C5.9" not in before_erptui(store)
