"""What a client sees who looks on: nothing internal and nothing of another engagement, whatever screen is open."""

from __future__ import annotations

from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules

import pytest
from textual import events

import screens
from db.models import TABLES
from db.store import Store
from erptui import clock
from erptui.engagements import engagements
from screens.settings import SettingsScreen
from screens.store_screen import StoreScreen

SIZES = ((80, 24), (120, 40))
MOST = 70
"""Rows walked through; more stand on none of these screens."""

OPEN = {
    "BoardScreen": "",
    "StatusBoardScreen": "v s",
    "TodayScreen": "1",
    "RulesScreen": "1 v m",
    "PipelineScreen": "v e",
    "PortfolioScreen": "0",
    "CardScreen": "enter",
    "GateScreen": "end up enter",
    "PaletteScreen": ":",
    "PeopleScreen": "4",
    "PromisesScreen": "5 v p v a",
    "DecisionsScreen": "5 v d v a",
    "TrashScreen": "D",
    "SettingsScreen": ",",
    "FormScreen": "4 O e",
    "HistoryScreen": "4 O i",
    "NotebookScreen": "4 O n escape",
    "NotebookRowsScreen": "4 O n escape M",
    "PastedScreen": "PASTE",
    "ImportScreen": "4 I FILE",
}
"""Every screen over the store, by the keys that open it from the board. `O` goes to the person of the engagement,
`PASTE` pastes, `FILE` types the name of a file.
"""
INTERNAL_SCREENS = {
    "TodayScreen",
    "RulesScreen",
    "NotebookScreen",
    "NotebookRowsScreen",
    "PastedScreen",
    "ImportScreen",
    "PipelineScreen",
    "PortfolioScreen",
}
"""Those that no client may see at all."""
TYPED_IN = {"FormScreen", "PaletteScreen"}
"""Those where P is a letter of what is typed."""
OTHERS_TOO = {
    "PaletteScreen",
    "PeopleScreen",
    "PromisesScreen",
    "DecisionsScreen",
    "TrashScreen",
    "PipelineScreen",
    "PortfolioScreen",
}
"""Those that show several engagements at once, to oneself."""
NOTHING_INTERNAL = {"StatusBoardScreen", "TodayScreen", "RulesScreen", "CardScreen", "PaletteScreen", "SettingsScreen"}
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
        elif key == "PASTE":
            b.app._driver.send_message(events.Paste(f"{marks.INTERNAL} said\n{marks.INTERNAL} heard"))
            await b.settled()
        elif key == "FILE":
            if b.field is not None:
                file = b.app.store.path.with_name("people.vcf")
                file.write_text(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{marks.INTERNAL}\r\nEND:VCARD\r\n")
                await b.type(str(file))
                await b.press("enter")
        else:
            await b.press(key)


async def walked(b) -> str:
    """Everything that stands on the screen while one walks over it with the arrows."""
    seen, opened = [b.text], b.app.screen
    across = isinstance(opened, StoreScreen) and not isinstance(opened, SettingsScreen)
    for keys in (["down"], ["right", "home", "down"] if across else []):
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
        assert (at(b) != name) == (name in INTERNAL_SCREENS | {"HistoryScreen"})
        text = await walked(b)
        assert not [mark for mark in marks.MARKS if mark in text]
        await b.press("P")
        assert "CLIENT VIEW" not in b.title


@pytest.mark.parametrize("name", ["PipelineScreen", "PortfolioScreen"])
async def test_from_a_list_of_engagements_a_client_sees_the_one_under_the_cursor(looking, marks, name):
    async with looking() as b:
        before = b.app.engagement
        await open_screen(b, name, marks)
        assert b.app.screen.current_line.id == before.id
        other = next(line for line in engagements(b.app.store) if line != before)
        b.app.screen.go_to_engagement(other.id)
        await b.press("P")
        assert at(b) == "BoardScreen"
        assert b.app.engagement == other
        assert "CLIENT VIEW" in b.title


async def test_the_mark_of_the_client_view_is_never_cut(looking, marks):
    for size in ((80, 24), (60, 20), (40, 12)):
        async with looking(size) as b:
            for keys in ("P", "4", "escape", ":", "escape", "?"):
                await b.press(keys)
                assert "CLIENT VIEW" in b.title, (size, keys)


async def test_the_mark_is_said_in_chinese(looking, marks):
    from erptui.i18n import _, set_language

    set_language("zh")
    try:
        async with looking((60, 20)) as b:
            await b.press("P")
            assert _("CLIENT VIEW") in b.title
    finally:
        set_language("en")


async def test_p_says_how_to_leave_and_leaves(looking, marks):
    async with looking() as b:
        assert marks.INTERNAL in b.bottom
        await b.press("P")
        assert "P leaves it" in b.said
        await b.press("P")
        assert "Everything is shown again." in b.said
        await b.press("4")
        assert marks.OTHER in b.text


async def test_touches_and_notes_are_refused_while_a_client_looks_on(looking, marks):
    async with looking() as b:
        await b.press("P")
        for screen in ("2", "4"):
            for key in ("t", "n", "f5", "f6"):
                await b.press(screen, key)
                assert b.said == "Notes and touches are internal. P leaves the client view."
                assert b.field is None
        await b.press("P", "n")
        assert at(b) == "NotebookScreen"


async def test_from_the_notebook_the_client_view_goes_back_to_what_a_client_may_see(looking, marks):
    async with looking() as b:
        await b.press("4")
        before = len(b.app.screen_stack)
        await b.press("n", "escape", "escape", "n", "escape", "M")
        await b.press("P")
        assert (at(b), len(b.app.screen_stack)) == ("PeopleScreen", before)


async def test_undo_is_offered_without_its_name_and_says_none(looking, marks):
    async with looking() as b:
        await b.press("L", "P")
        await b.press("j", "u")
        assert b.said == "Taken back · U does it again"
        await b.press("U")
        assert b.said == "Done again · u takes back"
        await b.press("P", "P", "P")
        b.app.screen.footer.clear()
        await b.press("j")
        assert "Undo “" in b.bottom


async def test_the_refusal_of_an_undo_names_no_step_to_a_client(looking, marks):
    async with looking() as b, looking_back(b, marks):
        await b.press("u")
        assert marks.INTERNAL in b.said
        await b.press("P", "u")
        assert b.said == "■ It was changed since and can't be taken back."


@asynccontextmanager
async def looking_back(b, marks):
    """Bo has changed what I did last, in a step whose name no client may read."""
    (change,) = b.app.store.history(limit=1)[0][1]
    with Store(b.app.store.path, who="Bo", now=clock.now) as other:
        with other.edit("Touch", about=marks.INTERNAL) as edit:
            edit.change(TABLES[change.table], change.row, None, note="of Bo")
        yield


async def test_what_was_said_before_does_not_stand_in_the_client_view(looking, marks):
    async with looking() as b:
        await b.press("u")
        assert marks.INTERNAL in b.said
        await b.press("P")
        assert "Taken back" not in b.said


async def test_what_was_filtered_for_and_selected_does_not_stand_in_the_client_view(looking, marks):
    async with looking() as b:
        await b.press("4", "/")
        await b.type(marks.OTHER)
        await b.press("enter", "space", "P")
        assert marks.OTHER not in b.text
        assert "selected" not in b.title
        b.shows(marks.OURS)


async def test_a_column_that_is_internal_can_not_be_shown_or_searched(looking, marks):
    async with looking((120, 30)) as b:
        await b.press("4", "v", "c")
        await b.type("last")
        await b.press("enter", "v", "c")
        await b.type("last")
        await b.press("enter")
        b.shows("Last touch")
        await b.press("P")
        b.hides("Last touch", "Next touch")
        await b.press("/")
        await b.type("silent>3")
        assert "silent" in b.said
        b.shows(marks.OURS)
        await b.press("escape", "s")
        await b.type("last")
        await b.press("enter")
        assert b.field == "last"


async def test_copying_takes_only_what_a_client_may_see(looking, marks):
    async with looking((120, 30)) as b:
        await b.press("P", "4", "y")
        assert marks.OURS in b.app.clipboard
        assert not [mark for mark in marks.MARKS if mark in b.app.clipboard]
        assert "Last touch" not in b.app.clipboard


async def test_nobody_is_added_to_the_few_a_client_sees(looking, marks):
    async with looking() as b:
        await b.press("P", "4", "a")
        assert b.said == "People are added outside the client view. P leaves it."
        assert b.field is None


async def test_an_engagement_that_goes_meanwhile_gives_way_to_none_in_the_client_view(looking, marks, opened, marked):
    from db.models import Engagement

    async with looking() as b:
        await b.press("P")
        with opened(marked, who="Bob") as store, store.edit("Delete") as edit:
            edit.delete(store.select(Engagement).where(Engagement.code == "HX26").get())
        await b.look_again()
        assert marks.OTHER not in b.text
        assert "CLIENT VIEW" in b.title
        await b.press("4")
        assert marks.OTHER not in b.text
        await b.press("escape", "P")
        assert marks.OTHER in b.title


async def test_without_an_engagement_there_is_nothing_to_show_to_a_client(board, store_with):
    async with board(store_with(None)) as b:
        await b.press("P")
        assert b.said == "There is no engagement to show to a client."
        assert "CLIENT VIEW" not in b.title


async def test_while_somebody_else_writes_nothing_is_shown_that_could_not_be_read_again(looking, marks, marked):
    import sqlite3

    async with looking() as b:
        await b.press("4")
        other = sqlite3.connect(marked, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        await b.press("P")
        assert "CLIENT VIEW" not in b.title
        assert "Press P again" in b.said
        other.execute("ROLLBACK")
        other.close()
        await b.press("P")
        assert "CLIENT VIEW" in b.title


async def test_no_window_title_is_set(looking, marks):
    # It would stand over the client view and in tmux's list of windows.
    written: list[str] = []
    async with looking() as b:
        b.app._driver.write = written.append
        await b.press("4", "n", "escape", "escape", "P", "P")
    sent = "".join(written)
    assert "\x1b]0;" not in sent
    assert "\x1b]2;" not in sent


@pytest.mark.parametrize("view", ["v p", "v d"])
async def test_nobody_of_another_engagement_is_meant_by_a_name_in_the_client_view(looking, marks, view):
    async with looking() as b:
        await b.press("5", *view.split(), "a")
        await b.type(f"send it @{marks.OTHER[:2]}")
        assert marks.OTHER in b.said
        register = at(b)
        await b.press("escape", "escape", "P", "a")
        assert at(b) == register
        assert b.said == "Rows are added outside the client view. P leaves it."
        everybody = b.app.known_people.ready
        seen = [candidate.name for candidate in b.app.nameable(everybody).candidates.values()]
        assert marks.OURS in seen
        assert not [name for name in seen if marks.OTHER in name]
        await b.type(f"send it @{marks.OTHER[:2]}")
        assert marks.OTHER not in b.text
        await b.press("enter")
        assert marks.OTHER not in b.text


async def test_the_trash_of_the_engagement_is_there_for_a_client(looking, marks):
    async with looking() as b:
        await b.press("P", "D")
        b.shows(marks.THROWN)


@pytest.mark.parametrize("keys", ["4 X i", "4 X e", "5 v p v a X i", "5 v d v a X i", "D X i"])
async def test_what_is_open_on_a_row_of_another_engagement_does_not_stand_before_a_client(looking, marks, keys):
    async with looking() as b:
        for key in keys.split():
            if key == "X":
                rows = b.app.screen.view.listing.rows
                b.app.screen.view.go_to(next(row[0] for row in rows if marks.OTHER in row))
                await b.settled()
            else:
                await b.press(key)
        assert marks.OTHER in b.title
        before = at(b)
        await b.press("P")
        if before == "FormScreen":
            # Nobody looks on before the form is left.
            await b.press("escape", "escape", "P")
        assert "CLIENT VIEW" in b.title
        assert not [mark for mark in marks.MARKS if mark in b.text]


async def test_what_was_being_read_for_oneself_does_not_come_up_before_a_client(looking, marks):
    async with looking() as b:
        await b.press("4", "I")
        file = b.app.store.path.with_name("people.vcf")
        file.write_text(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{marks.INTERNAL}\r\nEND:VCARD\r\n")
        await b.type(str(file))
        await b.ahead("enter", "P")
        assert "CLIENT VIEW" in b.title
        assert at(b) == "PeopleScreen"
        assert not [mark for mark in marks.MARKS if mark in b.text]
