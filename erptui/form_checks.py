"""What a form and the lines of a child table must hold together, looked at before the step that wrote them ends."""

from __future__ import annotations

from db.errors import Problem
from db.labels import N_
from db.store import Reader


class StandsTwice(Problem):
    """A row is named by two lines of one child table."""

    sentence = N_("{name} stands here twice. Take one of the lines away.")


def no_circle(reader: Reader, package: str) -> None:
    """Raises `CircularPlan` when a package waits for itself by whatever way, `StandsTwice` for a doubled link."""
    from erptui.plan_dates import CircularPlan, plan_of

    _none_twice(
        reader,
        "SELECT p.code FROM dependency d JOIN work_package p ON p.id = d.predecessor_id"
        " WHERE d.successor_id = ? GROUP BY p.id, d.kind",
        package,
    )
    ((code, engagement),) = reader.rows("SELECT code, engagement_id FROM work_package WHERE id = ?", (package,))
    if reader.rows("SELECT 1 FROM dependency WHERE successor_id = ? AND predecessor_id = ?", (package, package)):
        raise CircularPlan(loop=f"{code} → {code}")
    plan_of(reader, engagement)


def waits_once(reader: Reader, decision: str) -> None:
    """Raises `StandsTwice` when a package waits twice for one decision."""
    _none_twice(
        reader,
        "SELECT p.code FROM decision_wait w JOIN work_package p ON p.id = w.package_id"
        " WHERE w.decision_id = ? GROUP BY p.id",
        decision,
    )


def code_is_free(reader: Reader, engagement: str) -> None:
    """Raises `CodeTaken` when another engagement has the code."""
    from erptui.method.opening import refuse_taken

    ((code,),) = reader.rows("SELECT code FROM engagement WHERE id = ?", (engagement,))
    refuse_taken(reader, code, but=engagement)


def _none_twice(reader: Reader, grouped: str, row: str) -> None:
    """Raises `StandsTwice` when a group of the lines of a row, given by its name, has several."""
    if twice := reader.rows(f"{grouped} HAVING count(*) > 1", (row,)):
        raise StandsTwice(name=twice[0][0])
