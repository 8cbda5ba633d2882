"""Writing files that are whole or not there, readable by their owner only, and never over another by accident."""

from __future__ import annotations

import os
import stat
import uuid
from pathlib import Path

from db.errors import Problem
from db.labels import N_
from db.refusals import reason


class FileExists(Problem):
    """The file to be written is there already."""

    sentence = N_("{path} is already there. Choose another name, or add --force to replace it. Nothing was written.")


class UnreadableFile(Problem):
    """The file to be read is not there, or is none."""

    sentence = N_("{path} can't be read: {why}")


class FileRefused(Problem):
    """The file can't be written."""

    sentence = N_("{path} can't be written: {why} Nothing was written.")


def read_file(path: Path, most: int) -> bytes:
    """What stands in a file; of a larger one `most` bytes and one more. Raises `UnreadableFile`."""
    try:
        with open(path, "rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFile(path=path, why=reason(error)) from None


def check_target(path: Path, *, replace: bool) -> Path:
    """The file that `path` names, links followed, where it may be written.

    Raises `FileExists` when it is there and `replace` is not asked for, `FileRefused` when it is no file.
    """
    try:
        target = Path(os.path.realpath(path))
        kind = os.lstat(target).st_mode
    except FileNotFoundError:
        if not target.parent.is_dir():
            raise FileRefused(path=path, why=N_("There is no such folder.")) from None
        return target
    except (OSError, ValueError) as error:
        raise FileRefused(path=path, why=reason(error)) from None
    if not stat.S_ISREG(kind):
        raise FileRefused(path=path, why=N_("It is not a file."))
    if not replace:
        raise FileExists(path=path)
    return target


def write_file(path: Path, content: bytes, *, replace: bool, mode: int = 0o600) -> None:
    """Write `content` to `path` in one go. Raises as `check_target` does; then what was there still is."""
    target = check_target(path, replace=replace)
    temporary = target.with_name(f".{uuid.uuid4().hex[:12]}.part")
    try:
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        try:
            with open(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            put_in_place(temporary, target, replace=replace)
        finally:
            if os.path.lexists(temporary):
                os.unlink(temporary)
    except FileExistsError:
        raise FileExists(path=path) from None
    except (OSError, ValueError) as error:
        raise FileRefused(path=path, why=reason(error)) from None


def put_in_place(temporary: Path, target: Path, *, replace: bool) -> None:
    """Give a finished file its name. Raises `FileExistsError` when something came there meanwhile."""
    if replace:
        os.replace(temporary, target)
        return
    try:
        # A link does not replace what somebody put there meanwhile.
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # File systems without links: the gap between the look and the move is small.
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        os.replace(temporary, target)
