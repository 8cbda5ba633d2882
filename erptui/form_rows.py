"""The rows behind a form: read with their child tables, and saved with people made on the spot, all as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from db.errors import Conflict, NoSuchRow, Problem
from db.fields import Kind, Stored
from db.labels import N_
from db.rank import between
from erptui.touches import NewPerson, make_person

if TYPE_CHECKING:
    from db.edit import Edit
    from db.models import Row
    from db.store import Reader, Store
    from erptui.forms import ChildSpec, FormSpec


class LinesRefused(Problem):
    """What `check` of a child table found in its lines; `table` is that table."""

    def __init__(self, table: str, problem: Problem) -> None:
        super().__init__(problem.sentence, **problem.gaps)
        self.table = table


@dataclass(frozen=True)
class TypedRow:
    """What was typed about a row: its values by field, and the stored ones that they replace (none: whatever is there).

    A value of a reference may be a `NewPerson`. `id` is None for a row that is being made.
    """

    id: str | None
    values: Mapping[str, Any] = field(default_factory=dict)
    expected: Mapping[str, Stored] = field(default_factory=dict)


@dataclass(frozen=True)
class TypedLine:
    """A line of a child table that was typed, or `removed`: then `expected` is the whole of it as it was read."""

    spec: ChildSpec
    row: TypedRow
    removed: bool = False


def read_row(reader: Reader, spec: FormSpec, row: str | None, fixed: Mapping[str, Any]) -> dict[str, Stored]:
    """The stored values of a form and the engagement; of a new row what is `fixed`, else the defaults."""
    kinds: Mapping[str, Kind[Any]] = spec.model._meta.fields
    shown = {name for _group, name, _kind in spec.fields()}
    names = [name for name in kinds if name in shown or name == "engagement"]
    if row is None:
        return {name: kinds[name].db_value(fixed.get(name, kinds[name].default)) for name in names}
    columns = ", ".join(kinds[name].column_name for name in names)
    found = reader.rows(f"SELECT {columns} FROM {spec.model._meta.table_name} WHERE id = ?", (row,))
    return dict(zip(names, found[0] if found else [None] * len(names), strict=True))


def read_lines(
    reader: Reader, spec: ChildSpec, kinds: Mapping[str, Kind[Any]], parent: str | None
) -> dict[str, dict[str, Stored]]:
    """The stored values of these fields of the rows of a child table, by their ids, in their order."""
    columns = ", ".join(("id", *(kind.column_name for kind in kinds.values())))
    owner = spec.model._meta.fields[spec.parent].column_name
    rows = reader.rows(f"SELECT {columns} FROM {spec.table} WHERE {owner} = ? ORDER BY {spec.order}", (parent,))
    return {row: dict(zip(kinds, values, strict=True)) for row, *values in rows}


def save_form(store: Store, spec: FormSpec, typed: TypedRow, lines: Sequence[TypedLine], about: str) -> str:
    """Write a form as one step and give the id of its row.

    Raises `Conflict` for a value, also of a line, that somebody changed meanwhile, `LinesRefused`, else what
    `Store.edit` raises; then nothing was written and nobody was made.
    """
    if typed.id is None and spec.make is not None:
        return spec.make(store, typed.values)
    with store.edit(N_("Edit") if typed.id else N_("Add"), about=about) as edit:
        saving = _Saving(store, edit)
        if typed.id is None:
            row = str(edit.create(spec.model, **saving.made(typed.values)).id)
        else:
            row = typed.id
            _refuse_gone(store, spec.model, row)
            saving.change(spec.model, typed)
        for line in lines:
            saving.save_line(line, row)
        for child in dict.fromkeys(line.spec for line in lines):
            if child.check is not None:
                try:
                    child.check(store, row)
                except Problem as problem:
                    raise LinesRefused(child.table, problem) from problem
        if spec.check is not None:
            spec.check(store, row)
    return row


def _refuse_gone(reader: Reader, model: type[Row], row: str) -> None:
    """Lines would hang in the air."""
    table = model._meta.table_name
    if not reader.rows(f"SELECT 1 FROM {table} WHERE id = ?", (row,)):
        raise Conflict(N_("This row was deleted meanwhile. Nothing was saved."), table=table, row=row)


class _Saving:
    """One form while it is written: who was made for it already."""

    def __init__(self, store: Store, edit: Edit) -> None:
        self._store, self._edit = store, edit
        self._people: dict[NewPerson, str] = {}

    def made(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values with the ids of new people in their place; who is named twice is made once."""
        for value in values.values():
            if isinstance(value, NewPerson) and value not in self._people:
                self._people[value] = make_person(self._edit, value)
        return {name: self._people[value] if isinstance(value, NewPerson) else value for name, value in values.items()}

    def change(self, model: type[Row], typed: TypedRow) -> None:
        """Set the typed fields of a row that is there."""
        for name, value in self.made(typed.values).items():
            before = {name: typed.expected[name]} if name in typed.expected else None
            self._edit.change(model, str(typed.id), before, **{name: value})

    def save_line(self, line: TypedLine, parent: str) -> None:
        """Make, change or remove a row of a child table."""
        spec, typed = line.spec, line.row
        if line.removed:
            self._remove(spec, typed)
        elif typed.id is None:
            rank = {"rank": self._last_rank(spec, parent)} if spec.ranked else {}
            self._edit.create(spec.model, **{spec.parent: parent}, **rank, **self.made(typed.values))
        else:
            self.change(spec.model, typed)

    def _remove(self, spec: ChildSpec, typed: TypedRow) -> None:
        try:
            row = self._store.get(spec.model, str(typed.id))
        except NoSuchRow:
            return  # somebody else took it away already
        kinds: Mapping[str, Kind[Any]] = spec.model._meta.fields
        for name, before in typed.expected.items():
            now = kinds[name].db_value(row.__data__[name])
            if now != before:
                raise Conflict(
                    N_("{label} was changed meanwhile: theirs “{theirs}”, yours “{mine}”. Nothing was saved."),
                    table=spec.table,
                    row=str(typed.id),
                    field=name,
                    label=kinds[name].label,
                    theirs=now,
                    words=("—", kinds[name].words(now)),
                )
        self._edit.delete(row)

    def _last_rank(self, spec: ChildSpec, parent: str) -> str:
        column = spec.model._meta.fields[spec.parent].column_name
        ((last,),) = self._store.rows(f"SELECT max(rank) FROM {spec.table} WHERE {column} = ?", (parent,))
        return between(last, None)
