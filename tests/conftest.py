"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from erptui.i18n import set_language

# Textual reads these once, when it is first imported, and tests outside `screens` may be the first to import it.
for name in ("NO_COLOR", "TEXTUAL_THEME"):
    os.environ.pop(name, None)
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"

# How long an example takes depends on the machine: none of our tests asks a clock.
settings.register_profile("erptui", deadline=None)
settings.load_profile("erptui")


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Whatever language a test before has spoken last."""
    set_language("en")


def pytest_collection_finish() -> None:
    """Do not look through what stays anyway, the tests and the libraries, for garbage: it takes a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def written_at_1() -> Callable[[Path], Path]:
    """Makes a file at a path as the program wrote it at store version 1, with rows in every table."""
    script = (Path(__file__).parent / "db" / "stores" / "v1.sql").read_text("utf-8")

    def make(path: Path) -> Path:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(script)
        return path

    return make


@pytest.fixture(scope="session")
def marks() -> ModuleType:
    """The module that fills a store in which a mark stands wherever a client may not look."""
    name = "erptui_tests_marked_store"
    spec = util.spec_from_file_location(name, Path(__file__).with_name("marked_store.py"))
    assert spec
    assert spec.loader
    sys.modules[name] = module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
