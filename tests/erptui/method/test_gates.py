"""Gates: a checklist, a signature with proof, or a reason on record."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from erptui.method.board import columns_of
from erptui.method.gates import GateIncomplete, gates_of, pass_without, sign, tick


def gate(store, engagement: str, phase: str = "A"):
    return next(gate for gate in gates_of(store, engagement) if gate.phase == phase)


def tick_all(store, engagement: str, phase: str = "A"):
    for criterion in gate(store, engagement, phase).criteria:
        tick(store, gate(store, engagement, phase), criterion)
    return gate(store, engagement, phase)


def opened(store, engagement: str) -> str:
    return "".join(column.phase for column in columns_of(store, engagement) if column.opened)


def test_gates_come_in_the_order_of_the_phases_with_their_criteria(store, hx26):
    assert [(gate.phase, len(gate.criteria), gate.ticked) for gate in gates_of(store, hx26)] == [
        ("A", 6, 0),
        ("B", 8, 0),
        ("C", 8, 0),
        ("D", 7, 0),
    ]


def test_a_tick_is_set_and_taken_away(store, hx26):
    tick(store, gate(store, hx26), gate(store, hx26).criteria[2])
    assert [criterion.done for criterion in gate(store, hx26).criteria] == [False, False, True, False, False, False]
    tick(store, gate(store, hx26), gate(store, hx26).criteria[2])
    assert gate(store, hx26).ticked == 0


def test_two_people_who_tick_the_same_criterion_do_not_untick_it(store, hx26):
    seen = gate(store, hx26)
    tick(store, seen, seen.criteria[0])
    tick(store, seen, seen.criteria[0])
    assert gate(store, hx26).ticked == 1


def test_a_tick_that_somebody_took_away_meanwhile_stops_the_signature(store, hx26, today):
    seen = tick_all(store, hx26)
    tick(store, seen, seen.criteria[0])
    with pytest.raises(GateIncomplete, match="1 of 6 criteria are open"):
        sign(store, seen, signer="Wang", proof="paper", today=today)
    assert not gate(store, hx26).passed


def test_the_list_of_a_gate_that_somebody_passed_meanwhile_is_closed(store, hx26, today):
    seen = gate(store, hx26)
    pass_without(store, seen, reason="first", today=today)
    with pytest.raises(GateIncomplete, match="undo that to change its list"):
        tick(store, seen, seen.criteria[0])
    assert gate(store, hx26).ticked == 0


def test_a_gate_is_signed_once_all_is_ticked_and_opens_the_next_phase(store, hx26, today):
    sign(store, tick_all(store, hx26), signer="Wang Lei", proof="Contract no. 117", today=today)
    signed = gate(store, hx26)
    assert (signed.passed, signed.passed_on, signed.signed_by, signed.recorded_by, signed.proof) == (
        True,
        today,
        "Wang Lei",
        "Anna",
        "Contract no. 117",
    )
    assert (signed.reason, signed.checksum) == ("", "")
    assert opened(store, hx26) == "ABE"


@pytest.mark.parametrize(
    ("signer", "proof", "words"),
    [
        ("", "paper", "Who signed it"),
        ("  ", "paper", "Who signed it"),
        ("Wang", "", "What is the proof"),
        ("Wang", " ", "What is the proof"),
    ],
)
def test_a_signature_needs_a_name_and_a_proof(store, hx26, today, everything, signer, proof, words):
    ticked = tick_all(store, hx26)
    before = everything()
    with pytest.raises(GateIncomplete, match=words):
        sign(store, ticked, signer=signer, proof=proof, today=today)
    assert everything() == before


def test_a_gate_with_open_criteria_is_not_signed(store, hx26, today, everything):
    tick(store, gate(store, hx26), gate(store, hx26).criteria[0])
    before = everything()
    with pytest.raises(GateIncomplete, match="5 of 6 criteria are open"):
        sign(store, gate(store, hx26), signer="Wang", proof="paper", today=today)
    assert everything() == before


def test_a_proof_that_is_a_file_is_kept_with_its_sha_256(store, hx26, today, tmp_path):
    minutes = tmp_path / "纪要.docx"
    minutes.write_bytes(b"x" * 3_000_000)
    sign(store, tick_all(store, hx26), signer="王磊", proof=str(minutes), today=today)
    assert gate(store, hx26).checksum == "sha256:" + hashlib.sha256(b"x" * 3_000_000).hexdigest()


@pytest.mark.parametrize("proof", ["mail of 3 March", "/no/such/file.pdf", "shelf 3, folder “华信”", "/etc", "a\0b"])
def test_a_proof_that_is_no_file_is_taken_as_said(store, hx26, today, proof):
    sign(store, tick_all(store, hx26), signer="Wang", proof=proof, today=today)
    assert gate(store, hx26).checksum == ""
    assert gate(store, hx26).proof == proof.replace("\0", "")


def test_without_signature_a_reason_stays_on_record(store, hx26, today, everything):
    before = everything()
    with pytest.raises(GateIncomplete, match="Why does the project go on without it"):
        pass_without(store, gate(store, hx26), reason=" ", today=today)
    assert everything() == before
    pass_without(store, gate(store, hx26), reason="The contract follows in April", today=today)
    passed = gate(store, hx26)
    assert (passed.passed_on, passed.reason, passed.recorded_by, passed.signed_by) == (
        today,
        "The contract follows in April",
        "Anna",
        "",
    )
    assert opened(store, hx26) == "ABE"


def test_a_passed_gate_is_neither_passed_again_nor_ticked(store, hx26, today, everything):
    pass_without(store, gate(store, hx26), reason="Early start", today=today)
    before = everything()
    passed = gate(store, hx26)
    for act in (
        lambda: tick(store, passed, passed.criteria[0]),
        lambda: sign(store, passed, signer="Wang", proof="paper", today=today),
        lambda: pass_without(store, passed, reason="again", today=today),
    ):
        with pytest.raises(GateIncomplete, match="Pursuit gate is passed"):
            act()
    assert everything() == before


def test_a_gate_somebody_passed_meanwhile_is_not_passed_twice(store, hx26, today):
    seen = gate(store, hx26)
    pass_without(store, seen, reason="first", today=today)
    with pytest.raises(GateIncomplete, match="Pursuit gate is passed already"):
        pass_without(store, seen, reason="second", today=today)
    with pytest.raises(GateIncomplete, match="Pursuit gate is passed already"):
        sign(store, replace(seen, criteria=()), signer="Wang", proof="paper", today=today)
    assert gate(store, hx26).reason == "first"


def test_undoing_a_signature_closes_the_next_phase_again(store, hx26, today):
    sign(store, tick_all(store, hx26), signer="Wang", proof="paper", today=today)
    store.undo()
    assert not gate(store, hx26).passed
    assert gate(store, hx26).ticked == 6
    assert opened(store, hx26) == "AE"


def test_the_gate_of_a_lead_wins_it_in_the_same_step(store, open_new, today):
    lead = open_new(lead=True)
    before = len(store.history())
    pass_without(store, gate(store, lead), reason="Letter of intent", today=today)
    assert len(store.history()) == before + 1
    assert [column.total for column in columns_of(store, lead)] == [29, 39, 60, 13, 9]
    assert opened(store, lead) == "ABE"
    assert store.rows("SELECT status, contract_on FROM engagement") == [("won", "2026-03-16")]
    store.undo()
    assert [column.total for column in columns_of(store, lead)] == [29, 0, 0, 0, 0]


def test_the_last_gate_opens_nothing_more(store, hx26, today):
    for phase in "ABCD":
        pass_without(store, gate(store, hx26, phase), reason="moving on", today=today)
    assert opened(store, hx26) == "ABCDE"
