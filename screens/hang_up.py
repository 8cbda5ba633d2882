"""The way out when the line is lost or the program is told to end: drafts first, then out, whatever the terminal does.

Textual has none: a hang-up kills it before any screen is told, and where the signal is held back (nohup, no terminal of
its own) it goes on for ever, asking a line that is gone. So signals are taken in the event loop and the line itself is
watched; a line that is gone gets nothing written any more, for that blocks.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import threading
from contextlib import suppress
from queue import Empty
from typing import Any

from textual.app import App

LONGEST = 3.0
"""Seconds after which the program ends in any case."""
HUNG_UP, TOLD_TO_END = 128 + signal.SIGHUP, 128 + signal.SIGTERM


def watch(app: App[Any]) -> None:
    """From now on a lost line and the signals to end leave the program in order. Call it in the app's event loop."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, _leave, app, HUNG_UP)
    loop.add_signal_handler(signal.SIGTERM, _leave, app, TOLD_TO_END)
    threading.Thread(target=_watch_line, args=(app, loop), name="erptui-line", daemon=True).start()


def _watch_line(app: App[Any], loop: asyncio.AbstractEventLoop) -> None:
    """Sleep until the line is gone."""
    poll = select.poll()
    # Nothing that is typed wakes it, only that nothing ever comes again.
    poll.register(0, 0)
    poll.poll()
    with suppress(RuntimeError):
        # The loop may have ended meanwhile.
        loop.call_soon_threadsafe(_leave, app, HUNG_UP)


def _leave(app: App[Any], code: int) -> None:
    for screen in app.screen_stack:
        keep = getattr(screen, "keep_draft", None)
        if keep is not None:
            keep()
    if code == HUNG_UP:
        _write_no_more(app)
    if not app._exit:
        end = threading.Timer(LONGEST, os._exit, (code,))
        end.daemon = True
        end.start()
        app.exit(return_code=code)


def _write_no_more(app: App[Any]) -> None:
    """Let nothing wait for a line that takes nothing."""
    driver: Any = app._driver
    if driver is None:
        return
    writer = getattr(driver, "_writer_thread", None)
    # A stopped program that is woken by the hang-up would start its screen again.
    for owner, names in ((driver, ("write", "flush", "start_application_mode")), (writer, ("write", "stop"))):
        for name in names:
            if owner is not None:
                setattr(owner, name, _nothing)
    if writer is not None:
        with suppress(Empty):
            while True:
                writer._queue.get_nowait()


def _nothing(*_: object) -> None:
    """In the place of whatever would write."""
