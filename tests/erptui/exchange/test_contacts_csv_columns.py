"""Which column holds what, by its name, for every program whose files are known."""

from __future__ import annotations

from collections import defaultdict

import pytest

from erptui.exchange.csv_headers import (
    Target,
    UnknownColumn,
    UnknownField,
    _names,
    is_known,
    kind_of,
    known_target,
    targets,
)


def columns(names: str) -> list[str]:
    return names.split(",")


# The rows of names that the programs write, in part; the order is theirs.
OUTLOOK = columns(
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,"
    "Business City,Business Country/Region,Home Street,Home Postal Code,Assistant's Phone,Business Fax,Business Phone,"
    "Business Phone 2,Company Main Phone,Home Fax,Mobile Phone,Other Fax,Birthday,Business Address PO Box,Categories,"
    "E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Notes,Office Location,Organizational ID Number,"
    "Web Page"
)
OUTLOOK_ZH = columns(
    "英文称谓,名,中间名,姓,中文称谓,单位,部门,职务,商务地址 街道,商务地址 街道 2,商务地址 市/县,商务地址 国家/地区,"
    "住宅地址 街道,住宅地址 邮政编码,助理的电话,商务传真,商务电话,商务电话 2,单位主要电话,住宅传真,移动电话,其他传真,"
    "生日,商务地址 - 邮箱,类别,电子邮件地址,电子邮件类型,电子邮件显示名称,电子邮件 2 地址,附注,办公地点,工作证号码,网页"
)
OTHERS = {
    "outlook.com": "First Name,Last Name,Title,Given Yomi,E-mail Address,Mobile Phone,IMAddress,Job Title,Company",
    "google": "First Name,Last Name,File As,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value",
    "thunderbird": "First Name,Last Name,Display Name,Primary Email,Secondary Email,Screen Name,Work Phone",
    "wecom": "姓名,帐号,手机号,邮箱,所在部门,职位,别名,座机",
    "dingtalk": "员工UserID,部门,职位,姓名,工号,是否此部门主管(是/否),手机号,分机号",
    "list": "序号,姓名,电话",
}


def test_english_and_chinese_outlook_mean_the_same_by_their_columns():
    assert targets(OUTLOOK, {}) == targets(OUTLOOK_ZH, {})
    assert [name for name, target in zip(OUTLOOK, targets(OUTLOOK, {}), strict=True) if target is None] == [
        "Title",
        "Suffix",
    ]


@pytest.mark.parametrize(
    ("kind", "header"), [("outlook", OUTLOOK), ("outlook", OUTLOOK_ZH), *((k, columns(h)) for k, h in OTHERS.items())]
)
def test_the_program_is_told_by_its_columns(kind: str, header: list[str]):
    assert kind_of(header) == kind


def test_google_of_old_is_told_by_its_columns():
    assert kind_of(["Name", "Given Name", "Family Name", "Group Membership", "E-mail 1 - Type"]) == "google"


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("住宅地址 - 邮箱", Target("address", "home", "po_box")),
        ("住宅电话2", Target("phone", "home")),
        ("ＴＥＬ", Target("phone")),
        ("* 姓 名 ：", Target("name")),
        ("手机号（必填）", Target("phone", "mobile")),
        ("E-Mail 3 Address", Target("mail")),
        ("email address", Target("mail")),
        ("Home Post Code", Target("address", "home", "postal_code")),
        ("Organisation", Target("organisation")),
        ("公司所在地的邮政编码", Target("address", "work", "postal_code")),
        ("Phone 2 - Value", Target("phone", group="phone2")),
        ("Phone 2 - Type", Target("label", part="type", group="phone2")),
        ("Address 1 - PO Box", Target("address", part="po_box", group="address1")),
        ("微信号", Target("messenger", "wechat")),
        ("电子邮件 2 类型", Target("-")),
    ],
)
def test_a_name_is_known_whatever_its_blanks_width_and_marks(header: str, target: Target):
    assert known_target(header) == target


@pytest.mark.parametrize("cell", ["赵启明", "13800000001", "", "上海", "1", "邮", "财务部"])
def test_a_value_is_no_name_of_a_column(cell: str):
    assert not is_known(cell)


def test_each_name_means_one_thing():
    meanings = defaultdict(set)
    for name, target in _names():
        meanings[name].add(target)
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


def test_an_account_is_one_of_wecom_only_where_the_columns_are_its():
    assert targets(["姓名", "帐号", "所在部门"], {})[1] == Target("messenger", "wecom")
    assert targets(["姓名", "帐号", "余额"], {})[1] is None


def test_a_title_is_a_post_only_where_there_is_no_other():
    assert targets(["Name", "Title"], {})[1] == Target("post")
    assert targets(["Name", "Title", "Job Title"], {})[1] is None


def test_a_birth_day_beside_a_month_is_the_day():
    assert [t.field for t in targets(["Birth Year", "Birth Month", "Birth Day"], {}) if t] == [
        "birth_year",
        "birth_month",
        "birth_day",
    ]
    assert targets(["Name", "Birthday"], {})[1] == Target("birthday")


@pytest.mark.parametrize(
    ("field", "target"),
    [
        ("name", Target("name")),
        ("phone:work fax", Target("phone", "work fax")),
        ("wechat", Target("messenger", "wechat")),
        ("address", Target("address", part="formatted")),
        ("address:home.city", Target("address", "home", "city")),
        ("-", Target("-")),
    ],
)
def test_a_column_can_be_mapped_to_any_field(field: str, target: Target):
    assert targets(["Name", "大名"], {" 大 名": field})[1] == target


@pytest.mark.parametrize("field", ["", "nme", "phone2", "name:x", "address:home.town", "birthday:x"])
def test_a_field_that_a_contact_does_not_have_is_refused_with_those_it_has(field: str):
    with pytest.raises(UnknownField, match="Map columns to: name, family, given"):
        targets(["Name"], {"Name": field})


def test_a_column_that_the_file_does_not_have_is_refused_with_those_it_has():
    with pytest.raises(UnknownColumn, match=r"no column “Nmae”\. The columns are: Name, Tel"):
        targets(["Name", "Tel"], {"Nmae": "name"})
