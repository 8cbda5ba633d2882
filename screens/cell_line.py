"""The line that asks for the new value of a cell, and what a new value does to one row or to several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db.errors import Conflict, Problem
from db.fields import ChoiceField, DateField, Kind, Stored, TextField
from erptui.cell_change import Seen, change_cells, common_text, seen_cells
from erptui.days import short_day
from erptui.entry import NotUnderstood
from erptui.entry.choices import could_be
from erptui.field_text import Names, hint_of, text_of
from erptui.forms import FORMS, names_of
from erptui.history import row_name
from erptui.i18n import _, listed, ngettext, say
from erptui.notebook import cut_name
from screens.glyphs import UNICODE as SIGNS
from screens.repeat import Apply
from screens.store_screen import StoreScreen
from screens.widgets.edit_line import EditLine, Question
from screens.widgets.register import RegisterColumn

if TYPE_CHECKING:
    from datetime import date

    from erptui.forms import FormSpec
    from erptui.registers.register import Register
    from screens.register_changing import ChangingScreen


def names_for(screen: StoreScreen) -> Names:
    """What the rows are called that a reference can mean, each table read once."""
    known: dict[str, Mapping[str, str]] = {}

    def names(table: str) -> Mapping[str, str]:
        if table not in known:
            engagement = screen.erp.engagement
            known[table] = names_of(screen.store, table, engagement.id if engagement else None)
        return known[table]

    return names


def changing(register: Register, name: str, text: str) -> Apply:
    """The change of a field to what was typed, to be made on any rows of the register."""

    def apply(screen: StoreScreen, rows: Sequence[str]) -> str:
        seen = seen_cells(screen.store, register.model, name, rows)
        return write_cells(screen, register, name, seen, text)

    return apply


def write_cells(screen: StoreScreen, register: Register, name: str, seen: Seen, text: str) -> str:
    """Change a field of the rows that were `seen`, and say what was done. Raises as `change_cells` does."""
    names = names_for(screen)
    stored = change_cells(screen.store, register.model, name, seen, text, screen.today, names)
    different = [row for row in stored if stored[row] != seen[row][name]]
    if not different:
        return ""
    kind: Kind[Any] = register.model._meta.fields[name]
    values = {cell_words(kind, stored[row], names, screen.today) for row in different}
    value = values.pop() if len(values) == 1 else text.strip()
    if len(different) > 1:
        count = ngettext("{count} row", "{count} rows", len(different)).format(count=len(different))
        return _("{column}: {value}, {count}").format(column=_(kind.label), value=value, count=count)
    called = row_name(screen.store, register.model._meta.table_name, different[0])
    return _("{name}: {column} {value}").format(name=cut_name(called), column=_(kind.label), value=value)


def cell_words(kind: Kind[Any], stored: Stored, names: Names, today: date) -> str:
    """A value in a sentence."""
    if stored is None:
        return SIGNS.dash
    if isinstance(kind, DateField):
        return short_day(kind.load(stored), today)
    return cut_name(" ".join(text_of(kind, stored, names).split()))


def words_of(label: str, text: str) -> str:
    """A change as the footer names it."""
    return " ".join((_(label), text.strip() or SIGNS.dash))


class CellLine:
    """A cell while its new value is asked for, of one row or of several."""

    def __init__(self, screen: ChangingScreen, column: RegisterColumn, name: str, kind: Kind[Any]) -> None:
        self._screen, self._column, self._name, self._kind = screen, column, name, kind
        self._register = screen.register
        self._seen: Seen = {}

    def ask(self, rows: Sequence[str]) -> None:
        """Open the line with what stands in the cell."""
        screen = self._screen
        self._look(rows)
        if not self._seen:
            return
        value = common_text(self._kind, self._name, self._seen, names_for(screen)).replace("\n", SIGNS.enter)
        hint = hint_of(self._kind)
        # Words are mended where they are; the options of a choice are told where the value stands in their place.
        anew = not isinstance(self._kind, TextField)
        told = hint if anew and value else ""
        screen.ask(
            Question(
                self._label(),
                self._save,
                value=value,
                placeholder=hint,
                anew=anew,
                above=told,
                changed=self._narrow if isinstance(self._kind, ChoiceField) else None,
                whole=self._open_form if self._spec and len(self._seen) == 1 else None,
                no_form=_("A form shows one row at a time. Take the selection away with esc first."),
            )
        )

    def _narrow(self, text: str) -> None:
        """Tell which of the options can still be meant."""
        assert isinstance(self._kind, ChoiceField)
        self._screen.query_one(EditLine).remark(listed(could_be(text, self._kind.members)))

    def _look(self, rows: Sequence[str]) -> None:
        with self._screen.reading():
            self._seen = seen_cells(self._screen.store, self._register.model, self._name, rows)

    @property
    def _spec(self) -> FormSpec | None:
        return FORMS.get(self._screen.ROW_TABLE)

    def _label(self) -> str:
        column = _(self._column.label)
        if len(self._seen) > 1:
            count = ngettext("{count} row", "{count} rows", len(self._seen)).format(count=len(self._seen))
            return _("{column} of {count}:").format(column=column, count=count)
        called = row_name(self._screen.store, self._screen.ROW_TABLE, next(iter(self._seen)))
        return _("{name} {column}:").format(name=cut_name(called), column=column)

    def _save(self, text: str) -> str | None:
        typed = text.replace(SIGNS.enter, "\n")
        screen = self._screen
        try:
            done = write_cells(screen, self._register, self._name, self._seen, typed)
        except NotUnderstood as refused:
            return str(refused)
        except Conflict as conflict:
            screen.erp.see_others()
            self._look(list(self._seen))
            return " ".join((say(conflict), _("Enter again saves yours.")))
        except Problem as problem:
            return say(problem)
        screen.remember(words_of(self._column.label, typed), changing(self._register, self._name, typed))
        screen.say_changed(done)
        return None

    async def _open_form(self, text: str) -> None:
        """The form of the row, with what was typed in its field."""
        from screens.form import FormScreen

        row, spec = next(iter(self._seen)), self._spec
        assert spec is not None
        title = row_name(self._screen.store, self._screen.ROW_TABLE, row)
        given = {self._name: text.replace(SIGNS.enter, "\n")}
        await self._screen.app.push_screen(FormScreen(spec, row, title, given=given))
