"""The label of a step names a few of the rows that it changes, in the language in use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from erptui import i18n
from erptui.step_names import few_names


def test_three_rows_are_named_and_of_more_the_first_three():
    assert few_names(["A1", "A2", "A3"]) == "A1, A2, A3"
    assert few_names(["A1", "A2", "A3", "A4", "A5"]) == "A1, A2, A3, …"


def test_no_more_names_are_looked_for_than_it_takes_to_know_that_there_are_more():
    asked = iter(str(number) for number in range(10_000))
    few_names(asked)
    assert next(asked) == "4"


@pytest.fixture
def chinese() -> Iterator[None]:
    i18n.set_language("zh")
    yield
    i18n.set_language("en")


@pytest.mark.usefixtures("chinese")
def test_the_names_stand_as_the_language_wants_them():
    assert few_names(["王磊", "赵敏"]) == "王磊、赵敏"
