"""The form of a row: fields and child tables, errors under them, saved from any field; drafts survive a lost line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from db.errors import Conflict, InvalidValue, Problem, Refused
from db.labels import N_
from erptui.form_rows import LinesRefused, TypedLine, TypedRow, save_form
from erptui.i18n import _, say
from erptui.row_names import renamed
from screens.actions import Action, common, grouped
from screens.form_body import FormBody
from screens.form_children import ChildRow
from screens.form_draft import texts_of
from screens.form_fields import FieldInput, line_of

FORM = grouped(
    N_("The form"),
    Action("save", ("f2",), N_("Save"), N_("Save all fields."), rank=1, in_text=True),
    Action(
        "enter-field", ("enter",), N_("Next field"), N_("The next field; on the last one save."), rank=2, in_text=True
    ),
    Action("next-field", ("tab",), N_("Next"), N_("The next field; behind the last one the first."), in_text=True),
    Action("previous-field", ("shift+tab",), N_("Back up"), N_("The field before."), in_text=True),
    Action("line-below", ("down",), N_("Line below"), N_("The field in the line below."), in_text=True),
    Action("line-above", ("up",), N_("Line above"), N_("The field in the line above."), in_text=True),
    Action(
        "remove-line",
        ("f8",),
        N_("Remove line"),
        N_("Take this line of a list away when the form is saved; again keeps it. An emptied line goes too."),
        rank=5,
        in_text=True,
    ),
    Action(
        "editor", ("f4",), N_("Editor"), N_("Write a long text in your own editor ($EDITOR)."), rank=4, in_text=True
    ),
    Action(
        "leave", ("escape", "f10"), N_("Leave"), N_("Leave; asks when something was changed."), rank=3, in_text=True
    ),
)


class FormScreen(FormBody):
    """The form of one row, or of a new one (`row` None). Dismissed with the id of the row that was saved, or None.

    `given` are texts put into the fields of a new row by name, `fixed` values of it that are not shown.
    """

    ACTIONS = (*FORM, *(action for action in common.PROGRAM if action.id == "help"))

    @property
    def opened_on(self) -> tuple[str, ...]:
        """Table, id and name of the row, where that is there already."""
        return (self._spec.model._meta.table_name, self._row, self._heading) if self._row else ()

    async def action_enter_field(self) -> None:
        """To the next field; from the last one save."""
        await self._step(1, saves=True)

    async def action_next_field(self) -> None:
        """To the next field."""
        await self._step(1)

    async def action_previous_field(self) -> None:
        """To the field before."""
        await self._step(-1)

    async def _step(self, by: int, *, saves: bool = False) -> None:
        here = self._current
        if here is None or not self._reading.settle(here):
            return
        await self._grow()
        stops = self._stops
        place = stops.index(here) + by if here in stops else 0
        if saves and place == len(stops):
            self.action_save()
        else:
            self._go(stops[place % len(stops)])

    async def action_line_below(self) -> None:
        """To the line below, in a list to the same field of it."""
        await self._over(1)

    async def action_line_above(self) -> None:
        """To the line above."""
        await self._over(-1)

    async def _over(self, by: int) -> None:
        here = self._current
        if here is None:
            return
        self._reading.settle(here)
        await self._grow()
        lines, line = self._lines, line_of(here)
        place = lines.index(line) + by
        if 0 <= place < len(lines):
            stops, column = lines[place].stops, list(line.inputs).index(here)
            self._go(stops[min(column, len(stops) - 1)])

    def why_not_remove_line(self) -> str | None:
        """Only lines of a list can be taken away."""
        here = self._current
        if here is None or not isinstance(line_of(here), ChildRow):
            return _("F8 takes away a line of a list; this is a field of its own. Empty it instead.")
        return None

    async def action_remove_line(self) -> None:
        """The line goes when the form is saved, or is kept after all."""
        here = self._current
        line = line_of(here) if here else None
        if here and isinstance(line, ChildRow):
            line.toggle()
            await self._typed(here)
            self._go(line.stops[0])

    def why_not_editor(self) -> str | None:
        """Only long texts are worth an editor."""
        here = self._current
        if here is None or not here.long:
            return _("This field is one line; F4 opens your editor on a long text.")
        return None

    async def action_editor(self) -> None:
        """The text of the field in the person's own editor."""
        from screens.editor import edited

        here = self._current
        if here is None:
            return
        text = edited(self.app, here.text)
        if text is None:
            self.say(_("The editor could not be started. Set EDITOR, for example to nano or vi."), "error")
        else:
            here.put(text.rstrip("\n"))
            await self._typed(here)

    # Saving and leaving.

    def action_save(self) -> None:
        """Save what was changed as one step; the first refused field gets the cursor."""
        values, first = self._reading.values(self._inputs, new=self._row is None)
        lines: list[TypedLine] = []
        for row in [row for table in self._tables for row in table.rows if row.changed and not row.unused]:
            typed, refused = ({}, None) if row.going else self._reading.line_values(row)
            first = first or refused
            lines.append(self._typed_line(row, typed))
        if first:
            self._show_refused(first)
            return
        saved = None
        if values or lines or self._row is None:
            saved = self._write(values, lines)
            if saved is None:
                return
        self.finish()
        self.dismiss(saved)

    def _typed_line(self, row: ChildRow, values: Mapping[str, Any]) -> TypedLine:
        names = values if not row.going else [field.field_name for field in row.inputs]
        expected = {
            field.field_name: field.stored
            for field in row.inputs
            if field.field_name in names and (row.row_id, field.field_name) not in self._mine
        }
        return TypedLine(row.spec, TypedRow(row.row_id, values, expected), removed=row.going)

    def _write(self, values: dict[str, Any], lines: Sequence[TypedLine]) -> str | None:
        if self._spec.implied:
            values = {**self._spec.implied(self._stored, values, self.today), **values}
        expected = {
            name: self._stored[name] for name in values if name in self._stored and (self._row, name) not in self._mine
        }
        about = renamed(self._heading, self._stored, values)
        if self._row is None:
            values = {**self._fixed, **values}
            about = self._inputs[0].text.split("\n")[0][:60]
        try:
            saved = save_form(self.store, self._spec, TypedRow(self._row, values, expected), lines, about)
        except Conflict as conflict:
            self._show_conflict(conflict)
        except LinesRefused as refused:
            changed = [row for table in self._tables for row in table.rows if row.changed and not row.unused]
            line = next(row for row in changed if row.spec.table == refused.table)
            line.refuse(say(refused))
            self._show_refused(line.stops[0])
        except InvalidValue as refused:
            field = next((field for field in self._inputs if field.field_name == refused.field), None)
            if field is None:
                self.say(say(refused), "error")
            else:
                line_of(field).refuse(say(refused), field)
                self._show_refused(field)
        except Problem as problem:
            self._store_refused = isinstance(problem, Refused)
            self.say(say(problem), "error")
        else:
            self.say_done(_("{title} saved").format(title=about))
            return saved
        return None

    def _show_conflict(self, conflict: Conflict) -> None:
        self._mine.add((conflict.row, conflict.field))
        line = next((row for table in self._tables for row in table.rows if row.row_id == conflict.row), None)
        fields = line.inputs if line else self._inputs if conflict.row == self._row else ()
        field = next((field for field in fields if field.field_name == conflict.field), None)
        if line is not None and conflict.field is None:
            line.forget()
            line.refuse(_("Somebody deleted this line meanwhile. F2 again makes it anew, F8 drops it."))
            self._show_refused(line.stops[0])
        elif field is None:
            self.say(say(conflict), "error")
        else:
            line_of(field).refuse(_("{conflict} F2 again saves yours.").format(conflict=say(conflict)))
            self._show_refused(field)

    def _show_refused(self, field: FieldInput) -> None:
        self._go(field)
        self._keep_in_sight(line_of(field))

    def action_leave(self) -> None:
        """Leave; what was typed is asked about once and kept as a draft until it is dropped.

        What the store refused is not dropped: it comes back when the form is opened on a store that can be written.
        """
        typed = bool(texts_of(self._inputs, self._tables))
        stays = typed and self._store_refused and self._keep()
        if typed and not self._warned:
            self._warned = True
            if stays:
                self.say(_("Not saved. F2 tries again, esc again leaves it as a draft that comes back here."), "error")
            else:
                self.say(_("Not saved yet. F2 saves it, esc again drops it."), "error")
            return
        if not stays:
            self.finish()
        self.dismiss(None)
