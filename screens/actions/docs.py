"""Writes `docs/keys.en.md` and `docs/keys.zh.md` from the tables: `python -m screens.actions.docs [--check]`.

A page is written for every language whose catalogue is there. `--check` writes nothing and ends with 1 when a page
differs from what would be written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from textual.widget import Widget

from db.labels import Label
from erptui import i18n
from erptui.i18n import _
from screens import terminal
from screens.actions import Action, common
from screens.actions.names import written
from screens.actions.where import screen_classes, title_of

FOLDER = Path(__file__).parents[2] / "docs"


def page(sections: Iterable[tuple[str, Iterable[Action]]]) -> str:
    """The page in the language in use: one table of keys for each heading."""
    heading, made = _("Keys of erptui"), _("Made from the tables in screens/actions; do not edit by hand.")
    lines = [f"# {heading}", "", made, ""]
    head = " | ".join((_("Keys"), _("Action"), _("What it does")))
    for title, actions in sections:
        lines += [f"## {title}", "", f"| {head} |", "| --- | --- | --- |"]
        for action in actions:
            keys = " ".join(f"`{written(key)}`" for key in action.keys).replace("|", "\\|")
            lines.append(f"| {keys} | {_(action.label)} | {_(action.help)} |")
        lines.append("")
    return "\n".join(lines)


def sections() -> Iterator[tuple[str, list[Action]]]:
    """The common tables by their groups, then what each screen adds; only what some screen answers."""
    shared = (*common.COMMON, *common.ASKING, *common.CLOSE)
    answered = answered_somewhere()
    yield from _by_group(action for action in shared if action.method in answered)
    common_lines = {(action.keys, action.label, action.help) for action in shared}
    for title, actions in screen_tables():
        own = [action for action in actions if (action.keys, action.label, action.help) not in common_lines]
        if own:
            yield _("Screen: {name}").format(name=_(title)), own


def answered_somewhere() -> frozenset[str]:
    """The methods of actions that a widget, a screen or the app of the program has."""
    screen_tables()
    from screens.app import ErpApp

    found: set[str] = set()
    waiting: list[type] = [Widget, ErpApp]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if kind.__module__.startswith("screens."):
            found.update(name.removeprefix("action_") for name in dir(kind) if name.startswith("action_"))
    return frozenset(found)


def _by_group(actions: Iterable[Action]) -> Iterator[tuple[str, list[Action]]]:
    groups: dict[Label, list[Action]] = {}
    for action in actions:
        groups.setdefault(action.group, []).append(action)
    for group, members in groups.items():
        yield _(group), members


def screen_tables() -> list[tuple[str, tuple[Action, ...]]]:
    """Title and actions of every screen of the program, by title."""
    terminal.prepare(ascii_signs=False)
    return sorted({title_of(screen): screen.ACTIONS for screen in screen_classes()}.items())


def languages() -> list[str]:
    """The languages whose catalogue is there."""
    there = [i18n.LOCALE_FOLDER / name / "LC_MESSAGES" / "erptui.mo" for name in i18n.LANGUAGES]
    return [name for name, file in zip(i18n.LANGUAGES, there, strict=True) if name == "en" or file.exists()]


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` say which are stale."""
    stale = []
    before = i18n.language()
    for language in languages():
        i18n.set_language(language)
        file, text = FOLDER / f"keys.{language}.md", page(sections())
        if file.exists() and file.read_text(encoding="utf-8") == text:
            continue
        stale.append(file.name)
        if "--check" not in arguments:
            FOLDER.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
    i18n.set_language(before)
    if stale and "--check" in arguments:
        names = ", ".join(stale)
        sys.stderr.write(f"Stale: {names}. Run python -m screens.actions.docs and commit what it writes.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
