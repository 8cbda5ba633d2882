"""The promises of an engagement, ours and theirs: added by a line, kept with `m`, put off with `z`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.choices import PromiseState
from db.labels import N_
from erptui.commitment_lines import PromiseLine, read_promise
from erptui.commitments import add_promise, settle_promises
from erptui.entry import parse_choice
from erptui.i18n import _, labelled, ngettext
from erptui.line_marks import LineContext
from erptui.notebook import cut_name
from erptui.registers.listing import Row
from screens.commitments import CommitmentsScreen
from screens.commitments_layout import (
    KINDS,
    PROMISE_HISTORY,
    PROMISE_KEYS,
    promise_columns,
    promise_detail,
    promise_is_live,
    state_of,
)
from screens.register_screen import Table
from screens.repeat import Apply
from screens.text import Line
from screens.widgets.register import RegisterColumn

SETTLED = (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.WITHDRAWN)


class PromisesScreen(CommitmentsScreen):
    """`5`: promises. `a` adds one, `m` marks it kept, `z` puts it off, `c` on its state says broken or withdrawn."""

    TITLE = N_("Promises")
    TABLE = Table("promises", PROMISE_KEYS, KINDS, tables=("promise", "person", "engagement"))
    NEW = N_("New promise")
    LINE_LABEL = N_("New promise:")
    LINE_EXAMPLE = N_("send the BOM list @zm fri · @zm sends the BOM list fri")

    def columns(self) -> Sequence[RegisterColumn]:
        return promise_columns(lambda: self.today)

    def empty_text(self) -> str:
        if self.why_not_add():
            return _("No promises yet.")
        return _("No promises yet. a adds one: send the BOM list @zm fri.")

    def detail_of(self, row: Row, width: int, height: int) -> Sequence[Line]:
        return promise_detail(row, self.known(row, PROMISE_HISTORY), width, height, self.today)

    def is_open(self, row: Row) -> bool:
        return promise_is_live(row)

    # Adding.

    def read_line(self, text: str, context: LineContext) -> PromiseLine:
        return read_promise(text, context)

    def make(self, read: PromiseLine, engagement: str | None) -> str:
        return add_promise(self.store, read, engagement)

    def given(self, read: PromiseLine) -> dict[str, str]:
        people = self.erp.known_people.at_once().candidates
        return {
            "text": read.text,
            "side": _(read.side.label),
            "person": people[read.person].name if read.person else "",
            "owner": people[read.owner].name if read.owner else "",
            "due": read.due.isoformat() if read.due else "",
        }

    # Kept.

    ROUND_EXAMPLE = N_("kept, broken, withdrawn or +2d waits for IT; enter alone goes on")

    def becoming(self, text: str) -> Apply:
        return settling(parse_choice(text, SETTLED))

    def label_mark(self) -> str | None:
        """What `m` means here."""
        return _(PromiseState.KEPT.label)

    def why_not_mark(self) -> str | None:
        """Nothing there, or nothing can be changed."""
        return self.why_not_history() or self.why_read_only()

    def action_mark(self) -> None:
        """The promise under the cursor, or all selected, were kept."""
        kept = PromiseState.KEPT
        if all(state_of(row) is kept for row in self.chosen_rows):
            self.say(_("Kept already. c on the state changes it."))
            return
        self.change_rows(_(kept.label), settling(kept))


def settling(state: PromiseState) -> Apply:
    """Say what became of promises, and of which; those that were so already stay as they are."""

    def apply(screen: Any, rows: Sequence[str]) -> str:
        texts = settle_promises(screen.store, rows, state, screen.today)
        if not texts:
            return ""
        name = cut_name(texts[0])
        if len(texts) > 1:
            name = ngettext("{count} promise", "{count} promises", len(texts)).format(count=len(texts))
        return labelled(name, _(state.label))

    return apply
