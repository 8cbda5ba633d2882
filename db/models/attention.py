"""What needs attention: how the rules are set, what was put off, how much may be under way at once."""

from __future__ import annotations

from db.choices import PackageStatus
from db.fields import ChoiceField, CodeField, DateField, FlagField, NumberField, ReferenceField, TextField
from db.labels import N_
from db.models.base import Row
from db.models.engagement import Engagement


class RuleSetting(Row):
    """A rule of the method silenced, or with a threshold of one's own, in one engagement or in all.

    The setting of an engagement goes before the one for all. `threshold_class` is the class by which the template
    tells several thresholds of one rule apart.
    """

    # Not a reference: one that is emptied when the engagement goes would make the setting one for all.
    engagement = TextField(
        N_("Engagement"), limit=36, null=True, internal=True, help=N_("The id of the engagement; empty is all.")
    )
    rule = CodeField(N_("Rule"), internal=True)
    muted = FlagField(N_("Muted"), default=False, internal=True)
    threshold_class = CodeField(N_("Threshold for"), limit=60, null=True, internal=True)
    threshold = NumberField(N_("Threshold"), null=True, internal=True, help=N_("In the unit of the rule."))


class Snooze(Row):
    """A line of Today put off: what `rule` says of a row is quiet before the day `until`."""

    rule = CodeField(N_("Rule"), internal=True)
    # Not references: the row may be of any table, and may come back from the trash.
    about_table = TextField(N_("Table"), limit=60, internal=True)
    about_row = TextField(N_("Row"), limit=36, internal=True)
    until = DateField(N_("Until"), internal=True)
    reason = TextField(N_("Reason"), limit=400, internal=True)
    by = TextField(N_("By"), limit=120, internal=True)


class WipLimit(Row):
    """How many work packages of an engagement may have a status at once before the board warns."""

    engagement = ReferenceField(N_("Engagement"), Engagement)
    status = ChoiceField(N_("Status"), PackageStatus)
    most = NumberField(N_("At most"), least=1, most=9_999)
