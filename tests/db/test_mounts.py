"""On which file system a store lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.mounts import mount_of

MOUNTS = r"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:40 / /srv/erp rw,relatime shared:7 - nfs4 nas:/erp rw,vers=4.2
41 27 0:41 / /srv/erp\040shared rw - cifs //nas/erp rw
42 40 0:42 / /srv/erp/ro ro,relatime - ext4 /dev/vdb rw
43 27 0:43 / /mnt/over rw - ext4 /dev/vdc rw
44 27 0:44 / /mnt/over rw - fuse.sshfs me@nas:/ rw
45 27 0:45 / /mnt/stick rw - fuse.ntfs-3g /dev/sdb1 rw
46 27 0:46 / /dev/shm rw - tmpfs tmpfs rw
a line of some later kernel
"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/srv/erp/team.db", "nfs4", True),
        ("/srv/erp/not/there/yet.db", "nfs4", True),
        ("/srv/erpnext/team.db", "ext4", False),
        ("/srv/erp shared/team.db", "cifs", True),
        ("/mnt/over/team.db", "fuse.sshfs", True),
        ("/mnt/stick/team.db", "fuse.ntfs-3g", False),
        ("/var/team.db", "ext4", False),
    ],
)
def test_a_network_file_system_is_told_from_a_disk(path: str, kind: str, network: bool):
    mount = mount_of(path, MOUNTS)
    assert mount
    assert (mount.kind, mount.network) == (kind, network)


def test_a_read_only_and_a_forgetful_place_are_told():
    read_only, forgetful, disk = (mount_of(path, MOUNTS) for path in ("/srv/erp/ro/a.db", "/dev/shm/a.db", "/a.db"))
    assert (read_only.read_only, forgetful.in_memory) == (True, True)
    assert (disk.read_only, disk.in_memory) == (False, False)


def test_a_link_is_followed_to_where_the_store_lies(tmp_path: Path):
    (tmp_path / "nas").mkdir()
    (tmp_path / "team.db").symlink_to(tmp_path / "nas" / "team.db")
    mounts = f"27 1 254:0 / / rw - ext4 /dev/vda rw\n40 27 0:40 / {tmp_path}/nas rw - nfs nas:/erp rw\n"
    assert mount_of(tmp_path / "team.db", mounts).kind == "nfs"


def test_this_machine_tells_where_its_processes_lie():
    assert mount_of("/proc/self").kind == "proc"
