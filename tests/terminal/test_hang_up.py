"""The way out in earnest: a line that is lost in whatever way, and signals that tell to end, at any moment."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path

import pytest

from db.models import Person
from db.store import Store
from erptui import clock

PROGRAM = ("-c", "import sys; from erptui.cli import main; sys.exit(main())")
PATIENCE = 30.0
LONGEST = 3.0
"""Seconds in which the program must be gone, whatever happens."""


@pytest.fixture(scope="module")
def people(tmp_path_factory) -> Path:
    """A store with an engagement and one person."""
    path = tmp_path_factory.mktemp("people") / "store.db"
    engagement = ("new", "--store", str(path), "--name", "Huaxin", "--code", "HX26", "--start", "2026-03-02")
    touch = ("touch", "Zhao Min", "tel first call", "--store", str(path), "--new", "--as", "Anna")
    for verb in (("init", str(path)), engagement, touch):
        subprocess.run([sys.executable, *PROGRAM, *verb], check=True, capture_output=True, timeout=60)
    return path


class Line:
    """The program at the other end of a line that can be cut."""

    def __init__(self, store: Path, folder: Path, *, controlling: bool = True, ignored: bool = False):
        self.raw = b""
        self.folder = folder
        self.master, slave = pty.openpty()
        self.slave = slave
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(slave)

        def in_child() -> None:
            os.setsid()
            if controlling:
                fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL)

        home = {f"XDG_{what}_HOME": str(folder / what) for what in ("STATE", "CONFIG")}
        environ = {**os.environ, **home, "TERM": "xterm-256color", "LANG": "C.UTF-8", "ERPTUI_ME": "Anna"}
        self.program = subprocess.Popen(
            [sys.executable, *PROGRAM, "--store", str(store)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environ,
            preexec_fn=in_child,
        )

    def read(self, seconds: float) -> None:
        if select.select([self.master], [], [], seconds)[0]:
            self.raw += os.read(self.master, 65536)

    def shows(self, text: str) -> None:
        end = time.monotonic() + PATIENCE
        while text.encode() not in self.raw:
            assert time.monotonic() < end, f"{text} did not come: {self.raw[-500:]!r}"
            self.read(0.1)

    def types(self, keys: str, then: str) -> None:
        self.raw = b""
        os.write(self.master, keys.encode())
        self.shows(then)

    def in_form(self) -> Line:
        """In the form of the person, with something typed a moment ago."""
        self.shows("Help")
        self.types("4", "first call")
        self.types("e", "Former posts")
        self.types(" Huaxin", "Huaxin")
        return self

    def cut(self) -> None:
        os.close(self.master)
        os.close(self.slave)
        self.master = self.slave = -1

    def ended(self, *, reading: bool = True) -> float:
        """Wait until the program is gone; gives the seconds that took."""
        begun = time.monotonic()
        while self.program.poll() is None:
            assert time.monotonic() < begun + PATIENCE, "the program goes on"
            if reading and self.master >= 0:
                self.read(0.01)
            else:
                time.sleep(0.01)
        return time.monotonic() - begun

    @property
    def draft(self) -> bool:
        return any("Huaxin" in file.read_text("utf-8") for file in self.folder.rglob("drafts/*.json"))

    @property
    def is_restored(self) -> bool:
        """Whether the terminal is as it was: modes of the line, first screen, cursor, no reports."""
        self.read(0.2)
        after = self.raw[self.raw.rfind(b"\x1b[?1049l") :]
        return (
            termios.tcgetattr(self.slave) == self.before
            and b"\x1b[?1049l" in self.raw
            and b"\x1b[?1049h" not in after
            and b"\x1b[?25h" in after
            and self.raw.rfind(b"\x1b[?2004l") > self.raw.rfind(b"\x1b[?2004h")
        )

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        if self.master >= 0:
            self.cut()


@pytest.fixture
def line(people, tmp_path):
    """Start the program on a line: `line(controlling=False)`."""
    store = tmp_path / "store.db"
    store.write_bytes(people.read_bytes())
    started: list[Line] = []

    def start(**how) -> Line:
        started.append(Line(store, tmp_path, **how))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture
def colleague(tmp_path):
    """Begins to change the store many times a second, so that every open screen is painted again and again."""
    done = threading.Event()

    def write() -> None:
        with Store(tmp_path / "store.db", who="Bo", now=clock.now) as store:
            while not done.wait(0.05):
                with store.edit("Touch") as edit:
                    edit.change(Person, store.select(Person).get().id, None, post=f"post {time.monotonic()}")

    working = threading.Thread(target=write)
    yield working.start
    done.set()
    working.join()


LOST = {
    "hang-up": {},
    "hang-up-ignored": {"ignored": True},
    "no-controlling-terminal": {"controlling": False},
}


@pytest.mark.parametrize("how", LOST.values(), ids=LOST)
def test_a_lost_line_ends_the_program_and_keeps_the_draft(line, how):
    lost = line(**how).in_form()
    lost.cut()
    assert lost.ended() < LONGEST
    assert lost.program.returncode == 128 + signal.SIGHUP
    assert lost.draft


def test_it_ends_too_while_a_colleague_has_the_screen_painted_again_and_again(line, colleague):
    lost = line(controlling=False)
    lost.shows("Help")
    lost.types("4", "first call")
    colleague()
    lost.shows("post ")
    lost.cut()
    assert lost.ended() < LONGEST


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, pytest.param(signal.SIGINT, marks=pytest.mark.long)])
def test_told_to_end_it_gives_the_terminal_back_as_it_was(line, sent):
    told = line().in_form()
    told.program.send_signal(sent)
    assert told.ended() < LONGEST
    assert told.program.returncode == 128 + sent
    assert told.draft
    assert told.is_restored


def test_told_to_end_during_its_start_it_does_so_too(line):
    told = line()
    told.shows("\x1b[?1049h")
    told.program.send_signal(signal.SIGTERM)
    assert told.ended() < LONGEST
    assert told.is_restored


def test_told_to_end_while_the_terminal_takes_nothing_it_waits_for_nobody(line):
    told = line().in_form()
    end = time.monotonic() + 8
    while waits_for(told.program.pid) != "futex_do_wait" and time.monotonic() < end:
        # Each size is a whole picture; nobody reads them.
        columns = 100 + int(time.monotonic() * 20) % 2
        fcntl.ioctl(told.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        told.program.send_signal(signal.SIGWINCH)
        time.sleep(0.05)
    told.program.send_signal(signal.SIGTERM)
    assert told.ended(reading=False) < LONGEST
    assert told.draft
    assert termios.tcgetattr(told.slave) == told.before


def waits_for(process: int) -> str:
    """What the main thread of a process sleeps on."""
    return Path(f"/proc/{process}/wchan").read_text()
