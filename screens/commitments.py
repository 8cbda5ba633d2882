"""What promises and decisions have in common on the screen: adding by a line, putting off, trash, views, engagement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from db.errors import Problem
from db.labels import N_
from erptui.commitment_lines import package_rows, put_off_said
from erptui.commitments import (
    dues_of,
    people_of,
    put_off,
    rows_of_history,
    source_of,
    trash_commitments,
    turnings_of,
)
from erptui.days import short_day
from erptui.engagements import engagements
from erptui.entry import NotUnderstood
from erptui.i18n import _, ngettext, say
from erptui.line_marks import LineContext
from erptui.notebook import cut_name
from screens.actions import Action, common, grouped
from screens.commitments_layout import Known, text_of
from screens.glyphs import UNICODE as SIGNS
from screens.register_finding import COLUMNS
from screens.register_screen import RegisterScreen
from screens.repeat import Apply
from screens.widgets.edit_line import EditLine, Question

if TYPE_CHECKING:
    from db.models import Decision, Promise
    from erptui.entry import People
    from erptui.forms import FormSpec
    from erptui.registers.context import Context
    from erptui.registers.listing import Row
    from screens.app import ErpApp

VIEWS = grouped(
    common.SHOW[0].group,
    Action("view-promises", ("v p",), N_("Promises"), N_("The promises, ours and theirs."), rank=8),
    Action("view-decisions", ("v d",), N_("Decisions"), N_("The decisions and what waits for them."), rank=8),
    Action(
        "view-all", ("v a",), N_("All engagements"), N_("The rows of all engagements, or of the current one again.")
    ),
)
SCREEN = "risks"
ALL = "all engagements"
MOST_TURNINGS = 30
"""Steps read for the lower part."""


async def open_commitments(app: ErpApp) -> None:
    """Promises or decisions, whichever was looked at last; the place in the list of whoever was there stays."""
    while any(isinstance(screen, CommitmentsScreen) for screen in app.screen_stack[:-1]):
        app.pop_screen()
    if not isinstance(app.screen, CommitmentsScreen):
        await app.push_screen(screen_of(app.views.get(SCREEN, "promises")))


def screen_of(view: str) -> CommitmentsScreen:
    """The screen of a view, `promises` or `decisions`."""
    if view == "decisions":
        from screens.decisions import DecisionsScreen

        return DecisionsScreen()
    from screens.promises import PromisesScreen

    return PromisesScreen()


class CommitmentsScreen(RegisterScreen):
    """A register of what was promised or is to be decided. Override `spec`, `read_line`, `make`, `given`, `is_open`."""

    ACTIONS = (*RegisterScreen.ACTIONS, *COLUMNS, *VIEWS)
    LINE_LABEL: ClassVar[str]
    LINE_EXAMPLE: ClassVar[str]

    @property
    def model(self) -> type[Promise] | type[Decision]:
        """The model of the rows."""
        return self.register.model  # type: ignore[return-value]  # one of these two by the table

    @property
    def spec(self) -> FormSpec:
        """The form of a row."""
        from erptui.forms import FORMS

        return FORMS[self.ROW_TABLE]

    # Of which engagement.

    @property
    def shows_all(self) -> bool:
        """Whether the rows of all engagements are shown."""
        return not self.erp.for_client and (self.erp.engagement is None or ALL in self.erp.views)

    def context(self) -> Context:
        context = super().context()
        if self.erp.for_client or self.shows_all:
            return context
        return replace(context, engagement=self.erp.engagement, with_none=True)

    def _looked_at_by(self, context: Context) -> None:
        super()._looked_at_by(context)
        if context.engagement is not None:
            withheld = self.register.withheld(self.TABLE.keys, context.audience)
            self.view.withhold(withheld | {"project"})

    def title_text(self) -> str:
        name = _(self.register.label)
        engagement = self.erp.engagement
        if engagement is None:
            return name
        return f"{_('All engagements') if self.shows_all else engagement.code} {SIGNS.step} {name}"

    def hint_text(self) -> str:
        hint = super().hint_text()
        if self.view.listing.total and not self.shows_all and not self.erp.for_client:
            return _("No row fits the filter. esc clears it, v a looks in all engagements.")
        return hint

    def why_not_view_all(self) -> str | None:
        """A client sees one engagement; where there is one only it is all."""
        if self.erp.for_client:
            return _("A client sees one engagement. P leaves the client view.")
        return None if len(engagements(self.store)) > 1 else _("There is one engagement only.")

    def action_view_all(self) -> None:
        """The rows of all engagements, or of the current one again."""
        if self.erp.views.pop(ALL, None) is None:
            self.erp.views[ALL] = ALL
        self.reload()
        if self.shows_all:
            self.say(_("Of all engagements. v a shows the current one alone."))

    # Views.

    async def _go_to_view(self, name: str) -> None:
        self.erp.views[SCREEN] = name
        if self.register.name != name:
            await self.app.switch_screen(screen_of(name))

    async def action_view_promises(self) -> None:
        """The promises."""
        await self._go_to_view("promises")

    async def action_view_decisions(self) -> None:
        """The decisions."""
        await self._go_to_view("decisions")

    async def action_next_view(self) -> None:
        """The other of the two."""
        await self._go_to_view("decisions" if self.register.name == "promises" else "promises")

    @property
    def sorted_by(self) -> str:
        return "due"

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
        return LineContext(self.today, people, self._packages(), code)

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
        form = FormScreen(self.spec, None, _("new"), given=given, fixed={"engagement": self._engagement_id})
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
        about: list[str] = []
        if self.attempt(lambda: about.append(trash_commitments(self.store, self.model, self.view.selected_ids))):
            self.view.clear_selection()
            self.say(_("moved to trash: {name} · u brings it back").format(name=about[0]), "effect")

    # Putting off.

    def is_open(self, row: Row) -> bool:
        """Whether it is still to be done."""
        raise NotImplementedError

    @property
    def open_ids(self) -> list[str]:
        """Those of the rows a verb acts on that are still to be done."""
        places = map(self.view.listing.place_of, self.view.selected_ids)
        rows = (self.view.listing.rows[place] for place in places if place is not None)
        return [str(row[0]) for row in rows if self.is_open(row)]

    def why_not_put_off(self) -> str | None:
        """Nothing there, nothing open, or nothing can be changed."""
        settled = None if self.open_ids else _("It is settled: there is nothing to put off.")
        return self.why_not_history() or settled or self.why_read_only()

    def action_put_off(self) -> None:
        """Ask for the later day and why."""
        rows = self.open_ids
        dues = dues_of(self.store, self.ROW_TABLE, rows)

        def changed(text: str) -> None:
            if text.strip():
                self.query_one(EditLine).remark(put_off_said(text, self.today, dues))

        self.ask(
            Question(
                self.asked_of(N_("Put off {name}:"), rows),
                lambda text: self.do_line(" ".join((_("Put off"), text.strip())), putting_off(text), rows),
                placeholder=_("+2d waits for IT"),
                changed=changed,
                no_form=_("There is no form for this: e opens that of the row."),
            )
        )

    def do_line(self, words: str, apply: Apply, rows: Sequence[str]) -> str | None:
        """Change rows by a line; gives why it is refused. What was done is repeated with `.`."""
        try:
            done = apply(self, rows)
        except NotUnderstood as refused:
            return str(refused)
        except Problem as problem:
            self.erp.see_others()
            return say(problem)
        self.remember(words, apply)
        if done:
            self.say_done(done)
        self.changed()
        return None

    def asked_of(self, label: str, rows: Sequence[str]) -> str:
        """A question about one row by its text, about several by their number."""
        if len(rows) > 1:
            return _(label).format(name=ngettext("{count} row", "{count} rows", len(rows)).format(count=len(rows)))
        row = self.view.listing.rows[self.view.listing.place_of(rows[0]) or 0]
        return _(label).format(name=cut_name(text_of(row)))

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


def putting_off(text: str) -> Apply:
    """Give those of the rows that are open a later day by a line, and say which."""

    def apply(screen: Any, rows: Sequence[str]) -> str:
        days = put_off(screen.store, screen.model, rows, text, screen.today)
        if not days:
            return ""
        day = short_day(min(days), screen.today)
        if len(days) == 1:
            return _("put off to {day}").format(day=day)
        return ngettext("{count} row put off", "{count} rows put off", len(days)).format(count=len(days))

    return apply
