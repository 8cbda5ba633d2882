"""The trash in lines of cells: what was deleted in a line, and all of it below. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from db.fields import IdField, RankField
from db.labels import N_, NP_
from erptui import cells, clock
from erptui.days import short_day
from erptui.filtering import FieldKind, FilterField, SearchTexts, search_text
from erptui.history import ValueWords
from erptui.i18n import _, labelled, listed
from erptui.registers.listing import Listing, Row
from erptui.row_names import field_of, table_word, table_words
from erptui.trash import DeletedRow
from screens.board_detail import rule, wrapped
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span
from screens.widgets.register import RegisterColumn

KEYS = ("id", "kind", "name", "part_of", "when", "who", "parts")
_AT = {key: place for place, key in enumerate(KEYS)}
WHEN = FilterField("when", N_("Deleted"), FieldKind.DAY, key=_AT["when"])
FIELDS = (
    FilterField("kind", N_("Kind"), FieldKind.CHOICE, key=_AT["kind"], words=table_words()),
    FilterField("name", N_("Name"), FieldKind.TEXT, key=_AT["name"]),
    FilterField("part_of", N_("Part of"), FieldKind.TEXT, key=_AT["part_of"]),
    WHEN,
    FilterField("who", NP_("deleted", "Who"), FieldKind.TEXT, key=_AT["who"]),
    FilterField("parts", N_("With it"), FieldKind.NUMBER, key=_AT["parts"]),
)


def listing_of(deleted: Sequence[DeletedRow]) -> Listing:
    """The trash as rows to be filtered and sorted."""
    zone = clock.now().tzinfo
    rows = [
        (
            one.id,
            one.table,
            one.name,
            one.part_of,
            one.moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes"),
            one.who,
            sum(one.parts.values()),
        )
        for one in deleted
    ]
    searched = SearchTexts(search_text([table_word(row[1]), row[2], row[3], row[5]]) for row in rows)
    filled = frozenset(key for key in KEYS if any(row[_AT[key]] for row in rows))
    return Listing(FIELDS, rows, len(rows), searched, filled)


def columns(today: Callable[[], date]) -> list[RegisterColumn]:
    """The columns of the table, in their order."""
    return [
        RegisterColumn(cells.Column("kind", 12, 14, rank=3), N_("Kind"), lambda row: (table_word(row[1]), "dim")),
        RegisterColumn(cells.Column("name", 14, 24, rank=1, grows=True), N_("Name"), lambda row: (row[2], "bold")),
        RegisterColumn(cells.Column("part_of", 7, 14, rank=5), N_("Part of"), _plain("part_of")),
        RegisterColumn(cells.Column("parts", 7, 7, rank=6, align="right"), N_("With it"), _parts),
        RegisterColumn(cells.Column("when", 11, 11, rank=2), N_("Deleted"), lambda row: _when(row, today())),
        RegisterColumn(cells.Column("who", 6, 10, rank=4), NP_("deleted", "Who"), _plain("who")),
    ]


def _plain(key: str) -> Callable[[Row], Span]:
    return lambda row: (str(row[_AT[key]]), "plain")


def _parts(row: Row) -> Span:
    return (f"+{row[_AT['parts']]}" if row[_AT["parts"]] else ""), "dim"


def _when(row: Row, today: date) -> Span:
    written, _t, time = str(row[_AT["when"]]).partition("T")
    day = date.fromisoformat(written)
    return short_day(day, today) + (f" {time}" if day.year == today.year else ""), "plain"


def trash_detail(one: DeletedRow, words: ValueWords, moment: str, width: int, height: int, audience: str) -> list[Line]:
    """All of a deleted row: who deleted it when, what went with it, and what stood in it."""
    lines: list[Line] = [rule(width), *wrapped(labelled(table_word(one.table), one.name), width, "bold", lines=2)]
    said = [_("deleted by {who}, {moment}").format(who=one.who, moment=moment)]
    if one.parts:
        said.append(_("with it: {parts}").format(parts=_counted(one.parts)))
    lines += wrapped(f" {SIGNS.bullet} ".join(said), width, "dim")
    for column, stored in one.whole.items():
        field = field_of(one.table, column)
        if stored in (None, "", 0) or field is None or isinstance(field, (IdField, RankField)):
            continue
        in_name = column in ("code", "name", "text", "value") and str(stored) in one.name
        if in_name or (audience != "internal" and field.internal):
            continue
        text = words.in_row(one.table, column, stored, one.whole)
        lines += wrapped(text, width, "plain", (labelled(_(field.label), ""), "dim"))
    return lines if len(lines) <= height else [*lines[: height - 1], [(f" {SIGNS.ellipsis}", "dim")]]


def _counted(parts: Mapping[str, int]) -> str:
    return listed(f"{count} {SIGNS.times} {table_word(table)}" for table, count in sorted(parts.items()))
