"""What happened afterwards in the demo, as steps of their own that the history tells: put off, moved to the trash."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.choices import PromiseState
from db.labels import N_
from db.models import TABLES, Promise
from erptui.commitments import PUT_OFF
from erptui.notebook import cut_name

if TYPE_CHECKING:
    from db.store import Store
    from erptui.demo.filling import Filling


def happen(store: Store, filling: Filling) -> None:
    """Put promises off for their reasons, and delete what was thrown away."""
    for told in filling.content.get("later", ()):
        with (
            _by(store, filling.colleague(told.get("by"))),
            store.edit(PUT_OFF, about=told["reason"], undoable=False) as edit,
        ):
            _table, row = filling.made[told["promise"]]
            edit.change(Promise, row, None, due=filling.days.day(told["due"]), state=PromiseState.MOVED)
    for told in filling.content.get("thrown_away", ()):
        table, row = filling.row(told["what"])
        with (
            _by(store, filling.colleague(told.get("by"))),
            store.edit(N_("Move to trash"), about=cut_name(told["name"]), undoable=False) as edit,
        ):
            edit.delete(store.get(TABLES[table], row))


@contextmanager
def _by(store: Store, who: str) -> Iterator[None]:
    """What is done within is somebody's of the demo."""
    before, store.who = store.who, who
    try:
        yield
    finally:
        store.who = before
