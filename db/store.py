"""The store: one file, read by plain SQL, written only by `edit`, watched for what others change.

    with store.edit(N_("Move card"), about="C1") as edit:
        edit.update(package, phase=PhaseId.IMPLEMENTATION)

peewee and the models are loaded by the first use of a model, so that the first screen does not wait for them.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from db import journal, opening
from db.errors import NoSuchRow, NothingToUndo, Problem, Refused
from db.journal import Change, Step
from db.labels import N_, Label
from db.migrations import VERSION

if TYPE_CHECKING:
    from db.edit import Edit
    from db.models import Row
    from db.undo import Reversible

R = TypeVar("R", bound="Row")
Rows = list[tuple[Any, ...]]
Listener = Callable[[set[tuple[str, str]]], None]


class Reader(Protocol):
    """Whatever answers SQL: the store, or a connection of a worker's own."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of a query."""
        ...


class Snapshot:
    """A read-only connection of one's own, for a thread that must not share the store's."""

    def __init__(self, path: Path, wait: float) -> None:
        self._connection = opening.connect(path, wait=wait, read_only=True)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


class Store:
    """An open store and the person who works in it (`who`).

    `now` and `new_id` give the moment and the ids that are written; `wait` is how many seconds a lock is waited for.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        who: str,
        now: Callable[[], datetime],
        new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
        wait: float = 10.0,
        read_only: bool = False,
    ) -> None:
        self.path = Path(os.path.realpath(path))
        self.who = who
        self._now = now
        self._new_id = new_id
        self._wait = wait
        self._connection = opening.open_connection(self.path, wait=wait, read_only=read_only)
        self.read_only = read_only or not os.access(self.path, os.W_OK)
        self._identity = opening.identity(self.path)
        self._listeners: list[Listener] = []
        self._bound = False
        self._editing = False
        self._seen = journal.last_change(self._connection)
        self._data_version = self._pragma("data_version")

    def close(self) -> None:
        """Let the file go; a closed store is one file that can be copied."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of a query, fetched at once: an open cursor would lock others out."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _refusal(error, self.path) from error

    def snapshot(self) -> Snapshot:
        """A connection for a worker thread, to be closed by it."""
        return Snapshot(self.path, self._wait)

    def get(self, model: type[R], row: str) -> R:
        """The row with this id. Raises `NoSuchRow`."""
        found: R | None = self.select(model).where(model.id == row).first()
        if found is None:
            raise NoSuchRow(N_("There is no such row in {table}."), table=model._meta.table_name)
        return found

    def select(self, model: type[R]) -> Any:
        """A peewee query over a model; fetch it wholly (`list`, `first`)."""
        self._bind()
        return model.select()

    def meta(self, name: str) -> str:
        """A fact about the store itself: `store` (its id) or `replica`."""
        return str(self.rows("SELECT value FROM meta WHERE name = ?", (name,))[0][0])

    def _bind(self) -> None:
        if not self._bound:
            from db.binding import bind

            bind(self._connection)
            self._bound = True

    def _pragma(self, name: str) -> int:
        (number,) = self._connection.execute(f"PRAGMA {name}").fetchone()
        return int(number)

    # Writing

    @contextmanager
    def edit(self, label: str, *, about: str = "", undoable: bool = True) -> Iterator[Edit]:
        """One transaction, one step of history, one undo.

        `label` is the verb in translatable English, `about` names what it is done to. `undoable=False` is for notes the
        program keeps for itself; undo passes them over. Raises what `Edit` raises, and `Refused` when the file is
        locked, full, read-only, gone or swapped; then nothing is written.
        """
        with self._step(label, about, undoable=undoable, undoes=None) as edit:
            yield edit

    @contextmanager
    def _step(self, label: str, about: str, *, undoable: bool, undoes: int | None) -> Iterator[Edit]:
        from db.edit import Edit

        if self._editing:
            raise RuntimeError("a step inside a step")
        self._check_writable()
        edit = Edit(self._connection, self._new_id)
        self._editing = True
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            if self._pragma("user_version") != VERSION:
                raise Refused(N_("A newer erptui has taken over {path}. Start erptui again."), path=self.path)
            yield edit
            self._note(edit, label, about, undoable, undoes)
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            edit.forget()
            if isinstance(error, sqlite3.DatabaseError):
                raise _refusal(error, self.path) from error
            raise
        finally:
            self._editing = False
        changed = {(table, row) for table, row, *_ in edit.noted}
        if changed:
            self._seen = journal.last_change(self._connection)
            self._tell(changed)

    def _check_writable(self) -> None:
        if self.read_only:
            raise Refused(N_("{path} is open for reading only. Nothing was changed."), path=self.path)
        try:
            same = opening.identity(self.path) == self._identity
        except OSError:
            same = False
        if not same:
            raise Refused(
                N_("{path} was moved, deleted or replaced while it was open. Nothing was changed; start erptui again."),
                path=self.path,
            )

    def _note(self, edit: Edit, label: str, about: str, undoable: bool, undoes: int | None) -> None:
        if not edit.noted:
            return
        replica = self.meta("replica")
        (number,) = self._connection.execute(
            "SELECT coalesce(max(number), 0) + 1 FROM step WHERE replica = ?", (replica,)
        ).fetchone()
        at = self._now().astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        step = self._connection.execute(
            "INSERT INTO step (replica, number, who, at, label, about, undoable, undoes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (replica, number, self.who, at, label, about, int(undoable), undoes),
        ).lastrowid
        self._connection.executemany(
            f"INSERT INTO change (step, tbl, row, field, old, new, base) VALUES ({step}, ?, ?, ?, ?, ?, ?)", edit.noted
        )

    # History

    def undoable(self) -> Reversible | None:
        """What `undo` would take back: my last step that is in effect."""
        from db import undo

        return undo.undoable(self._connection, self.who)

    def redoable(self) -> Reversible | None:
        """What `redo` would bring back: my last undo, unless I edited since."""
        from db import undo

        return undo.redoable(self._connection, self.who)

    def undo(self) -> Step:
        """Take back my last step as a new step, and give the step that was taken back.

        Raises `NothingToUndo`, or `StaleUndo` naming who has changed what since.
        """
        found = self.undoable()
        if found is None:
            raise NothingToUndo(N_("There is nothing of {who} to undo."), who=self.who)
        self._reverse(found, N_("Undo"))
        return found.step

    def redo(self) -> Step:
        """Do again what `undo` took back last, and give that step. Raises as `undo` does."""
        found = self.redoable()
        if found is None:
            raise NothingToUndo(N_("There is nothing of {who} to do again."), who=self.who)
        self._reverse(found, N_("Redo"))
        return found.step

    def _reverse(self, found: Reversible, label: Label) -> None:
        from db import undo

        about = " ".join(part for part in (found.step.label, found.step.about) if part)
        with self._step(label, about, undoable=True, undoes=found.tip.id) as edit:
            undo.take_back(self._connection, edit, found.tip)

    def history(self, rows: Sequence[str] | None = None, limit: int = 200) -> list[tuple[Step, list[Change]]]:
        """Steps with their changes, newest first: of the whole store, or of the given rows."""
        return journal.steps_about(self._connection, rows, limit)

    # Watching

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with (table, row) pairs after each step; gives a function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def poll(self) -> None:
        """Tell the listeners what other processes have changed since the last look; a few microseconds when nothing."""
        if self._editing:
            return
        try:
            version = self._pragma("data_version")
            if version == self._data_version:
                return
            changed = journal.rows_changed_since(self._connection, self._seen)
            self._seen = journal.last_change(self._connection)
        except sqlite3.OperationalError:
            return  # somebody is writing: the last picture stays, the next look will see it
        self._data_version = version
        if changed:
            self._tell(changed)

    def _tell(self, changed: set[tuple[str, str]]) -> None:
        for listener in list(self._listeners):
            listener(changed)


def _refusal(error: BaseException, path: Path) -> Problem:
    """SQLite's error in words. A failed rollback hides the cause, so the chain is walked."""
    texts = []
    link: BaseException | None = error
    while link is not None:
        texts.append(str(link).lower())
        link = link.__context__
    said = " ".join(texts)
    for sign, sentence in (
        ("locked", N_("{path} is being written by somebody else. Nothing was changed; try again.")),
        ("full", N_("The disk is full. Nothing was changed in {path}.")),
        ("disk i/o", N_("The disk did not take it (full, or a limit). Nothing was changed in {path}.")),
        ("readonly", N_("{path} can't be written. Nothing was changed.")),
        ("foreign key", N_("Rows that hang together do not fit any more. Nothing was changed in {path}.")),
    ):
        if sign in said:
            return Refused(sentence, path=path)
    return Refused(N_("{path} is damaged: {why}. Run: erptui check"), path=path, why=error)
