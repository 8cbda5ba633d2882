"""Where erptui keeps things: the store, its file system and its room, the folders, what the umask gives away."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from db import opening
from db.errors import Problem
from db.labels import N_
from db.migrations import VERSION
from db.mounts import Mount, mount_of
from db.refusals import in_words
from db.text import clean_line
from erptui.doctor.finding import Finding, Verdict
from erptui.folders import settings_folder, state_folder

LITTLE_ROOM = 50
"""MB: a store of ten thousand packages and its copy before an upgrade."""
_PATIENCE = 2.0
ELSEWHERE = "erptui init ~/erp.db && erptui --store ~/erp.db"


def store(path: Path, *, named: bool) -> Finding:
    """Whether the store opens and is whole; one that nobody named is made at the first start."""
    label = N_("Store")
    gaps: dict[str, object] = {"path": path, "known": VERSION, "quoted": shlex.quote(str(path))}
    if not os.path.lexists(path):
        said = N_("there is none yet at {path}")
        if not named:
            return Finding("store", label, Verdict.FINE, None, said, gaps=gaps)
        return Finding("store", label, Verdict.FAULT, None, said, N_("Make one with:"), "erptui init {quoted}", gaps)
    try:
        version, damage = _looked_into(Path(os.path.realpath(path)))
    except Problem as problem:
        verdict = Verdict.REMARK if "is locked" in str(problem.__cause__) else Verdict.FAULT
        return Finding("store", label, verdict, None, problem.sentence, gaps=problem.gaps)
    gaps |= {"version": version, "damage": damage}
    said, verdict, advice, command = N_("{path}, version {version}, undamaged"), Verdict.REMARK, "", ""
    if damage:
        said, verdict, command = N_("{path} is damaged: {damage}"), Verdict.FAULT, "erptui check {quoted}"
        advice = N_("Copy the file before anything else. What is wrong is told by:")
    elif version < VERSION:
        advice = N_("It becomes version {known} when it is opened. Then everybody who shares it needs this erptui.")
    elif _mode(path) & stat.S_IRWXO:
        command = "chmod o= {quoted}"
        advice = N_("Everybody on this machine can open it. For you and your group alone:")
    else:
        verdict = Verdict.FINE
    return Finding("store", label, verdict, version, said, advice, command, gaps)


def _looked_into(path: Path) -> tuple[int, str]:
    """Version of a store, and the first damage found in it. Raises `Problem`."""
    version = opening.check_header(path, wait=_PATIENCE)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    connection = opening.connect_in_words(path, wait=_PATIENCE, read_only=not writable)
    with closing(connection), in_words(path):
        ((answer,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
    return version, "" if answer == "ok" else clean_line(str(answer))


def _mode(path: Path) -> int:
    try:
        return os.stat(path).st_mode
    except OSError:
        return 0


def file_system(path: Path, mount: Mount | None) -> Finding:
    """On what the store lies, or will lie."""
    label = N_("File system")
    if mount is None:
        return Finding("file-system", label, Verdict.FINE, None, N_("this machine does not tell"))
    gaps = {"kind": mount.kind, "place": mount.place, "option": ", ".join(mount.without_locks)}
    said, verdict, advice, command = N_("{kind} at {place}"), Verdict.FINE, "", ""
    if mount.read_only:
        verdict = Verdict.FAULT
        advice, command = N_("It can only be read. Keep the store elsewhere:"), ELSEWHERE
    elif mount.without_locks:
        verdict = Verdict.FAULT
        advice = N_(
            "It is a network folder mounted with {option}: two people would overwrite each other. Have it mounted"
            " without that, or keep the store on a disk of this machine."
        )
    elif mount.network:
        verdict = Verdict.REMARK
        advice = N_(
            "It is a network folder. erptui works there, also for several people. Copy the store only with erptui"
            " backup."
        )
    elif mount.in_memory:
        verdict = Verdict.REMARK
        advice, command = N_("It is in memory and gone when the machine stops. Keep the store elsewhere:"), ELSEWHERE
    return Finding("file-system", label, verdict, mount.kind, said, advice, command, gaps)


def room(free: int, path: Path) -> Finding:
    """How many MB are free where the store lies."""
    little = free < LITTLE_ROOM
    advice = N_("Make room before you work: on a full disk nothing can be saved.") if little else ""
    verdict = Verdict.REMARK if little else Verdict.FINE
    gaps = {"free": free, "folder": path}
    return Finding("room", N_("Room"), verdict, free, N_("{free} MB free for {folder}"), advice, gaps=gaps)


def free_megabytes(path: Path) -> int | None:
    """What is free on the file system of a folder, None where the system does not tell; quotas it never tells."""
    try:
        return shutil.disk_usage(path).free // 1_000_000
    except OSError:
        return None


def folder(topic: str, label: str, path: Path, loss: str, command: str, *, needed: bool) -> Finding:
    """Whether files can be made in a folder, or the folder itself; `loss` says what is missing otherwise."""
    nearest = nearest_folder(path)
    gaps = {"path": path, "nearest": nearest}
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return Finding(topic, label, Verdict.FINE, str(path), N_("{path}"), gaps=gaps)
    verdict = Verdict.FAULT if needed else Verdict.REMARK
    return Finding(topic, label, verdict, str(path), N_("{nearest} can't be written"), loss, command, gaps)


def nearest_folder(path: Path) -> Path:
    """The folder, or what is there of its path."""
    found = path
    while not os.path.lexists(found) and found != found.parent:
        found = found.parent
    return found


def folders(path: Path) -> Iterator[Finding]:
    """The folders of a user, and that of the store at `path`."""
    place = Path(os.path.realpath(path)).parent
    loss = N_("Nothing can be saved in the store. Choose another place:")
    yield folder("store-folder", N_("Folder of the store"), place, loss, ELSEWHERE, needed=True)
    loss = N_("What you choose in the settings is not kept. With a folder of your own:")
    command = "export XDG_CONFIG_HOME=~/.config"
    yield folder("settings-folder", N_("Folder of the settings"), settings_folder(), loss, command, needed=False)
    loss = N_("What you type is not kept when the line is lost. With a folder of your own:")
    command = "export XDG_STATE_HOME=~/.local/state"
    yield folder("state-folder", N_("Folder of drafts"), state_folder(), loss, command, needed=False)


def umask(mask: int) -> Finding:
    """What the umask takes from new files. Stores, exports and drafts are the owner's alone whatever it is."""
    verdict, advice, command = Verdict.FINE, "", "umask 077"
    if mask & 0o700:
        verdict = Verdict.FAULT
        advice = N_("You could not read your own files. Write into the shell's start-up file:")
    elif not mask & 0o002:
        verdict = Verdict.REMARK
        advice = N_("Everybody can change what other programs write for you. Write into the shell's start-up file:")
    else:
        command = ""
    octal = f"{mask:04o}"
    return Finding("umask", "umask", verdict, octal, octal, advice, command)


def umask_now() -> int:
    """The umask; the system tells it only while it is changed."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def findings(path: Path, *, named: bool) -> Iterator[Finding]:
    """All about the files of a user whose store is at `path`."""
    yield store(path, named=named)
    yield file_system(path, mount_of(path))
    place = nearest_folder(Path(os.path.realpath(path)).parent)
    free = free_megabytes(place)
    if free is not None:
        yield room(free, place)
    yield from folders(path)
    yield umask(umask_now())
