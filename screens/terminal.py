"""What a real terminal needs: nothing that moves by itself, bad bytes that do no harm, no commands in people's text.

`prepare` is called before Textual is imported; it sets what Textual reads from the environment while it is imported,
then puts the gates before Textual's parser, through which every key goes, and over `Strip.render`, through which every
cell of every widget goes.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size

from erptui import charset, signs
from erptui.i18n import _

SETTINGS = {
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
}

# Everything that a terminal could take as a command, or draw in another width than was laid out.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\ud800-\udfff"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
STRANGE = "\ufffd"
_ascii_signs = False
_encoding = "utf-8"
_prepared = False


def refusal(environ: MutableMapping[str, str] | None = None) -> str | None:
    """Why no screens can be drawn here, as a sentence for the person, or None when they can."""
    environ = os.environ if environ is None else environ
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _("The screens need a terminal; use erptui list in scripts.")
    term = environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        text = _("This terminal (TERM={term}) cannot place a cursor; use erptui list, or set TERM=xterm-256color.")
        return text.format(term=term or "-")
    return None


def settle_size(environ: Mapping[str, str] | None = None) -> None:
    """Give a terminal that tells no size one: that of COLUMNS and LINES, else 80x24.

    Serial lines and some container shells tell 0x0. Textual and Rich take that for different sizes, and each picture
    would be laid out for the other one, for ever.
    """
    import fcntl
    import struct
    import termios

    environ = os.environ if environ is None else environ
    with suppress(OSError):
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
        if not columns or not lines:
            told = [environ.get(name, "") for name in ("LINES", "COLUMNS")]
            size = [
                int(one) if one.isdecimal() and 0 < int(one) < 1000 else usual
                for one, usual in zip(told, (24, 80), strict=True)
            ]
            fcntl.ioctl(sys.stdout.fileno(), termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))


def prepare(environ: MutableMapping[str, str] | None = None, *, ascii_signs: bool | None = None) -> None:
    """Make Textual calm and safe. Call it before anything imports Textual; twice does no harm.

    `ascii_signs` draws every sign of doubtful width in ASCII; None asks the locale and TERM.
    """
    global _ascii_signs, _encoding, _prepared
    for name, value in SETTINGS.items():
        (os.environ if environ is None else environ).setdefault(name, value)
    _ascii_signs = charset.needs_ascii() if ascii_signs is None else ascii_signs
    _encoding = charset.encoding()
    _put_up_gates()
    _prepared = True


def speak() -> None:
    """Send text as the terminal understands it, and draw as large as it is.

    Python speaks UTF-8 where the locale is not on the machine; a size in the environment is that of another time.
    """
    for stream in (sys.__stdout__, sys.__stderr__):
        charset.let_speak(stream)
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def ascii_signs() -> bool:
    """Whether signs of doubtful width are drawn in ASCII."""
    return _ascii_signs


def draw_ascii(ascii_signs: bool) -> None:
    """Draw every sign of doubtful width in ASCII, or as it is; the latter where the terminal can draw it."""
    global _ascii_signs
    _ascii_signs = ascii_signs or charset.needs_ascii()


def forget_screen() -> None:
    """Take nothing on the terminal for granted: the next picture is sent in full."""
    from screens import wire

    wire.WIRE.forget()


def check_prepared() -> None:
    """Raises `RuntimeError` when an app is made without `prepare`: people's text would reach the terminal unchecked."""
    if not _prepared:
        raise RuntimeError("screens.terminal.prepare() comes before an app")


def without_own_colours(environ: Mapping[str, str] | None = None) -> bool | None:
    """True where the terminal's own colours are used (16 colours or NO_COLOR), None where the theme has a say."""
    environ = os.environ if environ is None else environ
    return True if "NO_COLOR" in environ or _few_colours(environ) else None


def _few_colours(environ: Mapping[str, str]) -> bool:
    forced = environ.get("TEXTUAL_COLOR_SYSTEM", "auto")
    if forced != "auto":
        return forced not in ("256", "truecolor")
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return False
    return not environ.get("TERM", "").strip().lower().endswith(("256color", "direct", "kitty"))


def safe(text: str) -> str:
    """Laid out text as it may be sent to the terminal: in exactly as many cells, without any command.

    What Textual measured as no cell goes; what it measured as one becomes U+FFFD. A sign widened by a variation
    selector keeps its second cell as a blank; joined emoji show their first picture.
    """
    if _UNSAFE.search(text):
        text = _safe(text)
    if _ascii_signs:
        text = signs.plain_signs(text)
    if _encoding != "utf-8":
        text = "".join(sign if _encodes(sign) else "?" * get_character_cell_size(sign) for sign in text)
    return text


@lru_cache(maxsize=4096)
def _encodes(sign: str) -> bool:
    try:
        sign.encode(_encoding)
    except UnicodeError:
        return False
    return True


@lru_cache(maxsize=1024)
def _safe(text: str) -> str:
    size = cell_len(text)
    joined = re.sub("\u200d.?", "", text, flags=re.DOTALL)
    kept: list[str] = []
    for sign in joined:
        if sign == "\ufe0f":
            # The wider form is asked for; terminals differ, so the narrow one and a blank.
            kept.append(" " * (cell_len("".join((*kept[-1:], sign))) - cell_len("".join(kept[-1:]))))
        elif _UNSAFE.match(sign):
            kept.append(STRANGE * get_character_cell_size(sign))
        else:
            kept.append(sign)
    found = "".join(kept)
    return found + " " * (size - cell_len(found))


def _put_up_gates() -> None:
    """Send every strip through `safe`, and only what changed; let nothing half or hidden in a paste act as keys.

    A line that is lost or a signal to end leaves in order as soon as something is drawn.
    """
    from screens import hang_up, typed, wire

    wire.put_up(safe)
    typed.put_up(lambda: _encoding)
    hang_up.put_up()
