"""The screens of promises and decisions in lines of cells: the cells of a row, and what is known of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.choices import PackageStatus, PromiseSide, PromiseState
from db.labels import N_
from erptui import cells
from erptui.commitments import SourceLine, Turning, WaitingPackage
from erptui.days import short_day
from erptui.filtering import FieldKind
from erptui.history import moment_text
from erptui.i18n import _, labelled, pgettext
from erptui.notebook import cut_name
from erptui.registers.listing import Row
from erptui.registers.promises import LIVE
from screens.board_detail import rule, wrapped
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, ends, line_width
from screens.widgets.register import RegisterColumn

PROMISE_KEYS = (
    "id",
    "text",
    "side",
    "person_name",
    "due",
    "state",
    "owner_name",
    "settled_on",
    "project",
    "overdue",
    "person",
    "owner",
    "engagement",
)
DECISION_KEYS = (
    "id",
    "text",
    "decider_name",
    "due",
    "waits",
    "outcome",
    "decided_on",
    "project",
    "waiting",
    "overdue",
    "decider",
    "engagement",
)
KINDS = {"overdue": FieldKind.NUMBER, "waits": FieldKind.NUMBER}
_PROMISE = {key: place for place, key in enumerate(PROMISE_KEYS)}
_DECISION = {key: place for place, key in enumerate(DECISION_KEYS)}
_STATES = {
    "open": (SIGNS.todo, "plain"),
    "kept": (SIGNS.done, "green"),
    "moved": (SIGNS.right, "accent"),
    "withdrawn": (SIGNS.minus, "dim"),
    "broken": (SIGNS.times, "red"),
}
LOW = 12
"""Lines of a detail that has no room to spare."""
OF_ENGAGEMENT = N_("{column} is the engagement and stays. Add it again there, or move it to the trash.")
Today = Callable[[], date]


@dataclass(frozen=True)
class Known:
    """What the lower part tells of a promise or a decision beside its row; a client sees neither source nor history.

    `engagements`: whether rows of several are shown.
    """

    source: SourceLine | None = None
    turnings: Sequence[Turning] = ()
    options: str = ""
    waiting: Sequence[WaitingPackage] = ()
    engagements: bool = False


def promise_columns(today: Today) -> list[RegisterColumn]:
    """The columns of the promises, in their order."""
    text = cells.Column("text", 24, 60, rank=1, grows=True)
    return [
        RegisterColumn(text, N_("Promise"), _promise_text),
        RegisterColumn(cells.Column("side", 6, 6, rank=4), N_("Whose"), _side),
        RegisterColumn(
            cells.Column("person_name", 8, 12, rank=3), N_("With"), _named(_PROMISE, "person_name"), "person"
        ),
        RegisterColumn(cells.Column("due", 11, 12, rank=2), N_("Due"), lambda row: promise_due(row, today())),
        RegisterColumn(cells.Column("state", 10, 17, rank=5), N_("State"), _state),
        RegisterColumn(cells.Column("owner_name", 8, 12, rank=6), N_("Owner"), _named(_PROMISE, "owner_name"), "owner"),
        RegisterColumn(
            cells.Column("project", 7, 8, rank=3), N_("Project"), _named(_PROMISE, "project"), why=OF_ENGAGEMENT
        ),
        RegisterColumn(
            cells.Column("settled_on", 10, 11, rank=7),
            N_("Settled on"),
            lambda row: (short_day(_day(row, _PROMISE, "settled_on"), today()), "dim"),
        ),
    ]


def decision_columns(today: Today) -> list[RegisterColumn]:
    """The columns of the decisions, in their order."""
    text = cells.Column("text", 24, 50, rank=1, grows=True)
    return [
        RegisterColumn(text, N_("Decision"), _decision_text),
        RegisterColumn(
            cells.Column("decider_name", 8, 12, rank=3), N_("Decides"), _named(_DECISION, "decider_name"), "decider"
        ),
        RegisterColumn(cells.Column("due", 11, 12, rank=2), N_("Due"), lambda row: decision_due(row, today())),
        RegisterColumn(
            cells.Column("waits", 5, 5, rank=4, align="right"),
            N_("Waits"),
            _waits,
            why=N_("{column} is counted: e opens the form, where packages that wait are added."),
        ),
        RegisterColumn(
            cells.Column("project", 7, 8, rank=3), N_("Project"), _named(_DECISION, "project"), why=OF_ENGAGEMENT
        ),
        RegisterColumn(
            cells.Column("outcome", 10, 30, rank=5, grows=True), N_("Outcome"), _named(_DECISION, "outcome")
        ),
        RegisterColumn(
            cells.Column("decided_on", 10, 11, rank=6),
            N_("Decided on"),
            lambda row: (short_day(_day(row, _DECISION, "decided_on"), today()), "dim"),
        ),
    ]


# The cells.


def _text(row: Row, at: Mapping[str, int], key: str) -> str:
    return str(row[at[key]] or "")


def _day(row: Row, at: Mapping[str, int], key: str) -> date | None:
    written = row[at[key]]
    return date.fromisoformat(written) if written else None


def _named(at: Mapping[str, int], key: str) -> Callable[[Row], Span]:
    return lambda row: (_text(row, at, key), "dim" if key in ("project", "owner_name") else "plain")


def promise_is_live(row: Row) -> bool:
    """Whether it is still to be kept."""
    return row[_PROMISE["state"]] in LIVE


def state_of(row: Row) -> PromiseState:
    """What became of a promise so far."""
    return PromiseState(row[_PROMISE["state"]])


def decision_is_open(row: Row) -> bool:
    """Whether it is still to be decided."""
    return row[_DECISION["decided_on"]] is None


def text_of(row: Row) -> str:
    """What a promise or a decision is about."""
    return str(row[1])


def outcome_of(row: Row) -> tuple[str, date | None]:
    """What was decided, and on which day."""
    return _text(row, _DECISION, "outcome"), _day(row, _DECISION, "decided_on")


def _promise_text(row: Row) -> Span:
    return text_of(row), "bold" if promise_is_live(row) else "dim"


def _decision_text(row: Row) -> Span:
    return text_of(row), "bold" if decision_is_open(row) else "dim"


def _side(row: Row) -> Span:
    return _(PromiseSide(row[_PROMISE["side"]]).label), "plain"


def _state(row: Row) -> Span:
    state = row[_PROMISE["state"]]
    sign, role = _STATES[state]
    return f"{sign} {_(PromiseState(state).label)}", role


def _waits(row: Row) -> Span:
    count = row[_DECISION["waits"]]
    if not count:
        return SIGNS.dash, "dim"
    return str(count), "bold" if decision_is_open(row) else "dim"


def promise_due(row: Row, today: date) -> Span:
    """When a promise is due; how late it is only where that may be told."""
    return _due(_day(row, _PROMISE, "due"), row[_PROMISE["overdue"]], promise_is_live(row), today)


def decision_due(row: Row, today: date) -> Span:
    """When a decision is due; how late it is only where that may be told."""
    return _due(_day(row, _DECISION, "due"), row[_DECISION["overdue"]], decision_is_open(row), today)


def _due(due: date | None, overdue: int | None, live: bool, today: date) -> Span:
    if due is None:
        return SIGNS.dash, "dim"
    if overdue:
        return " ".join((SIGNS.late, pgettext("promise or touch", "{days} d late").format(days=overdue))), "bold red"
    if overdue == 0:
        return " ".join((SIGNS.soon, _("today"))), "amber"
    return short_day(due, today), "plain" if live else "dim"


# What is known of the row.


def promise_detail(row: Row, known: Known, width: int, height: int, today: date) -> list[Line]:
    """A promise in at most `height` lines: all of its text, whose it is and with whom, source and what became of it."""
    about = [_(PromiseSide(row[_PROMISE["side"]]).label)]
    for key, label in (("person_name", _("With")), ("owner_name", _("Owner"))):
        if name := _text(row, _PROMISE, key):
            about.append(labelled(label, name))
    about += _project(row, _PROMISE, known)
    due = _due_words(_day(row, _PROMISE, "due"), promise_due(row, today), promise_is_live(row), today)
    lines = _head(row, about, due, width, height)
    if not promise_is_live(row):
        settled = _day(row, _PROMISE, "settled_on")
        sign, role = _STATES[row[_PROMISE["state"]]]
        words = " ".join(filter(None, (_state(row)[0][2:], short_day(settled, today))))
        lines.append([(" ", "plain"), (f"{sign} ", role), (words, role)])
    return [*lines, *_came_from(known, width, today)][:height]


def decision_detail(row: Row, known: Known, width: int, height: int, today: date) -> list[Line]:
    """A decision in at most `height` lines: outcome, options, what waits for it, source and what became of it."""
    decides = _text(row, _DECISION, "decider_name")
    about = [labelled(_("Decides"), decides or SIGNS.dash), *_project(row, _DECISION, known)]
    due = _due_words(_day(row, _DECISION, "due"), decision_due(row, today), decision_is_open(row), today)
    lines = _head(row, about, due, width, height)
    outcome, decided_on = outcome_of(row)
    if outcome or decided_on:
        said = " ".join(filter(None, (short_day(decided_on, today), outcome)))
        lines += wrapped(said, width, "plain", (f"{SIGNS.done} ", "green"), lines=3)
    if options := known.options.strip():
        said = f" {SIGNS.bullet} ".join(line.strip() for line in options.splitlines() if line.strip())
        lines += wrapped(said, width, "plain", (labelled(pgettext("decision", "Options"), ""), "dim"), lines=3)
    for package in known.waiting:
        status = _(PackageStatus(package.status).label)
        left: Line = [(f" {SIGNS.waiting} ", "dim"), (package.code, "bold"), (f" {package.name}", "plain")]
        lines.append(ends(left, [(status, "dim"), (" ", "plain")], width, gap=2))
    return [*lines, *_came_from(known, width, today)][:height]


def _project(row: Row, at: Mapping[str, int], known: Known) -> list[str]:
    code = _text(row, at, "project")
    return [labelled(_("Project"), code)] if code and known.engagements else []


def _due_words(due: date | None, shown: Span, live: bool, today: date) -> list[Span]:
    """The day at the right end of the head: with the date behind how late it is."""
    if due is None:
        return [(_("no day"), "dim"), (" ", "plain")]
    day = short_day(due, today)
    words, role = shown if live else (day, "dim")
    spans: list[Span] = [(labelled(_("Due"), ""), "dim"), (words, role)]
    if words != day:
        spans.append((f" {SIGNS.bullet} {day}", "dim"))
    return [*spans, (" ", "plain")]


def _head(row: Row, about: Sequence[str], due: Sequence[Span], width: int, height: int) -> list[Line]:
    lines: list[Line] = [rule(width), *wrapped(text_of(row), width, "bold", lines=4)]
    words = f" {SIGNS.bullet} ".join(about)
    if height > LOW and cells.width(words) + line_width(due) + 3 > width:
        # Room enough to say in full whose it is.
        return [*lines, *wrapped(words, width, "dim", lines=2), ends([], due, width)]
    return [*lines, ends([(f" {words}", "dim")], due, width, gap=2)]


def _came_from(known: Known, width: int, today: date) -> list[Line]:
    """Where it comes from, then what became of it, newest first."""
    lines: list[Line] = []
    if known.source:
        day = short_day(known.source.day, today)
        written = labelled(_("Notebook"), day)
        lines += wrapped(known.source.text, width, "plain", (f"{written}  ", "dim"), lines=2)
    moves = {turning.step.id for turning in known.turnings if turning.reason}
    for turning in known.turnings:
        # Put off says both: the new state is in the reason.
        if turning.field != "state" or turning.step.id not in moves:
            lines.append(_turning_line(turning, width, today))
    return lines


def _turning_line(turning: Turning, width: int, today: date) -> Line:
    day = short_day(date.fromisoformat(moment_text(turning.step)[:10]), today)
    left: list[Span] = [(f" {cells.right(day, 8)}  {cells.pad(turning.step.who, 10)} ", "dim")]
    if not turning.field:
        return [*left, (_("made"), "dim")]
    old, new = (_value(turning.field, value, today) for value in (turning.old, turning.new))
    left.append((labelled(_(_FIELDS[turning.field]), f"{old} {SIGNS.right} {new}"), "plain"))
    if turning.reason:
        left.append((f"  {turning.reason}", "plain"))
    return left


_FIELDS = {
    "due": N_("Due"),
    "state": N_("State"),
    "decided_on": N_("Decided on"),
    "outcome": N_("Outcome"),
}
PROMISE_HISTORY = ("due", "state")
DECISION_HISTORY = ("due", "decided_on", "outcome")


def _value(field: str, value: str, today: date) -> str:
    """A stored value in a line."""
    if not value:
        return SIGNS.dash
    if field in ("due", "decided_on"):
        return short_day(date.fromisoformat(value), today)
    return _(PromiseState(value).label) if field == "state" else cut_name(value)
