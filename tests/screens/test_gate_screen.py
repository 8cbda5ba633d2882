"""The checklist of a gate: ticking, signing with proof, going on without."""

from __future__ import annotations

import hashlib

import pytest


@pytest.fixture
def at_gate(board):
    """Open the program at the pursuit gate."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def run(path, **options):
        async with board(path, **options) as b:
            await b.press("end", "up", "enter")
            assert "Pursuit gate" in b.title
            yield b

    return run


async def answer(b, text: str) -> None:
    await b.type(text)
    await b.press("enter")


def gates(opened, path, columns: str):
    with opened(path) as store:
        return store.rows(f"SELECT {columns} FROM gate WHERE phase = 'A'")[0]


async def test_space_and_enter_tick_one_criterion_after_the_other(at_gate, store_with):
    async with at_gate(store_with()) as b:
        await b.press("space", "enter")
        assert [line[1] for line in b.lines[1:4]] == ["✓", "✓", "○"]
        assert "2 of 6 ticked" in b.title
        await b.press("k", "space")
        assert [line[1] for line in b.lines[1:4]] == ["✓", "○", "○"]


async def test_a_tick_is_a_step_that_undo_names_and_takes_back(at_gate, store_with):
    async with at_gate(store_with()) as b:
        await b.press("space")
        assert "u Undo “Tick contract" in b.bottom
        await b.press("u")
        assert "0 of 6 ticked" in b.title
        b.shows("Taken back: Tick contract signed and filed")


async def test_help_and_the_way_out_stay_in_the_footer_beside_a_long_step(at_gate, store_with):
    async with at_gate(store_with()) as b:
        await b.press("G", "space")
        assert "u Undo “Tick promises" in b.bottom
        assert b.bottom.endswith("esc Close  ? Help")


async def test_a_criterion_is_cut_with_a_sign_and_stands_in_full_below(at_gate, store_with):
    async with at_gate(store_with(), size=(60, 20)) as b:
        await b.press("G")
        assert b.lines[6].endswith("…")
        assert "promises, payment terms, acceptance clause and penalties entered as rows" in " ".join(
            " ".join(b.lines[10:]).split()
        )


async def test_a_gate_with_open_criteria_cannot_be_signed(at_gate, store_with):
    async with at_gate(store_with()) as b:
        await b.press("space", "m")
        assert b.said == "■ 5 of 6 criteria are open: tick them with space, or go on with a reason (o)."
        assert b.field is None


async def test_signing_asks_who_and_for_the_proof_and_takes_neither_empty(at_gate, store_with):
    async with at_gate(store_with()) as b:
        await b.press(*["space"] * 6, "m", "enter")
        b.shows("Who signed it? Type the name.", "Signed by:")
        await answer(b, "Wang Lei")
        assert b.bottom.startswith("Proof (file, mail, place):")
        await b.press("enter")
        b.shows("What is the proof? Type a file, a mail or where the paper is kept.")
        await answer(b, "Contract no. 117")
        b.shows("◆ Gate", "Pursuit 0/29 ✓")


async def test_names_typed_ahead_reach_both_questions(at_gate, store_with, opened):
    path = store_with()
    async with at_gate(path) as b:
        await b.press(*["space"] * 6)
        await b.ahead("m", *"Wang", "enter", *"paper", "enter")
        b.shows("Pursuit 0/29 ✓")
    assert gates(opened, path, "signed_by, proof") == ("Wang", "paper")


async def test_a_proof_that_is_a_file_is_kept_with_its_sha_256(at_gate, store_with, opened, tmp_path):
    path, minutes = store_with(), tmp_path / "minutes.docx"
    minutes.write_bytes(b"signed")
    async with at_gate(path) as b:
        await b.press(*["space"] * 6, "m")
        await answer(b, "Wang Lei")
        await answer(b, str(minutes))
        await b.press("home", "end", "up", "enter")
        b.shows("signed by Wang Lei on 16.03, recorded by Anna", "sha256:")
    checksum = "sha256:" + hashlib.sha256(b"signed").hexdigest()
    assert gates(opened, path, "proof, proof_checksum, reason") == (str(minutes), checksum, None)


async def test_going_on_without_needs_a_reason_and_keeps_it_on_record(at_gate, store_with, opened):
    path = store_with()
    async with at_gate(path) as b:
        await b.press("o", "enter")
        b.shows("Why does the project go on without it?")
        await answer(b, "The client wants to start")
        b.shows("◆ Gate, without")
        await b.press("home", "end", "up", "enter")
        b.shows("The client wants to start", "passed without signature on 16.03 by Anna")
        await b.press("i")
        b.shows("Reason: — → The client wants to start", "Go on")
    assert gates(opened, path, "reason, recorded_by, signed_by") == ("The client wants to start", "Anna", None)


async def test_a_passed_gate_keeps_its_list_until_the_passing_is_undone(at_gate, store_with):
    async with at_gate(store_with()) as b:
        await b.press("o")
        await answer(b, "Why not")
        await b.press("home", "end", "up", "enter", "space")
        assert b.said == "This gate is passed: its list stays as it was."
        await b.press("m")
        assert b.said == "This gate is passed."
        await b.press("u")
        b.shows("Taken back: Go on without Pursuit gate")
        await b.press("space")
        b.shows("✓ contract signed and filed")


async def test_leaving_the_checklist_leaves_card_and_gate_where_they_were(board, store_with):
    async with board(store_with()) as b:
        await b.press("L", "space", "escape")
        b.shows("Pursuit 0/29")
        assert "1/6" in b.text
        assert "A1" in b.here


async def test_esc_leaves_the_proof_without_signing(at_gate, store_with, opened):
    path = store_with()
    async with at_gate(path) as b:
        await b.press(*["space"] * 6, "m")
        await answer(b, "Wang Lei")
        await b.press("escape")
        assert b.field is None
        assert "6 of 6 ticked" in b.title
    assert gates(opened, path, "passed_on, signed_by") == (None, None)


async def test_a_criterion_ticked_by_somebody_else_shows_and_counts(at_gate, store_with, opened):
    path = store_with()
    async with at_gate(path) as b:
        await b.press("j")
        with opened(path, who="Bob") as store:
            from erptui.method.gates import gates_of, tick

            gate = gates_of(store, b.app.engagement.id)[0]
            tick(store, gate, gate.criteria[0])
        await b.look_again()
        assert "1 of 6 ticked" in b.title
        assert b.here.startswith("○ every promise")
