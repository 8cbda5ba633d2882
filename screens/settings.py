"""What a person can choose for oneself; each change counts at once on every open screen and stays for next time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import cast

from textual.app import ComposeResult

from db.errors import Problem
from db.labels import N_, NP_
from db.text import clean_line
from erptui.config import LONGEST_NAME, save_settings
from erptui.i18n import _, labelled, say
from screens import terminal
from screens.actions import common, without
from screens.detailed import DetailedScreen
from screens.glyphs import UNICODE as SIGNS
from screens.settings_lines import SETTINGS, Setting, detail_lines, note_on, place_of, setting_line, value_text
from screens.text import Line
from screens.theme import Look
from screens.widgets.detail import Detail
from screens.widgets.edit_line import Question
from screens.widgets.line_view import LineView


class SettingsView(LineView):
    """One setting a line."""

    def __init__(self, value: Callable[[Setting], str], opens: Callable[[], Awaitable[None]]) -> None:
        """`value` says what is chosen; `opens` changes the one under the cursor, and keys typed ahead wait for it."""
        super().__init__(id="settings")
        self._value, self._opens = value, opens

    @property
    def row_count(self) -> int:
        return len(SETTINGS)

    @property
    def current(self) -> Setting:
        """The setting under the cursor."""
        return SETTINGS[self.cursor]

    def line(self, row: int, width: int) -> Line:
        return setting_line(SETTINGS[row], self._value(SETTINGS[row]), width)

    async def action_open(self) -> None:
        await self._opens()


class SettingsScreen(DetailedScreen):
    """`,`: the settings. Enter or l gives the next choice, h the one before."""

    TITLE = N_("Settings")
    CSS = """
    SettingsScreen #settings { height: 8; }
    SettingsScreen #detail { height: 1fr; }
    """
    ACTIONS = (
        *(
            replace(action, label=NP_("key", "Change"), help=N_("The next choice, or what can be chosen."))
            for action in common.ROW
            if action.id == "open"
        ),
        *(
            replace(action, label=N_("Choice"), rank=3, help=words)
            for name, words in (("left", N_("The choice before.")), ("right", N_("The next choice.")))
            for action in common.MOVE
            if action.id == name
        ),
        *without(common.MOVE, "select", "left", "right"),
        *without(common.GO, "go-settings"),
        *(replace(action, rank=6) if action.id == "back" else action for action in common.PROGRAM),
    )

    def body(self) -> ComposeResult:
        yield SettingsView(self._value, self._change)
        yield Detail(id="detail")

    @property
    def view(self) -> SettingsView:
        """The lines."""
        return self.query_one(SettingsView)

    def on_mount(self) -> None:
        self.reload()

    def read_store(self) -> None:
        self.set_title([(_(self.TITLE), "bold accent")])
        self.view.rows_changed()
        self.show_detail()

    def words_changed(self) -> None:
        super().words_changed()
        # Own keys may just have been looked at.
        self.reload()

    def show_detail(self) -> None:
        app, detail, setting = self.erp, self.detail, self.view.current
        if detail.size.width:
            note = note_on(setting, app.settings, app.palette, self.store.who, terminal.ascii_signs())
            remarks = [*map(say, app.settings.remarks), *map(str, app.bad_keys)]
            size = detail.size
            detail.show(detail_lines(setting, app.settings, [note] if note else [], remarks, size.width, size.height))

    def _value(self, setting: Setting) -> str:
        return value_text(setting, self.erp.settings, self.store.who, len(self.erp.own_keys))

    def place_now(self) -> dict[str, str]:
        return {"row": self.view.current.name}

    def take_place(self, place: Mapping[str, str]) -> None:
        names = [setting.name for setting in SETTINGS]
        if (name := place.get("row", "")) in names:
            self.view.move_cursor(names.index(name))

    # Changing.

    async def _change(self) -> None:
        setting = self.view.current
        if setting.name == "me":
            self.ask(Question(labelled(_(setting.label), ""), self._save_name, value=self._value(setting)))
        elif setting.name == "keys":
            from screens.settings_keys import KeysScreen

            tables = await self.erp.all_tables()
            await self.app.push_screen(KeysScreen(tables))
        else:
            self._choose(setting, 1)

    async def action_right(self) -> None:
        """The next choice."""
        await self._change()

    def action_left(self) -> None:
        """The choice before."""
        self._choose(self.view.current, -1)

    def why_not_left(self) -> str | None:
        """Where there is nothing to choose from."""
        return None if self.view.current.choices else _("⏎ opens this one.")

    def _choose(self, setting: Setting, step: int) -> None:
        place = (place_of(setting, self.erp.settings) + step) % len(setting.choices)
        self._save(setting, setting.choices[place][0])

    def _save_name(self, text: str) -> str | None:
        name = clean_line(text)
        if not 0 < len(name) <= LONGEST_NAME:
            return _("Type a name of at most {most} characters.").format(most=LONGEST_NAME)
        self._save(SETTINGS[0], name)
        return None

    def _save(self, setting: Setting, value: object) -> None:
        """Keep it, let it count, and say what it was before."""
        before, who, own = replace(self.erp.settings), self.store.who, len(self.erp.own_keys)
        try:
            save_settings(self.erp.settings, **{setting.name: value})
        except Problem as problem:
            self.say(say(problem), "error")
            return
        self._take(setting.name, value)
        # In the language chosen now, what was before too.
        was = value_text(setting, before, who, own)
        self.say(labelled(_(setting.label), f"{was} {SIGNS.right} {self._value(setting)}"), "effect")

    def _take(self, name: str, value: object) -> None:
        app = self.erp
        if name == "me":
            self.store.who = str(value)
            app.store_changed()
        elif name == "language":
            app.take_language(cast("str | None", value))
        elif name == "ascii":
            app.take_signs(bool(value))
        elif name == "theme":
            app.set_look(cast("Look", value))
        elif name == "mouse":
            app.take_mouse(bool(value))
        self.reload()

    def action_back(self) -> None:
        """Back; all that was chosen is kept already."""
        self.dismiss()
