"""Rows of text as CSV and back without change: what a spreadsheet would take for a formula is defused on the way out.

Read are comma, semicolon, tab and bar, any encoding of `erptui.exchange.encoding`, cells with line breaks, and a file
with a quote that nobody closed, which costs its row only. Written is what Excel opens: UTF-8 with a mark, CR LF, every
cell in quotes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from db.labels import N_
from erptui.exchange.contact import Refusal, Remark
from erptui.exchange.encoding import decode

SEPARATORS = (",", ";", "\t", "|")
HEAD_ROWS = 15
"""Rows in which the names of the columns are looked for: titles and instructions may stand above them."""

# What starts a formula in a spreadsheet (OWASP, CSV injection), the full-width signs for those in East Asia; and a
# text that looks like one defused already, so that every text comes back as it was.
_FORMULA = re.compile("'*[=+\\-@＝＋－＠\t\r\n]")
_DEFUSED = re.compile("'+[=+\\-@＝＋－＠\t\r\n]")
# A phone or a number starts with a sign and does nothing: `+86 138 0000 0001`, `-12.5`.
_HARMLESS = re.compile(r"\+[\d(][\d ()./-]*|-\d[\d,]*(?:\.\d+)?")
_MARK = "\ufeff"
# After the last line of a file, to see whether a quote is still open there.
_END = "\x1f\x1f"
_MOST_RESTARTS = 50


class Row(NamedTuple):
    """A row with the line of the file where it starts, counted from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of a file; rows without a cell are left out."""

    rows: tuple[Row, ...]
    encoding: str
    separator: str
    remarks: tuple[Remark, ...] = ()
    refused: tuple[Refusal, ...] = ()


def write_rows(rows: Iterable[Sequence[str]], *, separator: str = ",", mark: bool = True) -> bytes:
    """The rows as a file; `mark` puts the byte order mark before it that Excel knows UTF-8 by."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([defused(cell) for cell in row])
    return ((_MARK if mark else "") + written.getvalue()).encode("utf-8", "replace")


def defused(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would calculate it; phones and numbers stay."""
    if _FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text


def taken_back(text: str) -> str:
    """The text that `defused` made this of."""
    return text[1:] if _DEFUSED.match(text) else text


def read_rows(
    content: bytes,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    known: Callable[[str], bool] | None = None,
) -> Sheet:
    """The rows of a CSV file.

    `separator` is found out when not given: the one that gives most columns with a `known` name in one of the first
    rows, or else stands oftenest outside quotes in the first one. Raises `FileTooLarge` and `UnknownEncoding`.
    """
    decoded = decode(content, encoding)
    text = decoded.text.removeprefix(_MARK)
    if "\r\r\n" in text and text.count("\r\r\n") == text.count("\n"):
        text = text.replace("\r\r\n", "\n")
    lines = io.StringIO(text, newline="").readlines()
    named = re.fullmatch(r'"?sep=(.)"?', lines[0].strip("\r\n")) if lines else None
    first = 1 if named else 0
    if separator is None:
        separator = named[1] if named else _separator(lines, known)
    rows, refused = [], []
    for found in _records(lines, first, separator):
        if isinstance(found, Refusal):
            refused.append(found)
        elif found.cells:
            rows.append(found)
    if "'" in text:
        rows = [Row(line, [taken_back(cell) if cell[:1] == "'" else cell for cell in cells]) for line, cells in rows]
    return Sheet(
        rows=tuple(rows),
        encoding=decoded.encoding,
        separator=separator,
        remarks=(decoded.remark,) if decoded.remark else (),
        refused=tuple(refused),
    )


def _separator(lines: list[str], known: Callable[[str], bool] | None) -> str:
    head = "".join(lines[: HEAD_ROWS * 4])
    first = next((line for line in re.sub(r'"(?:[^"]|"")*"', "", head).splitlines() if line.strip()), "")
    scores = []
    for place, separator in enumerate(SEPARATORS):
        best = 0
        if known is not None and separator in head:
            rows = islice(_records(lines[: HEAD_ROWS * 4], 0, separator), HEAD_ROWS)
            best = max((sum(map(known, row.cells)) for row in rows if isinstance(row, Row)), default=0)
        scores.append((best, first.count(separator), -place, separator))
    return max(scores)[3]


def _records(lines: list[str], first: int, separator: str) -> Iterator[Row | Refusal]:
    """The rows from line number `first` on; a row whose quote is never closed is refused and the next line read."""
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines = [*lines[:-1], lines[-1] + "\n"]
    for _restart in range(_MOST_RESTARTS):
        reader = csv.reader(chain(islice(lines, first, None), [_END]), delimiter=separator)
        start = after = first
        try:
            for cells in reader:
                start, after = after, first + reader.line_num
                if after > len(lines) and cells == [_END]:
                    return
                if after > len(lines) or (after - start > 1 and not _well_quoted(lines[start:after], separator)):
                    break
                yield Row(start + 1, cells)
        except csv.Error:
            # A cell longer than the module takes: a quote that is closed far below, or never.
            start = after
        yield Refusal(
            sentence=N_("A quote is opened in this row and not closed. Close it, or double it within the text."),
            line=start + 1,
        )
        first = start + 1
    yield Refusal(sentence=N_("Too many quotes are not closed; from here on nothing was read."), line=first + 1)


def _well_quoted(lines: list[str], separator: str) -> bool:
    """Whether the quotes of a row of several lines are closed where a cell ends, not by the next cell that has one."""
    try:
        return len(list(csv.reader(lines, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False
