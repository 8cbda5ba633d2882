"""The critical path method over work packages and their links (FS, SS, FF, SF with lag or lead).

Everything is counted in working minutes on one axis (`WorkingAxis`): offset 0 is the start of the plan. Sources: Kelley
and Walker 1959 for the two passes; what an actual does follows Microsoft Project, as its users know it.

- No start lies before offset 0, whatever a lead or a pull on the finish asks for; only actuals may lie before it.
  (MPXJ's Microsoft scheduler holds only FF to this; a lead there can begin before the project does.)
- FF and SF pull the finish; the start is the finish less the duration. Work is never stretched nor split.
- An actual wins over the network: what has started or finished stands where it happened, links into it drive nothing.
- Free float is capped by what is left to the finish of the plan, so it never exceeds total float.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

LinkKind = Literal["FS", "SS", "FF", "SF"]

NEVER = -(1 << 60)
"""The weight of a link that only orders: no start comes near it."""


class Task(NamedTuple):
    """A work package in the network.

    `minutes` is its duration, 0 for a milestone. The others are offsets on the axis: `not_before` and `started` are an
    `offset_of_start`, `finished` an `offset_of_finish` of a day. Where `finished` lies before `started`, it holds.
    """

    id: str
    minutes: int
    not_before: int | None = None
    started: int | None = None
    finished: int | None = None


class Link(NamedTuple):
    """What a work package waits for; `lag` in working minutes, negative is a lead."""

    predecessor: str
    successor: str
    kind: LinkKind = "FS"
    lag: int = 0


class NetworkError(Exception):
    """A network that has no dates; the message names the tasks by their ids."""


class UnknownTask(NetworkError):
    """A link or a hammock names a task that is not in the network."""

    def __init__(self, id: str, other: str) -> None:
        self.id = id
        self.other = other
        super().__init__(f"“{other}” is tied to “{id}”, which is not in the plan: remove the link or add the task.")


class DuplicateTask(NetworkError):
    """Two tasks have one id."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(f"“{id}” stands twice in the plan.")


class Cycle(NetworkError):
    """Tasks wait for each other in a circle: `ids` in the order of the links, each once."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids = tuple(ids)
        shown = self.ids if len(self.ids) <= 12 else (*self.ids[:11], "…")
        loop = " → ".join((*shown, self.ids[0]))
        super().__init__(f"These wait for each other in a circle: {loop}. Remove one of the links.")


class _Network(NamedTuple):
    """Tasks and links by number instead of id.

    Link `k` leads to task `successors[k]`, at least `steps[k]` minutes from start to start. The links of task `i` are
    `first_link[i]`, the `next_link` of that and so on to -1: flat lists, as 10 000 small ones would keep the garbage
    collector busy for as long as the passes take.
    """

    tasks: list[Task]
    links: list[Link]
    number: dict[str, int]
    starts: list[int]
    lengths: list[int]
    successors: list[int]
    steps: list[int]
    first_link: list[int]
    next_link: list[int]
    waits_for: list[int]

    def links_of(self, i: int) -> Iterator[tuple[int, int]]:
        """What a task leads to, as (successor, step)."""
        k = self.first_link[i]
        while k >= 0:
            yield self.successors[k], self.steps[k]
            k = self.next_link[k]


class Schedule:
    """When each task can happen at the earliest, and on demand at the latest, its floats and what drives it.

    Mappings go from task id to an offset or to working minutes. `finish` is the latest early finish, `start` the
    earliest early start. `order` lists the ids so that predecessors come first.
    """

    def __init__(self, network: _Network, order: list[int]) -> None:
        self._network = network
        self._order = order
        ids = self._ids = list(network.number)
        ends = self._ends = [start + length for start, length in zip(network.starts, network.lengths, strict=True)]
        self.start = min(network.starts, default=0)
        self.finish = max(ends, default=0)
        self.early_start = dict(zip(ids, network.starts, strict=True))
        self.early_finish = dict(zip(ids, ends, strict=True))

    def task(self, id: str) -> Task:
        """The task as it was given."""
        return self._network.tasks[self._network.number[id]]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Ids, predecessors first."""
        return tuple(self._ids[i] for i in self._order)

    @cached_property
    def late_start(self) -> dict[str, int]:
        """Latest starts that still hold `finish`; what has started stays where it started."""
        return {
            task.id: start if task.started is not None else late
            for task, start, late in zip(self._network.tasks, self._network.starts, self._late_starts, strict=True)
        }

    @cached_property
    def late_finish(self) -> dict[str, int]:
        """Latest finishes that still hold `finish`; what is finished stays where it finished."""
        lengths = self._network.lengths
        return {id: late + length for id, late, length in zip(self._ids, self._late_starts, lengths, strict=True)}

    @cached_property
    def total_float(self) -> dict[str, int]:
        """Minutes a task's finish may slip without moving `finish`; 0 for what is finished."""
        starts = self._network.starts
        return {id: late - start for id, late, start in zip(self._ids, self._late_starts, starts, strict=True)}

    @cached_property
    def free_float(self) -> dict[str, int]:
        """Minutes a task may slip without moving any successor nor `finish`; 0 for what is finished."""
        starts = self._network.starts
        free: dict[str, int] = {}
        for i, (task, start, end) in enumerate(zip(self._network.tasks, starts, self._ends, strict=True)):
            slack = self.finish - end
            for successor, step in self._network.links_of(i):
                slack = min(slack, starts[successor] - start - step)
            free[task.id] = 0 if task.finished is not None else slack
        return free

    @cached_property
    def critical(self) -> frozenset[str]:
        """Unfinished tasks without total float."""
        total = self.total_float
        return frozenset(task.id for task in self._network.tasks if task.finished is None and total[task.id] <= 0)

    @cached_property
    def opens_day(self) -> frozenset[str]:
        """Milestones that stand at the beginning of a day rather than at the end of the one before.

        Both are the same offset. One set by the start of the plan, by a date or by the start of other work begins the
        day; one that follows finished work, or lies a lag after anything, ends it (as in Microsoft Project).
        """
        opening: set[str] = set()
        for i in self._order:
            task = self._network.tasks[i]
            if self._network.lengths[i] or task.finished is not None:
                continue
            start = self._network.starts[i]
            if (
                task.started is not None
                or start == max(0, task.not_before or 0)
                or any(self._hands_on_opening(link, opening) for link in self._drivers[i])
            ):
                opening.add(task.id)
        return frozenset(opening)

    def driving_path(self, target: str | None = None) -> tuple[str, ...]:
        """The tasks that fix when `target` happens, predecessors first and itself last; without it, those that fix
        `finish` (the longest path, also where dates or actuals leave float on it).

        It ends where a date, an actual or the start of the plan holds a task instead of a link.
        """
        if target is None:
            waiting = [i for i, end in enumerate(self._ends) if end == self.finish]
        elif target in self._network.number:
            waiting = [self._network.number[target]]
        else:
            raise UnknownTask(target, target)
        on_path = set(waiting)
        while waiting:
            for link in self._drivers[waiting.pop()]:
                i = self._network.number[link.predecessor]
                if i not in on_path:
                    on_path.add(i)
                    waiting.append(i)
        return tuple(self._ids[i] for i in self._order if i in on_path)

    @cached_property
    def _late_starts(self) -> list[int]:
        network = self._network
        late = [self.finish - length for length in network.lengths]
        for i in reversed(self._order):
            latest = late[i]
            for successor, step in network.links_of(i):
                if late[successor] - step < latest:
                    latest = late[successor] - step
            late[i] = latest
        for i, task in enumerate(network.tasks):
            if task.finished is not None:
                late[i] = network.starts[i]
        return late

    @cached_property
    def _drivers(self) -> list[list[Link]]:
        """For each task the links that hold it exactly where it is."""
        network = self._network
        drivers: list[list[Link]] = [[] for _ in network.tasks]
        for link in network.links:
            i, j = network.number[link.predecessor], network.number[link.successor]
            successor = network.tasks[j]
            if successor.started is None and successor.finished is None:
                held = network.starts[i] + _step(link.kind, link.lag, network.lengths[i], network.lengths[j])
                if held == network.starts[j]:
                    drivers[j].append(link)
        return drivers

    def _hands_on_opening(self, link: Link, opening: set[str]) -> bool:
        if link.lag:
            return link.lag < 0
        if self._network.lengths[self._network.number[link.predecessor]] == 0:
            return link.predecessor in opening
        return link.kind in ("SS", "SF")


def schedule(tasks: Iterable[Task], links: Iterable[Link]) -> Schedule:
    """Early dates of all tasks; late dates and floats follow when the schedule is asked for them.

    Raises `UnknownTask`, `DuplicateTask` or `Cycle`. Takes time in proportion to tasks and links; no recursion.
    """
    network = _numbered(list(tasks), list(links))
    _, _, _, starts, _, successors, steps, first_link, next_link, waits_for = network
    order = [i for i, count in enumerate(waits_for) if not count]
    # The list grows while it is walked: each task joins once all it waits for has passed.
    for i in order:
        start = starts[i]
        k = first_link[i]
        while k >= 0:
            successor = successors[k]
            earliest = start + steps[k]
            if earliest > starts[successor]:
                starts[successor] = earliest
            waits_for[successor] -= 1
            if not waits_for[successor]:
                order.append(successor)
            k = next_link[k]
    if len(order) < len(starts):
        raise Cycle(_loop(network))
    return Schedule(network, order)


def _numbered(tasks: list[Task], links: list[Link]) -> _Network:
    number = {task[0]: i for i, task in enumerate(tasks)}
    if len(number) < len(tasks):
        raise DuplicateTask(next(task.id for i, task in enumerate(tasks) if number[task.id] != i))
    starts, lengths, happened = _first_starts(tasks)
    successors: list[int] = []
    steps: list[int] = []
    next_link: list[int] = []
    first_link = [-1] * len(tasks)
    waits_for = [0] * len(tasks)
    for k, (predecessor, successor, kind, lag) in enumerate(links):
        try:
            i = number[predecessor]
            j = number[successor]
        except KeyError:
            missing, other = (successor, predecessor) if predecessor in number else (predecessor, successor)
            raise UnknownTask(missing, other) from None
        # `_step` in line for the commonest kind: this loop is most of the time a plan takes.
        step = lengths[i] + lag if kind == "FS" else _step(kind, lag, lengths[i], lengths[j])
        if j in happened:
            step = NEVER
        elif i in happened and (kind[0] == "S" or tasks[i].finished is not None):
            # Where its end of the link has happened, nothing flows back: it is a floor for the successor.
            starts[j] = max(starts[j], starts[i] + step)
            step = NEVER
        successors.append(j)
        steps.append(step)
        next_link.append(first_link[i])
        first_link[i] = k
        waits_for[j] += 1
    return _Network(tasks, links, number, starts, lengths, successors, steps, first_link, next_link, waits_for)


def _first_starts(tasks: list[Task]) -> tuple[list[int], list[int], set[int]]:
    """Starts and durations before any link is looked at, and which tasks have started or finished."""
    starts: list[int] = []
    lengths: list[int] = []
    happened: set[int] = set()
    for i, (_, minutes, not_before, started, finished) in enumerate(tasks):
        if started is None and finished is None:
            start = not_before if not_before is not None and not_before > 0 else 0
        else:
            happened.add(i)
            start = started if started is not None else (finished or 0) - minutes
            if finished is not None:
                start = min(start, finished)
                minutes = finished - start
        starts.append(start)
        lengths.append(minutes)
    return starts, lengths, happened


def _step(kind: LinkKind, lag: int, predecessor_minutes: int, successor_minutes: int) -> int:
    """The least minutes from the start of the predecessor to the start of the successor."""
    if kind == "FS":
        return predecessor_minutes + lag
    if kind == "SS":
        return lag
    if kind == "FF":
        return predecessor_minutes + lag - successor_minutes
    if kind == "SF":
        return lag - successor_minutes
    raise ValueError(f"a link is FS, SS, FF or SF, not {kind!r}")


def _loop(network: _Network) -> list[str]:
    """One circle among the tasks that never became free, in the order of its links, first the first in the plan."""
    stuck = {i for i, count in enumerate(network.waits_for) if count}
    cause = {j: i for i in stuck for j, _ in network.links_of(i) if j in stuck}
    # Each stuck task waits for a stuck one, so going back from any of them ends in a circle.
    i = min(stuck)
    passed: dict[int, int] = {}
    while i not in passed:
        passed[i] = len(passed)
        i = cause[i]
    circle = list(passed)[passed[i] :][::-1]
    first = circle.index(min(circle))
    ids = list(network.number)
    return [ids[i] for i in circle[first:] + circle[:first]]
