"""Where the program keeps things of a user, after the XDG Base Directory specification.

By hand and not by platformdirs: this is asked before the first screen is painted.
"""

from __future__ import annotations

import os
from pathlib import Path

APPLICATION = "erptui"


def _folder(variable: str, default: str) -> Path:
    # The specification has relative paths ignored.
    base = os.environ.get(variable, "")
    return (Path(base) if os.path.isabs(base) else Path(os.path.expanduser("~"), *default.split("/"))) / APPLICATION


def settings_folder() -> Path:
    """The folder of the settings."""
    return _folder("XDG_CONFIG_HOME", ".config")


def store_folder() -> Path:
    """The folder of the store that is opened when none is named."""
    return _folder("XDG_DATA_HOME", ".local/share")


def state_folder() -> Path:
    """The folder of what may be lost: logs, drafts."""
    return _folder("XDG_STATE_HOME", ".local/state")


def default_store() -> Path:
    """The store that is opened when none is named."""
    return store_folder() / "erptui.db"
