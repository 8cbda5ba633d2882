"""The one table of actions: what a key does, its word in the footer, its sentence in the help, why it is refused.

A table is a tuple of `Action`s, a module per screen; `common` holds the keys that mean the same everywhere. A screen
names its tables in `ACTIONS`. What an action does is a method of the focused widget, one of its parents, the screen or
the app, the first that has it:

- `action_move_left(self)` does `move-left`;
- `why_not_move_left(self) -> str | None` says why it cannot be done now (optional);
- `label_move_left(self) -> str | None` gives a footer word of the moment (optional).

An action that nobody offers says in line 24 that it does not work here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from db.labels import N_, Label
from erptui.i18n import _

Keys = tuple[str, ...]
OTHER = N_("Other")


# By identity: the keymap of a table is looked up on every key.
@dataclass(frozen=True, eq=False)
class Action:
    """One thing a key does.

    `keys` are typed signs (`H`, `/`), names (`enter`, `f2`, `shift+left`) or two of them with a blank between
    (`g b`). `rank` orders the footer, 1 first, 0 never. `in_text`: its unprintable keys work inside text fields too.
    """

    id: str
    keys: Keys
    label: Label
    help: Label
    rank: int = 0
    group: Label = OTHER
    in_text: bool = False

    @property
    def method(self) -> str:
        """The part of the method names that belongs to this action."""
        return self.id.replace("-", "_")


class KeyClash(ValueError):
    """One key for two actions: names the key and both, so that a person can change one of them."""

    def __init__(self, key: str, one: Action, other: Action) -> None:
        text = _(
            "The key {key} is taken twice: by “{one}” ({one_id}) and by “{other}” ({other_id}). Change one of them."
        )
        super().__init__(text.format(key=key, one=_(one.label), one_id=one.id, other=_(other.label), other_id=other.id))
        self.key, self.one, self.other = key, one, other


@dataclass(frozen=True)
class Keymap:
    """The keys of a screen: what each one does, and which ones wait for a second."""

    actions: tuple[Action, ...]
    by_key: Mapping[str, Action] = field(repr=False)
    prefixes: Mapping[str, tuple[tuple[str, Action], ...]] = field(repr=False)

    @classmethod
    def load(cls, *tables: Iterable[Action], remap: Mapping[str, Sequence[str]] | None = None) -> Keymap:
        """The tables as one keymap, with a person's own keys by action id in `remap`.

        Raises `KeyClash` for a key that two actions claim, or that is also the first of two.
        """
        actions = [action for table in tables for action in table]
        if remap:
            actions = [rekeyed(action, remap) for action in actions]
        by_key: dict[str, Action] = {}
        prefixes: dict[str, list[tuple[str, Action]]] = {}
        for action in actions:
            for key in action.keys:
                if key in by_key and by_key[key].id != action.id:
                    raise KeyClash(key, by_key[key], action)
                by_key[key] = action
                first, blank, second = key.partition(" ")
                if blank:
                    prefixes.setdefault(first, []).append((second, action))
        for first, followers in prefixes.items():
            if first in by_key:
                raise KeyClash(first, by_key[first], followers[0][1])
        return cls(tuple(actions), by_key, {first: tuple(pairs) for first, pairs in prefixes.items()})

    def while_typing(self) -> Keymap:
        """What works in a text, with the keys that are not typed there."""
        from screens.actions.names import is_typed

        keys = {action: tuple(key for key in action.keys if not is_typed(key)) for action in self.actions}
        return Keymap.load(replace(action, keys=keys[action]) for action in keys if action.in_text and keys[action])


def rekeyed(action: Action, own: Mapping[str, Sequence[str]]) -> Action:
    """The action with a person's own keys; what one screen has added to the usual ones stays there."""
    if action.id not in own:
        return action
    from screens.actions.common import USUAL

    usual = USUAL.get(action.id, action.keys)
    keys = (*own[action.id], *(key for key in action.keys if key not in usual))
    return replace(action, keys=tuple(dict.fromkeys(keys)))


def without(table: Iterable[Action], *ids: str) -> tuple[Action, ...]:
    """A table less some of its actions, for a screen where their keys mean something else."""
    return tuple(action for action in table if action.id not in ids)


def grouped(group: Label, *actions: Action) -> tuple[Action, ...]:
    """The actions under one heading of the help."""
    return tuple(replace(action, group=group) for action in actions)
