"""Many ids are asked for in statements that old systems take."""

from __future__ import annotations

from db.pieces import in_pieces


def test_every_value_stands_in_one_piece_with_a_mark_of_its_own():
    pieces = list(in_pieces(range(1201)))
    assert [value for _marks, part in pieces for value in part] == list(range(1201))
    assert all(marks.count("?") == len(part) < 999 for marks, part in pieces)


def test_nothing_is_asked_for_no_value():
    assert list(in_pieces([])) == []
