"""What a quick line may take besides its text: kinds of marks, which of them a line takes, and what was read."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as declared
from datetime import date
from typing import Any

from db.labels import Label
from erptui.entry import NotUnderstood, People
from erptui.planning.working_time import MINUTES_PER_DAY


class MarkKind(enum.Enum):
    """How a mark is typed and what its value is."""

    PERSON = "person"
    """`@zm`: the id of a person."""
    NEXT = "next"
    """`>2w`, `>fri`: a date."""
    DAY = "day"
    """`fri`, `24.11`, `周五` as words of their own: a date."""
    TIME = "time"
    """`14:00`, `2pm`, `下午3点`; `14` beside a day or a duration: a time."""
    DURATION = "duration"
    """`2h`, `90m`: minutes by the clock."""
    WORKING_TIME = "working_time"
    """`3d`, `2h`: working minutes."""
    RATING = "rating"
    """`r45`: a pair of numbers."""
    ATTITUDE = "attitude"
    """`r-`, `r=`, `r+`: -1, 0, 1."""
    RECURRENCE = "recurrence"
    """`/w`, `weekly`, `每周`: a `db.choices.Recurrence`."""
    ROW = "row"
    """`#C1.2`, `HX26:C1.2`: the id of a row."""
    WORD = "word"
    """One of the mark's `words`, only as a leading word: its id."""
    PERCENT = "percent"
    """`60`, only as a leading word: a number."""
    NUMBER = "number"
    """`12000`, only as a leading word: a number."""


@dataclass(frozen=True)
class Mark:
    """One field that a line can give. `label` names it while typing.

    `many`: the mark may stand several times, the value is a tuple. `words` are the words for each id of a `WORD`,
    `labels` what it is called.
    `required`: a leading word that must be there; what stands in its place and is not it, is unclear.
    """

    field: str
    kind: MarkKind
    label: Label
    many: bool = False
    required: bool = False
    words: Mapping[str, tuple[str, ...]] = declared(default_factory=dict)
    labels: Mapping[str, str] = declared(default_factory=dict)


@dataclass(frozen=True)
class LineSpec:
    """What a line takes: `leading` words in this order, `marks` anywhere.

    `opens_with_time`: bare days, times and durations count before the text too, as in a calendar; otherwise only
    behind it.
    """

    marks: tuple[Mark, ...]
    leading: tuple[Mark, ...] = ()
    opens_with_time: bool = False

    def mark(self, *kinds: MarkKind) -> Mark | None:
        """The mark of one of these kinds that the line takes."""
        return next((mark for mark in self.marks if mark.kind in kinds), None)


@dataclass(frozen=True)
class LineContext:
    """What the marks of a line are understood by.

    `rows` are the ids of rows by code, in lower case and with the engagement: `hx26:c1.2`; `engagement` is the code
    that need not be typed.
    """

    today: date
    people: People = declared(default_factory=People)
    rows: Mapping[str, str] = declared(default_factory=dict)
    engagement: str = ""
    minutes_per_day: int = MINUTES_PER_DAY


@dataclass(frozen=True)
class Taken:
    """A part of the line that was understood; `shown` says as what."""

    start: int
    end: int
    mark: Mark
    value: Any
    shown: str


@dataclass(frozen=True)
class Unclear:
    """A part of the line that looks like a mark and can't be understood; it stays in the text.

    `error` tells an ambiguous name (`Ambiguous.candidates`) and an unknown one (`Unknown`) apart.
    """

    start: int
    end: int
    mark: Mark
    error: NotUnderstood

    @property
    def reason(self) -> str:
        """Why, and what can be typed."""
        return str(self.error)


@dataclass(frozen=True)
class ReadLine:
    """A line that was read: what remains as text, the values by field, what is unclear, what was taken from where."""

    line: str
    text: str
    values: Mapping[str, Any]
    unclear: tuple[Unclear, ...] = ()
    taken: tuple[Taken, ...] = ()


CHANNELS: Mapping[str, tuple[str, ...]] = {
    "phone": ("tel", "phone", "call", "电话", "dh"),
    "wechat": ("wx", "wechat", "微信"),
    "wecom": ("wecom", "qw", "企业微信", "企微"),
    "dingtalk": ("dd", "dingtalk", "钉钉"),
    "feishu": ("fs", "feishu", "lark", "飞书"),
    "mail": ("mail", "email", "e-mail", "邮件", "邮箱"),
    "sms": ("sms", "短信"),
    "video": ("video", "vc", "teams", "zoom", "视频", "腾讯会议"),
    "meeting": ("meet", "meeting", "会议", "开会"),
    "visit": ("visit", "拜访", "现场"),
    "letter": ("letter", "信函"),
}
"""Words for the channels of a touch by id, in both languages."""
