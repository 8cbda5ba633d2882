"""What the command line shows: messages on standard error, what was asked for on standard output.

People's text passes through `line` or `escaped` on its way out, so that no control character of it reaches a terminal.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from db.errors import Problem
from db.labels import N_
from db.text import clean_text
from erptui import charset
from erptui.i18n import say
from erptui.signs import plain_signs

# What `clean_text` takes out or marks, as far as JSON leaves it as it is.
_UNSEEN = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"


class OutputRefused(Problem):
    """Standard output does not take what is written to it."""

    sentence = N_("Standard output can't be written: {why}")


def be_lenient() -> None:
    """Speak as the terminal does; characters that it does not have come out as `?` instead of failing."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        charset.let_speak(stream)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def drawn(text: str, stream: TextIO) -> str:
    """`text` with signs that a terminal can draw; a file or a pipe gets it as it is."""
    return plain_signs(text) if not text.isascii() and _draws_ascii(stream) else text


def _draws_ascii(stream: TextIO) -> bool:
    return stream.isatty() and charset.needs_ascii()


def line(text: object) -> str:
    """`text` as one line that commands no terminal; blanks at its beginning stay."""
    return clean_text(str(text)).replace("\n", " ").replace("\t", " ").rstrip()


def tell(text: str) -> None:
    """A message for the person, one line on standard error."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(drawn(line(text), sys.stderr) + "\n")
        sys.stderr.flush()


def tell_problem(problem: Problem) -> None:
    """A refusal in the language in use."""
    tell(say(problem))


@contextmanager
def _to_standard_output() -> Iterator[None]:
    if sys.stdout is None:
        raise OutputRefused(why=N_("It is closed."))
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon()
        raise OutputRefused(why=error.strerror or str(error)) from None


def give(text: str) -> None:
    """A part of what was asked for, already harmless (`line`, `erptui.cells`, `escaped`), with its line end."""
    with _to_standard_output():
        sys.stdout.write(drawn(text, sys.stdout))


def give_bytes(content: bytes) -> None:
    """A file on standard output."""
    with _to_standard_output():
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def give_json(answer: Any) -> None:
    """`answer` as JSON in UTF-8; control and direction characters in it stand as escapes."""
    import json

    as_escapes = _draws_ascii(sys.stdout) or not _takes_unicode()
    give(escaped(json.dumps(answer, ensure_ascii=as_escapes, separators=(",", ":"))) + "\n")


def escaped(text: str) -> str:
    """JSON text with the characters escaped that a terminal would obey or that nobody sees."""
    return re.sub(_UNSEEN, lambda sign: f"\\u{ord(sign.group()):04x}", text)


def flush() -> None:
    """See that what was given has arrived. Raises `BrokenPipeError`, `OutputRefused`."""
    if sys.stdout is not None:
        with _to_standard_output():
            sys.stdout.flush()


def abandon() -> None:
    """Nobody takes the output: let the rest of it go nowhere, so that the end of Python does not complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int:
    """Cells of a line: `COLUMNS`, else the terminal, else 80."""
    import shutil

    return max(1, shutil.get_terminal_size().columns)


def _takes_unicode() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
