"""Reads a list of people from CSV, whichever program wrote it: the columns are known by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, takewhile

from db.errors import Problem
from db.labels import N_
from db.text import clean_line
from erptui.exchange.contact import Contact, Contacts
from erptui.exchange.contact_draft import NOBODY, Draft, Findings
from erptui.exchange.contact_values import is_plain_mail
from erptui.exchange.csv_headers import IGNORED, OWN, Target, is_known, kind_of, plain, targets
from erptui.exchange.csv_rows import HEAD_ROWS, Row, Sheet, read_rows

# Between the values of one cell; Google writes three colons.
_SEVERAL = re.compile(r":::|[;；、\n]")
_LISTED = re.compile(r":::|[;；、,，\n]")
_SEVERAL_DEPARTMENTS = re.compile(r"[;；\n]")
_SEVERAL_LINES = re.compile(r":::|\n")
_SEVERAL_NUMBERS = re.compile(r"[/,，]|\s{2,}")
_FEWEST_DIGITS = 7
_LONGEST_TOTAL = 20
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|总人数|共\d*人|grandtotal|subtotal|total|sum)[:：]?\d*人?", re.IGNORECASE)
_TOTALS_BEGIN = frozenset("合总小共gGsStT")
# Between the levels of a department. Programs of the West write it as one name, which may have a stroke in it.
_STROKES = re.compile(r"[/\\／＞>]")
_BACKSLASH = re.compile(r"\\")
_LEVELS = {
    OWN: re.compile(" / "),
    "dingtalk": re.compile(r"[-/\\]"),
    **dict.fromkeys(("outlook", "outlook.com", "google", "thunderbird"), _BACKSLASH),
}
_NAMES = ("name", "family", "given", "nickname")


class NoNameColumn(Problem):
    """No row of the file names a column for people's names."""

    sentence = N_(
        "No column holds names. The columns are: {columns}. Say which one it is, as in --map “{column}=name”."
    )


class EmptyFile(NoNameColumn):
    """There is nothing in the file, not even the names of columns."""

    sentence = N_("There is nothing in the file. Export the contacts again.")


def read_contacts(
    content: bytes,
    *,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    separator: str | None = None,
) -> Contacts:
    """The people of a CSV file; a row without a person is read as its organisation.

    `mapping` says of columns by their name what they hold (`csv_headers.FIELDS`, or `-` to leave one out). Raises
    `EmptyFile`, `NoNameColumn`, `UnknownColumn`, `UnknownField`, `FileTooLarge` and `UnknownEncoding`.
    """
    mapping = mapping or {}
    mapped = set(map(plain, mapping))
    sheet = read_rows(
        content,
        encoding=encoding,
        separator=separator,
        known=lambda cell: is_known(cell) or (bool(mapped) and plain(cell) in mapped),
    )
    place = _header_place(sheet, mapped)
    header = sheet.rows[place].cells if sheet.rows else []
    if not any(cell.strip() for row in sheet.rows for cell in row.cells):
        raise EmptyFile
    columns = targets(header, mapping)
    if not any(column and column.field in _NAMES for column in columns):
        shown = [clean_line(name) for name in header if name.strip()]
        raise NoNameColumn(columns=tuple(shown[:100]) or "—", column=shown[0] if shown else "…")
    findings = Findings([*sheet.remarks], [*sheet.refused])
    table = _Table(header, columns, kind_of(header), findings)
    contacts = table.read(sheet.rows[place + 1 :])
    return Contacts(
        contacts=tuple(contacts),
        remarks=tuple(findings.remarks),
        refused=tuple(findings.refused),
        encoding=sheet.encoding,
        kind=table.kind,
    )


def _header_place(sheet: Sheet, mapped: set[str]) -> int:
    """Which row names the columns: the one of the first rows with most known names, else the first of several cells."""
    scores = []
    for place, row in enumerate(sheet.rows[:HEAD_ROWS]):
        known = sum(bool(cell) and (is_known(cell) or plain(cell) in mapped) for cell in row.cells)
        filled = sum(bool(cell.strip()) for cell in row.cells)
        scores.append((known >= 2 or known == filled == 1, known, filled >= 2, -place))
    return -max(scores)[3] if scores else 0


class _Table:
    """The rows below the names of the columns, read one by one."""

    def __init__(self, header: Sequence[str], columns: Sequence[Target | None], kind: str, findings: Findings) -> None:
        self.written_header = list(header)
        self.header = [clean_line(name) for name in header]
        self.kind = kind
        self.findings = findings
        self.read_columns = [
            (place, self.header[place], target, _CELLS.get(target.field, _RowReading.single))
            for place, target in enumerate(columns)
            if target is not None and target.field not in (IGNORED, "label")
        ]
        self.labels = {
            target.group: place for place, target in enumerate(columns) if target and target.field == "label"
        }
        self.unknown = [place for place, target in enumerate(columns) if target is None]
        name_places = [place for place, _, target, _ in self.read_columns if target.field in _NAMES]
        self.name_place = min(name_places)
        self.said = False
        self.paths: dict[str, list[tuple[str, ...]]] = {}
        self.groups: dict[str, list[str]] = {}
        self.departments = [place for place, _, target, _ in self.read_columns if target.field == "department"]

    def read(self, rows: Sequence[Row]) -> list[Contact]:
        """The contacts of the rows, in their order."""
        contacts = []
        left_out: dict[str, None] = {}
        unread = self.unknown
        for row in self._filled_down(rows):
            cells = row.cells
            if not any(cells) or cells == self.written_header:
                # A printed list has the names of its columns on every page.
                continue
            if len(cells) > len(self.header) and any(cell.strip() for cell in cells[len(self.header) :]):
                self._refuse_long(row)
                continue
            if self._is_total(cells):
                self.findings.remark(N_("A row of totals was left out."), row.line, value=clean_line(cells[0]))
                continue
            found = [place for place in takewhile(len(cells).__gt__, unread) if cells[place].strip()]
            if found:
                left_out.update(dict.fromkeys(self.header[place] for place in found))
                unread = [place for place in unread if place not in found]
            contact = self._contact(row)
            if contact is not None:
                contacts.append(contact)
        self.findings.left_out([name for name in self.header if name in left_out])
        return contacts

    def departments_read(self, text: str, line: int, column: str) -> None:
        """Say once what had to be supposed of the departments of this program."""
        if self.kind == "dingtalk" and "-" in text and not self.said:
            self.said = True
            self.findings.remark(
                N_("“{value}” was read as levels with “-” between them. Check the departments."), line, column, text
            )
        elif self.kind == "wecom" and re.fullmatch(r"[\d;；\s]+", text) and not self.said:
            self.said = True
            self.findings.remark(
                N_("Departments are numbers here (“{value}”). Export people from the console to have their names."),
                line,
                column,
                text,
            )

    def _refuse_long(self, row: Row) -> None:
        self.findings.refuse(
            N_("The row has {found} cells under {columns} columns. Put text that holds a separator in quotes."),
            row.line,
            value=clean_line(row.cells[0]),
            found=len(row.cells),
            columns=len(self.header),
        )

    def _is_total(self, cells: Sequence[str]) -> bool:
        first = cells[0] if cells[0].strip() else next((cell for cell in cells if cell.strip()), "")
        name = cells[self.name_place] if self.name_place < len(cells) else ""
        for cell in (first, name):
            may_be = cell.lstrip()[:1] in _TOTALS_BEGIN and len(cell) <= _LONGEST_TOTAL
            if may_be and _TOTAL.fullmatch("".join(cell.split())):
                return not any("@" in cell for cell in cells)
        return False

    def _filled_down(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows with the department of a merged cell in each of them.

        Only where departments stand left of the names in a plain list and none is repeated from row to row: a list
        without merged cells repeats them, and there a blank says that there is none.
        """
        left = [place for place in self.departments if place < self.name_place]
        if self.kind != "list" or not left:
            return rows
        filled = [list(row.cells) for row in rows]
        for place in left:
            written = [cells[place].strip() if place < len(cells) else "" for cells in filled]
            repeated = any(above and above == below for above, below in pairwise(written))
            if "" not in written[1:] or repeated:
                continue
            last, count = "", 0
            for cells, text in zip(filled, written, strict=True):
                name = cells[self.name_place].strip() if self.name_place < len(cells) else ""
                if text:
                    last = text
                elif last and name and not self._is_total(cells):
                    cells[place] = last
                    count += 1
            if count:
                self.findings.remark(
                    N_("Blank cells of “{column}” filled from the row above, as in a merged cell: {count}."),
                    count=count,
                    column=self.header[place],
                )
        return [Row(row.line, cells) for row, cells in zip(rows, filled, strict=True)]

    def _contact(self, row: Row) -> Contact | None:
        reading = _RowReading(self, row)
        cells = row.cells
        read_columns = self.read_columns
        if len(cells) < len(self.header):
            read_columns = [column for column in read_columns if column[0] < len(cells)]
        taken = False
        for place, column, target, take in read_columns:
            text = cells[place]
            if text and not text.isspace():
                taken = True
                take(reading, target, column, text)
        contact = reading.finished().contact()
        if contact is None and taken:
            self.findings.refuse(NOBODY, row.line)
        return contact


class _RowReading:
    """Puts the cells of one row where a contact has them."""

    __slots__ = ("addresses", "born", "draft", "middle", "row", "table")

    def __init__(self, table: _Table, row: Row) -> None:
        self.table = table
        self.row = row
        self.draft = Draft(row.line, table.findings)
        self.middle: list[str] = []
        self.born: dict[str, str] = {}
        self.addresses: dict[tuple[str, str], dict[str, list[str]]] = {}

    def single(self, target: Target, _column: str, text: str) -> None:
        """A field that has one value: the first column that has one gives it."""
        if not getattr(self.draft, target.field):
            setattr(self.draft, target.field, text)

    def birth(self, target: Target, _column: str, text: str) -> None:
        self.born[target.field] = clean_line(text).split(".")[0]

    def label(self, target: Target) -> str:
        """What the value is for: of the column, or of the label column beside it."""
        group = target.group
        place = self.table.labels.get(group) if group else None
        if place is not None and place < len(self.row.cells):
            written = self.row.cells[place]
            return written.split(":::")[0].strip() if ":" in written else written.strip()
        return target.label

    def several(self, between: re.Pattern[str], text: str) -> list[str]:
        """The values of a cell that may hold more than one."""
        return [text] if self.table.kind == OWN else between.split(text)

    def finished(self) -> Draft:
        """The draft with what takes several columns."""
        draft = self.draft
        if self.middle:
            draft.given = " ".join(filter(None, (draft.given, *self.middle)))
        if self.born:
            year, month, day = (self.born.get(f"birth_{part}", "") for part in ("year", "month", "day"))
            if month and day:
                text = f"{year}-{month}-{day}" if year else f"--{month:0>2}-{day:0>2}"
                draft.take_birthday(text, self.row.line, "Birth Day")
        for (label, _), parts in self.addresses.items():
            written = parts.pop("formatted", [])
            parts["street"] = parts["street"] or written
            draft.add_address(label, **{part: "\n".join(lines) for part, lines in parts.items()})
        return draft

    def middle_name(self, _target: Target, _column: str, text: str) -> None:
        self.middle.append(text)

    def phone(self, target: Target, column: str, text: str) -> None:
        label = self.label(target)
        if text.isdigit() or self.table.kind == OWN:
            self.draft.add_phone(label, text, self.row.line, column)
            return
        for value in _SEVERAL.split(text):
            parts = _SEVERAL_NUMBERS.split(value)
            if any(sum(map(str.isdigit, part)) < _FEWEST_DIGITS for part in parts):
                parts = [value]
            for part in parts:
                self.draft.add_phone(label, part, self.row.line, column)

    def mail(self, target: Target, column: str, text: str) -> None:
        label = self.label(target)
        for value in [text] if is_plain_mail(text) else self.several(_LISTED, text):
            self.draft.add_mail(label, value, self.row.line, column)

    def messenger(self, target: Target, _column: str, text: str) -> None:
        service = self.label(target)
        for value in self.several(_SEVERAL, text):
            self.draft.add_messenger(service, value)

    def address(self, target: Target, _column: str, text: str) -> None:
        parts = self.addresses.setdefault((self.label(target), target.group), defaultdict(list))
        parts[target.part].append(text)

    def department(self, _target: Target, column: str, text: str) -> None:
        # A department is that of many people.
        table, draft = self.table, self.draft
        paths = table.paths.get(text)
        if paths is None:
            before = len(draft.departments)
            for path in (_LISTED if table.kind == "dingtalk" else _SEVERAL_DEPARTMENTS).split(text):
                draft.add_department(_LEVELS.get(table.kind, _STROKES).split(path))
            table.paths[text] = draft.departments[before:]
            table.departments_read(text, self.row.line, column)
        else:
            draft.departments += paths

    def birthday(self, _target: Target, column: str, text: str) -> None:
        self.draft.take_birthday(text, self.row.line, column)

    def url(self, _target: Target, _column: str, text: str) -> None:
        for value in self.several(_SEVERAL_LINES, text):
            self.draft.add_url(value)

    def note(self, _target: Target, _column: str, text: str) -> None:
        self.draft.add_note(text)

    def group_labels(self, _target: Target, _column: str, text: str) -> None:
        groups, labels = self.table.groups, self.draft.labels
        if text not in groups:
            before = len(labels)
            for value in _LISTED.split(text):
                self.draft.add_label(value)
            groups[text] = labels[before:]
        else:
            labels += groups[text]


_CELLS: dict[str, Callable[[_RowReading, Target, str, str], None]] = {
    "birth_year": _RowReading.birth,
    "birth_month": _RowReading.birth,
    "birth_day": _RowReading.birth,
    "middle": _RowReading.middle_name,
    "phone": _RowReading.phone,
    "mail": _RowReading.mail,
    "messenger": _RowReading.messenger,
    "address": _RowReading.address,
    "department": _RowReading.department,
    "birthday": _RowReading.birthday,
    "url": _RowReading.url,
    "note": _RowReading.note,
    "labels": _RowReading.group_labels,
}
