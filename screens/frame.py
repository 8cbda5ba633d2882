"""The frame of every screen: title bar, body, line 24; here screens say messages and ask for one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from inspect import isawaitable
from pkgutil import get_data
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.events import Event, Paste, Resize
from textual.events import Key as KeyEvent
from textual.screen import Screen
from textual.widget import Widget

from erptui.i18n import _, ngettext
from screens import terminal
from screens.actions import Action, Keymap, Keys, common, rekeyed
from screens.keyboard import Keyboard
from screens.paint import Painted
from screens.text import Line
from screens.theme import Look, Palette, palette_for, textual_theme
from screens.typed import why_not_pasted
from screens.waiting import Waiting
from screens.widgets.bars import Footer, Key, Kind, Part, TitleBar
from screens.widgets.edit_line import EditLine, Question
from screens.widgets.line_view import LineView

LEAST_WIDTH, LEAST_HEIGHT = 40, 12


def sheets(*names: str) -> str:
    """The style sheets of these names from `screens/styles`, also when the program runs from one archive."""
    return "\n".join((get_data("screens", f"styles/{name}.tcss") or b"").decode("utf-8") for name in names)


class TooSmall(Painted):
    """The one line that stands where no screen fits."""

    DEFAULT_CSS = "TooSmall { display: none; height: 1fr; width: 1fr; }"

    def lines(self, width: int) -> Sequence[Line]:
        size = self.app.size
        text = _("Needs {width}x{height}, is {now_width}x{now_height}").format(
            width=LEAST_WIDTH, height=LEAST_HEIGHT, now_width=size.width, now_height=size.height
        )
        return [[(text, "plain")]]


class FrameScreen(Screen[Any]):
    """A screen with the two bars. Override `body`; name the tables of keys in `ACTIONS`."""

    ACTIONS: ClassVar[tuple[Action, ...]] = common.COMMON
    AUTO_FOCUS = "LineView"

    def __init__(self) -> None:
        super().__init__()
        # Kept, not found by a query: every key asks for them.
        self._title_bar = TitleBar(id="title")
        self._edit_line = EditLine(id="edit-line")
        self._footer = Footer(id="footer")
        self._asked_early: Question | None = None
        self._title: tuple[Line, Sequence[Part]] = ((), ())

    def compose(self) -> ComposeResult:
        yield self._title_bar
        yield TooSmall(id="too-small")
        with Vertical(id="body"):
            yield from self.body()
        with Vertical(id="bottom"):
            if isinstance(self.app, FrameApp) and self.app.take_first_picture():
                # Six widgets that nobody sees yet.
                self.call_after_refresh(self._add_edit_line)
            else:
                yield self._edit_line
            yield self._footer

    async def _add_edit_line(self) -> None:
        await self.query_one("#bottom").mount(self._edit_line, before=self._footer)
        if self._asked_early:
            self.ask(self._asked_early)

    def body(self) -> ComposeResult:
        """The widgets between the bars."""
        yield from ()

    @property
    def main_view(self) -> Widget | None:
        """The widget that answers keys while nothing has the focus: the first that can have it."""
        return next((widget for widget in self.query("#body *") if widget.focusable), None)

    @property
    def footer(self) -> Footer:
        """Line 24."""
        return self._footer

    def set_title(self, left: Line, parts: Sequence[Part] = ()) -> None:
        """What stands in line 1, besides the marks of the app."""
        self._title = left, parts
        self.mark_title()

    def mark_title(self) -> None:
        """Line 1 again, when the marks of the app are others."""
        left, parts = self._title
        self._title_bar.show(left, [*self.title_marks(), *parts])

    def title_marks(self) -> Sequence[Part]:
        """What stands in line 1 before what the screen itself says."""
        return self.app.title_marks() if isinstance(self.app, FrameApp) else ()

    def attention_changed(self) -> None:
        """Other things need attention than before: line 1 counts them."""
        self.mark_title()

    def say(self, text: str, kind: Kind = "note") -> None:
        """A message in line 24: a note or an effect for some seconds, an error until a key."""
        self.footer.say(text, kind)

    def ask(self, question: Question) -> None:
        """Ask for one value in the place of line 24."""
        if not self._edit_line.is_mounted or not self._edit_line.children:
            # Without children it is there no more: the program ends.
            self._asked_early = question
            return
        self.footer.clear()
        self.footer.display = False
        self._edit_line.ask(question)
        self.keys_changed()

    def say_above(self, text: str) -> None:
        """A message, also while something is asked: then above the field."""
        if self.asking:
            self._edit_line.remark(text)
        else:
            self.say(text)

    def show_waiting(self, text: str | None) -> None:
        """Who is waited for, until that is over (None)."""
        if not self.asking:
            self.footer.wait(text)
        elif text:
            self._edit_line.remark(text)

    @property
    def asking(self) -> bool:
        """Whether a value is being asked for."""
        return self._edit_line.is_open

    def tables(self) -> tuple[Action, ...]:
        """The actions that keys stand for now."""
        if self.asking:
            return (*common.ASKING, *(action for action in self.ACTIONS if action.id == "help"))
        return self.ACTIONS

    def words_changed(self) -> None:
        """Say everything again: in another language, with other signs, with other keys.

        What a screen shows it reads again in `reload`; here all that is painted goes.
        """
        self.footer.clear()
        self.mark_title()
        for view in self.query(LineView):
            view.rows_changed()
        for widget in self.query("*"):
            widget.refresh()

    def keys_changed(self) -> None:
        """Look again which keys work, if it is on top (what lies below may have no widgets any more, or none yet)."""
        app = self.app
        if isinstance(app, FrameApp) and self.is_mounted and app.screen is self:
            self.footer.show_keys(app.keyboard.footer(app.keymap_of(self)))

    def on_mount(self) -> None:
        self.keys_changed()

    def on_screen_resume(self) -> None:
        # One that was only passed on the way elsewhere may have lost its widgets, and the next have none yet.
        if self.app.screen is self:
            self.keys_changed()

    def on_screen_suspend(self) -> None:
        # A message is about the screen it stands on; whoever comes back has read it.
        self.footer.clear()

    def on_edit_line_left(self) -> None:
        if not self.asking:
            self.footer.display = True
            self.keys_changed()

    def on_resize(self) -> None:
        size = self.app.size
        small = size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT
        self.set_class(small, "-too-small")


class FrameApp(App[Any]):
    """An app whose keys come from tables, whose colours are ours, and whose pastes never act as keys."""

    ENABLE_COMMAND_PALETTE = False
    CSS = sheets("frame")

    def __init__(self, *, look: Look = "ink") -> None:
        terminal.check_prepared()
        self.look: Look = look
        self.own_keys: dict[str, Keys] = {}
        """The person's own keys by action, as far as they can be used."""
        self._keymaps: dict[tuple[Action, ...], Keymap] = {}
        self.keyboard = Keyboard(self)
        self.waiting = Waiting(self)
        self._nothing_shown = True
        super().__init__(ansi_color=self._ansi)
        self._take_look()

    def take_first_picture(self) -> bool:
        """Whether the screen that asks is the first one: what it does not show at once can come after it."""
        first, self._nothing_shown = self._nothing_shown, False
        return first

    # Colours.

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return palette_for(self.look, self.console.color_system, self.no_color)

    @property
    def _ansi(self) -> bool | None:
        """Whether the terminal's own colours are sent as they are; Textual asks once, not with every theme."""
        return True if self.look == "terminal" else terminal.without_own_colours()

    def set_look(self, look: Look) -> None:
        """Change between the dark theme, the light one and the terminal's own colours."""
        self.look = look
        self.ansi_color = self._ansi
        self._take_look()
        for screen in self.screen_stack:
            for widget in screen.query("*"):
                widget.refresh()

    def _take_look(self) -> None:
        theme = textual_theme(self.palette)
        self.register_theme(theme)
        self.theme = theme.name

    # Keys.

    def keymap_of(self, screen: Screen[Any]) -> Keymap:
        """The keymap of a screen; own keys that clash with its tables are left out."""
        tables = getattr(screen, "tables", None)
        actions: tuple[Action, ...] = tables() if tables else ()
        if actions not in self._keymaps:
            own = self.own_keys
            if own:
                from screens.actions.own_keys import without_clashes

                own = without_clashes(own, actions)
            self._keymaps[actions] = Keymap.load(actions, remap=own)
        return self._keymaps[actions]

    def take_keys(self, own: Mapping[str, Keys]) -> None:
        """Let the person's own keys count from now on, on every screen."""
        self.own_keys = dict(own)
        self._keymaps.clear()
        for screen in self.screen_stack:
            if isinstance(screen, FrameScreen) and screen.is_mounted:
                screen.words_changed()
                screen.keys_changed()

    def keys_of(self, action: Action) -> Keys:
        """The keys that an action has now."""
        return rekeyed(action, self.own_keys).keys if self.own_keys else action.keys

    @property
    def keymap(self) -> Keymap:
        """The keymap of the screen on top."""
        return self.keymap_of(self.screen)

    @property
    def main_view(self) -> Widget | None:
        """The widget that answers keys while nothing has the focus."""
        return getattr(self.screen, "main_view", None)

    async def on_event(self, event: Event) -> None:
        """Keys and pastes come through here before any widget sees them."""
        if not event.is_forwarded and self.waiting.takes(event):
            return
        if isinstance(event, KeyEvent) and not event.is_forwarded and self.screen_stack:
            if not self.app_focus:
                self.app_focus = True
            if await self.keyboard.take(event):
                return
        if isinstance(event, Paste) and not event.is_forwarded and await self._paste_taken(event.text):
            return
        if isinstance(event, Resize):
            terminal.forget_screen()
        await super().on_event(event)

    async def typed_elsewhere(self, text: str) -> bool:
        """Chinese and other text typed where it is no key; whether the screen took it (it opens filter or finder)."""
        taker = getattr(self.screen, "typed_elsewhere", None)
        taken = taker(text) if taker else False
        return bool(await taken if isawaitable(taken) else taken)

    async def _paste_taken(self, text: str) -> bool:
        """Whether a paste is none for a text field: the screen took it, or there is no field."""
        if refused := why_not_pasted(text):
            getattr(self.screen, "say_above", self.say)(refused)
            return True
        taken = taker(text) if (taker := getattr(self.screen, "take_paste", None)) else False
        if await taken if isawaitable(taken) else taken:
            return True
        if self.keyboard.text_field is None:
            self.pasted(text)
            return True
        return False

    def pasted(self, text: str) -> None:
        """A paste outside a text field: it never acts as keys."""
        lines = len(text.splitlines())
        said = ngettext(
            "A paste of {count} line was not taken as keys. Open a text field first, then paste.",
            "A paste of {count} lines was not taken as keys. Open a text field first, then paste.",
            lines,
        )
        self.say(said.format(count=lines))

    def title_marks(self) -> Sequence[Part]:
        """What stands in line 1 of every screen."""
        return ()

    # Line 24 of the screen on top.

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen on top; what was just done on it is said on the one below."""
        done = self._footer.effect if self._footer else None
        left = super().pop_screen()
        if done:
            self.say(done, "effect")
        return left

    def push_screen(self, screen: Any, callback: Any = None, wait_for_dismiss: bool = False, **more: Any) -> Any:
        """Open a screen; what follows its answer waits for a colleague as a key does."""
        answered = callback and (lambda result: self.waiting.run(partial(callback, result)))
        return super().push_screen(screen, answered, wait_for_dismiss, **more)

    @property
    def _footer(self) -> Footer | None:
        screen = self.screen
        return screen.footer if isinstance(screen, FrameScreen) else None

    def say(self, text: str, kind: Kind = "note") -> None:
        """A message in line 24."""
        if footer := self._footer:
            footer.say(text, kind)

    def show_letters(self, letters: Sequence[Key] | None) -> None:
        """The letters of a prefix key in line 24, or None when it is over."""
        if footer := self._footer:
            footer.show_letters(letters)

    def footer_key_pressed(self) -> None:
        """A key was pressed: an error has been read."""
        if footer := self._footer:
            footer.key_pressed()

    def keys_changed(self) -> None:
        """Look again which keys work here."""
        if isinstance(self.screen, FrameScreen):
            self.screen.keys_changed()

    def repaint(self) -> None:
        """Paint the whole screen again."""
        for widget in self.screen.query("*"):
            widget.refresh()

    # Actions of the program.

    def action_redraw(self) -> None:
        """Send the whole screen again, when something else has written over it."""
        terminal.forget_screen()
        self.repaint()

    async def action_help(self) -> None:
        """The list of keys of this screen."""
        from screens.help import HelpScreen

        keymap = self.keymap.while_typing() if self.keyboard.text_field else self.keymap
        here = {action.id for action in keymap.actions if self.keyboard.answering(action) is not None}
        title = self.screen.TITLE
        await self.push_screen(HelpScreen(keymap, here, _(title) if title else ""))

    async def action_quit(self) -> None:
        """Leave on the second press."""
        if self.keyboard.last == "quit":
            self.exit()
        else:
            self.say(_("Press q again to leave."))
