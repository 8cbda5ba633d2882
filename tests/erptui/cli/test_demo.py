"""The demo leaves nothing behind."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from contextlib import suppress

PATIENCE = 20.0


def test_the_demo_lives_in_a_folder_of_its_own_that_is_gone_afterwards(surroundings):
    temporary = surroundings / "temporary"
    temporary.mkdir()
    ours, theirs = pty.openpty()
    program = "import sys; from erptui.cli import main; sys.exit(main(['demo', '--as', 'Wang Lei']))"
    environment = {**os.environ, "TMPDIR": str(temporary), "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True
    )
    os.close(theirs)
    seen, folders = b"", set()
    try:
        while select.select([ours], [], [], PATIENCE)[0]:
            try:
                seen += os.read(ours, 65536)
            except OSError:
                break
            for folder in temporary.iterdir():
                # The program may take it away between the two looks.
                with suppress(FileNotFoundError):
                    folders.add((folder.name[:12], folder.stat().st_mode & 0o7777))
            if b"NB26" in seen:
                os.write(ours, b"q")
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        os.close(ours)
    assert folders == {("erptui-demo-", 0o700)}
    assert list(temporary.iterdir()) == []
