"""The help screen: every key of the screen below, first at a glance, then by heading with its sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from textual.app import ComposeResult

from db.labels import N_
from erptui.i18n import _
from screens.actions import Keymap
from screens.actions.common import CLOSE, MOVE, SHOW
from screens.frame import FrameScreen
from screens.glyphs import UNICODE as SIGNS
from screens.help_lines import Known, glance, sentences
from screens.text import Line
from screens.widgets.edit_line import Question
from screens.widgets.line_view import LineView


class HelpLines(LineView):
    """The help as a text to scroll through; only what fits what is typed."""

    HAS_CURSOR = False

    def __init__(self, keymap: Keymap, here: Collection[str] | None) -> None:
        super().__init__()
        self._keymap = keymap
        self._here = here
        self._typed = ""
        self._lines: list[Line] = []
        self._width = 0

    @property
    def typed(self) -> str:
        """What is looked for."""
        return self._typed

    def narrow(self, typed: str) -> None:
        """Show only what fits."""
        self._typed, self._width = typed.strip(), 0
        self.scroll_to(y=0, animate=False, force=True)
        self.rows_changed()

    def _laid_out(self) -> list[Line]:
        width = self.size.width - self.GUTTER
        if width != self._width:
            self._width = width
            known = Known(self._keymap, self._here, self._typed)
            told = [*glance(known, width), ()] if not self._typed else []
            self._lines = [*told, *sentences(known, width)]
        return self._lines

    @property
    def row_count(self) -> int:
        return len(self._laid_out())

    def line(self, row: int, width: int) -> Line:
        return self._laid_out()[row]

    def hint(self) -> Line:
        return [(_("No key has this in its name or sentence."), "dim")]


class HelpScreen(FrameScreen):
    """`?`: the keys of the screen below, which is called `name`; those of other screens are dim."""

    ACTIONS = (
        *(
            replace(action, rank=1, label=N_("More")) if action.id == "page-down" else action
            for action in MOVE
            if action.id not in ("left", "right", "select")
        ),
        *(action for action in SHOW if action.id == "filter"),
        *CLOSE,
    )

    def __init__(self, keymap: Keymap, here: Collection[str] | None = None, name: str = "") -> None:
        super().__init__()
        self._name = name
        self._view = HelpLines(keymap, here)

    def body(self) -> ComposeResult:
        yield self._view

    def on_mount(self) -> None:
        self._show_title()

    def _show_title(self) -> None:
        parts = [_("Keys"), *([self._name] if self._name else []), *([self._view.typed] if self._view.typed else [])]
        self.set_title([(f" {SIGNS.step} ".join(parts), "bold accent")])

    # Finding.

    def action_filter(self) -> None:
        """Show only the keys that have what is typed in their name or sentence."""
        self._ask(self._view.typed)

    def typed_elsewhere(self, text: str) -> bool:
        """Chinese typed outside a field is looked for."""
        if self.asking:
            return False
        self._ask(text)
        self._narrow(text)
        return True

    def _ask(self, text: str) -> None:
        self.ask(
            Question(
                _("Filter:"),
                self._keep,
                value=text,
                changed=self._narrow,
                left=lambda: self._narrow(""),
                passing=True,
                verb=N_("Filter"),
            )
        )

    def _narrow(self, text: str) -> None:
        self._view.narrow(text)
        self._show_title()

    def _keep(self, text: str) -> str | None:
        if text.strip() != self._view.typed:
            # Enter was quicker than the list.
            self._narrow(text)
        return None

    def action_close(self) -> None:
        """First what was looked for goes, then the help."""
        if self._view.typed:
            self._narrow("")
        else:
            self.dismiss()
