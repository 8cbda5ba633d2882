"""A verb that has to wait for a colleague says for whom, and goes on when they are done."""

from __future__ import annotations

import subprocess
import sys

from erptui.stores import open_store


def test_a_verb_that_waits_names_the_colleague_and_does_its_work_when_they_are_done(run, store):
    with open_store(store, who="Li Wei") as opened:
        step = opened.edit("Import people")
        step.__enter__()
        start = "import sys; from erptui.cli import main; sys.exit(main(sys.argv[1:]))"
        verb = subprocess.Popen(
            [sys.executable, "-c", start, "note", "half past nine", "--store", store, "--as", "Anna"],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert verb.stderr is not None
        try:
            assert verb.stderr.readline() == "Waiting for Li Wei …\n"
        finally:
            step.__exit__(None, None, None)
        assert verb.communicate()[1] == "Noted: Note.\n"
        assert verb.returncode == 0
