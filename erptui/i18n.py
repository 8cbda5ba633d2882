"""The language of what the program says: English in the code, other languages in gettext catalogues.

Text that people typed is never translated. Text declared on models is marked with `db.labels.N_` and passed through
`_` where it is shown, so that a change of language reaches it at once.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from db.labels import Label

if TYPE_CHECKING:
    from db.errors import Problem

LANGUAGES = ("en", "zh")
LOCALE_FOLDER = Path(__file__).parent / "locale"

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def set_language(language: str) -> None:
    """Switch everything shown from now on to `language`, one of `LANGUAGES`.

    Raises `ValueError` for another language.
    """
    global _catalogue, _language
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language
    if language == "en":
        _catalogue = _gettext.NullTranslations()
    else:
        _catalogue = _gettext.translation("erptui", LOCALE_FOLDER, languages=[language])


def language() -> str:
    """The language in use: `en` or `zh`."""
    return _language


def locale_language() -> str:
    """The language that the environment asks for (`LC_ALL`, `LC_MESSAGES`, `LANG`), English when none of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _(text: str) -> str:
    """`text` in the language in use; a label in the sense it was declared with."""
    return in_catalogue(_catalogue, text)


def in_catalogue(catalogue: _gettext.NullTranslations, text: str) -> str:
    """`text` as `catalogue` has it, also where that is not the language in use."""
    if isinstance(text, Label) and text.context:
        return catalogue.pgettext(text.context, text)
    return catalogue.gettext(text) if text else ""


def pgettext(context: str, text: str) -> str:
    """`text` in the language in use, where one English word has two senses told apart by `context`."""
    return _catalogue.pgettext(context, text)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, as the language in use wants it for `count`."""
    return _catalogue.ngettext(one, many, count)


def labelled(label: str, text: object) -> str:
    """`text` behind what it is, with the colon of the language in use."""
    return _("{label}: {value}").format(label=label, value=text)


def bracketed(text: str, within: object) -> str:
    """`text` and behind it what tells more of it, in the brackets of the language in use; alone where that is empty."""
    return _("{text} ({within})").format(text=text, within=within) if within else text


def listed(words: Iterable[str], most: int | None = None) -> str:
    """Words one after the other, with what the language in use puts between them; `…` for those beyond `most`."""
    if most is not None:
        # No more are made than it takes to know that there are more.
        first = list(islice(words, most + 1))
        words = [*first[:most], "…"] if len(first) > most else first
    return pgettext("between the words of a list", ", ").join(words)


def clauses(said: Iterable[str]) -> str:
    """Parts of a sentence that could each stand alone, with what the language in use puts between such."""
    return pgettext("between the clauses of a sentence", ", ").join(said)


def say(problem: Problem) -> str:
    """The sentence of a refusal in the language in use."""
    return problem.text(_)
