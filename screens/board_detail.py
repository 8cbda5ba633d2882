"""The lower part of the board: packages and checklists in lines of cells. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from db.choices import ActivityId, PhaseId
from erptui import cells
from erptui.days import short_day
from erptui.i18n import _, ngettext
from erptui.method.board import Card, PackageLine
from erptui.method.gates import GateState
from erptui.method.standing import Standing, days_late
from erptui.package_dates import NO_DATES, PackageDates
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, line_width

Dates = Mapping[str, PackageDates]

_SIGN = {
    "todo": (SIGNS.todo, "dim"),
    "doing": (SIGNS.doing, "accent"),
    "waiting": (SIGNS.waiting, "dim"),
    "review": (SIGNS.review, "accent"),
    "done": (SIGNS.done, "green"),
}

PREVIEW = (
    cells.Column("sign", 1, 1, rank=1),
    cells.Column("code", 5, 6, rank=1),
    cells.Column("name", 12, 30, rank=2, grows=True),
    cells.Column("progress", 4, 4, rank=5, align="right"),
    cells.Column("owner", 4, 12, rank=4),
    cells.Column("when", 10, 18, rank=3),
)
WIDE_PREVIEW = (
    *PREVIEW[:2],
    cells.Column("name", 24, 34, rank=2, grows=True),
    cells.Column("progress", 4, 4, rank=5, align="right"),
    cells.Column("role", 4, 5, rank=6),
    cells.Column("owner", 8, 14, rank=4),
    cells.Column("dates", 18, 23, rank=6),
    cells.Column("when", 13, 18, rank=3),
    cells.Column("deliverable", 16, 30, rank=7, grows=True),
)
WIDE = 100
"""Cells from which a package shows its role, both its days and its deliverable beside its name."""


def rule(width: int) -> Line:
    """The thin line above a detail."""
    return [(" ", "plain"), (SIGNS.rule * (width - 2), "faint")]


def wrapped(text: str, width: int, role: str, sign: Span = ("", "plain"), lines: int | None = None) -> list[Line]:
    """A text in full over several lines, behind a sign that stands on the first."""
    indent = " " * cells.width(sign[0])
    found = cells.wrap(text, max(10, width - 2 - len(indent)), lines)
    return [
        [(" ", "plain"), sign if place == 0 else (indent, "plain"), (line, role)] for place, line in enumerate(found)
    ]


def card_detail(
    card: Card,
    packages: Sequence[PackageLine],
    dates: Dates | None,
    standing: Standing,
    opened: bool,
    width: int,
    height: int,
    today: date,
    unannounced: Sequence[int] = (),
) -> list[Line]:
    """What the selected card holds: a rule, a head, and its packages, the open ones first, as many as fit.

    `dates` is None until the plan has been computed; `unannounced` are the years without public holidays yet.
    """
    head: list[Span] = [(f" {card.activity} {_(ActivityId(card.activity).label)}", "bold")]
    about = [_("{done} of {total} packages").format(done=card.done, total=card.total)]
    if standing.start and standing.finish:
        about.append(f"{short_day(standing.start, today)} {SIGNS.range} {short_day(standing.finish, today)}")
    if not opened:
        about.append(_("phase not open yet"))
    if card.activity[0] != card.phase:
        about.append(_("moved to {phase}").format(phase=_(PhaseId(card.phase).label)))
    if standing.start and standing.finish:
        about += [
            _("holidays {year} unknown").format(year=year)
            for year in unannounced
            if year == max(standing.start.year, min(unannounced)) and year <= standing.finish.year
        ]
    between = f" {SIGNS.bullet} "
    while len(about) > 1 and line_width(head) + 2 + cells.width(between.join(about)) > width:
        # The last one says least.
        about.pop()
    head.append((f"  {between.join(about)}", "dim"))
    lines: list[Line] = [rule(width), head]
    ordered = sorted(packages, key=lambda package: package.status == "done")
    room = height - len(lines)
    shown = ordered if len(ordered) <= room else ordered[: max(0, room - 1)]
    columns = preview_columns(shown, dates, opened, width, today)
    lines += [preview_line(package, columns, dates, opened, width, today) for package in shown]
    left = card.total - len(shown)
    if left > 0 and room > 0:
        text = ngettext("{count} more, {key} opens", "{count} more, {key} opens", left).format(
            count=left, key=SIGNS.enter
        )
        lines.append([(f" {SIGNS.ellipsis} {text}", "dim")])
    return lines


def preview_columns(
    packages: Sequence[PackageLine], dates: Dates | None, opened: bool, width: int, today: date
) -> list[cells.Placed]:
    """Where the cells of these packages stand: a name may be cut, a day never."""
    needs = {
        "when": [when_of(package, dates, opened, today)[0] for package in packages],
        "dates": [span_of((dates or {}).get(package.id, NO_DATES), today) for package in packages],
    }
    least = {column: max(map(cells.width, texts), default=0) for column, texts in needs.items()}
    columns = WIDE_PREVIEW if width >= WIDE else PREVIEW
    asked = [replace(column, least=max(column.least, least.get(column.id, 0))) for column in columns]
    return cells.fit_columns(asked, width - 2)


def preview_line(
    package: PackageLine,
    columns: Sequence[cells.Placed],
    dates: Dates | None,
    opened: bool,
    width: int,
    today: date,
) -> Line:
    """One package in the lower part: sign, code, name, progress, owner, what its date says; more where wide."""
    sign, role = package_sign(package, dates, opened, today)
    quiet = "dim" if package.status == "done" else "plain"
    when, when_role = when_of(package, dates, opened, today)
    texts = {
        "sign": (sign, role),
        "code": (package.code, quiet),
        "name": (package.name, "bold" if when_role == "bold red" else quiet),
        "progress": (f"{package.progress}%" if package.progress and package.status != "done" else "", "dim"),
        "role": (package.role, "dim"),
        "owner": (package.owner or ("" if width >= WIDE else package.role), "dim"),
        "dates": (span_of((dates or {}).get(package.id, NO_DATES), today), "dim"),
        "when": (when, when_role),
        "deliverable": (package.deliverable, "dim"),
    }
    line: list[Span] = [(" ", "plain")]
    for place in columns:
        text, role = texts[place.column.id]
        if place.x:
            line.append((" ", "plain"))
        line.append((cells.place(text, place.width, place.column.align), role))
    return line


def span_of(own: PackageDates, today: date) -> str:
    """First and last day of work, one of them where they are the same."""
    days = [short_day(day, today) for day in own if day]
    return f" {SIGNS.range} ".join(dict.fromkeys(days))


def package_sign(package: PackageLine, dates: Dates | None, opened: bool, today: date) -> tuple[str, str]:
    """The sign of a package and its role; an open one past its finish is late."""
    if opened and dates is not None and days_late(dates.get(package.id, NO_DATES), package.status, today):
        return SIGNS.late, "red"
    if package.milestone and package.status != "done":
        return SIGNS.milestone_open, "violet"
    return _SIGN[package.status]


def when_of(package: PackageLine, dates: Dates | None, opened: bool, today: date) -> tuple[str, str]:
    """What to say about the date of a package, with its role."""
    if package.before_erptui and package.status == "done":
        return _("before erptui"), "dim"
    own = (dates or {}).get(package.id, NO_DATES)
    if package.status == "done":
        finished = date.fromisoformat(package.finished_on) if package.finished_on else own.finish
        return _("done {day}").format(day=short_day(finished, today)), "dim"
    late = days_late(own, package.status, today) if opened else 0
    if late:
        return _("{days} d late").format(days=late), "bold red"
    if own.finish is None:
        return "", "dim"
    if package.status == "todo" and own.start and own.start > today:
        return _("starts {day}").format(day=short_day(own.start, today)), "dim"
    return _("due {day}").format(day=short_day(own.finish, today)), "plain"


def gate_detail(gate: GateState, width: int, height: int, today: date, for_client: bool = False) -> list[Line]:
    """What the selected gate asks for, and how it was passed; why without a signature is not for the client."""
    head: list[Span] = [(f" {gate.name}", "bold"), (f"  {gate_state(gate, today)}", "dim")]
    lines: list[Line] = [rule(width), head]
    if gate.reason and not for_client:
        lines.append([(f" {SIGNS.soon} ", "amber"), (cells.cut(gate.reason, width - 4), "plain")])
    if gate.proof:
        lines.append([("   ", "plain"), (_("Proof: {proof}").format(proof=gate.proof), "dim")])
    room = height - len(lines)
    ordered = sorted(gate.criteria, key=lambda criterion: criterion.done)
    shown = ordered if len(ordered) <= room else ordered[: max(0, room - 1)]
    for criterion in shown:
        lines.append([(" ", "plain"), *criterion_spans(criterion.done, criterion.text)])
    left = len(ordered) - len(shown)
    if left > 0 and room > 0:
        text = ngettext("{count} more, {key} opens", "{count} more, {key} opens", left).format(
            count=left, key=SIGNS.enter
        )
        lines.append([(f" {SIGNS.ellipsis} {text}", "dim")])
    return lines


def criterion_spans(done: bool, text: str) -> list[Span]:
    """A criterion with its tick."""
    return [(f"{SIGNS.done} ", "green"), (text, "dim")] if done else [(f"{SIGNS.todo} ", "dim"), (text, "plain")]


def gate_state(gate: GateState, today: date) -> str:
    """In words, how a gate stands."""
    if gate.before_erptui:
        return _("passed before erptui")
    day = short_day(gate.passed_on, today)
    if gate.passed_on and not gate.signed_by:
        return _("passed without signature on {day} by {who}").format(day=day, who=gate.recorded_by)
    if gate.passed_on:
        return _("signed by {signer} on {day}, recorded by {who}").format(
            signer=gate.signed_by, day=day, who=gate.recorded_by
        )
    return _("{ticked} of {total} ticked").format(ticked=gate.ticked, total=len(gate.criteria))
