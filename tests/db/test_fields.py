"""Each kind of field takes what it is for, in one form, and refuses the rest in words."""

from __future__ import annotations

import enum
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.choices import Choice
from db.errors import InvalidValue
from db.fields import (
    ChoiceField,
    CodeField,
    DateField,
    FlagField,
    IdField,
    Kind,
    MomentField,
    NumberField,
    PercentField,
    RankField,
    TextField,
    WorkingTimeField,
)
from db.labels import N_
from db.models import MODELS, Engagement, Person


class Size(Choice):
    SMALL = "small", N_("Small")
    LARGE = "large", N_("Large")


class Foreign(enum.Enum):
    SMALL = "small"


EAST = timezone(timedelta(hours=8))
ID = "0b9a5a34-7c1f-4a4e-9d0f-3f6a4f4c9a10"


def named(kind: Kind[Any]) -> Kind[Any]:
    kind.name = "tried"
    return kind


TEXT = named(TextField("Name", limit=20))
OPTIONAL = named(TextField("Note", limit=20, null=True))
LINES = named(TextField("Note", limit=10_000, lines=True))
CODE = named(CodeField("Code"))
CHOICE = named(ChoiceField("Size", Size))
DAY = named(DateField("Start"))
MOMENT = named(MomentField("Changed"))
NUMBER = named(NumberField("Lag", least=-5, most=5))
ANY_NUMBER = named(NumberField("Count"))
PERCENT = named(PercentField("Progress", default=0))
TIME = named(WorkingTimeField("Duration"))
FLAG = named(FlagField("Done", default=False))
RANK = named(RankField("Rank"))
NUMBERED = named(IdField())
REFERENCE = Engagement.client

TAKEN = [
    (TEXT, " Zhang  Min ", "Zhang  Min"),
    (TEXT, "e\u0301", "é"),
    (TEXT, "a\x1b]52;c;\x07b", "a]52;c;b"),
    (TEXT, "x\u202ey", "x\ufffdy"),
    (TEXT, "👩‍🏭 shop floor", "👩‍🏭 shop floor"),
    (TEXT, "物" * 20, "物" * 20),
    (TEXT, "one\ntwo", "one two"),
    (OPTIONAL, None, None),
    (OPTIONAL, "", None),
    (OPTIONAL, " \x07\u3000", None),
    (LINES, "one\r\ntwo\n", "one\ntwo"),
    (LINES, "字" * 10_000, "字" * 10_000),
    (CODE, "HX26", "HX26"),
    (CODE, " 华信-26/1.2_a ", "华信-26/1.2_a"),
    (CHOICE, "small", Size.SMALL),
    (CHOICE, Size.LARGE, Size.LARGE),
    (DAY, "2026-11-24", date(2026, 11, 24)),
    (DAY, date(1990, 1, 1), date(1990, 1, 1)),
    (DAY, "2199-12-31", date(2199, 12, 31)),
    (MOMENT, "2026-11-24T09:30:00+08:00", datetime(2026, 11, 24, 1, 30, tzinfo=timezone.utc)),
    (MOMENT, "2026-11-24T01:30:00Z", datetime(2026, 11, 24, 1, 30, tzinfo=timezone.utc)),
    (MOMENT, datetime(2026, 11, 24, 9, 30, 5, 999_999, EAST), datetime(2026, 11, 24, 1, 30, 5, tzinfo=timezone.utc)),
    (NUMBER, -5, -5),
    (NUMBER, " +5 ", 5),
    (ANY_NUMBER, "999999999999999", 10**15 - 1),
    (PERCENT, 100, 100),
    (PERCENT, None, 0),
    (TIME, 10_000_000, 10_000_000),
    (FLAG, True, True),
    (FLAG, 0, False),
    (FLAG, None, False),
    (RANK, "V", "V"),
    (RANK, "0a1", "0a1"),
    (NUMBERED, ID, ID),
    (REFERENCE, ID, ID),
]

REFUSED = [
    (TEXT, None),
    (TEXT, ""),
    (TEXT, "\x00\x1b"),
    (TEXT, "\u3000"),
    (TEXT, "x" * 21),
    (TEXT, 26),
    (TEXT, b"name"),
    (LINES, " \n \n"),
    (LINES, "字" * 10_001),
    (CODE, "HX 26"),
    (CODE, "HX:26"),
    (CODE, "R" * 21),
    (CODE, "[SD]"),
    (CHOICE, "Small"),
    (CHOICE, "medium"),
    (CHOICE, Foreign.SMALL),
    (CHOICE, None),
    (CHOICE, 1),
    (DAY, "24.11.2026"),
    (DAY, "20261124"),
    (DAY, "2026-W48-2"),
    (DAY, "2026-11-31"),
    (DAY, "２０２６-11-24"),
    (DAY, datetime(2026, 11, 24, tzinfo=EAST)),
    (DAY, date(1989, 12, 31)),
    (DAY, "2200-01-01"),
    (DAY, 20261124),
    (MOMENT, "2026-11-24"),
    (MOMENT, datetime(2026, 11, 24, 9, 30)),  # noqa: DTZ001 - a moment without its zone is what is refused
    (MOMENT, datetime.min.replace(tzinfo=EAST)),
    (MOMENT, datetime.max.replace(tzinfo=timezone.utc)),
    (MOMENT, "soon"),
    (NUMBER, 6),
    (NUMBER, -6),
    (NUMBER, 1.0),
    (NUMBER, True),
    (NUMBER, "1e3"),
    (NUMBER, "٣"),
    (ANY_NUMBER, 10**18),
    (PERCENT, 101),
    (PERCENT, -1),
    (TIME, -1),
    (FLAG, "yes"),
    (FLAG, 2),
    (FLAG, 1.0),
    (RANK, ""),
    (RANK, "a0"),
    (RANK, "ä"),
    (RANK, "V\n"),
    (NUMBERED, "1"),
    (NUMBERED, ID.upper()),
    (REFERENCE, None),
    (REFERENCE, 7),
    (REFERENCE, Person(id=ID)),
]


@pytest.mark.parametrize(("kind", "given", "kept"), TAKEN)
def test_a_field_takes_what_it_is_for(kind: Kind[Any], given: object, kept: object) -> None:
    assert kind.clean(given) == kept
    assert type(kind.clean(given)) is type(kept)


@pytest.mark.parametrize(("kind", "given", "kept"), TAKEN)
def test_what_was_stored_reads_as_what_was_taken(kind: Kind[Any], given: object, kept: object) -> None:
    stored = kind.db_value(kept)
    assert stored is None or type(stored) in (str, int)
    assert kind.python_value(stored) == kept
    assert kind.clean(kept) == kept


@pytest.mark.parametrize(("kind", "given"), REFUSED)
def test_a_field_refuses_what_it_is_not_for_by_its_label(kind: Kind[Any], given: object) -> None:
    with pytest.raises(InvalidValue) as refusal:
        kind.clean(given)
    assert refusal.value.field == kind.name
    assert str(refusal.value).startswith(f"{kind.label}: ")
    assert "{" not in str(refusal.value)


@pytest.mark.parametrize(("kind", "stored"), [(CHOICE, "enormous"), (DAY, "yesterday"), (MOMENT, "later")])
def test_a_stored_value_this_version_does_not_know_is_named_and_not_a_crash(kind: Kind[Any], stored: str) -> None:
    with pytest.raises(InvalidValue, match=stored):
        kind.python_value(stored)


def test_a_long_value_is_cut_in_the_refusal() -> None:
    with pytest.raises(InvalidValue) as refusal:
        TEXT.clean("x" * 10_000)
    assert "10000 characters; the limit is 20" in str(refusal.value)
    assert len(str(refusal.value)) < 160


@given(st.text())
def test_braces_in_a_value_do_no_harm_to_the_message(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        CHOICE.clean("{label} {0} {" + text)
    assert "{label} {0} {" in str(refusal.value)


def test_every_field_of_every_model_has_a_label_and_knows_whether_it_is_internal() -> None:
    for model in MODELS:
        for field in model._meta.sorted_fields:
            assert isinstance(field, Kind)
            assert field.label
            assert field.verbose_name == field.label
            assert field.internal in (True, False)


@pytest.mark.parametrize("name", ["name", "organisation", "note", "side", "do_not_contact", "id"])
def test_a_column_is_cleaned_like_its_values_one_by_one(name: str) -> None:
    field = Person._meta.fields[name]
    values = {
        "side": [None, "client", "client"],
        "do_not_contact": [None, True, 0],
        "id": ["0" * 36, "1" * 36],
        "name": [" a ", "b", "b", "e\u0301"],
    }.get(name, [None, "", " ", "a\x07b", "a\nb", "b", None])
    assert field.clean_column(values) == [field.clean(value) for value in values]


@pytest.mark.parametrize("wrong", [["list"], 7, "x" * 500, ""])
def test_a_column_with_a_value_that_its_field_does_not_take_is_refused(wrong: object) -> None:
    with pytest.raises(InvalidValue):
        Person._meta.fields["name"].clean_column(["Ann", wrong, "Bo"])
