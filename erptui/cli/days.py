"""Days on the command line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from erptui import clock
from erptui.entry import NotUnderstood, parse_day

if TYPE_CHECKING:
    _DayBase = click.ParamType[date]
else:
    # Generic only in later versions of click.
    _DayBase = click.ParamType


class DayType(_DayBase):
    """A day as people type it (`erptui.entry`)."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_day(value, clock.today())
        except NotUnderstood as error:
            return self.fail(str(error), param, ctx)


DAY = DayType()
