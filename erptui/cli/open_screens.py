"""Opens the screens: the one door from the command line to Textual."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db.labels import N_
from erptui.cli.session import WrongUsage

if TYPE_CHECKING:
    from erptui.cli.session import Session


def open_screens(session: Session, path: Path | None = None, *, throw_away: bool = False) -> int:
    """Open the screens on a store (the one of the session when `path` is None) and give the exit code."""
    need_terminal()
    # What a start makes stays: to look for garbage in it costs a tenth of the start. The screens turn it on again.
    gc.disable()
    if path is None:
        session.make_store_if_usual()
        path = session.store_path
    path = Path(os.path.realpath(path))
    from db.opening import check_header

    check_header(path)
    from screens.app import run

    return run(
        path,
        who=session.who,
        ascii=session.ascii,
        mouse=session.mouse,
        read_only=session.read_only,
        settings=session.settings,
        ask_me=session.me is None and not throw_away and not session.read_only,
        keeps_place=not throw_away,
    )


def need_terminal() -> None:
    """Raises `WrongUsage` where there is no terminal to draw on."""
    if not (sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUsage(N_("The screens need a terminal. For scripts there are verbs: erptui --help"))
