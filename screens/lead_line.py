"""The line that makes a lead, and its form: loaded when somebody adds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.choices import BaseCalendar, ContentLanguage
from db.errors import Problem
from erptui.config import load_settings
from erptui.forms import LEAD
from erptui.i18n import _, language, say
from erptui.leads import LeadLine, add_lead, codes_of, read_lead
from erptui.line_marks import LineContext
from screens.form import FormScreen
from screens.glyphs import UNICODE as SIGNS
from screens.widgets.edit_line import EditLine

if TYPE_CHECKING:
    from screens.engagement_rows import EngagementScreen


class LeadAsked:
    """A lead while it is asked for; which line was confirmed already."""

    def __init__(self, screen: EngagementScreen) -> None:
        self._screen = screen
        self._confirmed = ""

    def _context(self) -> LineContext:
        screen = self._screen
        return LineContext(screen.today, screen.erp.known_people.at_once())

    def _read(self, text: str) -> LeadLine:
        return read_lead(text, self._context(), codes_of(self._screen.store))

    def say_reading(self, text: str) -> None:
        """How the line reads so far."""
        if text.strip() and self._screen.erp.known_people.ready is not None:
            with self._screen.reading():
                self._screen.query_one(EditLine).remark(f" {SIGNS.bullet} ".join(self._read(text).said))

    def save(self, text: str) -> str | None:
        """Make the lead, or say what the line leaves open."""
        screen = self._screen
        try:
            read = self._read(text)
            if read.unclear:
                return read.unclear[0]
            if read.new and self._confirmed != text:
                self._confirmed = text
                new = _("{name} is new and will be added.").format(name=read.new.name)
                return " ".join((new, _("Enter again adds the lead, esc goes back.")))
            made = add_lead(screen.store, read, _calendar(), ContentLanguage(language()), screen.today)
        except Problem as problem:
            return say(problem)
        screen.go_to_engagement(made)
        screen.say_done(_("{name} added").format(name=f"{read.code} {read.name}"))
        return None

    async def whole_form(self, text: str) -> None:
        """The form of a lead with what was typed; whom the line names is contacted all the same."""
        screen = self._screen
        read = self._read(text)
        given = {
            "name": read.name,
            "code": read.code,
            "language": _(ContentLanguage(language()).label),
            "start": screen.today.isoformat(),
        }
        fixed = {
            "calendar": _calendar(),
            "today": screen.today,
            **{name: getattr(read, name) for name in ("person", "new", "next_on")},
        }
        form = FormScreen(LEAD, None, _("New lead"), given={k: v for k, v in given.items() if v}, fixed=fixed)
        await screen.app.push_screen(form, lambda made: screen.go_to_engagement(made) if made else None)


def _calendar() -> BaseCalendar | None:
    """The working days that a person has chosen for new engagements."""
    usual = load_settings().calendar
    return BaseCalendar(usual) if usual else None
