"""The people of all engagements: who they are, when they were last touched and when the next touch is due."""

from __future__ import annotations

from collections.abc import Sequence

from db.errors import Problem
from db.labels import N_
from erptui.entry import NotUnderstood
from erptui.i18n import _, say
from erptui.people import add_person, facts_of, given_by, history_rows, namesakes, parse_new_person, trash_people
from erptui.registers.listing import Row
from screens.people_detail import KEYS, KINDS, columns, person_detail, text_of, value
from screens.register_finding import COLUMNS
from screens.register_screen import RegisterScreen, Table
from screens.text import Line
from screens.widgets.edit_line import Question
from screens.widgets.register import RegisterColumn

TOUCHES_READ = 30
"""Touches read for the lower part; no terminal shows more of them there."""


class PeopleScreen(RegisterScreen):
    """`4`: people. `a` adds one, `t` logs a touch, `d` moves to the trash."""

    TITLE = N_("People")
    ACTIONS = (*RegisterScreen.ACTIONS, *COLUMNS)
    TABLE = Table(
        "people", KEYS, KINDS, tables=("person", "contact_point", "touch", "touch_person", "role", "engagement")
    )

    def columns(self) -> Sequence[RegisterColumn]:
        return columns(lambda: self.today)

    def empty_text(self) -> str:
        if self.why_not_add():
            return _("No people yet.")
        return _("No people yet. a adds one: name, organisation, post, phone, mail.")

    def detail_of(self, row: Row, width: int, height: int) -> Sequence[Line]:
        facts = facts_of(self.store, str(row[0]), TOUCHES_READ)
        return person_detail(row, facts, width, height, self.today, self.erp.for_client)

    # Adding.

    def why_not_add(self) -> str | None:
        """Nobody can be added to what is open for reading only, nor to the few whom a client sees."""
        if self.erp.for_client:
            return _("People are added outside the client view. P leaves it.")
        return self.why_read_only()

    def action_add(self) -> None:
        """A new person by one line."""
        refused: set[str] = set()

        def save(text: str) -> str | None:
            try:
                person = parse_new_person(text)
                same = namesakes(self.store, person.name)
                if same and text not in refused:
                    refused.add(text)
                    return _("{name} is there already. Enter again adds another of this name.").format(name=same[0])
                made = add_person(self.store, person)
            except NotUnderstood as error:
                return str(error)
            except Problem as problem:
                return say(problem)
            self.go_to(made)
            self.say_done(_("{name} added").format(name=person.name))
            return None

        self.ask(
            Question(
                _("New person:"),
                save,
                placeholder=_("name, organisation, post 13800138000 a@b.cn"),
                whole=self._open_new,
            )
        )

    async def _open_new(self, text: str) -> None:
        """The form of a new person, with what was typed."""
        from erptui.forms import PERSON
        from screens.form import FormScreen

        form = FormScreen(PERSON, None, _("New person"), given=given_by(text))
        await self.app.push_screen(form, lambda made: self.go_to(made) if made else None)

    # The round.

    def why_not_round(self) -> str | None:
        """Nobody there, or no touch can be logged."""
        return self.why_not_history() or self.why_not_touch()

    def action_round(self) -> None:
        """Ask for a touch with one person after the other."""
        from screens.people_round import TouchRound
        from screens.round import begin_round

        with self.reading():
            self.erp.known_people.prepare(self)
            begin_round(self, TouchRound(self))

    # Files.

    def why_not_import(self) -> str | None:
        """Where nobody can be added nobody comes in."""
        return self.why_not_add()

    def action_import(self) -> None:
        """Bring people in from a vCard file or a list."""
        from screens.people_files import ask_for_import

        ask_for_import(self)

    def why_not_export_csv(self) -> str | None:
        """An empty file helps nobody."""
        return self.why_not_history()

    why_not_export_vcard = why_not_export_csv

    def action_export_csv(self) -> None:
        """Who is shown, or selected, as a list."""
        from screens.people_files import ask_for_csv

        ask_for_csv(self)

    def action_export_vcard(self) -> None:
        """Who is shown, or selected, as vCards."""
        from screens.people_files import ask_for_vcards

        ask_for_vcards(self)

    def handed_out(self, row: Row) -> bool:
        return not value(row, "do_not_contact")

    def touched(self) -> list[str]:
        return self.view.selected_ids

    def notes_about(self) -> tuple[str, str] | None:
        row = self.view.current
        return ("person", str(row[0])) if row else None

    # Editing.

    def why_not_edit(self) -> str | None:
        """Nobody there, or nothing can be changed."""
        return self.why_not_history() or self.why_read_only()

    async def action_edit(self) -> None:
        """All fields of the person in a form."""
        from erptui.forms import PERSON
        from screens.form import FormScreen

        if row := self.view.current:
            await self.app.push_screen(FormScreen(PERSON, str(row[0]), text_of(row, "name")))

    async def open_row(self) -> None:
        """Enter opens the form too."""
        if reason := self.why_not_edit():
            self.say(reason)
        else:
            await self.action_edit()

    # Trash.

    def why_not_trash(self) -> str | None:
        """Nobody there, or nothing can be changed."""
        return self.why_not_history() or self.why_read_only()

    def action_trash(self) -> None:
        """Those selected, or the one under the cursor, with all that is part of them."""
        people = self.view.selected_ids
        if self.move_to_trash(lambda: trash_people(self.store, people)):
            self.view.clear_selection()

    async def action_history(self) -> None:
        """Who changed what of the person."""
        from screens.history import HistoryScreen

        if row := self.view.current:
            rows = history_rows(self.store, str(row[0]))
            await self.app.push_screen(HistoryScreen(text_of(row, "name"), rows))
