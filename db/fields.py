"""The kinds of field: what a value may be, how it is stored, what it is called.

A field is declared once, on its model. Form, table, Excel column, import check, search and history follow from it.
peewee checks neither lengths nor dates nor booleans, so `clean` does. What is stored is text, an integer or NULL:
dates as ISO text, moments as UTC ISO text, choices by their id, money in minor units, working time in minutes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timezone
from typing import Any, Generic, TypeVar, overload

import peewee

from db.choices import Choice
from db.errors import InvalidValue
from db.labels import N_, Label
from db.text import clean_line, clean_text

T = TypeVar("T")
C = TypeVar("C", bound="Choice")
Stored = str | int | None
_FIRST_YEAR, _LAST_YEAR = 1990, 2199


class Kind(peewee.Field, Generic[T]):
    """A field of a model with its label, help and limits.

    `internal` fields never reach a client. A field that may be empty is declared `null=True`; its value may then be
    None although the type does not say so.
    """

    # The kinds peewee draws its column types from are replaced by the two that SQLite needs.
    field_type = "TEXT"

    def __init__(
        self,
        label: str,
        *,
        null: bool = False,
        default: T | None = None,
        help: str = "",
        internal: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(null=null, default=default, verbose_name=label, help_text=help or None, **options)
        self.label = Label(label)
        self.help = Label(help)
        self.internal = internal

    @overload
    def __get__(self, row: None, owner: Any) -> Kind[T]: ...
    @overload
    def __get__(self, row: object, owner: Any) -> T: ...
    def __get__(self, row: object, owner: Any) -> Kind[T] | T:
        # peewee puts an accessor of its own on the model class, so this is only what a type checker sees.
        raise NotImplementedError

    def clean(self, value: object) -> T | None:
        """`value` as this field keeps it. Raises `InvalidValue` naming the field and what it takes instead."""
        if value is None or value == "":
            if self.null:
                return None
            if self.default is not None and value is None:
                return self.default() if callable(self.default) else self.default  # type: ignore[no-any-return]
            raise self.invalid("", N_("It must be filled in."))
        return self._clean(value)

    def _clean(self, value: Any) -> T:
        raise NotImplementedError

    def invalid(self, value: object, reason: str, **gaps: object) -> InvalidValue:
        """The refusal of `value` by this field, to be raised."""
        return InvalidValue(self.name, self.label, value, reason, **gaps)

    def clean_column(self, values: Sequence[object]) -> list[T | None]:
        """`clean` for the values of this field in many new rows. Raises what it raises."""
        if self.null and values.count(None) == len(values):
            return [None] * len(values)
        clean, may_be_empty = self.clean, self.null
        return [None if value is None and may_be_empty else clean(value) for value in values]

    def store(self, value: T | None) -> Stored:
        """What stands in the table for a cleaned `value`."""
        return value  # type: ignore[return-value]

    def store_column(self, values: Sequence[T | None]) -> Sequence[Stored]:
        """What stands in the table for cleaned values."""
        if type(self).store is Kind.store:
            return values  # type: ignore[return-value]
        return [None if value is None else self.store(value) for value in values]

    def load(self, stored: Stored) -> T | None:
        """The value that `stored` stands for."""
        return stored  # type: ignore[return-value]

    def words(self, stored: Stored) -> object:
        """How a stored value reads in a sentence: what a person typed, or a `Label` to be translated."""
        return "—" if stored is None else stored

    def db_value(self, value: Any) -> Stored:
        return None if value is None else self.store(value)

    def python_value(self, value: Any) -> T | None:
        try:
            return None if value is None else self.load(value)
        except (KeyError, TypeError, ValueError):
            raise self.invalid(value, N_("This erptui does not know it. Update erptui, or run: erptui check")) from None


class TextField(Kind[str]):
    """Text from people. `lines=False` is one line; `limit` counts characters."""

    def __init__(self, label: str, *, limit: int = 400, lines: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.limit, self.lines = limit, lines

    def clean(self, value: object) -> str | None:
        if type(value) is str and self.is_clean(value):
            return value
        # Of blanks or control characters nothing may be left.
        return super().clean(value) or None

    def clean_column(self, values: Sequence[object]) -> list[str | None]:
        try:
            # Organisations, posts and the like repeat from row to row.
            cleaned = {value: self.clean(value) for value in dict.fromkeys(values)}
        except TypeError:
            # Something that can't even be looked up, which `clean` refuses in words.
            return super().clean_column(values)
        return [cleaned[value] for value in values]

    def is_clean(self, text: str) -> bool:
        """Whether there is nothing to clean, told at a glance: an import has tens of thousands of such texts."""
        return (
            0 < len(text) <= self.limit
            and text.isprintable()
            and text[0] != " " != text[-1]
            and (text.isascii() or unicodedata.is_normalized("NFC", text))
        )

    def _clean(self, value: Any) -> str:
        if not isinstance(value, str):
            raise self.invalid(value, N_("It must be text."))
        text = clean_text(value).strip("\n") if self.lines else clean_line(value)
        if text.isspace():
            text = ""
        if len(text) > self.limit:
            reason = N_("It has {length} characters; the limit is {limit}.")
            raise self.invalid(text, reason, length=len(text), limit=self.limit)
        if not text and not self.null:
            raise self.invalid("", N_("It must be filled in."))
        return text


class BirthdayField(TextField):
    """A birthday: `1985-03-07`, or `--03-07` without the year. What a file brought that is neither stays as it came."""

    def __init__(self, label: str, *, limit: int = 40, **options: Any) -> None:
        super().__init__(label, limit=limit, **options)


class CodeField(TextField):
    """A short code such as HX26 or C1.7: letters of any script, digits and - _ . /"""

    def __init__(self, label: str, *, limit: int = 20, **options: Any) -> None:
        super().__init__(label, limit=limit, **options)

    def is_clean(self, text: str) -> bool:
        return False

    def _clean(self, value: Any) -> str:
        code = super()._clean(value)
        if code and not re.fullmatch(r"[\w./-]+", code):
            raise self.invalid(value, N_("A code has letters, digits and - _ . / only."))
        return code


class ChoiceField(Kind[C]):
    """One of the members of a `Choice`, stored by id."""

    def __init__(self, label: str, options: type[C], **more: Any) -> None:
        super().__init__(label, **more)
        self.options = options
        self.members: tuple[C, ...] = tuple(options)
        self._by_id = {member.id: member for member in options}

    def _clean(self, value: Any) -> C:
        if isinstance(value, self.options):
            return value
        member = self._by_id.get(value) if isinstance(value, str) else None
        if member is None:
            raise self.invalid(value, N_("Choose one of: {options}."), options=tuple(self._by_id))
        return member

    def words(self, stored: Stored) -> object:
        member = self._by_id.get(str(stored))
        return member.label if member else super().words(stored)

    def store(self, value: C | None) -> Stored:
        return None if value is None else value.id

    def load(self, stored: Stored) -> C | None:
        return None if stored is None else self._by_id[str(stored)]


class DateField(Kind[date]):
    """A calendar day. Of what is `past` by its nature, a day typed without its year is the last one."""

    def __init__(self, label: str, *, past: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.past = past

    def _clean(self, value: Any) -> date:
        if isinstance(value, datetime):
            raise self.invalid(value, N_("It must be a day without a time."))
        if isinstance(value, date):
            day = value
        else:
            try:
                day = self.load(value)
            except (TypeError, ValueError):
                raise self.invalid(value, N_("It must be a day such as 2026-11-24.")) from None
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise self.invalid(day, N_("The year must lie between 1990 and 2199."))
        return day

    def store(self, value: date | None) -> Stored:
        return None if value is None else value.isoformat()

    def load(self, stored: Any) -> date:
        # Newer Pythons take more than this one form.
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", stored):
            raise ValueError(stored)
        return date.fromisoformat(stored)


class PartOfYearField(Kind[str]):
    """A day, or as much of it as is known: `2015-03-01`, `2015-03`, `2015`."""

    def _clean(self, value: Any) -> str:
        text = value.isoformat() if isinstance(value, date) else str(value)
        try:
            date.fromisoformat(text + "-01-01"[len(text) - 4 :])
        except ValueError:
            text = ""
        if not re.fullmatch(r"(19|2[01])\d\d(-\d\d){0,2}", text):
            raise self.invalid(value, N_("It must be a day, a month or a year such as 2015-03-01, 2015-03 or 2015."))
        return text


class MomentField(Kind[datetime]):
    """A moment, aware; kept in UTC to the second."""

    def _clean(self, value: Any) -> datetime:
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value.replace("Z", "+00:00"))
            except ValueError:
                raise self.invalid(value, N_("It must be a moment such as 2026-11-24T09:30:00+08:00.")) from None
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise self.invalid(value, N_("It must be a moment with its zone."))
        # Python's first and last year have no other zone.
        moment = value.astimezone(timezone.utc) if 1 < value.year < 9999 else value
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise self.invalid(value, N_("The year must lie between 1990 and 2199."))
        return moment.replace(microsecond=0)

    def store(self, value: datetime | None) -> Stored:
        return None if value is None else value.strftime("%Y-%m-%dT%H:%M:%SZ")

    def load(self, stored: Stored) -> datetime | None:
        return None if stored is None else datetime.fromisoformat(str(stored).replace("Z", "+00:00"))


class NumberField(Kind[int]):
    """A whole number between `least` and `most`; never more than a spreadsheet keeps exactly."""

    field_type = "INTEGER"
    least = -(10**15)
    most = 10**15

    def __init__(self, label: str, *, least: int | None = None, most: int | None = None, **options: Any) -> None:
        super().__init__(label, **options)
        self.least = least if least is not None else type(self).least
        self.most = most if most is not None else type(self).most

    def _clean(self, value: Any) -> int:
        if isinstance(value, str) and re.fullmatch(r"\s*[-+]?[0-9]{1,15}\s*", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.invalid(value, N_("It must be a whole number."))
        if not self.least <= value <= self.most:
            raise self.invalid(value, N_("It must lie between {least} and {most}."), least=self.least, most=self.most)
        return value


class WorkingTimeField(NumberField):
    """Working time in minutes, counted by the calendar of the engagement."""

    least, most = 0, 10_000_000


class PercentField(NumberField):
    """A share in whole percent."""

    least, most = 0, 100


class FlagField(Kind[bool]):
    """Yes or no, stored as 1 or 0."""

    field_type = "INTEGER"

    def _clean(self, value: Any) -> bool:
        if isinstance(value, int) and value in (0, 1):
            return bool(value)
        raise self.invalid(value, N_("It must be yes or no."))

    def words(self, stored: Stored) -> object:
        return N_("yes") if stored else N_("no")

    def store(self, value: bool | None) -> Stored:
        return None if value is None else int(value)

    def load(self, stored: Stored) -> bool | None:
        return None if stored is None else bool(stored)


class RankField(Kind[str]):
    """A fractional rank (`db.rank`)."""

    def _clean(self, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9A-Za-z]*[1-9A-Za-z]", value):
            raise self.invalid(value, N_("It must be a rank key."))
        return value


class IdField(Kind[str]):
    """The id of a row: a UUID in text form, given once and never reused."""

    def __init__(self) -> None:
        super().__init__(N_("Id"), primary_key=True)

    def _clean(self, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f-]{36}", value):
            raise self.invalid(value, N_("It must be a row id."))
        return value


class ReferenceField(peewee.ForeignKeyField, Kind[Any]):  # type: ignore[override]  # its column type is its model's
    """A reference to a row of another model, kept and given as that row's id.

    A required reference says that the row is part of the other and goes with it when that is deleted; an optional one
    is emptied then. `Model.field_id` reads like the column; the row itself is fetched with `Store.get`.
    """

    def __init__(self, label: str, model: Any, *, null: bool = False, help: str = "", internal: bool = False) -> None:
        peewee.ForeignKeyField.__init__(
            self,
            model,
            backref="+",
            lazy_load=False,
            deferrable="INITIALLY DEFERRED",
            # What `Kind` takes:
            label=label,
            null=null,
            help=help,
            internal=internal,
        )

    def clean(self, value: object) -> str | None:
        if isinstance(value, self.rel_model):
            value = value.id
        if value is None or value == "":
            if self.null:
                return None
            raise self.invalid("", N_("It must be filled in."))
        if not isinstance(value, str):
            raise self.invalid(value, N_("It must be a row id."))
        return value

    def store(self, value: Any) -> Stored:
        return None if value is None else str(value)

    def load(self, stored: Stored) -> Any:
        return stored

    # peewee's own ask the field that is referred to; here both are ids.
    db_value = Kind.db_value
    python_value = Kind.python_value
