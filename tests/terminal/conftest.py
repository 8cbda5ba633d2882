"""A pseudo-terminal with a screen of its own, for tests that drive the real program."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

import pyte
import pytest

# What pyte does not know and would print: private queries, keyboard protocols, strings to the terminal.
FOREIGN = re.compile(r"\x1b\[[<>=?][0-9;:]*[\x20-\x2f]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<>=?\x20-\x2f]*|\][^\x07\x1b]*)?\Z")


class Terminal:
    """A program in a pseudo-terminal: bytes in, a screen and the raw bytes out."""

    def __init__(self, argv: list[str], size: tuple[int, int] = (80, 24), **environ: str):
        self.raw = b""
        self.screen = pyte.Screen(*size)
        self.stream = pyte.Stream(self.screen)
        charset = environ.get("LANG", "").partition(".")[2] or "utf-8"
        self._decoder = codecs.getincrementaldecoder(charset)(errors="replace")
        self._left = ""
        names = ("NO_COLOR", "COLORTERM", "TEXTUAL_COLOR_SYSTEM", "LC_ALL")
        env = {name: value for name, value in os.environ.items() if name not in names}
        env |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", **environ}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], argv, env)
        self._tell_size(*size)

    def _tell_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size, empty as terminals leave it; the program is told by a signal."""
        self.screen.resize(lines, columns)
        self.screen.erase_in_display(2)
        self._tell_size(columns, lines)

    def read(self, seconds: float) -> bool:
        """Take up what comes within that time; whether something came."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            got = os.read(self.fd, 65536)
        except OSError:
            got = b""
        if not got:
            return False
        self.raw += got
        text = self._left + self._decoder.decode(got)
        cut = UNFINISHED.search(text)
        self._left = text[cut.start() :] if cut else ""
        self.stream.feed(FOREIGN.sub("", text[: cut.start()] if cut else text))
        return True

    @property
    def lines(self) -> list[str]:
        # Not `display`: pyte gives up where a wide sign lost its second cell.
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return ["".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in rows]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def shows(self, text: str, seconds: float = 15.0) -> None:
        """Wait until a text stands on the screen; fails with the screen when it does not."""
        end = time.monotonic() + seconds
        while text not in self.text:
            if time.monotonic() > end:
                pytest.fail(f"{text!r} is not on the screen:\n{self.text}")
            self.read(0.1)

    def quiet(self, seconds: float = 0.3) -> None:
        """Read until nothing has come for that time."""
        while self.read(seconds):
            pass

    def send(self, typed: str | bytes) -> int:
        """Type something; the number of bytes it was answered with."""
        self.quiet(0.1)
        before = len(self.raw)
        os.write(self.fd, typed.encode() if isinstance(typed, str) else typed)
        self.quiet()
        return len(self.raw) - before

    def type(self, typed: str | bytes) -> None:
        """Type something without waiting; what the program says meanwhile is taken up, so that neither waits."""
        left = typed.encode() if isinstance(typed, str) else typed
        while left:
            if select.select([], [self.fd], [], 0.05)[1]:
                left = left[os.write(self.fd, left[:1024]) :]
            self.read(0)

    def close(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self.fd)
            self.pid = 0


@pytest.fixture
def terminal():
    """Start a Python program: `terminal("file.py", "argument", size=(80, 24), TERM="xterm")`."""
    started: list[Terminal] = []

    def start(*arguments: str, size: tuple[int, int] = (80, 24), **environ: str) -> Terminal:
        started.append(Terminal([sys.executable, *arguments], size, **environ))
        return started[-1]

    yield start
    for one in started:
        one.close()
