"""Gates: the checklist that is signed at the end of a phase before the next one opens."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Problem
from db.labels import N_
from erptui import cells

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Reader, Store

PHASES = ("A", "B", "C", "D")


class GateClosed(Problem):
    """The gate between two phases is neither signed nor passed with a reason."""

    sentence = N_("{gate}: {open} of {total} criteria open. Sign it, or give the reason for going on without.")

    def __init__(self, gate: GateState) -> None:
        super().__init__(gate=gate.name, open=len(gate.criteria) - gate.ticked, total=len(gate.criteria))
        self.gate = gate


class GateIncomplete(Problem):
    """A signature is not possible yet."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the checklist."""

    id: str
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class GateState:
    """A gate as it stands, with its checklist. `passed_on` is set when it is passed, whichever way."""

    id: str
    engagement: str
    phase: str
    name: str
    needs_proof: bool
    passed_on: date | None
    signed_by: str
    recorded_by: str
    proof: str
    checksum: str
    reason: str
    before_erptui: bool
    criteria: tuple[Criterion, ...]

    @property
    def passed(self) -> bool:
        """Whether the next phase is open by it."""
        return self.passed_on is not None or self.before_erptui

    @property
    def ticked(self) -> int:
        """How many criteria are met."""
        return sum(criterion.done for criterion in self.criteria)


def gates_of(reader: Reader, engagement: str) -> list[GateState]:
    """The gates of an engagement in the order of the phases."""
    criteria: dict[str, list[Criterion]] = {}
    for gate, identifier, text, done in reader.rows(
        "SELECT c.gate_id, c.id, c.text, c.done FROM gate_criterion c JOIN gate g ON g.id = c.gate_id"
        " WHERE g.engagement_id = ? ORDER BY c.rank",
        (engagement,),
    ):
        criteria.setdefault(gate, []).append(Criterion(identifier, text, bool(done)))
    found = reader.rows(
        "SELECT id, phase, name, needs_proof, passed_on, signed_by, recorded_by, proof, proof_checksum, reason,"
        " before_erptui"
        " FROM gate WHERE engagement_id = ? ORDER BY phase",
        (engagement,),
    )
    return [
        GateState(
            id=identifier,
            engagement=engagement,
            phase=phase,
            name=name,
            needs_proof=bool(needs_proof),
            passed_on=date.fromisoformat(passed_on) if passed_on else None,
            signed_by=signed_by or "",
            recorded_by=recorded_by or "",
            proof=proof or "",
            checksum=checksum or "",
            reason=reason or "",
            before_erptui=bool(before),
            criteria=tuple(criteria.get(identifier, ())),
        )
        for (
            identifier,
            phase,
            name,
            needs_proof,
            passed_on,
            signed_by,
            recorded_by,
            proof,
            checksum,
            reason,
            before,
        ) in found
    ]


def tick(store: Store, gate: GateState, criterion: Criterion) -> None:
    """Tick a criterion, or take the tick away. A passed gate keeps its list as it was signed."""
    from db.models import GateCriterion

    passed = N_("{gate} is passed; undo that to change its list.")
    if gate.passed:
        raise GateIncomplete(passed, gate=gate.name)
    with store.edit(N_("Tick") if not criterion.done else N_("Untick"), about=cells.cut(criterion.text, 40)) as edit:
        if _latest(store, gate).passed:
            raise GateIncomplete(passed, gate=gate.name)
        edit.change(GateCriterion, criterion.id, {"done": int(criterion.done)}, done=not criterion.done)


def sign(store: Store, gate: GateState, *, signer: str, proof: str, today: date) -> None:
    """Sign the gate and open the next phase, as one step.

    A proof that names a readable file is kept with its SHA-256. Raises `GateIncomplete` naming what is missing.
    """
    _check_open(gate)
    _check_ticked(gate)
    if not signer.strip():
        raise GateIncomplete(N_("Who signed it? Type the name."))
    if gate.needs_proof and not proof.strip():
        raise GateIncomplete(N_("What is the proof? Type a file, a mail or where the paper is kept."))
    with store.edit(N_("Sign"), about=gate.name) as edit:
        # Again, now that nobody else can tick or pass it.
        latest = _latest(store, gate)
        _check_open(latest)
        _check_ticked(latest)
        _pass(store, edit, gate, today, signed_by=signer, proof=proof, proof_checksum=checksum_of(proof))


def pass_without(store: Store, gate: GateState, *, reason: str, today: date) -> None:
    """Go on without the signature, for a reason that stays on record, and open the next phase."""
    _check_open(gate)
    if not reason.strip():
        raise GateIncomplete(N_("Why does the project go on without it? The reason stays on record."))
    with store.edit(N_("Go on without"), about=gate.name) as edit:
        _pass(store, edit, gate, today, reason=reason)


def _pass(store: Store, edit: Edit, gate: GateState, today: date, **values: object) -> None:
    from db.models import Gate
    from erptui.method.opening import open_phase_after

    _check_open(_latest(store, gate))
    edit.change(Gate, gate.id, {"passed_on": None}, passed_on=today)
    edit.change(Gate, gate.id, None, recorded_by=store.who, **values)
    open_phase_after(store, edit, gate.engagement, gate.phase, today)


def _latest(store: Store, gate: GateState) -> GateState:
    """The gate as it stands now; as it was seen when it is gone, which the edit then refuses."""
    return next((found for found in gates_of(store, gate.engagement) if found.id == gate.id), gate)


def _check_open(gate: GateState) -> None:
    if gate.passed:
        raise GateIncomplete(N_("{gate} is passed already."), gate=gate.name)


def _check_ticked(gate: GateState) -> None:
    if gate.ticked < len(gate.criteria):
        raise GateIncomplete(
            N_("{open} of {total} criteria are open: tick them, or go on with a reason (o)."),
            open=len(gate.criteria) - gate.ticked,
            total=len(gate.criteria),
        )


def checksum_of(proof: str) -> str | None:
    """The SHA-256 of a proof that names a readable file; None for any other."""
    path = Path(os.path.expanduser(proof.strip()))
    try:
        if not path.is_file():
            return None
        import hashlib

        digest = hashlib.sha256()
        with open(path, "rb") as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                digest.update(part)
    except (OSError, ValueError):
        return None
    return f"sha256:{digest.hexdigest()}"
