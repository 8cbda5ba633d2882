"""Bytes as text: what a file's letters are read as when it does not say."""

from __future__ import annotations

import codecs

import pytest

from erptui.exchange import encoding as encodings
from erptui.exchange.encoding import FileTooLarge, UnknownEncoding, decode

CHINESE = "姓名,手机号\r\n赵启明,13800000001\r\n"


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        (CHINESE.encode(), CHINESE, "utf-8"),
        (codecs.BOM_UTF8 + CHINESE.encode(), CHINESE, "utf-8"),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), CHINESE, "utf-16-le"),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), CHINESE, "utf-16-be"),
        (codecs.BOM_UTF32_LE + CHINESE.encode("utf-32-le"), CHINESE, "utf-32-le"),
        ("Name,Phone\n".encode("utf-16-le"), "Name,Phone\n", "utf-16-le"),
        ("Name,Phone\n".encode("utf-16-be"), "Name,Phone\n", "utf-16-be"),
        (CHINESE.encode("gbk"), CHINESE, "gb18030"),
        ("钱㐂,四川\n".encode("gb18030"), "钱㐂,四川\n", "gb18030"),
        (b"plain,letters\n", "plain,letters\n", "utf-8"),
        (b"", "", "utf-8"),
    ],
)
def test_an_encoding_is_found_out_from_the_bytes(content: bytes, text: str, encoding: str):
    assert decode(content) == (text, encoding, None)


@pytest.mark.parametrize("text", ["Müller, Köhler, Groß\n", "René\n", "Ærø, Café\n", "é"])
def test_western_letters_are_not_taken_for_chinese(text: str):
    decoded = decode(text.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (text, "cp1252")


def test_a_guess_that_is_not_sure_asks_to_look_at_the_names():
    remark = decode("Müller".encode("cp1252")).remark
    assert remark is not None
    assert remark.text(str) == "The text was read as cp1252. Check the names, or say which encoding it is."


def test_utf_8_cut_within_its_last_character_stays_utf_8():
    decoded = decode("赵启明,欧阳珺喆".encode()[:-1])
    assert decoded.text.startswith("赵启明,欧阳珺")
    assert decoded.encoding == "utf-8"
    assert decoded.remark is not None


def test_one_bad_sign_in_a_long_text_does_not_change_its_encoding():
    decoded = decode(("赵启明" * 40).encode() + b"\xff" + ",钱㐂".encode())
    assert decoded.encoding == "utf-8"
    assert decoded.remark is not None
    assert decoded.remark.text(str).startswith("Signs that are not utf-8 and show as “\ufffd”: 1.")


def test_gb18030_cut_within_its_last_character_stays_chinese():
    assert decode(CHINESE.encode("gbk") + "欧".encode("gbk")[:1]).encoding == "gb18030"


def test_an_encoding_that_is_named_is_used():
    assert decode("電話".encode("big5"), "big5").text == "電話"
    assert decode(CHINESE.encode("gbk"), "GB2312") == (CHINESE, "gb18030", None)
    assert decode(codecs.BOM_UTF8 + b"x", "utf-8-sig") == ("x", "utf-8", None)
    assert decode(codecs.BOM_UTF16_LE + "x".encode("utf-16-le"), "utf-16").text == "x"


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "a\0b"])
def test_an_encoding_that_there_is_not_is_refused(name: str):
    with pytest.raises(UnknownEncoding, match="There is no encoding"):
        decode(b"x", name)


def test_zero_bytes_do_not_come_through():
    assert decode(b"Zhao,\x00138 and more").text == "Zhao,138 and more"


def test_a_file_larger_than_memory_bears_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encodings, "MOST_BYTES", 3)
    with pytest.raises(FileTooLarge):
        decode(b"four")
