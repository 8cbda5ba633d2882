"""Moving the packages of a phase over its columns, ranking them, and how many may stand in a column at once."""

from __future__ import annotations

from collections.abc import Sequence

from db.choices import PackageStatus
from db.errors import Problem
from db.labels import N_
from erptui.entry import NotUnderstood
from erptui.i18n import _, labelled, ngettext, say
from erptui.method.board import package_lines
from erptui.method.status_board import DONE, STATUSES, move_packages, over_limit, parse_limit, rank_package, set_limit
from screens.actions import Action, common, grouped
from screens.board_lenses import ranked_text
from screens.card_changing import giving_status
from screens.glyphs import UNICODE as SIGNS
from screens.package_screen import PackageScreen
from screens.repeat import Apply
from screens.status_board_layout import Shown
from screens.status_board_view import StatusBoardView
from screens.store_screen import StoreScreen
from screens.widgets.edit_line import Question

LIMIT = grouped(
    common.ROW[0].group,
    Action("limit", ("W",), N_("Limit"), N_("How many packages may have the status of this column at once."), rank=36),
)


class StatusMovingScreen(PackageScreen):
    """A screen over the columns of a phase. Give `view`."""

    @property
    def view(self) -> StatusBoardView:
        """The columns."""
        raise NotImplementedError

    def _why_no_package(self) -> str | None:
        return (None if self.view.package else _("There is no package here.")) or self.why_read_only()

    why_not_day_later = why_not_day_earlier = why_not_week_later = why_not_week_earlier = _why_no_package
    why_not_move_left = why_not_move_right = _why_no_package

    # Over the columns.

    def action_move_left(self) -> None:
        """To the status before; all selected do."""
        self._move(forward=False)

    def action_move_right(self) -> None:
        """To the next status; all selected do."""
        self._move(forward=True)

    def _move(self, *, forward: bool) -> None:
        packages, current = self.view.chosen, self.view.package
        statuses = {package.status for package in packages}
        targets = [*dict.fromkeys(filter(None, (_beside(status, forward) for status in statuses)))]
        if len(statuses) == 1 and targets:
            # What `.` repeats is the status, wherever the next package stands.
            status = PackageStatus(targets[0])
            words, apply = _(status.label), giving_status(status)
        else:
            words, apply = _("To the right") if forward else _("To the left"), moving(forward)
        if self.change_rows(words, warning(apply, targets)) and current and self.view.go_to(current.id):
            self.show_detail()

    # In a column.

    def why_not_move_down(self) -> str | None:
        """Nothing there, or several are selected."""
        several = _("One package is ranked at a time. Take the selection away with esc first.")
        return self._why_no_package() or (several if self.view.has_selection else None)

    why_not_move_up = why_not_move_down

    def action_move_down(self) -> None:
        """One place down in its column."""
        self._rank(down=True)

    def action_move_up(self) -> None:
        """One place up in its column."""
        self._rank(down=False)

    def _rank(self, *, down: bool) -> None:
        package, column = self.view.package, self.view.packages
        if package:
            said = ranked_text(package.code, column, package, down=down)
            self.attempt(lambda: rank_package(self.store, column, package, down=down), said)

    # The limit.

    def why_not_change(self) -> str | None:
        """On a heading it is the limit that is changed."""
        return self._why_no_package() if self.view.package else self.why_not_limit()

    def label_change(self) -> str | None:
        """What `c` changes here."""
        return _("Finish") if self.view.package else _("Limit")

    def action_change(self) -> None:
        """The finish of the package; on a heading the limit of the column."""
        if self.view.package:
            super().action_change()
        else:
            self.action_limit()

    def why_not_limit(self) -> str | None:
        """Where there is no column, and for what is done."""
        column = self.view.column
        if column is None or self.erp.engagement is None:
            return _("There is no engagement yet.")
        if column.column.status == DONE:
            return _("What is done has no limit: go to another column with h.")
        return self.why_read_only()

    def action_limit(self) -> None:
        """Ask how many may have the status of this column at once."""
        column, engagement = self.view.column, self.erp.engagement
        if column is None or engagement is None:
            return
        most, status = column.column.most, PackageStatus(column.column.status)

        def save(text: str) -> str | None:
            try:
                limit = parse_limit(text)
                changed = set_limit(self.store, engagement.id, status.id, limit)
            except NotUnderstood as refused:
                return str(refused)
            except Problem as problem:
                return say(problem)
            if not changed:
                self.say(_("Nothing was changed: it stands so already."))
                return None
            said = _("no limit any more") if limit is None else _("at most {most} at once").format(most=limit)
            parts = (labelled(_(status.label), said), *over_texts(self, [status.id]))
            self.say_done(f" {SIGNS.bullet} ".join(parts))
            return None

        self.ask(
            Question(
                _("Limit of {column}:").format(column=_(status.label)),
                save,
                value="" if most is None else str(most),
                placeholder=_("how many at once; nothing for no limit"),
                anew=True,
                no_form=_("There is no form for this: the line is all of it."),
            )
        )

    # The round.

    def why_not_round(self) -> str | None:
        """Nothing to go through, or a client would read the notes along."""
        empty = None if self.view.packages or self.view.has_selection else _("There is no package here.")
        return self.why_internal() or empty or self.why_read_only()

    def why_not_mark_all(self) -> str | None:
        """Nothing in the column."""
        empty = None if self.view.packages or self.view.has_selection else _("There is no package here.")
        return empty or self.why_read_only()


def _beside(status: str, forward: bool) -> str | None:
    place = STATUSES.index(status) + (1 if forward else -1)
    return STATUSES[place] if 0 <= place < len(STATUSES) else None


def moving(forward: bool) -> Apply:
    """The change of a status to the one beside it, to be made on any packages."""

    def apply(screen: StoreScreen, rows: Sequence[str]) -> str:
        moved = move_packages(screen.store, package_lines(screen.store, rows), screen.today, forward=forward)
        return ngettext("{count} package moved", "{count} packages moved", len(moved)).format(count=len(moved))

    return apply


def warning(apply: Apply, statuses: Sequence[str]) -> Apply:
    """A change that says too where more packages have one of the statuses afterwards than its limit allows."""

    def warned(screen: StoreScreen, rows: Sequence[str]) -> str:
        done = apply(screen, rows)
        return f" {SIGNS.bullet} ".join((done, *over_texts(screen, statuses))) if done else ""

    return warned


def over_texts(screen: StoreScreen, statuses: Sequence[str]) -> list[str]:
    """Where more packages have one of the statuses than its limit allows, in words."""
    engagement = screen.erp.engagement
    found = over_limit(screen.store, engagement.id, statuses) if engagement else {}
    text = _("{sign} {status}: {count} at once, the limit is {most}")
    return [
        text.format(sign=SIGNS.soon, status=_(PackageStatus(status).label), count=count, most=most)
        for status, (count, most) in found.items()
    ]


def limit_text(column: Shown) -> str:
    """What stands in a column, in words, for the lower part."""
    found = column.column
    here = len(found.packages)
    parts = [ngettext("{count} package", "{count} packages", here).format(count=here)]
    if found.elsewhere:
        parts.append(_("{count} in other phases").format(count=found.elsewhere))
    if found.most is not None:
        parts.append(_("at most {most} at once").format(most=found.most))
    elif found.status != DONE:
        parts.append(_("no limit"))
    return f" {SIGNS.bullet} ".join(parts)
