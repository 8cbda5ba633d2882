"""The way out when the line is lost or the program is told to end: drafts first, then out, whatever the terminal does.

Textual has none: a hang-up kills it before any screen is told, and where the signal is held back (nohup, no terminal of
its own) it goes on for ever, asking a line that is gone. So a thread sleeps on the line and on the signals. A line that
is gone gets nothing written any more, for that blocks; neither does one that has stood still for longer than
`STILL`: the event loop may be waiting for it, and could not leave.
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
from textual.drivers.linux_driver import LinuxDriver

LONGEST = 2.5
"""Seconds after which the program ends in any case."""
STILL = 0.5
"""Seconds that the event loop gets to begin leaving, before what it may wait for is taken away."""
SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
HUNG_UP = 128 + signal.SIGHUP
_LINE = 0
# Back from the other screen, with a cursor, and nothing reported that nobody reads: mouse, paste, focus, keys.
_AS_BEFORE = b"\x1b[<u\x1b[?1000;1002;1003;1006;1004;2004l\x1b[?7h\x1b[?25h\x1b[?1049l\x1b[0m"


def put_up() -> None:
    """Let every app watch its line as soon as it has a terminal, also during its start."""
    start = getattr(LinuxDriver, "_start_unwatched", LinuxDriver.start_application_mode)

    def start_application_mode(self: LinuxDriver) -> None:
        watch(self._app)
        start(self)

    LinuxDriver._start_unwatched = start  # type: ignore[attr-defined]
    LinuxDriver.start_application_mode = start_application_mode  # type: ignore[method-assign]


def watch(app: App[Any]) -> None:
    """From now on a lost line and the signals to end leave the program in order. Call it in the app's event loop."""
    if getattr(app, "_is_watched", False):
        # A second terminal mode, as after an editor.
        return
    app._is_watched = True  # type: ignore[attr-defined]
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    # Written in the signal itself: a handler of Python's would wait for whatever the main thread waits for.
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    for number in SIGNALS:
        signal.signal(number, _nothing)
    loop = asyncio.get_running_loop()
    threading.Thread(target=_watch_line, args=(app, loop, told), name="erptui-line", daemon=True).start()


def _watch_line(app: App[Any], loop: asyncio.AbstractEventLoop, told: int) -> None:
    """Sleep until the line is gone or a signal tells to end, then see that the program does."""
    code, gone = _why_to_leave(told)
    leaving = threading.Event()
    if gone:
        _write_no_more(app)
    with suppress(RuntimeError):
        # The loop may have ended meanwhile.
        loop.call_soon_threadsafe(_leave, app, code, leaving)
    if not gone and _stands_aside(app):
        leaving.wait()
    if not leaving.wait(STILL):
        _write_no_more(app)
    # This thread ends with the program, unless that goes on.
    threading.Event().wait(LONGEST - STILL)
    _restore(app)
    os._exit(code)


def _why_to_leave(told: int) -> tuple[int, bool]:
    """The exit code for what happened, and whether the line is gone."""
    poll = select.poll()
    # Nothing that is typed wakes it, only that nothing ever comes again.
    poll.register(_LINE, 0)
    poll.register(told, select.POLLIN)
    while True:
        happened = dict(poll.poll())
        if _LINE in happened:
            return HUNG_UP, True
        for number in os.read(told, 64):
            if number in SIGNALS:
                return 128 + number, False


def _leave(app: App[Any], code: int, leaving: threading.Event) -> None:
    leaving.set()
    for screen in app.screen_stack:
        keep = getattr(screen, "keep_draft", None)
        if keep is not None:
            # One that fails takes neither the others nor the way out.
            with suppress(Exception):
                keep()
    if not app._exit:
        app.exit(return_code=code)


def _stands_aside(app: App[Any]) -> bool:
    """Whether the terminal is another program's, such as an editor's: that one is left first."""
    listening = getattr(app._driver, "_key_thread", None)
    return listening is not None and not listening.is_alive()


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


def _restore(app: App[Any]) -> None:
    """Give the terminal back without waiting for it."""
    import termios

    before = getattr(app._driver, "attrs_before", None)
    with suppress(OSError, ValueError, termios.error):
        if before is not None:
            termios.tcsetattr(_LINE, termios.TCSANOW, before)
        if select.select([], [1], [], 0)[1]:
            os.write(1, _AS_BEFORE)


def _nothing(*_: object) -> None:
    """In the place of whatever would write, and of a signal's own way to end."""
