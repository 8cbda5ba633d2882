"""Days on the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from erptui import clock
from erptui.entry import NotUnderstood, parse_day


class DayType(click.ParamType[date]):
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
