"""The table of actions: one meaning for each key, in words a person can act on."""

from __future__ import annotations

import pytest

from db.labels import N_
from screens.actions import Action, KeyClash, Keymap, common, without
from screens.actions.names import is_typed, pressed, written

TABLES = {"common": common.COMMON, "asking": common.ASKING, "close": common.CLOSE}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_action_has_keys_a_word_a_sentence_and_a_heading(table):
    for action in table:
        assert action.keys, action.id
        assert action.label, action.id
        assert action.help.endswith("."), action.id
        assert action.group, action.id


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_tables_load_without_a_clash(table):
    assert Keymap.load(table).actions == tuple(table)


def test_every_ctrl_key_has_a_plain_twin():
    for action in common.COMMON:
        if any("ctrl" in key for key in action.keys):
            assert any("ctrl" not in key for key in action.keys), action.id


def test_a_dialog_closes_without_escape_too():
    keys = common.CLOSE[0].keys
    assert {"escape", "q", "f10"} == set(keys)


ARM = Action("arm", ("b",), N_("Arm"), N_("Arms."))
BOMB = Action("bomb", ("b",), N_("Bomb"), N_("Bombs."))


def test_a_key_for_two_actions_is_refused_naming_both():
    with pytest.raises(KeyClash, match=r"The key b is taken twice: by “Arm” \(arm\) and by “Bomb” \(bomb\)"):
        Keymap.load((ARM, BOMB))


def test_a_key_that_is_also_the_first_of_two_is_refused():
    with pytest.raises(KeyClash, match=r"“Today” \(today\) and by “Go” \(go\)|“Go” \(go\) and by “Today” \(today\)"):
        Keymap.load((Action("go", ("g",), N_("Go"), N_("Goes.")), Action("today", ("g t",), N_("Today"), N_("Now."))))


def test_a_persons_own_keys_replace_those_of_the_table():
    keymap = Keymap.load((ARM, BOMB), remap={"bomb": ["B", "f7"]})
    assert keymap.by_key["b"].id == "arm"
    assert keymap.by_key["B"].id == keymap.by_key["f7"].id == "bomb"


def test_a_persons_own_key_that_clashes_is_refused():
    with pytest.raises(KeyClash, match=r"\(undo\).*\(open\)|\(open\).*\(undo\)"):
        Keymap.load(common.COMMON, remap={"undo": ["enter"]})


def test_a_screen_can_give_a_key_another_meaning_only_by_taking_the_first_away():
    own = Action("theirs", (">",), N_("Theirs"), N_("Takes theirs."))
    with pytest.raises(KeyClash):
        Keymap.load(common.COMMON, (own,))
    assert Keymap.load(without(common.COMMON, "week-later"), (own,)).by_key[">"] is own


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("、", "/"), ("；", ";"), ("：", ":"), ("？", "?"), ("【", "["), ("】", "]"), ("《", "<"), ("》", ">"),
        ("ａ", "a"), ("Ｇ", "G"), ("２", "2"), ("＋", "+"), ("\u3000", "space"), (" ", "space"), ("+", "+"),
    ],
)  # fmt: skip
def test_chinese_signs_and_full_width_letters_count_as_their_keys(typed, key):
    assert pressed("whatever", typed) == key


def test_keys_without_a_sign_keep_their_name():
    assert pressed("shift+left", None) == "shift+left"
    assert pressed("ctrl+l", "\x0c") == "ctrl+l"
    assert pressed("alt+h", "h") == "alt+h"
    assert pressed("enter", "\r") == "enter"


def test_only_signs_are_typed_into_a_text_field():
    assert is_typed("q")
    assert is_typed("space")
    assert not is_typed("f10")
    assert not is_typed("escape")


def test_keys_are_written_as_people_read_them():
    assert [written(key) for key in ("enter", "escape", "f2", "g b", "shift+left", "+", "pagedown")] == [
        "⏎", "esc", "F2", "g b", "shift+←", "+", "PgDn",
    ]  # fmt: skip
