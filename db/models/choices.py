"""Moved to `db.choices`."""

from db.choices import *  # noqa: F403
