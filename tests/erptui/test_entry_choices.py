"""Choices, yes and no, and recurrences by typing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.choices import LinkKind, OutcomeReason, PackageStatus, PhaseId, Recurrence, Side
from erptui.entry import Ambiguous, NotUnderstood, parse_choice, parse_recurrence, parse_yes_no
from erptui.i18n import _, set_language
from erptui.pinyin import initials


@pytest.fixture
def chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("done", PackageStatus.DONE),
        ("Review", PackageStatus.REVIEW),
        ("r", PackageStatus.REVIEW),
        (" w ", PackageStatus.WAITING),
        ("todo", PackageStatus.TODO),
        ("to d", PackageStatus.TODO),
        ("DOI", PackageStatus.DOING),
    ],
)
def test_the_start_of_a_label_or_the_id_is_enough(typed, status):
    assert parse_choice(typed, PackageStatus) is status


def test_what_is_one_in_full_comes_before_what_starts_so():
    assert parse_choice("a", PhaseId) is PhaseId.PURSUIT
    assert parse_choice("af", PhaseId) is PhaseId.AFTER_SALES
    assert parse_choice("fs", LinkKind) is LinkKind.FS


def test_the_first_letter_of_one_label_means_it_though_the_id_of_another_begins_so():
    assert parse_choice("p", OutcomeReason) is OutcomeReason.PRICE
    assert OutcomeReason.PEOPLE.id.startswith("p")


def test_what_fits_several_is_refused_naming_them():
    with pytest.raises(Ambiguous, match="“do” can be: Doing, Done") as refusal:
        parse_choice("do", PackageStatus)
    assert refusal.value.candidates == ("doing", "done")


@pytest.mark.parametrize("typed", ["", "x", "doned"])
def test_what_fits_none_is_refused_naming_all(typed):
    with pytest.raises(NotUnderstood, match="none of these: To do, Doing, Waiting, Review, Done"):
        parse_choice(typed, PackageStatus)


def test_options_can_be_fewer_than_there_are():
    assert parse_choice("do", [PackageStatus.DONE, PackageStatus.TODO]) is PackageStatus.DONE


def test_in_chinese_the_label_its_pinyin_and_english_are_understood(chinese):
    label = _(PhaseId.PREPARATION.label)
    assert label != PhaseId.PREPARATION.label
    assert parse_choice(label, PhaseId) is PhaseId.PREPARATION
    assert parse_choice(label[:3], PhaseId) is PhaseId.PREPARATION
    assert parse_choice(initials(label)[0], PhaseId) is PhaseId.PREPARATION
    assert parse_choice("prep", PhaseId) is PhaseId.PREPARATION


@pytest.mark.parametrize("typed", ["j", "jf", "jia", "jfang", "JIAF", "ｊ", "甲"])
def test_the_usual_reading_of_a_choice_comes_before_a_rare_one(chinese, typed):
    # 乙 has the rare reading jue.
    assert parse_choice(typed, Side) is Side.CLIENT


def test_a_choice_is_found_by_a_rare_reading_where_none_is_usually_said_so(chinese):
    assert parse_choice("jue", Side) is Side.VENDOR


def test_yes_and_no_by_pinyin(chinese):
    assert all(parse_yes_no(typed) is True for typed in ("s", "shi", "Ｓ", "是", "y"))
    assert all(parse_yes_no(typed) is False for typed in ("f", "fou", "否", "n"))


def test_yes_and_no_in_both_languages():
    assert all(parse_yes_no(typed) is True for typed in ("y", "Yes", "是", "有", "1", "√", "true"))
    assert all(parse_yes_no(typed) is False for typed in ("n", "NO", "否", "没有", "0", "false"))
    for typed in ("", "maybe", "2"):
        with pytest.raises(NotUnderstood, match="Type y or n"):
            parse_yes_no(typed)


@pytest.mark.parametrize(
    ("typed", "recurrence"),
    [
        ("/d", Recurrence.DAILY),
        ("每天", Recurrence.DAILY),
        ("weekly", Recurrence.WEEKLY),
        ("/w", Recurrence.WEEKLY),
        ("w", Recurrence.WEEKLY),
        ("／ｗ", Recurrence.WEEKLY),
        ("每周", Recurrence.WEEKLY),
        ("每周两次", Recurrence.TWICE_WEEKLY),
        ("twice a week", Recurrence.TWICE_WEEKLY),
        ("/2w", Recurrence.TWO_WEEKLY),
        ("隔周", Recurrence.TWO_WEEKLY),
        ("every two weeks", Recurrence.TWO_WEEKLY),
        ("/m", Recurrence.MONTHLY),
        ("mon", Recurrence.MONTHLY),
        ("/q", Recurrence.QUARTERLY),
        ("/6m", Recurrence.HALF_YEARLY),
        ("每半年", Recurrence.HALF_YEARLY),
        ("/y", Recurrence.YEARLY),
        ("yearly", Recurrence.YEARLY),
    ],
)
def test_how_often_something_comes_again(typed, recurrence):
    assert parse_recurrence(typed) is recurrence


def test_biweekly_is_said_of_two_and_refused():
    with pytest.raises(Ambiguous, match="twice a week, every two weeks"):
        parse_recurrence("biweekly")


@pytest.mark.parametrize("typed", ["", "/", "/x", "never", "/99w"])
def test_what_is_no_recurrence_is_refused_with_the_forms_that_are(typed):
    with pytest.raises(NotUnderstood, match=r"is not a recurrence\. Type daily, weekly, /w"):
        parse_recurrence(typed)


@pytest.mark.parametrize("recurrence", Recurrence)
def test_every_recurrence_is_understood_by_its_id_and_label(recurrence):
    assert parse_recurrence(recurrence.id) is recurrence
    assert parse_recurrence(recurrence.label) is recurrence
