"""From a pressed key to the method that answers it: one after the other, also when keys come faster than the screen.

Keys are looked up and acted on in the app's own task, before the next one is taken. So `a` opens the line and what is
typed ahead goes into it, also when a slow link delivers both at once.
"""

from __future__ import annotations

import asyncio
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from textual.events import Key as KeyEvent
from textual.widget import Widget
from textual.widgets import Input

from erptui.i18n import _, listed
from screens.actions import Action, Keymap
from screens.actions.common import LATER, PREFIXES
from screens.actions.names import is_typed, pressed, written
from screens.actions.where import screens_with
from screens.glyphs import UNICODE as SIGNS
from screens.widgets.bars import Key

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from screens.frame import FrameApp

# Turns of the event loop that a text field gets to take up what was typed before an action reads it.
SETTLING_TURNS = 1000
PINNED = ("help", "undo", "close", "save-line", "leave-line")


class Keyboard:
    """The keys of an app: what is pending after a prefix, what was done last, who answers."""

    def __init__(self, app: FrameApp) -> None:
        self._app = app
        self._prefix: str | None = None
        self.last: str | None = None
        # Who answers which action, for the widget where the search begins.
        self._found: dict[str, Any] = {}
        self._found_from: object = None

    async def take(self, event: KeyEvent) -> bool:
        """Act on a key; whether it was ours (a text field gets the others)."""
        field = self.text_field
        key = pressed(event.key, event.character)
        keymap = self._app.keymap
        self._app.footer_key_pressed()
        if (taker := getattr(self._app.screen, "take_key", None)) and await _awaited(taker(key)):
            return True
        if field is not None:
            action = keymap.by_key.get(key)
            if is_typed(key) or action is None or not action.in_text:
                return False
            await self._settle(field)
            await self.run(action)
            return True
        if self._prefix is not None:
            await self._second(self._prefix, key, keymap)
            return True
        if key in keymap.prefixes:
            self._begin(key, keymap)
            return True
        action = keymap.by_key.get(key)
        if action is not None:
            await self.run(action)
            return True
        self.last = None
        if not (event.character and event.is_printable):
            return False
        if event.character.isascii() or not await self._app.typed_elsewhere(event.character):
            self._app.say(_("“{text}” does nothing here. ? lists the keys.").format(text=written(key)), "refusal")
        return True

    @property
    def text_field(self) -> Widget | None:
        """The text field that has the focus."""
        focused = self._app.focused
        return focused if focused is not None and _takes_text(focused) else None

    async def _settle(self, field: Widget) -> None:
        for _turn in range(SETTLING_TURNS):
            if not field.message_queue_size:
                break
            await asyncio.sleep(0)

    # Two keys, one after the other.

    def _begin(self, prefix: str, keymap: Keymap) -> None:
        """Show the letters that do something here; a prefix without any waits all the same for its letter.

        Else that letter would act alone: after `R`, `d` is no trash.
        """
        self._prefix = prefix
        pairs = keymap.prefixes[prefix]
        here = [pair for pair in pairs if self.answering(pair[1]) is not None]
        elsewhere = [action for _second, action in pairs if action.id not in LATER and self.answering(action) is None]
        title = _(PREFIXES.get(prefix, ""))
        if not here:
            title = _("{action} does nothing here.") if elsewhere else _("{action} comes with a later version.")
            title = title.format(action=_(PREFIXES.get(prefix, prefix)))
        letters = [Key(written(second), _(action.label), place) for place, (second, action) in enumerate(here, 1)]
        if here and elsewhere:
            letters.append(Key(SIGNS.ellipsis, _("more on other screens"), 999))
        self._app.show_letters([Key(prefix, title, 0, True), *letters, Key("esc", "", 1000, True)])

    async def _second(self, prefix: str, key: str, keymap: Keymap) -> None:
        self._prefix = None
        self._app.show_letters(None)
        action = keymap.by_key.get(f"{prefix} {key}")
        if action is not None:
            await self.run(action)
        elif key != "escape":
            text = _("The keys {keys} do nothing here. {prefix} shows which letters do.")
            self._app.say(text.format(keys=f"{prefix} {written(key)}", prefix=prefix), "refusal")

    # Who answers.

    @property
    def _start(self) -> DOMNode:
        return self._app.focused or self._app.main_view or self._app.screen

    def answering(self, action: Action, start: DOMNode | None = None) -> Any:
        """The focused widget (or `start`), parent, screen or app that has a method for the action."""
        start = start or self._start
        if start is not self._found_from:
            self._found, self._found_from = {}, start
        if action.id not in self._found:
            name = f"action_{action.method}"
            self._found[action.id] = next((node for node in start.ancestors_with_self if hasattr(node, name)), None)
        return self._found[action.id]

    def reason_against(self, action: Action, start: DOMNode | None = None) -> str | None:
        """Why the action cannot be done now, or None when it can."""
        node = self.answering(action, start)
        if node is None:
            text = _("{action} comes with a later version.") if action.id in LATER else _("{action} does nothing here.")
            return text.format(action=_(action.label))
        why_not = getattr(node, f"why_not_{action.method}", None)
        return why_not() if why_not else None

    def word(self, action: Action, start: DOMNode | None = None) -> str:
        """The footer's word for the action at this moment."""
        label = getattr(self.answering(action, start), f"label_{action.method}", None)
        return (label() if label else None) or _(action.label)

    async def run(self, action: Action) -> None:
        """Do the action, or say in line 24 why not."""
        reason, node = self.reason_against(action), self.answering(action)
        if reason is not None:
            self.last = None
            where = screens_with(action) if node is None and action.id not in LATER else []
            if where:
                text = _("{action} does nothing here. It works on: {screens}.")
                reason = text.format(action=_(action.label), screens=listed(where))
            self._app.say(reason, "refusal")
            return
        await self._app.waiting.run(partial(self._do, action, node))

    async def _do(self, action: Action, node: DOMNode) -> None:
        await _awaited(getattr(node, f"action_{action.method}")())
        self.last = action.id
        self._app.keys_changed()

    def footer(self, keymap: Keymap) -> list[Key]:
        """The keys that work here now; neighbours with one word share it (`H L Move`)."""
        found: list[Key] = []
        start, typing = self._start, self.text_field is not None
        for action in sorted(keymap.actions, key=lambda action: action.rank):
            if not action.rank or not action.keys or self.reason_against(action, start) is not None:
                continue
            word = self.word(action, start)
            # Where one types, a sign is no key. A two-key action is found by its first key.
            pressed_here = next((key for key in action.keys if not (typing and is_typed(key))), action.keys[0])
            own = action.id in self._app.own_keys
            # Under an own first key a person finds what it was given to, not what the usual first key leads to.
            keys = written(pressed_here if own else pressed_here.split(" ")[0])
            if " " in action.keys[0] and not own:
                word = _(PREFIXES.get(action.keys[0].split(" ")[0], action.label))
            if found and found[-1].word == word and found[-1].rank == action.rank:
                joined = found[-1].keys if keys in found[-1].keys.split(" ") else f"{found[-1].keys} {keys}"
                found[-1] = Key(joined, word, action.rank, found[-1].pinned)
            else:
                found.append(Key(keys, word, action.rank, action.id in PINNED, _(action.label)))
        return found


def _takes_text(widget: Widget) -> bool:
    # TextArea by its name: to import it costs a start more than everything else here.
    return isinstance(widget, Input) or any(kind.__name__ == "TextArea" for kind in type(widget).__mro__)


async def _awaited(result: Any) -> Any:
    return await result if isawaitable(result) else result
