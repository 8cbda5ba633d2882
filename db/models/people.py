"""People: one table, whatever side, role or employer they have, and how each is reached."""

from __future__ import annotations

from db.choices import ContactKind, Side
from db.fields import (
    BirthdayField,
    ChoiceField,
    DateField,
    FlagField,
    PartOfYearField,
    RankField,
    ReferenceField,
    TextField,
)
from db.labels import N_, NP_
from db.models.base import Row


class Person(Row):
    """A person the consultant works with, on either side, as of today; earlier posts are `FormerPost`s."""

    name = TextField(
        NP_("person", "Name"), limit=120, help=N_("As the person is addressed; Chinese names without a blank.")
    )
    family = TextField(N_("Family name"), limit=80, null=True)
    given = TextField(N_("Given name"), limit=80, null=True)
    organisation = TextField(N_("Organisation"), limit=200, null=True)
    unit = TextField(N_("Unit"), limit=300, null=True, help=N_("Department, from the top: Production / Planning."))
    post = TextField(N_("Post"), limit=120, null=True)
    side = ChoiceField(N_("Side"), Side, null=True)
    mail = TextField(NP_("address", "Mail"), limit=254, null=True)
    phone = TextField(N_("Phone"), limit=60, null=True)
    birthday = BirthdayField(N_("Birthday"), null=True, help=N_("A day, or month and day only."))
    do_not_contact = FlagField(
        N_("Do not contact"), default=False, help=N_("No export, draft or proposed touch names this person.")
    )
    note = TextField(N_("Private note"), limit=10_000, lines=True, null=True, internal=True)
    card_uid = TextField(N_("Card id"), limit=200, null=True, help=N_("The UID of the vCard the person came with."))


class ContactPoint(Row):
    """A further way to reach a person, beside the first mail and phone."""

    person = ReferenceField(N_("Person"), Person)
    kind = ChoiceField(N_("Kind"), ContactKind)
    label = TextField(N_("Label"), limit=80, null=True)
    value = TextField(N_("Value"), limit=1_000)
    rank = RankField(N_("Rank"))


class FormerPost(Row):
    """Where a person was before."""

    person = ReferenceField(N_("Person"), Person)
    organisation = TextField(N_("Organisation"), limit=200, null=True)
    unit = TextField(N_("Unit"), limit=300, null=True)
    post = TextField(N_("Post"), limit=120, null=True)
    since = PartOfYearField(N_("Since"), null=True)
    until = PartOfYearField(N_("Until"), null=True)


class Consent(Row):
    """What a person answered when asked whether, and for what, contact data may be kept and used."""

    person = ReferenceField(N_("Person"), Person)
    given = FlagField(NP_("consent", "Agreed"))
    day = DateField(N_("Day"), past=True)
    purpose = TextField(N_("Purpose"), limit=400, null=True)
    wording = TextField(N_("Wording"), limit=2_000, lines=True, null=True)
