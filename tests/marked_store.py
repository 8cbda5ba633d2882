"""A store in which a mark stands wherever a client may not look: for the tests of files, lists and screens.

`INTERNAL` is every internal text of HX26 and every text of an internal register; `OTHER` every text of the engagement
beside it. Written through steps, so that the journal holds the marks too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from db.choices import BaseCalendar, ContactKind, ContentLanguage, PhaseId, Side
from db.fields import ChoiceField, CodeField, DateField, FlagField, Kind, NumberField, ReferenceField, TextField
from db.models import (
    MODELS,
    Consent,
    ContactPoint,
    Decision,
    DecisionWait,
    FormerPost,
    Gate,
    Note,
    Person,
    Promise,
    Role,
    Row,
    RuleSetting,
    Snooze,
    Touch,
    TouchPerson,
    WorkPackage,
)
from db.store import Store
from erptui import clock
from erptui.method.opening import NewEngagement, open_engagement
from erptui.registers import REGISTERS, register_named

# Short, so that no narrow column cuts them.
INTERNAL, OTHER, NUMBER, DAY = "Qx7f3", "Zy9c1", 918_273, date(2099, 12, 31)
MARKS = (INTERNAL, OTHER, str(NUMBER), "2099-12-31", "31.12.99")
"""All of them, as they are written."""
OURS, THROWN = "Our person", "Thrown away"
# What holds the id or the name of a table and no text of anybody.
NO_TEXT = ("about_table", "about_row", "became_table", "became_row", "template", "left_out")


def fields_of(model: type[Row]) -> Mapping[str, Kind[Any]]:
    """The fields of a model by name."""
    found: Mapping[str, Kind[Any]] = model._meta.fields
    return found


def internal_fields() -> Iterator[tuple[type[Row], str, Kind[Any]]]:
    """Every internal field there is, with its model and name."""
    for model in MODELS:
        for name, kind in fields_of(model).items():
            if kind.internal:
                yield model, name, kind


def internal_models() -> set[type[Row]]:
    """The models of the registers that no client may see."""
    return {register_named(name).model for name in REGISTERS if register_named(name).internal}


def fill(store: Store) -> None:
    """Fill an empty store with HX26 and another engagement, and mark them."""
    ours = _engagement(store, "HX26", "Huaxin Precision")
    other = _engagement(store, "OT27", "Other")
    person = _people_and_talk(store, ours, OURS)
    _people_and_talk(store, other, "Somebody")
    with store.edit("Both") as edit:
        role = store.select(Role).where((Role.engagement == other) & Role.person.is_null()).first()
        edit.update(role, person=person)
        # Whoever belongs to both shows a client only what is of the one.
        edit.create(Promise, engagement=other, text="of the other", person=person, due=date(2026, 3, 20))
        edit.create(Decision, engagement=other, text="of the other", decider=person, due=date(2026, 3, 20))
        touch = edit.create(Touch, engagement=other, day=date(2026, 3, 10), text="met", by="Anna")
        edit.create(TouchPerson, touch=touch.id, person=person)
        gate = store.select(Gate).where((Gate.engagement == ours) & (Gate.phase == PhaseId.PURSUIT)).first()
        edit.update(gate, passed_on=date(2026, 3, 9), recorded_by="Anna", reason="because")
    _mark_internal(store, ours)
    _mark_other(store, other)
    _throw_away(store, ours, other)
    with store.edit("Touch", about=INTERNAL) as edit:
        edit.change(Person, person, None, note=f"{INTERNAL} again")


def _engagement(store: Store, code: str, name: str) -> str:
    return open_engagement(
        store,
        NewEngagement(
            name=name,
            code=code,
            start=date(2026, 3, 2),
            calendar=BaseCalendar.WEEKDAYS,
            language=ContentLanguage.ENGLISH,
            client=f"{name} Ltd",
        ),
    )


def _people_and_talk(store: Store, engagement: str, name: str) -> str:
    """Somebody with a role, a package, a touch, lines of the notebook, a promise and a decision in an engagement."""
    with store.edit("Fill") as edit:
        person = edit.create(Person, name=name, organisation="Ltd", post="Buyer", side=Side.CLIENT, note="x").id
        edit.create(ContactPoint, person=person, kind=ContactKind.MOBILE, value="13800138000", rank="V")
        edit.create(FormerPost, person=person, organisation="Before", post="Clerk")
        edit.create(Consent, person=person, given=True, day=date(2026, 3, 2), purpose="the project")
        edit.update(store.select(Role).where(Role.engagement == engagement).first(), person=person)
        package = store.select(WorkPackage).where(WorkPackage.engagement == engagement).first()
        edit.update(package, owner=person, note="x")
        touch = edit.create(
            Touch, engagement=engagement, day=date(2026, 3, 9), text="met", by="Anna", next_on=date(2026, 3, 30)
        )
        edit.create(TouchPerson, touch=touch.id, person=person)
        line = {"engagement": engagement, "at": clock.now()}
        for rank, (table, row) in zip("TUVW", _written_on(store, engagement, person), strict=True):
            at = {"about_table": table, "about_row": row, "person": person if table == "person" else None}
            note = edit.create(Note, text="! sends the list fri", rank=rank, **line, **at)
        edit.create(Promise, engagement=engagement, text="promised", person=person, due=date(2026, 3, 27), note=note.id)
        decision = edit.create(
            Decision, engagement=engagement, text="decide", decider=person, due=date(2026, 3, 27), note=note.id
        )
        edit.create(DecisionWait, decision=decision.id, package=package.id)
        edit.create(RuleSetting, engagement=engagement, rule="Q01", threshold=10)
        about = {"about_table": "person", "about_row": person}
        edit.create(Snooze, rule="Q01", until=date(2026, 12, 1), reason="ill", by="Anna", **about)
    return str(person)


def _written_on(store: Store, engagement: str, person: str) -> list[tuple[str | None, str | None]]:
    ((activity,),) = store.rows(
        "SELECT id FROM activity WHERE engagement_id = ? AND activity = 'A1' LIMIT 1", (engagement,)
    )
    ((gate,),) = store.rows("SELECT id FROM gate WHERE engagement_id = ? AND phase = 'A'", (engagement,))
    return [("person", person), ("activity", activity), ("gate", gate), (None, None)]


def _mark_internal(store: Store, ours: str) -> None:
    """The internal fields of all rows, and all texts of the internal registers."""
    with store.edit("Mark") as edit:
        for model, name, kind in internal_fields():
            for (row,) in store.rows(f"SELECT id FROM {model._meta.table_name}"):
                if not isinstance(kind, ReferenceField):
                    edit.change(model, row, None, **{name: _mark_for(model, name, kind)})
                elif model is kind.rel_model:
                    ((another,),) = store.rows(f"SELECT max(id) FROM {model._meta.table_name} WHERE id <> ?", (row,))
                    edit.change(model, row, None, **{name: another})
        for model in internal_models():
            for name, kind in fields_of(model).items():
                if isinstance(kind, TextField) and name not in NO_TEXT:
                    for (row,) in store.rows(f"SELECT id FROM {model._meta.table_name}"):
                        sign = "! " if model is Note else ""
                        edit.change(model, row, None, **{name: f"{sign}{INTERNAL}"})


def _throw_away(store: Store, ours: str, other: str) -> None:
    """What lies in the trash: a promise of ours, a line of the notebook, something and somebody of the other."""
    with store.edit("Make") as edit:
        thrown: list[Row] = [
            edit.create(Promise, engagement=ours, text=THROWN),
            edit.create(Note, engagement=ours, text=INTERNAL, at=clock.now(), rank="V"),
            edit.create(Promise, engagement=other, text=OTHER),
            edit.create(Person, name=OTHER, organisation=OTHER),
        ]
    for row in thrown:
        with store.edit("Move to trash", about="something") as edit:
            edit.delete(store.get(type(row), row.id))


def _mark_for(model: type[Row], name: str, kind: Kind[Any]) -> Any:
    """What is put into an internal field; into a choice or a flag no mark fits, but it is not empty."""
    if isinstance(kind, TextField):
        return INTERNAL
    if isinstance(kind, DateField):
        return DAY
    if isinstance(kind, ChoiceField):
        return next(iter(kind.options))
    if isinstance(kind, FlagField):
        return True
    # A kind that is not known here would otherwise be marked nowhere.
    assert isinstance(kind, NumberField), f"{model.__name__}.{name} can't be marked"
    return NUMBER


def _mark_other(store: Store, other: str) -> None:
    """Every text of the rows that belong to another engagement, on whatever way."""
    marked: dict[str, set[str]] = {"engagement": {other}}
    for _depth in range(4):
        for model in MODELS:
            table = model._meta.table_name
            for kind in fields_of(model).values():
                ids = marked.get(kind.rel_model._meta.table_name) if isinstance(kind, ReferenceField) else None
                if ids and table != "person" and not kind.internal:
                    found = store.rows(f"SELECT id, {kind.column_name} FROM {table}")
                    marked.setdefault(table, set()).update(row for row, target in found if target in ids)
        somebody = {row for (row,) in store.rows("SELECT id FROM person WHERE name = 'Somebody'")}
        marked["person"] = somebody
    marked["client"] = {row for (row,) in store.rows("SELECT client_id FROM engagement WHERE id = ?", (other,))}
    with store.edit("Mark") as edit:
        for model in MODELS:
            texts = [name for name, kind in fields_of(model).items() if isinstance(kind, TextField)]
            texts = [name for name in texts if name not in NO_TEXT]
            if texts:
                for row in sorted(marked.get(model._meta.table_name, ())):
                    edit.change(model, row, None, **dict.fromkeys(texts, OTHER))
        assert isinstance(fields_of(WorkPackage)["code"], CodeField)
