"""The network against slow, obvious second methods, and floats against what they mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from erptui.planning.network import Link, Schedule, Task, schedule

offsets = st.integers(-20, 60)
durations = st.integers(0, 12)


@st.composite
def networks(draw, actuals=True):
    count = draw(st.integers(1, 8))
    tasks = []
    for i in range(count):
        happened = draw(st.sampled_from(["no", "no", "no", "started", "finished", "both"] if actuals else ["no"]))
        tasks.append(
            Task(
                f"T{i}",
                draw(durations),
                not_before=draw(st.none() | offsets),
                started=draw(offsets) if happened in ("started", "both") else None,
                finished=draw(offsets) if happened in ("finished", "both") else None,
            )
        )
    forward = [(i, j) for i in range(count) for j in range(i + 1, count)]
    pairs = draw(st.lists(st.sampled_from(forward), max_size=14)) if forward else []
    links = [
        Link(f"T{i}", f"T{j}", draw(st.sampled_from(["FS", "SS", "FF", "SF"])), draw(st.integers(-6, 6)))
        for i, j in pairs
    ]
    return draw(st.permutations(tasks)), links


def happened(task: Task) -> bool:
    return task.started is not None or task.finished is not None


def early_dates(tasks: list[Task], links: list[Link]) -> dict[str, list[int]]:
    """Start and finish of each task, moved later link by link until no link asks for more."""
    dates = {}
    for task in tasks:
        start = max(0, task.not_before or 0)
        if task.started is not None:
            start = task.started
        elif task.finished is not None:
            start = task.finished - task.minutes
        finish = start + task.minutes
        if task.finished is not None:
            start, finish = min(start, task.finished), task.finished
        dates[task.id] = [start, finish]
    fixed = {task.id for task in tasks if happened(task)}
    moved = True
    while moved:
        moved = False
        for link in links:
            asked = dates[link.predecessor][link.kind[0] == "F"] + link.lag
            late_by = asked - dates[link.successor][link.kind[1] == "F"]
            if late_by > 0 and link.successor not in fixed:
                dates[link.successor][0] += late_by
                dates[link.successor][1] += late_by
                moved = True
    return dates


def late_dates(tasks: list[Task], links: list[Link], early: dict[str, list[int]]) -> dict[str, list[int]]:
    """Start and finish of each task, moved earlier from the finish of the plan until every link holds.

    A link holds nothing back where its end at the predecessor, or all of the successor, has happened.
    """
    by_id = {task.id: task for task in tasks}
    finish = max(end for _, end in early.values())
    late = {id: [finish - (end - start), finish] for id, (start, end) in early.items()}
    moved = True
    while moved:
        moved = False
        for link in links:
            before, after = by_id[link.predecessor], by_id[link.successor]
            if happened(after) or before.finished is not None or (before.started is not None and link.kind[0] == "S"):
                continue
            allowed = late[after.id][link.kind[1] == "F"] - link.lag
            early_by = late[before.id][link.kind[0] == "F"] - allowed
            if early_by > 0:
                late[before.id][0] -= early_by
                late[before.id][1] -= early_by
                moved = True
    for task in tasks:
        if task.finished is not None:
            late[task.id] = list(early[task.id])
    return late


@given(networks())
def test_early_dates_agree_with_relaxing_link_by_link(network):
    plan = schedule(*network)
    expected = early_dates(*network)
    assert plan.early_start == {id: start for id, (start, _) in expected.items()}
    assert plan.early_finish == {id: finish for id, (_, finish) in expected.items()}


@given(networks())
def test_late_dates_agree_with_relaxing_back_from_the_finish(network):
    tasks, links = network
    plan = schedule(tasks, links)
    expected = late_dates(tasks, links, early_dates(tasks, links))
    assert plan.late_finish == {id: finish for id, (_, finish) in expected.items()}
    not_started = {task.id for task in tasks if task.started is None}
    assert {id: plan.late_start[id] for id in not_started} == {id: expected[id][0] for id in not_started}
    assert plan.total_float == {id: expected[id][1] - plan.early_finish[id] for id in expected}


@given(networks())
def test_floats_are_never_negative_and_free_float_never_exceeds_total(network):
    plan = schedule(*network)
    for id, total in plan.total_float.items():
        assert 0 <= plan.free_float[id] <= total


def delayed(tasks: list[Task], links: list[Link], id: str, start: int) -> Schedule:
    return schedule([task._replace(not_before=start) if task.id == id else task for task in tasks], links)


@given(networks(actuals=False), st.data())
def test_total_float_is_exactly_what_a_task_may_slip(network, data):
    tasks, links = network
    plan = schedule(tasks, links)
    id = data.draw(st.sampled_from(sorted(plan.early_start)))
    latest = plan.early_start[id] + plan.total_float[id]
    assert delayed(tasks, links, id, latest).finish == plan.finish
    assert delayed(tasks, links, id, latest + 1).finish == plan.finish + 1


@given(networks(actuals=False), st.data())
def test_using_up_free_float_moves_no_other_task(network, data):
    tasks, links = network
    plan = schedule(tasks, links)
    id = data.draw(st.sampled_from(sorted(plan.early_start)))
    latest = plan.early_start[id] + plan.free_float[id]
    assert delayed(tasks, links, id, latest).early_start == plan.early_start | {id: latest}


@given(networks(actuals=False))
def test_the_longest_path_is_critical_and_holds_the_finish(network):
    plan = schedule(*network)
    path = plan.driving_path()
    assert set(path) <= plan.critical
    assert any(plan.early_finish[id] == plan.finish for id in path)


@given(networks(), st.data())
def test_the_order_in_which_tasks_and_links_are_given_changes_nothing(network, data):
    tasks, links = network
    one = schedule(tasks, links)
    other = schedule(data.draw(st.permutations(tasks)), data.draw(st.permutations(links)))
    assert one.early_start == other.early_start
    assert one.total_float == other.total_float
    assert one.free_float == other.free_float
    assert one.opens_day == other.opens_day
