"""The decisions of an engagement: what is to be decided by whom and by when, what waits for it, how it came out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.labels import N_
from erptui.commitment_lines import DecisionLine, read_decision
from erptui.commitments import add_decision, decide, options_of, waiting_for
from erptui.i18n import _, ngettext
from erptui.line_marks import LineContext
from erptui.notebook import cut_name
from erptui.registers.listing import Row
from screens.commitments import CommitmentsScreen
from screens.commitments_layout import (
    DECISION_HISTORY,
    DECISION_KEYS,
    KINDS,
    decision_columns,
    decision_detail,
    decision_is_open,
)
from screens.register_screen import Table
from screens.repeat import Apply
from screens.text import Line
from screens.widgets.edit_line import Question
from screens.widgets.register import RegisterColumn


class DecisionsScreen(CommitmentsScreen):
    """`5` `v d`: decisions. `a` adds one, `m` asks for the outcome, `z` puts it off."""

    TITLE = N_("Decisions")
    TABLE = Table(
        "decisions",
        DECISION_KEYS,
        KINDS,
        tables=("decision", "decision_wait", "work_package", "person", "engagement"),
    )
    NEW = N_("New decision")
    LINE_LABEL = N_("New decision:")
    LINE_EXAMPLE = N_("which barcode printer? @wl >2w #C1.2")

    def columns(self) -> Sequence[RegisterColumn]:
        return decision_columns(lambda: self.today)

    def empty_text(self) -> str:
        if self.why_not_add():
            return _("No decisions yet.")
        return _("No decisions yet. a adds one: which printer? @wl >2w.")

    def detail_of(self, row: Row, width: int, height: int) -> Sequence[Line]:
        identifier = str(row[0])
        options, waiting = options_of(self.store, identifier), waiting_for(self.store, identifier)
        known = self.known(row, DECISION_HISTORY, options=options, waiting=waiting)
        return decision_detail(row, known, width, height, self.today)

    def is_open(self, row: Row) -> bool:
        return decision_is_open(row)

    # Adding.

    def read_line(self, text: str, context: LineContext) -> DecisionLine:
        return read_decision(text, context)

    def make(self, read: DecisionLine, engagement: str | None) -> str:
        return add_decision(self.store, read, engagement)

    def given(self, read: DecisionLine) -> dict[str, str]:
        people = self.erp.known_people.at_once().candidates
        # The form takes fields only: what waits stays in the words, where it is seen.
        codes = self.context().package_codes
        return {
            "text": " ".join((read.text, *(f"#{codes[package]}" for package in read.waits))),
            "decider": people[read.decider].name if read.decider else "",
            "due": read.due.isoformat() if read.due else "",
        }

    # Decided.

    ROUND_EXAMPLE = N_("what was decided, or +2d waits for IT; enter alone goes on")

    def becoming(self, text: str) -> Apply:
        return deciding(text)

    def label_mark(self) -> str | None:
        """What `m` means here."""
        return _("Decided")

    def why_not_mark(self) -> str | None:
        """Nothing there, decided already, or nothing can be changed."""
        decided = None if self.open_ids else _("It is decided already. c on the outcome changes it.")
        return self.why_not_history() or decided or self.why_read_only()

    def action_mark(self) -> None:
        """Ask what was decided."""
        rows = self.open_ids
        self.ask(
            Question(
                self.asked_of(N_("Outcome of {name}:"), rows),
                lambda text: self.do_line(" ".join((_("Decided"), text.strip())), deciding(text), rows),
                placeholder=_("what was decided, and why"),
                no_form=_("There is no form for this: e opens that of the row."),
            )
        )


def deciding(outcome: str) -> Apply:
    """Record an outcome on those of the rows that are open, and say which."""

    def apply(screen: Any, rows: Sequence[str]) -> str:
        texts = decide(screen.store, rows, outcome, screen.today)
        if not texts:
            return ""
        if len(texts) == 1:
            return _("{name} decided").format(name=cut_name(texts[0]))
        return ngettext("{count} decision made", "{count} decisions made", len(texts)).format(count=len(texts))

    return apply
