"""People for the benchmarks: a store of ten thousand of them, and files of five thousand as others write them.

python -m benchmarks.people store STORE [PEOPLE]       a store with people who were touched now and then
python -m benchmarks.people google FILE [PEOPLE]       the CSV that Google Contacts exports
python -m benchmarks.people staff FILE [PEOPLE]        the list of an office, with Chinese names of columns
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks import fill
from db.choices import Channel, Side
from db.models import Person, Touch, TouchPerson
from erptui.method.opening import open_engagement

PEOPLE = 10_000
ROWS = 5_000
"""People of a file that is imported."""
_FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华文辉玲芳志国建红梅雪飞鹏宇欣怡晨"
_FIRST = ("Anna", "Ben", "Carla", "David", "Elena", "Frank", "Grace", "Henry", "Ines", "Jonas", "Karin", "Luis")
_LAST = ("Adler", "Brandt", "Costa", "Dubois", "Evans", "Fischer", "Garcia", "Hansen", "Ivanov", "Jensen", "Keller")
_UNITS = (("生产部", "计划科"), ("财务部", "总账"), ("采购部",), ("信息部", "运维"), ("Quality",), ("Sales", "Export"))
_POSTS = ("主管", "工程师", "经理", "会计", "Key user", "Head of unit", "Planner", "")


class Someone(NamedTuple):
    """A person who does not exist."""

    family: str
    given: str
    unit: tuple[str, ...]
    post: str
    mobile: str
    office: str
    mail: str

    @property
    def is_chinese(self) -> bool:
        """Whether the name is written in Chinese characters."""
        return not self.family.isascii()

    @property
    def name(self) -> str:
        """As the person is addressed."""
        return self.family + self.given if self.is_chinese else f"{self.given} {self.family}"


def everybody(count: int) -> Iterator[Someone]:
    """So many people, two thirds of them Chinese; the same ones at every call."""
    chance = Random(4)
    for number in range(count):
        if number % 3:
            family, given = chance.choice(_FAMILIES), "".join(chance.choices(_GIVEN, k=2 if number % 10 else 1))
        else:
            family, given = f"{chance.choice(_LAST)}-{number % 97}", chance.choice(_FIRST)
        unit, post = _UNITS[number % len(_UNITS)], _POSTS[number % len(_POSTS)]
        office = f"021-5555{number:04}" if number % 4 == 0 else ""
        mail = f"someone.{number}@plant{number % 7}.example"
        yield Someone(family, given, unit, post, f"138{10_000_000 + number}", office, mail)


def fill_people(path: Path, people: int = PEOPLE) -> None:
    """A new store with one engagement and so many people; every third was touched, and has a next touch."""
    with fill.open_new(path) as store:
        opened = open_engagement(store, fill.engagement(1))
        today = fill.NOW.date()
        with store.edit("Fill the benchmark") as edit:
            made = edit.create_many(
                Person,
                [
                    {
                        "name": one.name,
                        "organisation": f"Plant {number % 7}" if number % 5 else "苏州示例制造有限公司",
                        "unit": " / ".join(one.unit),
                        "post": one.post,
                        "side": Side.CLIENT if number % 5 else None,
                        "mail": one.mail,
                        "phone": one.mobile,
                    }
                    for number, one in enumerate(everybody(people))
                ],
            )
            touches = [
                {
                    "id": edit.new_id(),
                    "engagement": opened,
                    "day": today - timedelta(days=number % 90),
                    "channel": (Channel.PHONE, Channel.WECHAT, Channel.MAIL)[number % 3],
                    "text": f"Asked about the cut-over, answer {number}",
                    "next_on": today + timedelta(days=number % 45 - 10),
                    "by": fill.WHO,
                }
                for number in range(0, people, 3)
            ]
            edit.create_many(Touch, touches)
            edit.create_many(
                TouchPerson,
                [{"touch": touch["id"], "person": person.id} for touch, person in zip(touches, made[::3], strict=True)],
            )


# Files as others write them.

_GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value"
)
_STAFF = "工号,姓名,部门,职务,手机,办公电话,邮箱"


def google_file(count: int = ROWS) -> bytes:
    """People as Google Contacts exports them (UTF-8), a second number for every fourth of them."""
    heads = _GOOGLE.split(",")
    rows = []
    for one in everybody(count):
        said = {
            "First Name": one.given,
            "Last Name": one.family,
            "Organization Name": "苏州示例制造有限公司" if one.is_chinese else "Plant 1",
            "Organization Title": one.post,
            "Organization Department": one.unit[0],
            "Labels": "* myContacts",
            "E-mail 1 - Label": "* Work",
            "E-mail 1 - Value": one.mail,
            "Phone 1 - Label": "Mobile",
            "Phone 1 - Value": one.mobile,
            "Phone 2 - Label": "Work" if one.office else "",
            "Phone 2 - Value": one.office,
        }
        rows.append([said.get(head, "") for head in heads])
    return _as_csv(heads, rows)


def staff_file(count: int = ROWS) -> bytes:
    """People as the list of an office has them (UTF-8 with a mark, as Excel saves it)."""
    rows = [
        [f"E{number:05}", one.name, "/".join(one.unit), one.post, one.mobile, one.office, one.mail]
        for number, one in enumerate(everybody(count))
    ]
    return b"\xef\xbb\xbf" + _as_csv(_STAFF.split(","), rows)


def _as_csv(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows((heads, *rows))
    return written.getvalue().encode("utf-8")


FILES = {"google": google_file, "staff": staff_file}


def main(kind: str, path: str, *count: str) -> None:
    """Write one of them."""
    where, counts = Path(path).absolute(), map(int, count)
    if kind == "store":
        fill_people(where, *counts)
    else:
        where.write_bytes(FILES[kind](*counts))


if __name__ == "__main__":
    main(*sys.argv[1:])
