"""The milestones: packages that mark a day."""

from __future__ import annotations

from db.labels import N_
from db.models import WorkPackage
from erptui.registers.register import PROJECT, Register
from erptui.registers.tasks import FINISH, LATE, OWNER_NAME, OWNER_ROLE, PREDECESSORS, START

MILESTONES = Register(
    "milestones",
    N_("Milestones"),
    WorkPackage,
    columns=(PROJECT, WorkPackage.code, WorkPackage.name, FINISH, WorkPackage.status, LATE, OWNER_ROLE, OWNER_NAME),
    more=(START, PREDECESSORS),
    sort=("project", "code"),
    where="milestone = 1",
    period=("finish", "finish"),
)
