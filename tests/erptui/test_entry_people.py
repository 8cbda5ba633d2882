"""People by typing: nobody is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erptui.entry import Ambiguous, Candidate, NotUnderstood, People, Unknown, parse_person

EVERYBODY = [
    Candidate("1", "王磊", "wang.lei@huaxin.example", ("Leo",)),
    Candidate("2", "赵敏"),
    Candidate("3", "Chen Hui", "ch@huaxin.example"),
    Candidate("4", "Wang Lei"),
    Candidate("5", "单雄信"),
    Candidate("6", "吕布"),
    Candidate("7", "欧阳锋"),
    Candidate("8", "Müller, Jörg"),
    Candidate("9", "Zoë M."),
]
PEOPLE = People(EVERYBODY)


@pytest.mark.parametrize("typed", ["@me", "me", "＠我"])
def test_me_is_whoever_types(typed):
    mine = People([*EVERYBODY, Candidate("10", "Mei Lan")], "Chen Hui")
    assert parse_person(typed, mine).id == "3"
    assert parse_person("@mei", mine).id == "10"
    with pytest.raises(NotUnderstood, match="is you, but nobody here is called Anna") as refused:
        parse_person(typed, People(EVERYBODY, "Anna"))
    # Nobody new is to be made of it.
    assert not isinstance(refused.value, Unknown)
    assert parse_person("me", People([Candidate("11", "Me")], "Anna")).id == "11"


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("赵敏", "2"),
        ("赵", "2"),
        ("敏", "2"),
        ("zhaomin", "2"),
        ("zhao min", "2"),
        ("Zhao", "2"),
        ("zhaom", "2"),
        ("min", "2"),
        ("@zhao", "2"),
        ("＠赵敏", "2"),
        ("王磊", "1"),
        ("leo", "1"),
        ("wang.lei@huaxin.example", "1"),
        ("wang.", "1"),
        ("Wang Lei", "4"),
        ("chen", "3"),
        ("hui", "3"),
        ("ch", "3"),
        ("@ch@huaxin.example", "3"),
        ("sxx", "5"),
        ("shanxiongxin", "5"),
        ("lvbu", "6"),
        ("lyubu", "6"),
        ("lb", "6"),
        ("oyf", "7"),
        ("muller", "8"),
        ("jorg", "8"),
        ("mj", "8"),
        ("9", "9"),
    ],
)
def test_a_person_by_name_its_start_pinyin_initials_mail_or_id(typed, person):
    assert parse_person(typed, PEOPLE).id == person


def test_one_name_in_full_comes_before_starts_and_those_before_initials():
    people = [Candidate("1", "Li"), Candidate("2", "Li Wei"), Candidate("3", "Liam"), Candidate("4", "Lw Stone")]
    assert parse_person("li", people).id == "1"
    assert parse_person("lw", people).id == "4"
    assert parse_person("lia", people).id == "3"


@pytest.mark.parametrize(
    ("typed", "ids"),
    [("wang", {"1", "4"}), ("wanglei", {"1", "4"}), ("zm", {"2", "9"}), ("lei", {"1", "4"}), ("wl", {"1", "4"})],
)
def test_who_fits_alike_is_named_and_nobody_taken(typed, ids):
    with pytest.raises(Ambiguous) as refusal:
        parse_person(typed, PEOPLE)
    assert set(refusal.value.candidates) == ids
    assert all(PEOPLE.candidates[one].name in str(refusal.value) for one in ids)


def test_two_people_of_one_name_are_told_apart_by_their_mail():
    with pytest.raises(Ambiguous, match=r"李伟 <a@x>, 李伟 <b@x>"):
        parse_person("李伟", [Candidate("1", "李伟", "a@x"), Candidate("2", "李伟", "b@x")])


@pytest.mark.parametrize("typed", ["", "@", "nobody", "赵敏敏", "zmx", " "])
def test_somebody_unknown_may_be_new(typed):
    with pytest.raises(Unknown, match="Nobody is called"):
        parse_person(typed, PEOPLE)


def test_people_who_are_added_are_found():
    people = People()
    with pytest.raises(NotUnderstood):
        parse_person("zm", people)
    people.add(EVERYBODY[:2])
    assert parse_person("zm", people).name == "赵敏"


NAMES = st.text("赵王单吕敏磊 abzÄ'-.", min_size=1, max_size=8).filter(lambda name: any(map(str.isalpha, name)))


@given(st.lists(NAMES, min_size=1, max_size=6))
def test_everybody_is_among_those_found_by_the_name_as_it_is_written(names):
    people = People(Candidate(f"id{place}", name) for place, name in enumerate(names))
    for place, name in enumerate(names):
        assert f"id{place}" in [person.id for person in people.found(name)]
