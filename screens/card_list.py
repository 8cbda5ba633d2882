"""The list of a card and the package under its cursor in lines of cells, and what a new date did, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from db.choices import PackageStatus
from erptui import cells
from erptui.days import short_day
from erptui.i18n import _, clauses, labelled, listed
from erptui.method.board import PackageLine
from erptui.method.reschedule import Moved
from erptui.package_dates import NO_DATES
from screens.board_detail import Dates, package_sign, rule, span_of, when_of, wrapped
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, ends

EDITABLE = ("status", "start", "finish")
"""The cells of the list that can be changed in place."""


def column_label(column: str) -> str:
    """The head of a column of the list."""
    return {
        "sign": "",
        "code": _("Code"),
        "name": _("Work package"),
        "status": _("Status"),
        "start": _("Start"),
        "finish": _("Finish"),
        "role": _("Role"),
        "owner": _("Owner"),
        "deliverable": _("Deliverable"),
    }[column]


def list_columns(packages: Iterable[PackageLine], dates: Dates | None, today: date) -> tuple[cells.Column, ...]:
    """The columns of the list: those of dates as wide as the widest of theirs, which may name another year."""
    own = [(dates or {}).get(package.id, NO_DATES) for package in packages]
    widths = {
        cell: max([cells.width(column_label(cell)), 5, *(len(short_day(day, today)) for day in days)])
        for cell, days in (("start", [one.start for one in own]), ("finish", [one.finish for one in own]))
    }
    return (
        cells.Column("sign", 1, 1, rank=1),
        cells.Column("code", 5, 6, rank=1),
        cells.Column("name", 20, 34, rank=2, grows=True),
        cells.Column("status", 7, 8, rank=3),
        cells.Column("start", widths["start"], max(8, widths["start"]), rank=3, align="right"),
        cells.Column("finish", widths["finish"], max(8, widths["finish"]), rank=2, align="right"),
        cells.Column("role", 4, 6, rank=5),
        cells.Column("owner", 8, 14, rank=7),
        cells.Column("deliverable", 14, 30, rank=6, grows=True),
    )


def list_head(width: int, cell: str, columns: Sequence[cells.Column]) -> Line:
    """The heads of the columns; the one of the cell that `c` changes is marked."""
    line: list[Span] = [(" ", "plain")]
    for place in cells.fit_columns(columns, width - 1):
        if place.x:
            line.append((" ", "plain"))
        text = cells.place(column_label(place.column.id), place.width, place.column.align)
        line.append((text, "bold accent" if place.column.id == cell else "dim"))
    return line


def list_line(
    package: PackageLine,
    dates: Dates | None,
    opened: bool,
    width: int,
    today: date,
    columns: Sequence[cells.Column],
    cell: str | None = None,
) -> Line:
    """One package in the list of its card; `cell` is the one under the cursor."""
    own = (dates or {}).get(package.id, NO_DATES)
    sign, sign_role = package_sign(package, dates, opened, today)
    late = sign == SIGNS.late
    quiet = "dim" if package.status == "done" else "plain"
    texts = {
        "sign": (sign, sign_role),
        "code": (package.code, quiet),
        "name": (package.name, quiet),
        "status": (_(PackageStatus(package.status).label), quiet),
        "start": (short_day(own.start, today) or SIGNS.dash, quiet),
        "finish": (short_day(own.finish, today) or SIGNS.dash, "bold red" if late else quiet),
        "role": (package.role, "dim"),
        "owner": (package.owner, "dim"),
        "deliverable": (package.deliverable, "dim"),
    }
    line: list[Span] = []
    for place in cells.fit_columns(columns, width):
        text, role = texts[place.column.id]
        if place.x:
            line.append((" ", "plain"))
        line.append(
            (cells.place(text, place.width, place.column.align), "bold accent" if place.column.id == cell else role)
        )
    return line


def package_detail(
    package: PackageLine, dates: Dates | None, waits_for: Sequence[str], opened: bool, width: int, today: date
) -> list[Line]:
    """The lower part of the list: the whole of the selected package in a few lines."""
    when, role = when_of(package, dates, opened, today)
    first, *more = cells.wrap(f"{package.code} {package.name}", max(10, width - cells.width(when) - 4), 3) or [""]
    lines: list[Line] = [rule(width), ends([(f" {first}", "bold")], [(when, role), (" ", "plain")], width)]
    lines += [[(f" {line}", "bold")] for line in more]
    own = (dates or {}).get(package.id, NO_DATES)
    facts = [_length(package.duration)]
    if own.start and own.finish:
        facts.insert(0, span_of(own, today))
    if package.role:
        facts.append(labelled(_("Role"), " ".join(filter(None, (package.role, package.role_name)))))
    if package.owner:
        facts.append(labelled(_("Owner"), package.owner))
    if package.not_before:
        facts.append(_("not before {day}").format(day=short_day(date.fromisoformat(package.not_before), today)))
    if package.progress and package.status != "done":
        facts.append(f"{package.progress}%")
    lines += wrapped(f" {SIGNS.bullet} ".join(facts), width, "dim")
    for label, text in (
        (_("Deliverable"), package.deliverable),
        (_("Done when"), package.done_when),
        (_("Waits for"), listed(waits_for)),
    ):
        if text:
            lines += wrapped(text, width, "plain", (labelled(label, ""), "dim"))
    return lines


def _length(minutes: int) -> str:
    return _("{days} d").format(days=f"{minutes / 480:g}")


def moved_text(package: PackageLine, cell: str, moved: Moved, wanted: date, today: date) -> str:
    """What a new start or finish did to the package itself: its days before and after, and what stayed."""
    starts = cell == "start"
    was, now = (moved.was_start, moved.start) if starts else (moved.was_finish, moved.finish)
    fact = package.status == "done" or (starts and package.started_on)
    if starts:
        said = _("{code}: started {day} (was {before})") if fact else _("{code}: starts {day} (was {before})")
    else:
        said = _("{code}: ended {day} (was {before})") if fact else _("{code}: ends {day} (was {before})")
    parts = [
        said.format(code=package.code, day=short_day(now, today), before=short_day(was, today) or SIGNS.dash),
    ]
    if now and now != wanted:
        parts.append(_("{wanted} is a day off").format(wanted=short_day(wanted, today)))
    if moved.minutes != moved.was_minutes:
        gaps = {"after": _length(moved.minutes), "before": _length(moved.was_minutes)}
        parts.append(_("takes {after} (was {before})").format(**gaps))
        if not package.started_on:
            parts.append(_("to move all of it change its start"))
    elif not fact and moved.minutes:
        parts.append(_("takes {days} as before").format(days=_length(moved.minutes)))
    return clauses(parts)
