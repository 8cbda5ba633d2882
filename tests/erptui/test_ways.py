"""What the further ways to reach a person are called."""

from __future__ import annotations

import pytest

from erptui.contacts.ways import label_meant, label_words, way_called
from erptui.i18n import set_language


@pytest.mark.parametrize(
    ("kind", "label", "english", "chinese"),
    [
        ("wechat", None, "WeChat", "微信"),
        ("address", "home", "Address (home)", "地址（住宅）"),
        ("phone", "work assistant", "Phone (work assistant)", "电话（单位助理）"),
        ("dingtalk", "财务部群", "DingTalk (财务部群)", "钉钉（财务部群）"),
        ("phone", "work Beijing", "Phone (work Beijing)", "电话（work Beijing）"),
    ],
)
def test_kind_and_label_are_said_in_the_language_where_the_words_are_known(kind, label, english, chinese):
    assert way_called(kind, label) == english
    set_language("zh")
    try:
        assert way_called(kind, label) == chinese
    finally:
        set_language("en")


def test_the_label_of_a_way_is_typed_as_it_is_shown():
    for language in ("en", "zh"):
        set_language(language)
        try:
            for label in ("home", "work fax" if language == "en" else "work", "财务部群", "work Beijing"):
                assert label_meant(label_words(label)) == label
        finally:
            set_language("en")
