"""One English word with two senses is two words in another language; a text keeps its sense wherever it goes."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from db.labels import N_, NP_, Label
from db.models import Engagement
from erptui import i18n
from erptui.registers.gates import STATUSES
from screens.actions import Action, common


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("zh")
    yield
    i18n.set_language(before)


def action(identifier: str) -> Action:
    return next(action for action in common.COMMON if action.id == identifier)


def test_a_key_opens_and_a_gate_is_open():
    assert (i18n._(action("open").label), i18n._(STATUSES["open"])) == ("打开", "未通过")


def test_a_client_is_an_organisation_and_a_side():
    label = Engagement._meta.fields["client"].label
    assert (i18n._(label), i18n._("Client")) == ("客户", "甲方")


@pytest.mark.parametrize("again", [Label, N_, lambda text: pickle.loads(pickle.dumps(text))])
def test_a_label_made_from_a_label_keeps_its_sense(again):
    assert i18n._(again(NP_("key", "Open"))) == "打开"


def test_the_same_word_without_a_sense_stays_what_it_was():
    assert NP_("key", "Open") == "Open"
    assert i18n._("Open") == "未通过"


def test_labels_and_lists_have_the_punctuation_of_the_language():
    assert i18n.labelled("状态", "完成") == "状态：完成"
    assert i18n.listed(["待办", "完成"]) == "待办、完成"
    assert i18n.clauses(["11-20完成", "历时5天"]) == "11-20完成，历时5天"
    assert i18n.bracketed("王磊", "SPO") == "王磊（SPO）"
    assert i18n.bracketed("王磊", "") == "王磊"
    i18n.set_language("en")
    assert i18n.labelled("Status", "Done") == "Status: Done"
    assert i18n.listed(["To do", "Done"]) == "To do, Done"
    assert i18n.bracketed("", "SPO") == " (SPO)"
