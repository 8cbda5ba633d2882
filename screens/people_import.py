"""What a file with people would bring, before it is taken: how many, who is probably there already, what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult

from db.labels import N_
from erptui import cells
from erptui.contacts.bring_in import BroughtIn
from erptui.contacts.told import KINDS, change_lines, first_row
from erptui.exchange.contact import Contacts
from erptui.i18n import _, ngettext
from screens.actions import Action, common, grouped
from screens.glyphs import UNICODE as SIGNS
from screens.paint import Painted
from screens.store_screen import StoreScreen
from screens.text import Line, cut_line
from screens.widgets.bars import Part
from screens.widgets.line_view import LineView

MOST_BROKEN = 500
"""Lines that are broken where they are long."""
IMPORT = grouped(
    N_("Import"),
    Action("take-file", ("enter", "f2"), N_("Take them"), N_("Take the people in; u takes all back."), rank=1),
    Action(
        "mark-all",
        ("M",),
        N_("Theirs too"),
        N_("Change also those who are there but different, or not after all."),
        rank=2,
    ),
    Action(
        "for-client",
        ("c",),
        N_("Client's"),
        N_("Make the new people the client's of the engagement that is open, or not after all."),
        rank=3,
    ),
)


class Taking(NamedTuple):
    """How the people are to be taken: whether those who are different are changed too, and whose the new ones are."""

    update: bool
    project: str | None


def counts_text(outcome: BroughtIn, *, update: bool) -> str:
    """What would become of the people in the file, in numbers."""
    parts = [_("{count} new").format(count=outcome.taken), _("{count} already there").format(count=outcome.same)]
    if outcome.changes:
        said = ngettext("{count} probable duplicate", "{count} probable duplicates", len(outcome.changes))
        parts.append(said.format(count=len(outcome.changes)))
        parts[-1] += _(" (will be changed)") if update else _(" (not changed)")
    parts.append(_("{count} refused").format(count=len(outcome.refused)))
    return f" {SIGNS.bullet} ".join(parts)


def import_lines(contacts: Contacts, outcome: BroughtIn) -> list[Line]:
    """What a person should look at: what is refused and why, who is there but different, the rows as read."""
    lines: list[Line] = [[(f"{SIGNS.late} ", "bold red"), (refusal.text(_), "plain")] for refusal in outcome.refused]
    for change in outcome.changes:
        head, *more = change_lines(change)
        lines += [
            [(f"{SIGNS.soon} ", "amber"), (head, "plain")],
            *([("    ", "plain"), (line.strip(), "dim")] for line in more),
        ]
    lines += [[(f"{SIGNS.bullet} ", "dim"), (remark.text(_), "dim")] for remark in outcome.remarks]
    if contacts.contacts:
        lines.append([(_("As read:"), "bold")])
    lines += [[("  ", "plain"), (first_row(contact), "plain")] for contact in contacts.contacts]
    return lines


class Counts(Painted):
    """How many would come in, in one line, and whose they would be."""

    DEFAULT_CSS = "Counts { height: 2; }"

    def __init__(self) -> None:
        super().__init__(id="counts")
        self.text = self.whose = ""

    def lines(self, width: int) -> Sequence[Line]:
        return [[(f" {cells.cut(text, width - 2)}", role)] for text, role in ((self.text, "bold"), (self.whose, "dim"))]


class ImportView(LineView):
    """The lines, to be read through."""

    HAS_CURSOR = False

    def __init__(self) -> None:
        super().__init__(id="import")
        self._said: list[Line] = []
        self._lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Put these in it, long ones over several lines."""
        self._said = list(lines)
        self.lay_out()

    def lay_out(self) -> None:
        """Break the lines to the width there is."""
        width = max(20, self.size.width - self.GUTTER - 1)
        self._lines = [part for line in self._said[:MOST_BROKEN] for part in _broken(line, width)]
        # Of a file with thousands of people the others are cut where they come into sight.
        self._lines += self._said[MOST_BROKEN:]
        self.rows_changed()

    def on_resize(self, event: object) -> None:
        self.lay_out()

    @property
    def row_count(self) -> int:
        return len(self._lines)

    def line(self, row: int, width: int) -> Line:
        return cut_line(self._lines[row], width)

    def hint(self) -> Line:
        return [(_("There is nobody in this file."), "dim")]


def _broken(line: Line, width: int) -> list[Line]:
    """A line whose last span may be long, over several lines under its first."""
    *head, (text, role) = line
    room = width - sum(cells.width(part) for part, _role in head)
    first, *more = cells.wrap(text, room) or [text]
    indent = " " * (width - room)
    return [[*head, (first, role)], *([(indent, "plain"), (part, role)] for part in more)]


class ImportScreen(StoreScreen):
    """Dismissed with how the people are to be taken, or None when nothing is."""

    TITLE = N_("Import people")
    INTERNAL = True
    CSS = """
    ImportScreen #import { height: 1fr; }
    """
    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *IMPORT,
        *(action for action in common.PROGRAM if action.id in ("redraw", "help")),
        *common.CLOSE,
    )

    def __init__(self, file: str, contacts: Contacts, outcome: BroughtIn) -> None:
        super().__init__()
        self._file, self._contacts, self._outcome = file, contacts, outcome
        self._update = self._for_client = False

    def body(self) -> ComposeResult:
        yield Counts()
        yield ImportView()

    def on_mount(self) -> None:
        super().on_mount()
        kind = _(KINDS.get(self._contacts.kind, self._contacts.kind))
        self.set_title(
            [(_("Import people"), "bold accent"), (f"  {SIGNS.step}  {self._file}", "bold")],
            [Part([(f"{kind} {SIGNS.bullet} {self._contacts.encoding}", "dim")])],
        )
        self.query_one(ImportView).show(import_lines(self._contacts, self._outcome))
        self._count()

    def _count(self) -> None:
        counts = self.query_one(Counts)
        counts.text = counts_text(self._outcome, update=self._update)
        counts.whose = self._whose()
        counts.refresh()

    @property
    def _code(self) -> str | None:
        """The engagement that is open."""
        engagement = self.erp.engagement
        return engagement.code if engagement else None

    def _whose(self) -> str:
        if self._code is None or not self._outcome.taken:
            return ""
        if self._for_client:
            said = _("New people: client of {code}. c: side as in the file.")
        else:
            said = _("New people: side as in the file. c: client of {code}.")
        return said.format(code=self._code)

    def why_not_take_file(self) -> str | None:
        """Nothing new in it."""
        if self._outcome.taken or (self._update and self._outcome.changes):
            return self.why_read_only()
        if self._outcome.changes:
            return _("Nobody in it is new. M changes those who are there but different.")
        return _("Nobody in it is new.")

    def action_take_file(self) -> None:
        """Yes: take them."""
        self.dismiss(Taking(self._update, self._code if self._for_client else None))

    def why_not_for_client(self) -> str | None:
        """Nobody is new, or it is not known whose client they would be."""
        if not self._outcome.taken:
            return _("Nobody in it is new.")
        return None if self._code else _("No engagement is open whose client's they could be.")

    def label_for_client(self) -> str | None:
        """The footer says what the key does now."""
        return _("As in file") if self._for_client else None

    def action_for_client(self) -> None:
        """The new people are the client's, or not after all."""
        self._for_client = not self._for_client
        self._count()
        self.keys_changed()

    def why_not_mark_all(self) -> str | None:
        """Nobody is different."""
        return None if self._outcome.changes else _("Nobody in it is there already and different.")

    def label_mark_all(self) -> str | None:
        """The footer says what the key does now."""
        return _("Ours stay") if self._update else None

    def action_mark_all(self) -> None:
        """Change those who are different, or not after all."""
        self._update = not self._update
        self._count()

    def action_close(self) -> None:
        """No: nothing is taken."""
        self.dismiss(None)
