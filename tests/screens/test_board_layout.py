"""The board in cells: pure functions from columns to lines, no screen."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from rich.cells import cell_len

from erptui.method.board import Card, Column
from erptui.method.gates import Criterion, GateState
from erptui.method.standing import Standing
from screens.board_layout import ROOMY, SPACIOUS, card_sign, column_widths, current_phase, lay_out_board
from screens.text import line_text

TODAY = date(2026, 3, 16)
WIDTHS = (40, 60, 80, 120, 250)
ACTIVITIES = {"A": 4, "B": 7, "C": 6, "D": 2, "E": 4}


def card(activity: str, phase: str | None = None, **counts: int) -> Card:
    values = {"total": 7, "done": 0, "doing": 0, "waiting": 0, **counts}
    return Card(id=activity, phase=phase or activity[0], activity=activity, rank=activity, **values)


def gate(phase: str, **values: object) -> GateState:
    wanted = {
        "id": f"gate-{phase}",
        "engagement": "e",
        "phase": phase,
        "name": f"Gate {phase}",
        "needs_proof": True,
        "passed_on": None,
        "signed_by": "",
        "recorded_by": "",
        "proof": "",
        "checksum": "",
        "reason": "",
        "before_erptui": False,
        "criteria": (Criterion("1", "one", True), Criterion("2", "two", False)),
    }
    return GateState(**{**wanted, **values})


def column(phase: str, *cards: Card, opened: bool = True, **values: object) -> Column:
    cards = cards or tuple(card(f"{phase}{number}") for number in range(1, ACTIVITIES[phase] + 1))
    return Column(phase, opened, cards, gate(phase, **values) if phase != "E" else None)


def board(**changed: Column) -> list[Column]:
    return [changed.get(phase, column(phase)) for phase in "ABCDE"]


def texts(columns: list[Column], width: int, standings: dict | None = None) -> list[str]:
    return [line_text(line) for line in lay_out_board(columns, standings or {}, width, TODAY).lines]


def only(card_: Card, width: int, standing: Standing | None = None, **values: object) -> str:
    """The line of a card that stands alone in the first phase of a board `width` cells wide."""
    standings = {("A", card_.activity): standing} if standing else {}
    laid = lay_out_board(board(A=column("A", card_, **values)), standings, width, TODAY)
    place = laid.find(("A", card_.activity))
    text = line_text(laid.lines[place.y])
    return text[place.x : place.x + place.width]


@pytest.fixture
def chinese():
    """Names in Chinese."""
    from erptui import i18n

    i18n.set_language("zh")
    yield
    i18n.set_language("en")


# Columns.


@pytest.mark.parametrize("width", WIDTHS)
def test_the_columns_add_up_to_the_width(width):
    laid = lay_out_board(board(), {}, width, TODAY)
    first = [column[0] for column in laid.columns]
    assert sum(place.width for place in first) + 3 + 2 == width
    assert [b.x - a.x - a.width for a, b in pairwise(first)] == [1, 1, 1]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_board(width):
    late = {(p, f"{p}{n}"): Standing(late=123) for p in "ABCDE" for n in range(1, 8)}
    for standings in ({}, late):
        assert {cell_len(text) <= width for text in texts(board(), width, standings)} == {True}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_chinese_board_is_no_wider_than_an_english_one(width, chinese):
    late = {(p, f"{p}{n}"): Standing(late=123) for p in "ABCDE" for n in range(1, 8)}
    assert {cell_len(text) <= width for text in texts(board(), width, late)} == {True}


@pytest.mark.parametrize(
    ("needs", "room"), [((15, 20, 24, 18), 75), ((15, 20, 24, 18), 30), ((0, 0, 0, 0), 7), ((), 0)]
)
def test_widths_fill_the_room_exactly(needs, room):
    widths = column_widths(needs, room)
    assert sum(widths) == (room if needs else 0)


def test_each_column_has_what_its_head_needs_before_any_has_more():
    assert column_widths((10, 20, 12), 50) == [15, 20, 15]


def test_where_heads_do_not_fit_the_columns_are_alike():
    assert column_widths((30, 20, 22), 31) == [11, 10, 10]


@pytest.mark.parametrize("width", WIDTHS)
def test_heads_keep_their_counts(width):
    head = texts(board(A=column("A", card("A1", done=3), card("A2", done=7))), width)[0]
    for count in ("10/14", "0/49", "0/42", "0/14"):
        assert f" {count}" in head


def test_where_no_name_fits_a_head_keeps_the_letter_of_its_phase():
    full = [column(phase, card(f"{phase}1", total=1000, done=100)) for phase in "ABCD"]
    assert texts([*full, column("E")], 46)[0].split() == [
        *("A", "100/1000", "B", "100/1000", "C", "100/1000", "D", "100/1000")
    ]


def test_the_rule_under_a_head_is_heavy_as_far_as_the_work_is_done():
    laid = lay_out_board(board(A=column("A", card("A1", total=4, done=2))), {}, 80, TODAY)
    width = laid.columns[0][0].width
    rule = line_text(laid.lines[1])[1 : 1 + width]
    assert rule == "━" * (width // 2) + "─" * (width - width // 2)


def test_all_gates_stand_in_one_line_under_the_longest_column():
    laid = lay_out_board(board(), {}, 80, TODAY)
    gates = [column[-1] for column in laid.columns[:1]] + [
        place for column in laid.columns for place in column if place.gate
    ]
    assert {place.y for place in gates if place.gate} == {2 + 7}


def test_the_band_lies_under_the_phases_with_its_cards_side_by_side():
    laid = lay_out_board(board(), {}, 80, TODAY)
    assert "Through it all 0/28" in line_text(laid.lines[10])
    band = [place for column in laid.columns for place in column if place.column.phase == "E"]
    assert {place.y for place in band} == {11}
    assert [place.card.activity for place in band] == ["E1", "E2", "E3", "E4"]
    assert [place.x for place in band] == [column[0].x for column in laid.columns]


def test_more_cards_in_the_band_than_phases_take_another_line():
    five = column("E", *(card(f"E{n}") for n in (1, 2, 3, 4)), card("A1", "E"))
    laid = lay_out_board(board(E=five), {}, 80, TODAY)
    assert laid.find(("E", "A1")).y == laid.find(("E", "E1")).y + 1


def test_an_engagement_without_band_has_no_rule_for_it():
    without = [*board()[:-1], Column("E", True, (), None)]
    assert not any("Through" in text for text in texts(without, 80))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_card_and_gate_is_found_where_it_is_painted(width):
    laid = lay_out_board(board(), {}, width, TODAY)
    for place in (place for column in laid.columns for place in column):
        text = line_text(laid.lines[place.y])[place.x : place.x + place.width]
        assert text.startswith(("○ ", "◇ ")), text
        if place.card:
            assert place.card.activity in text


# Cards.


def test_a_long_name_is_cut_with_a_sign():
    assert only(card("A1"), 60) == "○ A1 Customer…"


def test_a_chinese_name_is_cut_at_a_whole_character(chinese):
    laid = lay_out_board(board(), {}, 40, TODAY)
    for place in laid.columns[1]:
        line = line_text(laid.lines[place.y])
        assert "\ufffd" not in line
    assert any("…" in line_text(line) for line in laid.lines)


def test_a_late_card_has_its_sign_and_says_how_many_days():
    assert only(card("A1"), 80, Standing(late=5)).startswith("■ A1 Cust")
    assert only(card("A1"), 80, Standing(late=5)).endswith(" 5d")


def test_with_room_a_late_card_says_it_in_words():
    assert only(card("A1"), 4 * ROOMY + 20, Standing(late=5)).endswith("5 d late")


def test_a_card_begun_says_how_much_of_it_is_done():
    assert only(card("A1", total=4, done=1), 80).endswith("25%")
    assert only(card("A1", total=4, done=1), 80).startswith("▸")


def test_a_finished_card_says_nothing_more_even_when_it_was_late():
    assert only(card("A1", done=7), 80, Standing(late=5)).rstrip() == "✓ A1 Customer rese…"


@pytest.mark.parametrize(
    ("counts", "late", "sign"),
    [
        ({}, 0, "○"),
        ({"doing": 1}, 0, "▸"),
        ({"done": 3}, 0, "▸"),
        ({"waiting": 1}, 0, "‖"),
        ({"waiting": 1, "doing": 1}, 0, "▸"),
        ({"doing": 1}, 2, "■"),
        ({"done": 7}, 0, "✓"),
    ],
)
def test_the_sign_of_a_card_says_how_it_stands(counts, late, sign):
    assert card_sign(card("A1", **counts), Standing(late=late))[0] == sign


def test_soon_means_within_two_weeks_in_an_open_phase():
    def start(day: int, month: int = 3) -> Standing:
        return Standing(next_start=date(2026, month, day))

    assert only(card("A1"), 80, start(16)).endswith("16.03")
    assert only(card("A1"), 80, start(30)).endswith("30.03")
    assert not only(card("A1"), 80, start(31)).rstrip().endswith(".03")
    assert not only(card("A1"), 80, start(13)).rstrip().endswith(".03")
    assert not only(card("A1"), 80, start(30), opened=False).rstrip().endswith(".03")


def test_on_a_wide_board_every_card_says_its_day():
    wide = 4 * SPACIOUS + 20
    days = Standing(next_start=date(2026, 9, 1), finish=date(2027, 1, 12))
    assert only(card("A1"), wide, days, opened=False).rstrip().endswith("Customer research             01.09")
    assert only(card("A1", total=4, done=1), wide, days).rstrip().endswith("25% · due 12.01.2027")
    assert only(card("A1", done=7), wide, days).rstrip().endswith("12.01.2027")
    assert only(card("A1"), wide, Standing()).rstrip() == "○ A1 Customer research"


# Gates.


def gate_text(width: int = 80, **values: object) -> str:
    laid = lay_out_board(board(A=column("A", **values)), {}, width, TODAY)
    place = laid.find(("A", "gate"))
    return line_text(laid.lines[place.y])[place.x : place.x + place.width].rstrip()


def test_an_open_gate_says_how_much_is_ticked():
    assert gate_text().split() == ["◇", "Gate", "1/2"]


def test_a_signed_gate_says_when():
    assert gate_text(passed_on=date(2026, 3, 3), signed_by="Wang").split() == ["◆", "Gate", "03.03"]


def test_a_gate_passed_without_signature_says_so():
    assert gate_text(passed_on=date(2026, 3, 3), reason="late contract") == "◆ Gate, without"


def test_a_gate_before_erptui_has_no_day():
    assert gate_text(before_erptui=True) == "◆ Gate"


# Where the engagement stands.


def test_the_current_phase_is_the_first_open_one_with_work_left():
    done = column("A", card("A1", done=7))
    assert current_phase(board(C=column("C", opened=False), D=column("D", opened=False))) == "A"
    assert current_phase(board(A=done)) == "B"
    rest = {phase: column(phase, opened=False) for phase in "BCD"}
    assert current_phase(board(A=done, **rest)) == "A"
    assert current_phase(board(A=column("A", opened=False), **rest)) is None
