"""Rules of the method that a store breaks, for `erptui check`. A phase that is not open raises nothing but this."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.checks import Finding, Severity
from db.errors import Problem
from db.labels import N_
from erptui.method.gates import gates_of
from erptui.plan_dates import plan_of

if TYPE_CHECKING:
    from db.store import Reader


def method_findings(reader: Reader) -> list[Finding]:
    """What stands against the method in any engagement, by engagement code."""
    return [
        finding
        for engagement, code in reader.rows("SELECT id, code FROM engagement ORDER BY code, id")
        for finding in (
            *_plan(reader, engagement, code),
            *_gates(reader, engagement, code),
            *_links_astray(reader, engagement, code),
        )
    ]


def _plan(reader: Reader, engagement: str, code: str) -> Iterator[Finding]:
    try:
        plan_of(reader, engagement)
    except Problem as problem:
        yield Finding(Severity.ERROR, code, problem.sentence, dict(problem.gaps))


def _gates(reader: Reader, engagement: str, code: str) -> Iterator[Finding]:
    """Work begun beyond a gate that is neither signed nor passed with a reason, and signatures without proof."""
    begun: dict[str, int] = dict(
        reader.rows(
            "SELECT phase, count(*) FROM work_package WHERE engagement_id = ? AND before_erptui = 0"
            " AND (started_on IS NOT NULL OR finished_on IS NOT NULL) GROUP BY phase",
            (engagement,),
        )
    )
    closed = None
    for gate in gates_of(reader, engagement):
        if closed and begun.get(gate.phase):
            yield Finding(
                Severity.WARNING,
                code,
                N_("Packages of phase {phase} begun beyond the {gate}, which is not passed: {count}."),
                {"count": begun[gate.phase], "phase": gate.phase, "gate": closed.name},
            )
        if gate.passed_on and gate.signed_by and gate.needs_proof and not gate.proof:
            yield Finding(Severity.WARNING, code, N_("{gate} is signed, but without proof."), {"gate": gate.name})
        if not gate.passed and closed is None:
            closed = gate


def _links_astray(reader: Reader, engagement: str, code: str) -> Iterator[Finding]:
    for one, other in reader.rows(
        "SELECT p.code, s.code FROM dependency d JOIN work_package p ON p.id = d.predecessor_id"
        " JOIN work_package s ON s.id = d.successor_id"
        " WHERE p.engagement_id = ? AND s.engagement_id <> p.engagement_id",
        (engagement,),
    ):
        yield Finding(
            Severity.ERROR,
            code,
            N_("{successor} of another engagement waits for {predecessor}. Take the link away."),
            {"successor": other, "predecessor": one},
        )
