"""Brings the catalogues up to date with the code: `python -m erptui.locale.update [--check]`.

Collects every marked text of db, erptui and screens, merges it into `<language>/LC_MESSAGES/erptui.po` and compiles
that to the `.mo` beside it. A text whose English changed keeps its translation, marked fuzzy until somebody has looked
at it. The same code and translations always give the same bytes: no line numbers, no date of today.
Babel is needed here only; the program itself reads the `.mo` with Python's gettext.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from erptui.i18n import LANGUAGES, LOCALE_FOLDER

ROOT = LOCALE_FOLDER.parents[1]
SOURCES = ("db", "erptui", "screens")
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NP_": ((1, "c"), 2),
}
_WRITTEN = datetime(2026, 1, 1, tzinfo=timezone.utc)


def po_file(language: str) -> Path:
    """The catalogue that people edit."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / "erptui.po"


def marked_texts(root: Path = ROOT) -> Catalog:
    """Every text of the code that is marked for translation, with the modules that show it."""
    catalogue = Catalog(project="erptui", creation_date=_WRITTEN, revision_date=_WRITTEN, fuzzy=False)
    for source in SOURCES:
        found = extract_from_dir(
            root / source, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for name, _line, text, comments, context in found:
            catalogue.add(text, locations=[(f"{source}/{name}", 0)], auto_comments=comments, context=context)
    return catalogue


def merged(language: str) -> Catalog:
    """The catalogue of `language` with the texts of the code as they are now."""
    file = po_file(language)
    if file.exists():
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=language, domain="erptui")
    else:
        catalogue = Catalog(locale=language, domain="erptui")
    catalogue.project, catalogue.version, catalogue.fuzzy = "erptui", "", False
    catalogue.creation_date = catalogue.revision_date = _WRITTEN
    catalogue.last_translator = catalogue.language_team = "erptui"
    catalogue.msgid_bugs_address, catalogue.copyright_holder = "", "the erptui founders"
    catalogue.header_comment = f"# The texts of erptui in {language}. Made by python -m erptui.locale.update."
    catalogue.update(marked_texts(), update_header_comment=False, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as people edit it, in the order of the modules."""
    stream = BytesIO()
    write_po(stream, catalogue, width=118, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return stream.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it; fuzzy texts are left out and so shown in English."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def unfinished(catalogue: Catalog) -> Iterator[str]:
    """What a person still has to translate or mend, a sentence for each text."""
    for message in catalogue:
        if not message.id:
            continue
        forms = _forms(message.string)
        if message.fuzzy:
            yield f"fuzzy: {_shown(message)}"
        elif not forms or not all(forms):
            yield f"not translated: {_shown(message)}"
        else:
            if wrong := _gaps_that_differ(message):
                yield f"gaps differ ({', '.join(sorted(wrong))}): {_shown(message)}"
            for error in message.check(catalogue):
                yield f"{error}: {_shown(message)}"


def stale(language: str) -> Iterator[str]:
    """Which files of `language` are not what the code and the translations make of them."""
    catalogue = merged(language)
    po = po_file(language)
    for file, wanted in ((po, po_bytes(catalogue)), (po.with_suffix(".mo"), mo_bytes(catalogue))):
        if not file.exists() or file.read_bytes() != wanted:
            yield f"stale: {file.relative_to(ROOT)}"


def update(language: str) -> Catalog:
    """Write both files of `language`."""
    catalogue = merged(language)
    po = po_file(language)
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(po_bytes(catalogue))
    po.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
    return catalogue


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    if text is None:
        return ()
    return (text,) if isinstance(text, str) else tuple(text)


def _gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def _gaps_that_differ(message: Message) -> set[str]:
    """Names of `{gaps}` that a translation lost or made up; of two English forms it may use the gaps of either."""
    english = [_gaps(form) for form in _forms(message.id)]
    allowed, needed = set.union(*english), set.intersection(*english)
    own = [_gaps(form) for form in _forms(message.string)]
    return set().union(*((gaps - allowed) | (needed - gaps) for gaps in own))


def _shown(message: Message) -> str:
    places = " ".join(dict.fromkeys(name for name, _line in message.locations))
    return f"{_forms(message.id)[0]!r} ({places})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the catalogues, or with `--check` only say what is stale or unfinished. 0 complete, 1 not."""
    parser = argparse.ArgumentParser(prog="python -m erptui.locale.update", description="Bring catalogues up to date.")
    parser.add_argument("--check", action="store_true", help="say what is stale or unfinished; write nothing")
    options = parser.parse_args(arguments)
    findings: list[str] = []
    for language in TRANSLATED:
        if options.check:
            findings += stale(language)
            catalogue = merged(language)
        else:
            catalogue = update(language)
        findings += [f"{language}: {finding}" for finding in unfinished(catalogue)]
    print("\n".join([*findings, f"{len(findings)} to do" if findings else "complete"]))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
