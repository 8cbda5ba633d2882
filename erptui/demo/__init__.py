"""The demo portfolio: engagements in all states of their lives, with days relative to today. All of it is invented."""

from __future__ import annotations

from erptui.demo.fill import fill_demo

__all__ = ["fill_demo"]
