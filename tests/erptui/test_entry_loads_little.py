"""Understanding one kind of entry does not load the others."""

from __future__ import annotations

import subprocess
import sys

import erptui.entry


def test_a_day_on_the_command_line_loads_days_only():
    code = (
        "import sys; from erptui.entry import NotUnderstood, parse_day\n"
        "print(*sorted(name for name in sys.modules if name.startswith(('erptui.entry.', 'erptui.pinyin'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["erptui.entry.days", "erptui.entry.typed"]


def test_every_kind_is_there_by_its_name():
    for name in erptui.entry.__all__:
        assert getattr(erptui.entry, name).__name__ == name
