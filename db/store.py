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
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from db import journal, opening
from db.errors import NoSuchRow, NothingToUndo, Refused
from db.journal import Change, Heading, Step
from db.labels import N_
from db.migrations import VERSION
from db.refusals import in_words, refusal
from db.same_file import refuse_if_overwritten, refuse_if_replaced
from db.text import clean_line
from db.turn import OnBusy, at_once, turn

if TYPE_CHECKING:
    from db.binding import Borrowed
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

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of a query."""
        with in_words(self.path):
            return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


class Store:
    """An open store and the person who works in it (`who`).

    `now` and `new_id` give the moment and the ids that are written; `wait` is how many seconds a lock is waited for
    (by a step not at all while `hasty`); `on_busy` is told for whom.
    `upgraded` says what was done to a store of an older version when it was opened.
    A store is for the thread that opened it: a worker that reads takes a `snapshot`, one that writes opens its own.
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
        self.who = clean_line(who)
        self._now = now
        self._new_id = new_id
        self._wait = wait
        self._connection = opening.open_connection(self.path, wait=wait, read_only=read_only, now=now)
        self.on_busy: OnBusy | None = None
        self.hasty = False
        self.upgraded = self._connection.upgraded
        self.why_read_only = opening.why_not_written(self.path, asked=read_only)
        self.read_only = self.why_read_only is not None
        self._listeners: list[Listener] = []
        self._models: Borrowed | None = None
        self._editing = False
        try:
            with in_words(self.path):
                # In this order: what is committed in between is looked for once more rather than never told.
                self._data_version = self._pragma("data_version")
                self.id, self._seen = journal.standing(self._connection)
        except BaseException:
            self._connection.close()
            raise

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
        with in_words(self.path):
            return self._connection.execute(sql, values).fetchall()

    def snapshot(self) -> Snapshot:
        """A connection for a worker thread, to be closed by it."""
        with in_words(self.path):
            return Snapshot(self.path, opening.connect_again(self._connection, self.path, wait=self._wait))

    def get(self, model: type[R], row: str) -> R:
        """The row with this id. Raises `NoSuchRow`."""
        found: R | None = self.select(model).where(model.id == row).first()
        if found is None:
            raise NoSuchRow(N_("There is no such row in {table}."), table=model._meta.table_name)
        return found

    def select(self, model: type[R]) -> Any:
        """A peewee query over a model on this store; fetch it wholly (`list`, `first`)."""
        if self._models is None:
            from db.binding import Borrowed

            self._models = Borrowed(self._connection, self.path)
        return model.select().bind(self._models)

    def meta(self, name: str) -> str:
        """A fact about the store itself: `store` (its id) or `replica`."""
        found = self.rows("SELECT value FROM meta WHERE name = ?", (name,))
        if not found:
            raise Refused(N_("{path} has lost its {name}. Run: erptui check {path}"), path=self.path, name=name)
        return str(found[0][0])

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
        with self._step(Heading(label, clean_line(about), undoable)) as edit:
            yield edit

    @contextmanager
    def _step(self, heading: Heading) -> Iterator[Edit]:
        from db.edit import Edit

        if self._editing:
            raise RuntimeError("a step inside a step")
        if self.why_read_only:
            raise Refused(self.why_read_only.sentence, **self.why_read_only.gaps)
        edit = Edit(self._connection, self._new_id)
        self._editing = True
        try:
            with turn(self._connection, self.path, self.who, 0.0 if self.hasty else self._wait, self.on_busy):
                self._refuse_if_swapped()
                yield edit
                changed, seen = self._note(edit, heading)
                self._connection.execute("COMMIT")
        except BaseException:
            edit.forget()
            raise
        finally:
            self._editing = False
        self._seen = seen
        if changed:
            _tell(self._listeners, changed)

    def _refuse_if_swapped(self) -> None:
        """Asked with the lock held: while it was waited for, the file may have been replaced or taken over."""
        refuse_if_replaced(self._connection, self.path)
        refuse_if_overwritten(self._connection, self.path, (self.id, self._seen))
        if self._pragma("user_version") != VERSION:
            raise Refused(N_("A newer erptui has taken over {path}. Start erptui again."), path=self.path)

    def _note(self, edit: Edit, heading: Heading) -> tuple[set[tuple[str, str]], int]:
        """Write the step into the journal, and give what the listeners have not been told yet."""
        noted = edit.noted
        if noted:
            journal.note(self._connection, self.meta("replica"), self.who, self._now(), heading, noted)
        if not self._listeners:
            return set(), journal.last_change(self._connection)
        return journal.rows_changed_since(self._connection, self._seen)

    # History

    def undoable(self) -> Reversible | None:
        """What `undo` would take back: my last step that is in effect."""
        from db import undo

        with in_words(self.path):
            return undo.undoable(self._connection, self.who)

    def redoable(self) -> Reversible | None:
        """What `redo` would bring back: my last undo, unless I edited since."""
        from db import undo

        with in_words(self.path):
            return undo.redoable(self._connection, self.who)

    def reversible(self, number: int) -> Reversible:
        """What a person did in this step or took back by it, whether that is in effect, and its newest link."""
        from db import undo

        with in_words(self.path):
            return undo.reversible(self._connection, number)

    def undo(self) -> Step:
        """Take back my last step as a new step, and give the step that was taken back.

        Raises `NothingToUndo`, or `StaleUndo` naming who has changed what since.
        """
        return self._reverse(self.undoable, N_("{who} has nothing to undo."))

    def redo(self) -> Step:
        """Do again what `undo` took back last, and give that step. Raises as `undo` does."""
        return self._reverse(self.redoable, N_("{who} has nothing to redo."))

    def take_back(self, number: int) -> Step:
        """Take back the step with this number, mine or not, or do again what it took back; raises as `undo` does."""
        from db import undo

        return self._reverse(lambda: undo.newest_link(self._connection, number), "")

    def _reverse(self, find: Callable[[], Reversible | None], nothing: str) -> Step:
        from db import undo

        heading = Heading("", "")
        with self._step(heading) as edit:
            # Looked for with the lock held: another window of the same person may have been quicker.
            found = find()
            if found is None:
                raise NothingToUndo(nothing, who=self.who)
            heading.label, heading.about = found.verb, found.step.label + found.step.about_gap
            heading.undoes = found.tip.id
            undo.take_back(self._connection, edit, found.tip)
        return found.step

    def root_of(self, step: Step) -> Step:
        """What a person did that `step` takes back or does again; itself when it is no undo and no redo."""
        return journal.root_of(self._connection, step)

    def history(self, rows: Sequence[str] | None = None, limit: int = 200) -> list[tuple[Step, list[Change]]]:
        """Steps with their changes, newest first: of the whole store, or of the given rows."""
        with in_words(self.path):
            return journal.steps_about(self._connection, rows, limit)

    @property
    def newest_change(self) -> int:
        """The number of the newest change that this store has seen: how far it has come."""
        return self._seen

    # Watching

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with (table, row) pairs after each step; gives a function that ends it."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def poll(self) -> None:
        """Tell the listeners what other processes have changed since the last look; a few microseconds when nothing.

        Raises `Unusable` when the file is damaged by now, or another.
        """
        if self._editing:
            return
        try:
            if self._connection.copy is None:
                refuse_if_replaced(self._connection, self.path)
            with at_once(self._connection):
                version = self._pragma("data_version")
            if version == self._data_version:
                return
            refuse_if_overwritten(self._connection, self.path, (self.id, self._seen))
            changed, seen = journal.rows_changed_since(self._connection, self._seen)
        except sqlite3.OperationalError:
            return  # somebody is writing: the last picture stays, the next look will see it
        except sqlite3.DatabaseError as error:
            raise (refusal(error, self.path) or error) from error
        self._data_version, self._seen = version, seen
        if changed:
            _tell(self._listeners, changed)


def _tell(listeners: Sequence[Listener], changed: set[tuple[str, str]]) -> None:
    """Call every listener; the first mistake of one is raised after all have heard. The step stands in any case."""
    mistakes = []
    for listener in list(listeners):
        try:
            listener(changed)
        except Exception as mistake:
            mistakes.append(mistake)
    if mistakes:
        raise mistakes[0]
