"""What starts first in `erptui.pyz`: refuses an old Python in words, unpacks the program once, runs it from there.

Unpacked and not run from the archive: it starts twice as fast, and the program reads files of its own. Where the usual
place can't be written or is not the user's own, each start unpacks to a folder that is gone afterwards.

Python 3.6 must be able to read this file, so that it can be told that it is too old.
"""

# A refusal in words needs a file that an old Python compiles: no annotations from the future here.
import os
import stat
import sys

BUILD = "0"  # of which build the archive is; set when it is packed
OLDEST = (3, 10)
INSIDE = "program/"

TOO_OLD = (
    "erptui needs Python {oldest} or later; this is {version} ({place}).\n"
    "Look for another one with: ls /usr/bin/python3.* /usr/local/bin/python3.* /opt/*/bin/python3*",
    "erptui 需要 Python {oldest} 或更高版本；当前是 {version}（{place}）。\n"
    "可用此命令查找其他版本：ls /usr/bin/python3.* /usr/local/bin/python3.* /opt/*/bin/python3*",
)
UNPACKING = (
    "erptui unpacks itself to {place}; the next start is faster.",
    "erptui 正在解压到 {place}，下次启动会更快。",
)
FOR_ONCE = (
    "erptui can't keep itself unpacked in {place} ({why}), so each start takes longer.\n"
    "Set XDG_CACHE_HOME to a folder that only you can write.",
    "erptui 无法把解压内容保存在 {place}（{why}），因此每次启动都较慢。\n请把 XDG_CACHE_HOME 设为只有您可写的文件夹。",
)
NO_ROOM = (
    "erptui can't be unpacked: {why}. Set TMPDIR to a folder with 40 MB free that you can write.",
    "erptui 无法解压：{why}。请把 TMPDIR 设为您可写、且有 40 MB 空间的文件夹。",
)


DAMAGED = (
    "{archive} is damaged. Copy it again, and compare it on both sides with: sha256sum {archive}",
    "{archive} 已损坏。请重新复制，并在两边用 sha256sum {archive} 比较。",
)


class NotOurs(Exception):
    """A folder that somebody else could put a program into."""


class Damaged(Exception):
    """The archive has changed since it was made."""


def say(sentences, **gaps):
    """Tell a sentence in the language of the locale, as far as the terminal has its letters."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    line = sentences[named.lower().startswith("zh")].format(**gaps)
    encoding = getattr(sys.stderr, "encoding", None) or "ascii"
    try:
        line.encode(encoding)
    except UnicodeError:
        line = sentences[0].format(**gaps).encode("ascii", "replace").decode()
    if sys.stderr is not None:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def kept_folder():
    """Where this build is kept unpacked."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "erptui", BUILD)


def refuse_unless_own(folder):
    """Raises `NotOurs` for a folder that others could write: they could let this user run a program of theirs."""
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o022:
        raise NotOurs("others can write " + folder)


def unpack(archive, folder):
    """Unpack the program into a new folder. Raises `OSError` or `Damaged`."""
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder, [name for name in packed.namelist() if name.startswith(INSIDE)])
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise Damaged(archive) from None


def kept(archive):
    """The folder in which this build is kept, unpacked now if it is not there. Raises `OSError` or `NotOurs`."""
    import tempfile

    place = kept_folder()
    parent = os.path.dirname(place)
    os.makedirs(parent, mode=0o700, exist_ok=True)
    refuse_unless_own(parent)
    if not os.path.isdir(place):
        if sys.stderr is not None and sys.stderr.isatty():
            say(UNPACKING, place=place)
        fresh = tempfile.mkdtemp(dir=parent)
        try:
            unpack(archive, fresh)
            os.rename(fresh, place)
        except BaseException as error:
            remove(fresh)
            # Another start may have been faster.
            if not (isinstance(error, OSError) and os.path.isdir(place)):
                raise
    refuse_unless_own(place)
    return place


def remove(folder):
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def run(folder):
    """Run the program that is unpacked in the folder, and give its exit code."""
    # In the place of the archive, before everything that the server's Python has of its own.
    sys.path[0] = os.path.join(folder, INSIDE.rstrip("/"))
    from erptui.cli import main

    return main()


def run_for_once(archive):
    """Unpack, run the program and leave nothing behind; gives its exit code."""
    import tempfile

    try:
        folder = tempfile.mkdtemp(prefix="erptui-")
    except OSError as error:
        say(NO_ROOM, why=error.strerror or error)
        return 3
    try:
        unpack(archive, folder)
    except OSError as error:
        say(NO_ROOM, why=error.strerror or error)
        return 3
    else:
        return run(folder)
    finally:
        remove(folder)


def start():
    """Run the program and give its exit code."""
    if sys.version_info < OLDEST:
        version = ".".join(str(number) for number in sys.version_info[:3])
        say(TOO_OLD, oldest=".".join(map(str, OLDEST)), version=version, place=sys.executable)
        return 2
    archive = sys.path[0]
    try:
        try:
            folder = kept(archive)
        except (OSError, NotOurs) as error:
            say(FOR_ONCE, place=kept_folder(), why=getattr(error, "strerror", None) or error)
            return run_for_once(archive)
        return run(folder)
    except Damaged:
        say(DAMAGED, archive=archive)
        return 2


if __name__ == "__main__":
    sys.exit(start())
