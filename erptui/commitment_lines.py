"""The lines that make promises and decisions and put them off.

- A promise: `send the BOM list @zm fri` is ours, to 赵敏; a second `@` is the owner. It is theirs when it begins with
  who promised, as in the notebook (`@zm sends the BOM list`), with `they` or `他们`; `ours` and `theirs` as the first
  word say it too.
- A decision: `which barcode printer? @wl >2w #C1.2`: who decides, by when, which packages wait for it.
- Put off: `+2d waits for IT`, `+2d等IT`: the day, then why.

A day counts with `>` anywhere, without it at the end of the line. What is not understood stays, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from db.choices import PromiseSide
from db.labels import N_
from erptui.days import short_day, weekday_and_day
from erptui.engagements import engagements
from erptui.entry import NotUnderstood, parse_day
from erptui.entry.typed import plain, quoted
from erptui.i18n import _, labelled
from erptui.line_marks import LineContext, LineSpec, Mark, MarkKind, ReadLine
from erptui.line_meaning import describe
from erptui.line_words import AT
from erptui.quick_line import read_line

if TYPE_CHECKING:
    from db.store import Reader

_SIDE = Mark(
    "side",
    MarkKind.WORD,
    N_("Whose"),
    words={"ours": ("我们", "我方"), "theirs": ("他们", "对方")},
    labels={side.id: side.label for side in PromiseSide},
)
_THEY = (*AT, "they ", "他们", "对方")
"""With what a promise of theirs begins."""
_STEP = re.compile(r"\d{1,4}\s*(d|天|日|w|周|星期|m|个?月)")
_LONGEST_DAY = 12
_PARTS = re.compile(r"[，；：]\s*|[,;]?\s+")
_DUE = (Mark("due", MarkKind.NEXT, N_("Due")), Mark("due", MarkKind.DAY, N_("Due")))
_PROMISE = LineSpec((Mark("who", MarkKind.PERSON, N_("With"), many=True), *_DUE), leading=(_SIDE,))
_DECISION = LineSpec(
    (
        Mark("decider", MarkKind.PERSON, N_("Decides")),
        Mark("waits", MarkKind.ROW, N_("Waiting"), many=True),
        *_DUE,
    )
)


@dataclass(frozen=True)
class PromiseLine:
    """A promise as a line gives it; people by id. `unclear` says why it can't be saved as it stands.

    `said` is the reading in words, to be shown while one types.
    """

    text: str
    side: PromiseSide
    person: str | None
    owner: str | None
    due: date | None
    unclear: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True)
class DecisionLine:
    """A decision as a line gives it: who decides and the packages that wait for it, by id. Else as `PromiseLine`."""

    text: str
    decider: str | None
    due: date | None
    waits: tuple[str, ...]
    unclear: tuple[str, ...]
    said: tuple[str, ...]


class PutOff(NamedTuple):
    """A new day and why."""

    day: date
    reason: str


def read_promise(line: str, context: LineContext) -> PromiseLine:
    """What a line says of a promise. Never raises."""
    read = read_line(line, _PROMISE, context)
    who: tuple[str, ...] = read.values.get("who", ())
    names = context.people.candidates
    person, owner = (*who[:2], None, None)[:2]
    side = PromiseSide(read.values["side"]) if "side" in read.values else _side_of(line)
    # The names for which there is no field.
    text = " ".join((read.text, *(f"@{names[other].name}" for other in who[2:]))).strip()
    said = [_(side.label)]
    if person:
        said.append(labelled(_("With"), names[person].name))
    if owner:
        said.append(labelled(_("Owner"), names[owner].name))
    said += _said_of("due", read, context)
    return PromiseLine(text, side, person, owner, read.values.get("due"), _unclear(read), (*said, *_reasons(read)))


def _side_of(line: str) -> PromiseSide:
    """Who promises, where no word says it: whoever is named first."""
    return PromiseSide.THEIRS if line.lstrip().lower().startswith(_THEY) else PromiseSide.OURS


def read_decision(line: str, context: LineContext) -> DecisionLine:
    """What a line says of a decision. Never raises."""
    read = read_line(line, _DECISION, context)
    said = tuple(meaning.meaning for meaning in describe(read, context))
    values: dict[str, Any] = dict(read.values)
    return DecisionLine(
        read.text, values.get("decider"), values.get("due"), values.get("waits", ()), _unclear(read), said
    )


def _said_of(field: str, read: ReadLine, context: LineContext) -> list[str]:
    """What was understood of one field, in words."""
    starts = {part.start for part in read.taken if part.mark.field == field}
    return [meaning.meaning for meaning in describe(read, context) if meaning.clear and meaning.start in starts]


def _reasons(read: ReadLine) -> tuple[str, ...]:
    return tuple(part.reason for part in read.unclear)


def _unclear(read: ReadLine) -> tuple[str, ...]:
    """Why the line can't be saved: what was not understood, or that nothing is said."""
    return _reasons(read) or (() if read.text else (_("Type what it is about, too."),))


def package_rows(reader: Reader) -> dict[str, str]:
    """The ids of all packages by code with the engagement, as a line finds them: `hx26:c1.2`."""
    codes = {engagement.id: engagement.code for engagement in engagements(reader)}
    return {
        f"{codes[engagement]}:{code}".lower(): package
        for package, code, engagement in reader.rows("SELECT id, code, engagement_id FROM work_package")
    }


# Putting off.


def read_put_off(line: str, today: date, due: date | None) -> PutOff:
    """The new day and why: `+2d waits for IT`. Steps count from the day it is due, from today where that is over.

    Raises `NotUnderstood` when the day or the reason is missing, or the day is no later one.
    """
    # Chinese parts day and reason by a sign: 下周五，等总部批.
    first, *others = _PARTS.split(line.strip(), maxsplit=1)
    rest = "".join(others)
    base = max(today, due) if due else today
    try:
        day = _later_day(first, today, base)
    except NotUnderstood:
        # Nobody who writes Chinese types a blank: +8w预算冻结, 周五等总部批.
        for end in range(min(len(first) - 1, _LONGEST_DAY), 1, -1):
            if "\u4e00" <= first[end] <= "\u9fff":
                with suppress(NotUnderstood):
                    day = _later_day(first[:end], today, base)
                    first, rest = first[:end], f"{first[end:]}{line.strip()[len(first) :]}"
                    break
        else:
            raise
    if day < today:
        raise NotUnderstood(_("{day} is over. Type a day to come.").format(day=short_day(day, today)))
    if due and day <= due:
        raise NotUnderstood(
            _("{day} is not later than {due}. c changes the day without a reason.").format(
                day=short_day(day, today), due=short_day(due, today)
            )
        )
    if not rest.strip():
        raise NotUnderstood(_("Type why after the day: {day} waits for IT.").format(day=quoted(first)))
    return PutOff(day, " ".join(rest.split()))


def _later_day(text: str, today: date, base: date) -> date:
    """The day of what is put off; a length is a step from `base` also without its plus."""
    typed = plain(text).removeprefix(">")
    return parse_day(f"+{typed}" if _STEP.fullmatch(typed) else typed, today, base)


def put_off_said(line: str, today: date, dues: Sequence[date | None]) -> str:
    """How the line reads so far, for rows that are due then; why not, where it does not."""
    try:
        days = {read_put_off(line, today, due).day for due in dues}
    except NotUnderstood as error:
        return str(error)
    said = weekday_and_day(min(days), today)
    if len(days) > 1:
        return _("New days, the first: {day}").format(day=said)
    return _("New day: {day}").format(day=said)
