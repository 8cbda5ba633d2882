"""The line that logs a touch: `wl wx 周五给BOM >fri` says who, by what channel, what was said, when next.

- The first word is who: a name, its start, initials. A name of several words is read as one where it is whole; a new
  one goes up to the channel, an organisation may follow it behind a comma: `Chen Hui, Huaxin tel wants the list`.
- Behind it may stand a day that has been (`yesterday`, `-3d`, `20.11`) and a channel (`tel`, `wx`, `visit`).
- `@zm` anywhere: who was there too. `>2w`, `>fri`: when the next contact is due. Everything else is what was said.

On a row who need not be named: somebody named there stands in place of the row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.choices import Channel
from db.labels import N_
from erptui.entry import Unknown
from erptui.i18n import _, bracketed, labelled
from erptui.line_marks import CHANNELS, LineContext, LineSpec, Mark, MarkKind, ReadLine, Unclear
from erptui.quick_line import describe, read_line
from erptui.touches import NewPerson

_MORE_WORDS = {
    "meeting": ("video", "vc", "teams", "zoom", "视频", "腾讯会议"),
    "chat": ("chat", "group", "群", "群聊"),
    "talk": ("talk", "面谈", "当面"),
    "meal": ("meal", "lunch", "dinner", "吃饭", "午饭", "晚饭"),
}
CHANNEL_WORDS = {channel.id: (*CHANNELS.get(channel.id, ()), *_MORE_WORDS.get(channel.id, ())) for channel in Channel}
_CHANNEL = Mark(
    "channel",
    MarkKind.WORD,
    N_("Channel"),
    words=CHANNEL_WORDS,
    labels={channel.id: channel.label for channel in Channel},
)
_DAY = Mark("day", MarkKind.DAY, N_("Day"))
_FIRST = Mark("first", MarkKind.PERSON, N_("Who"), required=True)
_INSTEAD = replace(_FIRST, required=False)
_MARKS = (Mark("with", MarkKind.PERSON, N_("Who"), many=True), Mark("next_on", MarkKind.NEXT, N_("Next")))
_COMMA = re.compile("[,，、;；]")
_MOST_WORDS = 6
"""Words that the name and the organisation of somebody new may have."""


@dataclass(frozen=True)
class ReadTouch:
    """A line as it was read: who, what, when; `unclear` says why it can't be logged as it stands.

    `said` is the reading in words, to be shown while one types.
    """

    people: tuple[str, ...]
    new: tuple[NewPerson, ...]
    day: date
    channel: str | None
    text: str
    next_on: date | None
    unclear: tuple[str, ...]
    said: tuple[str, ...]


def read_touch(line: str, context: LineContext, row: Sequence[str] = ()) -> ReadTouch:
    """What a line says, typed on the people of `row` or, without, anywhere. Never raises."""
    leading = (_INSTEAD if row else _FIRST, _DAY, _CHANNEL)
    read = _read(line, leading, context)
    new: list[NewPerson] = []
    unknown = [part for part in read.unclear if isinstance(part.error, Unknown) and part.mark.kind is MarkKind.PERSON]
    if unknown:
        new, rest = _without_new(line, unknown)
        first_is_new = any(part.mark.field == "first" for part in unknown)
        read = _read(rest, leading[1:] if first_is_new else leading, context)
    first = (read.values["first"],) if "first" in read.values else ()
    people = (*(first or (row if not (new and _named_first(unknown)) else ())), *read.values.get("with", ()))
    return _touch(read, people, new, context)


def read_said(line: str, context: LineContext, people: Sequence[str], new: Sequence[NewPerson] = ()) -> ReadTouch:
    """What a line says whose people are known already; somebody unknown in it is unclear."""
    read = _read(line, (_DAY, _CHANNEL), context)
    return _touch(read, (*people, *read.values.get("with", ())), new, context)


def _touch(read: ReadLine, people: Sequence[str], new: Sequence[NewPerson], context: LineContext) -> ReadTouch:
    unclear = [part.reason for part in read.unclear]
    if not people and not new and not unclear:
        unclear.append(_("Type first who it was: a name, the start of one or initials."))
    if not any((read.text, read.values.get("channel"), read.values.get("next_on"))) and not unclear:
        unclear.append(_("Type what was said, a channel such as tel or wx, or when the next contact is: >2w."))
    made = [labelled(_("New"), called(person)) for person in new]
    return ReadTouch(
        tuple(dict.fromkeys(people)),
        tuple(new),
        read.values.get("day", context.today),
        read.values.get("channel"),
        read.text,
        read.values.get("next_on"),
        tuple(unclear),
        (*made, *(meaning.meaning for meaning in describe(read, context))),
    )


def _read(line: str, leading: Sequence[Mark], context: LineContext) -> ReadLine:
    """The line read; a day that is still to come is no day of a touch but text."""
    read = read_line(line, LineSpec(_MARKS, tuple(leading)), context)
    if "day" in read.values and read.values["day"] > context.today:
        without = tuple(mark for mark in leading if mark is not _DAY)
        read = read_line(line, LineSpec(_MARKS, without), context)
    return read


def _named_first(unknown: Sequence[Unclear]) -> bool:
    return any(part.mark.field == "first" for part in unknown)


def called(person: NewPerson) -> str:
    """Somebody new by name, with the organisation where it was said."""
    return bracketed(person.name, person.organisation)


def _without_new(line: str, unknown: Sequence[Unclear]) -> tuple[list[NewPerson], str]:
    """Those in a line whom nobody knows yet, and the line without them."""
    new: list[NewPerson] = []
    rest, place = "", 0
    for part in sorted(unknown, key=lambda part: part.start):
        end = part.end
        if part.mark.field == "first":
            end = _end_of_name(line, part.start)
        person = _person_in(line[part.start : end])
        if person is None:
            continue
        new.append(person)
        rest += line[place : part.start]
        place = end
    return new, (rest + line[place:]).strip()


def _end_of_name(line: str, start: int) -> int:
    """Where the name of somebody new ends that begins a line: before the channel, else behind its word, or behind the
    organisation that follows it after a comma.
    """
    words = list(re.finditer(r"\S+", line[start:]))[: _MOST_WORDS + 1]
    if line[start] in "@＠":
        quoted = re.match(r'[@＠]"[^"]*"', line[start:])
        return start + (quoted.end() if quoted else words[0].end())
    for place, word in enumerate(words):
        if place and any(word[0].lower() in (one, *said) for one, said in CHANNEL_WORDS.items()):
            return start + words[place - 1].end()
    last = 1 if _COMMA.search(words[0][0][-1]) and len(words) > 1 else 0
    return start + words[last].end()


def _person_in(text: str) -> NewPerson | None:
    """The name, and behind a comma the organisation."""
    name, *rest = [" ".join(part.split()) for part in _COMMA.split(text.strip().lstrip("@＠").replace('"', ""), 1)]
    return NewPerson(name, organisation=(rest[0] if rest else "") or None) if name else None
