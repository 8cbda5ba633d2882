"""Birthdays as people type them: with the year, or without one."""

from __future__ import annotations

import re
from datetime import date

from erptui.entry.days import written_parts
from erptui.entry.typed import NotUnderstood, plain, quoted
from erptui.i18n import _

_LEAP_YEAR = 2000


def parse_birthday(text: str, today: date) -> str:
    """The birthday that `text` means: `1985-03-07`, or `--03-07` where no year was typed.

    `1985-03-07`, `19850307`, `7.3.1985`, `7.3.85`, `85年3月7日`; without the year `03-07`, `7.3`, `3月7日`. A year of
    two digits is the last one with these. Raises `NotUnderstood` for what is no such day, or one to come.
    """
    typed = plain(text)
    parts = written_parts(re.sub(r"\A--?(?=\d)", "", typed))
    if parts is not None:
        year, month, day = parts
        if len(year) == 2:
            year = f"20{year}" if int(year) <= today.year % 100 else f"19{year}"
        try:
            found = date(int(year or _LEAP_YEAR), month, day)
        except ValueError:
            found = None
        if found is not None and found <= today:
            return found.isoformat() if year else f"--{month:02}-{day:02}"
    raise NotUnderstood(
        _("“{text}” is not a birthday. Type 1985-03-07, 7.3.1985, or 03-07 without the year.").format(text=quoted(text))
    )


def birthday_text(stored: str) -> str:
    """A stored birthday as it is typed: without the two dashes that stand for no year."""
    return stored.removeprefix("--")
