"""What the terminal speaks, as far as the locale says: also where this machine does not have that locale.

Python falls back to UTF-8 then, and in the locale C. The terminal does not know of it.
"""

from __future__ import annotations

import codecs
import locale
import os
import re
from collections.abc import Mapping
from io import TextIOWrapper
from typing import TextIO

Environ = Mapping[str, str]
# Those in which a letter is a command: no terminal is set to them for good.
_COMMANDING = re.compile("iso2022|utf_?-?(7|16|32)|hz")
# Their own character sets have none of the signs, whatever the locale is: the console of the machine, and DEC's.
_FEW_SIGNS = re.compile(r"linux|vt\d")


def locale_named(environ: Environ | None = None) -> str:
    """The locale that the environment asks for, `C` when none.

    Where that is C or not on the machine, Python itself has put C.UTF-8 into LC_CTYPE (PEP 538).
    """
    environ = os.environ if environ is None else environ
    everything, letters, usual = (environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    by_python = letters in ("C.UTF-8", "C.utf8", "UTF-8") and (usual in ("", "C", "POSIX") or locale_is_missing(usual))
    return everything or ("" if by_python else letters) or usual or "C"


def locale_is_missing(name: str) -> bool:
    """Whether a locale is not on this machine."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return True
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return False


def encoding_named(environ: Environ | None = None) -> str | None:
    """The encoding that the locale names, as Python calls it; None where it says nothing, as C does.

    A locale without a charset in its name has one where it is on this machine.
    """
    name = locale_named(environ)
    charset = name.partition(".")[2].partition("@")[0]
    if not charset:
        if name in ("C", "POSIX") or locale_is_missing(name):
            return None
        charset = locale.getpreferredencoding(False)
    try:
        found = codecs.lookup(charset).name
    except LookupError:
        return None
    return None if _COMMANDING.match(found) else found


def encoding(environ: Environ | None = None) -> str:
    """The encoding of what goes to the terminal and comes from it; Python's own where the locale does not say."""
    found = encoding_named(environ) or locale.getpreferredencoding(False) or "utf-8"
    try:
        return codecs.lookup(found).name
    except LookupError:
        return "utf-8"


def carries(text: str, environ: Environ | None = None) -> bool:
    """Whether the terminal can be told this text."""
    try:
        text.encode(encoding(environ))
    except UnicodeError:
        return False
    return True


def needs_ascii(environ: Environ | None = None) -> bool:
    """Whether signs have to be drawn in ASCII: the locale is not UTF-8, or the terminal draws few signs.

    In a Chinese charset the signs are two cells wide.
    """
    return encoding_named(environ) != "utf-8" or draws_few_signs(environ)


def draws_few_signs(environ: Environ | None = None) -> bool:
    """Whether that is so by the name of the terminal."""
    return _FEW_SIGNS.match((os.environ if environ is None else environ).get("TERM", "")) is not None


def as_typed(argument: str) -> str:
    """An argument that Python could not read, as the terminal means it; the name of a file stays."""
    if argument.isascii() or os.path.exists(argument):
        return argument
    try:
        argument.encode("utf-8")
    except UnicodeError:
        try:
            return os.fsencode(argument).decode(encoding())
        except UnicodeError:
            pass
    return argument


def let_speak(stream: TextIO | None) -> None:
    """Let a stream to or from the terminal speak as the terminal does, where Python decided otherwise."""
    found = encoding_named()
    if isinstance(stream, TextIOWrapper) and found and stream.isatty() and codecs.lookup(stream.encoding).name != found:
        stream.reconfigure(encoding=found)
