"""Exports from a screen: where to, then what was written and how it reaches one's own machine."""

from __future__ import annotations

import getpass
import os
import shlex
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Problem
from erptui.files import FileExists, check_target
from erptui.i18n import _, ngettext, say
from screens.widgets.edit_line import Question

if TYPE_CHECKING:
    from db.store import Store
    from screens.store_screen import StoreScreen

Write = Callable[["Store", Path, bool], str]
"""Writes the file from a store of the worker's own, over one that is there where that was asked for, and says what."""


def ask_for_calendar(screen: StoreScreen, code: str) -> None:
    """Ask for a file and write the milestones and gates of an engagement into it, for the client's Outlook."""

    def write(store: Store, path: Path, replace: bool) -> str:
        from erptui.export_calendar import export_calendar_file

        exported = export_calendar_file(store, code, "client", path, replace=replace)
        count = ngettext("{count} event", "{count} events", exported.events).format(count=exported.events)
        return _("{count} written to {path}.").format(count=count, path=path)

    ask_for_file(screen, _("Calendar file:"), f"{code.replace('/', '-')}.ics", write)


def ask_for_file(screen: StoreScreen, label: str, name: str, write: Write) -> None:
    """Ask for a file, `name` in the current folder where nothing else is typed, and write it in a worker."""
    seen: set[str] = set()
    screen.ask(
        Question(label, lambda text: _checked(screen, text, seen, write), value=str(Path.cwd() / name), passing=True)
    )


def _checked(screen: StoreScreen, text: str, seen: set[str], write: Write) -> str | None:
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
        partial(_in_worker, screen, path, text in seen, write),
        name="export",
        group="export",
        thread=True,
        exit_on_error=False,
    )
    return None


def _in_worker(screen: StoreScreen, path: Path, replace: bool, write: Write) -> None:
    """Write the file through a store of the worker's own, and say what was written."""
    from erptui.stores import open_store

    own = screen.store
    try:
        with open_store(own.path, who=own.who, read_only=own.read_only) as store:
            text = write(store, path, replace)
    except Problem as problem:
        screen.app.call_from_thread(screen.say, say(problem), "error")
        return
    fetch = fetch_command(path, os.environ)
    if fetch:
        text = _("{written} From your own machine: {command}").format(written=text, command=fetch)
    screen.app.call_from_thread(screen.say, text, "effect")


def fetch_command(path: Path, environment: Mapping[str, str]) -> str:
    """The command that brings a file to the machine one has come from by ssh; empty where one has not."""
    connection = environment.get("SSH_CONNECTION", "").split()
    if len(connection) != 4:
        return ""
    _here, _from_port, server, port = connection
    host = f"[{server}]" if ":" in server else server
    option = "" if port == "22" else f"-P {port} "
    return f"scp {option}{shlex.quote(f'{getpass.getuser()}@{host}:{path.absolute()}')} ."
