"""What comes from a terminal: whole keys pass, halves and unknown sequences do not, a paste commands nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.events import Paste

from screens.typed import ESCAPE_WAIT, HALF_WAIT, STUCK, Typed, is_known, why_not_pasted

BEGIN, END = "\x1b[200~", "\x1b[201~"


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def typed(clock):
    return Typed(clock)


def told(parts):
    """What the program gets: texts in one, pastes for themselves."""
    found = []
    for part in parts:
        if isinstance(part, Paste):
            found.append(("paste", part.text))
        elif found and found[-1][0] == "keys":
            found[-1] = ("keys", found[-1][1] + part)
        else:
            found.append(("keys", part))
    return found


def all_of(*pieces):
    """What comes of pieces that arrive one after the other, and of the silence behind them."""
    typed = Typed(lambda: 0.0)
    parts = [part for piece in pieces for part in typed.take(piece)]
    while typed.wait is not None:
        parts += typed.silence()
    return told(parts)


def test_every_key_that_textual_knows_passes_whole():
    keys = [key for key in ANSI_SEQUENCES_KEYS if len(key) > 1]
    assert len(keys) > 100
    assert [key for key in keys if all_of(key) != [("keys", key)]] == []


@pytest.mark.parametrize(
    "half",
    ["\x1b[<35;20;10", "\x1b[<35", "\x1b[", "\x1b[99;99X", "\x1b[99999999;1u", "\x1b]52;c;eA==\x07", "\x1bPq#0\x1b\\"],
)
def test_a_half_or_unknown_sequence_is_no_key_and_what_follows_it_is_one(half, typed):
    assert told([*typed.take(half)]) == []
    assert (typed.wait or 0) <= HALF_WAIT
    assert told([*typed.silence(), *typed.take("j")]) == [("keys", "j")]


def test_an_escape_alone_waits_a_moment_and_one_behind_other_keys_longer(typed):
    assert told(typed.take("\x1b")) == []
    assert typed.wait == ESCAPE_WAIT <= 0.02
    assert told(typed.silence()) == [("keys", "\x1b")]
    assert told(typed.take("\x1b[A\x1b")) == [("keys", "\x1b[A")]
    assert typed.wait > ESCAPE_WAIT
    assert told(typed.take("[A")) == [("keys", "\x1b[A")]


def test_a_key_torn_behind_its_escape_is_not_typed_in_signs(typed, clock):
    assert told([*typed.take("\x1b"), *typed.silence()]) == [("keys", "\x1b")]
    assert told(typed.take("[A")) == [("keys", "\x1b[A")]
    clock.now += 2 * HALF_WAIT
    assert told(typed.take("[A")) == [("keys", "[A")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\ntwo", "one\ntwo"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;eA==\x07x\x1b", "x"),
        ("\x1b[48;1;1;1;1t", ""),
        ("a\x00\x08\x9b\x7fb\tc", "ab\tc"),
        ("\x1b" + "d" * 40, "d" * 40),
        (f"x{END}dd\x1b{BEGIN}q", "xddq"),
    ],
)
def test_a_paste_is_text_and_nothing_of_it_is_a_key_or_a_command(text, kept):
    assert all_of(f"{BEGIN}{text}{END}") == [("paste", kept)]


def test_keys_behind_a_paste_are_keys_again(typed):
    assert told([*typed.take(f"{BEGIN}text{END}"), *typed.silence()]) == [("paste", "text")]
    assert told(typed.take("dd")) == [("keys", "dd")]


def test_a_paste_whose_end_was_lost_is_left_with_escape(typed, clock):
    assert told(typed.take(f"{BEGIN}text")) == []
    assert typed.wait is None
    assert told(typed.take("jj\x1b")) == []
    clock.now += 2 * STUCK
    assert told(typed.take("\x1b")) == [("paste", "textjj")]
    assert told(typed.take("j")) == [("keys", "j")]


SIGNS = ("a", "物", "\x1b", "[", "A", "<", "3;4", "M", "O", "~", BEGIN, END, "\x1b[B")


@given(st.lists(st.sampled_from(SIGNS)), st.data())
def test_it_does_not_matter_in_which_pieces_it_comes(signs, data):
    text = "".join(signs)
    cut = data.draw(st.integers(0, len(text)))
    assert all_of(text[:cut], text[cut:]) == all_of(text)


def test_what_textual_would_type_sign_by_sign_is_not_known():
    assert is_known("\x1b[A")
    assert is_known("\x1b[<0;200;10M")
    assert not is_known("\x1b[5;5X")
    assert not is_known("\x1b[" + "1;" * 40 + "A")


def test_a_megabyte_is_refused_in_words():
    assert why_not_pasted("x" * 1000) is None
    assert "1048576" in why_not_pasted("x" * (1 << 20))
