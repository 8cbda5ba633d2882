"""What promises and decisions have in common on the screen: views, adding by a line, the form, trash, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from db.errors import Problem
from db.labels import N_
from erptui.commitment_lines import package_rows
from erptui.commitments import people_of, rows_of_history, source_of, trash_commitments, turnings_of
from erptui.i18n import _, ngettext, say
from erptui.line_marks import LineContext
from erptui.notebook import cut_name
from screens.actions import Action, common, grouped
from screens.commitments_changing import DueScreen
from screens.commitments_layout import Known, text_of
from screens.engagement_scope import SCOPE
from screens.glyphs import UNICODE as SIGNS
from screens.register_finding import COLUMNS
from screens.rooms import go_to
from screens.widgets.edit_line import EditLine, Question

if TYPE_CHECKING:
    from pathlib import Path

    from db.store import Store
    from erptui.entry import People
    from erptui.forms import FormSpec
    from erptui.registers.listing import Row

VIEWS = grouped(
    common.SHOW[0].group,
    Action("view-promises", ("v p",), N_("Promises"), N_("The promises, ours and theirs."), rank=8),
    Action("view-decisions", ("v d",), N_("Decisions"), N_("The decisions and what waits for them."), rank=8),
)
ROOM = "risks"
MOST_TURNINGS = 30
"""Steps read for the lower part."""


class CommitmentsScreen(DueScreen):
    """A register of what was promised or is to be decided. Override `read_line`, `make`, `given`."""

    ACTIONS = (*DueScreen.ACTIONS, *COLUMNS, *VIEWS, *SCOPE)
    NEW: ClassVar[str]
    LINE_LABEL: ClassVar[str]
    LINE_EXAMPLE: ClassVar[str]

    @property
    def spec(self) -> FormSpec:
        """The form of a row."""
        from erptui.forms import FORMS

        return FORMS[self.ROW_TABLE]

    @property
    def sorted_by(self) -> str:
        return "due"

    # Views.

    async def action_view_promises(self) -> None:
        """The promises."""
        await go_to(self.erp, ROOM, "promises")

    async def action_view_decisions(self) -> None:
        """The decisions."""
        await go_to(self.erp, ROOM, "decisions")

    async def action_next_view(self) -> None:
        """The other of the two."""
        await go_to(self.erp, ROOM, "decisions" if self.register.name == "promises" else "promises")

    # Adding.

    def why_not_add(self) -> str | None:
        """Nothing can be added to what is open for reading only; names typed where a client looks on may be others'."""
        if self.erp.for_client:
            return _("Rows are added outside the client view. P leaves it.")
        return self.why_read_only()

    def read_line(self, text: str, context: LineContext) -> Any:
        """What a line says."""
        raise NotImplementedError

    def make(self, read: Any, engagement: str | None) -> str:
        """Make the row and give its id."""
        raise NotImplementedError

    def given(self, read: Any) -> dict[str, str]:
        """What the line says as texts of the form."""
        raise NotImplementedError

    def action_add(self) -> None:
        """A new row by one line; tab opens the form with what was typed."""
        with self.reading():
            self.erp.known_people.prepare(self)
        self.ask(
            Question(
                _(self.LINE_LABEL),
                self._save,
                placeholder=_(self.LINE_EXAMPLE),
                changed=self._say_reading,
                whole=self._whole_form,
            )
        )

    def _line_context(self, people: People) -> LineContext:
        code = self.erp.engagement.code if self.erp.engagement else ""
        return LineContext(self.today, self.erp.nameable(people), self._packages(), code)

    def _packages(self) -> dict[str, str]:
        """The packages that can be named; read once for a line."""
        return package_rows(self.store) if self.register.name == "decisions" else {}

    def _say_reading(self, text: str) -> None:
        people = self.erp.known_people.ready
        if people is not None and text.strip():
            with self.reading():
                read = self.read_line(text, self._line_context(people))
                self.query_one(EditLine).remark(f" {SIGNS.bullet} ".join(read.said))

    def _save(self, text: str) -> str | None:
        try:
            read = self.read_line(text, self._line_context(self.erp.known_people.at_once()))
            if read.unclear:
                return str(read.unclear[0])
            made = self.make(read, self._engagement_id)
        except Problem as problem:
            return say(problem)
        self.go_to(made)
        self.say_done(_("{name} added").format(name=cut_name(read.text)))
        return None

    @property
    def _engagement_id(self) -> str | None:
        return self.erp.engagement.id if self.erp.engagement else None

    async def _whole_form(self, text: str) -> None:
        from screens.form import FormScreen

        given: dict[str, str] = {}
        with self.reading():
            read = self.read_line(text, self._line_context(self.erp.known_people.at_once()))
            given = {name: value for name, value in self.given(read).items() if value}
        form = FormScreen(self.spec, None, _(self.NEW), given=given, fixed={"engagement": self._engagement_id})
        await self.app.push_screen(form, self._made_in_form)

    def _made_in_form(self, made: str | None) -> None:
        if made:
            self.go_to(made)

    # Editing.

    def why_not_edit(self) -> str | None:
        """Nothing there, or nothing can be changed."""
        return self.why_not_history() or self.why_read_only()

    why_not_trash = why_not_edit

    async def action_edit(self) -> None:
        """All fields in a form."""
        from screens.form import FormScreen

        if row := self.view.current:
            await self.app.push_screen(FormScreen(self.spec, str(row[0]), cut_name(text_of(row))))

    async def open_row(self) -> None:
        """Enter opens the form too."""
        if reason := self.why_not_edit():
            self.say(reason)
        else:
            await self.action_edit()

    def action_trash(self) -> None:
        """Those selected, or the one under the cursor."""
        rows = self.view.selected_ids
        if self.move_to_trash(lambda: trash_commitments(self.store, self.model, rows)):
            self.view.clear_selection()

    # Files.

    def why_not_export_csv(self) -> str | None:
        """An empty file helps nobody."""
        return self.why_not_history()

    def action_export_csv(self) -> None:
        """What is shown, or selected, as a list for a spreadsheet."""
        from erptui.export_register import export_csv
        from erptui.files import write_file
        from screens.export import ask_for_file

        name, audience, engagement = self.register.name, self.erp.audience, self.erp.engagement
        project = engagement.code if engagement and audience != "internal" else None
        only = frozenset(str(row[0]) for row in self.view.copied_rows)

        def write(store: Store, path: Path, replace: bool) -> str:
            exported = export_csv(store, name, project, audience, only)
            write_file(path, exported.content, replace=replace)
            count = ngettext("{count} row", "{count} rows", exported.rows).format(count=exported.rows)
            return _("{count} written to {path}.").format(count=count, path=path)

        ask_for_file(self, _("CSV file:"), f"{name}.csv", write)

    # Others.

    def touched(self) -> list[str]:
        return people_of(self.store, self.ROW_TABLE, self.view.selected_ids)

    def notes_about(self) -> tuple[str, str] | None:
        row = self.view.current
        return (self.ROW_TABLE, str(row[0])) if row else None

    async def action_history(self) -> None:
        """Who changed what of the row."""
        from screens.history import HistoryScreen

        if row := self.view.current:
            rows = rows_of_history(self.store, self.ROW_TABLE, str(row[0]))
            await self.app.push_screen(HistoryScreen(cut_name(text_of(row)), rows))

    def known(self, row: Row, fields: Sequence[str], **more: Any) -> Known:
        """What is told of a row beside itself; where a client looks on neither source nor history."""
        if self.erp.for_client:
            return Known(**more)
        identifier = str(row[0])
        source = source_of(self.store, self.ROW_TABLE, identifier)
        turnings = turnings_of(self.store, identifier, fields, MOST_TURNINGS)
        return Known(source, turnings, engagements=self.shows_all, **more)
