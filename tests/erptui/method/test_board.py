"""The kanban of phases as facts: columns, moving, ranking, states."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import Conflict
from erptui.method.board import CannotMove, columns_of, mark_done, move_card, packages_of, rank_card, set_status
from erptui.method.gates import GateClosed, gates_of, pass_without


def state(store, code: str, columns: str = "status, progress, started_on, finished_on"):
    return store.rows(f"SELECT {columns} FROM work_package WHERE code = ?", (code,))[0]


# What stands on it.


def test_phases_come_in_order_with_the_band_last(store, hx26):
    columns = columns_of(store, hx26)
    assert [column.phase for column in columns] == ["A", "B", "C", "D", "E"]
    assert [column.opened for column in columns] == [True, False, False, False, True]
    assert [column.gate is not None for column in columns] == [True] * 4 + [False]


def test_a_card_counts_how_its_packages_stand(store, hx26, card, package, today):
    for code, status in (("A1.1", "done"), ("A1.2", "doing"), ("A1.3", "review"), ("A1.4", "waiting")):
        set_status(store, [package(hx26, code)], status, today)
    found = card(hx26, "A1")
    assert (found.total, found.done, found.doing, found.waiting) == (7, 1, 2, 1)
    assert found.begun
    assert not found.finished


def test_an_engagement_of_nobody_has_empty_columns(store):
    assert [column.cards for column in columns_of(store, "no such id")] == [()] * 5


# Moving.


def test_a_closed_gate_stops_a_card_and_says_what_is_open(store, hx26, card, everything):
    before = everything()
    with pytest.raises(GateClosed, match="Pursuit gate: 6 of 6 criteria open") as refused:
        move_card(store, hx26, card(hx26, "A1"), forward=True)
    assert refused.value.gate.phase == "A"
    assert everything() == before


def test_behind_a_passed_gate_a_card_moves_and_comes_back(store, hx26, card, today):
    pass_without(store, gates_of(store, hx26)[0], reason="Early start", today=today)
    assert move_card(store, hx26, card(hx26, "A1"), forward=True) == "B"
    moved = card(hx26, "A1")
    assert (moved.phase, moved.total) == ("B", 7)
    assert move_card(store, hx26, moved, forward=False) == "A"
    assert card(hx26, "A1").phase == "A"


def test_only_open_packages_move(store, hx26, card, package, today):
    pass_without(store, gates_of(store, hx26)[0], reason="Early start", today=today)
    set_status(store, [package(hx26, "A1.1")], "done", today)
    move_card(store, hx26, card(hx26, "A1"), forward=True)
    assert state(store, "A1.1", "phase") == ("A",)
    assert state(store, "A1.2", "phase") == ("B",)


def test_a_move_is_one_step_for_all_its_packages(store, hx26, card, today):
    pass_without(store, gates_of(store, hx26)[0], reason="Early start", today=today)
    before = len(store.history())
    move_card(store, hx26, card(hx26, "A1"), forward=True)
    assert len(store.history()) == before + 1
    store.undo()
    assert card(hx26, "A1").phase == "A"


@pytest.mark.parametrize(
    ("activity", "forward", "words"),
    [
        ("A1", False, "A1 is in the first phase already"),
        ("D1", True, "D1 is in the last phase already"),
        ("E2", True, "E2 goes on through all phases"),
        ("E2", False, "E2 goes on through all phases"),
    ],
)
def test_a_card_without_a_way_says_why(store, hx26, card, everything, activity, forward, words):
    before = everything()
    with pytest.raises(CannotMove, match=words):
        move_card(store, hx26, card(hx26, activity), forward=forward)
    assert everything() == before


def test_a_finished_card_has_nothing_to_move(store, hx26, card, today):
    mark_done(store, packages_of(store, hx26, card(hx26, "A1")), today)
    with pytest.raises(CannotMove, match="All packages of A1 are done"):
        move_card(store, hx26, card(hx26, "A1"), forward=True)


def test_a_package_somebody_moved_meanwhile_is_not_moved_twice(store, hx26, card, today):
    pass_without(store, gates_of(store, hx26)[0], reason="Early start", today=today)
    seen = card(hx26, "A1")
    move_card(store, hx26, seen, forward=True)
    with pytest.raises(CannotMove):
        move_card(store, hx26, seen, forward=True)
    assert state(store, "A1.1", "phase") == ("B",)


# Ranking.


def order(store, engagement: str, phase: int = 0) -> list[str]:
    return [card.activity for card in columns_of(store, engagement)[phase].cards]


def rank(store, engagement: str, activity: str, *, down: bool) -> None:
    column = next(c for c in columns_of(store, engagement) if activity in [card.activity for card in c.cards])
    rank_card(store, column, next(card for card in column.cards if card.activity == activity), down=down)


def test_ranking_changes_one_row_only(store, hx26):
    rank(store, hx26, "A1", down=True)
    assert order(store, hx26) == ["A2", "A1", "A3", "A4"]
    assert len(store.history()[0][1]) == 1


def test_a_card_can_be_ranked_to_both_ends_and_back(store, hx26):
    for down in (True, True, True):
        rank(store, hx26, "A1", down=down)
    assert order(store, hx26) == ["A2", "A3", "A4", "A1"]
    with pytest.raises(CannotMove, match="A1 is the last card of its phase"):
        rank(store, hx26, "A1", down=True)
    for _ in range(3):
        rank(store, hx26, "A1", down=False)
    assert order(store, hx26) == ["A1", "A2", "A3", "A4"]
    with pytest.raises(CannotMove, match="A1 is the first card of its phase"):
        rank(store, hx26, "A1", down=False)


def test_cards_can_be_swapped_over_and_over(store, hx26):
    for _ in range(60):
        rank(store, hx26, "A1", down=True)
        rank(store, hx26, "A1", down=False)
    assert order(store, hx26) == ["A1", "A2", "A3", "A4"]


# States.


def test_done_sets_the_day_and_all_of_the_progress(store, hx26, package, today):
    set_status(store, [package(hx26, "A1.1")], "done", today)
    assert state(store, "A1.1") == ("done", 100, "2026-03-16", "2026-03-16")


def test_under_way_notes_since_when_and_keeps_it(store, hx26, package, today):
    set_status(store, [package(hx26, "A1.1")], "doing", today)
    set_status(store, [package(hx26, "A1.1")], "done", date(2026, 3, 18))
    assert state(store, "A1.1") == ("done", 100, "2026-03-16", "2026-03-18")


def test_work_opened_again_loses_its_finish(store, hx26, package, today):
    set_status(store, [package(hx26, "A1.1")], "done", today)
    set_status(store, [package(hx26, "A1.1")], "doing", today)
    assert state(store, "A1.1") == ("doing", 0, "2026-03-16", None)
    set_status(store, [package(hx26, "A1.1")], "todo", today)
    assert state(store, "A1.1") == ("todo", 0, None, None)


def test_work_before_erptui_that_is_opened_again_gets_dates(store, open_new, package, today):
    engagement = open_new(at="C3")
    set_status(store, [package(engagement, "C1.1")], "doing", today)
    assert state(store, "C1.1", "before_erptui, started_on") == (0, "2026-03-16")


def test_several_are_marked_done_in_one_step_and_done_ones_stay_as_they_were(store, hx26, package, today):
    set_status(store, [package(hx26, "A1.1")], "done", date(2026, 3, 2))
    before = len(store.history())
    assert mark_done(store, [package(hx26, code) for code in ("A1.1", "A1.2", "A1.3")], today) == 2
    assert len(store.history()) == before + 1
    assert state(store, "A1.1", "finished_on") == ("2026-03-02",)
    assert mark_done(store, [package(hx26, "A1.1")], today) == 0
    assert len(store.history()) == before + 1


def test_a_status_somebody_changed_meanwhile_is_refused_and_nothing_is_half_done(store, hx26, package, today):
    seen = [package(hx26, code) for code in ("A1.1", "A1.2")]
    set_status(store, [seen[1]], "waiting", today)
    with pytest.raises(Conflict):
        mark_done(store, seen, today)
    assert state(store, "A1.1") == ("todo", 0, None, None)
    assert state(store, "A1.2")[0] == "waiting"
