"""The notebook: lines saved as typed while people talk, on a row, on a person or nowhere.

A line keeps the words and the first sign as they were typed; what they say (`understood`) is read again whenever it is
shown, by the day on which the line was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from db.choices import ActivityId
from db.errors import NoSuchRow, Problem
from db.labels import N_
from db.pieces import in_pieces
from db.rank import between
from db.text import clean_line
from erptui import clock
from erptui.entry import NotUnderstood, People
from erptui.entry.typed import fold, quoted
from erptui.i18n import _
from erptui.line_marks import LineContext
from erptui.note_line import Note, read_note

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Reader, Store

LONGEST = 4_000
"""Signs of a line."""


class LineRefused(Problem):
    """A line of the notebook that can't be written or changed."""


class Subject(NamedTuple):
    """What a notebook is about: a row of a table, or nothing (`table` and `row` None); with what it belongs to."""

    table: str | None = None
    row: str | None = None
    title: str = ""
    engagement: str | None = None

    @property
    def person(self) -> str | None:
        """The person whose notebook it is."""
        return self.row if self.table == "person" else None


class NoteLine(NamedTuple):
    """A line as it is stored; `at` is ISO text in UTC, `became` the table and the id of the row it was turned into."""

    id: str
    mark: str
    text: str
    at: str
    became_table: str | None
    became_row: str | None

    @property
    def open(self) -> bool:
        """Whether it was not turned into a row."""
        return self.became_row is None

    @property
    def moment(self) -> datetime:
        """When it was written, by the wall clock of the person who reads it."""
        return datetime.fromisoformat(self.at.replace("Z", "+00:00")).astimezone(clock.now().tzinfo)


def subject_of(reader: Reader, table: str | None, row: str | None, current: str | None = None) -> Subject:
    """The notebook of a row; `current` is the engagement of one that has none of its own.

    Raises `NoSuchRow` when the row is gone.
    """
    from db.models import TABLES
    from erptui.touches import engagement_of

    if table is None or row is None:
        return Subject(engagement=current)
    if not reader.rows(f"SELECT 1 FROM {TABLES[table]._meta.table_name} WHERE id = ?", (row,)):
        raise NoSuchRow(N_("What the notebook was opened on is gone."))
    if table == "person":
        engagement = engagement_of(reader, [row], current)
    elif table == "engagement":
        engagement = row
    elif "engagement" in TABLES[table]._meta.fields:
        ((engagement,),) = reader.rows(f"SELECT engagement_id FROM {table} WHERE id = ?", (row,))
    else:
        engagement = current
    return Subject(table, row, title_of(reader, table, row), engagement)


def title_of(reader: Reader, table: str, row: str) -> str:
    """What a notebook on a row is called: the code and the name where it has both."""
    from erptui.history import row_name

    name = row_name(reader, table, row)
    if table == "activity":
        return f"{name} {_(ActivityId(name).label)}" if name in ActivityId._value2member_map_ else name
    if table in ("work_package", "engagement", "role"):
        return " ".join(next(iter(reader.rows(f"SELECT code, name FROM {table} WHERE id = ?", (row,))), (name,)))
    return name


def notes_of(reader: Reader, subject: Subject) -> list[NoteLine]:
    """The lines of a notebook, newest last. Nowhere are the lines of the engagement and those of none."""
    condition, values = "about_table = ? AND about_row = ?", [subject.table, subject.row]
    if subject.row is None:
        condition, values = "about_row IS NULL AND (engagement_id = ? OR engagement_id IS NULL)", [subject.engagement]
    return [
        NoteLine(*line)
        for line in reader.rows(
            f"SELECT id, mark, text, at, became_table, became_row FROM note WHERE {condition} ORDER BY at, rank, rowid",
            values,
        )
    ]


def understood(line: NoteLine, people: People | None) -> Note:
    """What a line says: `fri` is the Friday after it was written. Without people names and days stay in the text."""
    if people is None:
        return read_note(line.text)
    return read_note(line.text, LineContext(line.moment.date(), people))


def rows_made(reader: Reader, lines: Sequence[NoteLine]) -> dict[str, str]:
    """What the rows are called that these lines became, by id; those that are gone are left out."""
    named: dict[str, str] = {}
    for table, name in (("promise", "text"), ("decision", "text"), ("touch", "text"), ("work_package", None)):
        rows = list(dict.fromkeys(line.became_row for line in lines if line.became_table == table))
        shown = f"coalesce({name}, '')" if name else "code || ' ' || name"
        for marks, part in in_pieces(rows):
            named |= dict(reader.rows(f"SELECT id, {shown} FROM {table} WHERE id IN ({marks})", part))
    return named


def names_people(text: str) -> bool:
    """Whether a line may name somebody, so that the people are needed to understand it."""
    return "@" in text or "＠" in text


def add_notes(store: Store, subject: Subject, lines: Sequence[str]) -> list[str]:
    """Save lines as they were typed, as one step, and give their ids; empty ones are passed over.

    Raises `LineRefused` for one that is too long, else what `Store.edit` raises.
    """
    texts = [text for text in map(_cleaned, lines) if text]
    with store.edit(N_("Write in notebook"), about=subject.title) as edit:
        return write_notes(store, edit, subject, texts)


def write_notes(reader: Reader, edit: Edit, subject: Subject, lines: Sequence[str]) -> list[str]:
    """`add_notes` within a step. Raises `LineRefused`."""
    from db.choices import NoteMark
    from db.models import Note as NoteRow

    now = clock.now()
    ((rank,),) = reader.rows("SELECT max(rank) FROM note WHERE at = ?", (NoteRow.at.db_value(NoteRow.at.clean(now)),))
    made = []
    for text in map(_cleaned, lines):
        rank = between(rank, None)
        row = edit.create(
            NoteRow,
            engagement=_still(reader, "engagement", subject.engagement),
            person=_still(reader, "person", subject.person),
            about_table=subject.table,
            about_row=subject.row,
            mark=NoteMark(read_note(text).mark),
            text=text,
            at=now,
            rank=rank,
        )
        made.append(str(row.id))
    return made


def _still(reader: Reader, table: str, row: str | None) -> str | None:
    """The id of a row while it is there: a line is kept also when what it is about has gone meanwhile."""
    return row if row and reader.rows(f"SELECT 1 FROM {table} WHERE id = ?", (row,)) else None


def _cleaned(text: str) -> str:
    line = clean_line(text)
    if len(line) > LONGEST:
        raise LineRefused(
            N_("A line has at most {most} signs, this one has {count}. Make two of it."), most=LONGEST, count=len(line)
        )
    return line


def edit_note(store: Store, line: NoteLine, text: str) -> None:
    """Write a line anew. Raises `LineRefused` for an empty one, `Conflict` when somebody changed it meanwhile."""
    from db.choices import NoteMark
    from db.models import Note as NoteRow

    cleaned = _cleaned(text)
    if not cleaned:
        raise LineRefused(N_("The line is empty. d deletes it."))
    before = {"text": line.text, "mark": line.mark, "became_row": line.became_row}
    with store.edit(N_("Edit note"), about=cut_name(cleaned)) as edit:
        values = {"text": cleaned, "mark": NoteMark(read_note(cleaned).mark)}
        edit.change(NoteRow, line.id, before, became_row=line.became_row, **values)


def delete_notes(store: Store, lines: Sequence[NoteLine]) -> None:
    """Delete lines as one step; the rows they were turned into stay. Raises what `Store.edit` raises."""
    from db.models import Note as NoteRow

    about = cut_name(lines[0].text) if len(lines) == 1 else str(len(lines))
    with store.edit(N_("Delete notes"), about=about) as edit:
        for line in lines:
            edit.delete(store.get(NoteRow, line.id))


def cut_name(text: str) -> str:
    """A line as the label of a step names it."""
    return text if len(text) <= 30 else text[:29] + "…"


# Consent.

_YES = ("y", "yes", "ja", "ok", "是", "好", "同意", "可以")
_NO = ("n", "no", "否", "不", "不同意", "不可以")


def asks_consent(reader: Reader, subject: Subject) -> bool:
    """Whether it is a person's notebook and nobody has asked that person yet about keeping contact data."""
    if subject.person is None:
        return False
    return not reader.rows("SELECT 1 FROM consent WHERE person_id = ? LIMIT 1", (subject.person,))


def parse_consent(text: str) -> tuple[bool, str]:
    """`y project contact` as the answer and what for. Raises `NotUnderstood`."""
    line = clean_line(text)
    word, _blank, purpose = line.partition(" ")
    word = fold(word).rstrip(",，:：;；.。")
    if word in _YES or word in _NO:
        return word in _YES, purpose.strip()
    raise NotUnderstood(
        _("“{text}” is neither y nor n. Type y or n, then what for; enter alone skips it.").format(text=quoted(line))
    )


def save_consent(store: Store, subject: Subject, given: bool, purpose: str, today: date) -> None:
    """Keep what a person answered, as one step. Raises what `Store.edit` raises."""
    from db.models import Consent

    with store.edit(N_("Consent"), about=subject.title) as edit:
        edit.create(Consent, person=subject.person, given=given, day=today, purpose=purpose or None)
