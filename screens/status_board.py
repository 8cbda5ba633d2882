"""The packages of one phase by their status: moved with H and L, ranked with J and K; `[` and `]` change the phase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual.app import ComposeResult

from db.choices import ActivityId, PackageStatus, PhaseId
from db.labels import N_
from erptui.i18n import _, ngettext
from erptui.method.board import PackageLine
from erptui.method.standing import days_late
from erptui.method.status_board import StatusColumn, open_before, status_columns
from erptui.package_dates import NO_DATES
from screens.actions import common
from screens.board_detail import rule
from screens.board_lenses import LENSES, LensScreen
from screens.card_list import package_detail
from screens.glyphs import UNICODE as SIGNS
from screens.status_board_filter import PackageSearch
from screens.status_board_finding import PackageFindingScreen
from screens.status_board_layout import Facts
from screens.status_board_moving import LIMIT, limit_text
from screens.status_board_text import board_text
from screens.status_board_view import StatusBoardView
from screens.text import Line
from screens.widgets.bars import Part
from screens.widgets.detail import Detail

PHASES = tuple(phase.id for phase in PhaseId)
_PHASE = N_("Phase")
_HERE: Mapping[str, Mapping[str, str]] = {
    "change": {"help": N_("The finish of the package; on a heading the limit of its column.")},
    "mark-all": {"help": N_("All packages of the column done, or all selected.")},
    "open": {"help": N_("The package in its form.")},
    "previous-period": {"label": _PHASE, "help": N_("The phase before.")},
    "next-period": {"label": _PHASE, "help": N_("The next phase; what goes on through all of them comes last.")},
    "this-period": {"label": N_("Current phase"), "help": N_("The phase in which the engagement stands.")},
}
"""What actions of the common table mean here."""


class StatusBoardScreen(PackageFindingScreen, LensScreen):
    """Status × packages of a phase. `W` limits how many may stand in a column at once."""

    CSS = """
    StatusBoardScreen #columns { height: 1fr; }
    StatusBoardScreen #detail { height: 33%; min-height: 4; max-height: 9; }
    """

    TITLE = N_("Status board")
    LENS = "status"
    ACTIONS = (*(replace(action, **_HERE.get(action.id, {})) for action in common.COMMON), *LIMIT, *LENSES)

    def __init__(self) -> None:
        super().__init__()
        self._phase = PHASES[0]
        self._of = ""
        self._columns: Sequence[StatusColumn] = ()
        self._facts: Facts | None = None
        self._late = 0
        self._view = StatusBoardView(self.action_edit, id="columns")

    def body(self) -> ComposeResult:
        yield self._view
        yield Detail(id="detail")

    @property
    def view(self) -> StatusBoardView:
        return self._view

    def on_mount(self) -> None:
        self.reload()
        self.take_wanted_place()

    # Reading.

    def read_store(self) -> None:
        engagement = self.erp.engagement
        if engagement and engagement.id != self._of:
            self._of, self._phase, self.filter_text = engagement.id, engagement.phase, ""
            self.view.forget_place()
        self._columns, opened, before = (), True, {}
        if engagement:
            self._columns = status_columns(self.store, engagement.id, self._phase)
            before = open_before(self.store, engagement.id, self._phase)
            sql = "SELECT 1 FROM phase WHERE engagement_id = ? AND phase = ? AND opened_on IS NOT NULL"
            opened = bool(self.store.rows(sql, (engagement.id, self._phase)))
        plan = self.erp.plan
        self._facts = Facts(self.today, plan.dates if plan.known else None, opened, before)
        packages = [package for column in self._columns for package in column.packages]
        self.search = PackageSearch(packages, self._facts)
        self._late = late_count(packages, self._facts)
        self.show_found()

    def show_found(self) -> None:
        if self._facts is None:
            return
        shown: Sequence[Sequence[PackageLine]] = [column.packages for column in self._columns]
        if self.filter_text.strip() and self.search:
            fitting, self.filter = self.search.fitting(self.filter_text)
            shown = [[package for package in packages if package.id in fitting] for packages in shown]
        self.view.hint_text = self._hint()
        self.view.show(self._columns, shown, self._facts)
        self.after_choice()
        if not self.filtering:
            self.show_detail()

    def _hint(self) -> str:
        if self.erp.engagement is None:
            return _("No engagement yet. In a shell: erptui new --help")
        if any(column.packages for column in self._columns):
            return _("No package fits the filter. esc clears it.")
        return _("No packages in this phase. a adds one, [ and ] go to the phase before and after.")

    def after_choice(self) -> None:
        """Line 1: the phase, what is done of it, the filter, how many are selected."""
        total = sum(len(column.packages) for column in self._columns)
        done = len(self._columns[-1].packages) if self._columns else 0
        about: Line = [(f" {done}/{total}", "dim")]
        if self.filter_text.strip():
            found = _("{shown} of {total}").format(shown=len(self.view.every_package), total=total)
            about = [(f" {found}", "dim"), (f"  {SIGNS.step}  {self.filter_text.strip()}", "bold")]
        marks = []
        if self.view.has_selection:
            count = len(self.view.chosen)
            text = ngettext("{count} selected", "{count} selected", count).format(count=count)
            marks.append(Part([(f"{SIGNS.chosen} {text}", "bold accent")]))
        self.show_title(self._phase, self._late, about, marks)

    def selection_changed(self) -> None:
        self.after_choice()

    # The lower part.

    def cursor_moved(self) -> None:
        self.keys_changed()
        self.after_choice()
        self.detail.follow(self.show_detail, typing=self.filtering)

    def show_detail(self) -> None:
        if not self.detail.size.width:
            return
        with self.reading():
            self._read_detail()

    def _read_detail(self) -> None:
        detail, package, column = self.detail, self.view.package, self.view.column
        width, height = detail.size.width, detail.size.height
        if package is None or self._facts is None:
            name = _(PackageStatus(column.column.status).label) if column and self.view.row_count else ""
            lines = [rule(width), [(f" {name}", "bold"), (f"  {limit_text(column)}", "dim")]] if name and column else []
            detail.show(lines)
            return
        waits = [*filter(None, (package.waits_for,)), *self.predecessors(package.id)]
        facts = self._facts
        lines = package_detail(package, facts.dates, waits, facts.opened, width, facts.today)
        detail.show(lines if len(lines) <= height else [*lines[: height - 1], [(f" {SIGNS.ellipsis}", "dim")]])

    # Phases.

    def _why_no_phase(self, step: int) -> str | None:
        if self.erp.engagement is None:
            return _("There is no engagement yet.")
        if not 0 <= PHASES.index(self._phase) + step < len(PHASES):
            return _("This is the first phase.") if step < 0 else _("Nothing comes behind this.")
        return None

    def why_not_previous_period(self) -> str | None:
        """The first phase has none before it."""
        return self._why_no_phase(-1)

    def why_not_next_period(self) -> str | None:
        """The band through all phases comes last."""
        return self._why_no_phase(1)

    def why_not_this_period(self) -> str | None:
        """Without an engagement there is no phase."""
        return self._why_no_phase(0)

    def action_previous_period(self) -> None:
        """The phase before."""
        self._go_to_phase(PHASES[PHASES.index(self._phase) - 1])

    def action_next_period(self) -> None:
        """The next phase; behind the last one what goes on through all of them."""
        self._go_to_phase(PHASES[PHASES.index(self._phase) + 1])

    def action_this_period(self) -> None:
        """The phase in which the engagement stands."""
        if self.erp.engagement:
            self._go_to_phase(self.erp.engagement.phase)

    def _go_to_phase(self, phase: str) -> None:
        if phase != self._phase:
            self._phase = phase
            self.view.forget_place()
            self.reload()

    # The place on it.

    def place_now(self) -> dict[str, str]:
        column, package = self.view.column, self.view.package
        found = {"phase": self._phase, "filter": self.filter_text, "package": package.id if package else ""}
        return {**found, "column": column.column.status if column else ""}

    def take_place(self, place: Mapping[str, str]) -> None:
        if place.get("phase") in PHASES:
            self._go_to_phase(place["phase"])
        if place.get("filter", "") != self.filter_text:
            self.narrow(place.get("filter", ""))
        if not self.view.go_to(place.get("package", "")):
            self.view.go_to_column(place.get("column", ""))
        self.show_detail()

    # Adding and out.

    def new_place(self) -> tuple[str, str]:
        package = self.view.package
        if package:
            return self._phase, package.activity
        own = (activity.id for activity in ActivityId if activity.id[0] == self._phase)
        known = next((package.activity for column in self._columns for package in column.packages), None)
        return self._phase, known or next(own)

    def new_label(self) -> str:
        return _("New package of {activity}:").format(activity=self.new_place()[1])

    def go_to_package(self, package: str) -> None:
        if not self.view.go_to(package) and self.filter_text:
            # It does not fit the filter, and what was just added must be seen.
            self.narrow("")
            self.view.go_to(package)
        self.show_detail()

    def text_to_copy(self) -> str:
        assert self._facts is not None
        assert self.erp.engagement is not None
        chosen = {package.id for package in (self.view.chosen if self.view.has_selection else self.view.every_package)}
        columns = [(c.column.status, [one for one in c.packages if one.id in chosen]) for c in self.view.columns]
        return board_text(self.erp.engagement.code, self._phase, columns, self._facts)


def late_count(packages: Sequence[PackageLine], facts: Facts) -> int:
    """How many of the packages are late; none in a phase that is not open, nor before the plan has been computed."""
    if not facts.opened or facts.dates is None:
        return 0
    return sum(
        days_late(facts.dates.get(package.id, NO_DATES), package.status, facts.today) > 0 for package in packages
    )
