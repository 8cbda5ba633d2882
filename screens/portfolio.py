"""`0`: all engagements as a list: phase, next gate, finish, alerts, next touch; entered, won, postponed from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from db.choices import EngagementStatus, PhaseId
from db.labels import N_, NP_
from erptui import cells
from erptui.commitments import turnings_of
from erptui.filtering import FieldKind
from erptui.i18n import _
from erptui.portfolio import ALIVE, OVER, PortfolioLine, people_of, portfolio
from erptui.registers.context import Context
from erptui.registers.listing import Row
from screens.glyphs import UNICODE as SIGNS
from screens.outcomes import OutcomeScreen, with_own_words
from screens.pipeline_layout import UNKNOWN, KnownEngagement, card_day, engagement_detail
from screens.register_finding import COLUMNS
from screens.register_screen import RegisterScreen, Table
from screens.text import Line, Span
from screens.widgets.register import RegisterColumn

KEYS = (
    "id", "code", "name", "status", "phase", "gate", "gate_day", "finish", "late_days", "red", "amber", "next_touch",
    "next_with", "ask_again_on", "client_name", "start",
)  # fmt: skip
KINDS = {
    **dict.fromkeys(("gate_day", "finish", "next_touch"), FieldKind.DAY),
    **dict.fromkeys(("late_days", "red", "amber"), FieldKind.NUMBER),
}
_AT = {key: place for place, key in enumerate(KEYS)}
MOST_TURNINGS = 12
"""Steps read for the lower part."""
BY_FORM = N_("{column}: e changes it in the form, where no code is given twice.")
BY_OUTCOME = N_("{column}: m says what became of it, L wins it.")


class PortfolioScreen(OutcomeScreen, RegisterScreen):
    """All engagements with what lies ahead of each; the columns of the plan come when it has been computed."""

    TITLE = N_("Portfolio")
    ACTIONS = (*with_own_words(RegisterScreen.ACTIONS), *COLUMNS)
    TABLE = Table("engagements", KEYS, KINDS, tables=("engagement", "gate", "gate_criterion", "phase", "client"))

    def columns(self) -> Sequence[RegisterColumn]:
        return _columns(lambda: self.today)

    def title_text(self) -> str:
        return _(self.TITLE)

    def empty_text(self) -> str:
        return _("No engagement yet. a adds a lead: Huaxin Precision HX27 @wl >2w.")

    def on_mount(self) -> None:
        # Textual calls the handler of what it is based on as well, behind this one.
        if self.erp.engagement and not self._wanted_place:
            self.view.go_to(self.erp.engagement.id)

    # What is computed.

    def context(self) -> Context:
        context = super().context()
        context.prospects = self.ahead
        return context

    def read_store(self) -> None:
        super().read_store()
        self.look_ahead()

    def prospects_known(self) -> None:
        self._read_at = ()
        super().read_store()

    # The row.

    @property
    def current_line(self) -> PortfolioLine | None:
        row = self.view.current
        return next(iter(portfolio(self.store, str(row[0]))), None) if row else None

    def why_not_one(self) -> str | None:
        if self.view.selected_count > 1:
            return _("What becomes of an engagement is said of one at a time.")
        return super().why_not_one()

    def go_to_engagement(self, engagement: str) -> None:
        self.go_to(engagement)

    async def open_row(self) -> None:
        await self.enter_current()

    def why_not_open(self) -> str | None:
        """There is nothing to enter."""
        return self.why_not_here()

    def detail_of(self, row: Row, width: int, height: int) -> Sequence[Line]:
        line = self.current_line
        if line is None:
            return ()
        known = KnownEngagement(
            people_of(self.store, line.id), turnings_of(self.store, line.id, ("status",), MOST_TURNINGS)
        )
        return engagement_detail(line, self.ahead.get(line.id, UNKNOWN), known, width, self.today)[:height]

    def touched(self) -> list[str]:
        """Where an engagement has one person, a touch is with that one."""
        row = self.view.current
        people = people_of(self.store, str(row[0])) if row else ()
        return [people[0].id] if len(people) == 1 else []


def _columns(today: Callable[[], date]) -> list[RegisterColumn]:
    name = cells.Column("name", 12, 30, rank=1, grows=True)
    return [
        RegisterColumn(cells.Column("code", 8, 10, rank=1), N_("Code"), _code, "form", BY_FORM),
        RegisterColumn(name, N_("Name"), lambda row: (_text(row, "name"), "plain")),
        RegisterColumn(cells.Column("phase", 14, 14, rank=2), N_("Phase"), _phase),
        RegisterColumn(cells.Column("gate_day", 10, 10, rank=3), N_("Next gate"), lambda row: _gate_day(row, today())),
        RegisterColumn(cells.Column("finish", 8, 9, rank=4), N_("Finish"), _day_of("finish", today)),
        RegisterColumn(cells.Column("red", 7, 9, rank=5), N_("Alerts"), _alerts),
        RegisterColumn(cells.Column("status", 9, 10, rank=7), N_("Status"), _status, "outcome", BY_OUTCOME),
        RegisterColumn(cells.Column("next_touch", 10, 16, rank=6), N_("Next touch"), lambda row: _next(row, today())),
        RegisterColumn(cells.Column("late_days", 5, 6, rank=8), N_("Late"), _late),
        RegisterColumn(
            cells.Column("ask_again_on", 9, 10, rank=9),
            N_("Ask again"),
            _day_of("ask_again_on", today),
            "ask_again_on",
        ),
        RegisterColumn(
            cells.Column("client_name", 10, 24, rank=10, grows=True),
            NP_("organisation", "Client"),
            lambda row: (_text(row, "client_name"), "dim"),
            why=BY_FORM,
        ),
        RegisterColumn(cells.Column("start", 8, 9, rank=11), N_("Start"), _day_of("start", today)),
    ]


def _text(row: Row, key: str) -> str:
    return str(row[_AT[key]] or "")


def _day(row: Row, key: str) -> date | None:
    return date.fromisoformat(row[_AT[key]]) if row[_AT[key]] else None


def _day_of(key: str, today: Callable[[], date]) -> Callable[[Row], Span]:
    return lambda row: (card_day(_day(row, key), today()), "dim")


def _quiet(row: Row, role: str = "plain") -> str:
    return role if _text(row, "status") in ALIVE else "dim"


def _code(row: Row) -> Span:
    return f"{_sign(row)} {_text(row, 'code')}", "bold red" if _sign(row) == SIGNS.late else _quiet(row, "bold")


def _sign(row: Row) -> str:
    """How it stands, for where there is no room to say it."""
    status = _text(row, "status")
    if status in OVER:
        return SIGNS.times
    if status == EngagementStatus.POSTPONED.id:
        return SIGNS.waiting
    if row[_AT["red"]]:
        return SIGNS.late
    return SIGNS.todo if status == EngagementStatus.LEAD.id else SIGNS.doing


def _phase(row: Row) -> Span:
    return _(PhaseId(_text(row, "phase")).label), _quiet(row)


def _status(row: Row) -> Span:
    status = _text(row, "status")
    return _(EngagementStatus(status).label), "amber" if status == EngagementStatus.POSTPONED.id else _quiet(row)


def _gate_day(row: Row, today: date) -> Span:
    day = _day(row, "gate_day")
    if day is None:
        return "", "dim"
    return f"{SIGNS.milestone_open} {card_day(day, today)}", "red" if day < today else "plain"


def _alerts(row: Row) -> Span:
    red, amber = row[_AT["red"]], row[_AT["amber"]]
    parts = [f"{SIGNS.late}{red}"] if red else []
    return " ".join([*parts, f"{SIGNS.soon}{amber}"] if amber else parts), "red" if red else "amber"


def _next(row: Row, today: date) -> Span:
    day = _day(row, "next_touch")
    if day is None:
        return SIGNS.dash, "dim"
    return f"{card_day(day, today)} {_text(row, 'next_with')}".strip(), "amber" if day < today else "plain"


def _late(row: Row) -> Span:
    days = row[_AT["late_days"]]
    return (_("{days}d").format(days=days) if days else ""), "red"
