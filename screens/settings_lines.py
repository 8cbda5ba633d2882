"""What a person can choose, and how the choices stand on the settings screen. Pure but for what the terminal is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from db.choices import BaseCalendar
from db.labels import N_, NP_, Label
from erptui import cells, charset
from erptui.config import Settings
from erptui.i18n import _, language, locale_language, ngettext
from screens.board_detail import rule, wrapped
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line
from screens.theme import Palette

LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
"""Each in itself: whoever looks for a language must be able to read its name."""
WIDEST_NAME = 40


@dataclass(frozen=True)
class Setting:
    """One line: the name of the setting in the file, what it is called, what it does, its choices with their values."""

    name: str
    label: Label
    about: Label
    choices: tuple[tuple[object, str], ...] = ()
    """Values and their words; what is no label is the same in every language."""


SETTINGS = (
    Setting("me", N_("Your name"), N_("It stands in the history and on what you sign; undo takes back your steps.")),
    Setting(
        "language",
        N_("Language"),
        N_("Of what the program says. The content of an engagement keeps the language that it was opened in."),
        ((None, N_("as the system")), *LANGUAGE_NAMES.items()),
    ),
    Setting(
        "ascii",
        N_("Signs"),
        N_("ASCII is for terminals that draw the other signs as boxes or two cells wide."),
        ((None, "Unicode"), (True, "ASCII")),
    ),
    Setting(
        "theme",
        N_("Colours"),
        N_("Dark and light bring their own ground; the third leaves ground and colours to the terminal."),
        (
            ("ink", N_("dark (ink)")),
            ("paper", N_("light (paper)")),
            ("terminal", N_("those of the terminal")),
        ),
    ),
    Setting(
        "calendar",
        N_("Calendar"),
        N_("Of engagements opened from now on, unless erptui new names another. Those there are keep theirs."),
        (("weekdays", BaseCalendar.WEEKDAYS.label), ("cn", BaseCalendar.CHINA.label)),
    ),
    Setting(
        "mouse",
        N_("Mouse"),
        N_("With it the wheel scrolls; text is then marked with shift held down."),
        ((False, NP_("switch", "off")), (True, NP_("switch", "on"))),
    ),
    Setting("keys", N_("Keys"), N_("All actions of all screens, and the keys that they have.")),
)


def word_of(choice: str) -> str:
    """A choice in words."""
    return _(choice) if isinstance(choice, Label) else choice


def place_of(setting: Setting, settings: Settings) -> int:
    """Which of its choices counts: the first one where nothing was chosen."""
    value = getattr(settings, setting.name)
    return next((place for place, (choice, _label) in enumerate(setting.choices) if choice == value), 0)


def value_text(setting: Setting, settings: Settings, who: str, own_keys: int) -> str:
    """What is chosen, in words; `own_keys` is the number of actions with keys of one's own."""
    if setting.name == "me":
        return settings.me or who
    if setting.name == "keys":
        own = ngettext("{count} action has keys of your own", "{count} actions have keys of your own", own_keys)
        return own.format(count=own_keys) if own_keys else _("as they come")
    text = word_of(setting.choices[place_of(setting, settings)][1])
    if setting.name == "language" and settings.language is None:
        return _("{choice}: {now}").format(choice=text, now=LANGUAGE_NAMES[locale_language()])
    return text


def setting_line(setting: Setting, value: str, width: int) -> Line:
    """One line: what it is called, what is chosen."""
    names = min(max(cells.width(_(one.label)) for one in SETTINGS), WIDEST_NAME, width // 2)
    return [
        (cells.pad(_(setting.label), names), "plain"),
        ("  ", "plain"),
        (cells.cut(value, max(1, width - names - 2)), "bold"),
    ]


def detail_lines(
    setting: Setting, settings: Settings, notes: Sequence[str], remarks: Sequence[str], width: int, height: int
) -> list[Line]:
    """The lower part: what the setting does, what stands in its way, where it is kept, what is wrong with the file."""
    lines: list[Line] = [rule(width), *wrapped(_(setting.about), width, "plain")]
    if setting.choices:
        named = f" {SIGNS.bullet} ".join(word_of(label) for _value, label in setting.choices)
        lines.extend(wrapped(named, width, "dim"))
    for note in notes:
        lines.extend(wrapped(note, width, "plain"))
    for remark in remarks:
        lines.extend(wrapped(remark, width, "plain", (f"{SIGNS.soon} ", "amber")))
    kept = wrapped(_("Kept in {path}").format(path=settings.path), width, "dim")
    room = height - len(kept)
    if len(lines) > room > 1:
        lines = [*lines[: room - 1], [(f" {SIGNS.ellipsis}", "dim")]]
    return [*lines, *kept]


def note_on(setting: Setting, settings: Settings, palette: Palette, who: str, ascii_signs: bool) -> str:
    """Why something else counts just now than what is chosen; empty where nothing else does."""
    if setting.name == "me" and settings.me and settings.me != who:
        return _("Started with another name: {name} counts until a name is typed here.").format(name=who)
    if setting.name == "language" and language() != (settings.language or locale_language()):
        return _("Started with --lang: {language} counts until something is chosen here.").format(
            language=LANGUAGE_NAMES[language()]
        )
    if setting.name == "ascii" and charset.draws_few_signs():
        return _("This terminal draws few signs (TERM={term}): ASCII is drawn whatever is chosen here.").format(
            term=os.environ["TERM"]
        )
    if setting.name == "ascii" and charset.needs_ascii():
        return _("The locale of this terminal is not UTF-8: ASCII is drawn whatever is chosen here.")
    if setting.name == "ascii" and ascii_signs and not settings.ascii:
        return _("Started with --ascii: it counts until something is chosen here.")
    if setting.name == "theme" and palette.depth == "mono":
        return _("NO_COLOR is set: no colour is shown whatever is chosen here.")
    if setting.name == "theme" and palette.depth == "16" and palette.name != "terminal":
        return _("This terminal has 16 colours: they are its own whatever is chosen here.")
    return ""
