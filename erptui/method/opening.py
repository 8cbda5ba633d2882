"""Opening an engagement from a template: packages, links, gates, roles and working days in one step."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from db.choices import ActivityId, BaseCalendar, ContentLanguage, EngagementStatus, PackageStatus, PhaseId
from db.errors import Problem
from db.labels import N_
from db.models import (
    Activity,
    Client,
    Deliverable,
    Dependency,
    Engagement,
    Gate,
    GateCriterion,
    Phase,
    Role,
    WorkingCalendar,
    WorkPackage,
)
from db.rank import spread
from erptui.engagements import has_plan
from erptui.method.template import PackageTemplate, Template, load_template, without
from erptui.planning.working_time import MINUTES_PER_DAY

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Reader, Store


PURSUIT = PhaseId.PURSUIT.id


class CodeTaken(Problem):
    """Another engagement has the code."""

    sentence = N_("Code: there is an engagement {code} already ({name}). Choose another code.")


class NotALead(Problem):
    """Only a lead can be won."""


@dataclass(frozen=True)
class NewEngagement:
    """What is asked when an engagement is opened. `at` takes up a running project: earlier work is before erptui."""

    name: str
    code: str
    start: date
    calendar: BaseCalendar
    language: ContentLanguage
    left_out: tuple[str, ...] = ()
    lead: bool = False
    at: ActivityId | None = None
    client: str | None = None
    template: str | None = None


def open_engagement(store: Store, new: NewEngagement, *, undoable: bool = True) -> str:
    """Open an engagement as one step and give its id; `undoable=False` for content that the program brings along.

    Raises `CodeTaken`, `InvalidValue` for a name or code, and what the template refuses; then nothing is written.
    """
    template = check_new(store, new)
    with store.edit(N_("Open engagement"), about=str(Engagement.code.clean(new.code)), undoable=undoable) as edit:
        return write_opening(edit, new, template)


def check_new(reader: Reader, new: NewEngagement) -> Template:
    """The template of an engagement that can be opened as it is asked for. Raises what `open_engagement` does."""
    code = str(Engagement.code.clean(new.code))
    # Before the client gets the same name, so that the refusal speaks of what was asked for.
    Engagement.name.clean(new.name)
    refuse_taken(reader, code)
    if new.at is not None and new.at.id[0] == PhaseId.THROUGHOUT.id:
        raise Problem(
            N_("{at} goes on through all phases: take the project up at an activity of A to D."), at=new.at.id
        )
    if new.lead and new.at is not None and new.at.id[0] != PURSUIT:
        raise Problem(N_("A lead has the pursuit phase only: take it up at A1 to A4, or leave --lead out."))
    return without(load_template(new.template), new.left_out)


def refuse_taken(reader: Reader, code: str, but: str = "") -> None:
    """Raises `CodeTaken` when an engagement other than `but` has the code, however it is written."""
    for identifier, name, other in reader.rows("SELECT id, name, code FROM engagement"):
        if identifier != but and other.casefold() == code.casefold():
            raise CodeTaken(code=other, name=name)


def write_opening(edit: Edit, new: NewEngagement, template: Template) -> str:
    """`open_engagement` within a step of the caller's, by what `check_new` gave."""
    engagement = _engagement(edit, new, template)
    opening = _Opening(edit, engagement, template)
    opening.roles()
    if new.lead:
        opening.content(lambda phase: phase == PURSUIT, ())
    else:
        opening.content(lambda phase: True, earlier_work(template, new.at))
    opening.phases(new)
    return str(engagement.id)


def write_win(store: Store, edit: Edit, engagement: str, contract_on: date, start: date | None = None) -> None:
    """Turn a lead into a won engagement within a step of the caller's: the phases after pursuit come in from `start`.

    What runs through all phases opens; preparation too where the gate of pursuit is passed. Raises `NotALead`.
    """
    row = store.get(Engagement, engagement)
    if has_plan(store, engagement) or row.status not in (EngagementStatus.LEAD, EngagementStatus.POSTPONED):
        raise NotALead(N_("{code} is not a lead: it is {status}."), code=row.code, status=row.status.label)
    template = without(load_template(row.template), (row.left_out or "").split())
    edit.update(row, status=EngagementStatus.WON, status_on=contract_on, contract_on=contract_on, ask_again_on=None)
    known: dict[str, str] = dict(
        store.rows(
            "SELECT template_id, id FROM work_package WHERE engagement_id = ? AND template_id IS NOT NULL",
            (engagement,),
        )
    )
    roles: dict[str, str] = dict(store.rows("SELECT code, id FROM role WHERE engagement_id = ?", (engagement,)))
    opening = _Opening(edit, row, template, known, roles)
    opening.content(lambda phase: phase != PURSUIT, (), not_before=start or contract_on)
    passed = store.rows(
        "SELECT 1 FROM gate WHERE engagement_id = ? AND phase = 'A' AND (passed_on IS NOT NULL OR before_erptui)",
        (engagement,),
    )
    _open(store, edit, engagement, _behind(PURSUIT) if passed else {PhaseId.THROUGHOUT.id}, contract_on)


def open_phase_after(store: Store, edit: Edit, engagement: str, phase: str, today: date) -> None:
    """Open the phase behind a gate that has just been passed; behind the gate of a lead lies the won project."""
    ((status,),) = store.rows("SELECT status FROM engagement WHERE id = ?", (engagement,))
    if phase != PhaseId.AFTER_SALES.id:
        _open(store, edit, engagement, _behind(phase), today)
    if phase == PURSUIT and status != EngagementStatus.WON.id and not has_plan(store, engagement):
        write_win(store, edit, engagement, today)


def _behind(phase: str) -> set[str]:
    """The phases that the gate of a phase opens."""
    following = chr(ord(phase) + 1)
    return {PhaseId.THROUGHOUT.id, following} if phase == PURSUIT else {following}


def _open(store: Store, edit: Edit, engagement: str, phases: set[str], day: date) -> None:
    """Open those of the phases that are not open yet."""
    for phase, row in store.rows(
        "SELECT phase, id FROM phase WHERE engagement_id = ? AND opened_on IS NULL", (engagement,)
    ):
        if phase in phases:
            edit.change(Phase, row, {"opened_on": None}, opened_on=day)


def earlier_work(template: Template, at: ActivityId | None) -> frozenset[str]:
    """The packages that lie behind a project taken up at an activity.

    All of the activities before it with what those waited for elsewhere (the rhythm of the project has begun), but
    not what waits for the activity itself (the acceptance of a project taken up at its closing).
    """
    if at is None:
        return frozenset()
    order = [activity.id for activity in ActivityId]
    waits_for: dict[str, set[str]] = {p.id: {link.predecessor for link in p.predecessors} for p in template.packages}
    elsewhere = {p.id for p in template.packages if p.activity != at.id}
    behind = {p.id for p in template.packages if order.index(p.activity) < order.index(at.id)}
    while waited_for := {p for package in behind for p in waits_for[package] & elsewhere} - behind:
        behind |= waited_for
    while ahead := {p for p in behind if not waits_for[p] <= behind}:
        behind -= ahead
    return frozenset(behind)


def _engagement(edit: Edit, new: NewEngagement, template: Template) -> Engagement:
    client = edit.create(Client, name=new.client or new.name)
    calendar = edit.create(WorkingCalendar, name=new.calendar.label, base=new.calendar)
    return edit.create(
        Engagement,
        code=new.code,
        name=new.name,
        client=client,
        status=EngagementStatus.LEAD if new.lead else EngagementStatus.WON,
        start=new.start,
        contract_on=None,
        calendar=calendar,
        language=new.language,
        template=_where(new.template, template),
        left_out=" ".join(new.left_out) or None,
        taken_up_at=new.at,
    )


def _where(named: str | None, template: Template) -> str:
    """How the template is found again when a lead is won: its id, or the whole path of a person's own file."""
    return template.id if named in (None, "", template.id) else os.path.abspath(str(named))


class _Opening:
    """Copies the template's content into an engagement; knows the rows made so far by their template ids."""

    def __init__(
        self,
        edit: Edit,
        engagement: Engagement,
        template: Template,
        packages: dict[str, str] | None = None,
        roles: dict[str, str] | None = None,
    ) -> None:
        self._edit = edit
        self._engagement = engagement
        self._template = template
        self._language = engagement.language.id
        self._packages = packages or {}
        self._roles = roles or {}

    def roles(self) -> None:
        """Make the roles of the project."""
        made = self._edit.create_many(
            Role,
            [
                {
                    "engagement": self._engagement,
                    "code": role.id,
                    "name": role.name.in_language(self._language),
                    "side": role.side,
                    "tier": role.tier,
                    "duty": role.duty.in_language(self._language) if role.duty else None,
                }
                for role in self._template.roles
            ],
        )
        self._roles = {role.code: role.id for role in made}

    def content(self, wanted: Any, behind: Iterable[str], *, not_before: date | None = None) -> None:
        """Make activities, packages, links, deliverables and gates of the phases that are `wanted`."""
        packages = [p for p in self._template.packages if wanted(p.phase)]
        self._activities({p.activity for p in packages})
        self._make_packages(packages, frozenset(behind), not_before)
        self._links(packages)
        self._gates(wanted)

    def phases(self, new: NewEngagement) -> None:
        """Make the phases; those up to where the project stands are open, and the band unless it is a lead."""
        reached = new.at.id[0] if new.at else PURSUIT
        throughout = PhaseId.THROUGHOUT.id
        self._edit.create_many(
            Phase,
            [
                {
                    "engagement": self._engagement,
                    "phase": phase,
                    "opened_on": new.start
                    if phase.id <= reached or (phase.id == throughout and not new.lead)
                    else None,
                }
                for phase in PhaseId
            ],
        )

    def _activities(self, used: set[str]) -> None:
        ranks = dict(zip((activity.id for activity in ActivityId), spread(len(ActivityId)), strict=True))
        self._edit.create_many(
            Activity,
            [
                {"engagement": self._engagement, "activity": activity, "rank": ranks[activity]}
                for activity in sorted(used)
            ],
        )

    def _make_packages(self, packages: list[PackageTemplate], behind: frozenset[str], not_before: date | None) -> None:
        ranks = dict(zip((p.id for p in self._template.packages), spread(len(self._template.packages)), strict=True))
        new = {p.id: self._edit.new_id() for p in packages}
        self._packages |= new
        self._edit.create_many(
            WorkPackage, [self._package(p, ranks[p.id], p.id in behind, not_before, new) for p in packages]
        )
        self._edit.create_many(
            Deliverable,
            [
                {
                    "package": new[p.id],
                    "name": p.deliverable.in_language(self._language),
                    "done": p.id in behind,
                }
                for p in packages
                if p.deliverable
            ],
        )

    def _package(
        self, package: PackageTemplate, rank: str, behind: bool, not_before: date | None, new: dict[str, str]
    ) -> dict[str, Any]:
        begins = not_before is not None and all(link.predecessor not in new for link in package.predecessors)
        hammock = package.hammock
        return {
            "id": new[package.id],
            "engagement": self._engagement,
            "code": package.id,
            "name": package.name.in_language(self._language),
            "phase": package.phase,
            "activity": package.activity,
            "status": PackageStatus.DONE if behind else PackageStatus.TODO,
            "rank": rank,
            "duration": package.days * MINUTES_PER_DAY,
            "progress": 100 if behind else 0,
            "milestone": package.milestone,
            "not_before": not_before if begins else None,
            "before_erptui": behind,
            "role": self._roles.get(package.owner),
            "area": package.area,
            "done_when": package.done_when.in_language(self._language) if package.done_when else None,
            "optional": package.optional,
            "recurrence": package.recurring,
            "alignment": package.align,
            "lasts_from": self._packages.get(hammock.starts_after) if hammock else None,
            "lasts_to": self._packages.get(hammock.ends_before) if hammock else None,
            "template_id": package.id,
            "note": package.note.in_language(self._language) if package.note else None,
        }

    def _links(self, packages: list[PackageTemplate]) -> None:
        self._edit.create_many(
            Dependency,
            [
                {
                    "predecessor": self._packages[link.predecessor],
                    "successor": self._packages[package.id],
                    "kind": link.kind,
                    "lag": link.lag * MINUTES_PER_DAY,
                }
                for package in packages
                for link in package.predecessors
            ],
        )

    def _gates(self, wanted: Any) -> None:
        at = self._engagement.taken_up_at
        for gate in self._template.gates:
            if not wanted(gate.phase):
                continue
            before = at is not None and gate.phase < at.id[0]
            made = self._edit.create(
                Gate,
                engagement=self._engagement,
                phase=gate.phase,
                name=gate.name.in_language(self._language),
                needs_proof=gate.needs_proof,
                before_erptui=before,
            )
            self._edit.create_many(
                GateCriterion,
                [
                    {
                        "gate": made,
                        "rank": rank,
                        "template_id": criterion.id,
                        "text": criterion.text.in_language(self._language),
                        "done": before,
                    }
                    for criterion, rank in zip(gate.criteria, spread(len(gate.criteria)), strict=True)
                ],
            )
