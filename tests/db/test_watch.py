"""Whoever watches a store hears of every change once, whether it was made here, in another window or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from db.errors import InvalidValue
from db.models import Client, Engagement, WorkPackage
from db.store import Store

ADD = "with store.edit('Add client') as edit: edit.create(Client, name='From elsewhere')"


class Heard(list[set[tuple[str, str]]]):
    """What a listener was told."""

    def tables(self) -> list[set[str]]:
        return [{table for table, _ in told} for told in self]


@pytest.fixture
def heard(store: Store) -> Heard:
    heard = Heard()
    store.watch(heard.append)
    return heard


def add_client(store: Store, name: str = "华信") -> Client:
    with store.edit("Add client") as edit:
        return edit.create(Client, name=name)


def test_a_step_tells_which_rows_it_changed_after_it_is_saved(store: Store, engagement: Engagement) -> None:
    heard: list[Any] = []
    store.watch(lambda changed: heard.append((changed, store.rows("SELECT name FROM engagement"))))
    with store.edit("Rename") as edit:
        edit.update(engagement, name="华信 ERP 二期")
    assert heard == [({("engagement", engagement.id)}, [("华信 ERP 二期",)])]


def test_undo_and_redo_are_told_too(store: Store, heard: Heard) -> None:
    client = add_client(store)
    store.undo()
    store.redo()
    assert heard == [{("client", client.id)}] * 3


def test_what_fails_or_changes_nothing_is_not_told(store: Store, heard: Heard) -> None:
    with pytest.raises(InvalidValue):
        add_client(store, "")
    with store.edit("Nothing"):
        pass
    assert heard == []


def test_another_window_is_told_when_it_looks(store: Store, open_as: Callable[..., Store], heard: Heard) -> None:
    client = add_client(open_as("Bo"))
    assert heard == []
    store.poll()
    store.poll()
    assert heard == [{("client", client.id)}]


def test_another_process_is_heard(store: Store, colleague: Any, heard: Heard) -> None:
    colleague.do(ADD)
    store.poll()
    assert heard.tables() == [{"client"}]
    colleague.do("store.undo(); store.redo()")
    store.poll()
    assert heard.tables() == [{"client"}, {"client"}]


def test_what_others_did_before_my_own_step_is_told_with_it(store: Store, colleague: Any, heard: Heard) -> None:
    colleague.do(ADD)
    mine = add_client(store)
    assert len(heard) == 1
    assert len(heard[0]) == 2
    assert ("client", mine.id) in heard[0]
    store.poll()
    assert len(heard) == 1


def test_what_others_did_is_told_even_when_my_own_step_comes_to_nothing(
    store: Store, colleague: Any, heard: Heard
) -> None:
    colleague.do(ADD)
    with store.edit("Nothing"):
        pass
    assert heard.tables() == [{"client"}]


def test_my_own_steps_are_not_told_again_by_a_look(store: Store, heard: Heard) -> None:
    add_client(store)
    store.poll()
    assert len(heard) == 1


def test_looking_while_somebody_saves_keeps_the_last_picture_and_hears_it_later(
    open_as: Callable[..., Store], colleague: Any
) -> None:
    store = open_as("Anna", wait=0)
    heard = Heard()
    store.watch(heard.append)
    colleague.do(ADD)
    colleague.do("store._connection.execute('BEGIN EXCLUSIVE')")
    store.poll()
    assert heard == []
    colleague.do("store._connection.execute('ROLLBACK')")
    store.poll()
    assert heard.tables() == [{"client"}]


def test_a_listener_that_has_ended_hears_nothing_more(store: Store) -> None:
    heard = Heard()
    end = store.watch(heard.append)
    add_client(store)
    end()
    end()
    add_client(store)
    assert len(heard) == 1


def test_a_listener_that_fails_does_not_keep_others_from_hearing_nor_the_step_from_being_saved(store: Store) -> None:
    heard = Heard()

    def fails(changed: object) -> None:
        raise ZeroDivisionError

    store.watch(fails)
    store.watch(heard.append)
    with pytest.raises(ZeroDivisionError):
        add_client(store)
    assert heard.tables() == [{"client"}]
    assert store.rows("SELECT count(*) FROM client") == [(1,)]
    store.poll()
    assert len(heard) == 1


def test_a_listener_may_read_edit_and_end_itself(store: Store, engagement: Engagement, package: WorkPackage) -> None:
    def follows(changed: set[tuple[str, str]]) -> None:
        end()
        with store.edit("Follow") as edit:
            edit.update(store.get(WorkPackage, package.id), progress=10)

    end = store.watch(follows)
    with store.edit("Rename") as edit:
        edit.update(engagement, name="华信 ERP 二期")
    assert store.get(WorkPackage, package.id).progress == 10


def test_a_look_during_a_step_is_put_off(store: Store, open_as: Callable[..., Store], heard: Heard) -> None:
    add_client(open_as("Bo"))
    with store.edit("Add client") as edit:
        store.poll()
        assert heard == []
        edit.create(Client, name="华信")
    assert len(heard[0]) == 2


def test_a_snapshot_reads_what_is_saved_from_a_thread_of_its_own(store: Store) -> None:
    from threading import Thread

    add_client(store)
    found: list[Any] = []

    def reads() -> None:
        snapshot = store.snapshot()
        found.extend(snapshot.rows("SELECT name FROM client"))
        snapshot.close()

    thread = Thread(target=reads)
    thread.start()
    thread.join()
    assert found == [("华信",)]
