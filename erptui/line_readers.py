"""Single words of a quick line read as marks: what each kind looks like, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from db.choices import Recurrence
from erptui.entry import (
    NotUnderstood,
    People,
    Unknown,
    fold,
    parse_attitude,
    parse_day,
    parse_duration,
    parse_number,
    parse_percent,
    parse_person,
    parse_rating,
    parse_recurrence,
    parse_time,
    parse_working_time,
)
from erptui.entry.times import split_moment
from erptui.entry.typed import listed, plain, quoted
from erptui.i18n import _
from erptui.line_marks import LineContext, LineSpec, Mark, MarkKind
from erptui.line_words import AT, Word
from erptui.pinyin import has_han

_STEP = re.compile(r"\d{1,4}\s*(d|天|日|w|周|星期|m|个?月)")
_WRITTEN_DAY = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?"
    r"|\d{1,2}\.\d{1,2}\.(\d{4}|\d\d)?|\d{1,2}\.\d\d|\d\d-\d\d"
)
_SPOKEN_DAY = re.compile(r"[a-z]{3,9}|[+-]\d{1,4}[a-z\u4e00-\u9fff]+|[\u4e00-\u9fff]{2,4}")
_CLOCK_TIME = re.compile(
    r"\d{1,2}:\d\d(\s*[ap]m)?|\d{1,2}[ap]m|[\u4e00-\u9fff]{0,2}[\d一二两三四五六七八九十]{1,3}[点點时:].*"
)
_LENGTH = re.compile(r"([\d.,]+|半|[一两二三四五六七八九十]+)\s*个?半?[a-z\u4e00-\u9fff].*")
_REPEATS = re.compile("(dai|week|month|quarter|half-year|year|annual|biweek|fortnight)ly|每.{1,3}|隔周|双周")
_AMOUNT = re.compile(r"[-+]?\d[\d.,']*\s*([k千万亿%])?")
_STOPS = ".。!！?？:：;；,，、)）"
_PARTED = re.compile(r"([^：，；:,;]+)(?:[：，；]|(?<=[^\x00-\x7f])[:,;])")
NUMBER = re.compile(r"\d{1,2}")


class Read(NamedTuple):
    """What a word, or several up to `end`, was understood as; `value` is a `NotUnderstood` where it was not."""

    mark: Mark
    value: Any
    shown: str
    end: int


def signed(words: list[Word], place: int, spec: LineSpec, context: LineContext) -> Read | None:
    """What the sign at the beginning of a word says; None where it is no sign that this line takes."""
    readers = (_person, _next, _rating, _repeats, _row)
    return next((found for reader in readers if (found := reader(words, place, spec, context)) is not None), None)


def _person(words: list[Word], place: int, spec: LineSpec, context: LineContext) -> Read | None:
    mark, word = spec.mark(MarkKind.PERSON), words[place]
    if mark is None or word.raw[0] not in AT or not word.raw.strip(AT + _STOPS):
        return None
    return person_named(words, place, mark, context)


def person_named(words: list[Word], place: int, mark: Mark, context: LineContext) -> Read:
    """The person named by a word, with or without `@`, or by it and the next two where they are the whole name."""
    people, word = context.people, words[place]
    for last in range(min(place + 2, len(words) - 1), place, -1):
        if any(other.kept or other.raw[0] in AT for other in words[place + 1 : last + 1]):
            continue
        name = " ".join(other.raw for other in words[place : last + 1])
        trimmed = name.rstrip(_STOPS)
        if people.written(trimmed) or people.exactly(trimmed):
            end = words[last].end - len(name) + len(trimmed)
            return _person_of(trimmed, mark, people, end)
    typed = word.raw if '"' in word.raw else word.raw.rstrip(_STOPS)
    end = word.start + len(typed)
    typed = typed.replace('"', "")
    read = _person_of(typed, mark, people, end)
    glued = _glued(word, people, mark) if isinstance(read.value, Unknown) else None
    return glued or read


def _person_of(typed: str, mark: Mark, people: People, end: int) -> Read:
    try:
        person = parse_person(typed, people)
    except NotUnderstood as error:
        return Read(mark, error, "", end)
    return Read(mark, person.id, person.name, end)


def _glued(word: Word, people: People, mark: Mark) -> Read | None:
    """The person whose name Chinese text follows without a blank: a whole name, or letters before the first Chinese."""
    typed = word.raw.lstrip(AT)
    begin = word.start + len(word.raw) - len(typed)
    letters = re.match(r"[a-z.]+(?=[^\x00-\x7f])", typed, re.IGNORECASE)
    lengths = [letters.end()] if letters else list(range(len(typed) - 1, 1, -1))
    for length in lengths:
        ids = people.exactly(typed[:length]) or (people.by_initials(typed[:length]) if letters else set())
        if ids:
            return _person_of(typed[:length], mark, people, begin + length)
    return None


def _next(words: list[Word], place: int, spec: LineSpec, context: LineContext) -> Read | None:
    mark, word = spec.mark(MarkKind.NEXT), words[place]
    if mark is None or word.raw[0] not in ">＞》":
        return None
    typed = word.raw[1:]
    if not typed or plain(typed)[:1] in ("=", ">", "<"):
        # A sign between two words is text, before a day it is a slip.
        return _apart(words, place, mark, context) if not typed else None
    return _trimmed(mark, word, typed, lambda text: next_day(text, context.today))


def _apart(words: list[Word], place: int, mark: Mark, context: LineContext) -> Read | None:
    try:
        next_day(words[place + 1].raw, context.today)
    except (IndexError, NotUnderstood):
        return None
    error = NotUnderstood(_("There is a blank after “>”. Type >{day}.").format(day=quoted(words[place + 1].raw)))
    return Read(mark, error, "", words[place].end)


def next_day(text: str, today: date) -> date:
    """The day behind `>`: `2w` and `+2w` alike are from today on."""
    typed = plain(text)
    if re.fullmatch(r"[+-]*\d*", typed):
        raise NotUnderstood(
            _("“>{text}” is not a day. Type >2w, >3d, >fri or >24.11, or \\>{text} for text.").format(text=quoted(text))
        )
    try:
        return parse_day("+" + typed if _STEP.fullmatch(typed) else typed, today)
    except NotUnderstood:
        raise NotUnderstood(
            _("“>{text}” is not a day. Type >2w, >3d, >fri or >24.11, or \\>{text} for text.").format(text=quoted(text))
        ) from None


def _rating(words: list[Word], place: int, spec: LineSpec, _context: LineContext) -> Read | None:
    word = words[place]
    typed = word.raw.rstrip(_STOPS)
    rating, attitude = spec.mark(MarkKind.RATING), spec.mark(MarkKind.ATTITUDE)
    # R12 is a release of a program.
    if rating is not None and re.fullmatch(r"[rｒ]\d{1,2}", typed):
        return _trimmed(rating, word, word.raw, parse_rating)
    if attitude is not None and re.fullmatch(r"[rｒ][-=+－＝＋]", typed):
        return _trimmed(attitude, word, word.raw, parse_attitude)
    return None


def _repeats(words: list[Word], place: int, spec: LineSpec, _context: LineContext) -> Read | None:
    mark, word = spec.mark(MarkKind.RECURRENCE), words[place]
    typed = plain(word.raw).rstrip(_STOPS)
    if mark is None or not re.fullmatch(r"/[^/.]{1,12}", typed):
        return None
    try:
        return _trimmed(mark, word, word.raw, parse_recurrence, strict=True)
    except NotUnderstood as error:
        # /etc is a path of three letters, /home none of ours.
        looks = re.fullmatch(r"/\d{0,2}[a-z]{1,3}|/\d{1,2}", typed)
        return Read(mark, error, "", word.start + len(word.raw.rstrip(_STOPS))) if looks else None


def _row(words: list[Word], place: int, spec: LineSpec, context: LineContext) -> Read | None:
    mark, word = spec.mark(MarkKind.ROW), words[place]
    if mark is None:
        return None
    typed = plain(word.raw)
    if typed[0] == "#" and typed.strip("#" + _STOPS):
        return _trimmed(mark, word, word.raw[1:], lambda text: row_coded(text, context))
    code = re.fullmatch(r"([\w-]+):([\w.-]+)", typed.rstrip(_STOPS))
    if code and any(known.startswith(code[1] + ":") for known in context.rows):
        return _trimmed(mark, word, word.raw, lambda text: row_coded(text, context))
    return None


def row_coded(text: str, context: LineContext) -> str:
    """The id of the row with this code, of the engagement in use where none is named. Raises `Unknown`."""
    code = plain(text)
    row = context.rows.get(code) or context.rows.get(f"{context.engagement.lower()}:{code}")
    if row is None:
        raise Unknown(_("No row has the code “{text}”. Type #C1.2 or HX26:C1.2.").format(text=quoted(text)))
    return row


def _trimmed(mark: Mark, word: Word, typed: str, parse: Callable[[str], Any], *, strict: bool = False) -> Read:
    """The word read with the sign at its end (`24.11.`) or without it (`@zm,`)."""
    without = typed.rstrip(_STOPS)
    first: NotUnderstood | None = None
    for text in dict.fromkeys((typed, without)):
        try:
            return Read(mark, parse(text), text, word.end - len(typed) + len(text))
        except NotUnderstood as error:
            first = error
    assert first is not None
    if strict:
        raise first
    return Read(mark, first, "", word.end - len(typed) + len(without))


def bare(word: Word, spec: LineSpec, context: LineContext) -> list[Read] | None:
    """What a word without sign means that stands before or behind the text; two where day and time are one word.

    Only forms that are hardly words or numbers of a text count: `1.2`, `3-5`, `14` and `w` do not.
    """
    if word.kept:
        return None
    for text in dict.fromkeys((word.raw, word.raw.rstrip(_STOPS))):
        typed, end = plain(text), word.start + len(text)
        for reader in (_bare_day, _bare_length, _bare_time, _bare_repeats, _bare_moment):
            found = reader(typed, spec, context)
            if found:
                return [Read(mark, value, text, end) for mark, value in found]
    return None


Found = list[tuple[Mark, Any]] | None


def _bare_day(typed: str, spec: LineSpec, context: LineContext) -> Found:
    mark = spec.mark(MarkKind.DAY)
    if mark is None or not (_WRITTEN_DAY.fullmatch(typed) or _SPOKEN_DAY.fullmatch(typed)):
        return None
    return _understood(mark, lambda: parse_day(typed, context.today))


def _bare_length(typed: str, spec: LineSpec, context: LineContext) -> Found:
    mark = spec.mark(MarkKind.DURATION, MarkKind.WORKING_TIME)
    if mark is None or not _LENGTH.fullmatch(typed):
        return None
    if mark.kind is MarkKind.DURATION:
        return _understood(mark, lambda: parse_duration(typed))
    return _understood(mark, lambda: parse_working_time(typed, context.minutes_per_day))


def _bare_time(typed: str, spec: LineSpec, _context: LineContext) -> Found:
    mark = spec.mark(MarkKind.TIME)
    if mark is None or not _CLOCK_TIME.fullmatch(typed):
        return None
    return _understood(mark, lambda: parse_time(typed))


def _bare_repeats(typed: str, spec: LineSpec, _context: LineContext) -> Found:
    mark = spec.mark(MarkKind.RECURRENCE)
    if mark is None or not _REPEATS.fullmatch(typed):
        return None
    try:
        return [(mark, parse_recurrence(typed))]
    except NotUnderstood as error:
        return [(mark, error)] if typed.startswith("biweekly") else None


def _bare_moment(typed: str, spec: LineSpec, context: LineContext) -> Found:
    day, time = spec.mark(MarkKind.DAY), spec.mark(MarkKind.TIME)
    if day is None or time is None or not (has_han(typed) or ":" in typed) or len(typed) > 24:
        return None
    split = split_moment(typed, context.today)
    return [(day, split[0]), (time, split[1])] if split else None


def _understood(mark: Mark, parse: Callable[[], Any]) -> Found:
    try:
        return [(mark, parse())]
    except NotUnderstood:
        return None


def leading(words: list[Word], place: int, mark: Mark, spec: LineSpec, context: LineContext) -> Read | None:
    """What a leading word says for `mark`; None where it is not for it."""
    word = words[place]
    if mark.kind is MarkKind.PERSON:
        return _leading_person(words, place, mark, context)
    if mark.kind is MarkKind.WORD:
        return _leading_word(word, mark)
    parse: Callable[[str], Any]
    if mark.kind in (MarkKind.PERCENT, MarkKind.NUMBER):
        parse = parse_percent if mark.kind is MarkKind.PERCENT else parse_number
        if not _AMOUNT.fullmatch(plain(word.raw)):
            return None
        return _trimmed(mark, word, word.raw, parse)
    found = bare(word, LineSpec((mark,)), context)
    return found[0] if found and len(found) == 1 else None


def _leading_person(words: list[Word], place: int, mark: Mark, context: LineContext) -> Read | None:
    raw = words[place].raw
    if mark.required or raw[0] in AT:
        return person_named(words, place, mark, context)
    # Where nobody need be named, the start of a name is more likely a word of the text.
    read = person_named(words, place, mark, context)
    named = raw.rstrip(_STOPS)
    whole = context.people.exactly(named) or (context.people.by_initials(named) if len(named) > 1 else set())
    if isinstance(read.value, NotUnderstood):
        return read if whole else None
    return read if whole or read.end > words[place].end else None


def _leading_word(word: Word, mark: Mark) -> Read | None:
    typed = fold(word.raw.rstrip(_STOPS))
    # A colon behind the word goes with it, as a comma does.
    end = word.start + len(word.raw if word.raw.endswith(tuple(":：")) else word.raw.rstrip(_STOPS))
    for identifier, said in mark.words.items():
        if typed == identifier or typed in said:
            return Read(mark, identifier, _(mark.labels.get(identifier, identifier)), end)
    # Chinese goes on behind the sign without a blank: 微信：要BOM清单.
    parted = _PARTED.match(word.raw)
    if parted and parted.end() < len(word.raw):
        read = _leading_word(Word(word.start, word.start + parted.end(), parted[1]), mark)
        if read is not None and not isinstance(read.value, NotUnderstood):
            return read._replace(end=word.start + parted.end())
    if not mark.required:
        return None
    names = listed([said[0] for said in mark.words.values() if said], 12)
    error = NotUnderstood(_("“{text}” is none of these: {names}.").format(text=quoted(word.raw), names=names))
    return Read(mark, error, "", end)


def is_repeat(value: object) -> bool:
    """Whether it says how often; such words open a title (`weekly report`) and count behind the text only."""
    return isinstance(value, Recurrence)
