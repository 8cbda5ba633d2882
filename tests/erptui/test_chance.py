"""Ids are random, or with a seed the same ones again."""

from __future__ import annotations

import uuid

import pytest

from erptui import chance


def test_ids_are_random_uuids_in_their_usual_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ERPTUI_SEED", raising=False)
    new_id = chance.ids(lambda: 0)
    made = [new_id() for _ in range(200)]
    assert len(set(made)) == 200
    for text in made:
        parsed = uuid.UUID(text)
        assert (str(parsed), parsed.version, parsed.variant) == (text, 4, uuid.RFC_4122)


def test_a_seed_gives_the_same_ids_in_the_same_situation_and_others_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERPTUI_SEED", "26")
    assert [chance.ids(lambda: 5)() for _ in range(2)] == [chance.ids(lambda: 5)()] * 2
    assert chance.ids(lambda: 6)() != chance.ids(lambda: 5)()
