"""The people, on whichever side, and the roles they have."""

from __future__ import annotations

from collections.abc import Sequence

from db.labels import N_
from db.models import Person
from erptui.registers.context import Context
from erptui.registers.register import Derived, Record, Register


def roles(records: Sequence[Record], context: Context) -> Sequence[list[str]]:
    """The roles of each person, as `HX26:PM`; of the engagement asked for, where one is."""
    held: dict[str, list[str]] = {record["id"]: [] for record in records}
    codes = context.codes
    wanted = context.engagement
    for person, engagement, code in context.reader.rows(
        "SELECT person_id, engagement_id, code FROM role WHERE person_id IS NOT NULL ORDER BY code, id"
    ):
        if person in held and (wanted is None or wanted.id == engagement):
            held[person].append(f"{codes[engagement]}:{code}")
    return [sorted(held[record["id"]]) for record in records]


ROLES = Derived("roles", N_("Roles"), roles)

PEOPLE = Register(
    "people",
    N_("People"),
    Person,
    columns=(Person.name, Person.organisation, Person.post, Person.side, ROLES, Person.phone, Person.mail),
    sort=("name",),
    within=(
        "id IN (SELECT person_id FROM role WHERE engagement_id = ?)"
        " OR id IN (SELECT owner_id FROM work_package WHERE engagement_id = ?)"
    ),
)
