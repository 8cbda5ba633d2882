"""Finding engagements and rows by what people call them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.choices import EngagementStatus
from db.errors import NoSuchRow, Problem
from db.labels import N_
from db.text import clean_line

if TYPE_CHECKING:
    from db.store import Reader

_SHORTEST_ID = 4
_DIGITS = re.compile("[0-9]+")


class NoSuchEngagement(NoSuchRow):
    """No engagement has the code."""

    sentence = N_("There is no engagement “{code}”. There are: {codes}.")


class NoEngagements(NoSuchRow):
    """The store has no engagement at all."""

    sentence = N_("There is no engagement “{code}”: the store has none yet. Open one with: erptui new")


class WhichEngagement(Problem):
    """A file for a client holds one engagement."""

    sentence = N_("There are several engagements ({codes}) and a client sees one: name it with --project.")


class Ambiguous(Problem):
    """What was typed names several rows."""

    sentence = N_("“{typed}” names {count} rows: {which}. Give the start of the id of one.")


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """An engagement in one line: its names and how it stands; `phase` is the first open one with work left."""

    id: str
    code: str
    name: str
    language: str
    status: str
    phase: str


NOWHERE = EngagementLine("", "", "", "", "", "A")
"""No engagement, to be asked for where none may be seen."""


def engagements(reader: Reader) -> list[EngagementLine]:
    """All engagements by code."""
    found = [
        EngagementLine(*row)
        for row in reader.rows(
            "SELECT e.id, e.code, e.name, e.language, e.status, coalesce((SELECT min(p.phase) FROM phase p"
            " WHERE p.engagement_id = e.id AND p.opened_on IS NOT NULL AND p.phase < 'E' AND EXISTS (SELECT 1"
            " FROM work_package w WHERE w.engagement_id = e.id AND w.phase = p.phase AND w.status <> 'done')),"
            " (SELECT max(p.phase) FROM phase p WHERE p.engagement_id = e.id AND p.opened_on IS NOT NULL"
            " AND p.phase < 'E'), 'A') FROM engagement e"
        )
    ]
    return sorted(found, key=lambda engagement: (natural(engagement.code), engagement.id))


def to_begin_in(lines: Sequence[EngagementLine], language: str) -> EngagementLine | None:
    """The engagement to begin in where nobody was in any: a project before a lead, what is in the language in use
    before the rest, then by code.
    """
    return min(
        lines, key=lambda line: (line.status != EngagementStatus.WON.id, line.language != language), default=None
    )


def has_plan(reader: Reader, engagement: str) -> bool:
    """Whether the phases after pursuit are planned: a lead has none of them before it is won."""
    planned = "SELECT 1 FROM work_package WHERE engagement_id = ? AND phase <> 'A' LIMIT 1"
    return bool(reader.rows(planned, (engagement,)))


def find_engagement(reader: Reader, code: str) -> EngagementLine:
    """The engagement with this code (or the start of its id). Raises `NoSuchEngagement`, `Ambiguous`."""
    everything = engagements(reader)
    typed = clean_line(code)
    found = (
        [engagement for engagement in everything if engagement.code == typed]
        or [engagement for engagement in everything if engagement.code.casefold() == typed.casefold()]
        or [e for e in everything if len(typed) >= _SHORTEST_ID and e.id.startswith(typed.lower())]
    )
    if len(found) == 1:
        return found[0]
    shown = typed if len(typed) <= 40 else typed[:39] + "…"
    if found:
        which = tuple(f"{engagement.name} ({engagement.id[:8]})" for engagement in found)
        raise Ambiguous(typed=shown, count=len(found), which=which)
    if not everything:
        raise NoEngagements(code=shown)
    codes = (*(engagement.code for engagement in everything[:10]), *("…" for _more in everything[10:11]))
    raise NoSuchEngagement(code=shown, codes=codes)


def engagement_for(reader: Reader, project: str | None, audience: str) -> EngagementLine | None:
    """The engagement whose rows the audience of a file or a list may see, None for all.

    Raises `WhichEngagement` where a client would see several, `NoSuchEngagement`.
    """
    if project is not None:
        return find_engagement(reader, project)
    everything = engagements(reader)
    if len(everything) > 1 and audience != "internal":
        raise WhichEngagement(codes=tuple(engagement.code for engagement in everything[:10]))
    return None


def find_row(reader: Reader, typed: str) -> tuple[str, str]:
    """Table and id of what `typed` names: `HX26`, `HX26:C1.2` or the start of an id, also of a deleted row.

    Raises `NoSuchRow`, `Ambiguous`.
    """
    typed = clean_line(typed)
    code, colon, package = typed.partition(":")
    if colon:
        engagement = find_engagement(reader, code)
        found = reader.rows(
            "SELECT id, name FROM work_package WHERE engagement_id = ? AND code = ? COLLATE NOCASE",
            (engagement.id, package.strip()),
        )
        return "work_package", _one(typed, found, _no_package(engagement, package))
    if len(typed) >= _SHORTEST_ID and re.fullmatch(r"[0-9a-fA-F-]+", typed):
        # A range, because LIKE finds no index.
        low = typed.lower()
        found = reader.rows("SELECT DISTINCT row, tbl FROM change WHERE row >= ? AND row < ?", (low, low + "~"))
        if found:
            return str(found[0][1]), _one(typed, found, NoSuchRow())
    try:
        return "engagement", find_engagement(reader, typed).id
    except NoSuchRow:
        raise NoSuchRow(
            N_("“{typed}” names no row. Give a code (HX26), a package (HX26:C1.2) or the start of an id."),
            typed=typed[:60],
        ) from None


def _no_package(engagement: EngagementLine, code: str) -> NoSuchRow:
    return NoSuchRow(
        N_("{engagement} has no package “{code}”. They are listed by: erptui list tasks --project {engagement}"),
        engagement=engagement.code,
        code=code.strip()[:40],
    )


def rows_within(reader: Reader, table: str, row: str) -> list[str]:
    """A row with all that belongs to it where it is an engagement: packages, gates, phases and what hangs on those."""
    rows = [row]
    if table == "engagement":
        for part in ("phase", "activity", "gate", "role", "work_package"):
            rows += [i for (i,) in reader.rows(f"SELECT id FROM {part} WHERE engagement_id = ?", (row,))]
        for part, column, whole in (
            ("gate_criterion", "gate_id", "gate"),
            ("deliverable", "package_id", "work_package"),
        ):
            rows += [
                i
                for (i,) in reader.rows(
                    f"SELECT p.id FROM {part} p JOIN {whole} w ON w.id = p.{column} WHERE w.engagement_id = ?", (row,)
                )
            ]
    return rows


def _one(typed: str, found: list[tuple[str, str]], nothing: NoSuchRow) -> str:
    if not found:
        raise nothing
    if len(found) > 1:
        which = tuple(f"{what} ({identifier[:13]})" for identifier, what in found[:5])
        raise Ambiguous(typed=typed, count=len(found), which=which)
    return found[0][0]


def natural(code: str) -> str:
    """A sort key by which C1.2 stands before C1.10."""
    return _DIGITS.sub(_padded, code).casefold()


def _padded(digits: re.Match[str]) -> str:
    return digits[0].zfill(12)
