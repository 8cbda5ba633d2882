"""vCards of all versions and programs as contacts; a bad card costs only itself."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Problem
from erptui.exchange.contact import Address, Contact, Contacts, Labelled
from erptui.exchange.vcard import LONGEST_VALUE, NoCards, read_vcards


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def read_one(*lines: str, version: str = "3.0") -> Contact:
    found = read_vcards(card(*lines, version=version).encode())
    assert not found.refused
    return found.contacts[0]


def said(found: Contacts) -> list[str]:
    return [finding.text(str) for finding in (*found.remarks, *found.refused)]


def quoted_printable(text: str, charset: str = "utf-8") -> str:
    return "".join(f"={byte:02X}" for byte in text.encode(charset))


def test_a_card_becomes_a_contact():
    found = read_one(
        "N:赵;启明;;;",
        "FN:赵启明",
        "ORG:样例集团;财务中心;应收组",
        "TITLE:财务经理",
        "TEL;TYPE=CELL:138 0000 0001",
        "TEL;TYPE=WORK,FAX:021-5555",
        "EMAIL;TYPE=INTERNET;TYPE=WORK:zhao@example.com",
        "ADR;TYPE=WORK:;3F;样例路1号;上海;;200000;中国",
        "BDAY:1985-03-07",
        "URL:http\\://example.com",
        r"NOTE:第一行\n第二行\, 有逗号",
        "CATEGORIES:ERP,关键用户",
        "X-QQ:12345",
        "UID:abc-1",
    )
    assert found == Contact(
        name="赵启明",
        family="赵",
        given="启明",
        organisation="样例集团",
        departments=(("财务中心", "应收组"),),
        post="财务经理",
        phones=(Labelled("mobile", "138 0000 0001"), Labelled("work fax", "021-5555")),
        mails=(Labelled("work", "zhao@example.com"),),
        addresses=(
            Address(label="work", extended="3F", street="样例路1号", city="上海", postal_code="200000", country="中国"),
        ),
        birthday="1985-03-07",
        urls=("http://example.com",),
        note="第一行\n第二行, 有逗号",
        labels=("ERP", "关键用户"),
        messengers=(Labelled("qq", "12345"),),
        uid="abc-1",
    )


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:赵;启明;;;"], "赵启明"),
        (["N:赵;启明"], "赵启明"),
        (["FN:启明 赵", "N:赵;启明;;;"], "赵启明"),
        (["FN:赵 启明", "N:赵;启明;;;"], "赵启明"),
        (["FN:赵总", "N:赵;启明;;;"], "赵总"),
        (["N:Doe;John;Richter,James;Mr.;Sr."], "John Richter James Doe"),
        (["FN:Mr. John Doe", "N:Doe;John;;;"], "Mr. John Doe"),
        (["FN:", "N:;;;;", "ORG:Only Company Ltd;"], "Only Company Ltd"),
        (["EMAIL;PREF:john@example.com"], "john@example.com"),
        (["TEL:13800000001"], "13800000001"),
        (["NICKNAME:小赵", "TEL:13800000001"], "小赵"),
    ],
)
def test_a_person_is_called_by_what_the_card_has(lines: list[str], name: str):
    assert read_one(*lines).name == name


def test_a_name_in_one_piece_is_not_split():
    found = read_one("FN:欧阳珺喆", "N:欧阳珺喆;;;;")
    assert (found.name, found.family, found.given) == ("欧阳珺喆", "", "")


def test_a_card_of_nobody_is_refused_and_its_picture_counted():
    found = read_vcards(
        card("PHOTO;ENCODING=BASE64;JPEG:", "  /9j/4AAQSkZJ", "  zbVbk4/Orw==", "", version="2.1").encode()
    )
    assert found.contacts == ()
    assert said(found) == [
        "Pictures are not kept; left out: 1.",
        "Line 1: There is no name, phone or mail, so no person could be made of it.",
    ]


def test_a_card_cut_in_the_middle_costs_only_itself():
    whole = card("N:曹;操例;;;", "TEL;TYPE=CELL:13800000020")
    cut = card("FN:严样", "TEL;TYPE=CELL:13800000021")
    found = read_vcards((whole + cut[: cut.index("0021")]).encode())
    assert [contact.name for contact in found.contacts] == ["曹操例"]
    assert said(found) == ["Line 6: The card of “严样” has no end, so it was left out. Export it again."]


def test_a_card_without_an_end_does_not_swallow_the_next_one():
    cut = card("FN:严样").replace("END:VCARD\r\n", "")
    found = read_vcards((cut + card("FN:曹操例")).encode())
    assert [contact.name for contact in found.contacts] == ["曹操例"]
    assert len(found.refused) == 1


def test_the_card_of_an_assistant_within_a_card_is_passed_over():
    inner = card("FN:Assistant", version="2.1").rstrip()
    found = read_vcards(card("FN:Boss", "AGENT:", inner, "TEL:1234567", version="2.1").encode())
    assert [(contact.name, contact.phones[0].value) for contact in found.contacts] == [("Boss", "1234567")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_any_end_of_line_will_do(end: str):
    content = card("FN:Zhao", "TEL:1", "NOTE:a", " b").replace("\r\n", end)
    found = read_vcards(content.encode()).contacts[0]
    assert (found.name, found.note) == ("Zhao", "ab")


def test_a_mark_before_the_first_card_and_utf_16_are_read():
    text = card("FN:赵启明")
    for content in (text.encode("utf-8-sig"), text.encode("utf-16")):
        assert read_vcards(content).contacts[0].name == "赵启明"


def test_a_fold_within_a_character_is_joined():
    content = card("FN:赵启明").encode()
    place = content.index("启".encode()) + 1
    assert read_vcards(content[:place] + b"\r\n " + content[place:]).contacts[0].name == "赵启明"


def test_a_fold_of_version_2_1_keeps_its_blank():
    assert read_one("FN:Zhao", "NOTE:first words", " and more", version="2.1").note == "first words and more"


@pytest.mark.parametrize("fold", ["=\r\n", "\r\n "])
def test_quoted_printable_may_be_broken_within_a_character(fold: str):
    name = quoted_printable("欧阳珺喆")
    line = f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{name[:12]}{fold}{name[12:]}"
    assert read_one(line, version="2.1").name == "欧阳珺喆"


def test_a_soft_break_before_an_empty_line_or_the_end_takes_nothing_more():
    lines = ("FN:Zhao", "ORG;ENCODING=QUOTED-PRINTABLE:Sample=", "", "TITLE;QUOTED-PRINTABLE:Head=")
    found = read_one(*lines, version="2.1")
    assert (found.organisation, found.post) == ("Sample", "Head")


@pytest.mark.parametrize(("charset", "named"), [("gbk", "GBK"), ("gb18030", "gb2312"), ("utf-8", "UTF-8")])
def test_a_property_may_have_an_encoding_of_its_own(charset: str, named: str):
    line = f"fn;charset={named};quoted-printable:{quoted_printable('赵启明', charset)}"
    assert read_one(line, version="2.1").name == "赵启明"


def test_a_semicolon_that_is_quoted_belongs_to_its_part():
    found = read_one("N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E5=B0=8F=3BX;A", version="2.1")
    assert (found.family, found.given) == ("小;X", "A")


def test_bare_gbk_letters_are_read():
    content = card("N:赵;启明;;;", "ORG:样例集团;财务部", version="2.1").encode("gbk")
    found = read_vcards(content)
    assert (found.contacts[0].name, found.encoding) == ("赵启明", "gb18030")


def test_each_line_of_a_file_of_several_encodings_is_read_by_itself():
    first, second = card("FN:Köhler").encode("cp1252"), card("FN:赵启明").encode()
    found = read_vcards(first + second)
    assert [contact.name for contact in found.contacts] == ["Köhler", "赵启明"]
    assert "cp1252" in said(found)[0]


def test_letters_that_were_cut_are_named():
    found = read_vcards(card("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zhao=E5=90", version="2.1").encode())
    assert said(found) == ["Line 3, FN: Some letters of “Zhao\ufffd” could not be read. Check them."]


@pytest.mark.parametrize("indent", ["", " ", "    "])
def test_a_picture_is_passed_over_however_it_is_folded(indent: str):
    picture = base64.b64encode(bytes(range(200))).decode()
    lines = [indent + picture[start : start + 60] for start in range(0, len(picture), 60)]
    found = read_vcards(
        card("FN:Zhao", "PHOTO;ENCODING=b;TYPE=JPEG:", *lines, "", "", "TEL:1234567", version="2.1").encode()
    )
    assert found.contacts[0].phones == (Labelled("", "1234567"),)
    assert said(found) == ["Pictures are not kept; left out: 1."]


def test_the_label_of_a_group_is_what_the_value_is_for():
    found = read_one(
        "FN:Zhao",
        "item1.TEL:1234567",
        "ITEM1.X-ABLabel:_$!<HomeFAX>!$_",
        "item2.EMAIL;TYPE=INTERNET:zhao@example.com",
        "item2.X-ABLabel:Sekretariat",
    )
    assert found.phones == (Labelled("home fax", "1234567"),)
    assert found.mails == (Labelled("Sekretariat", "zhao@example.com"),)


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:19800321", "1980-03-21"),
        ("BDAY;value=date:2012-06-06", "2012-06-06"),
        ("BDAY:2012-06-06T00:00:00Z", "2012-06-06"),
        ("BDAY:--0415", "--04-15"),
        ("BDAY:--04-15", "--04-15"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15", "--04-15"),
        ("BDAY:1604-02-29", "--02-29"),
        ("BDAY:", ""),
        ("BDAY:0000-00-00", ""),
    ],
)
def test_a_birthday_is_read_with_and_without_a_year(line: str, birthday: str):
    assert read_one("FN:Zhao", line).birthday == birthday


def test_a_birthday_that_no_calendar_has_is_refused_and_the_person_kept():
    found = read_vcards(card("FN:Zhao", "BDAY:2023-02-29").encode())
    assert found.contacts[0].birthday == ""
    assert said(found) == [
        "Line 4, BDAY: “2023-02-29” is not a day of the calendar. Correct it, or remove it from the file."
    ]


def test_a_mail_address_that_is_none_is_refused_and_the_person_kept():
    long = "a" * 300 + "@example.com"
    found = read_vcards(card("FN:Zhao", f"EMAIL:{long}", "EMAIL:nobody", "EMAIL:mailto:z@example.com").encode())
    assert found.contacts[0].mails == (Labelled("", "z@example.com"),)
    assert said(found) == [
        f"Line 4, EMAIL: “{'a' * 59}…” has more than 254 characters, which no mail address has.",
        "Line 5, EMAIL: “nobody” is not a mail address. Correct it, or remove it from the file.",
    ]


def test_version_4_is_read():
    found = read_one(
        "FN:Zhao",
        'TEL;VALUE=uri;TYPE="work,voice":tel:+86-21-5555;ext=12',
        "IMPP;X-SERVICE-TYPE=Skype:skype:zhao.s",
        "BDAY;ALTID=1:20160801",
        "BDAY;ALTID=1;VALUE=text:2016-08-01",
        "EMAIL;TYPE=school:z@example.com",
        version="4.0",
    )
    assert found.phones == (Labelled("work", "+86-21-5555 ext 12"),)
    assert found.messengers == (Labelled("skype", "zhao.s"),)
    assert found.birthday == "2016-08-01"
    assert found.mails[0].label == "school"


def test_a_second_organisation_and_post_are_named_when_they_are_left_out():
    found = read_vcards(card("FN:Zhao", "ORG:One;A", "ORG:One;B", "ORG:Two", "TITLE:X", "TITLE:Y").encode())
    assert found.contacts[0].departments == (("A",), ("B",))
    assert said(found) == [
        "Line 6, ORG: “Two” is a second one and was left out.",
        "Line 8, TITLE: “Y” is a second one and was left out.",
    ]


def test_what_a_contact_has_no_place_for_is_said_once():
    lines = ["FN:Zhao", "GEO:1;2", "ROLE:x"]
    found = read_vcards((card(*lines) * 3).encode())
    assert len(found.contacts) == 3
    assert said(found) == ["There is no place for GEO, ROLE; what it holds was left out."]


def test_a_list_of_cards_is_no_person():
    found = read_vcards((card("FN:Team", "X-ADDRESSBOOKSERVER-KIND:group") + card("FN:Zhao")).encode())
    assert [contact.name for contact in found.contacts] == ["Zhao"]


def test_groups_that_everybody_has_are_left_out():
    assert read_one("FN:Zhao", "CATEGORIES:myContacts,My Contacts,ERP").labels == ("ERP",)


def test_a_line_that_is_no_property_is_named():
    found = read_vcards(card("FN:Zhao", "just words", "TEL:1234567").encode())
    assert found.contacts[0].phones
    assert said(found) == ["Line 4: This line is not a property of a vCard and was left out."]


def test_a_value_without_end_is_refused():
    found = read_vcards(card("FN:Zhao", "NOTE:" + "x" * (LONGEST_VALUE + 1)).encode())
    assert found.contacts[0].note == ""
    assert said(found) == ["Line 4, NOTE: A value of more than 100000 bytes was left out."]


def test_a_message_names_the_line_of_the_file():
    found = read_vcards((card("FN:Zhao") + card("FN:Qian", "NOTE:a", " b", "EMAIL:none")).encode())
    assert found.contacts[1].line == 5
    assert found.refused[0].line == 10
    assert found.refused[0].column == "EMAIL"


def test_a_message_speaks_the_language_of_the_reader():
    words = {
        "Line {line}, {column}: {sentence}": "第 {line} 行，{column}：{sentence}",
        "“{value}” is not a mail address. Correct it, or remove it from the file.": "“{value}”不是邮箱地址。",
    }
    found = read_vcards(card("FN:赵启明", "EMAIL:{line}").encode())
    assert found.refused[0].text(lambda text: words.get(text, text)) == "第 4 行，EMAIL：“{line}”不是邮箱地址。"


@pytest.mark.parametrize("content", [b"", b"Name,Phone\nZhao,1\n", b"PK\x03\x04", b"END:VCARD"])
def test_a_file_without_a_card_is_refused(content: bytes):
    with pytest.raises(NoCards, match="no BEGIN:VCARD"):
        read_vcards(content)


PIECES = st.sampled_from(
    b"BEGIN:VCARD\r\n|END:VCARD\n|VERSION:2.1\n|FN:|N:|;|:|=\n|=E5|\r|\n |;ENCODING=b|;QUOTED-PRINTABLE|"
    b'"|\\|TEL:1\n|BDAY:|ORG:|AGENT:\n|\xd5\xd4|\xe5|\0'.split(b"|")
)


@given(st.lists(PIECES | st.binary(max_size=5), max_size=30).map(b"".join))
def test_no_file_whatever_breaks_the_reader(content: bytes):
    with suppress(Problem):
        found = read_vcards(b"BEGIN:VCARD\n" + content)
        assert all(contact.name for contact in found.contacts)
        assert all(finding.text(str) for finding in (*found.remarks, *found.refused))


def test_quoted_printable_of_a_whole_alphabet_comes_back():
    text = "".join(map(chr, range(0x20, 0x7F))) + "äöü赵启明"
    written = binascii.b2a_qp(text.encode(), quotetabs=True, istext=False).decode().replace("\n", "\r\n")
    found = read_one("FN:Zhao", f"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{written}", version="2.1")
    assert found.note == text.strip()
