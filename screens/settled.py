"""What the settings of a person do to the running program: language, signs, colours, mouse and own keys, at once.

Every open screen says everything again; nothing is closed, and what stands under the cursor stays there.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from db.errors import Problem
from db.text import clean_line
from erptui.i18n import _, language, locale_language, say, set_language
from screens import terminal
from screens.actions import common
from screens.frame import FrameApp, FrameScreen
from screens.widgets.edit_line import Question

if TYPE_CHECKING:
    from db.store import Store
    from erptui.config import Settings
    from screens.actions import Action, Keys
    from screens.actions.own_keys import BadKeys, Tables
    from screens.app import ErpApp
    from screens.theme import Look


class SettledApp(FrameApp):
    """An app that follows the settings. Give `settings` before the first screen, or none: then they are read late."""

    store: Store

    def __init__(self, *, look: Look = "ink", settings: Settings | None = None) -> None:
        self._settings = settings
        self.bad_keys: list[BadKeys] = []
        """Which of the own keys in the file can't be used, and why."""
        self._tables: Tables = ()
        if settings and settings.theme:
            look = cast("Look", settings.theme)
        super().__init__(look=look)

    @property
    def settings(self) -> Settings:
        """What was chosen."""
        if self._settings is None:
            from erptui.config import load_settings

            self._settings = load_settings()
        return self._settings

    def begin_settings(self) -> None:
        """After the first picture: let own keys count that can be used, and say what is wrong with the file."""
        if self._settings and (self._settings.keys or self._settings.remarks):
            self.run_worker(self._look_at_settings(), name="settings", exit_on_error=False)

    async def _look_at_settings(self) -> None:
        if self.settings.keys:
            await self.look_at_keys()
        said = [say(remark) for remark in self.settings.remarks]
        said += [self.bad_keys_said(bad) for bad in self.bad_keys]
        if len(said) > 1:
            (key, *_more) = self.keys_of(next(action for action in common.GO if action.id == "go-settings")) or ("",)
            text = _("{first} ({count} remarks on the settings: {key} shows all of them.)")
            self.say(text.format(first=said[0], count=len(said), key=key), "error")
        elif said:
            self.say(said[0], "error")

    def bad_keys_said(self, bad: BadKeys) -> str:
        """Why own keys can't be used, with the file that they stand in."""
        return _("{path}: {why}").format(path=self.settings.path, why=bad)

    def ask_name(self) -> None:
        """Ask once for the person's name; it stands in the history and on what they sign."""
        if isinstance(self.screen, FrameScreen):
            self.screen.ask(Question(_("Your name:"), self._save_name, placeholder=self.store.who))

    def _save_name(self, text: str) -> str | None:
        from erptui.config import LONGEST_NAME, save_settings

        name = clean_line(text) or self.store.who
        if not 0 < len(name) <= LONGEST_NAME:
            return _("Type a name of at most {most} characters.").format(most=LONGEST_NAME)
        try:
            save_settings(self.settings, me=name)
        except Problem as problem:
            return say(problem)
        self.store.who = name
        self.store_changed()
        return None

    async def action_go_settings(self) -> None:
        """What a person can choose."""
        from screens.rooms import go_to

        await go_to(cast("ErpApp", self), "settings")

    # Keys.

    async def all_tables(self) -> Tables:
        """What keys stand for on every screen; loads them all, in a thread."""
        if not self._tables:
            from screens.actions.where import all_tables

            self._tables = await asyncio.to_thread(all_tables)
        return self._tables

    async def look_at_keys(self) -> None:
        """Let those of the own keys count that every screen can use."""
        from screens.actions.own_keys import usable

        own, self.bad_keys = usable(self.settings.keys, await self.all_tables())
        self.take_keys(own)

    def choose_keys(self, action: Action, keys: Keys | None) -> str | None:
        """Give an action these keys for good, the usual ones for None. The reason why not, or None when it is done.

        Raises `FileRefused`.
        """
        from erptui.config import save_keys
        from screens.actions.own_keys import usable

        if keys == action.keys:
            keys = None
        wanted = {other: own for other, own in self.own_keys.items() if other != action.id}
        if keys is not None:
            # The last one: of two that clash it is the one that is refused.
            wanted[action.id] = keys
        _own, bad = usable(wanted, self._tables)
        if bad:
            return str(bad[0])
        save_keys(self.settings, action.id, keys)
        own, self.bad_keys = usable(self.settings.keys, self._tables)
        self.take_keys(own)
        return None

    # What is seen.

    def take_language(self, chosen: str | None) -> None:
        """Speak this language from now on, that of the system where it is None."""
        wanted = chosen or locale_language()
        if wanted != language():
            set_language(wanted)
            self.say_all_again()

    def take_signs(self, ascii_signs: bool) -> None:
        """Draw with ASCII only, or with the signs as they are meant."""
        terminal.draw_ascii(ascii_signs)
        terminal.forget_screen()
        self.say_all_again()

    def take_mouse(self, used: bool) -> None:
        """Use the mouse from now on, or leave it to the terminal."""
        driver = self._driver
        if driver is None or not hasattr(driver, "_enable_mouse_support"):
            return
        if used:
            driver._mouse = True
            driver._enable_mouse_support()
        else:
            driver._disable_mouse_support()
            driver._mouse = False

    def say_all_again(self) -> None:
        """Every open screen reads again and says everything anew."""
        for screen in self.screen_stack:
            if isinstance(screen, FrameScreen) and screen.is_mounted:
                screen.words_changed()
        self.store_changed()

    def store_changed(self) -> None:
        """Every screen reads again."""
        raise NotImplementedError
