"""What one run of the program was asked for, whatever the verb: store, person, language, terminal.

Every option stands before or after the verb; the last one counts. What is not asked for comes from the settings.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import Busy, Problem
from db.labels import N_
from db.text import clean_line
from erptui import charset
from erptui.cli.output import tell, tell_problem
from erptui.config import Settings, load_settings, save_settings
from erptui.folders import default_store
from erptui.i18n import LANGUAGES, _, locale_language, set_language

if TYPE_CHECKING:
    from db.store import Store

LONGEST_NAME = 120
_TEXTS = {"--store": "store", "--lang": "lang", "--as": "who"}
_FLAGS = {"--ascii": "ascii", "--mouse": "mouse", "--read-only": "read_only"}


class WrongUsage(Problem):
    """The command line asks for something that is not possible."""


class Session:
    """One run of the program."""

    def __init__(self) -> None:
        self.settings = Settings(Path())
        self._asked: dict[str, Any] = {}

    def begin(self, arguments: Sequence[str]) -> None:
        """Read the settings and speak the language asked for, before anything is said about the arguments."""
        self.settings = load_settings()
        _speak(_language_in(arguments) or self.settings.language or locale_language())
        for remark in self.settings.remarks:
            tell_problem(remark)

    def ask(self, **asked: Any) -> None:
        """Note options that were given."""
        self._asked.update(asked)

    @property
    def store_path(self) -> Path:
        """The file of the store. Raises `WrongUsage` for what can be no file."""
        named = self._asked.get("store")
        if named is None:
            return default_store()
        if server := re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", named):
            # The rest may hold a password.
            raise WrongUsage(
                N_("--store {server}… is a server. This erptui keeps its store in a file; name one."),
                server=server.group(),
            )
        if not named.strip() or "\0" in named:
            raise WrongUsage(N_("--store needs the name of a file."))
        return Path(os.path.expanduser(named))

    @property
    def store_named(self) -> bool:
        """Whether the store was named and is not the usual one."""
        return "store" in self._asked

    @property
    def me(self) -> str | None:
        """The person working, where that is known. Raises `WrongUsage` for a name that is none."""
        for source, name in (("--as", self._asked.get("who")), ("ERPTUI_ME", os.environ.get("ERPTUI_ME") or None)):
            if name is not None:
                cleaned = clean_line(name)
                if not 0 < len(cleaned) <= 120:
                    raise WrongUsage(N_("{source} needs a name of at most 120 characters."), source=source)
                return cleaned
        return self.settings.me

    @property
    def who(self) -> str:
        """The person working, the login name where nobody said."""
        return self.me or _login_name()

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed."""
        return bool(self._asked.get("read_only"))

    @property
    def ascii(self) -> bool | None:
        """Whether to draw with ASCII only; None leaves it to the terminal."""
        return True if self._asked.get("ascii") else self.settings.ascii

    @property
    def mouse(self) -> bool:
        """Whether the mouse is used."""
        return bool(self._asked.get("mouse") or self.settings.mouse)

    def open_store(self, path: Path | None = None, *, read_only: bool = False) -> Store:
        """The store, to be closed by the caller. Raises what is wrong with it."""
        from erptui.stores import open_store, place_warning, upgrade_said

        if not (read_only or self.read_only):
            self._ask_me()
        store = open_store(path or self.store_path, who=self.who, read_only=read_only or self.read_only)
        store.on_busy = _tell_who_is_waited_for
        if not store.read_only and (warning := place_warning(store.path)):
            tell(warning)
        if store.upgraded is not None:
            tell(upgrade_said(store.upgraded))
        return store

    def _ask_me(self) -> None:
        """Ask once who is working, where somebody can answer: it stands in the history, and undo goes by it."""
        if self.me is not None or not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
            return
        login = _login_name()
        tell(_("Your name, for the history (⏎ for {name}):").format(name=login))
        name = clean_line(input()) or login
        if len(name) > LONGEST_NAME:
            raise WrongUsage(N_("A name has at most {most} characters."), most=LONGEST_NAME)
        save_settings(self.settings, me=name)

    def make_store_if_usual(self) -> None:
        """Make the usual store when it is opened for the first time; one that is named is made by `init`."""
        path = self.store_path
        if not self.store_named and not self.read_only and not os.path.lexists(path):
            from db.opening import create

            create(Path(os.path.realpath(path)))


def _tell_who_is_waited_for(busy: Busy, rest: float) -> None:
    # Without a rest it is refused, and that names them.
    if rest and busy.who:
        tell(_("Waiting for {who} …").format(who=busy.who))
    elif rest:
        tell(_("Waiting for somebody else who is writing …"))


def only_options(arguments: Sequence[str]) -> dict[str, Any] | None:
    """What a command line without a verb asks for; None when there is more to it than well-formed options.

    Opening the screens need not wait for click.
    """
    asked: dict[str, Any] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if argument in _FLAGS:
            asked[_FLAGS[argument]] = True
        elif name in _TEXTS:
            given = value if equals else next(rest, None)
            if given is None or (name == "--lang" and given not in LANGUAGES):
                return None
            asked[_TEXTS[name]] = given
        else:
            return None
    return asked


def _language_in(arguments: Sequence[str]) -> str | None:
    """The language that the arguments ask for, found before they are understood."""
    found = None
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            found = argument[len("--lang=") :]
        elif argument == "--lang" and place + 1 < len(arguments):
            found = arguments[place + 1]
    return found if found in LANGUAGES else None


def _speak(language: str) -> None:
    if language == "zh" and not charset.carries("中文") and sys.stderr.isatty():
        set_language("en")
        text = _("This terminal speaks {charset}, which has no Chinese. For Chinese: export LANG=zh_CN.UTF-8")
        tell(text.format(charset=charset.encoding().upper()))
        return
    try:
        set_language(language)
    except OSError:
        set_language("en")
        tell(_("The words for {language} are missing from this installation.").format(language=language))


def _login_name() -> str:
    import getpass

    try:
        return clean_line(getpass.getuser())[:120] or "?"
    except (KeyError, OSError):
        return str(os.getuid())
