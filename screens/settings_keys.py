"""All actions of all screens with their keys: found by typing, given another key by pressing it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult

from db.errors import Problem
from db.labels import N_
from erptui import cells, pinyin
from erptui.entry import fold
from erptui.i18n import _, labelled, listed, say
from screens.actions import Action, Keys, common, grouped
from screens.actions.common import LATER, PREFIXES, USUAL
from screens.actions.names import written
from screens.actions.own_keys import Tables
from screens.actions.where import screens_with
from screens.board_detail import rule, wrapped
from screens.frame import FrameScreen
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line
from screens.widgets.bars import Key
from screens.widgets.detail import Detail, once_laid_out
from screens.widgets.edit_line import Question
from screens.widgets.line_view import LineView

if TYPE_CHECKING:
    from screens.app import ErpApp

KEYS = grouped(
    N_("Own keys"),
    Action("open", ("enter",), N_("New key"), N_("Press the key that the action gets instead of its keys."), rank=1),
    Action("add", ("a", "insert"), N_("One more"), N_("Press a key that the action gets besides."), rank=2),
    Action("trash", ("d", "delete"), N_("Usual keys"), N_("Back to the keys that the action comes with."), rank=3),
)
LEAST_SENTENCE = 20


@dataclass(frozen=True)
class Known:
    """An action as it comes, and what it is found by."""

    action: Action
    found_by: str

    def begins(self, typed: str) -> bool:
        """Whether its name or its id begins like this."""
        by_sound = pinyin.begins(_(self.action.label), typed)
        return by_sound or self.found_by.startswith(typed) or self.action.id.startswith(typed)

    def fits(self, word: str) -> bool:
        """Whether a word is part of it, or how a part of it sounds."""
        if word in self.found_by:
            return True
        pattern = pinyin.sound_pattern(word) if pinyin.has_han(self.found_by) else None
        return pattern is not None and pattern.search(pinyin.sounds(self.found_by)) is not None


def known_actions(tables: Tables) -> list[Known]:
    """Every action once: the shared ones by their groups, then those of single screens."""
    shared = (*common.COMMON, *common.ASKING, *common.CLOSE)
    actions: dict[str, Action] = {}
    for action in (*shared, *(action for _title, table in tables for action in table)):
        actions.setdefault(action.id, action)
    return [
        Known(action, fold(" ".join((_(action.label), _(action.help), action.id, *map(written, action.keys)))))
        for action in actions.values()
    ]


def key_line(action: Action, keys: Keys, names: tuple[int, int], own: bool, width: int) -> Line:
    """One line: its keys, its own marked by a sign, its word, its sentence."""
    of_keys, of_name = names
    shown = "  ".join(map(written, keys)) or SIGNS.dash
    room = max(0, width - of_keys - of_name - 4)
    return [
        (f"{SIGNS.doing if own else ' '} ", "bold accent"),
        (cells.pad(cells.cut(shown, of_keys), of_keys), "bold accent" if own else "accent"),
        (" ", "plain"),
        (cells.pad(cells.cut(_(action.label), of_name), of_name), "bold"),
        (" ", "plain"),
        (cells.cut(_(action.help), room) if room >= LEAST_SENTENCE else "", "dim"),
    ]


class KeysView(LineView):
    """One action a line."""

    def __init__(
        self, keys_of: Callable[[Action], Keys], is_own: Callable[[Action], bool], opens: Callable[[], None]
    ) -> None:
        super().__init__(id="keys-list")
        self._keys_of, self._is_own, self._opens = keys_of, is_own, opens
        self.known: Sequence[Known] = ()

    @property
    def row_count(self) -> int:
        return len(self.known)

    @property
    def current(self) -> Action | None:
        """The action under the cursor."""
        return self.known[self.cursor].action if self.known else None

    def row_key(self, row: int) -> Hashable:
        return self.known[row].action.id

    def line(self, row: int, width: int) -> Line:
        action = self.known[row].action
        keys = min(22, max(12, width // 4))
        return key_line(action, self._keys_of(action), (keys, min(20, width // 4)), self._is_own(action), width)

    def action_open(self) -> None:
        self._opens()

    def hint(self) -> Line:
        return [(_("No action has this in its name, its sentence or its keys. esc clears it."), "dim")]


class KeysScreen(FrameScreen):
    """All actions. Enter records another key for the one under the cursor."""

    CSS = """
    KeysScreen #keys-list { height: 1fr; }
    KeysScreen #detail { height: 6; }
    """
    ACTIONS = (
        *KEYS,
        *(replace(action, rank=4) for action in common.SHOW if action.id == "filter"),
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *(action for action in common.PROGRAM if action.id in ("redraw", "help")),
        *common.CLOSE,
    )

    def __init__(self, tables: Tables) -> None:
        super().__init__()
        self._known = known_actions(tables)
        self._firsts = {key.split(" ")[0] for one in self._known for key in one.action.keys if " " in key}
        self._narrowed = ""
        self._recording: tuple[Action, bool] | None = None
        """The action that the next key is for, and whether it comes besides."""
        self._first_pressed = ""

    def body(self) -> ComposeResult:
        yield KeysView(self.erp.keys_of, lambda action: action.id in self.erp.own_keys, self._record)
        yield Detail(id="detail")

    @property
    def erp(self) -> ErpApp:
        """The app, which knows the keys."""
        return cast("ErpApp", self.app)

    @property
    def view(self) -> KeysView:
        """The list."""
        return self.query_one(KeysView)

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        # Textual calls the handler of the frame as well.
        once_laid_out(self, self._show_detail)

    def on_line_view_cursor_moved(self) -> None:
        self.query_one(Detail).follow(self._show_detail)

    def _show(self) -> None:
        words = fold(self._narrowed).split()
        found = [one for one in self._known if all(one.fits(word) for word in words)]
        # What begins with what was typed is what was meant.
        found.sort(key=lambda one: not one.begins(words[0]) if words else False)
        current = self.view.current
        self.view.known = found
        self.view.rows_changed()
        if current:
            self.view.move_cursor(next((row for row, one in enumerate(found) if one.action is current), 0))
        count = (
            str(len(found)) if not words else _("{shown} of {total}").format(shown=len(found), total=len(self._known))
        )
        narrowed: Line = [(f"  {SIGNS.step}  {self._narrowed.strip()}", "bold")] if words else []
        self.set_title([(_("Own keys"), "bold accent"), (f"  {count}", "dim"), *narrowed])
        self._show_detail()
        self.keys_changed()

    def _show_detail(self) -> None:
        detail, action = self.query_one(Detail), self.view.current
        if not detail.size.width:
            return
        detail.show(self._detail_of(action, detail.size.width) if action else ())

    def _detail_of(self, action: Action, width: int) -> list[Line]:
        lines: list[Line] = [rule(width), [(f" {_(action.label)}", "bold"), (f"  {action.id}", "dim")]]
        lines.extend(wrapped(_(action.help), width, "plain", lines=2))
        usual = "  ".join(map(written, USUAL.get(action.id, action.keys)))
        if action.id in self.erp.own_keys:
            lines.append([(" " + labelled(_("Usual keys"), usual), "dim")])
        where = [] if action.id in LATER else screens_with(action)
        if action.id in LATER:
            lines.append([(" " + _("It comes with a later version."), "dim")])
        elif where:
            lines.append([(" " + labelled(_("Works on"), listed(where)), "dim")])
        return lines

    # Finding.

    def action_filter(self) -> None:
        """Show only the actions that fit what is typed."""
        self.ask(
            Question(
                _("Find:"),
                self._keep_filter,
                value=self._narrowed,
                changed=self._narrow,
                left=lambda: self._narrow(""),
                passing=True,
                verb=N_("Filter"),
            )
        )

    def typed_elsewhere(self, text: str) -> bool:
        """Chinese typed outside a field is looked for."""
        if self.asking or self._recording:
            return False
        self._narrow(text)
        self.action_filter()
        return True

    def _narrow(self, text: str) -> None:
        self._narrowed = text
        self._show()

    def _keep_filter(self, text: str) -> str | None:
        if text != self._narrowed:
            # Enter was quicker than the list.
            self._narrow(text)
        return None

    # Recording.

    def why_not_add(self) -> str | None:
        """No action to give a key to."""
        return None if self.view.current else _("There is no row here.")

    def action_add(self) -> None:
        """The next key comes besides those that the action has."""
        self._record(besides=True)

    def _record(self, *, besides: bool = False) -> None:
        action = self.view.current
        if action is None:
            return
        self._recording, self._first_pressed = (action, besides), ""
        self.footer.clear()
        self._show_recording()

    def _show_recording(self) -> None:
        if self._recording is None:
            self.footer.show_letters(None)
            return
        title = _("Press the new key of “{action}”").format(action=_(self._recording[0].label))
        pressed = f"{self._first_pressed} {SIGNS.ellipsis}" if self._first_pressed else ""
        self.footer.show_letters([Key(title, pressed, 0, True), Key("esc", _("Back"), 1000, True)])

    def take_key(self, key: str) -> bool:
        """A key while one is recorded: it is the new one and does nothing else."""
        if self._recording is None:
            return False
        action, besides = self._recording
        if key == "escape":
            self._recording = None
        elif not self._first_pressed and key in self._firsts | {*PREFIXES}:
            self._first_pressed = key
        else:
            key = f"{self._first_pressed} {key}".strip()
            self._recording = None
            self._give(action, (*self.erp.keys_of(action), key) if besides else (key,))
        self._show_recording()
        return True

    def _give(self, action: Action, keys: Keys | None) -> None:
        """Let an action have these keys, the usual ones for None, and say what it had before."""
        before = "  ".join(map(written, self.erp.keys_of(action))) or SIGNS.dash
        try:
            why_not = self.erp.choose_keys(action, keys)
        except Problem as problem:
            why_not = say(problem)
        if why_not:
            self.say(why_not, "error")
            return
        self._show()
        after = "  ".join(map(written, self.erp.keys_of(action))) or SIGNS.dash
        self.say(labelled(_(action.label), f"{before} {SIGNS.right} {after}"), "effect")

    def why_not_trash(self) -> str | None:
        """It has them already."""
        action = self.view.current
        own = action is not None and action.id in self.erp.settings.keys
        return None if own else _("It has the keys that it comes with.")

    def action_trash(self) -> None:
        """Back to the usual keys."""
        if action := self.view.current:
            self._give(action, None)

    def action_close(self) -> None:
        """First what was looked for goes, then the screen."""
        if self._narrowed:
            self._narrow("")
        else:
            self.dismiss()
