"""The journal in words: what a step did to which field, from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from db.fields import DateField, Kind, MomentField, PartOfYearField, RankField, ReferenceField
from db.journal import Change, Step, Stored
from erptui import clock
from erptui.days import short_day, short_part_of_year
from erptui.field_text import text_of
from erptui.i18n import _, labelled
from erptui.row_names import RowNames, field_of, internal_tables, name_in, table_word

if TYPE_CHECKING:
    from db.store import Reader, Store
    from db.undo import Reversible

# Columns that name a row of any table, with the column of that table; they are no references.
_LOOSE: Mapping[tuple[str, str], str] = {("note", "about_row"): "about_table", ("note", "became_row"): "became_table"}
_TABLES = frozenset({("note", "about_table"), ("note", "became_table")})


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one step, in words.

    `way` is the chain of the step: whether what a person did is in effect, and what taking it back or doing it again
    reverses. `field` is empty for a row that was made (`new` is its name) or deleted (`old` is); `back` is one that was
    there before. `moved` is a change of the place among others, whose keys say nothing to people.
    """

    step: Step
    way: Reversible
    what: str
    table: str
    row: str
    field: str
    old: str
    new: str
    moved: bool = False
    back: bool = False

    @property
    def stands(self) -> bool:
        """Whether what the step did was not taken back, or done again, since."""
        return (len(self.way.chain) - self.way.chain.index(self.step)) % 2 == 1


def events_of(
    store: Store, rows: Sequence[str] | None = None, limit: int = 200, audience: str = "internal"
) -> list[Event]:
    """What happened to these rows (None: to any), newest first; for a client without what is internal."""
    words = ValueWords(store)
    events = []
    for step, changes in store.history(rows, limit):
        shown = [change for change in reversed(changes) if audience == "internal" or not is_internal(change)]
        if not shown:
            continue
        way = store.reversible(step.id)
        # What a step was done to may be internal, although this change of it is not.
        what = done_text(store, step) if audience == "internal" else _(step.label)
        events += [_event(words, step, way, what, change) for change in shown]
    return events


def is_internal(change: Change) -> bool:
    """Whether no client may see what was changed."""
    if change.table in internal_tables():
        return True
    field = field_of(change.table, change.field) if change.field else None
    return field is not None and field.internal


def step_text(step: Step) -> str:
    """What a person did, as the footer names it."""
    return " ".join(part for part in (_(step.label), step.about) if part)


def done_text(store: Store, step: Step) -> str:
    """What happened: what a person did, or its undo or redo by the name of that."""
    if step.undoes is None:
        return step_text(step)
    return _("{verb}: {step}").format(verb=_(step.label), step=step_text(store.root_of(step)))


def moment_text(step: Step) -> str:
    """When, by the wall clock of the person who reads it."""
    return f"{_by_the_wall(step.moment):%Y-%m-%d %H:%M}"


def short_moment(step: Step) -> str:
    """`moment_text` without the year where it is this one."""
    return short_moment_of(step.moment)


def short_moment_of(moment: datetime) -> str:
    """A moment by the wall clock, without the year where it is this one."""
    return _short(_by_the_wall(moment), clock.today())


def _by_the_wall(moment: datetime) -> datetime:
    return moment.astimezone(clock.now().tzinfo)


def _short(moment: datetime, today: date) -> str:
    return f"{short_day(moment.date(), today)} {moment:%H:%M}"


def _event(words: ValueWords, step: Step, way: Reversible, what: str, change: Change) -> Event:
    name = words.names.short(change.table, change.row)
    if change.field is None:
        name = name_in(change.table, change.whole_row(), words.names.short) or name
        old, new = ("", name) if change.creates else (name, "")
        return Event(step, way, what, change.table, name, "", old, new, back=words.is_back(change))
    old, new = words.of(change, change.old), words.of(change, change.new)
    return Event(step, way, what, change.table, name, field_word(change), old, new, is_place(change))


def field_word(change: Change) -> str:
    """What the field is called that was changed."""
    assert change.field is not None
    field = field_of(change.table, change.field)
    return _(field.label) if field else change.field


def is_place(change: Change) -> bool:
    """Whether only the place among others was changed."""
    return change.field is not None and isinstance(field_of(change.table, change.field), RankField)


def change_words(words: ValueWords, change: Change) -> str:
    """One change in a line."""
    if change.field is None:
        return made_word(words.is_back(change)) if change.creates else _("deleted")
    if is_place(change):
        return _("moved")
    old, new = (words.of(change, value) or "—" for value in (change.old, change.new))
    return labelled(field_word(change), f"{old} → {new}")


def made_word(back: bool) -> str:
    """What was done to a row that is there since."""
    return _("brought back") if back else _("made")


def row_name(reader: Reader, table: str, row: str) -> str:
    """What a person calls a row; the start of its id when it has no name."""
    return RowNames(reader).short(table, row)


class ValueWords:
    """Stored values as a person reads them: references by name, working time in days, days as they are said."""

    def __init__(self, reader: Reader) -> None:
        self.names = RowNames(reader)
        self._reader = reader
        self._today = clock.today()

    def is_back(self, change: Change) -> bool:
        """Whether a row that was made by this change had been there before."""
        sql = "SELECT 1 FROM change WHERE row = ? AND field IS NULL AND old IS NULL AND id < ?"
        return change.creates and bool(self._reader.rows(sql, (change.row, change.id)))

    def of(self, change: Change, stored: Stored) -> str:
        """The value that a change wrote or replaced; empty for none."""
        assert change.field is not None
        return self.in_row(change.table, change.field, stored, self.names.whole(change.table, change.row))

    def in_row(self, table: str, column: str, stored: Stored, whole: Mapping[str, Stored]) -> str:
        """The value of a column of a row; empty for none."""
        if stored is None:
            return ""
        if (table, column) in _TABLES:
            return table_word(str(stored))
        if (table, column) in _LOOSE:
            return self.names.full(str(whole.get(_LOOSE[table, column]) or ""), str(stored))
        field = field_of(table, column)
        return str(stored) if field is None else self._text(field, stored)

    def _text(self, field: Kind[Any], stored: Stored) -> str:
        if isinstance(field, ReferenceField):
            return self.names.full(field.rel_model._meta.table_name, str(stored))
        try:
            if isinstance(field, DateField):
                return short_day(date.fromisoformat(str(stored)), self._today)
            if isinstance(field, PartOfYearField):
                return short_part_of_year(str(stored), self._today)
            if isinstance(field, MomentField):
                moment = datetime.fromisoformat(str(stored).replace("Z", "+00:00"))
                return _short(_by_the_wall(moment), self._today)
            return text_of(field, stored, lambda _table: {})
        except (TypeError, ValueError):
            # A damaged value is shown as it stands.
            return str(stored)
