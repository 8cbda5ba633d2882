"""On which screens a key does something: asked only when it was pressed where it does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from db.labels import N_
from erptui.i18n import _
from screens.actions import Action, common

if TYPE_CHECKING:
    from screens.frame import FrameScreen

MOST_NAMED = 4


def screen_classes() -> Iterator[type[FrameScreen]]:
    """Every screen of the program, by its title as it is declared."""
    import screens
    from screens.frame import FrameScreen

    for module in iter_modules(screens.__path__):
        import_module(f"screens.{module.name}")
    found: list[type[FrameScreen]] = []
    waiting = list(FrameScreen.__subclasses__())
    while waiting:
        screen = waiting.pop()
        waiting.extend(screen.__subclasses__())
        if screen.__module__.startswith("screens.") and screen not in found:
            found.append(screen)
    yield from sorted(found, key=title_of)


def title_of(screen: type[FrameScreen]) -> str:
    """What a screen is called, untranslated."""
    return screen.TITLE or screen.__name__.removesuffix("Screen")


def all_tables() -> list[tuple[str, tuple[Action, ...]]]:
    """What keys can stand for, with the name of the screen: of each screen, and of the line that asks on it.

    Screens with a name that is translated come first: a clash is told of the first screen that has it.
    """
    from screens.register_finding import WHILE_FILTERING

    help_ = tuple(action for action in common.PROGRAM if action.id == "help")
    found = []
    # Those that others are made of are nowhere to be seen.
    seen = [screen for screen in screen_classes() if not screen.__subclasses__()]
    for screen in sorted(seen, key=lambda screen: not screen.TITLE):
        projector = () if common.PROJECTOR in screen.ACTIONS else (common.PROJECTOR,)
        found.append((title_of(screen), (*screen.ACTIONS, *projector)))
    return [*found, (N_("One line"), (*common.ASKING, *help_, *WHILE_FILTERING))]


def screens_with(action: Action) -> list[str]:
    """The screens where the action is in the keys and has somebody who does it, by their names; four at most."""
    method = f"action_{action.method}"
    names = dict.fromkeys(
        _(title_of(screen))
        for screen in screen_classes()
        if screen.TITLE and hasattr(screen, method) and any(one.id == action.id for one in screen.ACTIONS)
    )
    return list(names)[:MOST_NAMED]
