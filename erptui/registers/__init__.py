"""The registers: which fields and which derived columns each shows, how it is sorted, what of it is internal.

The module of a register is imported when the register is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from erptui.registers.register import Register

REGISTERS = ("tasks", "milestones", "gates", "people", "touches", "promises", "decisions", "notes", "engagements")


def register_named(name: str) -> Register:
    """The register of this name, one of `REGISTERS`."""
    found: Register = getattr(import_module(f"erptui.registers.{name}"), name.upper())
    return found
