"""An engagement: the client, its phases and gates, its roles, its working days."""

from __future__ import annotations

from db.choices import ActivityId, BaseCalendar, ContentLanguage, EngagementStatus, OutcomeReason, PhaseId, Side, Tier
from db.fields import (
    ChoiceField,
    CodeField,
    DateField,
    FlagField,
    RankField,
    ReferenceField,
    TextField,
)
from db.labels import N_, NP_
from db.models.base import Row
from db.models.people import Person


class Client(Row):
    """The organisation the project is for."""

    name = TextField(NP_("organisation", "Client"), limit=200)


class WorkingCalendar(Row):
    """Which days are worked."""

    name = TextField(N_("Calendar"), limit=120)
    base = ChoiceField(N_("Working days"), BaseCalendar)


class CalendarException(Row):
    """A day off or a day worked against the pattern: company days, and years announced later."""

    calendar = ReferenceField(N_("Calendar"), WorkingCalendar)
    day = DateField(N_("Day"))
    working = FlagField(N_("Worked"))
    name = TextField(N_("Name"), limit=120, null=True)


class Engagement(Row):
    """One piece of work for a client, from the lead to the years after go-live."""

    code = CodeField(N_("Code"), help=N_("A short code such as HX26; it stands in front of everything."))
    name = TextField(N_("Name"), limit=200)
    client = ReferenceField(NP_("organisation", "Client"), Client)
    status = ChoiceField(N_("Status"), EngagementStatus)
    status_reason = TextField(N_("Reason"), limit=2_000, lines=True, null=True, internal=True)
    start = DateField(N_("Start"), help=N_("The first day of the first open package."))
    contract_on = DateField(N_("Contract signed"), null=True)
    calendar = ReferenceField(N_("Calendar"), WorkingCalendar)
    language = ChoiceField(N_("Content language"), ContentLanguage)
    template = TextField(N_("Template"), limit=300)
    left_out = TextField(N_("Left out"), limit=2_000, null=True, help=N_("Optional packages left out, by id."))
    taken_up_at = ChoiceField(N_("Taken up at"), ActivityId, null=True, help=N_("Earlier work was done before erptui."))
    status_on = DateField(
        NP_("engagement", "Since"), null=True, help=N_("The day it was won, lost, dropped or postponed.")
    )
    status_cause = ChoiceField(NP_("engagement", "Cause"), OutcomeReason, null=True, internal=True)
    ask_again_on = DateField(N_("Ask again on"), null=True, internal=True)
    parent = ReferenceField(
        N_("Grown from"), "self", null=True, internal=True, help=N_("The engagement that this one grew from.")
    )


class Phase(Row):
    """A phase of an engagement; it raises nothing before it is open."""

    engagement = ReferenceField(N_("Engagement"), Engagement)
    phase = ChoiceField(N_("Phase"), PhaseId)
    opened_on = DateField(N_("Opened"), null=True)


class Activity(Row):
    """An activity of the method in an engagement: its place among the cards of a phase."""

    engagement = ReferenceField(N_("Engagement"), Engagement)
    activity = ChoiceField(N_("Activity"), ActivityId)
    rank = RankField(N_("Rank"))


class Gate(Row):
    """The checklist that is signed at the end of a phase before the next one opens.

    It is passed when `passed_on` is set: signed with proof, or without, for a `reason` that stays on record.
    """

    engagement = ReferenceField(N_("Engagement"), Engagement)
    phase = ChoiceField(N_("Phase"), PhaseId)
    name = TextField(N_("Gate"), limit=200)
    needs_proof = FlagField(N_("Needs proof"), default=True)
    passed_on = DateField(N_("Passed on"), null=True)
    signed_by = TextField(N_("Signed by"), limit=200, null=True)
    recorded_by = TextField(N_("Recorded by"), limit=120, null=True)
    proof = TextField(N_("Proof"), limit=1_000, null=True, help=N_("A file, a mail or where the paper is kept."))
    proof_checksum = TextField(
        N_("Checksum"), limit=80, null=True, help=N_("SHA-256 of the proof, where it is a file.")
    )
    reason = TextField(
        N_("Reason"), limit=2_000, lines=True, null=True, internal=True, help=N_("Why the project goes on without it.")
    )
    before_erptui = FlagField(N_("Before erptui"), default=False)


class GateCriterion(Row):
    """One line of a gate's checklist."""

    gate = ReferenceField(N_("Gate"), Gate)
    rank = RankField(N_("Rank"))
    template_id = CodeField(N_("Template id"), null=True)
    text = TextField(N_("Criterion"), limit=500)
    done = FlagField(N_("Ticked"), default=False)


class Role(Row):
    """A role of the project: who it is, on which side and tier, for what."""

    engagement = ReferenceField(N_("Engagement"), Engagement)
    code = CodeField(N_("Code"))
    name = TextField(N_("Role"), limit=120)
    side = ChoiceField(N_("Side"), Side)
    tier = ChoiceField(N_("Tier"), Tier, null=True)
    duty = TextField(N_("Duty"), limit=1_000, null=True)
    person = ReferenceField(N_("Person"), Person, null=True)
