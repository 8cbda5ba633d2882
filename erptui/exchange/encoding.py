"""Bytes of somebody else's file as text: which encoding it has is found out from the bytes alone.

The order is that of certainty: a byte order mark; zero bytes, which only UTF-16 has; UTF-8, which hardly anything else
is by chance; GB18030 where Chinese comes out; else the Western code page of Windows, with a remark.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from db.errors import Problem
from db.labels import N_
from erptui.exchange.contact import Remark

MOST_BYTES = 64 * 1024 * 1024
"""The largest file that is read: a hundred thousand contacts with their notes, without photos."""

_MARKS = (
    # The mark of UTF-32 starts with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHINESE_HEADER = re.compile("姓名|手机|电话|部门|邮箱|邮件|公司|单位|职务|职位|地址|名称|备注|编号")
# Four bytes, or two with the second one caught: what GB18030 writes one character with.
_GB_CHARACTER = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe]([\x40-\x7e\x80-\xfe])")
_REPLACEMENT = "\ufffd"
# A GB2312 character has a second byte from here on; German `ü` before a small letter has not.
_COMMON_SECOND = b"\xa1"


class FileTooLarge(Problem):
    """A file that would take the memory of a small server."""

    sentence = N_("The file is larger than {most} MB. Export it without photos, or in parts.")


class UnknownEncoding(Problem):
    """An encoding was asked for by a name that there is not."""

    sentence = N_("There is no encoding “{encoding}”. Known are utf-8, utf-16, gb18030, big5, cp1252 and more.")


class Decoded(NamedTuple):
    """The text of a file, the encoding it was read in, and what is to be said about that."""

    text: str
    encoding: str
    remark: Remark | None


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """`content` as text without its byte order mark and without zero bytes; line ends stay as they are.

    `encoding` is used instead of a guess. Raises `FileTooLarge` and `UnknownEncoding`.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge(most=MOST_BYTES // 1024 // 1024)
    sure = True
    if encoding:
        encoding = known_encoding(encoding)
    else:
        encoding, sure = guess_encoding(content)
    bare = content
    for mark, marked in _MARKS:
        if content.startswith(mark) and encoding in (marked, marked[:6]):
            bare, encoding = content[len(mark) :], marked
            break
    text = bare.decode(encoding, "replace").replace("\0", "")
    remark = None
    if not sure:
        remark = Remark(
            sentence=N_("The text was read as {encoding}. Check the names, or say which encoding it is."),
            gaps={"encoding": encoding},
        )
    elif _REPLACEMENT in text and _REPLACEMENT.encode() not in content:
        remark = Remark(
            sentence=N_(
                "Signs that are not {encoding} and show as “{value}”: {count}. Check them, or name the encoding."
            ),
            gaps={"encoding": encoding, "count": text.count(_REPLACEMENT)},
            value=_REPLACEMENT,
        )
    return Decoded(text, encoding, remark)


def known_encoding(name: str) -> str:
    """The name Python has for an encoding; the smaller Chinese ones are read as the one that holds them.

    Raises `UnknownEncoding`.
    """
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
        # Some codecs are of bytes to bytes.
        bytes(8).decode(found.name, "ignore")
    except (LookupError, ValueError, TypeError):
        raise UnknownEncoding(encoding=name) from None
    return {"gb2312": "gb18030", "gbk": "gb18030", "utf-8-sig": "utf-8", "ascii": "utf-8"}.get(found.name, found.name)


def guess_encoding(content: bytes) -> tuple[str, bool]:
    """The encoding of `content`, and whether it is sure."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, True
    if content.count(0) * 4 > len(content):
        return ("utf-16-be" if content[::2].count(0) > content[1::2].count(0) else "utf-16-le"), True
    if _is_utf_8(content):
        return "utf-8", True
    if _is_chinese(content):
        return "gb18030", True
    return "cp1252", False


def _is_utf_8(content: bytes) -> bool:
    """Whether it is UTF-8, but for a last character that was cut off or one bad sign in fifty."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    else:
        return True
    bad = text.count(_REPLACEMENT)
    good = len(re.sub("[\0-\x7f]+", "", text)) - bad
    cut = bad == 1 and text.endswith(_REPLACEMENT)
    return good >= (1 if cut else 50 * bad)


def _is_chinese(content: bytes) -> bool:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        if len(content) - error.start > 3:
            return False
        # Cut off within its last character, unless that is a Western letter at the end of a short text.
        text = content[: error.start].decode("gb18030")
        fewest = 20
    else:
        fewest = 1
    if _CHINESE_HEADER.search(text):
        return True
    seconds = [second for second in _GB_CHARACTER.findall(content) if second]
    common = sum(second >= _COMMON_SECOND for second in seconds)
    return len(seconds) >= fewest and common * 5 >= len(seconds) * 4
