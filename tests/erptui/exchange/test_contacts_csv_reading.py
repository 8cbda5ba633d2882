"""Lists of people of every program as contacts; a bad cell costs only itself."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Problem
from erptui.exchange.contact import Address, Contact, Contacts, Labelled
from erptui.exchange.csv_contacts import EmptyFile, NoNameColumn, read_contacts
from erptui.exchange.csv_headers import UnknownColumn
from erptui.exchange.csv_rows import write_rows
from erptui.i18n import _, set_language


def read(text: str, **how: object) -> Contacts:
    return read_contacts(text.encode(), **how)  # type: ignore[arg-type]


def table(header: str, *rows: dict[str, str]) -> bytes:
    names = header.split(",")
    return write_rows([names, *([row.get(name, "") for name in names] for row in rows)], mark=False)


def said(found: Contacts) -> list[str]:
    return [finding.text(str) for finding in (*found.remarks, *found.refused)]


def names(found: Contacts) -> list[str]:
    return [contact.name for contact in found.contacts]


def test_chinese_outlook_is_read():
    header = (
        "英文称谓,名,中间名,姓,中文称谓,单位,部门,职务,商务地址 街道,商务地址 街道 2,住宅地址 街道,商务电话,移动电话,"
        "电子邮件地址,电子邮件类型,电子邮件显示名称,附注,纪念日,生日,住宅地址 - 邮箱"
    )
    content = table(
        header,
        {
            "名": "启明",
            "姓": "赵",
            "单位": "北辰样例科技有限公司",
            "职务": "财务经理",
            "商务地址 街道": "样例路1号",
            "商务地址 街道 2": "3F",
            "商务电话": "010-55550101",
            "移动电话": "13800000001",
            "电子邮件地址": "zhao@example.com",
            "电子邮件类型": "SMTP",
            "附注": '第一行,有逗号\r\n第二行"引号"',
            "纪念日": "0-0-00",
            "生日": "0-0-00",
        },
        {
            "名": "珺喆",
            "姓": "欧阳",
            "部门": "信息部\\ERP组",
            "电子邮件地址": "/O=SAMPLE/OU=EX/CN=OUYANG",
            "电子邮件类型": "EX",
            "生日": "1985-3-7",
        },
        {"名": "钱㐂", "住宅地址 - 邮箱": "12"},
    )
    found = read_contacts(content.decode().encode("gb18030"))
    assert (found.encoding, found.kind) == ("gb18030", "outlook")
    assert found.contacts == (
        Contact(
            name="赵启明",
            family="赵",
            given="启明",
            organisation="北辰样例科技有限公司",
            post="财务经理",
            phones=(Labelled("work", "010-55550101"), Labelled("mobile", "13800000001")),
            mails=(Labelled("", "zhao@example.com"),),
            addresses=(Address(label="work", street="样例路1号\n3F"),),
            note='第一行,有逗号\n第二行"引号"',
        ),
        Contact(
            name="欧阳珺喆", family="欧阳", given="珺喆", departments=(("信息部", "ERP组"),), birthday="1985-03-07"
        ),
        Contact(name="钱㐂", addresses=(Address(label="home", po_box="12"),)),
    )
    assert said(found) == [
        "Line 4, 电子邮件地址: “/O=SAMPLE/OU=EX/CN=OUYANG” is an address within an Exchange server, "
        "not a mail address. "
        "Ask for the mail address.",
        "There is no place for 纪念日; what it holds was left out.",
    ]


def test_english_outlook_in_a_western_code_page_is_read():
    header = (
        "Title,First Name,Middle Name,Last Name,Company,Department,Business Street,Business Phone,Company Main Phone,"
    )
    header += "Birthday,E-mail Address,E-mail Type,Gender,Priority"
    content = table(
        header,
        {"First Name": "René", "Middle Name": "K.", "Last Name": "Müster", "Department": "Sales/Export"}
        | {"Business Phone": "+49 30 5550100", "Birthday": "0/0/00", "Priority": "Normal"},
        {"Company": "Only Company Ltd", "Company Main Phone": "+44 20 5550199", "Birthday": "0/0/00"},
    )
    found = read_contacts(content.decode().encode("cp1252"))
    assert (found.encoding, found.kind) == ("cp1252", "outlook")
    first, second = found.contacts
    assert (first.name, first.family, first.given) == ("René K. Müster", "Müster", "René K.")
    assert (first.departments, first.birthday) == ((("Sales/Export",),), "")
    assert (second.name, second.organisation) == ("Only Company Ltd", "Only Company Ltd")
    assert said(found) == ["The text was read as cp1252. Check the names, or say which encoding it is."]


def test_google_is_read_with_several_values_in_a_cell():
    header = "First Name,Last Name,Organization Name,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    header += (
        "Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City"
    )
    found = read_contacts(
        table(
            header,
            {"First Name": "丽", "Last Name": "周", "Birthday": "--05-09", "Labels": "* myContacts ::: ERP"}
            | {"E-mail 1 - Label": "* Work", "E-mail 1 - Value": "zhou@example.com ::: zhou2@example.com"}
            | {"Phone 1 - Label": "Work Fax", "Phone 1 - Value": "+86 138-0000-0005 ::: 021-55550105"}
            | {"Address 1 - Label": "Home", "Address 1 - Formatted": "A\nB", "Address 1 - Street": "A"}
            | {"Address 1 - City": "B"},
        )
    )
    assert found.kind == "google"
    assert found.contacts == (
        Contact(
            name="周丽",
            family="周",
            given="丽",
            birthday="--05-09",
            labels=("ERP",),
            mails=(Labelled("work", "zhou@example.com"), Labelled("work", "zhou2@example.com")),
            phones=(Labelled("work fax", "+86 138-0000-0005"), Labelled("work fax", "021-55550105")),
            addresses=(Address(label="home", street="A", city="B"),),
        ),
    )


def test_google_of_old_is_read():
    found = read(
        "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,IM 1 - Service,IM 1 - Value,"
        "Organization 1 - Name,Organization 1 - Title,Address 1 - Type,Address 1 - Formatted\n"
        'Li Lei,Lei,Li,* My Contacts ::: Key users,Home,li@example.com,QQ,12345,Sample,Head,Work,"Road 1\nTown"\n'
    )
    assert found.contacts == (
        Contact(
            name="Li Lei",
            family="Li",
            given="Lei",
            labels=("Key users",),
            mails=(Labelled("home", "li@example.com"),),
            messengers=(Labelled("qq", "12345"),),
            organisation="Sample",
            post="Head",
            addresses=(Address(label="work", street="Road 1\nTown"),),
        ),
    )


def test_thunderbird_is_read():
    found = read(
        "First Name,Last Name,Display Name,Primary Email,Secondary Email,Screen Name,Work Phone,Home Address,"
        "Home Address 2,Home City,Organization,Birth Year,Birth Month,Birth Day,Custom 1,Notes,\n"
        "Lei,Li,Li Lei (Sample),li@example.com,lei@example.com,,021-1,Road 1,Flat 2,Town,Sample,1985,3,7,,,\n"
    )
    assert found.kind == "thunderbird"
    assert found.contacts[0] == Contact(
        name="Li Lei (Sample)",
        family="Li",
        given="Lei",
        mails=(Labelled("", "li@example.com"), Labelled("", "lei@example.com")),
        phones=(Labelled("work", "021-1"),),
        addresses=(Address(label="home", street="Road 1\nFlat 2", city="Town"),),
        organisation="Sample",
        birthday="1985-03-07",
    )
    assert said(found) == []


def test_wecom_is_read_below_its_instructions():
    found = read_contacts(
        "填写须知：,,,,,\n1、带*为必填；请勿修改表头,,,,,\n姓名,帐号,别名,职务,部门,手机,座机,个人邮箱,激活状态\n"
        "吴敏,wumin,Min,顾问,样例集团/华东区/实施部;样例集团/售前部,13800000006,021-55550106,wu@example.com,已激活\n".encode(
            "gbk"
        )
    )
    assert (found.kind, found.encoding) == ("wecom", "gb18030")
    assert found.contacts == (
        Contact(
            name="吴敏",
            nickname="Min",
            post="顾问",
            departments=(("样例集团", "华东区", "实施部"), ("样例集团", "售前部")),
            phones=(Labelled("mobile", "13800000006"), Labelled("work", "021-55550106")),
            mails=(Labelled("home", "wu@example.com"),),
            messengers=(Labelled("wecom", "wumin"),),
        ),
    )
    assert found.contacts[0].line == 4
    assert said(found) == ["There is no place for 激活状态; what it holds was left out."]


def test_columns_left_out_are_listed_with_the_sign_of_the_language():
    (remark,) = read("姓名,手机,激活状态,性别\n吴敏,13800000006,已激活,女\n").remarks
    assert "激活状态, 性别" in remark.text(str)
    set_language("zh")
    try:
        assert remark.text(_).startswith("激活状态、性别")
    finally:
        set_language("en")


def test_departments_that_are_numbers_are_kept_and_said_once():
    found = read("姓名,帐号,手机号,所在部门\n吴敏,wumin,13800000006,3;7\n郑 强,zhengqiang,+86-13800000007,1\n")
    assert [contact.departments for contact in found.contacts] == [(("3",), ("7",)), (("1",),)]
    assert names(found) == ["吴敏", "郑强"]
    assert said(found) == [
        "Line 2, 所在部门: Departments are numbers here (“3;7”). Export people from the console to have their names."
    ]


def test_dingtalk_is_read():
    found = read(
        "员工UserID,部门,职位,姓名,工号,手机号,分机号,备注\n"
        'u001,"样例集团-财务中心-应收组,样例集团-财务中心",会计主管,冯雪,0012,+86-13800000008,8008,\n'
        "u002,,,陈默,0013,13800000009,,外包\n"
    )
    assert found.contacts == (
        Contact(
            name="冯雪",
            departments=(("样例集团", "财务中心", "应收组"), ("样例集团", "财务中心")),
            post="会计主管",
            employee_id="0012",
            phones=(Labelled("mobile", "+86-13800000008"), Labelled("extension", "8008")),
            messengers=(Labelled("dingtalk", "u001"),),
        ),
        Contact(
            name="陈默",
            employee_id="0013",
            phones=(Labelled("mobile", "13800000009"),),
            note="外包",
            messengers=(Labelled("dingtalk", "u002"),),
        ),
    )


def test_phones_are_read_as_excel_wrote_them_and_lost_digits_are_refused():
    found = read(
        "姓名,手机号,工号\n韩梅,1.38E+10,12\n雷蕾,13800000014.0,13.0\nLi Lei,'13800000015,'0014\n"
        '杨样,"=""13800000016""",15\n朱样,8613800000017,16\n秦样,1.3800000018E+10,17\n尤样,########,18\n许样,１３８,19\n'
    )
    assert [[phone.value for phone in contact.phones] for contact in found.contacts] == [
        [],
        ["13800000014"],
        ["13800000015"],
        ["13800000016"],
        ["8613800000017"],
        ["13800000018"],
        [],
        ["138"],
    ]
    assert [contact.employee_id for contact in found.contacts][:3] == ["12", "13", "0014"]
    assert said(found) == [
        "Line 2, 手机号: Excel has cut “1.38E+10”: digits are missing. Make the column text and export it again.",
        "Line 8, 手机号: “########” is what Excel shows in place of a number. Widen the column and save it as text.",
    ]
    assert (found.refused[0].line, found.refused[0].column, found.refused[0].value) == (2, "手机号", "1.38E+10")


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13800000001/13900000002", ["13800000001", "13900000002"]),
        ("13800000001、021-5555", ["13800000001", "021-5555"]),
        ("010-55550101/02", ["010-55550101/02"]),
        ("010-5555,12", ["010-5555,12"]),
        ("'+86 138 0000 0001", ["+86 138 0000 0001"]),
        ("+86 138 0000 0001", ["+86 138 0000 0001"]),
    ],
)
def test_several_phones_in_a_cell_are_told_apart_when_each_is_a_whole_number(cell: str, numbers: list[str]):
    found = read_contacts(write_rows([["姓名", "电话"], ["赵", cell]]))
    assert [phone.value for phone in found.contacts[0].phones] == numbers


def test_a_department_of_a_merged_cell_is_filled_down_left_of_the_names():
    found = read("人员名单,,\n部门,姓名,电话\n财务部,赵一,1\n,钱二,2\n信息部,孙三,3\n,李四,4\n,合计,4\n")
    assert [contact.departments[0][0] for contact in found.contacts] == ["财务部", "财务部", "信息部", "信息部"]
    assert said(found) == [
        "Blank cells of “部门” filled from the row above, as in a merged cell: 2.",
        "Line 7: A row of totals was left out.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "姓名,部门,电话\n赵一,财务部,1\n钱二,,2\n",
        "部门,姓名,电话\n财务部,赵一,1\n财务部,钱二,2\n,孙三,3\n",
        "员工UserID,部门,姓名,是否此部门主管(是/否)\nu1,财务部,赵一,否\nu2,,钱二,否\n",
    ],
)
def test_a_blank_department_stays_blank_where_no_cells_are_merged(text: str):
    assert read(text).contacts[-1].departments == ()


@pytest.mark.parametrize("row", ["合计,12,", "合 计：,12,", "Total,,", "1,小计,", "共12人,,"])
def test_a_row_of_totals_is_nobody(row: str):
    found = read(f"序号,姓名,电话\n1,赵一,1\n{row}\n")
    assert names(found) == ["赵一"]
    assert said(found) == ["Line 3: A row of totals was left out."]


def test_names_of_columns_that_stand_on_every_page_are_nobody():
    assert names(read("姓名,电话\n赵一,1\n姓名,电话\n钱二,2\n")) == ["赵一", "钱二"]


def test_a_row_with_more_cells_than_columns_is_refused():
    found = read("Name,Post,Tel\nLi,Head, of IT,123\nWu,Head,124\nZhu,Head,125,,\n")
    assert names(found) == ["Wu", "Zhu"]
    assert said(found) == ["Line 2: The row has 4 cells under 3 columns. Put text that holds a separator in quotes."]


def test_a_row_of_nobody_is_refused():
    found = read("Name,Post,Tel\nLi,Head,1234567\n,Clerk,\n,,\n")
    assert names(found) == ["Li"]
    assert said(found) == ["Line 3: There is no name, phone or mail, so no person could be made of it."]


@pytest.mark.parametrize(
    ("written", "birthday", "finding"),
    [
        ("1985-3-7", "1985-03-07", ""),
        ("1985/3/7 0:00:00", "1985-03-07", ""),
        ("1985年3月7日", "1985-03-07", ""),
        ("19850307", "1985-03-07", ""),
        ("3月7日", "--03-07", ""),
        ("7.3.1985", "1985-03-07", ""),
        ("25/3/1985", "1985-03-25", ""),
        ("3/25/1985", "1985-03-25", ""),
        ("0/0/00", "", ""),
        ("0-0-00", "", ""),
        ("3/7/1985", "3/7/1985", "can't be told apart"),
        ("31113", "31113", "can't be told apart"),
        ("1985-02-30", "", "not a day of the calendar"),
        ("30.2.1985", "", "not a day of the calendar"),
        ("0" * 60, "", "not a day of the calendar"),
    ],
)
def test_a_birthday_is_read_or_said_not_to_be(written: str, birthday: str, finding: str):
    found = read(f"姓名,生日\n赵一,{written}\n")
    assert found.contacts[0].birthday == birthday
    assert finding in "".join(said(found))
    assert bool(said(found)) == bool(finding)


def test_a_mail_address_of_300_characters_is_refused_and_the_person_kept():
    found = read(f"姓名,邮箱\n赵一,{'a' * 300}@example.com\n钱二,Qian <qian@example.com>；q2＠example.com\n")
    assert names(found) == ["赵一", "钱二"]
    assert [mail.value for mail in found.contacts[1].mails] == ["qian@example.com", "q2@example.com"]
    assert (found.refused[0].line, found.refused[0].column) == (2, "邮箱")


def test_two_people_of_one_name_are_two_people():
    assert names(read("姓名,电话\n李伟,1\n李伟,2\n")) == ["李伟", "李伟"]


def test_a_list_without_names_is_refused_with_its_columns_and_the_way_out():
    with pytest.raises(NoNameColumn) as refused:
        read("大名,手机号,部门\n赵一,13800000001,财务部\n")
    assert str(refused.value) == (
        "No column holds names. The columns are: 大名, 手机号, 部门. Say which one it is, as in --map “大名=name”."
    )


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a,b,c\n1,2,3\n", b"PK\x03\x04\x14\x00", b"BEGIN:VCARD\n"])
def test_what_is_no_list_of_people_is_refused(content: bytes):
    with pytest.raises(NoNameColumn):
        read_contacts(content)


def test_columns_can_be_mapped():
    found = read("大名,分机,x\n赵一,8008,y\n", mapping={"大名": "name", "分机": "phone:work", "x": "-"})
    assert found.contacts == (Contact(name="赵一", phones=(Labelled("work", "8008"),)),)
    assert said(found) == []
    with pytest.raises(UnknownColumn):
        read("姓名,电话\n赵一,1\n", mapping={"大名": "name"})


def test_mapped_columns_help_to_find_their_row():
    found = read("花名册\n大名;分机\n赵一;8008\n", mapping={"大名": "name", "分机": "phone"})
    assert names(found) == ["赵一"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_by_the_columns(separator: str):
    text = "2026年9月人员名单，请核对, 谢谢\n姓名|部门|电话\n赵一|财务部|1234567\n".replace("|", separator)
    assert read(text).contacts == (Contact(name="赵一", departments=(("财务部",),), phones=(Labelled("", "1234567"),)),)


def test_a_formula_that_was_defused_comes_back_as_it_was():
    content = write_rows([["姓名", "备注", "电话"], ["=赵一", "@all", "+86 138 0000 0001"]])
    assert read_contacts(content).contacts == (
        Contact(name="=赵一", note="@all", phones=(Labelled("", "+86 138 0000 0001"),)),
    )


def test_unknown_columns_are_said_once_and_only_when_they_hold_something():
    found = read("姓名,花名,空\n赵一,a,\n钱二,b,\n")
    assert said(found) == ["There is no place for 花名; what it holds was left out."]


@given(st.lists(st.lists(st.sampled_from(["", "赵一", "姓名", "1.38E+10", "@", "合计", "'=1", '"', "0/0/00", "\n"]))))
def test_no_list_whatever_breaks_the_reader(rows: list[list[str]]):
    text = "姓名,手机,生日,部门\n" + "\n".join(map(",".join, rows))
    with suppress(Problem):
        found = read(text)
        assert all(contact.name for contact in found.contacts)
        assert all(finding.text(str) for finding in (*found.remarks, *found.refused))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b",,\n,,\n"])
def test_an_empty_file_is_told_as_that(content: bytes):
    with pytest.raises(EmptyFile, match="There is nothing in the file"):
        read_contacts(content)
