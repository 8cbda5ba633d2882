"""A long text in the person's own editor, while the screens stand aside."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App


def edited(app: App[Any], text: str) -> str | None:
    """`text` as the person left it in `$VISUAL`, `$EDITOR`, nano or vi; None when no editor could be started."""
    for command in filter(None, (os.environ.get("VISUAL"), os.environ.get("EDITOR"), "nano", "vi")):
        handle, name = tempfile.mkstemp(prefix="erptui-", suffix=".txt")
        try:
            with open(handle, "w", encoding="utf-8") as file:
                # An editor that appends begins a line of its own.
                file.write(f"{text}\n" if text else "")
            try:
                with app.suspend():
                    subprocess.run([*shlex.split(command), name], check=True)
            except (OSError, ValueError, subprocess.SubprocessError):
                continue
            return Path(name).read_text(encoding="utf-8", errors="replace")
        finally:
            os.unlink(name)
    return None
