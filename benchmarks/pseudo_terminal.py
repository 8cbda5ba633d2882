"""A program in a pseudo-terminal, timed from the terminal's side: when its screen stood, when and how much it answered.

Output is stamped as it is read and drawn on a screen model only while the program is silent, so that drawing costs no
timing. The terminal is an xterm of 256 colours; of its answers only those are given that a program may wait for.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyte

# What pyte would draw as text: private sequences (keyboard and colour modes), strings to the terminal.
_PRIVATE = re.compile(r"\x1b\[[<=>?][0-?]*[ -/]*[@-~]|\x1b[P\]X^_].*?(?:\x07|\x1b\\)", re.DOTALL)
_CUT_OFF = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[P\]X^_][^\x07\x1b]*\x1b?)?\Z")
_QUESTION = re.compile(rb"\x1b\[(?:(?P<where>6)n|(?P<what>0?)c|\?(?P<mode>\d+)\$p)")
SIZE = 80, 24


@dataclass(frozen=True)
class Answer:
    """What a key brought: seconds to the first and the last byte of it, and how many bytes."""

    first: float
    last: float
    size: int


class NeverShown(Exception):
    """The screen that was waited for did not come."""


class PseudoTerminal:
    """A running program, started in `folder` with exactly these environment variables, and its screen."""

    def __init__(self, command: Sequence[str], *, folder: Path, environ: Mapping[str, str]) -> None:
        columns, rows = SIZE
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._undrawn = ""
        self._chunks: list[tuple[float, bytes]] = []
        self._drawn = 0
        self._question = b""
        self.ended = False
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environ, cwd=folder, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Reading.

    def _read(self, seconds: float) -> bool:
        """Take what comes within so many seconds; False when nothing did."""
        if self.ended or not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return False
        try:
            chunk = os.read(self._master, 1 << 16)
        except OSError:
            chunk = b""
        if not chunk:
            self.ended = True
            return False
        self._chunks.append((time.perf_counter(), chunk))
        self._reply(chunk)
        return True

    def _reply(self, chunk: bytes) -> None:
        asked = self._question + chunk
        end = 0
        for question in _QUESTION.finditer(asked):
            end = question.end()
            if question["where"]:
                self.draw()
                cursor = self._screen.cursor
                os.write(self._master, b"\x1b[%d;%dR" % (cursor.y + 1, min(cursor.x, self._screen.columns - 1) + 1))
            elif question["mode"]:
                os.write(self._master, b"\x1b[?%b;0$y" % question["mode"])
            else:
                os.write(self._master, b"\x1b[?64;1;2;6;22c")
        rest = asked[end:]
        at = rest.rfind(b"\x1b")
        self._question = rest[at:] if at >= 0 and len(rest) - at < 16 else b""

    def draw(self) -> None:
        """Bring the screen up to date."""
        for _at, chunk in self._chunks[self._drawn :]:
            self._draw(chunk)
        self._drawn = len(self._chunks)

    def _draw(self, chunk: bytes) -> None:
        text = self._undrawn + self._decoder.decode(chunk)
        cut = _CUT_OFF.search(text)
        self._undrawn = text[cut.start() :] if cut else ""
        self._stream.feed(_PRIVATE.sub("", text[: cut.start()] if cut else text))

    @property
    def text(self) -> str:
        """What stands on the screen."""
        self.draw()
        return "\n".join(self._screen.display)

    @property
    def size(self) -> int:
        """Bytes that have come so far."""
        return sum(len(chunk) for _at, chunk in self._chunks)

    # Measuring.

    def shows(self, *texts: str, within: float = 60.0) -> float:
        """Seconds from the start of the program to the chunk that made all of `texts` stand on the screen at once.

        Raises `NeverShown` with what stands there instead.
        """
        end = time.perf_counter() + within
        while time.perf_counter() < end:
            if self._read(0.02):
                continue
            for at, chunk in self._chunks[self._drawn :]:
                self._draw(chunk)
                self._drawn += 1
                shown = "\n".join(self._screen.display)
                if all(text in shown for text in texts):
                    return at - self.began
            if self.ended:
                break
        raise NeverShown(f"{texts} within {within:g} s:\n{self.text}")

    def settle(self, silence: float = 0.06, within: float = 30.0) -> float:
        """Read until the program is silent for so many seconds; seconds from its start to its last byte."""
        end = time.perf_counter() + within
        while self._read(silence) and time.perf_counter() < end:
            pass
        self.draw()
        return self._chunks[-1][0] - self.began if self._chunks else 0.0

    def type(self, keys: bytes) -> None:
        """Type without waiting for anything."""
        os.write(self._master, keys)

    def press(self, key: str, *, silence: float = 0.06, patience: float = 1.0) -> Answer | None:
        """Press a key and read its answer to the first silence; None when nothing comes."""
        while self._read(0):
            pass
        seen = len(self._chunks)
        sent = time.perf_counter()
        os.write(self._master, key.encode())
        if not self._read(patience):
            return None
        self.settle(silence)
        answer = self._chunks[seen:]
        return Answer(answer[0][0] - sent, answer[-1][0] - sent, sum(len(chunk) for _at, chunk in answer))

    def rest(self, seconds: float) -> tuple[int, float]:
        """Press nothing for so many seconds: bytes that came, and seconds of processor time that were used."""
        before, used = self.size, self.processor_time
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        return self.size - before, self.processor_time - used

    @property
    def processor_time(self) -> float:
        """Seconds of processor time of the program so far, of the threads that are alive (Linux)."""
        threads = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    @property
    def peak_memory(self) -> int:
        """Bytes of memory that the program took at most so far (Linux)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM"))

    def close(self) -> None:
        """End the program as a closed window does."""
        for ending in (signal.SIGHUP, signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                break
            self._process.send_signal(ending)
            end = time.perf_counter() + 1.0
            while self._process.poll() is None and time.perf_counter() < end:
                self._read(0.02)
                if self.ended:
                    time.sleep(0.01)
        self._process.wait()
        os.close(self._master)
