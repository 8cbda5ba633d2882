"""What the board shows of a card that holds more packages than fit."""

from __future__ import annotations

from erptui.method.board import mark_done, packages_of


def test_of_a_long_card_the_open_packages_are_read_before_those_done(store, hx26, card, today):
    every = packages_of(store, hx26, card(hx26, "A1"))
    mark_done(store, every[:2], today)
    few = packages_of(store, hx26, card(hx26, "A1"), 2)
    assert [package.code for package in few] == [package.code for package in every[2:4]]


def test_a_whole_card_is_read_in_the_order_of_its_plan(store, hx26, card, today):
    every = packages_of(store, hx26, card(hx26, "A1"))
    mark_done(store, every[:1], today)
    assert [package.id for package in packages_of(store, hx26, card(hx26, "A1"))] == [package.id for package in every]
