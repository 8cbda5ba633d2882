"""From lines of the notebook to rows: what each becomes, and making all of them in one step.

- `!` a promise: ours, to whom the line names; theirs when it begins with who promised: `! @zm sends the BOM`.
- `=` a decision that is still to be made, when it says by when (`>fri`) or ends in a question mark; who it names
  decides. Without either it is agreed and stays.
- `-` a work package of the activity that the notebook is on, for whom it names, on the day it names.
- heard, seen and notes on a person: one touch for each day on which they were written.
- `+ ? #` stay as they are.

A line that is not wholly understood stays: nothing is guessed. Every row keeps its line as its source, every line knows
its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from db.choices import PromiseSide
from db.errors import Problem
from db.labels import N_
from erptui import clock
from erptui.entry import People
from erptui.i18n import _
from erptui.note_line import SIGNS, Note
from erptui.notebook import NoteLine, Subject, notes_of, understood
from erptui.packages import make_package
from erptui.planning.working_time import MINUTES_PER_DAY
from erptui.touches import not_to_be_contacted

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Reader, Store

TOUCHING = ("note", "heard", "seen")
_LONGEST = {"promise": 1_000, "decision": 1_000, "touch": 4_000}
_QUESTION_MARKS = SIGNS["question"]


class LinesMoved(Problem):
    """The lines are not as they were shown."""

    sentence = N_("The lines were changed meanwhile. Look at them again, then go on.")


@dataclass(frozen=True)
class Turn:
    """What a line becomes: `table` of the row, empty when it stays; `why` it stays, or what of it is left out. `who`
    and `day` are the row's.

    `together`: lines with the same one become one row.
    """

    line: NoteLine
    table: str = ""
    text: str = ""
    who: str | None = None
    day: date | None = None
    ours: bool = True
    together: str = ""
    why: str = ""


def turns_of(reader: Reader, subject: Subject, lines: Sequence[NoteLine], people: People) -> list[Turn]:
    """What would become of those of these lines that are still open."""
    activity = activity_of(reader, subject)
    turns = [_turn(line, understood(line, people), subject, activity, people) for line in lines if line.open]
    return _touches_that_fit(_without_unwanted(reader, turns))


def _without_unwanted(reader: Reader, turns: Sequence[Turn]) -> Iterator[Turn]:
    """No next contact is planned with those who asked not to be contacted."""
    for turn in turns:
        names = not_to_be_contacted(reader, [turn.who]) if turn.table == "touch" and turn.who and turn.day else []
        if names:
            why = _("{name} asked not to be contacted: no next touch is planned.").format(name=names[0])
            turn = replace(turn, day=None, why=why)
        yield turn


def _touches_that_fit(turns: Iterable[Turn]) -> list[Turn]:
    """The lines of one day in as few touches as hold them."""
    parts: dict[str, tuple[int, int]] = {}
    fitting = []
    for turn in turns:
        if turn.table == "touch":
            part, length = parts.get(turn.together, (0, 0))
            length += len(turn.text) + 1
            if length > _LONGEST["touch"] + 1:
                part, length = part + 1, len(turn.text) + 1
            parts[turn.together] = part, length
            turn = replace(turn, together=f"{turn.together}/{part}")
        fitting.append(turn)
    return fitting


def activity_of(reader: Reader, subject: Subject) -> tuple[str, str] | None:
    """Phase and activity of what actions become: of a package its own, of a card where most of it stands."""
    if subject.row is None:
        return None
    if subject.table == "work_package":
        found = reader.rows("SELECT phase, activity FROM work_package WHERE id = ?", (subject.row,))
    elif subject.table == "activity":
        found = reader.rows(
            "SELECT coalesce((SELECT p.phase FROM work_package p WHERE p.engagement_id = a.engagement_id"
            " AND p.activity = a.activity GROUP BY p.phase ORDER BY sum(p.status <> 'done') DESC, p.phase DESC),"
            " substr(a.activity, 1, 1)), a.activity FROM activity a WHERE a.id = ?",
            (subject.row,),
        )
    else:
        return None
    return (str(found[0][0]), str(found[0][1])) if found else None


def _turn(line: NoteLine, note: Note, subject: Subject, activity: tuple[str, str] | None, people: People) -> Turn:
    """What one line becomes."""
    if note.mark in TOUCHING:
        if subject.person is None:
            return Turn(line, why=_("stays a note: it is not on a person"))
        text = _with_names(_signed(line, note), [who for who in note.who if who != subject.person], people)
        day = line.moment.date().isoformat()
        return _short_enough(Turn(line, "touch", text, subject.person, note.day, together=day))
    if note.mark not in ("promise", "agreed", "action"):
        return Turn(line, why=_("stays as it is"))
    if note.unclear:
        return Turn(line, why=note.unclear[0].reason)
    if not note.text:
        return Turn(line, why=_("says nothing yet"))
    turn = {"promise": _promise, "agreed": _decision, "action": _action}[note.mark](line, note, subject, activity)
    if not turn.table:
        return turn
    # The names for which the row has no field.
    return _short_enough(replace(turn, text=_with_names(turn.text, note.who[1:], people)))


def _short_enough(turn: Turn) -> Turn:
    most = _LONGEST.get(turn.table)
    if most is None or len(turn.text) <= most:
        return turn
    return Turn(turn.line, why=_("is too long: at most {most} signs").format(most=most))


def _promise(line: NoteLine, note: Note, subject: Subject, _activity: object) -> Turn:
    theirs = bool(note.who) and line.text[1:].lstrip()[:1] in ("@", "＠")
    who = note.who[0] if note.who else subject.person
    return Turn(line, "promise", note.text, who, note.day, ours=not theirs)


def _decision(line: NoteLine, note: Note, _subject: Subject, _activity: object) -> Turn:
    if note.day is None and note.text[-1] not in _QUESTION_MARKS:
        return Turn(line, why=_("is agreed and stays; > and a day makes it a decision to come"))
    return Turn(line, "decision", note.text, note.who[0] if note.who else None, note.day)


def _action(line: NoteLine, note: Note, _subject: Subject, activity: tuple[str, str] | None) -> Turn:
    if activity is None:
        return Turn(line, why=_("stays: only on a card or a package it becomes a package"))
    return Turn(line, "work_package", note.text, note.who[0] if note.who else None, note.day)


def _signed(line: NoteLine, note: Note) -> str:
    """The text of a line in a touch, with the sign it was typed with; what was heard in its quotes."""
    if note.mark == "heard":
        return f"“{note.text}”"
    return f"{line.text[0]} {note.text}" if note.mark == "seen" else note.text


def _with_names(text: str, who: Sequence[str], people: People) -> str:
    return " ".join((text, *(f"@{people.candidates[person].name}" for person in who))).strip()


# Making the rows.


def turn_into_rows(store: Store, subject: Subject, turns: Sequence[Turn]) -> int:
    """Make the rows as one step and link both ways; gives how many lines became rows.

    Raises `LinesMoved` when a line is not as it was shown, else what `Store.edit` raises.
    """
    from db.models import Note as NoteRow

    turning = [turn for turn in turns if turn.table]
    rows: dict[str, str] = {}
    with store.edit(N_("Notes into rows"), about=subject.title) as edit:
        now = {line.id: line for line in notes_of(store, subject)}
        if any(now.get(turn.line.id) != turn.line for turn in turning):
            raise LinesMoved
        for turn in turning:
            key = turn.together or turn.line.id
            if key not in rows:
                together = [other for other in turning if (other.together or other.line.id) == key]
                rows[key] = _MAKERS[turn.table](store, edit, subject, together)
            edit.change(
                NoteRow,
                turn.line.id,
                {"became_table": None, "became_row": None},
                became_table=turn.table,
                became_row=rows[key],
            )
    return len(turning)


def _make_promise(store: Store, edit: Edit, subject: Subject, turns: Sequence[Turn]) -> str:
    from db.models import Promise

    (turn,) = turns
    side = PromiseSide.OURS if turn.ours else PromiseSide.THEIRS
    return str(edit.create(Promise, side=side, person=turn.who, due=turn.day, **_common(store, turn)).id)


def _make_decision(store: Store, edit: Edit, subject: Subject, turns: Sequence[Turn]) -> str:
    from db.models import Decision

    (turn,) = turns
    return str(edit.create(Decision, decider=turn.who, due=turn.day, **_common(store, turn)).id)


def _common(store: Store, turn: Turn) -> Mapping[str, Any]:
    """What promises and decisions have from their line: the engagement it was written in, the text, the source."""
    ((engagement,),) = store.rows("SELECT engagement_id FROM note WHERE id = ?", (turn.line.id,))
    return {"engagement": engagement, "text": turn.text, "note": turn.line.id}


def _make_touch(store: Store, edit: Edit, subject: Subject, turns: Sequence[Turn]) -> str:
    from db.models import Touch, TouchPerson

    days = [turn.day for turn in turns if turn.day]
    touch = edit.create(
        Touch,
        engagement=subject.engagement,
        day=turns[0].line.moment.date(),
        text="\n".join(turn.text for turn in turns),
        next_on=days[-1] if days else None,
        by=store.who,
    )
    edit.create(TouchPerson, touch=touch.id, person=turns[0].who)
    return str(touch.id)


def _make_package(store: Store, edit: Edit, subject: Subject, turns: Sequence[Turn]) -> str:
    """A package of one day behind the others of its activity: on the day the line names, else from today on."""
    (turn,) = turns
    place = activity_of(store, subject)
    assert place is not None
    return make_package(
        store,
        edit,
        (subject.engagement, *place),
        name=turn.text,
        duration=MINUTES_PER_DAY,
        not_before=turn.day or clock.today(),
        owner=turn.who,
    )


_MAKERS: Mapping[str, Callable[[Store, Edit, Subject, Sequence[Turn]], str]] = {
    "promise": _make_promise,
    "decision": _make_decision,
    "touch": _make_touch,
    "work_package": _make_package,
}
