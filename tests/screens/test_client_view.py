"""What a client sees who looks on: nothing internal and nothing of another engagement, whatever screen is open."""

from __future__ import annotations

from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules

import pytest

import screens
from screens.store_screen import StoreScreen

SIZES = ((80, 24), (120, 40))
MOST = 70
"""Rows walked through; more stand on none of these screens."""

OPEN = {
    "BoardScreen": "",
    "CardScreen": "enter",
    "GateScreen": "end up enter",
    "FinderScreen": ":",
    "PeopleScreen": "4",
    "FormScreen": "4 O e",
    "HistoryScreen": "4 O i",
    "NotebookScreen": "4 O n escape",
    "NotebookRowsScreen": "4 O n escape M",
}
"""Every screen over the store, by the keys that open it from the board; `O` goes to the person of the engagement."""
INTERNAL_SCREENS = {"NotebookScreen", "NotebookRowsScreen"}
"""Those that no client may see at all."""
TYPED_IN = {"FormScreen", "FinderScreen"}
"""Those where P is a letter of what is typed."""
OTHERS_TOO = {"FinderScreen", "PeopleScreen"}
"""Those that show several engagements at once, to oneself."""
NOTHING_INTERNAL = {"CardScreen", "FinderScreen"}
"""Those that show nothing internal but the name of the step in the footer."""


def kinds_of(kind: type) -> set[type]:
    """All classes below this one that screens are made of: those that no other screen is made from."""
    below = kind.__subclasses__()
    return set().union(*map(kinds_of, below)) if below else {kind}


def screens_there_are() -> set[str]:
    for module in iter_modules(screens.__path__):
        import_module(f"screens.{module.name}")
    return {kind.__name__ for kind in kinds_of(StoreScreen) if kind.__module__.startswith("screens.")}


def test_every_screen_there_is_is_looked_at():
    assert set(OPEN) == screens_there_are()


@pytest.fixture
def marked(monday, marks, driver, _prepared, tmp_path):
    """A store in which a mark stands wherever a client may not look."""
    path = tmp_path / "erptui.db"
    path.write_bytes(_prepared("marked", marks.fill).read_bytes())
    return path


@pytest.fixture
def looking(board, marked, marks, monkeypatch):
    """Run the program on the marked store; what is below follows the cursor at once, however fast the keys come."""
    monkeypatch.setattr("screens.widgets.detail.RESTING", 0)

    @asynccontextmanager
    async def run(size=SIZES[0]):
        async with board(marked, size=size) as b:
            yield b

    return run


async def open_screen(b, name: str, marks) -> None:
    """Press the keys that open a screen."""
    for key in OPEN[name].split():
        if key == "O":
            rows = b.app.screen.view.listing.rows
            ours = next(row[0] for row in rows if marks.OURS in row)
            b.app.screen.go_to(ours)
            await b.settled()
        else:
            await b.press(key)


async def walked(b) -> str:
    """Everything that stands on the screen while one walks over it with the arrows."""
    seen, opened = [b.text], b.app.screen
    for keys in (["down"], ["right", "home", "down"] if isinstance(opened, StoreScreen) else []):
        for _step in range(MOST):
            for key in keys:
                await b.press(key)
            if b.app.screen is not opened or b.text == seen[-1]:
                break
            seen.append(b.text)
    return "\n".join(seen)


def bodies(text: str) -> str:
    """What was seen without the footers, which name the last step."""
    return "\n".join(line for line in text.splitlines() if "Undo “" not in line)


def at(b) -> str:
    return type(b.app.screen).__name__


@pytest.mark.parametrize("name", OPEN)
async def test_everything_is_there_for_oneself(looking, marks, name):
    async with looking() as b:
        await open_screen(b, name, marks)
        assert at(b) == name
        text = await walked(b)
        assert "CLIENT VIEW" not in text
        # What is hidden from a client stands here, else the tests below would prove nothing.
        assert (marks.INTERNAL in bodies(text)) == (name not in NOTHING_INTERNAL)
        if name in OTHERS_TOO:
            assert marks.OTHER in text


@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("size", SIZES)
async def test_a_client_sees_nothing_internal_and_no_other_engagement(looking, marks, name, size):
    async with looking(size) as b:
        await b.press("P")
        await open_screen(b, name, marks)
        assert at(b) == name or name in INTERNAL_SCREENS
        text = await walked(b)
        assert not [mark for mark in marks.MARKS if mark in text]
        assert "CLIENT VIEW" in b.title


@pytest.mark.parametrize("name", sorted(set(OPEN) - TYPED_IN))
async def test_an_open_screen_hides_it_when_the_client_looks(looking, marks, name):
    async with looking() as b:
        await open_screen(b, name, marks)
        await b.press("P")
        assert "CLIENT VIEW" in b.title
        assert (at(b) != name) == (name in INTERNAL_SCREENS)
        text = await walked(b)
        assert not [mark for mark in marks.MARKS if mark in text]
        await b.press("P")
        assert "CLIENT VIEW" not in b.title
