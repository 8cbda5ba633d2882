"""Who holds a store, for those who have to wait: each step notes its person in a file beside the store.

The note (`.NAME.writer`) is there while a step is made. It is no lock: SQLite has that, and what a killed program has
left means nothing once nobody holds the lock. Which program holds it stands in `/proc/locks` (Linux, proc_locks(5));
the bytes are those of sqlite.org/lockingv3.html.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.text import clean_line

_PENDING = 0x40000000
_LAST_SHARED = _PENDING + 2 + 509
_LONGEST = 120


def _note_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.writer")


@contextmanager
def noted(path: Path, who: str) -> Iterator[None]:
    """Note who writes for as long as the block takes. It is a courtesy: where that can't be, nothing is said."""
    note = _note(path, who)
    try:
        yield
    finally:
        with suppress(OSError):
            if note:
                note.unlink()


def _note(path: Path, who: str) -> Path | None:
    note = _note_of(path)
    with suppress(OSError):
        file = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        try:
            # Whoever may read the store may know.
            os.fchmod(file, os.stat(path).st_mode & 0o660)
            os.write(file, f"{os.getpid()}\n{socket.gethostname()}\n{who}\n".encode())
        finally:
            os.close(file)
        return note
    return None


def holder(path: Path) -> str:
    """Who holds the store: by the note, or login name and number of another program; empty where that is hidden."""
    programs = _programs(path)
    try:
        with open(_note_of(path), encoding="utf-8", errors="replace") as file:
            number, host, who = file.read(1000).split("\n")[:3]
        program, here = int(number), host == socket.gethostname()
    except (OSError, ValueError):
        program, here, who = 0, True, ""
    if who and (program in programs or not (programs or (here and _has_ended(program)))):
        return clean_line(who)[:_LONGEST]
    others = [program for program in programs if program != os.getpid()]
    return next(filter(None, map(_login, others)), "")


def _programs(path: Path) -> list[int]:
    """The programs of this machine that hold SQLite's locks on a file, writers first."""
    found: dict[int, str] = {}
    with suppress(OSError):
        inode = os.stat(path).st_ino
        with open("/proc/locks", encoding="ascii", errors="replace") as file:
            for line in file:
                fields = line.split()
                # A program that waits has `->` before the kind.
                if len(fields) != 8 or fields[1] != "POSIX" or fields[5].rpartition(":")[2] != str(inode):
                    continue
                if fields[6].isdecimal() and _PENDING <= int(fields[6]) <= _LAST_SHARED and int(fields[4]) > 0:
                    found[int(fields[4])] = max(fields[3], found.get(int(fields[4]), ""))
    return sorted(found, key=lambda program: found[program], reverse=True)


def _has_ended(program: int) -> bool:
    try:
        os.kill(program, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


def _login(program: int) -> str:
    import pwd

    try:
        name = pwd.getpwuid(os.stat(f"/proc/{program}").st_uid).pw_name
    except (OSError, KeyError):
        return ""
    return f"{name} (PID {program})"
