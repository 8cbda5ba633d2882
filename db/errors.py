"""What the store refuses, in words that a person can act on.

Each problem keeps its English sentence and the values for its gaps apart, so that `erptui.i18n.say` can show it in the
language of the person; `str()` is English. `exit_code` is what the command line ends with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from db.labels import N_, NP_, Label


def fill(sentence: str, gaps: Mapping[str, object]) -> str:
    """`sentence` with its `{name}` gaps filled.

    Not `str.format`: a sentence may come from a store that somebody else wrote, and format fields can do more than
    name a gap.
    """
    return re.sub(r"\{(\w+)\}", lambda gap: str(gaps.get(gap[1], gap[0])), sentence)


def translated(sentence: str, gaps: Mapping[str, object], translate: Callable[[str], str]) -> str:
    """`sentence` in the language of `translate`, with its gaps filled.

    A gap that is a `Label` is a sentence itself, a tuple a list of words; a moment is told by the wall clock.
    """
    plain = {name: _told(value, translate) for name, value in gaps.items() if not isinstance(value, Label)}
    labels = {name: fill(translate(text), plain) for name, text in gaps.items() if isinstance(text, Label)}
    return fill(translate(sentence), {**plain, **labels})


def _told(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, tuple):
        return translate(NP_("between the words of a list", ", ")).join(map(str, value))
    return f"{value.astimezone():%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value


class Problem(Exception):
    """A refusal with a sentence and the values for its `{gaps}`; a gap that is a `Label` is a sentence itself."""

    exit_code = 2
    sentence = N_("That did not work.")

    def __init__(self, sentence: str | None = None, **gaps: object) -> None:
        self.sentence = N_(sentence) if sentence is not None else type(self).sentence
        self.gaps = gaps
        super().__init__(self.text(str))

    def text(self, translate: Callable[[str], str]) -> str:
        """The sentence with its gaps filled, in the language of `translate`."""
        return translated(self.sentence, self.gaps, translate)


class Refused(Problem):
    """The store as it is now does not take the change: locked, full, read-only, replaced."""

    exit_code = 3


class Unusable(Refused):
    """The file is no more what was opened: waiting does not help."""


class Busy(Refused):
    """Somebody else holds the store: `who`, empty where that is not known. Waiting helps."""

    sentence = N_("{path} is being written by somebody else. Nothing was changed; try again.")

    def __init__(self, *, path: object, who: str = "") -> None:
        sentence = N_("{who} is at work in {path}. Nothing was changed; try again in a moment.") if who else None
        super().__init__(sentence, path=path, who=who)
        self.who = who


class InvalidValue(Problem):
    """A value that its field does not take.

    `field` is the name of the field, `reason` a sentence that may have gaps; the message names the label and the value.
    """

    def __init__(self, field: str, label: str, value: object, reason: str, **gaps: object) -> None:
        shown = str(value)
        super().__init__(
            N_("{label}: “{value}” can't be used. {reason}"),
            label=N_(label),
            value=shown if len(shown) <= 60 else shown[:59] + "…",
            reason=N_(reason),
            **gaps,
        )
        self.field = field
        self.value = value


class Conflict(Problem):
    """Somebody changed or deleted what is being changed: nothing of the step was written.

    `mine` and `theirs` are the two stored values of `field` (both None when the row is gone), `words` how they read.
    """

    exit_code = 3

    def __init__(
        self,
        sentence: str,
        *,
        table: str,
        row: str,
        field: str | None = None,
        mine: object = None,
        theirs: object = None,
        words: tuple[object, object] = ("", ""),
        **gaps: object,
    ) -> None:
        super().__init__(sentence, field=field or "", mine=words[0], theirs=words[1], **gaps)
        self.table, self.row, self.field = table, row, field
        self.mine, self.theirs = mine, theirs


class StaleUndo(Refused):
    """What a step wrote has been changed since, so it can't be taken back without losing that."""


class NothingToUndo(Problem):
    """There is no step of this person to take back, or none to do again."""


class NoSuchRow(Problem):
    """A row that is named does not exist."""
