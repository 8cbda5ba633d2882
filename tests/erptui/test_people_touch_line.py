"""The line that logs a touch, and the line that adds a person: what each word is taken for."""

from __future__ import annotations

from datetime import date

import pytest

from erptui.entry import NotUnderstood, People
from erptui.entry.people import Candidate
from erptui.line_marks import LineContext
from erptui.people import parse_new_person
from erptui.touch_line import read_said, read_touch
from erptui.touches import NewPerson

TODAY = date(2026, 11, 24)
CONTEXT = LineContext(
    TODAY,
    People([Candidate("lei", "Wang Lei", "wl@huaxin.cn"), Candidate("min", "赵敏"), Candidate("ming", "张明")]),
)


def test_who_channel_text_and_next_are_read_from_one_line():
    read = read_touch("wl tel wants to replace U8 >+2w", CONTEXT)
    assert (read.people, read.channel, read.text) == (("lei",), "phone", "wants to replace U8")
    assert (read.day, read.next_on, read.unclear) == (TODAY, date(2026, 12, 8), ())
    assert read.said == ("Who: Wang Lei", "Channel: Phone", "Next: Tue 08.12")


@pytest.mark.parametrize(
    ("word", "channel"),
    [("wx", "wechat"), ("企业微信", "wecom"), ("dd", "dingtalk"), ("飞书", "feishu"), ("visit", "visit"),
     ("吃饭", "meal"), ("群", "chat"), ("teams", "meeting"), ("面谈", "talk")],
)  # fmt: skip
def test_channels_have_words_in_both_languages(word, channel):
    assert read_touch(f"赵敏 {word} 周五给BOM", CONTEXT).channel == channel


@pytest.mark.parametrize(
    "line", ["微信：要BOM清单", "微信，要BOM清单", "wx：要BOM清单", "微信:要BOM清单", "wx: 要BOM清单"]
)
def test_chinese_goes_on_behind_the_sign_after_the_channel_without_a_blank(line):
    read = read_touch(line + " >+2w", CONTEXT, ("min",))
    assert (read.people, read.channel, read.text) == (("min",), "wechat", "要BOM清单")
    assert read_touch(f"赵敏 {line}", CONTEXT).channel == "wechat"


@pytest.mark.parametrize("line", ["微信群：要BOM清单", "微信、电话都没回", "wx:要BOM清单", "要微信：没给"])
def test_what_only_begins_like_a_channel_is_text(line):
    read = read_touch(line, CONTEXT, ("min",))
    assert (read.channel, read.text) == (None, line)


def test_a_name_in_pinyin_may_have_blanks():
    assert read_touch("Zhao Min tel x", CONTEXT).people == ("min",)


def test_others_who_were_there_are_named_with_at():
    assert read_touch("wl visit line 3 @赵敏 @张明", CONTEXT).people == ("lei", "min", "ming")


def test_a_day_behind_who_is_the_day_of_the_touch_when_it_has_been():
    assert read_touch("wl -1d tel x", CONTEXT).day == date(2026, 11, 23)
    read = read_touch("wl fri brings the list", CONTEXT)
    assert (read.day, read.text) == (TODAY, "fri brings the list")


@pytest.mark.parametrize(
    ("line", "new", "text"),
    [
        ("Chen Hui, Dongyue tel wants the list", NewPerson("Chen Hui", "Dongyue"), "wants the list"),
        ("陈辉，东岳 电话 要BOM", NewPerson("陈辉", "东岳"), "要BOM"),
        ("Chenhui wants the list", NewPerson("Chenhui"), "wants the list"),
        ('@"Chen Hui" wants the list', NewPerson("Chen Hui"), "wants the list"),
    ],
)
def test_somebody_unknown_is_new_with_the_organisation_behind_a_comma(line, new, text):
    read = read_touch(line, CONTEXT)
    assert (read.people, read.new, read.text) == ((), (new,), text)


def test_a_name_that_fits_several_is_unclear():
    read = read_touch("zm tel x", CONTEXT)
    assert read.unclear == ("“zm” can be: 张明, 赵敏. Type more of it.",)


def test_on_a_row_nobody_need_be_named_and_somebody_named_first_stands_in_its_place():
    assert read_touch("tel said no", CONTEXT, ["row"]).people == ("row",)
    assert read_touch("wants it @赵敏", CONTEXT, ["row"]).people == ("row", "min")
    assert read_touch("赵敏 tel said no", CONTEXT, ["row"]).people == ("min",)


@pytest.mark.parametrize("line", ["", "tel x", "wl", "wl tel x >xx"])
def test_a_line_without_who_or_what_or_with_a_day_that_is_none_is_unclear(line):
    assert read_touch(line, CONTEXT).unclear


def test_where_who_is_known_somebody_unknown_in_the_text_is_unclear():
    assert read_said("tel x >2w", CONTEXT, ["lei"]).unclear == ()
    assert "Nobody is called “nobody”" in read_said("tel x @nobody", CONTEXT, ["lei"]).unclear[0]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Li Na", NewPerson("Li Na")),
        ("李娜，华信，采购经理", NewPerson("李娜", "华信", "采购经理")),
        ("Li Na, Huaxin, +86 138-0013-8000", NewPerson("Li Na", "Huaxin", phone="+86 138-0013-8000")),
        ("ln@huaxin.cn Li Na", NewPerson("Li Na", mail="ln@huaxin.cn")),
        ("Li Na, , Buyer", NewPerson("Li Na", None, "Buyer")),
        ("Li Na, Plant 4", NewPerson("Li Na", "Plant 4")),
    ],
)  # fmt: skip
def test_a_person_is_read_from_name_organisation_post_mail_and_phone(line, person):
    assert parse_new_person(line) == person


@pytest.mark.parametrize(
    "line", ["", " ,Huaxin", "a@b.cn", "A, B, C, D", "A a@b.cn c@d.cn", "A 13800138000, 13900139000"]
)
def test_a_line_without_a_name_or_with_too_much_is_refused(line):
    with pytest.raises(NotUnderstood):
        parse_new_person(line)
