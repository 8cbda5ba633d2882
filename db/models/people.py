"""People: one table, whatever side, role or employer they have."""

from __future__ import annotations

from db.choices import Side
from db.fields import ChoiceField, TextField
from db.labels import N_, NP_
from db.models.base import Row


class Person(Row):
    """A person the consultant works with, on either side."""

    name = TextField(N_("Name"), limit=120)
    organisation = TextField(N_("Organisation"), limit=200, null=True)
    post = TextField(N_("Post"), limit=120, null=True)
    side = ChoiceField(N_("Side"), Side, null=True)
    mail = TextField(NP_("address", "Mail"), limit=254, null=True)
    phone = TextField(N_("Phone"), limit=60, null=True)
    note = TextField(N_("Private note"), limit=10_000, lines=True, null=True, internal=True)
