"""What is said between people: touches, lines of the notebook, promises and decisions."""

from __future__ import annotations

from db.choices import Channel, NoteMark, PromiseSide, PromiseState
from db.fields import ChoiceField, DateField, MomentField, RankField, ReferenceField, TextField
from db.labels import N_, NP_
from db.models.base import Row
from db.models.engagement import Engagement
from db.models.people import Person
from db.models.plan import WorkPackage


class Touch(Row):
    """One contact with one or more people; the newest one says when the next is due."""

    engagement = ReferenceField(N_("Engagement"), Engagement, null=True)
    day = DateField(N_("Day"), past=True)
    channel = ChoiceField(N_("Channel"), Channel, null=True)
    text = TextField(N_("What"), limit=4_000, lines=True, null=True)
    next_on = DateField(N_("Next"), null=True)
    by = TextField(N_("By"), limit=120)


class TouchPerson(Row):
    """Who took part in a touch."""

    touch = ReferenceField(N_("Touch"), Touch)
    person = ReferenceField(N_("Person"), Person)


class Note(Row):
    """A line of the notebook, saved as it was typed. `about_row` is the row it was written on, wherever that is."""

    engagement = ReferenceField(N_("Engagement"), Engagement, null=True)
    person = ReferenceField(N_("Person"), Person, null=True)
    # Not references: a line outlives what it was written on and what it was turned into.
    about_table = TextField(N_("Written on"), limit=60, null=True)
    about_row = TextField(N_("Row"), limit=36, null=True)
    mark = ChoiceField(N_("Mark"), NoteMark, default=NoteMark.NOTE)
    text = TextField(N_("Line"), limit=4_000)
    at = MomentField(N_("At"))
    rank = RankField(N_("Rank"))
    became_table = TextField(N_("Became"), limit=60, null=True)
    became_row = TextField(N_("Became row"), limit=36, null=True)


class Promise(Row):
    """Something that one side promised the other, from the first call on."""

    engagement = ReferenceField(N_("Engagement"), Engagement, null=True)
    text = TextField(N_("Promise"), limit=1_000)
    side = ChoiceField(N_("Whose"), PromiseSide, default=PromiseSide.OURS)
    person = ReferenceField(N_("With"), Person, null=True)
    owner = ReferenceField(N_("Owner"), Person, null=True)
    due = DateField(N_("Due"), null=True)
    state = ChoiceField(N_("State"), PromiseState, default=PromiseState.OPEN)
    settled_on = DateField(N_("Settled on"), null=True, past=True)
    note = ReferenceField(N_("Source"), Note, null=True, internal=True)


class Decision(Row):
    """Something to be decided: what, by whom, by when, and what waits for it (`DecisionWait`)."""

    engagement = ReferenceField(N_("Engagement"), Engagement, null=True)
    text = TextField(N_("Decision"), limit=1_000)
    options = TextField(NP_("decision", "Options"), limit=4_000, lines=True, null=True)
    decider = ReferenceField(N_("Decides"), Person, null=True)
    due = DateField(N_("Due"), null=True)
    decided_on = DateField(N_("Decided on"), null=True, past=True)
    outcome = TextField(N_("Outcome"), limit=1_000, null=True)
    note = ReferenceField(N_("Source"), Note, null=True, internal=True)


class DecisionWait(Row):
    """A package that waits for a decision."""

    decision = ReferenceField(N_("Decision"), Decision)
    package = ReferenceField(N_("Work package"), WorkPackage)
