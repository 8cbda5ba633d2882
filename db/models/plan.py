"""The plan: work packages, what each waits for and what each delivers."""

from __future__ import annotations

from db.choices import ActivityId, Alignment, KnowledgeArea, LinkKind, PackageStatus, PhaseId, Recurrence
from db.fields import (
    ChoiceField,
    CodeField,
    DateField,
    FlagField,
    PercentField,
    RankField,
    ReferenceField,
    TextField,
    WorkingTimeField,
)
from db.labels import N_
from db.models.base import Row
from db.models.engagement import Engagement, Role
from db.models.people import Person


class WorkPackage(Row):
    """The smallest piece of the plan that has an owner and a result (PMBOK).

    Its early dates are computed from the network; what stands here is what people decided or what happened.
    """

    engagement = ReferenceField(N_("Engagement"), Engagement)
    code = CodeField(N_("Code"))
    name = TextField(N_("Work package"), limit=20_000)
    phase = ChoiceField(N_("Phase"), PhaseId)
    activity = ChoiceField(N_("Activity"), ActivityId)
    status = ChoiceField(N_("Status"), PackageStatus, default=PackageStatus.TODO)
    rank = RankField(N_("Rank"))
    duration = WorkingTimeField(N_("Duration"), help=N_("Working time, by the calendar of the engagement."))
    progress = PercentField(N_("Progress"), default=0)
    milestone = FlagField(N_("Milestone"), default=False)
    not_before = DateField(N_("Not before"), null=True, help=N_("The start is not earlier than this day."))
    started_on = DateField(N_("Started on"), null=True, past=True)
    finished_on = DateField(N_("Finished on"), null=True, past=True)
    before_erptui = FlagField(N_("Before erptui"), default=False)
    role = ReferenceField(N_("Owner role"), Role, null=True)
    owner = ReferenceField(N_("Owner"), Person, null=True)
    area = ChoiceField(N_("Knowledge area"), KnowledgeArea, null=True)
    done_when = TextField(N_("Done when"), limit=1_000, null=True)
    optional = FlagField(N_("Optional"), default=False)
    recurrence = ChoiceField(N_("Comes again"), Recurrence, null=True)
    alignment = ChoiceField(N_("Aligned to"), Alignment, null=True)
    lasts_from = ReferenceField(
        N_("Lasts from"), "self", null=True, help=N_("Goes on from the finish of that package.")
    )
    lasts_to = ReferenceField(N_("Lasts to"), "self", null=True, help=N_("Goes on to the start of that package."))
    template_id = CodeField(N_("Template id"), null=True)
    note = TextField(N_("Note"), limit=10_000, lines=True, null=True, internal=True)
    remaining = WorkingTimeField(
        N_("Remaining"), null=True, help=N_("Working time still to be done, where progress does not tell it.")
    )
    waits_for = TextField(N_("Waits for"), limit=400, null=True, help=N_("Why the package waits."))


class Dependency(Row):
    """What a package waits for."""

    predecessor = ReferenceField(N_("Predecessor"), WorkPackage)
    successor = ReferenceField(N_("Successor"), WorkPackage)
    kind = ChoiceField(N_("Kind of link"), LinkKind)
    lag = WorkingTimeField(N_("Lag"), least=-10_000_000, default=0, help=N_("Working time; negative is a lead."))


class Deliverable(Row):
    """What a package hands over."""

    package = ReferenceField(N_("Work package"), WorkPackage)
    name = TextField(N_("Deliverable"), limit=500)
    done = FlagField(N_("Handed over"), default=False)
    reference = TextField(N_("Where it is"), limit=1_000, null=True)
