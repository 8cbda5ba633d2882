"""One line of plain words into fields, and nothing guessed."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.choices import Recurrence
from db.labels import N_
from erptui.entry import Ambiguous, Candidate, People, Unknown
from erptui.line_marks import CHANNELS
from erptui.quick_line import LineContext, LineSpec, Mark, MarkKind, describe, read_line

CONTEXT = LineContext(
    date(2026, 11, 24),
    People(
        [
            Candidate("wl", "王磊", "wl@huaxin.example"),
            Candidate("zm", "赵敏"),
            Candidate("ch", "Chen Hui"),
            Candidate("liming", "李明"),
            Candidate("limeng", "李蒙"),
            Candidate("al", "Anna Lee"),
        ]
    ),
    rows={"hx26:c1.2": "package", "hx26:r-012": "risk", "dy25:c1.2": "other"},
    engagement="HX26",
)
FRIDAY = date(2026, 11, 27)
IN_TWO_WEEKS = date(2026, 12, 8)

PEOPLE = Mark("people", MarkKind.PERSON, N_("People"), many=True)
DAY = Mark("day", MarkKind.DAY, N_("Day"))
EVENT = LineSpec(
    (
        PEOPLE,
        DAY,
        Mark("time", MarkKind.TIME, N_("Time")),
        Mark("length", MarkKind.DURATION, N_("Duration")),
        Mark("again", MarkKind.RECURRENCE, N_("Recurrence")),
        Mark("row", MarkKind.ROW, N_("Row")),
    ),
    opens_with_time=True,
)
RISK = LineSpec(
    (
        Mark("rating", MarkKind.RATING, N_("Rating")),
        Mark("owner", MarkKind.PERSON, N_("Owner")),
        Mark("due", MarkKind.DAY, N_("Due")),
        Mark("due", MarkKind.NEXT, N_("Due")),
    )
)
CHANNEL = Mark("channel", MarkKind.WORD, N_("Channel"), words=CHANNELS, labels={"phone": N_("Phone")})
NEXT = Mark("next", MarkKind.NEXT, N_("Next contact"))
TOUCH = LineSpec((NEXT,), (Mark("who", MarkKind.PERSON, N_("Who"), required=True), CHANNEL))
TOUCH_ON_A_ROW = LineSpec((NEXT,), (CHANNEL,))
ROUND = LineSpec((), (Mark("done", MarkKind.PERCENT, N_("Done")), Mark("left", MarkKind.WORKING_TIME, N_("Left"))))
LOAD = LineSpec((), tuple(Mark(name, MarkKind.NUMBER, N_("Rows")) for name in ("read", "loaded", "rejected")))


@pytest.mark.parametrize(
    ("spec", "line", "text", "values"),
    [
        (RISK, "关键用户离职 r45 @zm fri", "关键用户离职", {"rating": (4, 5), "owner": "zm", "due": FRIDAY}),
        (RISK, "key user leaves r45 @zm fri", "key user leaves", {"rating": (4, 5), "owner": "zm", "due": FRIDAY}),
        (RISK, "key user leaves >2w", "key user leaves", {"due": IN_TWO_WEEKS}),
        (RISK, "key user leaves >+2w", "key user leaves", {"due": IN_TWO_WEEKS}),
        (RISK, "》fri key user leaves", "key user leaves", {"due": FRIDAY}),
        (TOUCH, "wl wx 周五给BOM >fri", "周五给BOM", {"who": "wl", "channel": "wechat", "next": FRIDAY}),
        (TOUCH, "wl tel wants to replace U8 >+2w", "wants to replace U8",
         {"who": "wl", "channel": "phone", "next": IN_TWO_WEEKS}),
        (TOUCH, "王磊 电话 要换U8", "要换U8", {"who": "wl", "channel": "phone"}),
        (TOUCH, "Anna Lee mail sent the list", "sent the list", {"who": "al", "channel": "mail"}),
        (TOUCH, "anna sent the list", "sent the list", {"who": "al"}),
        (TOUCH_ON_A_ROW, "tel wants U8 >2w", "wants U8", {"channel": "phone", "next": IN_TWO_WEEKS}),
        (TOUCH_ON_A_ROW, "wl wants to call", "wl wants to call", {}),
        (EVENT, "fri 14:00 2h 周例会 @zm @ch weekly", "周例会",
         {"day": FRIDAY, "time": time(14), "length": 120, "people": ("zm", "ch"), "again": Recurrence.WEEKLY}),
        (EVENT, "fri 14 2h 周例会 /w", "周例会",
         {"day": FRIDAY, "time": time(14), "length": 120, "again": Recurrence.WEEKLY}),
        (EVENT, "14 2h 周例会", "周例会", {"time": time(14), "length": 120}),
        (EVENT, "周例会 fri 14", "周例会", {"day": FRIDAY, "time": time(14)}),
        (EVENT, "周五14:00 评审 1小时", "评审", {"day": FRIDAY, "time": time(14), "length": 60}),
        (EVENT, "明天下午3点 拜访", "拜访", {"day": date(2026, 11, 25), "time": time(15)}),
        (EVENT, "评审 #C1.2", "评审", {"row": "package"}),
        (EVENT, "评审 DY25:C1.2", "评审", {"row": "other"}),
        (EVENT, "fri @zm 14 1h x", "x", {"day": FRIDAY, "people": ("zm",), "time": time(14), "length": 60}),
        (ROUND, "60 3d 等IT", "等IT", {"done": 60, "left": 1440}),
        (ROUND, "100", "", {"done": 100}),
        (ROUND, "等IT", "等IT", {}),
        (LOAD, "12000 11786 214", "", {"read": 12000, "loaded": 11786, "rejected": 214}),
        (LOAD, "1.2万 11786 214 twice", "twice", {"read": 12000, "loaded": 11786, "rejected": 214}),
    ],
)  # fmt: skip
def test_a_line_gives_its_fields_and_its_text(spec, line, text, values):
    read = read_line(line, spec, CONTEXT)
    assert (read.text, dict(read.values), read.unclear) == (text, values, ())


@pytest.mark.parametrize(
    ("spec", "line"),
    [
        (EVENT, "周五给BOM"),
        (EVENT, "takes 2h to load"),
        (EVENT, "the weekly report to Zhao"),
        (EVENT, "weekly report"),
        (EVENT, "train 14 users"),
        (EVENT, "14 users"),
        (EVENT, "upgrade to 1.2"),
        (EVENT, "rooms 3-5"),
        (EVENT, "done 1/2"),
        (EVENT, "mail zm@huaxin.example about it"),
        (EVENT, "see http://huaxin.example:80/x and /etc/hosts"),
        (EVENT, "@ # > /"),
        (EVENT, "一 天"),
        (RISK, "R12 may end"),
        (RISK, "if a > b and c >= d"),
        (RISK, "load r2024x"),
        (RISK, "in #C1.2 of HX26:C1.2"),
        (TOUCH_ON_A_ROW, "we agreed"),
        (LineSpec(()), "fri 14:00 2h @zm r45 /w #C1.2 >2w"),
        (EVENT, ""),
    ],
)
def test_what_only_resembles_a_mark_or_stands_within_the_text_is_text(spec, line):
    read = read_line(line, spec, CONTEXT)
    assert (read.text, dict(read.values), read.unclear) == (line, {}, ())


@pytest.mark.parametrize(
    ("spec", "line", "part", "reason"),
    [
        (RISK, "leaves @lm fri", "@lm", "“lm” can be: 李明, 李蒙"),
        (RISK, "leaves @nobody fri", "@nobody", "Nobody is called “nobody”"),
        (RISK, "leaves r47", "r47", "“r47” is not a rating"),
        (RISK, "leaves r4", "r4", "“r4” is not a rating"),
        (RISK, "leaves >soon", ">soon", "“>soon” is not a day"),
        (RISK, "more than >100 rows", ">100", "“>100” is not a day"),
        (RISK, "leaves > fri", ">", "Type >fri"),
        (RISK, "leaves >fri mon", "mon", "Due is given twice"),
        (RISK, "r45 leaves r54", "r54", "Rating is given twice"),
        (RISK, "@zm tells @ch", "@ch", "Owner is given twice"),
        (EVENT, "meet /x", "/x", "“/x” is not a recurrence"),
        (EVENT, "meet biweekly", "biweekly", "twice a week, every two weeks"),
        (EVENT, "meet #C9.9", "#C9.9", "No row has the code “C9.9”"),
        (EVENT, "meet HX26:C9", "HX26:C9", "No row has the code “HX26:C9”"),
        (EVENT, "fri 14 users", "14", "“14” may be a time or text. Type 14:00 or \\14"),
        (EVENT, "fri meet 24.12.", "24.12.", "Day is given twice"),
        (EVENT, "fri meet 周五14:00", "周五14:00", "Day is given twice"),
        (TOUCH, "somebody tel hello", "somebody", "Nobody is called “somebody”"),
        (TOUCH, "lm tel hello", "lm", "“lm” can be"),
        (ROUND, "120 more", "120", "from 0 to 100"),
        (LOAD, "12000 11.786 214", "11.786", "not a whole number"),
    ],
)
def test_what_looks_like_a_mark_and_is_not_clear_is_named_and_stays(spec, line, part, reason):
    read = read_line(line, spec, CONTEXT)
    (unclear,) = read.unclear
    assert line[unclear.start : unclear.end] == part
    assert reason in unclear.reason
    assert part in read.text


def test_a_screen_can_tell_an_ambiguous_name_from_a_new_one():
    (several,) = read_line("@lm", RISK, CONTEXT).unclear
    assert isinstance(several.error, Ambiguous)
    assert several.error.candidates == ("liming", "limeng")
    (new,) = read_line("@somebody", RISK, CONTEXT).unclear
    assert isinstance(new.error, Unknown)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (r"call \@zm", "call @zm"),
        (r"会后\@zm", "会后@zm"),
        (r"leaves \fri", "leaves fri"),
        (r"\>100 rows", ">100 rows"),
        ('leaves "r45"', "leaves r45"),
        ('"takes >2w to load"', "takes >2w to load"),
        ('he said "no"', 'he said "no"'),
        ('he said "no', 'he said "no'),
        ("他说“周五 @zm”", "他说“周五 @zm”"),
        ('他说"@zm"', "他说@zm"),
        (r"\\server\share", r"\\server\share"),
        (r"C:\temp \ x", r"C:\temp \ x"),
    ],
)
def test_a_backslash_or_quotes_keep_text_and_go_only_where_they_kept_something(line, text):
    read = read_line(line, RISK, CONTEXT)
    assert (read.text, dict(read.values), read.unclear) == (text, {}, ())


def test_a_leading_word_can_be_kept_as_text():
    assert read_line(r"\tel is broken", TOUCH_ON_A_ROW, CONTEXT).text == "tel is broken"


@pytest.mark.parametrize(
    ("line", "text", "people"),
    [
        ("离职@赵敏", "离职", ("zm",)),
        ("请@赵敏确认BOM", "请确认BOM", ("zm",)),
        ("请@zm确认BOM", "请确认BOM", ("zm",)),
        ("评审 @zm，@ch、@wl", "评审", ("zm", "ch", "wl")),
        ("review @zm,@ch, then go", "review then go", ("zm", "ch")),
        ("ask @zm.", "ask.", ("zm",)),
        ("ask @Anna Lee today?", "ask today?", ("al",)),
        ('ask @"Anna Lee" today', "ask today", ("al",)),
        ("ask  @zm  twice @zm", "ask  twice", ("zm",)),
        ("@wl@huaxin.example comes", "comes", ("wl",)),
    ],
)
def test_names_in_a_line(line, text, people):
    read = read_line(line, LineSpec((PEOPLE,)), CONTEXT)
    assert (read.text, read.values.get("people"), read.unclear) == (text, people, ())


def test_while_typing_each_part_says_what_was_understood():
    line = "fri 14 2h 周例会 @zm @lm weekly"
    shown = [(part.typed, part.meaning, part.clear) for part in describe(read_line(line, EVENT, CONTEXT), CONTEXT)]
    assert [part for part in shown if part[2]] == [
        ("fri", "Day: Fri 27.11", True),
        ("14", "Time: 14:00", True),
        ("2h", "Duration: 2 h", True),
        ("@zm", "People: 赵敏", True),
        ("weekly", "Recurrence: weekly", True),
    ]
    assert [typed for typed, _meaning, clear in shown if not clear] == ["@lm"]


def test_lengths_ratings_and_channels_are_said_in_words():
    def meanings(line: str, spec: LineSpec) -> list[str]:
        return [part.meaning for part in describe(read_line(line, spec, CONTEXT), CONTEXT)]

    assert meanings("60 1d4h x", ROUND) == ["Done: 60 %", "Left: 1 d 4 h"]
    assert meanings("0 0d x", ROUND) == ["Done: 0 %", "Left: 0 min"]
    assert meanings("x r45", RISK) == ["Rating: 4 × 5"]
    assert meanings("tel x", TOUCH_ON_A_ROW) == ["Channel: Phone"]
    attitude = LineSpec((Mark("attitude", MarkKind.ATTITUDE, N_("Attitude")),))
    assert meanings("r-", attitude) == ["Attitude: against"]


PIECES = st.sampled_from(
    ["fri", "14", "14:00", "2h", "@zm", "@lm", "@", "，", ",", "weekly", "/w", "/x", "r45", ">2w", ">", "周五给BOM",
     "text", "#C1.2", "HX26:C1.2", "  ", " ", "离职", "Chen Hui", ".", "?", "2026-11-24", "周五14:00", "60", "tel",
     "wl", "ＢＯＭ"]
)  # fmt: skip
LINES = st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join) | st.lists(PIECES, max_size=8).map(" ".join)


@given(LINES.filter(lambda line: not set(line) & set('\\"')), st.sampled_from([EVENT, RISK, TOUCH, ROUND, LOAD]))
def test_no_character_of_a_line_is_lost(line, spec):
    read = read_line(line, spec, CONTEXT)
    left, place = "", 0
    for start, end in sorted({(part.start, part.end) for part in read.taken}):
        assert place <= start < end
        left += line[place:start]
        place = end
        while place < len(line) and line[place] in ",，、;；":
            place += 1
    left += line[place:]
    assert "".join(read.text.split()) == "".join(left.split())
    for part in read.unclear:
        assert "".join(line[part.start : part.end].split()) in "".join(read.text.split())


@given(LINES, st.sampled_from([EVENT, RISK, TOUCH, ROUND, LOAD]))
def test_what_remains_unclear_and_what_is_taken_never_overlap(line, spec):
    read = read_line(line, spec, CONTEXT)
    taken = {place for part in read.taken for place in range(part.start, part.end)}
    assert not any(place in taken for part in read.unclear for place in range(part.start, part.end))
    assert [part.typed for part in describe(read, CONTEXT)] == [
        line[part.start : part.end] for part in describe(read, CONTEXT)
    ]


@given(st.text("文字 abc", max_size=12).map(str.strip))
def test_plain_text_stays_as_it_is(text):
    assert read_line(text, EVENT, CONTEXT).text == text
