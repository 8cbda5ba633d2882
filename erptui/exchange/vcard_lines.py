"""The lines of a vCard file as cards of properties, whatever version and program they are from.

Follows RFC 6350, RFC 2426 and vCard 2.1, and where programs write something else, what they write: line ends CR CR LF,
quoted-printable broken by a blank, base64 without indent, cards that nobody ended. All of it works on bytes, because a
line may be broken within a character and each property may have an encoding of its own. A bad card costs only itself.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from erptui.exchange.encoding import UnknownEncoding, guess_encoding, known_encoding

MOST_PROPERTIES = 2_000
"""Properties of one card; a card with more is no person's."""

_BASE64 = re.compile(rb"[;=,](?:BASE64|B)(?=[;,]|\Z)", re.IGNORECASE)
_ONLY_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*\Z")
_QUOTED = re.compile(rb"[;=,]QUOTED-PRINTABLE(?=[;,]|\Z)", re.IGNORECASE)
_EDGE = re.compile(rb"\s*(BEGIN|END)\s*:\s*VCARD\s*\Z", re.IGNORECASE)
_HEAD = re.compile(rb'((?:[^":]|"[^"]*")*):(.*)\Z', re.DOTALL)
_NAME = re.compile(rb"\s*(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)\s*\Z")
_PARAMETERS = re.compile(rb';((?:[^";]|"[^"]*")*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED_IN_2_1 = re.compile(r"\\([;,:\\])")
# What a bare word of vCard 2.1 may be besides a type.
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})


class Charset(NamedTuple):
    """How values without an encoding of their own are read; only `sure` when the whole file told it."""

    encoding: str
    sure: bool

    def decode(self, value: bytes) -> str:
        """`value` as text; one of a file with several encodings is looked at by itself."""
        if not self.sure:
            return value.decode(guess_encoding(value)[0], "replace")
        return value.decode(self.encoding, "replace")


class Head(NamedTuple):
    """What stands before the value of a property: names are upper case, types lower."""

    group: str
    name: str
    types: tuple[str, ...]
    parameters: dict[str, str]
    charset: Charset
    quoted: bool


@dataclass(slots=True)
class Property:
    """One property of a card: `TEL;TYPE=CELL:138…`, its value still in bytes; `old` when it is of vCard 2.1."""

    line: int
    head: Head
    value: bytes
    old: bool = False

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def group(self) -> str:
        return self.head.group

    def text(self) -> str:
        """The whole value."""
        return self._unescaped(self._decoded(self.value))

    def components(self, within: str = "") -> list[str]:
        """The parts between semicolons; what is between `within` in one of them is joined by blanks."""
        if self.head.quoted:
            # A semicolon written as =3B belongs to its part.
            parts = [self._decoded(part) for part in re.split(rb"(?<!\\);", self.value)]
        else:
            parts = split(self._decoded(self.value), ";")
        if not within or self.old:
            return [self._unescaped(part) for part in parts]
        return [" ".join(filter(None, map(self._unescaped, split(part, within)))) for part in parts]

    def listed(self) -> list[str]:
        """The parts between commas."""
        return [self._unescaped(part) for part in split(self._decoded(self.value), ",")]

    def _decoded(self, value: bytes) -> str:
        if self.head.quoted:
            value = binascii.a2b_qp(value)
        return self.head.charset.decode(value)

    def _unescaped(self, text: str) -> str:
        if "\\" not in text:
            return text
        if self.old:
            return _ESCAPED_IN_2_1.sub(r"\1", text)
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


@dataclass
class Card:
    """The properties between BEGIN and END; `cut` when the end is missing, `pictures` counts what was passed over."""

    line: int
    properties: list[Property] = field(default_factory=list)
    pictures: int = 0
    old: bool = False
    cut: bool = False
    odd_lines: list[int] = field(default_factory=list)


def split(text: str, sign: str) -> list[str]:
    """`text` at each `sign` that no backslash stands before, still escaped."""
    if "\\" not in text:
        return text.split(sign)
    parts, start = [], 0
    for found in re.finditer(rf"\\.|{re.escape(sign)}", text, re.DOTALL):
        if found[0] == sign:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def read_cards(content: bytes, charset: Charset) -> Iterator[Card]:
    """The cards of a file, cut ones too, in their order."""
    card: Card | None = None
    inner = 0
    lines = _Lines(content)
    for number, line in lines:
        edge = _EDGE.match(line) if line[:1] in b"BEbe \t" else None
        if edge is None:
            if card is not None and not inner:
                _add(card, number, line, charset)
                lines.old = card.old
        elif edge[1].upper() == b"BEGIN":
            if card is not None and card.properties and card.properties[-1].name == "AGENT":
                # vCard 2.1 puts the card of an assistant into that of the person.
                inner += 1
                continue
            if card is not None:
                card.cut = True
                yield card
            card, inner, lines.old = Card(number), 0, False
        elif inner:
            inner -= 1
        elif card is not None:
            yield card
            card = None
    if card is not None:
        card.cut = True
        yield card


def _add(card: Card, number: int, line: bytes, charset: Charset) -> None:
    found = read_property(line, number, charset, card.old)
    if found is None or len(card.properties) >= MOST_PROPERTIES:
        card.odd_lines.append(number)
    elif found.name == "VERSION":
        card.old = found.value.strip() == b"2.1"
    elif found.name in ("PHOTO", "LOGO"):
        card.pictures += 1
    else:
        card.properties.append(found)


def read_property(line: bytes, number: int, charset: Charset, old: bool) -> Property | None:
    """The property that an unfolded line holds, or None when it is none."""
    before, colon, value = line.partition(b":")
    if b'"' in before:
        whole = _HEAD.match(line)
        if whole:
            before, value = whole[1], whole[2]
    head = _read_head(before, charset) if colon else None
    return Property(number, head, value, old) if head else None


@lru_cache(maxsize=1024)
def _read_head(before: bytes, charset: Charset) -> Head | None:
    name, semicolon, rest = before.partition(b";")
    named = _NAME.match(name)
    if named is None:
        return None
    types: list[str] = []
    parameters: dict[str, str] = {}
    own, quoted = charset, False
    for written in _PARAMETERS.findall(semicolon + rest):
        key, equals, value = (part.strip() for part in charset.decode(written).partition("="))
        value = value.strip('"')
        if not equals:
            key, value = ("ENCODING" if key.upper() in _ENCODINGS else "TYPE"), key
        key = key.upper()
        if key == "TYPE":
            types += [kind.strip().casefold() for kind in value.split(",") if kind.strip()]
        elif key == "ENCODING":
            quoted = value.upper() == "QUOTED-PRINTABLE"
        elif key == "CHARSET":
            # A wrong name says less than the letters themselves.
            with suppress(UnknownEncoding):
                own = Charset(known_encoding(value), sure=True)
        else:
            parameters[key] = value
    group = (named[1] or b"").decode().casefold()
    return Head(group, named[2].decode().upper(), tuple(types), parameters, own, quoted)


class _Lines:
    """Unfolded lines with the number of the first line of each; base64 is passed over."""

    def __init__(self, content: bytes) -> None:
        self.lines = content.split(b"\n" if b"\n" in content else b"\r")
        self.next = 0
        self.old = False
        """Whether the card being read is of version 2.1, where a fold keeps its blank."""

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        while self.next < len(self.lines):
            number = self.next + 1
            line = self._take()
            if not line.strip():
                continue
            head = line.partition(b":")[0]
            if b";" not in head:
                yield number, self._unfold(line)
            elif _BASE64.search(head):
                self._pass_base64()
                yield number, head + b":"
            elif _QUOTED.search(head):
                yield number, self._unfold_quoted(line)
            else:
                yield number, self._unfold(line)

    def _take(self) -> bytes:
        self.next += 1
        return self.lines[self.next - 1].rstrip(b"\r")

    def _folded(self) -> bool:
        return self.next < len(self.lines) and self.lines[self.next][:1] in (b" ", b"\t")

    def _pass_base64(self) -> None:
        while self.next < len(self.lines) and _ONLY_BASE64.match(self.lines[self.next]):
            self.next += 1

    def _unfold(self, line: bytes) -> bytes:
        if not self._folded():
            return line
        pieces = [line]
        while self._folded():
            following = self._take()
            pieces.append(b" " + following.lstrip() if self.old else following[1:])
        return b"".join(pieces)

    def _unfold_quoted(self, line: bytes) -> bytes:
        pieces = [line]
        while self.next < len(self.lines):
            if pieces[-1].endswith(b"="):
                if _EDGE.match(self.lines[self.next]):
                    break
                pieces[-1] = pieces[-1][:-1]
                pieces.append(self._take())
            elif self._folded() and self.lines[self.next].strip():
                pieces.append(self._take().lstrip())
            else:
                break
        return b"".join(pieces)
