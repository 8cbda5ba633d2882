"""The models, one module per area. `MODELS` holds all of them, referenced ones first."""

from __future__ import annotations

from db.models.base import Row
from db.models.calendar import PublishedEvent
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
from db.models.people import Person
from db.models.plan import Deliverable, Dependency, WorkPackage

MODELS: tuple[type[Row], ...] = (
    Client,
    Person,
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
    PublishedEvent,
)
TABLES: dict[str, type[Row]] = {model._meta.table_name: model for model in MODELS}

__all__ = [
    "MODELS",
    "TABLES",
    "Activity",
    "CalendarException",
    "Client",
    "Deliverable",
    "Dependency",
    "Engagement",
    "Gate",
    "GateCriterion",
    "Person",
    "Phase",
    "PublishedEvent",
    "Role",
    "Row",
    "WorkPackage",
    "WorkingCalendar",
]
