"""What settles a matter where no register does it shorter: owners, proofs, what was handed over, who is not called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.errors import Problem
from db.labels import N_
from db.pieces import in_pieces
from erptui.notebook import cut_name
from erptui.step_names import few_names
from erptui.touches import last_and_next, names_of

if TYPE_CHECKING:
    from db.store import Reader, Rows, Store


class NothingTyped(Problem):
    """A proof without a word."""

    sentence = N_("What is the proof? Type a file, a mail or where the paper is kept.")


def own_packages(store: Store, packages: Sequence[str], person: str) -> list[str]:
    """Give work packages an owner, as one step; gives their codes. Raises what `Store.edit` raises."""
    from db.models import WorkPackage

    found = _rows(store, "SELECT id, owner_id, code FROM work_package WHERE id IN ({marks}) ORDER BY code", packages)
    codes = [code for _package, _owner, code in found]
    with store.edit(N_("Name owner"), about=few_names(codes)) as edit:
        for package, owner, _code in found:
            edit.change(WorkPackage, package, {"owner": owner}, owner=person)
    return codes


def own_promises(store: Store, promises: Sequence[str], person: str) -> list[str]:
    """Give promises of ours an owner, as one step; gives their texts. Raises what `Store.edit` raises."""
    from db.models import Promise

    found = _rows(store, "SELECT id, owner_id, text FROM promise WHERE id IN ({marks})", promises)
    texts = [cut_name(text) for _promise, _owner, text in found]
    with store.edit(N_("Name owner"), about=few_names(texts)) as edit:
        for promise, owner, _text in found:
            edit.change(Promise, promise, {"owner": owner}, owner=person)
    return texts


def missing_deliverables(reader: Reader, packages: Sequence[str]) -> list[tuple[str, str, str]]:
    """What these packages have not handed over yet: id, name, code of the package."""
    sql = (
        "SELECT d.id, d.name, w.code FROM deliverable d JOIN work_package w ON w.id = d.package_id"
        " WHERE d.done = 0 AND w.id IN ({marks}) ORDER BY w.code, d.name"
    )
    return [(row, name, code) for row, name, code in _rows(reader, sql, packages)]


def hand_over(store: Store, packages: Sequence[str], where: str) -> list[str]:
    """Tick what these packages have not handed over yet, as one step, and note where it is; gives the names."""
    from db.models import Deliverable

    found = missing_deliverables(store, packages)
    names = [cut_name(name) for _row, name, _code in found]
    place = {"reference": where.strip()} if where.strip() else {}
    with store.edit(N_("Hand over"), about=few_names(names)) as edit:
        for row, _name, _code in found:
            edit.change(Deliverable, row, None, done=True, **place)
    return names


def take_off(store: Store, people: Sequence[str]) -> list[str]:
    """Plan no further touch with people who asked not to be contacted, as one step; gives their names.

    Where others were there too they have no next touch either then: it is one touch.
    """
    from db.models import Touch

    last = last_and_next(store, people)
    planned = {
        touch: next_on
        for touch, person, day, next_on in _rows(
            store,
            "SELECT t.id, tp.person_id, t.day, t.next_on FROM touch t JOIN touch_person tp ON tp.touch_id = t.id"
            " WHERE t.next_on IS NOT NULL AND tp.person_id IN ({marks})",
            people,
        )
        # What an older touch planned is over already.
        if last[person].last == day
    }
    names = list(names_of(store, people).values())
    with store.edit(N_("Take off"), about=few_names(names)) as edit:
        for touch, next_on in planned.items():
            edit.change(Touch, touch, {"next_on": next_on}, next_on=None)
    return names


def attach_proof(store: Store, gate: str, proof: str) -> str:
    """Note the proof of a gate that was signed without one, as one step; gives the name of the gate.

    A proof that names a readable file is kept with its SHA-256. Raises `NothingTyped`.
    """
    from db.models import Gate
    from erptui.method.gates import checksum_of

    if not proof.strip():
        raise NothingTyped
    ((name, before),) = store.rows("SELECT name, proof FROM gate WHERE id = ?", (gate,))
    with store.edit(N_("Attach proof"), about=name) as edit:
        edit.change(Gate, gate, {"proof": before}, proof=proof.strip(), proof_checksum=checksum_of(proof))
    return str(name)


def _rows(reader: Reader, sql: str, ids: Sequence[str]) -> Rows:
    found: Rows = []
    for marks, part in in_pieces(ids):
        found += reader.rows(sql.format(marks=marks), part)
    return found
