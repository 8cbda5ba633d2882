"""What the fields of a form mean: their texts, their values, why they are none, and what could be meant so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from db.errors import InvalidValue, Problem
from db.fields import BirthdayField, ChoiceField, Kind, ReferenceField, Stored, TextField
from erptui import cells
from erptui.entry import NotUnderstood, Unknown
from erptui.entry.choices import could_be
from erptui.field_text import hint_of, text_of, value_of
from erptui.i18n import _, say
from erptui.people import parse_new_person
from erptui.references import PERSON, References, known_texts
from erptui.touches import NewPerson
from screens.form_children import ChildRow
from screens.form_fields import FieldInput, line_of
from screens.glyphs import UNICODE as SIGNS

if TYPE_CHECKING:
    from erptui.forms import ChildSpec
    from screens.store_screen import StoreScreen

MOST_HINTS = 6


class SomebodyNew(NotUnderstood):
    """A name that is nobody yet: the same key again makes this person."""


class FormReading:
    """Reads the fields of one form; `engagement` is where its references lead."""

    def __init__(self, screen: StoreScreen, engagement: str | None) -> None:
        self._screen = screen
        people = screen.erp.known_people
        self.client = screen.erp.audience == "client"
        self.references = References(screen.store, engagement, people.at_once, client=self.client)

    @property
    def _today(self) -> date:
        return self._screen.today

    def text(self, kind: Kind[Any], stored: Stored) -> str:
        """A stored value as it stands in its field."""
        return text_of(kind, stored, self.references.names)

    def value(self, field: FieldInput) -> Any:
        """What was typed; a `NewPerson` for a name that was confirmed to be a new one.

        Raises `SomebodyNew` for one that was not yet, else `NotUnderstood` or `InvalidValue`.
        """
        if field.meant is not None:
            return field.meant
        kind = field.kind
        if isinstance(kind, ReferenceField) and not field.blank:
            return self._row_meant(field, kind.rel_model._meta.table_name)
        return value_of(kind, field.text, self._today, field.stored, self.references.names)

    def _row_meant(self, field: FieldInput, table: str) -> str | NewPerson:
        text = field.value.strip()
        try:
            return self.references.read(table, text)
        except Unknown:
            if table != PERSON:
                refused = _("There is no “{text}” here. Type the start of its code or name.")
                raise NotUnderstood(refused.format(text=cells.cut(text, 40))) from None
        person = parse_new_person(text.lstrip("@＠"))
        if field.asked_about != field.value:
            field.asked_about = field.value
            raise SomebodyNew(
                _("{name} is not known yet. Enter again adds this person.").format(name=cells.cut(person.name, 40))
            )
        return person

    def reason(self, field: FieldInput, refused: NotUnderstood | InvalidValue) -> str:
        """Why a value is not taken; in a line of several fields with the name of the field."""
        if isinstance(refused, Problem):
            return say(refused)
        if isinstance(line_of(field), ChildRow):
            return _("{label}: {reason}").format(label=_(field.kind.label), reason=str(refused))
        return str(refused)

    def settle(self, field: FieldInput) -> bool:
        """Write out in full what was meant (`rev` becomes Review), or say why it is no value.

        Whether the cursor may go on: a name that is nobody yet is asked about where it stands.
        """
        line = line_of(field)
        passed = isinstance(line, ChildRow) and (line.going or line.unused)
        if passed or field.long or not field.changed or field.meant is not None:
            return True
        try:
            value = self.value(field)
        except (NotUnderstood, InvalidValue) as refused:
            line.refuse(self.reason(field, refused), field)
            return not isinstance(refused, SomebodyNew)
        line.accept(field)
        if isinstance(value, NewPerson):
            field.put_meant(field.value, value)
            line.remark(_("{name} is new and will be added.").format(name=cells.cut(value.name, 40)))
            return True
        text = self.text(field.kind, field.kind.db_value(value))
        if text != field.text or isinstance(field.kind, ReferenceField):
            field.put_meant(text, value)
        line.remark("")
        return True

    def values(
        self,
        fields: Sequence[FieldInput],
        *,
        new: bool,
        implied: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
    ) -> tuple[dict[str, Any], FieldInput | None]:
        """The values that were typed, and the first field that was refused; a reason stands under each of those.

        Of a new row everything is read: what was left empty comes from `implied`, else from the default of its field.
        """
        values: dict[str, Any] = {}
        left = [field for field in fields if field.blank] if new else []
        first = self._read([f for f in fields if (f.changed if not new else not f.blank)], values)
        follows = implied(values) if implied else {}
        open_fields = []
        for field in left:
            if field.field_name in follows:
                values[field.field_name] = follows[field.field_name]
            elif not field.kind.null and field.kind.default is None:
                open_fields.append(field)
        missing = self._read(open_fields, values)
        refused = [field for field in fields if field in (first, missing)]
        return values, refused[0] if refused else None

    def _read(self, fields: Sequence[FieldInput], values: dict[str, Any]) -> FieldInput | None:
        first = None
        for field in fields:
            try:
                values[field.field_name] = self.value(field)
            except (NotUnderstood, InvalidValue) as refused:
                if first is None or line_of(field) is not line_of(first):
                    line_of(field).refuse(self.reason(field, refused), field)
                first = first or field
        return first

    def line_values(self, row: ChildRow) -> tuple[dict[str, Any], FieldInput | None]:
        """The same of a line of a child table."""
        spec: ChildSpec = row.spec
        implied = spec.implied
        follows = (lambda typed: implied(typed, self._today)) if implied else None
        return self.values(row.inputs, new=row.row_id is None, implied=follows)

    # While one types.

    def hint(self, field: FieldInput) -> str:
        """What could be meant by what stands in the field so far; in an empty one what can be typed.

        A field with a line of its own says that within, where it has the room.
        """
        if field.blank:
            line, can = line_of(field), hint_of(field.kind)
            if isinstance(line, ChildRow):
                return "" if line.going else can
            return can if isinstance(field.kind, ChoiceField) and 0 < field.size.width <= cells.width(can) else ""
        if not field.changed or field.meant is not None:
            return ""
        found = self._could_be(field)
        if isinstance(field.kind, ChoiceField):
            return f" {SIGNS.bullet} ".join(found)
        return f" {SIGNS.bullet} ".join([*found[:MOST_HINTS], *([SIGNS.ellipsis] if len(found) > MOST_HINTS else ())])

    def _could_be(self, field: FieldInput) -> list[str]:
        kind, text = field.kind, field.value
        if isinstance(kind, ChoiceField):
            return could_be(text, kind.members)
        if isinstance(kind, ReferenceField):
            table = kind.rel_model._meta.table_name
            ready = table != PERSON or self.client or self._screen.erp.known_people.ready is not None
            return self.references.matching(table, text) if ready else []
        if isinstance(kind, TextField) and not isinstance(kind, BirthdayField) and not self.client:
            return known_texts(self._screen.store, kind.model._meta.table_name, field.field_name, text)
        return []
