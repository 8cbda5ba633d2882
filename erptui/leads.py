"""A lead by one line: `Huaxin Precision HX27 @wl >2w`: who it is, its code, whom to contact, when next.

- The code is the first or last word that looks like one (`HX27`); without it one is proposed.
- `@` names the person, known or new, behind the name of the lead with all words up to the next sign or the code:
  `@Ann Poe` is not the Anna whom one knows. Who is new is made with the name of the lead as organisation.
- `>2w` is the next contact: it is logged as a touch of today with that person.

The lead has the pursuit phase only (`outcomes.win` brings the others) and begins today.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from db.choices import BaseCalendar, ContentLanguage
from db.labels import N_
from erptui import pinyin
from erptui.entry import Unknown
from erptui.i18n import _, labelled
from erptui.line_marks import LineContext, LineSpec, Mark, MarkKind, Unclear
from erptui.line_meaning import describe
from erptui.quick_line import read_line
from erptui.touches import NewPerson

if TYPE_CHECKING:
    from db.store import Reader, Store

_LEAD = LineSpec(
    (
        Mark("person", MarkKind.PERSON, N_("Contact")),
        Mark("next", MarkKind.NEXT, N_("Next contact")),
    )
)
_CODE = re.compile(r"[A-Z]{2,6}[0-9]{2,4}")
_PERSON = re.compile(r"""(?<=\s)[@＠]([^\s"@＠>＞]+(?:\s+(?![A-Z]{2,6}[0-9]{2,4}(?:\s|$))[^\s"@＠>＞]+)+)""")


@dataclass(frozen=True)
class LeadLine:
    """A lead as a line gives it; `person` by id, or `new`. `said` is the reading in words."""

    name: str
    code: str
    person: str | None
    new: NewPerson | None
    next_on: date | None
    unclear: tuple[str, ...]
    said: tuple[str, ...]


def read_lead(line: str, context: LineContext, taken: Collection[str]) -> LeadLine:
    """What a line says of a lead; `taken` are the codes there are. Never raises."""
    line = _PERSON.sub(r'@"\1"', line.strip())
    read = read_line(line, _LEAD, context)
    unknown = next((part for part in read.unclear if _is_new(part)), None)
    new = None
    if unknown is not None:
        new = NewPerson(" ".join(line[unknown.start : unknown.end].lstrip("@＠").replace('"', "").split()))
        read = read_line(line[: unknown.start] + " " + line[unknown.end :], _LEAD, context)
    words = read.text.split()
    code = next((word for word in (*words[-1:], *words[:1]) if _CODE.fullmatch(word)), "")
    if code and len(words) > 1:
        words.remove(code)
    else:
        code = ""
    name = " ".join(words)
    next_on = read.values.get("next")
    unclear = [part.reason for part in read.unclear]
    if not name and not unclear:
        unclear.append(_("Type the name of the company."))
    if next_on and next_on < context.today:
        unclear.append(_("The next contact lies in the past. Type a day to come."))
    if next_on and not new and "person" not in read.values and not unclear:
        unclear.append(_("Whom will you contact then? Type the name behind @."))
    if name and not code:
        code = proposed_code(name, taken, context.today)
    said = [labelled(_("Code"), code)] if code else []
    if new:
        said.append(labelled(_("New"), new.name))
        new = replace(new, organisation=name or None)
    said += [meaning.meaning for meaning in describe(read, context)]
    return LeadLine(name, code, read.values.get("person"), new, next_on, tuple(unclear), tuple(said))


def _is_new(part: Unclear) -> bool:
    return part.mark.kind is MarkKind.PERSON and isinstance(part.error, Unknown)


def proposed_code(name: str, taken: Collection[str], today: date) -> str:
    """Two letters of the name, Chinese by its sounds, and the year: `HX27`; the first that nobody has."""
    if pinyin.has_han(name):
        letters = next(iter(pinyin.initials(name)), "")
    else:
        words = re.findall(r"[A-Za-z]+", name)
        letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)
    letters = "".join(re.findall("[A-Z]", letters.upper())) or "X"
    known = {code.casefold() for code in taken}
    year = f"{today.year % 100:02}"
    first, others = letters[0], [*letters[1:], *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    codes = (f"{first}{second}{year}" for second in others)
    return next((code for code in codes if code.casefold() not in known), f"{letters[:2]}{year}{len(known)}")


def codes_of(reader: Reader) -> list[str]:
    """The codes of all engagements."""
    return [str(code) for (code,) in reader.rows("SELECT code FROM engagement")]


def add_lead(
    store: Store,
    read: LeadLine,
    calendar: BaseCalendar | None,
    language: ContentLanguage,
    today: date,
    start: date | None = None,
) -> str:
    """Open the lead, with who is to be contacted, as one step, and give its id.

    Without a calendar it works by that of the engagement opened last. Raises what `open_engagement` does.
    """
    from db.models import Touch, TouchPerson
    from erptui.method.opening import NewEngagement, check_new, write_opening
    from erptui.touches import make_person

    new = NewEngagement(
        name=read.name,
        code=read.code,
        start=start or today,
        calendar=calendar or _usual_calendar(store),
        language=language,
        lead=True,
    )
    template = check_new(store, new)
    with store.edit(N_("Add lead"), about=read.code) as edit:
        engagement = write_opening(edit, new, template)
        person = make_person(edit, read.new) if read.new else read.person
        if person:
            touch = edit.create(
                Touch, engagement=engagement, day=today, text=_("Lead"), next_on=read.next_on, by=store.who
            )
            edit.create(TouchPerson, touch=touch.id, person=person)
    return engagement


def make_lead(store: Store, values: Mapping[str, Any]) -> str:
    """`add_lead` by what stands in a form (`name`, `code`, `start`, `language`) and what was said in a line before.

    That are `person`, `new` and `next_on` of a `LeadLine`, `calendar` and `today`.
    """
    line = LeadLine(
        values.get("name") or "", values.get("code") or "", values["person"], values["new"], values["next_on"], (), ()
    )
    return add_lead(store, line, values["calendar"], values["language"], values["today"], values["start"])


def _usual_calendar(reader: Reader) -> BaseCalendar:
    found = reader.rows(
        "SELECT c.base FROM engagement e JOIN working_calendar c ON c.id = e.calendar_id ORDER BY e.rowid DESC LIMIT 1"
    )
    return BaseCalendar(found[0][0]) if found else BaseCalendar.WEEKDAYS
