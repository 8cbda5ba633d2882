"""Contacts as vCard 3.0: its bytes, and that they come back as they were."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from db.text import clean_line, clean_text
from erptui.exchange.contact import KNOWN_WORDS, Address, Contact, Labelled, known_label
from erptui.exchange.contact_values import whole_name
from erptui.exchange.vcard import read_vcards
from erptui.exchange.vcard_write import write_vcards


def test_a_contact_is_written_as_phones_read_it():
    contact = Contact(
        name="赵启明",
        family="赵",
        given="启明",
        organisation="样例; 集团",
        departments=(("财务中心", "应收组"), ("总部",)),
        phones=(Labelled("mobile", "+86 138"), Labelled("work fax", "021"), Labelled("Sekretariat", "030")),
        mails=(Labelled("work", "zhao@example.com"),),
        messengers=(Labelled("wechat", "zhao 1"), Labelled("wecom home", "z2"), Labelled("wecom 群", "z3")),
        birthday="--02-29",
        note="一,\n二",
        employee_id="0014",
    )
    assert write_vcards([contact]).decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:赵;启明;;;",
        "FN:赵启明",
        "ORG:样例\\; 集团;财务中心;应收组",
        "ORG:样例\\; 集团;总部",
        "TEL;TYPE=CELL:+86 138",
        "TEL;TYPE=WORK;TYPE=FAX:021",
        "item1.TEL:030",
        "item1.X-ABLabel:Sekretariat",
        "EMAIL;TYPE=INTERNET;TYPE=WORK:zhao@example.com",
        'IMPP;X-SERVICE-TYPE="wechat":x-apple:zhao%201',
        'IMPP;X-SERVICE-TYPE="wecom";TYPE=HOME:x-apple:z2',
        'item2.IMPP;X-SERVICE-TYPE="wecom":x-apple:z3',
        "item2.X-ABLabel:群",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
        "NOTE:一\\,\\n二",
        "X-EMPLOYEE-ID:0014",
        "END:VCARD",
        "",
    ]


def test_a_name_in_one_piece_is_shown_whole_by_phones_that_show_the_family_name():
    assert "\r\nN:欧阳珺喆;;;;\r\nFN:欧阳珺喆\r\n" in write_vcards([Contact(name="欧阳珺喆")]).decode()


def test_no_line_is_longer_than_75_bytes_and_no_character_is_cut():
    written = write_vcards([Contact(name="赵" * 100, note="a" + "😀" * 60)])
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()


# What a person types, and what escapes and folds must bear.
SIGNS = st.text(alphabet=st.sampled_from("ab赵欧阳\U00020000é,;:\\n\"'=%@{} -+0123456789/\n"), max_size=40)
WORDS = st.text(max_size=80) | SIGNS
LINE = WORDS.map(clean_line)
FILLED = LINE.filter(bool)
LABEL = st.lists(st.sampled_from(KNOWN_WORDS), max_size=2, unique=True).map(" ".join).map(known_label) | FILLED.map(
    known_label
)
SERVICE = st.sampled_from(["wechat", "wechat work", "wecom Fun", "dingtalk 财务部群", "qq", "skype", "我的服务"])
ADDRESS = st.builds(
    Address,
    label=LABEL,
    street=WORDS.map(lambda text: clean_text(text).strip(" ,\n")),
    city=LINE.map(lambda text: text.strip(" ,\n")),
    country=st.just("中国"),
)
BIRTHDAY = st.dates().map(str).filter(lambda day: not day.startswith("1604")) | st.sampled_from(
    ["", "--02-29", "--12-01", "3/7/1985"]
)


def unique(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=3, unique=True).map(tuple)


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    name, family, given_name = whole_name(draw(FILLED), draw(LINE), draw(LINE))
    departments = draw(unique(st.lists(FILLED, min_size=1, max_size=3).map(tuple)))
    return Contact(
        name=name,
        family=family,
        given=given_name,
        nickname=draw(LINE),
        organisation=draw(LINE),
        departments=departments,
        post=draw(LINE),
        phones=draw(unique(st.builds(Labelled, LABEL, st.from_regex(r"\+?[1-9][0-9 ()-]{3,12}[0-9]", fullmatch=True)))),
        mails=draw(
            unique(st.builds(Labelled, LABEL, st.from_regex(r"[a-zé赵][a-z.;,é赵]{0,20}@example\.com", fullmatch=True)))
        ),
        messengers=draw(
            unique(st.builds(Labelled, SERVICE, st.from_regex(r"[a-z%:@/赵][a-z0-9%:@/赵]*", fullmatch=True)))
        ),
        employee_id=draw(st.sampled_from(["", "0014", "A;1,2"])),
        addresses=draw(unique(ADDRESS)),
        birthday=draw(BIRTHDAY),
        urls=draw(unique(FILLED)),
        note=clean_text(draw(WORDS)).strip(),
        uid=draw(LINE),
        labels=draw(unique(FILLED.filter(lambda text: not text.startswith("*")))),
    )


@settings(max_examples=60)
@given(contacts())
def test_what_was_written_is_read_back_equal(person: Contact):
    found = read_vcards(write_vcards([person, person]))
    assert found.contacts == (person, person)
    assert not found.refused
