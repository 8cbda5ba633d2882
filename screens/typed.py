"""What comes from the terminal, before Textual's parser sees it: whole keys, pastes that command nothing, no halves.

Textual types the rest of a sequence that it does not know, obeys sequences within a paste, ends at a byte that is no
UTF-8 (issue #6456), waits 100 to 200 ms for an Escape, and asks a line that is gone for ever (#6690). None of that may
act on somebody's plan.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste
from textual.message import Message

from erptui.i18n import _

ESC = "\x1b"
PASTE_BEGIN, PASTE_END = f"{ESC}[200~", f"{ESC}[201~"
ESCAPE_WAIT = constants.ESCAPE_DELAY if "ESCDELAY" in os.environ else 0.015
"""Seconds after which an Escape that came alone is the key: what ESCDELAY says (ms), as in all terminal programs.

Over ssh the bytes of a key come in one piece.
"""
BURST_WAIT = 0.1
"""The same behind other keys, where the rest may be in the next piece."""
HALF_WAIT = 0.5
"""Seconds for the rest of a sequence, then it is dropped: a lost half is no key."""
LOOK_WAIT = 0.1
"""Seconds between two looks at whether the program ends."""
STUCK = 1.0
"""Seconds without anything after which Escape leaves a paste whose end was lost."""
MOST_PASTED = 100_000
"""Characters of a paste: five times the longest field."""
_LONGEST = 64
_MOST_AT_ONCE = 1 << 16

# The mouse as xterm sends it first of all, the F keys of the Linux console, CSI, SS3, and strings to the program.
_WHOLE = re.compile(
    r"\x1b(?:\[M.{3}|\[\[.|\[(?![\[M])[0-?]*[ -/]*[@-~]|O.|[\]P_^X][^\x1b\x07]*(?:\x07|\x1b\\))", re.DOTALL
)
_BEGUN = re.compile(r"\x1b(?:\[(?:M.{0,2}|\[|(?![\[M])[0-?]*[ -/]*)?|O|[\]P_^X](?:[^\x1b\x07]*\x1b?)?)?\Z", re.DOTALL)
_LEAVES_PASTE = (ESC, f"{ESC}[27u", "\x03", f"{ESC}[99;5u")
_NOT_PASTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@lru_cache(maxsize=1024)
def is_known(sequence: str) -> bool:
    """Whether Textual takes it whole; it would type the characters of any other."""
    if len(sequence) > _LONGEST:
        return False
    parser = XTermParser()
    try:
        for _event in parser.feed(sequence):
            pass
    except (ValueError, OverflowError):
        # Such as a key with a number that is no character.
        return False
    return parser._awaiting.timeout is None


def why_not_pasted(text: str) -> str | None:
    """Why a paste is taken nowhere: in a field of a megabyte each key would take seconds."""
    if len(text) <= MOST_PASTED:
        return None
    said = _("{count} characters were pasted, {most} are possible: nothing was taken. Import them as a file.")
    return said.format(count=len(text), most=MOST_PASTED)


def pasted(text: str) -> str:
    """The text of a paste without what a terminal would obey: colours copied with it go, not only their first sign."""
    return _NOT_PASTED.sub("", _WHOLE.sub("", text))


class Typed:
    """What has come so far and is not whole yet."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held = ""
        self._wait = 0.0
        self._paste: list[str] | None = None
        self._paste_ended = False
        self._came = self._escaped = -STUCK

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `silence` is to be called; None when nothing is held back."""
        if self._paste is not None:
            return ESCAPE_WAIT if self._paste_ended else None
        return self._wait if self._held else None

    def take(self, text: str) -> Iterator[str | Paste]:
        """What may be acted on of all that has come with `text`."""
        before, self._came = self._came, self._clock()
        if self._paste is not None:
            if text in _LEAVES_PASTE and self._came - before > STUCK:
                yield self._end_paste("".join(self._paste))
            else:
                self._add_to_paste(text)
            return
        if not self._held and self._came - self._escaped < HALF_WAIT and len(text) > 1 and is_known(ESC + text):
            # A key that was torn behind its Escape: that is done, but the rest was not typed either.
            text = ESC + text
        yield from self._split(self._held + text)

    def silence(self) -> Iterator[str | Paste]:
        """Nothing more came: what was held back is now decided."""
        if self._paste is not None:
            whole = "".join(self._paste)
            # The last end counts: one within the pasted text is there to have the rest obeyed as keys.
            text, _end, rest = whole.rpartition(PASTE_END)
            yield self._end_paste(text)
            yield from self._split(rest)
            return
        held, self._held = self._held, ""
        if held == ESC:
            self._escaped = self._clock()
        # Two signs may be alt with a key, but for the beginning of most sequences.
        if held == ESC or (len(held) == 2 and held != f"{ESC}[") or is_known(held):
            yield held

    def _split(self, text: str) -> Iterator[str | Paste]:
        self._held, alone = "", len(text) == 1
        while text:
            plain, _esc, rest = text.partition(ESC)
            if plain:
                yield plain
            text = text[len(plain) :]
            if not text:
                return
            if whole := _WHOLE.match(text):
                sequence, text = whole.group(), text[whole.end() :]
                if sequence == PASTE_BEGIN:
                    self._paste, self._paste_ended = [], False
                    self._add_to_paste(text)
                    return
                if sequence != PASTE_END and is_known(sequence):
                    yield sequence
            elif _BEGUN.match(text):
                self._held = text
                self._wait = HALF_WAIT if len(text) > 2 or text == f"{ESC}[" else BURST_WAIT
                if alone and text == ESC:
                    self._wait = ESCAPE_WAIT
                return
            else:
                # Escape before another one, or alt with a key.
                size = 1 if rest.startswith(ESC) else 2
                yield text[:size]
                text = text[size:]

    def _add_to_paste(self, text: str) -> None:
        assert self._paste is not None
        last = self._paste[-1][-len(PASTE_END) :] if self._paste else ""
        self._paste.append(text)
        self._paste_ended = self._paste_ended or PASTE_END in last + text

    def _end_paste(self, text: str) -> Paste:
        self._paste = None
        return Paste(pasted(text))


def listen(driver: Any, encoding: str) -> None:
    """Read the terminal until the program ends or the line is gone; in a thread of its own."""
    decode = codecs.getincrementaldecoder(encoding)(errors="replace").decode
    parser, typed = XTermParser(driver._debug), Typed()
    while not driver.exit_event.is_set():
        if select.select([driver.fileno], [], [], LOOK_WAIT if typed.wait is None else typed.wait)[0]:
            try:
                came = os.read(driver.fileno, _MOST_AT_ONCE)
            except OSError:
                came = b""
            if not came:
                # Whoever watches the line ends the program.
                return
            parts = typed.take(decode(came))
        else:
            parts = iter(()) if typed.wait is None else typed.silence()
        for part in parts:
            for event in [part] if isinstance(part, Paste) else _events(parser, part):
                driver.process_message(event)
        for event in parser.tick():
            driver.process_message(event)


def _events(parser: XTermParser, text: str) -> Iterator[Message]:
    yield from parser.feed(text)
    if text == ESC:
        # That nothing more comes is known already.
        parser._timeout_time = 0.0
        yield from parser.tick()


def put_up(encoding: Callable[[], str]) -> None:
    """Let Textual's driver listen like this, in the encoding of the time when it begins."""

    def run_input_thread(self: LinuxDriver) -> None:
        listen(self, encoding())

    LinuxDriver.run_input_thread = run_input_thread  # type: ignore[method-assign]
