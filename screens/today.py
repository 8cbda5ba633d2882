"""Today: what needs somebody now and what lies ahead, over all engagements (`screens.md` 1)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from db.labels import N_, NP_
from erptui.attention.lines import Fold, Matter
from erptui.attention.page import QUIET, Today
from erptui.days import WEEKDAYS, short_day
from erptui.i18n import _, listed, ngettext
from screens.actions import Action, common, grouped
from screens.alerts import alert_parts
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line
from screens.today_changing import AttendingScreen
from screens.today_filter import Found
from screens.today_view import TodayView
from screens.widgets.bars import Part
from screens.widgets.detail import Detail, once_laid_out

if TYPE_CHECKING:
    from erptui.attention.look import Attention

WIDE = 110
"""Cells from which on the detail stands at the right."""
NAMED = 40
"""Rows of a matter that are read for the detail."""

VIEWS = grouped(
    common.SHOW[0].group,
    Action("view-all", ("v a",), N_("All engagements"), N_("All engagements, or the current one alone."), rank=8),
    Action("view-matters", ("v n",), N_("Needs you"), N_("What needs you now."), rank=8),
    Action("view-rules", ("v m",), N_("Rules"), N_("The rules: thresholds, and what is muted."), rank=8),
)
_RANKS = {"mark": 2, "put-off": 3, "round": 4, "touch": 5, "notes": 6, "edit": 7, "back": 60, "filter": 12}


def _here(action: Action) -> Action:
    """An action of the common table as Today means it."""
    if action.id == "open":
        return replace(action, label=NP_("key", "Go"), help=N_("Go to the row, or open and close the fold."), rank=1)
    if action.id == "edit":
        return replace(action, label=N_("Rule"), help=N_("Mute the rule of the line, or set its threshold."), rank=7)
    if action.id == "trash":
        return replace(action, label=N_("Bring back"), help=N_("Let what was put off speak again now."), rank=9)
    if action.id == "mark":
        return replace(action, label=N_("Settle"), help=N_("Do what the line asks for."), rank=2)
    return replace(action, rank=_RANKS.get(action.id, action.rank))


class TodayScreen(Found, AttendingScreen):
    """`1`: one line a matter, folded by rule after ten; enter goes there, `m` settles, `z` puts off."""

    TITLE = N_("Today")
    INTERNAL = True
    ACTIONS = (*map(_here, common.COMMON), *VIEWS)
    CSS = """
    TodayScreen #halves, TodayScreen #matters { height: 1fr; }
    TodayScreen #detail { height: 6; max-height: 50%; }
    TodayScreen #halves.-narrow #detail { height: 8; }
    TodayScreen #halves.-beside { layout: horizontal; }
    TodayScreen #halves.-beside #matters { width: 62fr; min-width: 80; }
    TodayScreen #halves.-beside #detail { width: 38fr; height: 1fr; max-height: 100%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._view = TodayView(self.open_row, self._nothing, id="matters")
        self._halves = Vertical(id="halves")
        self._only_current = False

    def body(self) -> ComposeResult:
        self._fit_halves()
        with self._halves:
            yield self._view
            yield Detail(id="detail")

    @property
    def view(self) -> TodayView:
        return self._view

    def on_mount(self) -> None:
        self.reload()

    def _fit_halves(self) -> None:
        width = self.app.size.width
        self._halves.set_class(width >= WIDE, "-beside")
        self._halves.set_class(width < 60, "-narrow")

    def on_resize(self) -> None:
        # Textual calls the handlers of what it is based on as well.
        self._fit_halves()

    # Reading: the app looks in a worker, here its last picture is shown.

    def read_store(self) -> None:
        self._show()

    def attention_changed(self) -> None:
        """The app has looked again: the lines first, what is told of the one under the cursor behind them."""
        self._show_lines()
        once_laid_out(self, self._show_rest)

    @property
    def attention(self) -> Attention | None:
        """What is shown: of all engagements, or of the current one."""
        found, engagement = self.erp.attention, self.erp.engagement
        return found.of_one(engagement.id) if found and engagement and self._only_current else found

    @property
    def known_matters(self) -> Sequence[Matter]:
        """All matters, those that are folded too."""
        found = self.erp.attention
        return [*found.matters, *found.quiet] if found else ()

    def _show(self) -> None:
        self._show_lines()
        self.show_detail()

    def _show_rest(self) -> None:
        self.show_detail()
        self.keys_changed()

    def _show_lines(self) -> None:
        found = self.attention
        if found is not None:
            from erptui.attention.matters import fold

            matters, ahead, quiet = self.chosen_of(found)
            first, folds = (matters, []) if self.filter_text else fold(matters)
            scope = self._scope(found)
            problems = {found.codes.get(one, one): problem for one, problem in found.problems.items()}
            self._view.show(Today(first, folds, ahead, quiet), found.day, scope, problems)
        self._show_title()

    def _scope(self, found: Attention) -> str:
        engagement = self.erp.engagement
        return engagement.code if engagement and self._only_current else _("all")

    def _nothing(self) -> str:
        if self.filter_text:
            return _("No line fits the filter. esc clears it.")
        if self.erp.engagement is None:
            return _("No engagement yet. In a shell: erptui new --help")
        return _("Nothing needs you now. 2 shows the board, v m the rules and what is muted.")

    def _show_title(self) -> None:
        found = self.attention
        name, engagement = _("ALL"), self.erp.engagement
        if self._only_current and engagement:
            name = engagement.code
        left: Line = [(name, "bold accent"), (f" {_(self.TITLE)}", "bold")]
        if found and not self._only_current:
            told = [ngettext("{count} engagement", "{count} engagements", found.projects).format(count=found.projects)]
            if found.leads:
                told.append(ngettext("{count} lead", "{count} leads", found.leads).format(count=found.leads))
            left = [*left, (f"  {SIGNS.step}  {listed(told)}", "dim")]
        if self.filter_text:
            left = [*left[:2], (f"  {SIGNS.step}  {self.filter_text}", "bold")]
        day = " ".join((_(WEEKDAYS[self.today.weekday()]), short_day(self.today, self.today)))
        parts = [Part([(day, "dim")], rank=2)]
        if self.store.read_only:
            parts.insert(0, Part([(_("read only"), "amber")]))
        if self._view.has_selection:
            count = len(self._view.selected)
            selected = ngettext("{count} selected", "{count} selected", count).format(count=count)
            parts.insert(0, Part([(f"{SIGNS.chosen} {selected}", "bold accent")]))
        self.set_title(left, parts)

    def title_marks(self) -> Sequence[Part]:
        """The alerts of what is shown here."""
        return [*self.erp.title_marks(), *alert_parts(self.attention)]

    # The lower part.

    def cursor_moved(self) -> None:
        self._show_title()
        self.detail.follow(self.show_detail)

    def show_detail(self) -> None:
        if not self.is_mounted or not self.detail.size.width:
            return
        with self.reading():
            self.detail.show(self._detail(self.detail.size.width, self.detail.size.height))

    def _detail(self, width: int, height: int) -> Sequence[Line]:
        about = self._view.current
        if about is None:
            return ()
        from screens.today_layout import ahead_detail, fold_detail, matter_detail
        from screens.today_settling import kind_of, matter_of, names_of_rows

        if isinstance(about, Matter):
            names = names_of_rows(self, about, min(NAMED, height)) if len(about.rows) > 1 else []
            return matter_detail(about, names, _(kind_of(about).SAYS), width, height, self.today)
        if isinstance(about, Fold):
            hint = _("⏎ opens it, d brings a line of it back") if about.rule == QUIET else about.matters[0].hint
            return fold_detail(about, hint, width, height, self.today)
        return ahead_detail(about, _(kind_of(matter_of(about)).SAYS), width, height, self.today)

    # Going.

    @property
    def row(self) -> tuple[str, str] | None:
        """Table and id of the row that the line is about, the worst of several."""
        about = self._view.current
        if isinstance(about, Fold) or about is None:
            return None
        return about.rows[0] if isinstance(about, Matter) else about.row

    async def open_row(self) -> None:
        from screens.today_opening import open_the_row

        about, row = self._view.current, self.row
        if row is not None and about is not None and not isinstance(about, Fold):
            await open_the_row(self, *row, about.engagement)

    def touched(self) -> list[str]:
        chosen = self._view.chosen
        rows = [row for matter in chosen for row in matter.rows] or ([self.row] if self.row else [])
        people = [row for table, row in rows if table == "person"]
        return people if len(people) <= 1 or self._view.has_selection else people[:1]

    def notes_about(self) -> tuple[str, str] | None:
        return self.row

    def why_not_history(self) -> str | None:
        """A fold has none."""
        return None if self.row else _("There is no row here.")

    async def action_history(self) -> None:
        """Who changed what of the row."""
        from erptui.row_names import RowNames
        from screens.history import HistoryScreen

        if self.row:
            table, row = self.row
            await self.app.push_screen(HistoryScreen(RowNames(self.store).full(table, row), [row]))

    # Views.

    async def action_view_matters(self) -> None:
        """What needs somebody, of all engagements again."""
        self._only_current = False
        self._show()

    def why_not_view_all(self) -> str | None:
        """There is nothing to choose from."""
        return None if self.erp.engagement else _("There is no engagement yet.")

    def action_view_all(self) -> None:
        """All engagements, or the current one alone."""
        self._only_current = not self._only_current
        self._show()
        if self._only_current and self.erp.engagement:
            self.say(_("Of {code} alone. v a shows all engagements.").format(code=self.erp.engagement.code))

    async def action_view_rules(self) -> None:
        """The rules, and what is muted."""
        from screens.rooms import go_to

        await go_to(self.erp, "today", "rules")

    action_next_view = action_view_rules

    # The same place again.

    def place_now(self) -> dict[str, str]:
        current = self._view.current
        key: Hashable = self._view.row_key(self._view.cursor) if current is not None else None
        row = "|".join(map(str, key)) if isinstance(key, tuple) and key[0] != "agenda" else ""
        scope = "current" if self._only_current else ""
        return {"row": row, "opened": " ".join(sorted(self._view.opened)), "filter": self.filter_text, "scope": scope}

    def take_place(self, place: Mapping[str, str]) -> None:
        self._only_current = place.get("scope") == "current"
        self._view.opened = set(place.get("opened", "").split())
        self.narrow(place.get("filter", ""))
        if place.get("row"):
            self._view.go_to(tuple(place["row"].split("|")))
