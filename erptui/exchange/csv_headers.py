"""Which column of somebody else's list holds what: mapped by its name, never by its place.

The names are those that Outlook (English, Chinese, its web page), Google (old, new and its file for Outlook),
Thunderbird, Outlook Express, WeCom (企业微信), DingTalk (钉钉) and common staff lists write. They are compared without
blanks, full width, case and marks; `E-mail 2 Address` is another `E-mail Address`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from db.errors import Problem
from db.labels import N_

IGNORED = "-"
"""What a column is mapped to that is not to be read."""


OWN = "erptui"
"""The kind of a list that was written by erptui itself: each of its cells holds one value."""


class Target(NamedTuple):
    """Where the cells of a column go: a field of a contact, and its label, service or part.

    `group` joins the columns that a program numbers together (`Phone 2 - Label` and `Phone 2 - Value`).
    """

    field: str
    label: str = ""
    part: str = ""
    group: str = ""


class UnknownColumn(Problem):
    """A column was named that the file does not have."""

    sentence = N_("There is no column “{column}”. The columns are: {columns}.")


class UnknownField(Problem):
    """A column was mapped to something a contact does not have."""

    sentence = N_("A contact has no “{field}”. Map columns to: {fields}.")


SINGLE_FIELDS = (
    "name",
    "family",
    "given",
    "middle",
    "nickname",
    "organisation",
    "department",
    "post",
    "birthday",
    "employee_id",
    "url",
    "note",
    "labels",
    "uid",
    "side",
)
FIELDS = (*SINGLE_FIELDS, "phone", "mail", "address", "wechat", "wecom", "dingtalk", "qq")
"""What a column can be mapped to; phone, mail and address also with a label: `phone:work fax`."""
_LABELLED = frozenset({"phone", "mail", "address", "messenger"})
_PARTS = frozenset({"po_box", "extended", "street", "city", "region", "postal_code", "country"})
_SERVICES = frozenset({"wechat", "wecom", "dingtalk", "feishu", "qq", "msn", "skype", "icq", "aim", "yahoo", "jabber"})

_ALIASES = {
    "name": "Name|Full Name|Display Name|Contact Name|Employee Name|姓名|名称|员工姓名|中文姓名|联系人"
    "|联系人姓名|人员姓名|名字|显示名称|全名",
    "family": "Last Name|Family Name|Surname|姓|姓氏",
    "given": "First Name|Given Name|Forename|名",
    "middle": "Middle Name|Additional Name|中间名",
    "nickname": "Nickname|Alias|English Name|别名|昵称|英文名|英文姓名",
    "organisation": "Company|Organization|Organisation|Organization Name|Employer|Company Name|Organization 1 - Name"
    "|单位|公司|公司名称|单位名称|所属公司|企业|客户|客户名称|供应商|供应商名称|任职单位|工作单位",
    "department": "Department|Organization Department|Organization 1 - Department|Dept|Dept.|Division|Unit"
    "|部门|所在部门|所属部门|部门名称|科室|组织|处室",
    "post": "Job Title|Organization Title|Organization 1 - Title|Position|Post|Role|Function|职务|职位|岗位|职务/职位"
    "|岗位名称|职称",
    "employee_id": "Employee ID|Employee No|Employee No.|Employee Number|Staff No|Staff ID|Organizational ID Number"
    "|工号|员工编号|员工号|职工号|人员编号|工作证号码",
    "birthday": "Birthday|Date of Birth|生日|出生日期|出生年月日",
    "birth_year": "Birth Year",
    "birth_month": "Birth Month",
    "url": "Web Page|Web Page 1|Web Page 2|Personal Web Page|Website|Business Web Page|Home Page|Website 1 - Value"
    "|网页|个人网页|业务网页|网址|个人主页|公司网站",
    "note": "Notes|Note|Remark|Remarks|Comment|Comments|Private note|附注|备注|说明|内部备注",
    "labels": "Categories|Group Membership|Labels|Groups|Tags|类别|标签|分组|组",
    "uid": "UID|Card id|名片标识",
    "side": "Side|甲乙方",
    "messenger:aim": "Screen Name",
    "messenger:wechat": "WeChat|WeChat ID|Weixin|微信|微信号|微信帐号|微信账号",
    "messenger:wecom": "WeCom|企业微信|企业微信帐号|企业微信账号|企微|企微账号",
    "messenger:dingtalk": "DingTalk|员工UserID|UserID|钉钉|钉钉号|钉钉账号",
    "messenger:feishu": "Feishu|Lark|飞书|飞书账号",
    "messenger:qq": "QQ|QQ号|QQ号码",
    "messenger:msn": "MSN",
    "messenger:skype": "Skype",
    "messenger:im": "IMAddress|IM Address",
    "mail": "E-mail|E-mail Address|Mail|Mail Address|Primary Email|Secondary Email|电子邮件|电子邮件地址|邮箱|邮箱地址"
    "|电子邮箱|电邮|邮件|邮件地址",
    "mail:work": "Work Email|Business Email|企业邮箱|公司邮箱|工作邮箱|办公邮箱",
    "mail:home": "Home Email|Personal Email|个人邮箱|私人邮箱",
    "phone": "Phone|Phone Number|Telephone|Tel|Tel.|Primary Phone|电话|电话号码|联系电话|联系方式|主要电话|電話",
    "phone:work": "Business Phone|Work Phone|Office Phone|商务电话|业务电话|办公电话|工作电话|单位电话|座机"
    "|座机号码|固定电话|固话|办公座机",
    "phone:home": "Home Phone|住宅电话|家庭电话|家庭座机",
    "phone:mobile": "Mobile Phone|Mobile Number|Mobile|Cell Phone|Cell|Cellphone|移动电话|手机|手机号|手机号码"
    "|手机电话|手機",
    "phone:other": "Other Phone|其他电话",
    "phone:company main": "Company Main Phone|单位主要电话|总机",
    "phone:fax": "Fax|Fax Number|传真|传真号码",
    "phone:work fax": "Business Fax|Work Fax|商务传真|业务传真|公司传真|办公传真",
    "phone:home fax": "Home Fax|住宅传真|家庭传真",
    "phone:other fax": "Other Fax|其他传真",
    "phone:assistant": "Assistant's Phone|助理的电话",
    "phone:callback": "Callback|回电话",
    "phone:car": "Car Phone|车载电话",
    "phone:pager": "Pager|Pager Number|寻呼机",
    "phone:radio": "Radio Phone|无绳电话",
    "phone:isdn": "ISDN",
    "phone:telex": "Telex|电报",
    "phone:tty": "TTY/TDD Phone|TTY/TDD 电话",
    "phone:extension": "Extension|Ext|Ext.|分机|分机号|办公分机",
    "address": "Address|地址|联系地址|通讯地址",
    "address:work": "Work Address|Business Address|Work Address 2|公司地址|单位地址|办公地址",
    "address:home": "Home Address|Home Address 2|家庭地址|住址|住宅地址|家庭住址",
    "address:other": "Other Address",
    "address:work.extended": "Office Location|办公地点|办公室|工位",
    # Said by other columns, or of no use to a consultant: these are passed over without a word.
    IGNORED: "E-mail Type|E-mail Display Name|电子邮件类型|电子邮件显示名称|电子邮件显示名|Priority|Private|Sensitivity"
    "|Internet Free Busy|Directory Server|Language|优先级|私有|敏感度|Internet忙闲|目录服务器|语言|序号|No|No.|#|排序"
    "|Initials|缩写|File As|Given Yomi|Surname Yomi|Company Yomi|Yomi Name|Given Name Yomi|Family Name Yomi"
    "|Additional Name Yomi|Phonetic First Name|Phonetic Middle Name|Phonetic Last Name|Photo|Short Name"
    "|Organization 1 - Type|Organization 1 - Yomi Name|禁用项说明：(0-启用;1-禁用)|姓名拼音|拼音",
}
_ADDRESS_PARTS = {
    "street": "Street|街道|所在街道",
    "city": "City|市/县|所在城市|城市",
    "region": "State|County|省/市/自治区|所在省/自治区|省份",
    "postal_code": "Postal Code|ZipCode|Zip|Post Code|邮政编码|所在地的邮政编码|邮编",
    "country": "Country/Region|Country|国家/地区|所在国家/地区|国家",
    "po_box": "Address PO Box|PO Box|- 邮箱",
}
_PLACES = {"work": "Business|Work|商务地址|公司", "home": "Home|住宅地址|住宅", "other": "Other|其他地址"}
_NUMBERED = re.compile(r"(e-mail|phone|address|website|im|organization)(\d+)-(.+)")
_NUMBERED_FIELDS = {
    ("e-mail", "value"): Target("mail"),
    ("phone", "value"): Target("phone"),
    ("website", "value"): Target("url"),
    ("im", "value"): Target("messenger"),
    ("address", "formatted"): Target("address", part="formatted"),
    ("address", "street"): Target("address", part="street"),
    ("address", "city"): Target("address", part="city"),
    ("address", "pobox"): Target("address", part="po_box"),
    ("address", "region"): Target("address", part="region"),
    ("address", "postalcode"): Target("address", part="postal_code"),
    ("address", "country"): Target("address", part="country"),
    ("address", "extendedaddress"): Target("address", part="extended"),
}
# What only one program's columns have, in the order in which they are asked.
_SIGNS = (
    (OWN, ("cardid", "side")),
    (OWN, ("名片标识", "甲乙方")),
    ("dingtalk", ("员工userid",)),
    ("wecom", ("帐号", "所在部门")),
    ("wecom", ("账号", "所在部门")),
    ("wecom", ("帐号", "激活状态")),
    ("wecom", ("账号", "激活状态")),
    ("wecom", ("帐号", "个人邮箱", "座机")),
    ("google", ("firstname", "organizationname", "labels")),
    ("google", ("givenname", "groupmembership")),
    ("thunderbird", ("primarye-mail", "screenname")),
    ("outlook.com", ("givenyomi", "imaddress")),
    ("outlook", ("e-mailaddress", "businessstreet")),
    ("outlook", ("电子邮件地址", "商务地址街道")),
    ("outlook", ("e-mailaddress", "businessphone")),
)
_ACCOUNTS = frozenset({"帐号", "账号", "帐号(英文id)", "账号(英文id)"})


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """A column's name as it is compared."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"\s+", "", text).strip("*\"':\ufeff").replace("email", "e-mail")


def _names() -> Iterator[tuple[str, Target]]:
    for target, headers in _ALIASES.items():
        for header in headers.split("|"):
            yield plain(header), target_of(target)
    for part, ends in _ADDRESS_PARTS.items():
        for place, starts in _PLACES.items():
            for start in starts.split("|"):
                for end in ends.split("|"):
                    yield plain(f"{start} {end}"), Target("address", place, part)


def target_of(written: str) -> Target:
    """The target that `phone:work fax`, `wechat` or `address:home.city` names. Raises `UnknownField`."""
    field, _, label = (part.strip() for part in written.partition(":"))
    if field in _SERVICES and not label:
        field, label = "messenger", field
    if field == "address":
        label, _, part = label.partition(".")
        if not part or part in _PARTS:
            return Target(field, label, part or "formatted")
    elif field in _LABELLED:
        return Target(field, label)
    elif not label and field in (*SINGLE_FIELDS, "birth_year", "birth_month", "birth_day", IGNORED):
        return Target(field)
    raise UnknownField(field=written, fields=(*FIELDS, IGNORED))


_TARGETS = dict(_names())


@lru_cache(maxsize=4096)
def known_target(header: str) -> Target | None:
    """What a column of this name holds, None when no program is known to write it."""
    name = plain(header)
    found = _TARGETS.get(name) or _numbered(name)
    if found is not None:
        return found
    bare = re.sub(r"[(\[【].*", "", name)
    return _TARGETS.get(bare) or _TARGETS.get(re.sub(r"\d+", "", bare)) if bare else None


def _numbered(name: str) -> Target | None:
    found = _NUMBERED.fullmatch(name)
    if found is None:
        return None
    kind, number, end = found.groups()
    if end in ("label", "type", "service"):
        return Target("label", part=end, group=kind + number)
    target = _NUMBERED_FIELDS.get((kind, end))
    return target._replace(group=kind + number) if target else None


def is_known(header: str) -> bool:
    """Whether a cell is the name of a column that some program writes."""
    return bool(header) and (known_target(header) is not None or plain(header) in _ACCOUNTS)


def kind_of(header: Iterable[str]) -> str:
    """The program that writes such columns, `list` when it is none that is known."""
    names = set(map(plain, header))
    return next((kind for kind, signs in _SIGNS if names.issuperset(signs)), "list")


def targets(header: Sequence[str], mapping: Mapping[str, str]) -> list[Target | None]:
    """What each column holds, None where that is not known; `mapping` of names to fields comes first.

    Raises `UnknownColumn` and `UnknownField` for a `mapping` that does not fit.
    """
    chosen = {}
    names = [plain(name) for name in header]
    for column, field in mapping.items():
        if plain(column) not in names:
            raise UnknownColumn(column=column, columns=tuple(filter(None, header)))
        chosen[plain(column)] = target_of(field)
    kind = kind_of(header)
    account = Target("messenger", "wecom") if kind == "wecom" else None
    found = [
        chosen.get(name) or known_target(written) or (account if name in _ACCOUNTS else None)
        for name, written in zip(names, header, strict=True)
    ]
    if kind == OWN:
        # What else stands there is computed: roles, the last touch.
        found = [target or Target(IGNORED) for target in found]
    if "birthmonth" in names:
        # Thunderbird has year, month and day apart; its `Birth Day` is everybody else's `Birthday` without the blank.
        found = [
            Target("birth_day") if name == "birthday" else target for name, target in zip(names, found, strict=True)
        ]
    if kind == "list" and not any(target and target.field == "post" for target in found):
        # Beside a job title, `Title` is that of an address: Mr., Dr.
        found = [Target("post") if name == "title" else target for name, target in zip(names, found, strict=True)]
    return found
