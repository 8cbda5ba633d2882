"""The trash: what was deleted and is not there again, and the way back.

Nothing lies in a table of its own: a deleted row is a change of the journal that holds all of it. What was taken back
by undo (a row made by mistake, an import) is not in the trash; redo does it again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from db.errors import Refused
from db.labels import N_
from db.models import TABLES
from db.pieces import in_pieces
from erptui.row_names import RowNames, Whole, internal_tables, optional_references, required_references, table_word
from erptui.step_names import NAMED, few_names

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Reader, Store

# A touch that had nobody else goes with its people and comes back with them.
_GOES_WITH: Mapping[str, tuple[str, str]] = {"touch": ("touch_person", "person")}


class HangsOnTrash(Refused):
    """What a row is part of is in the trash too."""

    sentence = N_("{what} “{name}” is in the trash too: bring that back first, or select both.")


class NotInTrash(Refused):
    """Somebody was quicker."""

    sentence = N_("This is not in the trash any more.")


@dataclass(frozen=True)
class DeletedRow:
    """Something in the trash: what it was, where it belonged, and what went with it, as counts of rows by table."""

    id: str
    table: str
    name: str
    part_of: str
    step: int
    who: str
    moment: datetime
    whole: Whole
    parts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Gone:
    """One deleted row, whether it went by itself or with another."""

    id: str
    table: str
    step: int
    whole: Whole

    def wholes(self) -> list[tuple[str, str]]:
        """Table and id of the rows that it was part of."""
        return _targets(self.table, self.whole)


def _targets(table: str, whole: Whole) -> list[tuple[str, str]]:
    return [
        (one.rel_model._meta.table_name, str(whole[one.column_name]))
        for one in required_references(table)
        if whole.get(one.column_name)
    ]


def deleted_rows(reader: Reader, *, audience: str = "internal", engagement: str | None = None) -> list[DeletedRow]:
    """What is in the trash, newest first. A client sees of it what belonged to the `engagement`, nothing internal."""
    gone = _gone(reader)
    roots = _roots(gone)
    if audience != "internal":
        hidden = internal_tables()
        gone = {row: one for row, one in gone.items() if one.table not in hidden}
        roots = [one for one in roots if one.id in gone and _engagement_of(reader, one, gone) == engagement]
    steps = {
        number: (who, datetime.fromisoformat(at.replace("Z", "+00:00")))
        for marks, part in in_pieces(sorted({one.step for one in roots}))
        for number, who, at in reader.rows(f"SELECT id, who, at FROM step WHERE id IN ({marks})", part)
    }
    parts_by_whole = _parts(gone)
    names = RowNames(reader)
    for table in {one.table for one in roots}:
        for target in required_references(table):
            found = {str(one.whole.get(target.column_name) or "") for one in roots if one.table == table}
            names.load(target.rel_model._meta.table_name, found - {""})
    return [
        DeletedRow(
            one.id,
            one.table,
            names.full_of(one.table, one.id, one.whole),
            next((names.short(table, row) for table, row in one.wholes()), ""),
            one.step,
            *steps[one.step],
            one.whole,
            Counter(part.table for part in _with_parts([one], parts_by_whole) if part is not one),
        )
        for one in sorted(roots, key=lambda one: (-one.step, one.table, one.id))
    ]


def _gone(reader: Reader, rows: Sequence[str] | None = None) -> dict[str, _Gone]:
    """Every row that was deleted and is not there, by id, as it was last deleted by a step that is in effect.

    With `rows` only those that the steps deleted which deleted one of them.
    """
    found: dict[str, _Gone] = {}
    within, steps = "", ""
    if rows is not None:
        deleting = "SELECT DISTINCT step FROM change WHERE row = ? AND field IS NULL AND new IS NULL"
        steps = ", ".join(str(step) for row in rows for (step,) in reader.rows(deleting, (row,)))
        # The + keeps SQLite to the index of the steps.
        within = f" AND c.step IN ({steps})"
    for table in TABLES:
        tbl = "c.tbl" if rows is None else "+c.tbl"
        for row, step, undoes, old in reader.rows(
            "SELECT c.row, c.step, s.undoes, c.old FROM change c JOIN step s ON s.id = c.step"
            f" WHERE {tbl} = ? AND c.field IS NULL AND c.new IS NULL AND s.undoable{within}"
            f" AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = c.row)"
            " AND NOT EXISTS (SELECT 1 FROM step u WHERE u.undoes = s.id) ORDER BY c.id",
            (table,),
        ):
            # An undo deletes what was made by mistake; a redo deletes again.
            if undoes is None or _is_redo(reader, undoes):
                found[row] = _Gone(row, table, step, json.loads(old))
    return found


def _is_redo(reader: Reader, number: int | None) -> bool:
    """Whether the step that takes back this one does again what a person did."""
    links = 0
    while number is not None:
        links += 1
        ((number,),) = reader.rows("SELECT undoes FROM step WHERE id = ?", (number,))
    return links % 2 == 0


def _parts(gone: Mapping[str, _Gone]) -> dict[str, list[_Gone]]:
    """By the id of a deleted row the parts that went with it in the same step."""
    found: dict[str, list[_Gone]] = {}
    for part in gone.values():
        for _table, whole in part.wholes():
            if whole in gone and gone[whole].step == part.step:
                found.setdefault(whole, []).append(part)
    return found


def _roots(gone: Mapping[str, _Gone]) -> list[_Gone]:
    """The rows that people deleted: those that did not go with another one."""
    parts = _parts(gone)
    with_others = {part.id for below in parts.values() for part in below}
    return [
        one
        for one in gone.values()
        if one.id not in with_others
        and not (
            one.table in _GOES_WITH
            and any(
                table == _GOES_WITH[one.table][1] and row in gone and gone[row].step == one.step
                for part in parts.get(one.id, ())
                for table, row in part.wholes()
            )
        )
    ]


def _with_parts(chosen: Iterable[_Gone], parts: Mapping[str, Sequence[_Gone]]) -> list[_Gone]:
    """These rows and all that went with them."""
    found: dict[str, _Gone] = {}
    waiting = list(chosen)
    while waiting:
        one = waiting.pop()
        if one.id not in found:
            found[one.id] = one
            waiting.extend(parts.get(one.id, ()))
    return list(found.values())


def _engagement_of(reader: Reader, one: _Gone, gone: Mapping[str, _Gone]) -> str | None:
    """The engagement that a deleted row belonged to, by itself or by what it was part of."""
    table, row, whole = one.table, one.id, one.whole
    names = RowNames(reader)
    while table != "engagement":
        if whole.get("engagement_id"):
            return str(whole["engagement_id"])
        above = _targets(table, whole)
        if not above:
            return None
        table, row = above[0]
        whole = gone[row].whole if row in gone else names.whole(table, row)
    return row


# The way back.


def bring_back(store: Store, rows: Sequence[str]) -> list[tuple[str, str]]:
    """Bring rows back with all that went with them, as one new step, and give the tables and ids of `rows`.

    References that were emptied by the deletion are set again where nobody has changed them since; one to a row that is
    gone comes back empty. A part that hangs on another row in the trash stays there. Raises `NotInTrash`,
    `HangsOnTrash`, and what `Store.edit` raises.
    """
    with store.edit(N_("Bring back"), about=_called(store, rows)) as edit:
        # Read with the lock held: somebody else may have been quicker.
        gone = _gone(store, rows)
        if not all(row in gone for row in rows):
            raise NotInTrash
        chosen = [gone[row] for row in rows]
        coming = _coming(store, chosen, gone)
        _refuse_hanging(store, chosen, coming)
        for table in dict.fromkeys(one.table for one in coming.values()):
            wholes = {one.id: _without_gone(store, one, coming) for one in coming.values() if one.table == table}
            edit.restore_stored(table, wholes)
        _fill_again(store, edit, coming)
    return [(one.table, one.id) for one in chosen]


def _called(store: Store, rows: Sequence[str]) -> str:
    """The rows as the label of the step names them."""
    first = rows[: NAMED + 1]
    gone, names = _gone(store, first), RowNames(store)
    return few_names(names.full_of(gone[row].table, row, gone[row].whole) for row in first if row in gone)


def _coming(store: Store, chosen: Sequence[_Gone], gone: Mapping[str, _Gone]) -> dict[str, _Gone]:
    """What comes back: the rows chosen, their parts, and the touches of those; not what would hang in the air."""
    parts = _parts(gone)
    coming = {one.id: one for one in _with_parts(chosen, parts)}
    for part in list(coming.values()):
        for table, row in part.wholes():
            if table in _GOES_WITH and row in gone and gone[row].step == part.step:
                coming[row] = gone[row]
    chosen_ids = {one.id for one in chosen}
    while hanging := [
        one.id for one in coming.values() if one.id not in chosen_ids and _missing(store, one, coming) is not None
    ]:
        for row in hanging:
            del coming[row]
    return coming


def _missing(store: Store, one: _Gone, coming: Mapping[str, _Gone]) -> tuple[str, str] | None:
    """What the row is part of and is neither there nor coming back."""
    return next((place for place in one.wholes() if place[1] not in coming and not _is_there(store, *place)), None)


def _is_there(store: Store, table: str, row: str) -> bool:
    return bool(store.rows(f"SELECT 1 FROM {table} WHERE id = ?", (row,)))


def _refuse_hanging(store: Store, chosen: Sequence[_Gone], coming: Mapping[str, _Gone]) -> None:
    """A row that was chosen must have what it is part of."""
    for one in chosen:
        missing = _missing(store, one, coming)
        if missing is not None:
            table, row = missing
            # Named by what stands in the trash: a package that went with its engagement is found there as that.
            while above := _missing_above(store, row):
                table, row = above
            raise HangsOnTrash(what=table_word(table), name=RowNames(store).full(table, row))


def _missing_above(store: Store, row: str) -> tuple[str, str] | None:
    """What a deleted row went with."""
    gone = _gone(store, [row])
    return next((place for place in gone[row].wholes() if place[1] in gone), None) if row in gone else None


def _without_gone(store: Store, one: _Gone, coming: Mapping[str, _Gone]) -> dict[str, str | int | None]:
    """The row as it comes back: without references to what is not there any more."""
    whole = dict(one.whole)
    for reference in optional_references(one.table):
        target = whole.get(reference.column_name)
        table = reference.rel_model._meta.table_name
        if target is not None and str(target) not in coming and not _is_there(store, table, str(target)):
            whole[reference.column_name] = None
    return whole


def _fill_again(store: Store, edit: Edit, coming: Mapping[str, _Gone]) -> None:
    """Set the references to the rows again that their deletion emptied, where they are still empty since."""
    for step in {one.step for one in coming.values()}:
        for number, table, row, column, old in store.rows(
            "SELECT id, tbl, row, field, old FROM change WHERE step = ? AND field IS NOT NULL AND new IS NULL", (step,)
        ):
            if old not in coming:
                continue
            ((newest,),) = store.rows(
                "SELECT max(id) FROM change WHERE row = ? AND (field = ? OR field IS NULL)", (row, column)
            )
            if newest == number and store.rows(f"SELECT 1 FROM {table} WHERE id = ? AND {column} IS NULL", (row,)):
                edit.set_stored(table, row, column, None, old)
