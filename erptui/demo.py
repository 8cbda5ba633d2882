"""The demo portfolio: two engagements in the middle of their work, with days relative to today. People are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from db.choices import BaseCalendar, ContentLanguage, PackageStatus, Side
from db.models import Deliverable, Gate, GateCriterion, Person, Phase, Role, WorkPackage
from erptui import clock
from erptui.method.opening import NewEngagement, open_engagement
from erptui.method.template import Template, load_template
from erptui.plan_dates import plan_of
from erptui.planning.holidays import calendar_of
from erptui.planning.network import Link, Task, schedule
from erptui.planning.working_time import MINUTES_PER_DAY
from erptui.stores import FILL_DEMO

if TYPE_CHECKING:
    from db.edit import Edit
    from db.store import Store
    from erptui.package_dates import PackageDates


@dataclass(frozen=True)
class DemoEngagement:
    """What is invented for one engagement: `reached` was finished `ago` working days before today."""

    code: str
    name: str
    client: str
    calendar: BaseCalendar
    language: ContentLanguage
    reached: str
    ago: int
    late: tuple[str, ...]
    waiting: tuple[str, ...]
    signer: str
    people: Mapping[str, tuple[str, str]]


HUAXIN = DemoEngagement(
    code="HX26",
    name="华信精密 ERP 项目",
    client="华信精密机械有限公司",
    calendar=BaseCalendar.CHINA,
    language=ContentLanguage.CHINESE,
    reached="B7.8",
    ago=26,
    late=("C1.4", "C2.4"),
    waiting=("C2.8",),
    signer="王磊",
    people={
        "SPO": ("王磊", "总经理"),
        "CPM": ("赵敏", "信息化部经理"),
        "KU": ("孙婷", "计划科主管"),
        "FIN": ("陈辉", "财务经理"),
        "ENG": ("李娜", "技术部经理"),
        "PRD": ("吴刚", "生产部经理"),
        "WH": ("周强", "仓库主管"),
        "PUR": ("郑洁", "采购经理"),
        "SLS": ("冯涛", "销售经理"),
        "IT": ("蒋帆", "系统管理员"),
        "SAL": ("许莉", "客户经理"),
        "PM": ("张明", "项目经理"),
        "CON": ("刘洋", "实施顾问"),
        "DEV": ("高峰", "开发工程师"),
        "CSM": ("何静", "售后经理"),
    },
)
NORTHBRIDGE = DemoEngagement(
    code="NB26",
    name="Northbridge Pumps ERP",
    client="Northbridge Pumps Ltd",
    calendar=BaseCalendar.WEEKDAYS,
    language=ContentLanguage.ENGLISH,
    reached="A4.7",
    ago=14,
    late=("B2.2",),
    waiting=("B4.2",),
    signer="Helen Marsh",
    people={
        "SPO": ("Helen Marsh", "Managing director"),
        "CPM": ("Tom Okafor", "Operations manager"),
        "KU": ("Priya Nair", "Planning lead"),
        "FIN": ("Ian Doyle", "Finance director"),
        "ENG": ("Marta Kowalska", "Engineering manager"),
        "WH": ("Luke Barnes", "Warehouse manager"),
        "IT": ("Sofia Reyes", "IT manager"),
        "SAL": ("Xu Li", "Account manager"),
        "PM": ("Zhang Ming", "Project manager"),
        "CON": ("Liu Yang", "Consultant"),
        "PRE": ("Anna Berg", "Pre-sales consultant"),
    },
)


def fill_demo(store: Store) -> None:
    """Fill an empty store with the demo portfolio; nothing of it is on the undo list."""
    for demo in (HUAXIN, NORTHBRIDGE):
        _fill(store, demo)


def _fill(store: Store, demo: DemoEngagement) -> None:
    today = clock.today()
    start = calendar_of(demo.calendar.id).add_working_days(today, -_days_to(load_template(), demo.reached) - demo.ago)
    new = NewEngagement(
        name=demo.name,
        code=demo.code,
        start=start,
        calendar=demo.calendar,
        language=demo.language,
        client=demo.client,
    )
    engagement = open_engagement(store, new, undoable=False)
    dates = plan_of(store, engagement).dates
    with store.edit(FILL_DEMO, about=demo.code, undoable=False) as edit:
        _staff(store, edit, engagement, demo)
        _work(store, edit, engagement, demo, dates, today)
    with store.edit(FILL_DEMO, about=demo.code, undoable=False) as edit:
        _sign(store, edit, engagement, demo, dates)


def _days_to(template: Template, package: str) -> int:
    """Working days from the start of the plan to the finish of a package."""
    tasks = [Task(p.id, p.days * MINUTES_PER_DAY) for p in template.packages]
    links = [
        Link(link.predecessor, p.id, link.kind, link.lag * MINUTES_PER_DAY)
        for p in template.packages
        for link in p.predecessors
    ]
    return schedule(tasks, links).early_finish[package] // MINUTES_PER_DAY


def _staff(store: Store, edit: Edit, engagement: str, demo: DemoEngagement) -> None:
    roles = store.rows("SELECT id, code, side FROM role WHERE engagement_id = ?", (engagement,))
    for role, code, side in roles:
        if code in demo.people:
            name, post = demo.people[code]
            organisation = demo.client if side == Side.CLIENT.id else None
            person = edit.create(Person, name=name, post=post, side=side, organisation=organisation)
            edit.change(Role, role, None, person=person.id)


def _work(
    store: Store,
    edit: Edit,
    engagement: str,
    demo: DemoEngagement,
    dates: Mapping[str, PackageDates],
    today: date,
) -> None:
    """What was planned before today is done, but for what is late; what is planned for today is under way."""
    for package, code in store.rows("SELECT id, code FROM work_package WHERE engagement_id = ?", (engagement,)):
        start, finish = dates[package]
        if start is None or finish is None or start > today:
            continue
        values: dict[str, Any] = {"status": PackageStatus.DOING, "started_on": start}
        if finish < today and code not in demo.late:
            values = {"status": PackageStatus.DONE, "started_on": start, "finished_on": finish, "progress": 100}
            for (deliverable,) in store.rows("SELECT id FROM deliverable WHERE package_id = ?", (package,)):
                edit.change(Deliverable, deliverable, None, done=True)
        elif code in demo.waiting:
            values["status"] = PackageStatus.WAITING
        else:
            passed = (min(today, finish) - start) / max(timedelta(days=1), finish - start + timedelta(days=1))
            values["progress"] = max(10, min(90, round(passed * 10) * 10))
        edit.change(WorkPackage, package, None, **values)


def _sign(
    store: Store,
    edit: Edit,
    engagement: str,
    demo: DemoEngagement,
    dates: Mapping[str, PackageDates],
) -> None:
    """Gates of the phases whose work is done were signed when it was; the next phase opened that day."""
    phases: dict[str, str] = dict(store.rows("SELECT phase, id FROM phase WHERE engagement_id = ?", (engagement,)))
    for gate, phase in store.rows("SELECT id, phase FROM gate WHERE engagement_id = ? ORDER BY phase", (engagement,)):
        packages = store.rows(
            "SELECT id, status FROM work_package WHERE engagement_id = ? AND phase = ?", (engagement, phase)
        )
        days = [dates[package].finish for package, status in packages if status == "done"]
        if len(days) < len(packages):
            return
        day = max(day for day in days if day)
        for (criterion,) in store.rows("SELECT id FROM gate_criterion WHERE gate_id = ?", (gate,)):
            edit.change(GateCriterion, criterion, None, done=True)
        minutes = (
            "阶段评审会纪要 {day}.docx"
            if demo.language is ContentLanguage.CHINESE
            else "Gate review minutes {day}.docx"
        )
        edit.change(
            Gate,
            gate,
            None,
            passed_on=day,
            signed_by=demo.signer,
            recorded_by=demo.people["PM"][0],
            proof=minutes.format(day=day),
        )
        edit.change(Phase, phases[chr(ord(phase) + 1)], None, opened_on=day)
