"""Exports from a screen: where to, then what was written."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Problem
from erptui.files import FileExists, check_target
from erptui.i18n import _, ngettext, say
from screens.widgets.edit_line import Question

if TYPE_CHECKING:
    from screens.store_screen import StoreScreen


def ask_for_calendar(screen: StoreScreen, code: str) -> None:
    """Ask for a file and write the milestones and gates of an engagement into it, for the client's Outlook."""
    seen: set[str] = set()
    screen.ask(
        Question(
            _("Calendar file:"),
            lambda text: _write_calendar(screen, code, text, seen),
            value=str(Path.cwd() / f"{code.replace('/', '-')}.ics"),
        )
    )


def _write_calendar(screen: StoreScreen, code: str, text: str, seen: set[str]) -> str | None:
    if not text.strip():
        return _("Type the name of a file.")
    path = Path(os.path.expanduser(text.strip()))
    try:
        # While what was typed still stands in the line and can be mended.
        check_target(path, replace=text in seen)
    except FileExists:
        seen.add(text)
        return _("{path} is already there. Type another name, or ⏎ again to replace it.").format(path=path)
    except Problem as problem:
        return say(problem)
    screen.run_worker(
        partial(_calendar_in_worker, screen, code, path, text in seen),
        name="export",
        group="export",
        thread=True,
        exit_on_error=False,
    )
    return None


def _calendar_in_worker(screen: StoreScreen, code: str, path: Path, replace: bool) -> None:
    """Write the file through a store of the worker's own, and say what was written."""
    from erptui.export_calendar import export_calendar_file
    from erptui.stores import open_store

    own = screen.store
    try:
        with open_store(own.path, who=own.who, read_only=own.read_only) as store:
            exported = export_calendar_file(store, code, "client", path, replace=replace)
    except Problem as problem:
        screen.app.call_from_thread(screen.say, say(problem), "error")
        return
    count = ngettext("{count} event", "{count} events", exported.events).format(count=exported.events)
    text = _("{count} written to {path}.").format(count=count, path=path)
    screen.app.call_from_thread(screen.say, text, "effect")
