"""The filter that one types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.labels import N_
from erptui.filtering import FieldKind, FilterField, SearchText, SearchTexts, compile_filter, search_text
from erptui.i18n import _, set_language
from erptui.pinyin import initials

TODAY = date(2026, 11, 24)
ATTITUDES = {"-1": N_("against"), "0": N_("neutral"), "1": N_("for")}
FIELDS = [
    FilterField("name", N_("Name")),
    FilterField("role", N_("Roles")),
    FilterField("side", N_("Side"), FieldKind.CHOICE, words={"vendor": N_("Vendor"), "client": N_("Client")}),
    FilterField("attitude", N_("Attitude"), FieldKind.CHOICE, words=ATTITUDES, signs={"-1": ("-",), "1": ("+",)}),
    FilterField("power", N_("Power"), FieldKind.NUMBER),
    FilterField("silent", N_("Silent"), FieldKind.NUMBER),
    FilterField("due", N_("Due"), FieldKind.DAY),
    FilterField("work", N_("Work"), FieldKind.WORKING_TIME),
    FilterField("cost", N_("Cost"), FieldKind.MONEY),
    FilterField("late", N_("Late"), FieldKind.FLAG),
    FilterField("next_touch", N_("Next touch"), FieldKind.DAY),
]
ROWS = [
    {"name": "赵敏", "role": ["HX26:key"], "side": "client", "attitude": 1, "power": 5, "silent": 20,
     "due": "2026-11-25", "work": 1440, "cost": 1_200_000, "late": True, "next_touch": None},
    {"name": "Wang Lei", "role": ["HX26:sponsor", "DY25:key"], "side": "client", "attitude": -1, "power": 4,
     "silent": 14, "due": "2026-12-11", "work": 480, "cost": 0, "late": False, "next_touch": "2026-12-01"},
    {"name": "单雄信", "role": [], "side": "vendor", "attitude": 0, "power": 1, "silent": None, "due": None,
     "work": None, "cost": None, "late": False, "next_touch": ""},
    {"name": "Jörg Müller", "role": ["HX26:C10"], "side": None, "attitude": None, "power": 2, "silent": 3,
     "due": "2027-01-05", "work": 90, "cost": 99, "late": False, "next_touch": "2026-11-24T09:30:00Z"},
]  # fmt: skip
SEARCHED = SearchTexts(search_text([row["name"], *row["role"]]) for row in ROWS)
ZHAO, WANG, SHAN, MULLER = range(4)


def found(text: str) -> list[int]:
    """The places of the rows that stay; both ways to ask agree, and nothing was left out."""
    asked = compile_filter(text, FIELDS, TODAY)
    assert asked.problems == ()
    places = asked.chosen(ROWS, SEARCHED)
    assert places == [place for place, row in enumerate(ROWS) if asked.matches(row, SEARCHED[place])]
    return places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", [0, 1, 2, 3]),
        ("  ", [0, 1, 2, 3]),
        ("wang", [WANG]),
        ("WANG", [WANG]),
        ("赵", [ZHAO]),
        ("zm", [ZHAO]),
        ("zhaom", [ZHAO]),
        ("zhao", [ZHAO]),
        ("min", [ZHAO]),
        ("sxx", [SHAN]),
        ("dxx", [SHAN]),
        ("ao", []),
        ("muller", [MULLER]),
        ("Jörg", [MULLER]),
        ("key", [ZHAO, WANG]),
        ("key lei", [WANG]),
        ("-key", [SHAN, MULLER]),
        ("-zm", [WANG, SHAN, MULLER]),
        ("hx26 -zm", [WANG, MULLER]),
        ('"wang lei"', [WANG]),
        ('"lei wang"', []),
        ('-"wang lei"', [ZHAO, SHAN, MULLER]),
        ("“wang lei”", [WANG]),
        ("-", [0, 1, 2, 3]),
        ('"', [0, 1, 2, 3]),
    ],
)
def test_words_are_found_anywhere_also_by_pinyin_and_without_accents(text, places):
    assert found(text) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("role:key", [ZHAO, WANG]),
        ("role:key silent>14", [ZHAO]),
        ("role:key silent>=14", [ZHAO, WANG]),
        ("silent<14", [MULLER]),
        ("silent<=14", [WANG, MULLER]),
        ("silent≥14", [ZHAO, WANG]),
        ("silent＞14", [ZHAO]),
        ("silent=14", [WANG]),
        ("silent:14,20", [ZHAO, WANG]),
        ("silent!=14", [ZHAO, SHAN, MULLER]),
        ("silent:", [SHAN]),
        ("silent:*", [ZHAO, WANG, MULLER]),
        ("silent!=", [ZHAO, WANG, MULLER]),
        ("-silent>14", [WANG, SHAN, MULLER]),
        ("-silent:", [ZHAO, WANG, MULLER]),
        ("role:", [SHAN]),
        ("role=HX26:C10", [MULLER]),
        ("role:c10", [MULLER]),
        ("role>HX26:C2", [ZHAO, WANG, MULLER]),
        ("role<hx26:c2", [WANG]),
        ("att:-", [WANG]),
        ("att:+", [ZHAO]),
        ("att:against,for", [ZHAO, WANG]),
        ("att>=neutral", [ZHAO, SHAN]),
        ("att!=-", [ZHAO, SHAN, MULLER]),
        ("att:- power>=4 silent>=14", [WANG]),
        ("side:c", [ZHAO, WANG]),
        ("side:client", [ZHAO, WANG]),
        ("side:", [MULLER]),
        ("name:zm", [ZHAO]),
        ("name:müller", [MULLER]),
        ('name:"wang lei"', [WANG]),
        ('name:"wang lei",zm', [ZHAO, WANG]),
        ("name=赵敏", [ZHAO]),
        ("name=赵", []),
        ("due<fri", [ZHAO]),
        ("due:2026-11-25", [ZHAO]),
        ("due:明天", [ZHAO]),
        ("due>+2w", [WANG, MULLER]),
        ("due:2026-12", [WANG]),
        ("due:2027", [MULLER]),
        ("due<=2026-12", [ZHAO, WANG]),
        ("due>2026", [MULLER]),
        ("due:", [SHAN]),
        ("work>1d", [ZHAO]),
        ("work>=1", [ZHAO, WANG]),
        ("work:90m", [MULLER]),
        ("cost>=1万", [ZHAO]),
        ("cost:12,000", [ZHAO]),
        ("cost<¥1", [WANG, MULLER]),
        ("late:yes", [ZHAO]),
        ("late:n", [WANG, SHAN, MULLER]),
        ("late:是", [ZHAO]),
        ("next:today", [MULLER]),
        ("nexttouch:", [ZHAO, SHAN]),
        ('"next touch":*', [WANG, MULLER]),
    ],
)
def test_a_field_is_compared_by_its_kind(text, places):
    assert found(text) == places


@pytest.mark.parametrize(
    ("text", "part", "reason"),
    [
        ("foo:1", "foo:1", "There is no field “foo”. The fields are: Name, Roles"),
        ("s:1 key", "s:1", "The field “s” can be: Side, Silent"),
        ("key silent>", "silent>", "A value is missing"),
        ("silent>many", "silent>many", "not a whole number"),
        ("side:x", "side:x", "none of these: Vendor, Client"),
        ("due:soon", "due:soon", "is not a day"),
        ("late>yes", "late>yes", "no order"),
        ("late:perhaps", "late:perhaps", "neither yes nor no"),
        ("cost>5EUR", "cost>5EUR", "The amounts are in CNY"),
        ("cost:12.000", "cost:12.000", "is not an amount"),
        ("work>x", "work>x", "is not a duration"),
        ("-foo:1", "-foo:1", "There is no field"),
    ],
)
def test_what_is_not_understood_is_named_and_hides_nothing(text, part, reason):
    asked = compile_filter(text, FIELDS, TODAY)
    (problem,) = asked.problems
    assert text[problem.start : problem.end] == part
    assert reason in problem.reason
    rest = text.replace(part, "")
    assert asked.chosen(ROWS, SEARCHED) == found(rest)


@pytest.mark.parametrize("text", ["12:30", "http://x", "1>2", ">", "::", "a/b:c", "=x"])
def test_what_is_no_condition_is_a_word(text):
    assert found(text) == []


@pytest.fixture
def chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("en")


def test_in_chinese_fields_go_by_both_names_and_by_pinyin(chinese):
    side = FilterField("side", N_("Side"), FieldKind.CHOICE, words={"client": N_("Client")})
    rows, texts = [{"side": "client"}], SearchTexts([SearchText("")])
    label, option = _(side.label), _("Client")
    assert label != side.label
    for text in (
        f"{label}:{option}",
        f"{label}：{option[0]}",
        f"{initials(label)[0]}:{initials(option)[0]}",
        "side:cli",
    ):
        asked = compile_filter(text, [side, FilterField("name", N_("Name"))], TODAY)
        assert (text, asked.problems, asked.chosen(rows, texts)) == (text, (), [0])
        assert compile_filter("-" + text, [side], TODAY).chosen(rows, texts) == []


def test_rows_may_be_tuples_and_values_stand_anywhere():
    fields = [FilterField("silent", N_("Silent"), FieldKind.NUMBER, key=1)]
    asked = compile_filter("silent>14 li", fields, TODAY)
    rows = [("Li", 15), ("Li", 14), ("Wu", 20)]
    assert asked.chosen(rows, SearchTexts(search_text([name]) for name, _silent in rows)) == [0]


def test_pinyin_may_come_later_and_a_row_may_change():
    texts = SearchTexts([SearchText("赵敏"), SearchText("王磊")])
    asked = compile_filter("zm", [], TODAY)
    assert asked.chosen(["", ""], texts) == []
    texts[0] = search_text(["赵敏"])
    assert asked.chosen(["", ""], texts) == [0]
    texts.add([search_text(["周明"])])
    assert asked.chosen(["", "", ""], texts) == [0, 2]
    assert len(texts) == 3


TYPED = st.lists(
    st.sampled_from(
        ["zm", "-", ":", ">", "silent", "name", '"', " ", "=", "!", "*", ",", "14", "fri", "side", "＞", "赵"]
    )
    | st.text(max_size=3),
    max_size=8,
).map("".join)


@given(TYPED)
def test_whatever_is_typed_filters_or_is_named(text):
    asked = compile_filter(text, FIELDS, TODAY)
    places = asked.chosen(ROWS, SEARCHED)
    assert places == [place for place, row in enumerate(ROWS) if asked.matches(row, SEARCHED[place])]
    for problem in asked.problems:
        assert 0 <= problem.start < problem.end <= len(text)
        assert problem.reason


@given(st.lists(st.text("赵敏单王abz é", max_size=5), max_size=6), st.text("zmsxdwa", min_size=1, max_size=4))
def test_a_word_and_its_opposite_part_the_rows(names, word):
    texts = SearchTexts(search_text([name]) for name in names)
    having = compile_filter(word, [], TODAY).chosen(names, texts)
    lacking = compile_filter(f"-{word}", [], TODAY).chosen(names, texts)
    assert sorted([*having, *lacking]) == [*range(len(names))]
