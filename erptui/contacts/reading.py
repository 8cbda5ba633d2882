"""People in files: which file is meant, and what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from db.errors import Problem
from db.labels import N_
from erptui.exchange.contact import Contacts
from erptui.exchange.encoding import MOST_BYTES
from erptui.files import read_file

SUFFIXES = (".vcf", ".csv")
ZIP = b"PK\x03\x04"


class ExcelFile(Problem):
    """A workbook where a list was expected."""

    sentence = N_("{path} is an Excel workbook, not a list. Save it in Excel as “CSV UTF-8”, then import that file.")


def newest_file(folders: Iterable[Path]) -> Path | None:
    """The vCard or list that was changed last in these folders; those that can't be read are passed over."""
    found: list[tuple[float, Path]] = []
    for folder in folders:
        try:
            files = [file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file()]
            found += [(file.stat().st_mtime, file) for file in files]
        except OSError:
            continue
    return max(found, default=(0.0, None))[1]


def read_people(path: Path) -> Contacts:
    """The contacts of a vCard file or of a list, whichever it is.

    Raises `UnreadableFile`, `ExcelFile`, and what the readers raise for a file that holds no people.
    """
    content = read_file(path, MOST_BYTES)
    if content.startswith(ZIP):
        raise ExcelFile(path=path.name)
    if path.suffix.lower() == ".vcf" or b"BEGIN:VCARD" in content[:400].upper():
        from erptui.exchange.vcard import read_vcards

        return read_vcards(content)
    from erptui.exchange.csv_contacts import read_contacts

    return read_contacts(content)
