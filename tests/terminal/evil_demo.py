"""An app that shows hostile text everywhere, past every cleaning on the way in."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "screens"))

from frame_demo import DemoApp, PackagesScreen
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from screens.text import plain
from screens.widgets.edit_line import Question

COMMANDS = "\x1b]52;c;ZXZpbA==\x07 \x1b[2J \x9b31m \x1b]0;evil\x07 \x1bP+q\x1b\\ \x90q\x9c \x08\x08\r\n\t\x0e\x7f\x00"
EVIL = f"A{COMMANDS}\u202eB\u2066C\u2069\u200f\u061c 物料 \u200d\ufe0f\u2028 E"


class EvilScreen(PackagesScreen):
    """The demo's screen with more widgets, all of them full of it."""

    def body(self) -> ComposeResult:
        yield self.packages
        yield Static(plain(EVIL))
        yield Static(Content(EVIL))
        yield Static(EVIL.replace("[", "\\["))
        yield Input(EVIL, compact=True)
        yield TextArea(EVIL)

    def on_mount(self) -> None:
        self.set_title([(EVIL, "bold")])
        self.say(f"message {EVIL}", "error")

    def action_change(self) -> None:
        self.ask(Question(EVIL, lambda text: None, value=EVIL, placeholder=EVIL))


class EvilApp(DemoApp):
    def get_default_screen(self) -> EvilScreen:
        return EvilScreen([EVIL, f"[/x]{EVIL}", "last row"])


if __name__ == "__main__":
    EvilApp().run(mouse=False)
