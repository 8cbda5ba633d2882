"""Whatever people do in whatever order: an undo gives back exactly what stood before, or changes nothing."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.checks import Severity, check
from db.edit import Edit
from db.errors import NothingToUndo, StaleUndo
from db.models import (
    TABLES,
    Client,
    Deliverable,
    Dependency,
    Engagement,
    Person,
    Role,
    Row,
    WorkingCalendar,
    WorkPackage,
)
from db.store import Store

Cells = dict[tuple[str, str, str], Any]

# What one person does within one step: an act and two numbers that choose rows and values.
MAKING = ["person", "role", "package", "dependency", "deliverable"]
CHANGING = ["name", "owner", "reference"]
DROPPING = ["drop_person", "drop_role", "drop_package", "drop_deliverable", "drop_engagement"]
ACTS = st.tuples(st.sampled_from(MAKING + CHANGING + DROPPING), st.integers(0, 5), st.integers(0, 5))
STEPS = st.lists(ACTS, min_size=1, max_size=4)
MOVES = st.one_of(STEPS, STEPS, st.just("undo"), st.just("undo"), st.just("redo"))
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)


class Office:
    """A store in which two people work."""

    def __init__(self, path: Path) -> None:
        minutes, numbers = itertools.count(), itertools.count(1)
        start = datetime(2026, 11, 24, tzinfo=timezone.utc)
        self.path = path
        self.stores = {
            who: Store(
                path,
                who=who,
                now=lambda: start + timedelta(minutes=next(minutes)),
                new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012d}",
            )
            for who in ("Anna", "Bo")
        }
        with self.stores["Anna"].edit("Begin", undoable=False) as edit:
            client = edit.create(Client, name="华信纺织")
            calendar = edit.create(WorkingCalendar, name="China", base="cn")
            for code in ("HX26", "QD27"):
                edit.create(
                    Engagement,
                    code=code,
                    name=code,
                    client=client,
                    status="won",
                    start="2026-11-24",
                    calendar=calendar,
                    language="zh",
                    template="t",
                )

    def cells(self) -> Cells:
        """Every value of every row of every register, with the row's own being there."""
        store, cells = self.stores["Anna"], {}
        for table, model in TABLES.items():
            columns = [field.column_name for field in model._meta.sorted_fields]
            for row in store.rows(f"SELECT {', '.join(columns)} FROM {table}"):
                cells.update({(table, row[0], column): value for column, value in zip(columns, row, strict=True)})
        return cells

    def steps(self) -> int:
        return self.stores["Anna"].rows("SELECT count(*) FROM step")[0][0]

    def do(self, who: str, acts: list[tuple[str, int, int]]) -> None:
        store = self.stores[who]
        with store.edit("Work", about=who) as edit:
            for act, one, two in acts:
                self._act(store, edit, act, one, two)

    def _act(self, store: Store, edit: Edit, act: str, one: int, two: int) -> None:
        def some(model: type[Row], number: int) -> Any:
            rows = list(store.select(model).order_by(model.id))
            return rows[number % len(rows)] if rows else None

        if act.startswith("drop_"):
            model = {"person": Person, "role": Role, "package": WorkPackage, "deliverable": Deliverable}.get(
                act.removeprefix("drop_"), Engagement
            )
            row = some(model, one)
            if row is not None and (model is not Engagement or two == 0):
                edit.delete(row)
            return
        engagement, package, person = some(Engagement, one), some(WorkPackage, one), some(Person, two)
        if act == "person":
            edit.create(Person, name=f"P{one}")
        elif act == "role" and engagement:
            edit.create(Role, engagement=engagement, code=f"R{one}", name="Role", side="client", person=person)
        elif act == "package" and engagement:
            edit.create(
                WorkPackage,
                engagement=engagement,
                code=f"3.{two}",
                name=f"N{one}",
                phase="C",
                activity="C1",
                rank="V",
                duration=60,
                owner=person,
            )
        elif act == "dependency" and package:
            edit.create(Dependency, predecessor=package, successor=some(WorkPackage, two), kind="FS")
        elif act == "deliverable" and package:
            edit.create(Deliverable, package=package, name=f"D{two}")
        elif act == "name" and package:
            edit.update(package, name=f"N{two}", progress=two)
        elif act == "owner" and package:
            edit.update(package, owner=person if one else None, role=some(Role, two))
        elif act == "reference" and package:
            edit.update(package, lasts_from=some(WorkPackage, two), name=f"N{one}")

    def close(self) -> None:
        for store in self.stores.values():
            store.close()


@contextmanager
def an_office(empty_store: Path) -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "erptui.db"
        shutil.copy(empty_store, path)
        office = Office(path)
        yield office
        office.close()
        assert [f.text(str) for f in check(path) if f.severity is Severity.ERROR] == []


def refused(take_back: Callable[[], object]) -> bool:
    try:
        take_back()
    except NothingToUndo:
        return True
    return False


@QUICK
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
def test_undoing_all_gives_the_first_rows_again_and_redoing_all_the_last(empty_store: Path, steps: list[Any]) -> None:
    with an_office(empty_store) as office:
        pictures = [office.cells()]
        for acts in steps:
            before = office.steps()
            office.do("Anna", acts)
            if office.steps() > before:
                pictures.append(office.cells())
            else:
                assert office.cells() == pictures[-1]
        for picture in reversed(pictures[:-1]):
            office.stores["Anna"].undo()
            assert office.cells() == picture
        assert refused(office.stores["Anna"].undo)
        for picture in pictures[1:]:
            office.stores["Anna"].redo()
            assert office.cells() == picture
        assert refused(office.stores["Anna"].redo)


@QUICK
@given(moves=st.lists(MOVES, max_size=20))
def test_one_persons_undo_and_redo_walk_along_a_line_of_pictures(empty_store: Path, moves: list[Any]) -> None:
    with an_office(empty_store) as office:
        anna = office.stores["Anna"]
        pictures, here = [office.cells()], 0
        for move in moves:
            if move == "undo":
                if here == 0:
                    assert refused(anna.undo)
                else:
                    anna.undo()
                    here -= 1
            elif move == "redo":
                if here == len(pictures) - 1:
                    assert refused(anna.redo)
                else:
                    anna.redo()
                    here += 1
            else:
                before = office.steps()
                office.do("Anna", move)
                if office.steps() > before:
                    here += 1
                    pictures[here:] = [office.cells()]
            assert office.cells() == pictures[here]


@QUICK
@given(moves=st.lists(st.tuples(st.sampled_from(["Anna", "Bo"]), MOVES), max_size=24))
def test_between_two_people_an_undo_is_exact_or_refused_naming_the_other(empty_store: Path, moves: list[Any]) -> None:
    with an_office(empty_store) as office:
        effects: dict[int, tuple[Cells, Cells]] = {}  # of each step: the cells that it changed, before and after
        for who, move in moves:
            store = office.stores[who]
            before, steps = office.cells(), office.steps()
            if move not in ("undo", "redo"):
                office.do(who, move)
                if office.steps() > steps:
                    effects[office.steps()] = _differing(before, office.cells())
                continue
            found = store.undoable() if move == "undo" else store.redoable()
            tip = found.tip.id if found else 0
            ((others,),) = store.rows("SELECT count(*) FROM step WHERE who <> ? AND id > ?", (who, tip))
            stale: StaleUndo | None = None
            try:
                step = store.undo() if move == "undo" else store.redo()
            except NothingToUndo:
                assert found is None
            except StaleUndo as refusal:
                stale = refusal
            else:
                old, new = effects[step.id]
                wanted = old if move == "undo" else new
                touched = old.keys() | new.keys()
                after = {cell: value for cell, value in before.items() if cell not in touched} | wanted
                assert office.cells() == after
                continue
            assert (office.cells(), office.steps()) == (before, steps)
            if stale is not None:
                assert stale.gaps["who"] == ({"Anna", "Bo"} - {who}).pop()
                assert others > 0


def taken_back(store: Store, move: Any, link: int) -> int:
    """Do what `move` says, and give the number of the step that it was about."""
    if move == "undo":
        return store.undo().id
    return store.redo().id if move == "redo" else store.take_back(link).id


class Ledger:
    """What two people may expect of undo and redo, kept beside the store: of each step when who did and undid it."""

    def __init__(self) -> None:
        self.turns: dict[int, list[tuple[int, str]]] = {}

    def undo_of(self, who: str) -> int | None:
        """What they did, or did again, last and is in effect."""
        done = {turn: root for root, turns in self.turns.items() if len(turns) % 2 for turn in turns[::2]}
        return done[max(mine)] if (mine := [turn for turn in done if turn[1] == who]) else None

    def redo_of(self, who: str) -> int | None:
        """What they took back last, unless something of theirs from later is in effect."""
        taken = {turns[-1]: root for root, turns in self.turns.items() if len(turns) % 2 == 0 and turns[-1][1] == who}
        edited = [turns[0] for turns in self.turns.values() if len(turns) % 2 and turns[0][1] == who]
        return taken[max(taken)] if taken and max(taken) > max(edited, default=(0, "")) else None


@QUICK
@given(
    moves=st.lists(st.tuples(st.sampled_from(["Anna", "Bo"]), st.one_of(MOVES, st.integers(0, 30))), max_size=24),
)
def test_any_step_of_anybody_is_taken_back_exactly_or_refused_and_undo_follows(
    empty_store: Path, moves: list[Any]
) -> None:
    with an_office(empty_store) as office:
        effects: dict[int, tuple[Cells, Cells]] = {}
        ledger = Ledger()
        for who, move in moves:
            store = office.stores[who]
            before, steps = office.cells(), office.steps()
            if isinstance(move, list):
                office.do(who, move)
                if office.steps() > steps:
                    effects[office.steps()] = _differing(before, office.cells())
                    ledger.turns[office.steps()] = [(office.steps(), who)]
                continue
            if move == "undo":
                found, expected = store.undoable(), ledger.undo_of(who)
            elif move == "redo":
                found, expected = store.redoable(), ledger.redo_of(who)
            else:
                found = store.reversible(move % steps + 1)
                expected = found.step.id
            assert (found.step.id if found else None) == expected
            try:
                root = taken_back(store, move, found.tip.id if found else 0)
            except NothingToUndo:
                assert found is None or not found.step.undoable
            except StaleUndo:
                pass
            else:
                old, new = effects[root]
                touched = old.keys() | new.keys()
                kept = {cell: value for cell, value in before.items() if cell not in touched}
                assert office.cells() == kept | (old if found.in_effect else new)
                assert store.rows("SELECT undoes FROM step WHERE id = ?", (steps + 1,)) == [(found.tip.id,)]
                ledger.turns[root].append((steps + 1, who))
                continue
            assert (office.cells(), office.steps()) == (before, steps)


def _differing(before: Cells, after: Cells) -> tuple[Cells, Cells]:
    cells = [
        cell
        for cell in before.keys() | after.keys()
        if (cell in before, before.get(cell)) != (cell in after, after.get(cell))
    ]
    return ({c: before[c] for c in cells if c in before}, {c: after[c] for c in cells if c in after})
