"""What the further ways to reach a person are called."""

from __future__ import annotations

import pytest

from erptui.contacts.ways import way_called
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
