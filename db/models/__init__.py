"""The models, one module per area. `MODELS` holds all of them, referenced ones first."""

from __future__ import annotations

from db.models.attention import RuleSetting, Snooze, WipLimit
from db.models.base import Row
from db.models.calendar import PublishedEvent
from db.models.conversation import Decision, DecisionWait, Note, Promise, Touch, TouchPerson
from db.models.engagement import (
    Activity,
    CalendarException,
    Client,
    Engagement,
    Gate,
    GateCriterion,
    Phase,
    Role,
    WorkingCalendar,
)
from db.models.people import Consent, ContactPoint, FormerPost, Person
from db.models.plan import Deliverable, Dependency, WorkPackage

MODELS: tuple[type[Row], ...] = (
    Client,
    Person,
    ContactPoint,
    FormerPost,
    Consent,
    WorkingCalendar,
    CalendarException,
    Engagement,
    Phase,
    Activity,
    Gate,
    GateCriterion,
    Role,
    WorkPackage,
    Dependency,
    Deliverable,
    Touch,
    TouchPerson,
    Note,
    Promise,
    Decision,
    DecisionWait,
    PublishedEvent,
    RuleSetting,
    Snooze,
    WipLimit,
)
TABLES: dict[str, type[Row]] = {model._meta.table_name: model for model in MODELS}

__all__ = [
    "MODELS",
    "TABLES",
    "Activity",
    "CalendarException",
    "Client",
    "Consent",
    "ContactPoint",
    "Decision",
    "DecisionWait",
    "Deliverable",
    "Dependency",
    "Engagement",
    "FormerPost",
    "Gate",
    "GateCriterion",
    "Note",
    "Person",
    "Phase",
    "Promise",
    "PublishedEvent",
    "Role",
    "Row",
    "RuleSetting",
    "Snooze",
    "Touch",
    "TouchPerson",
    "WipLimit",
    "WorkPackage",
    "WorkingCalendar",
]
