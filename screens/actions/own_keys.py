"""A person's own keys: which of them can be used beside the keys of every screen, and why the others can't.

What can't be used is left out entry by entry, and its action keeps the usual keys; all else works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.errors import fill
from db.labels import N_, Label
from erptui.i18n import _, listed
from screens.actions import Action, KeyClash, Keymap, Keys
from screens.actions.names import is_typed, read_key, written

Tables = Sequence[tuple[str, tuple[Action, ...]]]
"""The tables of the screens, each with the screen's name."""

NEEDED = frozenset(("help", "quit", "open", "back", "close", "save-line", "leave-line"))
"""Actions of whose usual keys one must stay: who has lost them does not find the way out."""


@dataclass(frozen=True)
class BadKeys:
    """Why the own keys of an action can't be used: a sentence with gaps."""

    action: str
    sentence: Label
    gaps: Mapping[str, object]

    def __str__(self) -> str:
        return fill(_(self.sentence), {**self.gaps, "id": self.action})


def usable(own: Mapping[str, Sequence[str]], tables: Tables) -> tuple[dict[str, Keys], list[BadKeys]]:
    """The own keys by action that every screen can use, and what is wrong with the others."""
    actions = {action.id: action for _title, table in reversed(tables) for action in reversed(table)}
    kept: dict[str, Keys] = {}
    bad: list[BadKeys] = []
    for action, keys in own.items():
        read, problem = _read(action, keys, actions)
        if problem:
            bad.append(problem)
        else:
            kept[action] = read
    bad.extend(_left_out(kept, tables))
    return kept, bad


def without_clashes(own: Mapping[str, Keys], table: tuple[Action, ...]) -> dict[str, Keys]:
    """The own keys that one table can use, for a screen that comes up before all of them have been looked at."""
    kept = dict(own)
    for _problem in _left_out(kept, [("", table)]):
        pass
    return kept


def _left_out(kept: dict[str, Keys], tables: Tables) -> Iterator[BadKeys]:
    """Take out of `kept` what clashes; of two own keys the later one."""
    place = 0
    while place < len(tables):
        title, table = tables[place]
        try:
            Keymap.load(table, remap=kept)
        except KeyClash as clash:
            ids = list(kept)
            found = sorted((one for one in (clash.one.id, clash.other.id) if one in kept), key=ids.index)
            if not found:
                # Without own keys it clashes too: a mistake of the program.
                raise
            action = found[-1]
            del kept[action]
            yield BadKeys(
                action,
                N_("The key {key} would be both “{one}” ({one_id}) and “{other}” ({other_id}) on {screen}."),
                {
                    "key": written(clash.key),
                    "one": _(clash.one.label),
                    "one_id": clash.one.id,
                    "other": _(clash.other.label),
                    "other_id": clash.other.id,
                    "screen": _(title),
                },
            )
            # Its usual keys may be those that another action has got.
            place = 0
        else:
            place += 1


def _read(action: str, keys: Sequence[str], actions: Mapping[str, Action]) -> tuple[Keys, BadKeys | None]:
    """The keys as the tables call them, or what is wrong with them by themselves."""
    usual = actions.get(action)
    if usual is None:
        from difflib import get_close_matches

        near = listed(f"“{one}”" for one in get_close_matches(action, actions, 2, 0.75))
        sentence = N_("There is no action “{id}”. Did you mean {near}?") if near else N_("There is no action “{id}”.")
        return (), BadKeys(action[:40], sentence, {"near": near})
    read: list[str] = []
    for key in keys:
        named = read_key(key)
        if named is None:
            sentence = N_("Keys of “{id}”: there is no key “{key}”. Write a sign, f1 to f12, or as in ctrl+x, space.")
            return (), BadKeys(action, sentence, {"key": key[:20]})
        read.append(named)
    untyped = [key for key in usual.keys if not is_typed(key)] if usual.in_text else list(usual.keys)
    if action in NEEDED and not {*read} & {*untyped}:
        sentence = N_("Keys of “{id}”: one of {keys} must stay, there is no way without it.")
        return (), BadKeys(action, sentence, {"keys": " ".join(map(written, untyped))})
    if usual.in_text and read and all(map(is_typed, read)):
        sentence = N_("Keys of “{id}”: it works in text fields, where {keys} would be typed. Give it one as f7 too.")
        return (), BadKeys(action, sentence, {"keys": " ".join(map(written, read))})
    return tuple(dict.fromkeys(read)), None
