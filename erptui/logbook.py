"""The log of what should not happen: enough to find the line that failed, nothing of what people typed.

It holds the kinds of the exceptions and the places they came through. No values, no local variables, no messages of
exceptions: any of them may hold a client's words.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from erptui import __version__
from erptui.clock import now
from erptui.folders import state_folder

LARGEST = 256 * 1024
KEPT = 3
_FRAMES = 60


def log_path() -> Path:
    """The file of the log."""
    return state_folder() / "erptui.log"


def note_crash(error: BaseException) -> Path | None:
    """Write down where `error` came from; gives the path of the log, None when it can't be written."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _rotate(path)
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with open(handle, "a", encoding="utf-8", errors="backslashreplace") as log:
            os.fchmod(log.fileno(), 0o600)
            log.write(account(error))
    except OSError:
        return None
    return path


def account(error: BaseException) -> str:
    """What the log says about `error`: the chain of exceptions, the first cause first."""
    chain = [error]
    while (before := chain[-1].__cause__ or chain[-1].__context__) is not None and before not in chain:
        chain.append(before)
    lines = [f"{now().isoformat(timespec='seconds')} erptui {__version__}"]
    for link in reversed(chain):
        kind = type(link)
        lines.append(f"  {kind.__module__}.{kind.__qualname__}")
        lines += [f"    {place}" for place in _places(link.__traceback__)]
    return "\n".join(lines) + "\n"


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return places[-_FRAMES:]


def _rotate(path: Path) -> None:
    """Put a full log aside as `.1`; older ones move on, the oldest goes."""
    try:
        if os.stat(path).st_size < LARGEST:
            return
    except FileNotFoundError:
        return
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            os.replace(older, path.with_name(f"{path.name}.{number + 1}"))
    os.replace(path, path.with_name(f"{path.name}.1"))
