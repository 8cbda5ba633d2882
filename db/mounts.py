"""On which file system a path lies, told by the kernel: a store is shared over a network, or its disk is read-only.

Source: /proc/self/mountinfo, proc_pid_mountinfo(5).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

MOUNTINFO = Path("/proc/self/mountinfo")
_NETWORK = {
    *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "gpfs", "lustre", "ncpfs", "nfs", "nfs4"),
    *("ocfs2", "orangefs", "panfs", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"),
}
_LOCAL_FUSE = {"fuse.fuseblk", "fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext2", "fuse.fuse-overlayfs"}
_NO_LOCKS = {"nolock", "local_lock=all", "local_lock=posix", "nobrl"}
"""Options of NFS and CIFS with which the machines do not see each other's locks."""
_IN_MEMORY = {"tmpfs", "ramfs", "devtmpfs"}


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted file system: where, of which kind (`ext4`, `nfs4`, `fuse.sshfs`), with which options."""

    place: str
    kind: str
    options: frozenset[str]

    @property
    def network(self) -> bool:
        """Whether other machines may write there too; what a program of a user mounts counts, unless it is a disk."""
        return self.kind in _NETWORK or (self.kind.startswith("fuse.") and self.kind not in _LOCAL_FUSE)

    @property
    def without_locks(self) -> list[str]:
        """The options of a network folder with which machines do not see that another one is writing."""
        return sorted(_NO_LOCKS & self.options) if self.network else []

    @property
    def in_memory(self) -> bool:
        """Whether everything there is gone when the machine stops."""
        return self.kind in _IN_MEMORY

    @property
    def read_only(self) -> bool:
        return "ro" in self.options


def mount_of(path: str | os.PathLike[str], mountinfo: str | None = None) -> Mount | None:
    """The file system of a path, or of the nearest folder above it that is there; None where the kernel does not tell.

    `mountinfo` is the text to read instead of the kernel's.
    """
    if mountinfo is None:
        try:
            mountinfo = MOUNTINFO.read_text("utf-8", "surrogateescape")
        except OSError:
            return None
    place = os.path.realpath(path)
    found = None
    for mount in map(_mount, mountinfo.splitlines()):
        # A later line lies over an earlier one with the same place.
        if mount and _within(place, mount.place) and (found is None or len(mount.place) >= len(found.place)):
            found = mount
    return found


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _mount(line: str) -> Mount | None:
    """One line: `36 35 98:0 /part /place rw,noatime shared:1 - ext4 /dev/sda1 rw,errors=continue`."""
    own, dash, of_kind = line.partition(" - ")
    fields, kinds = own.split(" "), of_kind.split(" ")
    if not dash or len(fields) < 6:
        return None
    options = {*fields[5].split(","), *(kinds[2].split(",") if len(kinds) > 2 else ())}
    return Mount(_unescaped(fields[4]), kinds[0], frozenset(options))


def _unescaped(place: str) -> str:
    # Blank, tab, newline and backslash stand as three octal digits.
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), place)
