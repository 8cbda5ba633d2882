"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes depends on the machine: none of our tests asks a clock.
settings.register_profile("erptui", deadline=None)
settings.load_profile("erptui")
