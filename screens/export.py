"""Exports from a screen: where to, then what was written and how it reaches the laptop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Problem
from erptui.i18n import _, say
from screens.widgets.edit_line import Question

if TYPE_CHECKING:
    from screens.store_screen import StoreScreen


def ask_for_calendar(screen: StoreScreen, code: str) -> None:
    """Ask for a file and write the milestones and gates of an engagement into it, for the client's Outlook."""
    screen.ask(
        Question(
            _("Calendar file:"),
            lambda text: _write_calendar(screen, code, text),
            value=str(Path.cwd() / f"{code}.ics"),
        )
    )
