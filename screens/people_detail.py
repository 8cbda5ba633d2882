"""The People screen in lines of cells: the cells of a row, and what is known of the selected person. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from db.choices import Channel, PromiseSide, Side
from db.labels import N_, NP_
from erptui import cells
from erptui.contacts.ways import way_called
from erptui.days import short_day, short_part_of_year
from erptui.filtering import FieldKind
from erptui.i18n import _, labelled, listed, ngettext, pgettext
from erptui.people import PersonFacts, PostLine, TouchLine
from erptui.registers.listing import Row
from screens.board_detail import rule, wrapped
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, ends, line_width
from screens.widgets.register import RegisterColumn

KEYS = (
    "id",
    "name",
    "organisation",
    "unit",
    "post",
    "side",
    "last_touch",
    "next_touch",
    "roles",
    "phone",
    "mail",
    "do_not_contact",
    "last_channel",
    "silent",
    "ways",
)
KINDS = {"last_touch": FieldKind.DAY, "next_touch": FieldKind.DAY, "silent": FieldKind.NUMBER}
LOW = 12
"""Lines of a detail that has no room to spare."""
MOST_PROMISES = 4
BY_TOUCHES = N_("{column} is computed: t logs a touch.")
_AT = {key: place for place, key in enumerate(KEYS)}


def value(row: Row, key: str) -> object:
    """The value of a row under a key."""
    return row[_AT[key]]


def text_of(row: Row, key: str) -> str:
    """A text of a row, empty where there is none."""
    return str(row[_AT[key]] or "")


def columns(today: Callable[[], date]) -> list[RegisterColumn]:
    """The columns of the table, in their order."""
    firm = cells.Column("organisation", 10, 20, rank=4, grows=True)
    return [
        RegisterColumn(cells.Column("name", 10, 14, rank=1), NP_("person", "Name"), _name, beside=14),
        RegisterColumn(firm, N_("Organisation"), _plain("organisation"), beside=18),
        RegisterColumn(cells.Column("unit", 8, 16, rank=7), N_("Unit"), _plain("unit")),
        RegisterColumn(cells.Column("post", 8, 16, rank=5), N_("Post"), _plain("post")),
        RegisterColumn(cells.Column("side", 6, 6, rank=8), N_("Side"), _side),
        RegisterColumn(cells.Column("last_touch", 10, 13, rank=2), N_("Last touch"), _last, why=BY_TOUCHES, beside=13),
        RegisterColumn(
            cells.Column("next_touch", 10, 12, rank=3),
            N_("Next touch"),
            lambda row: _next(row, today()),
            why=N_("{column} is computed: t logs a touch, with >2w for the next one."),
            beside=12,
        ),
        RegisterColumn(
            cells.Column("roles", 8, 14, rank=6),
            N_("Roles"),
            _roles,
            why=N_("{column} are given in the engagement, not on the person."),
        ),
        RegisterColumn(cells.Column("phone", 11, 15, rank=9), N_("Phone"), _plain("phone")),
        RegisterColumn(cells.Column("mail", 14, 26, rank=10, grows=True), N_("Mail"), _plain("mail")),
    ]


def _plain(key: str) -> Callable[[Row], Span]:
    return lambda row: (text_of(row, key), "dim" if key in ("phone", "mail", "unit") else "plain")


def _name(row: Row) -> Span:
    return text_of(row, "name"), "bold"


def _side(row: Row) -> Span:
    side = text_of(row, "side")
    return (_(Side(side).label) if side else ""), "dim"


def _roles(row: Row) -> Span:
    return " ".join(row[_AT["roles"]]), "dim"


def _last(row: Row) -> Span:
    silent = row[_AT["silent"]]
    if silent is None:
        return SIGNS.dash, "dim"
    channel = text_of(row, "last_channel")
    parts = [_("today") if silent == 0 else _("{days} d").format(days=silent)]
    return " ".join([*parts, _(Channel(channel).label)] if channel else parts), "plain"


def _next(row: Row, today: date) -> Span:
    if row[_AT["do_not_contact"]]:
        return " ".join((SIGNS.times, _("no contact"))), "amber"
    written = text_of(row, "next_touch")
    if not written:
        return SIGNS.dash, "dim"
    day = date.fromisoformat(written)
    late = (today - day).days
    if late > 0:
        return " ".join((SIGNS.late, pgettext("promise or touch", "{days} d late").format(days=late))), "bold red"
    if late == 0:
        return " ".join((SIGNS.soon, _("today"))), "amber"
    return short_day(day, today), "plain"


def person_detail(
    row: Row, facts: PersonFacts | None, width: int, height: int, today: date, for_client: bool = False
) -> list[Line]:
    """What is known of the person in at most `height` lines: who, how reached, roles, open promises, touches, where
    before.

    For a client neither promises nor touches nor the private note, nor that somebody asked not to be contacted.
    """
    who = [text_of(row, key) for key in ("post", "unit", "organisation")]
    side = text_of(row, "side")
    about = f" {SIGNS.bullet} ".join(filter(None, (*who, _(Side(side).label) if side else "")))
    next_touch, role = _next(row, today)
    right: list[Span] = []
    if for_client:
        right = []
    elif value(row, "do_not_contact"):
        right = [(" ".join((SIGNS.times, _("do not contact"), "")), "bold amber")]
    elif text_of(row, "next_touch"):
        right = [(labelled(_("Next touch"), ""), "dim"), (next_touch, role), (" ", "plain")]
    name: Line = [(f" {text_of(row, 'name')}", "bold")]
    head: Line = [*name, (f"  {about}" if about else "", "dim")]
    lines: list[Line] = [rule(width), ends(head, right, width, gap=2)]
    if height > LOW and line_width(head) + line_width(right) + 2 > width:
        # Room enough to say in full who it is.
        lines = [rule(width), ends(name, right, width, gap=2), *wrapped(about, width, "dim", lines=2)]
    if facts is None:
        return lines
    reached = _reached(row, facts)
    if reached:
        lines += wrapped(f" {SIGNS.bullet} ".join(reached), width, "plain", lines=2)
    roles = row[_AT["roles"]]
    if roles:
        lines += wrapped(listed(roles), width, "plain", (labelled(_("Roles"), ""), "dim"), lines=1)
    below = [_post_line(post, width, today) for post in facts.posts]
    if for_client:
        return [*lines, *below][:height]
    lines += _promises(facts, width, height, today)
    if facts.note:
        below += wrapped(facts.note, width, "dim", lines=2)
    # What is below gives way first, but the touches leave it a line each of what is free.
    room = max(1, height - len(lines) - min(len(below), 1))
    touches = [touch_line(touch, width, today) for touch in facts.touches[:room]]
    if not facts.touches:
        touches = [[(" ", "plain"), (_("Not touched yet. t logs a touch."), "dim")]]
    elif facts.touch_count > room > 1:
        more = ngettext("{count} more touch", "{count} more touches", facts.touch_count - room + 1)
        touches[-1] = [(f" {SIGNS.ellipsis} {more.format(count=facts.touch_count - room + 1)}", "dim")]
    return [*lines, *touches, *below][:height]


def _promises(facts: PersonFacts, width: int, height: int, today: date) -> list[Line]:
    """What is still to be kept, the first due first; the last line counts what has no room.

    Where the room is small it tells of one, and only when that is overdue.
    """
    most = 1 if height <= LOW else MOST_PROMISES
    lines: list[Line] = []
    for promise in facts.promises[:most]:
        due = date.fromisoformat(promise.due) if promise.due else None
        overdue = due is not None and due < today
        if most == 1 and not overdue:
            break
        sign = (f" {SIGNS.late} ", "bold red") if overdue else (f" {SIGNS.todo} ", "dim")
        left: Line = [sign, (labelled(_("Promise"), ""), "dim"), (promise.text, "plain")]
        whose = _((PromiseSide.OURS if promise.ours else PromiseSide.THEIRS).label)
        rest = len(facts.promises) - most if len(lines) == most - 1 else 0
        more = _("{count} more").format(count=rest) if rest > 0 else ""
        right = f" {SIGNS.bullet} ".join(filter(None, (whose, short_day(due, today), more)))
        lines.append(ends(left, [(right, "dim"), (" ", "plain")], width, gap=2))
    return lines


def _reached(row: Row, facts: PersonFacts) -> list[str]:
    """How a person is reached, the first phone and mail before the others."""
    found = [text_of(row, key) for key in ("phone", "mail")]
    for contact in facts.contacts:
        found.append(labelled(way_called(contact.kind, contact.label), " ".join(contact.value.split())))
    return [one for one in found if one]


def touch_line(touch: TouchLine, width: int, today: date) -> Line:
    """A touch in one line: day, channel, what was said."""
    day = short_day(date.fromisoformat(touch.day), today)
    channel = _(Channel(touch.channel).label) if touch.channel else ""
    text = " ".join(touch.text.split())
    right: list[Span] = []
    if touch.project:
        right = [(touch.project, "dim"), (" ", "plain")]
    left: Line = [(f" {cells.right(day, 8)}  ", "dim"), (cells.pad(channel, 11), "dim"), (f" {text}", "plain")]
    return ends(left, right, width, gap=2)


def _post_line(post: PostLine, width: int, today: date) -> Line:
    """Where a person was before, in one line."""
    days = [short_part_of_year(day, today) if day else "" for day in (post.since, post.until)]
    span = f" {SIGNS.range} ".join(days).strip() if any(days) else ""
    what = f" {SIGNS.bullet} ".join(filter(None, (post.post, post.unit, post.organisation)))
    return [(" ", "plain"), (labelled(_("Before"), ""), "dim"), (what, "plain"), (f"  {span}" if span else "", "dim")]
