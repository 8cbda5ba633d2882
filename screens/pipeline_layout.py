"""Where every engagement stands in the pipeline, and what is told of the one under the cursor. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.choices import EngagementStatus, OutcomeReason, PhaseId
from erptui.commitments import Turning
from erptui.days import short_day
from erptui.history import short_moment
from erptui.i18n import _, bracketed, labelled, language, listed, ngettext
from erptui.method.gates import PHASES
from erptui.portfolio import Involved, PortfolioLine, Prospect
from screens.board_detail import rule, wrapped
from screens.board_layout import GAP, MARGIN, column_widths, cut_head
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, Span, ends, joined, line_width

CARD_LINES = 2
NARROW = 16
"""Cells below which a card leaves the amber alerts away."""
UNKNOWN = Prospect()


@dataclass(frozen=True)
class Spot:
    """What the cursor can stand on: an engagement, or the fold of those that are over in a phase (`line` None)."""

    phase: str
    line: PortfolioLine | None
    y: int
    x: int
    width: int
    height: int

    @property
    def key(self) -> str:
        """What it is, wherever it stands."""
        return self.line.id if self.line else f"over {self.phase}"


@dataclass(frozen=True)
class PipelineLayout:
    """The painted pipeline: its lines, and its spots column by column from top to bottom."""

    lines: tuple[Line, ...]
    columns: tuple[tuple[Spot, ...], ...]

    def find(self, key: str) -> Spot | None:
        """Where something stands."""
        return next((spot for column in self.columns for spot in column if spot.key == key), None)


def lay_out_pipeline(
    lines: Sequence[PortfolioLine],
    ahead: Mapping[str, Prospect],
    opened: Collection[str],
    width: int,
    today: date,
) -> PipelineLayout:
    """The phases beside each other, each with its engagements; `opened` are the phases whose fold is open."""
    by_phase = {phase: [line for line in lines if line.phase == phase] for phase in PHASES}
    heads = [_head(phase, by_phase[phase]) for phase in PHASES]
    widths = column_widths([line_width(head) for head in heads], width - 2 * MARGIN - GAP * (len(PHASES) - 1))
    columns: list[list[Line]] = []
    spots: list[tuple[Spot, ...]] = []
    x = MARGIN
    for phase, head, size in zip(PHASES, heads, widths, strict=True):
        painted: list[Line] = [cut_head(head, phase, size), [(SIGNS.rule * size, "faint")]]
        placed: list[Spot] = []
        for line in _ordered(by_phase[phase], phase in opened):
            height = 1 if line is None else CARD_LINES
            placed.append(Spot(phase, line, len(painted), x, size, height))
            if line is None:
                painted.append(_fold(by_phase[phase], phase in opened, size))
            else:
                painted += _card(line, ahead.get(line.id, UNKNOWN), size, today)
        columns.append(painted)
        spots.append(tuple(placed))
        x += size + GAP
    tallest = max(map(len, columns))
    return PipelineLayout(
        tuple(_beside([column[y] if y < len(column) else () for column in columns], widths) for y in range(tallest)),
        tuple(spots),
    )


def _ordered(lines: Sequence[PortfolioLine], opened: bool) -> list[PortfolioLine | None]:
    """Those under way by code, those put off by the day they are asked again, the fold (None), what is in it."""
    put_off = [line for line in lines if line.status == EngagementStatus.POSTPONED.id]
    over = [line for line in lines if line.over]
    found: list[PortfolioLine | None] = [line for line in lines if not line.over and line not in put_off]
    found += sorted(put_off, key=lambda line: line.ask_again_on or date.max)
    if over:
        found.append(None)
        if opened:
            found += over
    return found


def _beside(parts: Sequence[Line], widths: Sequence[int]) -> list[Span]:
    line: list[Span] = [(" " * MARGIN, "plain")]
    for place, (part, width) in enumerate(zip(parts, widths, strict=True)):
        if place:
            line.append((" " * GAP, "plain"))
        line.extend(part)
        line.append((" " * (width - line_width(part)), "plain"))
    return line


def _head(phase: str, lines: Sequence[PortfolioLine]) -> list[Span]:
    count = sum(not line.over for line in lines)
    return [(_(PhaseId(phase).label), "bold" if count else "dim"), (f" {count}", "dim")]


def _fold(lines: Sequence[PortfolioLine], opened: bool, width: int) -> Line:
    count = sum(line.over for line in lines)
    said = ngettext("{count} lost, dropped", "{count} lost, dropped", count).format(count=count)
    return ends([(f"{SIGNS.fold if opened else SIGNS.folded} {said}", "dim")], (), width)


def status_sign(line: PortfolioLine, ahead: Prospect) -> tuple[str, str, str]:
    """The sign of an engagement with its role, and the role of its words."""
    if line.over:
        return SIGNS.times, "dim", "dim"
    if line.status == EngagementStatus.POSTPONED.id:
        return SIGNS.waiting, "dim", "dim"
    if ahead.late or ahead.red:
        return SIGNS.late, "red", "bold"
    if line.gate is None:
        return SIGNS.done, "green", "dim"
    if line.status == EngagementStatus.LEAD.id:
        return SIGNS.todo, "accent", "plain"
    return SIGNS.doing, "accent", "plain"


def _card(line: PortfolioLine, ahead: Prospect, width: int, today: date) -> list[Line]:
    sign, sign_role, role = status_sign(line, ahead)
    late: Line = [(_("{days}d").format(days=ahead.late), "bold red")] if ahead.late else ()
    name: Line = [(f"{sign} ", sign_role), (f"{line.code} ", role), (line.name, "dim")]
    first = ends(name, late, width)
    return [first, ends([("  ", "plain"), *_second(line, ahead, today)], alerts(ahead, amber=width >= NARROW), width)]


def _second(line: PortfolioLine, ahead: Prospect, today: date) -> Line:
    if line.over:
        said = f"{_(EngagementStatus(line.status).label)} {card_day(line.status_on, today)}"
        return [(said.strip(), "dim")]
    if line.status == EngagementStatus.POSTPONED.id and line.ask_again_on:
        role = "amber" if line.ask_again_on <= today else "dim"
        return [(_("ask {day}").format(day=card_day(line.ask_again_on, today)), role)]
    if line.gate is None:
        return [(_("all gates passed"), "dim")]
    if ahead.gate_on is None:
        return [(f"{SIGNS.milestone_open} {line.gate.ticked}/{line.gate.total}", "dim")]
    role = "amber" if ahead.gate_on < today else "dim"
    return [(f"{SIGNS.milestone_open} {card_day(ahead.gate_on, today)}", role)]


def card_day(day: date | None, today: date) -> str:
    """A day on a card, where even one of another year has to find room: `20.01.27`, `27-01-20`."""
    if day is None or day.year == today.year:
        return short_day(day, today)
    return f"{day:%y-%m-%d}" if language() == "zh" else f"{day:%d.%m.%y}"


def alerts(ahead: Prospect, *, amber: bool = True) -> Line:
    """The alerts of an engagement: `■2 ▲4`."""
    spans: list[Span] = []
    if ahead.red:
        spans += [(SIGNS.late, "red"), (str(ahead.red), "plain")]
    if ahead.amber and amber:
        spans += [(" " if spans else "", "plain"), (SIGNS.soon, "amber"), (str(ahead.amber), "plain")]
    return spans


# What is told below.


@dataclass(frozen=True)
class KnownEngagement:
    """What is known of an engagement beside its line: who is in it, and what became of it."""

    people: Sequence[Involved]
    turnings: Sequence[Turning]


def engagement_detail(
    line: PortfolioLine, ahead: Prospect, known: KnownEngagement, width: int, today: date
) -> list[Line]:
    """The lower part: status and reason, next gate and finish, people and next touch, how the status changed."""
    name: Line = [(f"{line.code} {line.name}", "bold")]
    found: list[Line] = [rule(width), *flowing([name, [(_about(line, today), "dim")]], width)]
    if line.reason or line.cause:
        cause = _(OutcomeReason(line.cause).label) if line.cause else ""
        found += wrapped(
            labelled(cause, line.reason) if cause and line.reason else cause or line.reason, width, "plain"
        )
    if line.ask_again_on:
        again = _("Ask again on {day}").format(day=short_day(line.ask_again_on, today))
        found.append([(f" {again}", "amber")])
    found += flowing(_plan(line, ahead, today), width)
    if ahead.next_on:
        overdue = ahead.next_on < today
        said = labelled(_("Next touch"), f"{short_day(ahead.next_on, today)} {ahead.next_with}".strip())
        found.append([(f" {said}", "amber" if overdue else "plain")])
    if known.people:
        names = (bracketed(person.name, person.roles) for person in known.people)
        found += wrapped(labelled(_("People"), listed(names, 12)), width, "plain", lines=2)
    return [*found, *_history(known.turnings)]


def _about(line: PortfolioLine, today: date) -> str:
    parts = [] if line.client == line.name else [line.client]
    status = _(EngagementStatus(line.status).label)
    if line.status_on:
        status = _("{status} since {day}").format(status=status, day=short_day(line.status_on, today))
    parts.append(status)
    if line.status == EngagementStatus.LEAD.id:
        parts.append(_("begun {day}").format(day=short_day(line.start, today)))
    return f" {SIGNS.bullet} ".join(parts)


def _plan(line: PortfolioLine, ahead: Prospect, today: date) -> list[Line]:
    """What is to come, in parts: the next gate, the finish, how late it is, what needs somebody."""
    if line.over:
        return []
    parts: list[Line] = []
    if line.gate:
        met = _("{done} of {total} met").format(done=line.gate.ticked, total=line.gate.total)
        day = f" {short_day(ahead.gate_on, today)}" if ahead.gate_on else ""
        parts.append([(f"{SIGNS.milestone_open} ", "violet"), (f"{line.gate.name}{day}", "plain"), (f" {met}", "dim")])
    if ahead.finish:
        parts.append([(_("finish {day}").format(day=short_day(ahead.finish, today)), "plain")])
    if ahead.late:
        late = ngettext("{days} day late", "{days} days late", ahead.late).format(days=ahead.late)
        parts.append([(late, "red")])
    if counted := alerts(ahead):
        parts.append(counted)
    if ahead.unplanned:
        parts.append([(_("no dates"), "bold red")])
    return parts


def flowing(parts: Sequence[Line], width: int) -> list[Line]:
    """The parts behind each other, in as many lines as they need."""
    lines: list[list[Line]] = []
    for part in parts:
        if lines and 2 + sum(line_width(other) + 3 for other in lines[-1]) + line_width(part) <= width:
            lines[-1].append(part)
        else:
            lines.append([part])
    return [[(" ", "plain"), *joined(line, (f" {SIGNS.bullet} ", "dim"))] for line in lines]


def _history(turnings: Sequence[Turning]) -> list[Line]:
    found: list[Line] = []
    for turning in turnings:
        if not turning.field:
            continue
        old, new = (_(EngagementStatus(value).label) for value in (turning.old, turning.new))
        when = f" {short_moment(turning.step)}  "
        found.append([(when, "dim"), (f"{old} {SIGNS.right} {new}", "plain"), (f"  {turning.step.who}", "dim")])
    return found


def line_as_text(line: PortfolioLine, ahead: Prospect, today: date) -> str:
    """An engagement for a mail or a chat: nothing internal."""
    parts = [
        f"{line.code} {line.name}",
        *([] if line.client == line.name else [line.client]),
        _(PhaseId(line.phase).label),
        _(EngagementStatus(line.status).label),
    ]
    if line.gate and ahead.gate_on:
        parts.append(f"{line.gate.name} {short_day(ahead.gate_on, today)}")
    if ahead.finish:
        parts.append(_("finish {day}").format(day=short_day(ahead.finish, today)))
    return "  ".join(parts) + "\n"
