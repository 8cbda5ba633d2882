"""Known answers of the critical path method, and what actuals, dates and errors do."""

from __future__ import annotations

import time
from datetime import date, datetime
from itertools import pairwise

import pytest

from erptui.planning.hammock import Hammock, hammock_dates
from erptui.planning.network import Cycle, DuplicateTask, Link, Schedule, Task, UnknownTask, schedule
from erptui.planning.working_time import FREE_DAY, OFFICE_DAY, WorkingCalendar

DAY = 480
wall = datetime.fromisoformat
WEEKDAYS = WorkingCalendar().axis(date(2026, 3, 2))


def tasks(**days: float) -> list[Task]:
    return [Task(id, round(length * DAY)) for id, length in days.items()]


def links(text: str) -> list[Link]:
    """`A>B` is FS, `A>B:SS+2` with two days of lag."""
    parsed = []
    for word in text.split():
        ends, _, tie = word.partition(":")
        predecessor, successor = ends.split(">")
        parsed.append(Link(predecessor, successor, tie[:2] or "FS", round(float(tie[2:] or 0) * DAY)))
    return parsed


def in_days(minutes: dict[str, int]) -> dict[str, float]:
    """Only what is not zero, in days."""
    return {id: value / DAY for id, value in minutes.items() if value}


@pytest.fixture
def textbook() -> Schedule:
    """The environmental project of Heizer and Render, Operations Management."""
    return schedule(tasks(A=2, B=3, C=2, D=4, E=4, F=3, G=5, H=2), links("A>C A>D B>D C>E C>F D>G E>G F>H G>H"))


@pytest.fixture
def four_kinds() -> Schedule:
    return schedule(
        tasks(start=0, survey=4, data=6, train=3, print=2, guard=1, load=5, finish=0),
        links(
            "start>survey survey>data:FS+1 survey>train:FS-2 data>print:FF+2 train>load:SS+4 data>load:FS"
            " load>guard:SF+2 print>finish guard>finish load>finish"
        ),
    )


def test_the_textbook_project_takes_fifteen_days(textbook):
    assert textbook.finish == 15 * DAY
    assert WEEKDAYS.finish_moment(textbook.finish) == wall("2026-03-20 17:00")
    assert textbook.critical == {"A", "C", "E", "G", "H"}
    assert textbook.driving_path() == ("A", "C", "E", "G", "H")


def test_the_textbook_project_has_the_books_floats(textbook):
    assert in_days(textbook.total_float) == {"B": 1, "D": 1, "F": 6}
    assert in_days(textbook.free_float) == {"D": 1, "F": 6}


def test_the_textbook_project_has_the_books_dates(textbook):
    assert in_days(textbook.early_start) == {"C": 2, "D": 3, "E": 4, "F": 4, "G": 8, "H": 13}
    assert in_days(textbook.late_start) == {"B": 1, "C": 2, "D": 4, "E": 4, "F": 10, "G": 8, "H": 13}
    assert textbook.late_finish["F"] == 13 * DAY


def test_all_four_kinds_of_link_hold_with_lag_and_lead(four_kinds):
    assert in_days(four_kinds.early_start) == {
        "data": 5,  # a day after the survey
        "train": 2,  # two days before its end
        "load": 11,  # after the data; four days after training begins would be day 6
        "print": 11,  # ends two days after the data
        "guard": 12,  # ends two days after loading begins
        "finish": 16,
    }
    assert in_days(four_kinds.total_float) == {"train": 5, "print": 3, "guard": 3}
    assert in_days(four_kinds.free_float) == {"train": 5, "print": 3, "guard": 3}
    assert four_kinds.critical == {"start", "survey", "data", "load", "finish"}


def test_a_plan_over_spring_festival_works_its_make_up_days():
    exceptions = {date(2026, 2, day): FREE_DAY for day in range(15, 24)}
    exceptions |= {date(2026, 2, 14): OFFICE_DAY, date(2026, 2, 28): OFFICE_DAY}
    axis = WorkingCalendar(exceptions=exceptions).axis(date(2026, 2, 11))
    plan = schedule(tasks(count=3, clean=4, load=3, done=0), links("count>clean clean>load:FS+1 load>done"))
    assert axis.span(plan.early_start["clean"], plan.early_finish["clean"]) == (date(2026, 2, 14), date(2026, 2, 26))
    assert axis.span(plan.early_start["load"], plan.early_finish["load"]) == (date(2026, 2, 28), date(2026, 3, 3))
    assert axis.finish_moment(plan.finish) == wall("2026-03-03 17:00")


def test_an_empty_plan_has_no_length():
    plan = schedule([], [])
    assert (plan.start, plan.finish, plan.critical, plan.driving_path()) == (0, 0, frozenset(), ())


def test_no_start_lies_before_the_plan():
    plan = schedule(tasks(A=1, B=5, C=5), links("A>B:FF A>C:FS-3"))
    assert plan.early_start == {"A": 0, "B": 0, "C": 0}


def test_a_start_is_not_earlier_than_its_date():
    plan = schedule([Task("A", 2 * DAY), Task("B", DAY, not_before=5 * DAY)], links("A>B"))
    assert plan.early_start["B"] == 5 * DAY
    assert plan.total_float == {"A": 3 * DAY, "B": 0}
    assert plan.free_float["A"] == 3 * DAY
    assert plan.driving_path() == ("B",)


def test_a_date_before_the_work_it_waits_for_changes_nothing():
    plan = schedule([Task("A", 2 * DAY), Task("B", DAY, not_before=DAY)], links("A>B"))
    assert plan.early_start["B"] == 2 * DAY


def test_what_has_started_stays_where_it_started():
    plan = schedule([Task("A", 4 * DAY), Task("B", 3 * DAY, started=DAY), Task("C", DAY)], links("A>B B>C"))
    assert plan.early_start["B"] == plan.late_start["B"] == DAY
    assert plan.early_start["C"] == 4 * DAY
    assert plan.critical == {"B", "C"}


def test_started_work_may_still_finish_late():
    plan = schedule([Task("A", 2 * DAY, started=0), Task("B", 5 * DAY), Task("C", DAY)], links("A>C B>C"))
    assert plan.total_float["A"] == 3 * DAY
    assert plan.late_start["A"] == 0
    assert plan.late_finish["A"] == 5 * DAY


def test_what_is_finished_drives_by_its_real_dates_and_is_not_critical():
    plan = schedule([Task("A", 2 * DAY, started=DAY, finished=6 * DAY), Task("B", DAY)], links("A>B"))
    assert plan.early_start["B"] == 6 * DAY
    assert plan.total_float["A"] == plan.free_float["A"] == 0
    assert plan.critical == {"B"}
    assert plan.driving_path() == ("A", "B")


def test_an_actual_may_lie_before_the_plan():
    plan = schedule([Task("A", 2 * DAY, finished=-DAY), Task("B", DAY)], links("A>B"))
    assert plan.start == plan.early_start["A"] == -3 * DAY
    assert plan.early_start["B"] == 0


def test_a_finish_before_its_start_holds_the_finish():
    plan = schedule([Task("A", DAY, started=5 * DAY, finished=2 * DAY)], [])
    assert (plan.early_start["A"], plan.early_finish["A"]) == (2 * DAY, 2 * DAY)


def test_starting_out_of_turn_frees_what_was_waited_for():
    plan = schedule([Task("A", DAY), Task("B", 4 * DAY, started=0)], links("A>B"))
    assert plan.total_float["A"] == 3 * DAY


def test_the_path_to_a_milestone_is_what_fixes_its_date(textbook):
    assert textbook.driving_path("D") == ("B", "D")
    assert textbook.driving_path("F") == ("A", "C", "F")
    with pytest.raises(UnknownTask):
        textbook.driving_path("Z")


def test_two_critical_paths_are_both_driving():
    plan = schedule(tasks(A=1, B=2, C=2, D=1), links("A>B A>C B>D C>D"))
    assert set(plan.driving_path()) == plan.critical == {"A", "B", "C", "D"}


def test_predecessors_come_first_in_the_order(four_kinds):
    place = {id: i for i, id in enumerate(four_kinds.order)}
    assert place["survey"] < place["data"] < place["load"] < place["finish"]


def test_a_milestone_after_work_ends_the_day_and_one_at_the_start_opens_it():
    plan = schedule(
        [Task("start", 0), Task("work", DAY), Task("go-live", 0), Task("signed", 0), Task("visit", 0, not_before=DAY)],
        links("start>work work>go-live go-live>signed work>visit start>work:SS"),
    )
    assert plan.opens_day == {"start", "visit"}
    assert WEEKDAYS.span(0, 0, opens_day="start" in plan.opens_day) == (date(2026, 3, 2), date(2026, 3, 2))
    signed = plan.early_start["signed"]
    assert WEEKDAYS.span(signed, signed, opens_day="signed" in plan.opens_day) == (date(2026, 3, 2), date(2026, 3, 2))


def test_a_milestone_that_starts_with_work_opens_the_day():
    plan = schedule(tasks(A=1, B=1, begun=0, later=0), links("A>B B>begun:SS begun>later"))
    assert plan.opens_day == {"begun", "later"}


def test_a_milestone_some_lag_after_another_ends_the_day():
    plan = schedule(tasks(A=0, B=0), links("A>B:FS+2"))
    assert plan.opens_day == {"A"}


def test_a_link_to_an_unknown_task_names_both():
    with pytest.raises(UnknownTask) as caught:
        schedule(tasks(A=1), links("A>Z"))
    assert (caught.value.id, caught.value.other) == ("Z", "A")
    with pytest.raises(UnknownTask, match="Z"):
        schedule(tasks(A=1), links("Z>A"))


def test_an_id_that_stands_twice_is_named():
    with pytest.raises(DuplicateTask, match="A"):
        schedule([Task("A", 1), Task("A", 2)], [])


def test_an_unknown_kind_of_link_is_refused():
    with pytest.raises(ValueError, match="FS, SS, FF or SF"):
        schedule(tasks(A=1, B=1), [Link("A", "B", "XX")])  # type: ignore[arg-type]


def test_a_circle_is_named_in_the_order_of_its_links():
    with pytest.raises(Cycle, match="B → D → C → B") as caught:
        schedule(tasks(A=1, B=1, C=1, D=1, E=1), links("A>B B>D D>C C>B C>E"))
    assert caught.value.ids == ("B", "D", "C")


def test_a_task_that_waits_for_itself_is_a_circle():
    with pytest.raises(Cycle) as caught:
        schedule(tasks(A=1, B=1), links("A>B B>B"))
    assert caught.value.ids == ("B",)


def test_work_that_hangs_on_a_circle_is_not_blamed():
    with pytest.raises(Cycle) as caught:
        schedule(tasks(E=1, D=1, C=1, B=1, A=1), links("A>B B>A B>C C>D D>E"))
    assert set(caught.value.ids) == {"A", "B"}


def test_finished_tasks_in_a_circle_are_still_one():
    with pytest.raises(Cycle):
        schedule([Task("A", 1, finished=5), Task("B", 1, finished=9)], links("A>B B>A"))


def test_a_chain_of_ten_thousand_is_scheduled_and_closed_to_a_circle_is_refused():
    ids = [f"T{i}" for i in range(10_000)]
    chain = [Task(id, DAY) for id in ids]
    ties = [Link(before, after) for before, after in pairwise(ids)]
    plan = schedule(reversed(chain), ties)
    assert plan.finish == 10_000 * DAY
    assert len(plan.critical) == len(plan.driving_path()) == 10_000
    with pytest.raises(Cycle) as caught:
        schedule(chain, [*ties, Link(ids[-1], ids[0])])
    assert caught.value.ids == tuple(ids)
    assert len(str(caught.value)) < 200


def test_ten_thousand_packages_are_dated_while_nobody_waits():
    ids = [f"T{i}" for i in range(10_000)]
    plan = [Task(id, DAY) for id in ids]
    ties = [Link(ids[i], ids[min(9_999, i + 1 + i % 50)]) for i in range(9_999)]
    ties += [Link(ids[i], ids[i + 40], "SS", DAY) for i in range(5_000)]
    fastest = 1.0
    for _ in range(5):
        begun = time.perf_counter()
        finish = schedule(plan, ties).finish
        fastest = min(fastest, time.perf_counter() - begun)
    assert finish > 0
    assert fastest < 0.4, "the aim is 40 ms; this catches a wrong order of growth also on a busy machine"


def test_a_hammock_lasts_from_a_finish_to_a_start():
    plan = schedule(tasks(load=2, run=20, live=0, log=1), links("load>run run>live load>log"))
    assert plan.early_finish["log"] == 3 * DAY
    assert hammock_dates(plan, [Hammock("log", "load", "live")]) == {"log": (2 * DAY, 22 * DAY)}


def test_a_hammock_with_one_end_keeps_its_own_other_end():
    plan = schedule(tasks(A=2, B=5, H=1), links("A>H A>B"))
    assert hammock_dates(plan, [Hammock("H", "A", None)]) == {"H": (2 * DAY, 3 * DAY)}
    assert hammock_dates(plan, [Hammock("H", None, "B")]) == {"H": (2 * DAY, 2 * DAY)}


def test_actuals_of_a_hammock_win():
    done = schedule([Task("A", 2 * DAY), Task("B", DAY), Task("H", DAY, started=DAY)], links("A>B"))
    assert hammock_dates(done, [Hammock("H", "A", "B")]) == {"H": (DAY, 2 * DAY)}


def test_a_hammock_whose_ends_cross_has_no_length():
    plan = schedule(tasks(A=5, B=1, H=1), [])
    assert hammock_dates(plan, [Hammock("H", "A", "B")]) == {"H": (5 * DAY, 5 * DAY)}


def test_a_hammock_tied_to_an_unknown_task_is_refused():
    with pytest.raises(UnknownTask, match="gone"):
        hammock_dates(schedule(tasks(H=1), []), [Hammock("H", "gone", None)])
