"""What holds for all tests."""

from __future__ import annotations

import os
import sys
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

# Textual reads these once, when it is first imported, and tests outside `screens` may be the first to import it.
for name in ("NO_COLOR", "TEXTUAL_THEME"):
    os.environ.pop(name, None)
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"

# How long an example takes depends on the machine: none of our tests asks a clock.
settings.register_profile("erptui", deadline=None)
settings.load_profile("erptui")


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
