"""What a register is: a model's fields and derived columns, read as plain stored values, as rows for JSON or a table.

    RISKS = Register(
        "risks", N_("Risks"), Risk, columns=(Risk.title, Derived("score", N_("P×I"), score), …), sort=("title",),
    )

Rows are dictionaries of stored values by field name (choices and references by id, dates as ISO text), because ten
thousand of them are read at once; models serve forms and single rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.errors import Problem
from db.fields import CodeField, FlagField, Kind, TextField
from db.labels import N_, Label
from db.models import Row
from erptui import pinyin
from erptui.engagements import natural
from erptui.entry import fold
from erptui.registers.context import Context

Record = dict[str, Any]
Compute = Callable[[Sequence[Record], Context], Sequence[Any]]


class InternalRegister(Problem):
    """A register that no client may see."""

    sentence = N_("{register} are internal: a client never sees them. Say --audience internal to have them yourself.")


@dataclass(frozen=True)
class Derived:
    """A column that is computed for all rows at once and never stored. `words` are the labels of choice-like values."""

    id: str
    label: Label
    compute: Compute
    internal: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


Column = Kind[Any] | Derived


@dataclass(frozen=True)
class Register:
    """A table that people work with.

    `columns` are shown, the most important first; `more` are derived columns that only JSON has. `where` is the SQL
    condition of the rows, `within` the one for the rows of a single engagement (`?` its id). `period` names the columns
    of first and last day by which rows are chosen, empty where rows have no days. `order` is the SQL order of the rows
    on a screen where it is another than that of `sort`, `among_equals` that of rows which `sort` leaves open (else by
    their id, the same in every copy of a store). `internal` registers are never in a file for a client.
    """

    name: str
    label: Label
    model: type[Row]
    columns: tuple[Column, ...]
    more: tuple[Derived, ...] = ()
    sort: tuple[str, ...] = ("code",)
    where: str = "1"
    within: str = "engagement_id = ?"
    period: tuple[str, str] | tuple[()] = ()
    internal: bool = False
    order: str = ""
    among_equals: str = "id"

    def check_audience(self, audience: str) -> None:
        """Raises `InternalRegister` when the audience may see none of it."""
        if self.internal and audience != "internal":
            raise InternalRegister(register=self.label)

    def derived(self, audience: str) -> list[Derived]:
        """The derived columns that the audience may see, those computed from others behind them."""
        every = [column for column in self.columns if isinstance(column, Derived)]
        return [column for column in (*self.more, *every) if audience == "internal" or not column.internal]

    def fields(self, audience: str) -> dict[str, Kind[Any]]:
        """The fields of the model that the audience may see, by name."""
        every: Mapping[str, Kind[Any]] = self.model._meta.fields
        return {name: kind for name, kind in every.items() if audience == "internal" or not kind.internal}

    def shown(self, audience: str) -> list[Column]:
        """The columns of the table that the audience may see."""
        return [column for column in self.columns if audience == "internal" or not column.internal]

    def chosen(self, context: Context) -> tuple[str, list[str]]:
        """The SQL condition of the rows that the audience of `context` may see, and its values."""
        if self.internal and context.audience != "internal":
            return "0", []
        if context.engagement is None:
            return self.where, []
        within = f"{self.within} OR engagement_id IS NULL" if context.with_none else self.within
        return f"({self.where}) AND ({within})", [context.engagement.id] * self.within.count("?")

    def read(self, context: Context, *, first: date | None = None, last: date | None = None) -> list[Record]:
        """The rows with all columns that the audience of `context` may see, sorted; those within `first` to `last`."""
        fields = self.fields(context.audience)
        names = tuple(fields)
        condition, values = self.chosen(context)
        columns = ", ".join(kind.column_name for kind in fields.values())
        sql = f"SELECT {columns} FROM {self.model._meta.table_name} WHERE {condition} ORDER BY {self.among_equals}"
        found = context.reader.rows(sql, values)
        records = [dict(zip(names, row, strict=True)) for row in found]
        for name in (name for name, kind in fields.items() if isinstance(kind, FlagField)):
            for record in records:
                record[name] = bool(record[name])
        for column in self.derived(context.audience):
            computed = column.compute(records, context)
            for record, value in zip(records, computed, strict=True):
                record[column.id] = value
        if self.period and (first or last):
            records = _within(records, self.period, first, last)
        return self._sorted(records)

    def tuples(self, context: Context, keys: Sequence[str], first: int | None = None) -> list[tuple[Any, ...]]:
        """The rows as tuples of the values under `keys`, sorted; only the `first` ones.

        For screens with many thousands of rows. Derived columns see the id and those fields that are among `keys`; the
        register is sorted by fields. What the audience may not see is None.
        """
        kinds = {name: kind for name, kind in self.fields(context.audience).items() if name in {"id", *keys}}
        derived = [column for column in self.derived(context.audience) if column.id in keys]
        columns = ", ".join(kind.column_name for kind in kinds.values())
        sort = (f"coalesce({self.model._meta.fields[name].column_name}, '')" for name in self.sort)
        order = self.order or ", ".join((*sort, self.among_equals))
        condition, values = self.chosen(context)
        sql = f"SELECT {columns} FROM {self.model._meta.table_name} WHERE {condition} ORDER BY {order}"
        found = context.reader.rows(f"{sql} LIMIT {first}" if first is not None else sql, values)
        held: dict[str, Sequence[Any]] = dict(zip(kinds, zip(*found, strict=True), strict=False))
        for name, kind in kinds.items():
            if isinstance(kind, FlagField) and found:
                held[name] = list(map(bool, held[name]))
        if derived and found:
            records = [dict(zip(kinds, row, strict=True)) for row in found]
            held |= {column.id: column.compute(records, context) for column in derived}
        withheld = [None] * len(found) if self.withheld(keys, context.audience) else ()
        return list(zip(*(held.get(key, withheld) for key in keys), strict=True)) if found else []

    def withheld(self, keys: Iterable[str], audience: str) -> frozenset[str]:
        """Those of `keys` that stand for what the audience may not see."""
        return frozenset(keys) - {*self.fields(audience), *(column.id for column in self.derived(audience))}

    def count(self, context: Context) -> int:
        """How many rows there are."""
        condition, values = self.chosen(context)
        sql = f"SELECT count(*) FROM {self.model._meta.table_name} WHERE {condition}"
        ((number,),) = context.reader.rows(sql, values)
        return int(number)

    def _sorted(self, records: list[Record]) -> list[Record]:
        kinds = self.fields("internal")
        said: dict[str, Callable[[str], str]] = {
            name: spelled for name, kind in kinds.items() if isinstance(kind, TextField)
        }
        said |= {PROJECT.id: natural} | {name: natural for name, kind in kinds.items() if isinstance(kind, CodeField)}
        # A zero byte is in no text.
        parts = [[said.get(name, str)(record[name] or "") for record in records] for name in self.sort]
        keys = ["\0".join(key) for key in zip(*parts, strict=True)]
        return [records[place] for place in sorted(range(len(records)), key=keys.__getitem__)]


def spelled(text: str) -> str:
    """A text as it is sorted: in lower case, Chinese as it is said."""
    return pinyin.spelling(text) if pinyin.has_han(text) else fold(text)


def _within(records: list[Record], period: tuple[str, str], first: date | None, last: date | None) -> list[Record]:
    """The rows whose days touch `first` to `last`; ISO days compare as text. Rows without days are not among them."""
    begin, end = (first or date.min).isoformat(), (last or date.max).isoformat()
    opens, closes = period
    return [
        record
        for record in records
        if record[opens] and record[closes] and record[opens] <= end and record[closes] >= begin
    ]


def engagement_codes(records: Sequence[Record], context: Context) -> Sequence[str | None]:
    """The code of the engagement of each row, of one that has any."""
    codes = context.codes
    return [codes.get(record["engagement"]) for record in records]


PROJECT = Derived("project", N_("Project"), engagement_codes)


def lookup(name: str, names: Callable[[Context], Mapping[str, str]]) -> Compute:
    """What the row that the reference `name` points to is called."""

    def compute(records: Sequence[Record], context: Context) -> Sequence[str | None]:
        known = names(context)
        return [known.get(record[name]) for record in records]

    return compute


def days_overdue(dues: Iterable[str | None], today: date) -> list[int | None]:
    """How many days each of these days (ISO text) is over, 0 for today; none for a day to come."""
    now = today.toordinal()
    days = [None if due is None else now - date.fromisoformat(due).toordinal() for due in dues]
    return [None if late is None or late < 0 else late for late in days]
